"""A course of values, written as a package."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from quizzes import QUIZ, STING, course, package, unit

from coursewright.findings.finding import Finding

MANY = replace(QUIZ, questions=tuple(replace(STING, key=f"q{number}") for number in range(251)))


def findings(folder: Path) -> list[Finding]:
    return package(course(unit("A", MANY)), "scorm12", folder)[1]
