"""A document divided: quizzes, and the text around them."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from coursewright.course.quiz import Draw, Question, QuestionKind, Quiz, keyed
from coursewright.findings import messages
from coursewright.findings.finding import Finding
from coursewright.frozen import frozen
from coursewright.readers.quizzes.checklists import is_called_quiz, unsure
from coursewright.readers.quizzes.facts import stated_in
from coursewright.readers.quizzes.letters import named_in
from coursewright.readers.quizzes.markdown.keylists import entries_of, hold_keys
from coursewright.readers.quizzes.sheet import Sheet
from coursewright.readers.quizzes.spots import Found
from coursewright.readers.quizzes.templates import are_templates, is_template
from coursewright.readers.quizzes.wording import (
    is_key_title,
    is_quiz_title,
    label_of,
    names_keys,
    names_reasons,
)
from coursewright.text.markdown.values import Prose
from coursewright.text.names import digest, shortened

_NEARLY_ALL, _MOST, _SOME = 0.85, 0.6, 0.2
_FEW_LINES = 12
_LITTLE = 400  # characters that stand apart from the questions
_KEY = "quiz"
_ANCHOR = re.compile(r"\s*(?:\[\[[\w-]*\]\]|\{#[\w-]+\})\s*$")
_DIRECTIVE = re.compile(r"--[\w-]+--")  # freeCodeCamp's names of sections


@frozen
class QuizSpan:
    """Lines of a document that are one quiz, from `first` up to `end`; `lead` is its heading's line, or -1."""

    first: int
    end: int
    title: str
    spots: tuple[Found, ...]
    begin: int


def is_quiz(sheet: Sheet, spots: Sequence[Found]) -> bool:
    """Say whether a document is nothing but a quiz, or hardly anything else."""
    asked = [spot for spot in spots if spot.question]
    if not asked:
        return False
    share = _share(sheet, spots)
    sure = any(spot.sure for spot in asked)
    with_options = any(spot.question and spot.question.options for spot in asked)
    answered = any(spot.question and spot.question.graded for spot in asked)
    if is_called_quiz(sheet):
        return (sure or with_options or answered) and share >= _SOME
    lead = _lead(sheet, min(spot.first for spot in asked))
    inner = lead is not None and is_quiz_title(lead[1])
    brief = len(asked) > 1 and not inner and share >= _MOST and _apart(sheet, spots) <= _LITTLE
    return sure and (brief or share >= _NEARLY_ALL)


def _share(sheet: Sheet, spots: Sequence[Found]) -> float:
    """Return how much of a document's text is questions and keys."""
    within = sum(len(sheet.lines[at].strip()) for spot in spots for at in range(spot.first, spot.end))
    return within / max(1, within + _apart(sheet, spots))


def _apart(sheet: Sheet, spots: Sequence[Found]) -> int:
    """Return how many characters of a document belong to no question and are no heading."""
    within = {at for spot in spots for at in range(spot.first, spot.end)}
    rest = (line for at, line in enumerate(sheet.lines) if at not in within and not sheet.heading(at))
    return sum(len(line.strip()) for line in rest)


def whole(sheet: Sheet, spots: Sequence[Found], findings: list[Finding]) -> Quiz | None:
    """Return a document as one quiz, or None where it is only a template of one."""
    title, begin = sheet.title, 0
    for at in range(_first_asked(spots)):
        if (found := sheet.heading(at)) and not found[1].startswith("--"):
            title, begin = title or found[1], at + 1 if found[0] == 1 or not title else begin
            break
    return _quiz(sheet, QuizSpan(0, len(sheet.lines), title, tuple(spots), begin), findings)


def _first_asked(spots: Sequence[Found]) -> int:
    """Return where the first question stands: what marks the beginning of a quiz may stand above its title."""
    return min(spot.first for spot in spots if spot.question)


def parted(sheet: Sheet, spots: Sequence[Found], findings: list[Finding]) -> list[Prose | Quiz]:
    """Return the quizzes that stand in a document, and the text around them in its order."""
    pieces: list[Prose | Quiz] = []
    at = 0
    for section in _sections(sheet, spots, findings):
        if not any(spot.question for spot in section.spots):
            for spot in section.spots:
                findings += spot.findings
            pieces += _prose(sheet, at, section.first, findings)
            at = section.end
            continue
        quiz = _quiz(sheet, section, findings)
        if quiz is None:
            continue
        pieces += _prose(sheet, at, section.first, findings)
        pieces.append(quiz)
        at = section.end
    return [*pieces, *_prose(sheet, at, len(sheet.lines), findings, told=bool(pieces))]


def _sections(sheet: Sheet, spots: Sequence[Found], findings: list[Finding]) -> Iterator[QuizSpan]:
    group: list[Found] = []
    found = False
    for spot in [*spots, None]:
        if group and (spot is None or not _adjoins(sheet, group, spot)):
            section = _section(sheet, group, findings) if any(one.question for one in group) else None
            told = found or any(one.findings and one.question is None for one in group)
            if section is None and told and all(one.question is None for one in group):
                section = QuizSpan(group[0].first, group[-1].end, "", tuple(group), group[0].first)
            if section is not None:
                found = True
                yield section
            elif told:  # a list of keys stays out, whatever stands beside it
                yield from (QuizSpan(one.first, one.end, "", (one,), one.first) for one in group if not one.question)
            group = []
        if spot is not None:
            group.append(spot)


def _adjoins(sheet: Sheet, group: Sequence[Found], spot: Found) -> bool:
    """Say whether a question belongs to the quiz of those before it: nothing but headings and little text between."""
    between = range(group[-1].end, spot.first)
    levels = [found[0] for at in between if (found := sheet.heading(at))]
    words = [at for at in between if sheet.lines[at].strip() and not sheet.heading(at) and not sheet.is_rule(at)]
    if not words:
        return spot.question is None or not levels or _title_above(sheet, spot.first, group[-1].end)[1] is False
    lead = _lead(sheet, group[0].first)
    under = lead is not None and is_quiz_title(lead[1]) and all(level > lead[2] for level in levels)
    return under and len(words) <= _FEW_LINES


def _title_above(sheet: Sheet, first: int, stop: int) -> tuple[int, bool]:
    """Return the line of the nearest heading above a line, and whether it announces a quiz of its own."""
    for at in range(first - 1, stop - 1, -1):
        if found := sheet.heading(at):
            return at, is_quiz_title(found[1])
    return -1, False


def _lead(sheet: Sheet, first: int) -> tuple[int, str, int] | None:
    """Return the heading above a line: its line, its text and its level."""
    at = sheet.heading_above(first)
    found = sheet.heading(at) if at is not None else None
    return (at, found[1], found[0]) if at is not None and found else None


def _section(sheet: Sheet, group: Sequence[Found], findings: list[Finding]) -> QuizSpan | None:
    """Return some questions as a section with the heading that announces them; None where they are no quiz."""
    first, end = group[0].first, group[-1].end
    lead = _lead(sheet, first)
    called = lead is not None and is_quiz_title(lead[1])
    sure = [spot for spot in group if spot.sure and spot.question]
    asked = [spot.question for spot in group if spot.question]
    if not sure and not (called and any(question.options or question.graded for question in asked)):
        findings += unsure(sheet, group)
        return None
    begin = first
    if lead:
        words = sum(bool(sheet.lines[at].strip()) for at in range(lead[0] + 1, first))
        if (called and words <= _FEW_LINES) or not words:
            begin, first = lead[0] + 1, lead[0]
    title = lead[1] if lead and first == lead[0] else ""
    while end < len(sheet.lines) and (not sheet.lines[end].strip() or sheet.is_rule(end)):
        end += 1
    return QuizSpan(first, end, title, tuple(group), begin)


def _quiz(sheet: Sheet, section: QuizSpan, findings: list[Finding]) -> Quiz | None:
    """Return a section as a quiz, or None with a finding where all its questions have yet to be written."""
    asked = [spot.question for spot in section.spots if spot.question]
    if are_templates(asked):
        findings.append(messages.QUIZ_TEMPLATE.at(sheet.place(section.first), text=shortened(asked[0].stem, 60)))
        return None
    for spot in section.spots:
        findings += spot.findings
    first = _first_asked(section.spots)
    marks = {at for spot in section.spots if spot.first < first for at in range(spot.first, spot.end)}
    lines = [sheet.lines[at] for at in _outside(section, len(sheet.lines))]
    head = stated_in("\n".join(lines))
    questions = [*_in_order(sheet, section, findings)]
    count = sum(isinstance(one, Question) and one.kind is not QuestionKind.PASSAGE for one in questions)
    if head.count is not None and head.count != count:
        findings.append(messages.QUIZ_COUNT_WRONG.at(sheet.place(section.first), stated=head.count, count=count))
    title = _ANCHOR.sub("", section.title).strip(" #*_")
    return Quiz(
        f"{_KEY}-{digest(' '.join((title, *(question.stem for question in asked[:3]))), 10)}",
        title,
        sheet.path,
        sheet.line(section.first),
        keyed(questions),
        instructions=_clean(sheet, section.begin, _without_headings(sheet, section.begin, first), findings, marks),
        passing=head.passing,
        minutes=head.minutes,
        attempts=head.attempts,
        shuffled=head.shuffled,
        graded=any(question.graded for question in asked),
    )


def _without_headings(sheet: Sheet, first: int, end: int) -> int:
    """Return where some lines end without the headings at their end, which announce what follows."""
    while end > first and (not sheet.lines[end - 1].strip() or sheet.is_rule(end - 1) or sheet.heading(end - 1)):
        end -= 1
    return end


def _outside(section: QuizSpan, length: int) -> Iterator[int]:
    """Yield the indexes of the lines of a section that belong to no question."""
    at = section.begin
    for spot in section.spots:
        yield from range(at, spot.first)
        at = max(at, spot.end)
    yield from range(at, min(section.end, length))


def _in_order(sheet: Sheet, section: QuizSpan, findings: list[Finding]) -> Iterator[Question | Draw]:
    """Yield the questions of a section, and what is to be read between them."""
    at = first = _first_asked(section.spots)
    part = _part_title(sheet, section.begin, at)
    for spot in section.spots:
        if spot.first < first:
            continue
        part = _part_title(sheet, at, spot.first) or part
        yield from _passage(sheet, at, spot.first, findings)
        at = max(at, spot.end)
        question = spot.question
        if question and is_template(question):
            findings.append(messages.QUIZ_TEMPLATE.at(sheet.place(spot.first), text=shortened(question.stem, 60)))
        elif question:
            yield replace(question, tags=(*question.tags, part)) if part else question
    yield from _passage(sheet, at, section.end, findings)


def _part_title(sheet: Sheet, first: int, end: int) -> str:
    titles = [
        found[1].strip(" *_") for at in range(first, end) if (found := sheet.heading(at)) and found[1][:2] != "--"
    ]
    return titles[-1] if titles else ""


def _passage(sheet: Sheet, first: int, end: int, findings: list[Finding]) -> Iterator[Question]:
    shown = (at for at in range(first, end) if at not in sheet.hidden or at in sheet.fences)
    words = [at for at in shown if sheet.lines[at].strip() and not sheet.is_rule(at)]
    if any(not sheet.heading(at) for at in words):
        text = _clean(sheet, first, end, findings)
        if text:
            yield Question("", QuestionKind.PASSAGE, text, sheet.line(words[0]), points=0.0, graded=False)


def _clean(sheet: Sheet, first: int, end: int, findings: list[Finding], marks: Collection[int] = ()) -> str:
    """Return some lines as Markdown without rules around them, `marks`, and a key that belongs to no question."""
    while first < end and (not sheet.lines[first].strip() or sheet.is_rule(first) or first in marks):
        first += 1
    while end > first and (not sheet.lines[end - 1].strip() or sheet.is_rule(end - 1) or end - 1 in marks):
        end -= 1
    kept = (at for at in _without_keys(sheet, first, end, findings) if at not in marks)
    return "\n".join(sheet.lines[at] for at in kept).strip("\n")


def _holds_keys(sheet: Sheet, index: int, end: int, heading: tuple[int, str]) -> bool:
    """Say whether the section of a heading lists keys, rather than works through exercises."""
    titled = is_key_title(heading[1])
    if not titled and not names_keys(heading[1]) and not names_reasons(heading[1]):
        return False
    ends = (at for at in range(index + 1, end) if (found := sheet.heading(at)) and found[0] <= heading[0])
    entries = [*entries_of(sheet.lines[index + 1 : next(ends, end)], index + 1, sheet)]
    return any(named_in(entry.value) for entry in entries) if titled else hold_keys(entries, sheet)


def _without_keys(sheet: Sheet, first: int, end: int, findings: list[Finding]) -> Iterator[int]:
    skipped = 0
    for at in range(first, end):
        heading = sheet.heading(at)
        if at in sheet.hidden and at not in sheet.fences:
            continue
        if heading and _DIRECTIVE.fullmatch(heading[1]):
            continue
        if heading and _holds_keys(sheet, at, end, heading):
            skipped = heading[0]
            findings.append(messages.KEY_LEFT_OUT.at(sheet.place(at), text=shortened(heading[1], 60)))
        elif heading and heading[0] <= skipped:
            skipped = 0
        label = label_of(sheet.lines[at]) if at not in sheet.hidden else None
        if not skipped and label and label.what == "answer" and named_in(label.value):
            findings.append(messages.KEY_LEFT_OUT.at(sheet.place(at), text=shortened(sheet.lines[at], 60)))
        elif not skipped:
            yield at


def _prose(sheet: Sheet, first: int, end: int, findings: list[Finding], *, told: bool = True) -> Iterator[Prose]:
    """Yield the text between quizzes; where there are none, a document is left as it is."""
    while first < end and not sheet.lines[first].strip():
        first += 1
    kept = [*_without_keys(sheet, first, end, findings)] if told else [*range(first, end)]
    while kept and not sheet.lines[kept[-1]].strip():
        kept.pop()
    if not kept:
        return
    begun = kept[0]
    block: list[str] = []
    for at in kept:
        if block and at != begun + len(block):
            yield Prose(sheet.line(begun), "\n".join(block))
            begun, block = at, []
        block.append(sheet.lines[at])
    yield Prose(sheet.line(begun), "\n".join(block))
