"""A course of values, written as a package."""

from dataclasses import replace

from quizzes import COLOURS, QUIZ, course, unit

from coursewright.course.quiz import Option

MANY = replace(COLOURS, options=tuple(Option(f"o{number}", str(number), float(not number)) for number in range(37)))

COURSE, FORMAT = course(unit("A", replace(QUIZ, questions=(MANY,)))), "scorm12"
