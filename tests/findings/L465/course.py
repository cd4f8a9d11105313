"""A course without a quiz, for a format that holds nothing else."""

from quizzing import course, page, unit

COURSE, FORMAT = course(unit("first", page())), "qti12"
