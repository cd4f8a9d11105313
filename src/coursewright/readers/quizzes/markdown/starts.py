"""Where questions begin: a heading, bold or plain words with a number, or the paragraph above the options."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from coursewright.readers.quizzes.marks import Run, choice_at
from coursewright.readers.quizzes.sheet import Sheet
from coursewright.readers.quizzes.wording import heading_label, is_key_title, label_of

_WORD = r"(?:(?:multiple[- ]choice\s+)?question|frage|pregunta|pergunta|quest[ãa]o|exercise|problem|q|mcq)"
_NUMBER = r"(?P<number>\d{1,3}(?:\.\d{1,3}){0,2}[a-z]?)"
_NAMED = re.compile(rf"^[*_]{{0,3}}{_WORD}\s*\.?\s*#?\s*{_NUMBER}\s*(?:/\s*\d+)?(?P<text>.*)$", re.IGNORECASE)
_BARE = re.compile(rf"^[*_]{{0,3}}#?{_NUMBER}(?P<text>(?:[.):]|\s*[-–—]|[*_]{{2}}).*)$", re.IGNORECASE)
_PLAIN = re.compile(rf"^ {{0,3}}{_NUMBER}[.)]\s+(?P<text>\S.*)$")
_UNNUMBERED = re.compile(
    r"^[*_]{0,3}(?:question|frage|pregunta|pergunta|q)[*_]{0,3}\s*[:：][*_]{0,3}\s*(?P<text>.*)$", re.IGNORECASE
)
_LEADING = re.compile(r"^(?P<bold>[*_]{2,3})?\s*(?P<mark>[.):：–—-]+)?\s*(?P<again>[*_]{2,3})?\s*")
_ITEM = re.compile(r"^\s*[-*+]\s+(?:(?P<strong>\*\*[^*]+\*\*)\s*$|\S)")
_LONGEST_STEM = 80


class Form(StrEnum):
    """What a question begins with."""

    HEADING = "heading"
    BOLD = "bold"
    NUMBER = "number"
    BARE = "bare"


@dataclass(frozen=True, slots=True)
class Start:
    """The line on which a question begins; `text` is what it says after the number, `rest` the first line after it."""

    index: int
    rest: int
    form: Form
    number: str = ""
    text: str = ""
    level: int = 0
    named: bool = False


def marked_start(sheet: Sheet, index: int) -> Start | None:
    """Return the start of a question that a line is by its own form: a heading or bold words with a number."""
    heading = sheet.heading(index)
    if heading:
        return _headed(index, *heading)
    if index in sheet.hidden:
        return None
    line = sheet.lines[index].strip()
    line = re.sub(r"^(?:[-*+]|>)\s+(?=[*_]{0,2}(?:q|question)\b)", "", line, flags=re.IGNORECASE)
    if named := _NAMED.match(line):
        is_said = line[:1] in "*_" or re.match(r"\s*[.:)–—-]|\s*$", named["text"])
        return (
            Start(index, index + 1, Form.BOLD, named["number"], _lead(named["text"], line), named=True)
            if is_said
            else None
        )
    if (bare := _BARE.match(line)) and line[:2] in ("**", "__"):
        return Start(index, index + 1, Form.BOLD, bare["number"], _lead(bare["text"], line))
    if said := _UNNUMBERED.match(line):
        return Start(index, index + 1, Form.BOLD, "", _lead(said["text"], line), named=True)
    return None


def _headed(index: int, level: int, text: str) -> Start | None:
    found = _NAMED.match(text)
    if found and re.match(r"[*_]{0,3}\s*(?:[.:)–—(|-]|$)", found["text"]):
        return Start(index, index + 1, Form.HEADING, found["number"], _lead(found["text"], text), level, named=True)
    if found := _BARE.match(text):
        return Start(index, index + 1, Form.HEADING, found["number"], _lead(found["text"], text), level)
    if found := _UNNUMBERED.match(text):
        return Start(index, index + 1, Form.HEADING, "", _lead(found["text"], text), level, named=True)
    return None


def _lead(text: str, line: str) -> str:
    """Return what follows a number, without the emphasis that began before it."""
    found = _LEADING.match(text)
    rest = text[found.end() :] if found else text
    opened = re.match(r"[*_]{2,3}", line)
    if opened and found and not found["bold"] and not found["again"]:
        marks = opened[0]
        if rest.count(marks) % 2 == 1:
            before, _, after = rest.partition(marks)
            return (before.strip() + (" " + after.strip() if after.strip() else "")).strip()
    return rest.strip()


def starts(sheet: Sheet, runs: Sequence[Run], masked: frozenset[int]) -> list[Start]:
    """Return where questions begin, in their order; `masked` are lines where none does."""
    marked = [
        start for index in range(len(sheet.lines)) if index not in masked and (start := marked_start(sheet, index))
    ]
    places = [start.index for start in marked]
    found: list[Start] = []
    before, number = 0, 0
    for run in runs:
        within = marked[bisect_left(places, before) : bisect_left(places, run.first)]
        within = within or _numbered(sheet, before, run.first, number, masked)
        within = within or [_above(sheet, before, run.first)]
        found += within
        before = run.end
        number = int(within[-1].number) if within[-1].number.isdigit() else number
    found += marked[bisect_left(places, before) :] or _numbered(
        sheet, before, len(sheet.lines), number, masked, told=True
    )
    return found


def _numbered(
    sheet: Sheet, first: int, end: int, number: int, masked: frozenset[int], *, told: bool = False
) -> list[Start]:
    """Return the questions that begin with plain numbers which go on from `number`, or begin anew.

    With `told`, only those that a label follows: nothing else tells them from items of a list.
    """
    found: list[Start] = []
    fresh = number == 0
    for index in range(first, end):
        if index in masked or index in sheet.hidden:
            continue
        if heading := sheet.heading(index):
            if is_key_title(heading[1]):
                break
            fresh = True
        match = _PLAIN.match(sheet.lines[index])
        if not match or "." in match["number"] or not match["number"].isdigit():
            continue
        value = int(match["number"])
        if value == number + 1 or (fresh and value == 1):
            found.append(Start(index, index + 1, Form.NUMBER, match["number"], match["text"].strip()))
            number, fresh = value, False
    return list(_told(sheet, found, end, masked)) if told else found


def _told(sheet: Sheet, found: list[Start], end: int, folded: frozenset[int]) -> Iterator[Start]:
    """Yield the numbered items that are questions: a key follows them, or a list of which one item is strong."""
    ends = [start.index for start in found[1:]] + [end]
    for start, stop in zip(found, ends, strict=False):
        lines = range(start.rest, min(stop, start.rest + _LONGEST_STEM))
        strong = [bool(item["strong"]) for at in lines if (item := _ITEM.match(sheet.lines[at]))]
        if (len(strong) > 1 and sum(strong) == 1) or any(at in folded or _is_key(sheet, at) for at in lines):
            yield start


def _is_key(sheet: Sheet, index: int) -> bool:
    label = label_of(sheet.lines[index]) if index not in sheet.hidden else None
    return label is not None and label.what == "answer"


def _above(sheet: Sheet, before: int, end: int) -> Start:
    """Return the start of a question without a mark: the heading above it, or the paragraph above its options."""
    index = end
    while index > before and end - index < _LONGEST_STEM:
        index -= 1
        if heading := sheet.heading(index):
            if heading_label(heading[1]) or not _is_stem(sheet, index, heading[1], end):
                break
            return Start(index, index + 1, Form.HEADING, "", heading[1].strip(), heading[0])
        if _is_end(sheet, index):
            break
    first = paragraph_above(sheet, before, end)
    return Start(first, first, Form.BARE)


def _is_stem(sheet: Sheet, index: int, heading: str, end: int) -> bool:
    """Say whether a heading asks what the options below it answer, rather than what stands between them."""
    if heading.rstrip(" *_").endswith(("?", "…", "...")):
        return True
    return all(at in sheet.hidden or not sheet.lines[at].strip() for at in range(index + 1, end))


def _is_end(sheet: Sheet, index: int) -> bool:
    """Say whether a line ends what belongs to the question before."""
    if index in sheet.hidden:
        return False
    line = sheet.lines[index].strip().lower()
    return sheet.is_rule(index) or "</details" in line or bool(label_of(line))


def paragraph_above(sheet: Sheet, before: int, end: int) -> int:
    """Return where the paragraph right above some options begins, with code and quotes that it stands above."""
    index = _block(sheet, before, end)
    while index > before and (index in sheet.hidden or sheet.lines[index].lstrip().startswith((">", "|", "![", "<"))):
        above = _block(sheet, before, index)
        if above == index:
            break
        index = above
    above = _block(sheet, before, index)
    if above < index and above in sheet.fences:
        over = _block(sheet, before, above)
        index = over if over < above else index
    return index


def _block(sheet: Sheet, before: int, end: int) -> int:
    """Return where the block of lines above a line begins, or that line where there is none."""
    index = end
    while index > before and sheet.is_blank(index - 1):
        index -= 1
    last = index
    while index > before and not sheet.is_blank(index - 1):
        if (
            _is_end(sheet, index - 1)
            or sheet.heading(index - 1)
            or (choice_at(sheet, index - 1) and index - 1 < last - 1)
        ):
            break
        if index < last and (index - 1 in sheet.fences) != (index in sheet.fences):
            break
        index -= 1
    return index if index < last else end
