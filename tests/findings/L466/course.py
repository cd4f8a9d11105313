"""A question of which nobody says what is right."""

from quizzing import course, one_of_kind, quiz_of, unit

COURSE, FORMAT = course(unit("first", quiz_of(one_of_kind("opinion"), one_of_kind("wet")))), "moodle"
