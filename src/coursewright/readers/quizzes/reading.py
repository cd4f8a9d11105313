"""Stand-in until the readers of quizzes are merged."""

from __future__ import annotations

from pathlib import Path

from coursewright.course.quiz import Quiz
from coursewright.findings.finding import Finding


def read_quiz(path: Path, shown: str) -> tuple[Quiz | None, list[Finding]]:
    """Return the quiz that a file is."""
    return None, []
