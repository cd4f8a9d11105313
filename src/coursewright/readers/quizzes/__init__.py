"""Reads quizzes: of every family that authors write, and of the banks that LMSs exchange.

What reads them is loaded when it is first called: its patterns take 100 ms, and a roadmap has no quiz.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from coursewright.course.quiz import Quiz
from coursewright.findings.finding import Finding
from coursewright.text.markdown.values import Prose


def divided(markdown: str, path: str, line: int = 1, *, title: str = "") -> tuple[list[Prose | Quiz], list[Finding]]:
    """Return a document as the quizzes in it and the text around them; one that is nothing but a quiz gives one.

    `path` is how findings name it, `line` the line of the file on which the Markdown begins; `title` is that of the
    document, where its heading is not part of the Markdown. No text that is left holds a key.
    """
    from coursewright.readers.quizzes.documents import parts_of_document

    return parts_of_document(markdown, path, line, title)


def told_by(quiz: Quiz, front: Mapping[str, Any]) -> Quiz:
    """Return a quiz with what front matter states of it: its passing score, its attempts, its time."""
    from coursewright.readers.quizzes import documents

    return documents.told_by(quiz, front)


def read_quiz(path: Path, shown: str) -> tuple[Quiz | None, list[Finding]]:
    """Return a file as one quiz, None where it is none; of several in one file, all questions after one another.

    `shown` is the path that findings name. A file that is no quiz has no findings.
    """
    from coursewright.readers.quizzes.files import one_quiz

    return one_quiz(path, shown)


def read_quizzes(path: Path, shown: str) -> tuple[list[Quiz], list[Finding]]:
    """Return the quizzes of a file, none where it holds none: some banks hold several."""
    from coursewright.readers.quizzes.files import quizzes_in

    return quizzes_in(path, shown)
