"""The lines of a document, and which of them are text: what stands in code and comments is not."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from coursewright.findings.finding import Place
from coursewright.readers.quizzes.verdicts import told_items
from coursewright.readers.quizzes.wording import is_quiz_title
from coursewright.text.markdown.headings import heading_on
from coursewright.text.names import between_blanks

_FENCE = re.compile(r"^(?:\s|>)*(?:(?:[-*+]|\d{1,3}[.)])\s+)?(?P<marks>`{3,}|~{3,})(?P<info>[^`]*)$")
_SPAN = re.compile(r"(?<!`)(`++).*?(?<!`)\1(?!`)")
_LONGEST_LINE = 4_000  # longer ones are read as code: as they are
_SHORT = 200
_BLANKS = re.compile(r"\s{80,}")
_RETURN = re.compile(
    r"\s*(?:<(?:div|p)\b[^<>]*>\s*)?(?:[*_]{1,3}|<(?:b|strong)>)?\s*(?:\[(?P<text>[^\[\]]{1,60})\]\(#[^()\s]*\)"
    r"|<a\s[^<>]*href=[\"']#[^<>\"']*[\"'][^<>]*>(?P<inner>[^<>]{1,60})</a>)\s*(?:[*_]{1,3}|</(?:b|strong)>)?\s*(?:</(?:div|p)>)?\s*"
)
_UPWARDS = re.compile(
    r"[⬆⇧↑↥🔝🔼▲^]|\b(?:back|return|go|jump|scroll)\b.{0,12}\b(?:top|up|contents?|toc|index|start|questions)\b|^top$"
    r"|nach oben|zum anfang|zurück zu|arriba|al inicio|al índice|ao topo|ao início|voltar|haut de|retour au|sommaire"
    r"|torna su|inizio|naar boven|do góry|на?верх|к началу|к содержанию"
    r"|顶部|頂部|目录|目錄|トップ|上に戻る|目次へ|맨 ?위|목차로",
    re.IGNORECASE,
)
_RULE = re.compile(r"^ {0,3}(?:(?:-[ \t]*){3,}|(?:\*[ \t]*){3,}|(?:_[ \t]*){3,})$")


@dataclass(frozen=True)
class Sheet:
    """A document's lines, of which the first stands on line `start` of the file that findings call `path`.

    `folder` is where that file is, "" where it is the folder of `path`.
    """

    lines: tuple[str, ...]
    path: str
    start: int = 1
    title: str = ""
    folder: str = ""

    @cached_property
    def hidden(self) -> frozenset[int]:
        """The indexes of lines in fences, the fences themselves, and comments."""
        return frozenset(_hidden(self.lines))

    @cached_property
    def fences(self) -> frozenset[int]:
        """The indexes of lines in fences, and of the fences themselves."""
        return frozenset(at for fence in _fences(self.lines) for at in fence)

    def fence_end(self, index: int) -> int:
        """Return the index of the line after the fence that begins on a line; 0 where none begins there."""
        return self._fence_ends.get(index, 0)

    @cached_property
    def _fence_ends(self) -> Mapping[int, int]:
        """Where each fence ends, by the line on which it begins."""
        return {fence.start: fence.stop for fence in _fences(self.lines)}

    @cached_property
    def verdicts(self) -> Mapping[int, bool]:
        """The items of lists whose author writes behind some that they are right, by their lines: which are."""
        first = next((text for _, text in self._headings.values()), "")
        return told_items(self.lines, self.hidden, in_quiz=is_quiz_title(self.title) or is_quiz_title(first))

    def line(self, index: int) -> int:
        """Return the line of the file on which one of the lines stands."""
        return self.start + index

    def place(self, index: int) -> Place:
        """Return the place of one of the lines."""
        return Place(self.path, self.line(index))

    @cached_property
    def whole(self) -> str:
        """All lines as one text."""
        return "\n".join(self.lines)

    @property
    def headed(self) -> Iterable[int]:
        """The indexes of its headings, in their order."""
        return self._headings

    def heading(self, index: int) -> tuple[int, str] | None:
        """Return the level and the text of the heading that a line is, or None."""
        return self._headings.get(index)

    def heading_above(self, index: int) -> int | None:
        """Return the index of the nearest heading above a line, or None."""
        above = bisect_left(self._places, index)
        return self._places[above - 1] if above else None

    @cached_property
    def _places(self) -> tuple[int, ...]:
        return tuple(self._headings)

    @cached_property
    def _headings(self) -> dict[int, tuple[int, str]]:
        """The headings by the indexes of their lines."""
        may_be = (index for index, line in enumerate(self.lines) if "#" in line[:4] and index not in self.hidden)
        found = ((index, heading_on(self.lines[index])) for index in may_be)
        return {index: one for index, one in found if one}

    def is_rule(self, index: int) -> bool:
        """Say whether a line is a rule across the page."""
        return index not in self.hidden and bool(_RULE.match(self.lines[index]))

    def is_blank(self, index: int) -> bool:
        """Say whether a line has nothing on it, and is not code."""
        return index not in self.hidden and not self.lines[index].strip()

    def text(self, first: int, end: int) -> str:
        """Return some lines without blank ones around them."""
        return trimmed(self.lines[first:end])


def without_returns(sheet: Sheet) -> Sheet:
    """Return a document without the lines that are nothing but a way back to its top, or to its contents."""
    back = {at for at, line in enumerate(sheet.lines) if "#" in line and at not in sheet.hidden and _is_return(line)}
    if not back:
        return sheet
    return replace(sheet, lines=tuple("" if at in back else line for at, line in enumerate(sheet.lines)))


def _is_return(line: str) -> bool:
    found = _RETURN.fullmatch(line)
    return found is not None and _UPWARDS.search((found["text"] or found["inner"]).strip()) is not None


def bounded(lines: Iterable[str]) -> tuple[str, ...]:
    """Return lines without endless blanks within, which no author writes and patterns would take long over."""
    return tuple(_BLANKS.sub(" " * 80, line) if len(line) > _SHORT else line for line in lines)


def without_code(line: str) -> str:
    """Return a line without what stands in it as code."""
    return _SPAN.sub("", line) if "`" in line and len(line) <= _LONGEST_LINE else line


def trimmed(lines: Iterable[str]) -> str:
    """Return lines as one text without blank ones around them and without what indents all of them."""
    found = between_blanks(list(lines))
    depth = depth_of(found)
    return "\n".join(line[depth:].rstrip() if line[:depth].isspace() else line.rstrip() for line in found)


def depth_of(lines: Iterable[str]) -> int:
    """Return by how many blanks all lines are indented that are not blank."""
    return min((len(line) - len(line.lstrip()) for line in lines if line.strip()), default=0)


def below_first(lines: Sequence[str]) -> list[str]:
    """Return lines of which those after the first, such as those of an item, are without what indents all of them."""
    depth = depth_of(lines[1:])
    return [*lines[:1], *(line[depth:] for line in lines[1:])]


def _fences(lines: tuple[str, ...]) -> Iterator[range]:
    """Yield the lines of each fence that is closed, with the fences themselves; endless lines are fences alone."""
    opened, begun = "", 0
    for index, line in enumerate(lines):
        if len(line) > _LONGEST_LINE:
            yield range(index, index + 1)
            continue
        found = _FENCE.match(line) if "```" in line or "~~~" in line else None
        if not opened and found:
            opened, begun = found["marks"], index
        elif opened and found and found["marks"].startswith(opened) and not found["info"].strip():
            yield range(begun, index + 1)
            opened = ""


def _hidden(lines: tuple[str, ...]) -> Iterator[int]:
    fenced = {at for fence in _fences(lines) for at in fence}
    yield from fenced
    within = False
    for index, line in enumerate(lines):
        if index in fenced:
            continue
        line = without_code(line)
        if within:
            yield index
            within = "-->" not in line
        elif "<!--" in line and "-->" not in line[line.index("<!--") :]:
            within = True
            yield index
        elif line.lstrip().startswith("<!--") and line.rstrip().endswith("-->"):
            yield index
