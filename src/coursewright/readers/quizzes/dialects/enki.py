"""Enki's questions: gaps `???`, and a list of which the first entries are what belongs in them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from coursewright.course.quiz import Question
from coursewright.readers.quizzes.gaps import Gap, gapped
from coursewright.readers.quizzes.making import checked, chosen
from coursewright.readers.quizzes.sheet import Sheet, trimmed
from coursewright.readers.quizzes.spots import Found

_ITEM = re.compile(r"^\s*[-*+]\s+(?P<text>.*\S)\s*$")
_SECTION = re.compile(r"^(?:practice|revision|quiz|question|exercise)\b", re.IGNORECASE)
_HEADLINE = re.compile(r"^(?P<name>headline)\s*:\s*(?P<value>.*)$|^#{3,6}\s+(?P<heading>.*)$", re.IGNORECASE)
_GAP = re.compile(r"\?{3}(?!\?)")


def spots(sheet: Sheet) -> list[Found]:
    """Return the questions whose gaps are marked `???`; a document that has none elsewhere has no such question."""
    if "???" not in sheet.whole:
        return []
    return list(_spots(sheet))


def _spots(sheet: Sheet) -> Iterator[Found]:
    headings = [(at, *found) for at in range(len(sheet.lines)) if (found := sheet.heading(at))]
    for number, (at, level, text) in enumerate(headings):
        if not _SECTION.match(text):
            continue
        ends = (other for other, deep, _ in headings[number + 1 :] if deep <= level)
        end = next(ends, len(sheet.lines))
        question = _question(sheet, at + 1, end)
        if question is not None:
            place = sheet.place(at)
            question, findings = checked(question, place)
            yield Found(at, _trimmed_end(sheet, end), question, tuple(findings))


def _trimmed_end(sheet: Sheet, end: int) -> int:
    while end > 0 and (not sheet.lines[end - 1].strip() or sheet.is_rule(end - 1)):
        end -= 1
    return end


def _question(sheet: Sheet, first: int, end: int) -> Question | None:
    """Return the question of a section: its text with gaps, and below it the list of what can stand in them."""
    end = _trimmed_end(sheet, end)
    at = end
    while at > first and (_ITEM.match(sheet.lines[at - 1]) or not sheet.lines[at - 1].strip()):
        at -= 1
    texts = [found["text"] for line in sheet.lines[at:end] if (found := _ITEM.match(line))]
    lines = list(sheet.lines[first:at])
    stem = trimmed(line for line in lines if not _HEADLINE.match(line) or line.startswith("#### "))
    gaps = len(_GAP.findall(stem))
    if not gaps or len(texts) < max(gaps, 2):
        return None
    line = sheet.line(first - 1)
    if gaps == 1:
        bare = re.sub(r"\n*^\s*\?{3}\s*$", "", stem, flags=re.MULTILINE)
        words = _GAP.sub("_____", bare).strip()
        return chosen(_mixed(texts), [_mixed(texts).index(texts[0])], stem=words, many=False, line=line)
    options = tuple(_mixed(dict.fromkeys(texts)))
    pieces: list[str | Gap] = []
    for number, piece in enumerate(_GAP.split(stem)):
        if number:
            pieces.append(Gap((texts[number - 1],), options))
        pieces.append(piece)
    return gapped(pieces, line=line)


def _mixed(texts: dict[str, None] | list[str]) -> list[str]:
    """Return texts in the order of the alphabet: their own tells which are right."""
    return sorted(texts, key=lambda text: (text.strip("`*_ ").lower(), text))
