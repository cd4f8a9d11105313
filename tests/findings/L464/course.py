"""A question of more than Canvas keeps."""

from dataclasses import replace

from quizzing import course, one_of_kind, quiz_of, unit

LONG = replace(one_of_kind("wet"), stem="Water is wet. " * 1300)
COURSE, FORMAT = course(unit("first", quiz_of(LONG))), "canvas"
