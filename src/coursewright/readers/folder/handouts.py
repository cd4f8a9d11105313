"""Lectures that Pandoc makes slides and a text of: notes that are the text, and what only says how slides look."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from coursewright.readers.folder.lines import Lines, code_marks, hold
from coursewright.readers.folder.rewriting import Rewriting

_COLONS = re.compile(r"[ \t>]*(?P<mark>:{3,})[ \t]*(?:\{[ \t]*\.)?(?P<name>[\w-]*)[ \t]*(?:\}[ \t]*)?:*[ \t]*$")
_LOOKS = frozenset({"center", "centering", "flushleft", "flushright", "nonincremental", "incremental", "small", "tiny"})
_SPACE = re.compile(
    r" {0,3}\\(?:(?:big|med|small)skip|vfill|hfill|newpage|pagebreak|clearpage|cleardoublepage|pause|centering"
    r"|noindent|vspace\*?\{[^{}]*\}|hspace\*?\{[^{}]*\})[ \t]*$"
)
_DECK = re.compile(r"revealjs|reveal\.js|beamer|pptx|powerpoint|slidy|ioslides|xaringan|dzslides|\bs5\b", re.IGNORECASE)
_RICH = re.compile(r"\s*(?:`{3}|~{3}|\||!\[|#{1,6}\s)")  # what nobody says to an audience: code, tables, pictures
_MUCH = 0.1  # of the words of a document, from which on notes are its text


def without_layout(lines: Lines, rewriting: Rewriting) -> Lines:
    """Return lines without what spaces slides, and with notes that are the text of a lecture as text."""
    if not hold(lines, ":::", "\\"):
        return lines
    marks = code_marks(lines, notebook=rewriting.notebook)
    lines_kept = [bool(code) or not _SPACE.match(line) for line, code in zip(lines, marks, strict=True)]
    notes: list[tuple[int, int]] = []
    for name, start, end in _boxes(lines, marks):
        if name in _LOOKS:
            lines_kept[start] = lines_kept[end] = False
        elif name == "notes":
            notes.append((start, end))
    if notes and not _is_deck(rewriting) and _are_text(notes, lines):
        for start, end in notes:
            lines_kept[start] = lines_kept[end] = False
    return [line for line, kept in zip(lines, lines_kept, strict=True) if kept]


def _boxes(lines: Lines, marks: Sequence[bool]) -> Iterator[tuple[str, int, int]]:
    """Yield the boxes of a document by their names, each with the lines on which it begins and ends."""
    opened: list[tuple[str, int]] = []
    for at, line in enumerate(lines):
        if marks[at] or ":::" not in line:
            continue
        found = _COLONS.match(line)
        if not found:
            opened += [("", at)] if line.lstrip().startswith(":::") else []
        elif found["name"]:
            opened.append((found["name"].casefold(), at))
        elif opened:
            name, start = opened.pop()
            yield name, start, at


def _is_deck(rewriting: Rewriting) -> bool:
    """Say whether the header of a document, or its project, makes slides of it, whose notes are for who speaks."""
    front = rewriting.document.front
    told = [front.get(key) for key in ("format", "output", "theme", "layout")]
    told += [] if front.get("format") else [rewriting.options.variables.get("format")]
    return bool(front.get("marp")) or any(_DECK.search(str(one)) and "html" not in str(one) for one in told if one)


def _are_text(notes: list[tuple[int, int]], lines: Lines) -> bool:
    """Say whether notes are a lecture's text, not a speaker's: they hold much of it, or what is to be seen."""
    inside = [line for start, end in notes for line in lines[start + 1 : end]]
    words = sum(len(line.split()) for line in inside)
    return any(map(_RICH.match, inside)) or words > _MUCH * sum(len(line.split()) for line in lines)
