"""Reads quizzes: of every family that authors write, and of the banks that LMSs exchange."""

from __future__ import annotations

from pathlib import Path

from coursewright.course.quiz import Quiz
from coursewright.findings.finding import Finding
from coursewright.readers.decoding import read_lines
from coursewright.readers.quizzes.documents import divided, quiz_of
from coursewright.readers.quizzes.sheet import Sheet

__all__ = ["divided", "read_quiz", "read_quizzes"]


def read_quiz(path: Path, shown: str) -> tuple[Quiz | None, list[Finding]]:
    """Return a file as a quiz, None where it is none; `shown` is the path that findings name."""
    quizzes, findings = read_quizzes(path, shown)
    return (quizzes[0] if quizzes else None), findings


def read_quizzes(path: Path, shown: str) -> tuple[list[Quiz], list[Finding]]:
    """Return the quizzes of a file: some banks hold several. It is known by its content."""
    lines, findings = read_lines(path, shown)
    if lines is None:
        return [], findings
    quiz = quiz_of(Sheet(tuple(lines), shown), findings)
    return [quiz] if quiz else [], findings
