"""A course of values, written as a package."""

from quizzes import QUIZ, course, unit

COURSE, FORMAT = course(unit("A", QUIZ)), "scorm2004-4th"
