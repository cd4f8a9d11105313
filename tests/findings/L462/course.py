"""A time limit, for which Moodle XML has no place."""

from quizzing import course, one_of_kind, quiz_of, unit

COURSE, FORMAT = course(unit("first", quiz_of(one_of_kind("wet"), minutes=20.0))), "moodle-xml"
