"""Lists whose right items have attributes, as MkDocs writes them: `- Berlin { data-correct }`.

Python-Markdown's attr_list gives `{ .class #id key=value }` to what stands before it, Pandoc's spans `[text]{.class}`;
scripts of course sites look for `data-correct` there, on an option, or with a letter on a line below the options.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import field
from itertools import takewhile

from coursewright.course.quiz import Question
from coursewright.findings import messages
from coursewright.frozen import slotted
from coursewright.readers.quizzes.making import checked, chosen
from coursewright.readers.quizzes.paragraphs import paragraph_above
from coursewright.readers.quizzes.sheet import Sheet, below_first, trimmed
from coursewright.readers.quizzes.spots import Found
from coursewright.text.markdown.attribute_lists import without_attributes

_ITEM = re.compile(r"^(?P<indent>[ \t]*)(?P<mark>[-*+]|\d{1,3}[.)])[ \t]+(?P<text>\S.*)$")
_TAIL = re.compile(r"\{:?(?P<inner>[^{}\n]{1,300})\}[ \t]*$")
_HEAD = re.compile(r"^[ \t]*[-*+][ \t]+\{:?(?P<inner>[^{}\n]{1,300})\}[ \t]+(?=\S)")
_MARK = re.compile(
    r"(?<!\S)(?:data-(?:is-)?(?:correct|answer|right)|\.(?:correct|right)(?:-answer)?)(?:=[\"']?(?P<value>[^\"'\s]*)[\"']?)?(?!\S)"
)
_SPAN = re.compile(r"\[(?P<text>[^\[\]\n]{1,2000})\]$")
_BOX = re.compile(r"^[ \t]*(?:!!!|\?\?\?\+?)[ \t]*\w")
_LETTER = re.compile(r"\(?(?P<letter>[A-Za-z])[.)][ \t]+(?=\S)")
_MOST = 26


@slotted
class _List:
    """Items of one list: where each begins, and where the last ends; `key` is what a line below them says."""

    indent: int
    numbered: bool
    asked: int = -1  # the line of the item in which the list stands
    firsts: list[int] = field(default_factory=list)
    end: int = 0
    key: str | None = None


def spots(sheet: Sheet) -> list[Found]:
    """Return the questions of a document whose options say by attributes which are right."""
    if "{" not in sheet.whole or not any(_told(line) is not None for line in sheet.lines if "{" in line):
        return []
    return list(_spots(sheet))


def _told(line: str) -> str | None:
    """Return what the attributes at an end of a line say of what is right, None where they say nothing."""
    found = (_TAIL.search(line) or _HEAD.match(line)) if "}" in line else None
    told = _MARK.search(found["inner"]) if found else None
    return (told["value"] or "").strip().lower() if told else None


def _spots(sheet: Sheet) -> Iterator[Found]:
    before = 0
    lists = sorted(_lists(sheet), key=lambda found: found.firsts[0])
    asking = {one.asked for one in lists}  # items that hold options are questions, and none themselves
    for one in lists:
        if asking & set(one.firsts):
            continue
        spot = _spot(sheet, one, before) if len(one.firsts) <= _MOST and one.firsts[0] >= before else None
        if spot:
            yield spot
            before = spot.end


def _lists(sheet: Sheet) -> Iterator[_List]:
    """Yield the lists of a document, those within others too."""
    opened: list[_List] = []
    for at, line in enumerate(sheet.lines):
        if (at in sheet.fences and at - 1 in sheet.fences) or not line.strip():
            continue  # a fence may begin in an item
        found = _ITEM.match(line)
        depth = len(line) - len(line.lstrip())
        alone = None if found else _told(line) if line.lstrip().startswith("{") else None
        if alone is not None and opened:
            opened[-1].key, opened[-1].end = alone, at + 1
            continue
        while opened and (
            depth < opened[-1].indent or (depth == opened[-1].indent and not _goes_on(opened[-1], found))
        ):
            yield opened.pop()
        if found and (not opened or depth > opened[-1].indent):
            asked = opened[-1].firsts[-1] if opened else -1
            opened.append(_List(depth, found["mark"][0].isdigit(), asked))
        if found:
            opened[-1].firsts.append(at)
        for one in opened:
            one.end = at + 1
    yield from reversed(opened)


def _goes_on(one: _List, found: re.Match[str] | None) -> bool:
    return found is not None and found["mark"][0].isdigit() == one.numbered


def _spot(sheet: Sheet, one: _List, before: int) -> Found | None:
    texts: list[str] = []
    right: list[int] = []
    told = one.key is not None
    for first, end in zip(one.firsts, [*one.firsts[1:], one.end], strict=True):
        lines = [sheet.lines[at] for at in range(first, end) if not _is_key(sheet, at)]
        own = [lines[0], *takewhile(lambda line: not _ITEM.match(line), lines[1:])]  # what stands in no list within
        marks = [value for line in own if (value := _told(line)) is not None]
        told = told or bool(marks)
        right += [len(texts)] if any(value not in ("false", "0", "no") for value in marks) else []
        texts.append(_text(lines))
    if not told:
        return None
    right += [at for name in re.findall(r"\w+", one.key or "") if (at := _index(name)) < len(texts)]
    letters = [_LETTER.match(text) for text in texts]
    if all(found and _index(found["letter"].lower()) == at for at, found in enumerate(letters)):
        texts = [text[found.end() :] for text, found in zip(texts, letters, strict=True) if found]
    first, stem = _asked(sheet, one, before)
    if not stem or len(texts) < 2:
        reason = "only one of its answers stands in its list" if stem else "nothing is asked above its answers"
        left_out = messages.QUESTION_LEFT_OUT.at(sheet.place(first), reason=reason)
        return Found(one.firsts[0], one.end, None, (left_out,))
    question: Question = chosen(texts, right, stem=stem, line=sheet.line(first))
    question, findings = checked(question, sheet.place(first))
    return Found(_box_above(sheet, first, before), one.end, question, tuple(findings))


def _is_key(sheet: Sheet, at: int) -> bool:
    return sheet.lines[at].lstrip().startswith("{") and _told(sheet.lines[at]) is not None


def _index(name: str) -> int:
    """Return which option a letter or a number means."""
    return int(name) - 1 if name.isdecimal() and int(name) else ord(name[0]) - ord("a") if len(name) == 1 else _MOST


def _text(lines: Sequence[str]) -> str:
    """Return what an item says, without its mark and its attributes."""
    shown = [_bare(line) for line in lines]
    item = _ITEM.match(shown[0])
    text = without_attributes(trimmed(below_first([item["text"] if item else shown[0], *shown[1:]])))
    span = _SPAN.fullmatch(text)
    return span["text"] if span else text


def _bare(line: str) -> str:
    """Return a line without its attributes, where it has those that say what is right or are of a span."""
    if _told(line) is None and "]{." not in line:
        return line
    return _TAIL.sub("", _HEAD.sub("- ", line)).rstrip()


def _asked(sheet: Sheet, one: _List, before: int) -> tuple[int, str]:
    """Return where a question begins, and what it asks: the item that holds its options, or the paragraph above."""
    if one.asked >= before:
        found = _ITEM.match(sheet.lines[one.asked])
        lines = [found["text"] if found else "", *sheet.lines[one.asked + 1 : one.firsts[0]]]
        return one.asked, trimmed(below_first(lines))
    first = paragraph_above(sheet, before, one.firsts[0])
    return first, trimmed(line for line in sheet.lines[first : one.firsts[0]] if not _BOX.match(line))


def _box_above(sheet: Sheet, first: int, before: int) -> int:
    """Return where the box around a question begins, if it is its first line."""
    above = first
    while above > before and sheet.is_blank(above - 1):
        above -= 1
    return above - 1 if above > before and _BOX.match(sheet.lines[above - 1]) else first
