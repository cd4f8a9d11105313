"""A question of a kind that a cartridge lacks."""

from quizzing import course, one_of_kind, quiz_of, unit

COURSE, FORMAT = course(unit("first", quiz_of(one_of_kind("sounds")))), "cc13"
