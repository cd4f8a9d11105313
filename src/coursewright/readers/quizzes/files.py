"""Files that are quizzes or banks of questions, known by what is in them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path

from coursewright.course.quiz import Draw, Quiz
from coursewright.findings.finding import Finding
from coursewright.readers.decoding import read_lines
from coursewright.readers.quizzes.aiken import aiken_of, is_aiken
from coursewright.readers.quizzes.documents import quiz_of
from coursewright.readers.quizzes.gift import gift_of, is_gift
from coursewright.readers.quizzes.records import json_quizzes, yaml_quizzes
from coursewright.readers.quizzes.separated import csv_quizzes
from coursewright.readers.quizzes.sheet import Sheet, bounded
from coursewright.readers.quizzes.text2qti import is_text2qti, text2qti_of

_PROSE = frozenset({".md", ".markdown", ".mdx", ".qmd", ".rmd"})
_PLAIN: tuple[tuple[Callable[[Sheet], bool], Callable[[Sheet, list[Finding]], Quiz | None]], ...] = (
    (is_gift, gift_of),
    (is_text2qti, text2qti_of),
    (is_aiken, aiken_of),
)
"""Families in plain text: how each is known, and what reads it."""


def one_quiz(path: Path, shown: str) -> tuple[Quiz | None, list[Finding]]:
    """Return a file as one quiz, None where it is none; of several in one file, all questions after one another."""
    quizzes, findings = quizzes_in(path, shown)
    if len(quizzes) < 2:
        return (quizzes[0] if quizzes else None), findings
    questions = tuple(
        one if isinstance(one, Draw) or not quiz.title else replace(one, tags=(*one.tags, quiz.title))
        for quiz in quizzes
        for one in quiz.questions
    )
    return replace(quizzes[0], title="", questions=questions), findings


def quizzes_in(path: Path, shown: str) -> tuple[list[Quiz], list[Finding]]:
    """Return the quizzes of a file, none where it holds none: some banks hold several."""
    findings: list[Finding] = []
    quizzes = [*_read(path, shown, findings)]
    return quizzes, findings if quizzes or any(found.code.startswith("S1") for found in findings) else []


def _read(path: Path, shown: str, findings: list[Finding]) -> Iterable[Quiz]:
    suffix = path.suffix.lower()
    if suffix in (".xml", ".qti"):
        return _of_xml(path, shown, findings)
    lines, problems = read_lines(path, shown)
    findings += problems
    if lines is None:
        return ()
    sheet = Sheet(bounded(lines), shown, folder=str(path.parent))
    if suffix in (".csv", ".tsv"):
        return csv_quizzes(sheet, findings)
    if suffix in (".json", ".yml", ".yaml"):
        return json_quizzes(sheet, findings) if suffix == ".json" else yaml_quizzes(sheet, findings)
    if suffix not in _PROSE:
        for known, reader in _PLAIN:
            if known(sheet):
                return filter(None, [reader(sheet, findings)])
    return filter(None, [quiz_of(sheet, findings)])


def _of_xml(path: Path, shown: str, findings: list[Finding]) -> Iterable[Quiz]:
    from coursewright.readers.quizzes.documents_xml import read_bytes, root_name, rooted  # lxml: 40 ms

    data = read_bytes(path, shown, findings)
    name = root_name(data) if data else ""
    if not data or not name:
        return ()
    root = rooted(data, shown, "Moodle XML" if name == "quiz" else "QTI", findings)
    if root is None:
        return ()
    sheet = Sheet((), shown)
    if name == "quiz":
        from coursewright.readers.quizzes.moodle import moodle_of

        return filter(None, [moodle_of(root, sheet, findings)])
    if name == "questestinterop":
        from coursewright.readers.quizzes.qti.assessments import assessments_of

        return list(assessments_of(root, replace(sheet, folder=str(path.parent)), findings))
    from coursewright.readers.quizzes.qti.tests2 import item_quiz, test_quiz

    if name.lower().endswith("test"):
        return filter(None, [test_quiz(root, sheet, path.parent, findings)])
    return filter(None, [item_quiz(root, sheet, findings)])
