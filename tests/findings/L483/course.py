"""A course of values, written as a package."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from quizzes import COLOURS, QUIZ, course, package, unit

from coursewright.course.quiz import Option
from coursewright.findings.finding import Finding

MANY = replace(COLOURS, options=tuple(Option(f"o{number}", str(number), float(not number)) for number in range(37)))


def findings(folder: Path) -> list[Finding]:
    return package(course(unit("A", replace(QUIZ, questions=(MANY,)))), "scorm12", folder)[1]
