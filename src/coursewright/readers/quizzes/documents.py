"""Quizzes in documents of Markdown: whole files, sections of a page, and questions within a text."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby
from pathlib import Path
from typing import Any

from coursewright.course.quiz import Question, QuestionKind, Quiz, each_question
from coursewright.findings import messages
from coursewright.findings.finding import Finding
from coursewright.readers.decoding import read_lines
from coursewright.readers.quizzes.checklists import asking
from coursewright.readers.quizzes.dialects import DIALECTS
from coursewright.readers.quizzes.division import is_quiz, parted, whole
from coursewright.readers.quizzes.facts import stated_by
from coursewright.readers.quizzes.front import fronted
from coursewright.readers.quizzes.markdown import lettered
from coursewright.readers.quizzes.markdown.keylists import KeyEntry, entries_of
from coursewright.readers.quizzes.markdown.scripts import latin
from coursewright.readers.quizzes.sheet import Sheet, bounded, without_returns
from coursewright.readers.quizzes.spots import Found
from coursewright.readers.quizzes.wording import is_quiz_title
from coursewright.text.markdown.headings import heading_on
from coursewright.text.markdown.values import Prose

_TICK = re.compile(r"^(\s*(?:>\s*)*(?:[-*+]|\d+[.)])\s+)\[[xX✓✔]\]", re.MULTILINE)
_BOX = re.compile(r"\s*(?:>\s*)*(?:[-*+]|\d+[.)])\s+\[[ xX✓✔]?\]")
_KEY_NAMES = ("answers", "answer-key", "answer_key", "key", "solutions", "solution", "answerkey")


def parts_of_document(markdown: str, path: str, line: int, title: str) -> tuple[list[Prose | Quiz], list[Finding]]:
    """Return a document as the quizzes in it and the text around them."""
    findings: list[Finding] = []
    sheet = without_returns(Sheet(bounded(markdown.split("\n")), path, line, title))
    spots = asking(sheet, spots_of(sheet), findings)
    if not any(spot.question or spot.findings for spot in spots):
        return unticked([Prose(line, markdown)] if markdown.strip() else [], findings), findings
    if is_quiz(sheet, spots):
        quiz = whole(sheet, spots, findings)
        return unticked([quiz] if quiz else [], findings), findings
    return unticked(parted(sheet, spots, findings), findings), findings


def unticked(parts: Sequence[Prose | Quiz], findings: Sequence[Finding]) -> list[Prose | Quiz]:
    """Return parts without the ticks of lists that may be questions: there a tick would tell the answer.

    Those are lists that a finding is unsure of, and any under a heading that says quiz.
    """
    unsure = {found.place.line for found in findings if found.code == messages.TASKS_UNSURE.code}
    return [_unticked(part, unsure) for part in parts]


def _unticked(part: Prose | Quiz, unsure: Collection[int]) -> Prose | Quiz:
    if isinstance(part, Quiz):
        return _with_unticked_texts(part)
    if not _TICK.search(part.markdown):
        return part
    return replace(part, markdown="\n".join(_without_ticks(part.markdown.split("\n"), unsure, part.line)))


def with_unticked_instructions(quiz: Quiz) -> Quiz:
    """Return a quiz without the ticks of lists in its instructions: they may be questions that were not recognised."""
    return replace(quiz, instructions=_TICK.sub(r"\1[ ]", quiz.instructions))


def _with_unticked_texts(quiz: Quiz) -> Quiz:
    quiz = with_unticked_instructions(quiz)
    return replace(quiz, questions=tuple(each_question(one, _with_unticked_passage) for one in quiz.questions))


def _with_unticked_passage(question: Question) -> Question:
    """Return what is to be read between questions without ticks, which would tell the answers of one not recognised."""
    if question.kind is not QuestionKind.PASSAGE or not _TICK.search(question.stem):
        return question
    blocks = ([*lines] for _, lines in groupby(question.stem.split("\n"), lambda line: bool(_BOX.match(line))))
    return replace(question, stem="\n".join(line for block in blocks for line in _told_apart(block)))


def _told_apart(block: Sequence[str]) -> Iterator[str]:
    """Yield the lines of a list, without ticks where some of it is ticked: where all is, none stands out."""
    ticked = [bool(_TICK.match(line)) for line in block]
    yield from (_TICK.sub(r"\1[ ]", line) for line in block) if any(ticked) and not all(ticked) else block


def _without_ticks(lines: Sequence[str], unsure: Collection[int], first: int) -> Iterator[str]:
    """Yield lines, the first list after each of those that are unsure without ticks, and all in a quiz."""
    near = within = asked = False
    for number, line in enumerate(lines, start=first):
        heading = heading_on(line)
        asked = is_quiz_title(heading[1]) if heading else asked
        near = near or number in unsure
        is_task = _BOX.match(line) is not None
        if within and line.strip() and not is_task and not line[:1].isspace():
            near, within = number in unsure, False
        within = within or (near and is_task)
        yield _TICK.sub(r"\1[ ]", line) if near or asked else line


def quiz_of(sheet: Sheet, findings: list[Finding]) -> Quiz | None:
    """Return a document that is nothing but a quiz, or None; what its front matter states of the quiz holds."""
    front, body = fronted(without_returns(sheet))
    told: list[Finding] = []
    spots = asking(body, spots_of(body), told)
    findings += told if is_quiz(body, spots) else []
    quiz = whole(body, spots, findings) if spots and is_quiz(body, spots) else None
    if quiz is None:
        return None
    quiz = _with_unticked_texts(quiz)
    return told_by(quiz, front) if front else quiz


def told_by(quiz: Quiz, front: Mapping[str, Any]) -> Quiz:
    """Return a quiz with what front matter states of it."""
    stated = stated_by(front)
    return replace(
        quiz,
        passing=quiz.passing if stated.passing is None else stated.passing,
        minutes=quiz.minutes if stated.minutes is None else stated.minutes,
        attempts=stated.attempts or quiz.attempts,
        shuffled=stated.shuffled or quiz.shuffled,
    )


def spots_of(sheet: Sheet) -> list[Found]:
    """Return where the questions of a document stand, of whatever family they are."""
    found: list[Found] = []
    for dialect in DIALECTS:
        found += dialect(without(sheet, found))
    rest = latin(without(sheet, found))
    plain = lettered.spots(rest)
    if any(spot.question and not spot.question.graded for spot in plain) and (apart := _apart(sheet)):
        plain = lettered.spots(rest, apart)
    return sorted((*found, *plain), key=lambda spot: spot.first)


def without(sheet: Sheet, spots: Sequence[Found]) -> Sheet:
    """Return a document in which the lines of some questions are empty, each with a rule where it began."""
    if not spots:
        return sheet
    lines = list(sheet.lines)
    for spot in spots:
        if spot.end > spot.first:
            lines[spot.first : spot.end] = ["---", *[""] * (spot.end - spot.first - 1)]
    return replace(sheet, lines=tuple(lines))


def _apart(sheet: Sheet) -> list[KeyEntry]:
    """Return the keys of a document that stand in another one beside it."""
    name = Path(sheet.path)
    folder = Path(sheet.folder) if sheet.folder else name.parent
    for beside in _names_of_keys(name):
        path = folder / beside
        if beside != name.name and path.is_file() and not path.is_symlink():
            lines, _ = read_lines(path, path.as_posix())
            if lines:
                return _entries(Sheet(bounded(lines), path.as_posix()))
    return []


def _names_of_keys(path: Path) -> Iterator[str]:
    """Yield what a document of keys may be called that stands beside a quiz."""
    stem, suffix = path.stem, path.suffix
    for name in _KEY_NAMES:
        for mark in "-_. ":
            yield f"{stem}{mark}{name}{suffix}"
            yield f"{name}{mark}{stem}{suffix}"
        for word in ("questions?", "quiz"):
            if re.search(word, stem, re.IGNORECASE):
                yield re.sub(word, name, stem, flags=re.IGNORECASE) + suffix
        yield f"{name}/{path.name}"
    if stem.lower() in ("quiz", "questions", "test", "exam", "index"):
        yield from (f"{name}{suffix}" for name in _KEY_NAMES)


def _entries(sheet: Sheet) -> list[KeyEntry]:
    """Return the keys in a document of keys: a list of them, or the questions again with their answers."""
    drafts, lists = lettered.drafts_of(sheet)
    found = [entry for one in lists for entry in one.entries]
    answered = [draft for draft in drafts if draft.told.answer]
    if not found and answered:
        return [KeyEntry(draft.number, draft.told.answer, draft.told.reason, 0, draft.first) for draft in answered]
    return found or list(entries_of(sheet.lines, 0, sheet))
