"""More questions than a learner's state in SCORM 1.2 has room for."""

from dataclasses import replace

from quizzes import QUIZ, STING, course, unit

MANY = replace(QUIZ, questions=tuple(replace(STING, key=f"q{number}") for number in range(400)))

COURSE, FORMAT = course(unit("A", MANY)), "scorm12"
