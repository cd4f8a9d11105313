"""A course of values, written as a package."""

from dataclasses import replace

from quizzes import QUIZ, STING, course, unit

MANY = replace(QUIZ, questions=tuple(replace(STING, key=f"q{number}") for number in range(251)))

COURSE, FORMAT = course(unit("A", MANY)), "scorm12"
