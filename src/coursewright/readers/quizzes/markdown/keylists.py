"""Keys to several questions in one place: under a heading, folded, in a line, a table, or a document of their own."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import field, replace
from itertools import pairwise

from coursewright.frozen import frozen, slotted
from coursewright.readers.quizzes.letters import Named, are_columns, entries_in, named_in
from coursewright.readers.quizzes.markdown.pairs import names_pairs
from coursewright.readers.quizzes.markdown.rows import is_key_row, key_rows
from coursewright.readers.quizzes.markdown.wrappers import Fold
from coursewright.readers.quizzes.sheet import Sheet, trimmed
from coursewright.readers.quizzes.wording import (
    asks_to_match,
    heading_label,
    is_key_title,
    label_of,
    names_keys,
    names_reasons,
    told_at_end,
    truth,
    unmarked,
)

_ITEM = re.compile(
    r"^(?:[\s>]*)(?:[-*+]\s+)?(?:#{1,6}\s+)?[*_]{0,3}(?:question|frage|pregunta|pergunta|domanda|vraag|answer|q|a(?=\d)|#)?\s*(?P<number>\d{1,4}(?:\.\d{1,3})?)[*_]{0,3}\s*"
    r"(?:\((?!\w\))[^()]{0,30}\)\s*(?=[.:：–—-]|$))?(?:(?:[.):：–—-]|->|→|=|$)+|,?\s(?=\s*[*_]{0,2}\(?(?-i:[A-J])\)?(?:[.):,*_]|\s*$)))"
    r"[*_]{0,3}\s*(?P<value>.*?)\s*$",
    re.IGNORECASE,
)
_ROW = re.compile(
    r"^\s*\|?\s*[*_]{0,2}(?:question|q)?\s*(?P<number>\d{1,3}(?:\.\d+)?)[.)]?[*_]{0,2}\s*\|(?P<cells>.*\S.*)$",
    re.IGNORECASE,
)
_CELL = re.compile(r"\(?[A-J]\)?|true|false|[TF]", re.IGNORECASE)
_WORD = re.compile(r"[\s*_`(\"]*\w+[\s*_`)\"]*(?:[.,;:(–—-]|$)")
_BRIEF, _BRIEFEST, _NEAR, _NEARLY_ALL = 120, 12, 40, 0.8
_FAR = 250  # lines in which the keys stand that a line announces


@frozen
class KeyEntry:
    """What a list of keys says of one question: its number, its key, why; `group` counts headings within the list.

    `other` is what another list says is its key, where that is something else.
    """

    number: str
    value: str
    why: str
    group: int
    index: int
    other: str = ""


@frozen
class KeyList:
    """Lines from `first` up to `end` that hold the keys to several questions."""

    first: int
    end: int
    entries: tuple[KeyEntry, ...]


def key_lists(sheet: Sheet, folded: Sequence[Fold], masked: frozenset[int]) -> list[KeyList]:
    """Return the lists of keys in a document, in their order."""
    found = [*_headed(sheet, masked), *_folded(folded, sheet.path), *_labelled(sheet, masked), *_tabled(sheet, masked)]
    kept: list[KeyList] = []
    named: set[str] = set()
    for one in sorted(found, key=lambda one: (one.first, -one.end)):
        names = {entry.number for entry in one.entries if named_in(entry.value) or truth(entry.value) is not None}
        is_text = not names and named.issuperset(entry.number for entry in one.entries)
        if (not kept or one.first >= kept[-1].end) and not is_text:
            kept.append(one)
            named |= names
    return kept


def _headed(sheet: Sheet, masked: frozenset[int]) -> Iterator[KeyList]:
    end = 0
    for index in sheet.headed:
        heading = sheet.heading(index)
        titled = heading is not None and is_key_title(heading[1])
        told = titled or (heading is not None and (names_keys(heading[1]) or names_reasons(heading[1])))
        if not heading or index < end or index in masked or not told:
            continue
        stop = _section_end(sheet, index, heading[0], masked)
        entries = tuple(entries_of(sheet.lines[index + 1 : stop], index + 1, sheet))
        enough = len(entries) > 1 or (len(entries) == 1 and "key" in heading[1].lower())
        if enough and (titled or hold_keys(entries, sheet)):
            end = stop
            yield KeyList(index, end, entries)


def hold_keys(entries: Sequence[KeyEntry], sheet: Sheet) -> bool:
    """Say whether entries are nothing but keys: right beside the number of nearly each stands which option it names."""
    beside = sum(_names_beside(sheet.lines[entry.index], entry) for entry in entries)
    return len(entries) > 1 and beside >= _NEARLY_ALL * len(entries)


def _names_beside(line: str, entry: KeyEntry) -> bool:
    if found := _entry_on(line):
        return _named_by(found.value) is not None
    return is_key_row(line) or (bool(entries_in(line)) and entry.why == "")


def _named_by(value: str) -> Named | None:
    """Return what the words beside a number name, if need be after a label: `Answer: B`."""
    label = label_of(value)
    if not label and (told := _behind(value)):
        return named_in(told)
    return named_in(label.value if label and label.what == "answer" else value)


def _behind(value: str) -> str:
    """Return the key behind the words beside a number; none where they begin with one: `B, not answer: A`."""
    begins = named_in(value) or (truth(value) is not None and _WORD.match(value))
    told = None if begins else told_at_end(value)
    return told[1] if told else ""


def _are_keys(entries: Sequence[KeyEntry], title: str) -> bool:
    """Say whether numbered items are keys to as many questions, rather than steps of one answer."""
    if len(entries) < 2:
        return bool(entries) and "key" in title.lower()
    plain = sum(bool(named_in(entry.value)) or truth(entry.value) is not None for entry in entries)
    if plain * 2 >= len(entries):
        return True
    brief = sum(len(entry.value) <= _BRIEF for entry in entries)
    return names_keys(title) and brief * 2 >= len(entries)


def _section_end(sheet: Sheet, index: int, level: int, masked: frozenset[int]) -> int:
    for at in sheet.headed:
        heading = sheet.heading(at) if at > index and at not in masked else None
        if heading and (heading[0] < level or (heading[0] == level and not _ITEM.match(heading[1]))):
            return at
    return len(sheet.lines)


def _folded(folded: Iterable[Fold], path: str) -> Iterator[KeyList]:
    """Yield the keys that are folded: below a summary that says so, or alone in holding nothing but keys."""
    unsaid: list[KeyList] = []
    for fold in folded:
        inside = Sheet(tuple(fold.inside.split("\n")), path)
        entries = tuple(entries_of(inside.lines, 0, inside))
        found = KeyList(fold.first, fold.end, tuple(replace(one, index=fold.first + one.index) for one in entries))
        if len({entry.number for entry in entries}) < 2:
            continue
        if (is_key_title(fold.summary) or names_keys(fold.summary)) and _are_keys(entries, fold.summary):
            yield found
        elif hold_keys(entries, inside):
            unsaid.append(found)
    yield from unsaid if len(unsaid) == 1 else ()


def _labelled(sheet: Sheet, masked: frozenset[int]) -> Iterator[KeyList]:
    """Yield the keys in a line such as `**Answers:** 1-b, 2-c`, or below one that says only that they follow."""
    for index, line in enumerate(sheet.lines):
        if index in sheet.hidden or index in masked or sheet.heading(index):
            continue
        label = label_of(line)
        if (not label or label.what != "answer") and not is_key_title(line.strip(" *_:") or "-"):
            continue
        value = label.value if label else ""
        if value and _is_of_one(sheet, index):
            continue
        if value and len(found := entries_in(value)) > 1 and len({number for number, _ in found}) > 1:
            yield KeyList(index, index + 1, tuple(KeyEntry(*pair, "", 0, index) for pair in found))
        elif not value:
            yield from _below(sheet, index)


def _tabled(sheet: Sheet, masked: frozenset[int]) -> Iterator[KeyList]:
    """Yield the keys in rows of tables that say so beside them: `| Question | 1 | 2 |` above `| Answer | B | C |`."""
    if "|" not in sheet.whole:
        return
    for row in key_rows(sheet.lines):
        if row.labelled and row.first not in masked and row.first not in sheet.hidden:
            entries = (KeyEntry(number, key, "", 0, row.end - 1) for number, key in row.keys)
            yield KeyList(row.first, row.end, tuple(entries))


def _is_of_one(sheet: Sheet, index: int) -> bool:
    """Say whether a line with several keys is that of one question, which asks to match: `Answer: 1-b, 2-a`."""
    if names_keys(sheet.lines[index].partition(":")[0]):
        return False
    above = range(index - 1, max(-1, index - _NEAR), -1)
    first = next((at for at in above if sheet.heading(at) or label_of(sheet.lines[at])), max(0, index - _NEAR))
    return asks_to_match("\n".join(sheet.lines[first:index]))


def _below(sheet: Sheet, index: int) -> Iterator[KeyList]:
    last = min(len(sheet.lines), index + _FAR)
    end = next((at for at in range(index + 1, last) if sheet.heading(at) or sheet.is_rule(at)), last)
    first = next((at for at in range(index + 1, end) if sheet.lines[at].strip()), end)
    fenced = first in sheet.fences and first in _fenced(sheet, first, end)
    if first < end and (_begins_keys(sheet.lines[first]) or fenced):
        entries = tuple(entries_of(sheet.lines[index + 1 : end], index + 1, sheet))
        if (
            len(entries) > 1
            and all(len(entry.value) < 200 for entry in entries)
            and any(entries_in(f"{e.number}. {e.value}") for e in entries)
        ):
            yield KeyList(index, end, entries)


def _begins_keys(line: str) -> bool:
    return bool(_ITEM.match(line) or _ROW.match(line) or "|" in line)


def entries_of(lines: Sequence[str], first: int, sheet: Sheet) -> Iterator[KeyEntry]:
    """Yield the keys in some lines, of which the first has the index `first`."""
    reading = _Reading()
    fenced = _fenced(sheet, first, first + len(lines))
    rows = {first + row.first: row for row in key_rows(lines)} if any("|" in line for line in lines) else {}
    skipped = 0
    for index, line in enumerate(lines, first):
        if row := rows.get(index):
            skipped = first + row.end
            yield from reading.close()
            yield from (KeyEntry(number, key, "", reading.group, skipped - 1) for number, key in row.keys)
        if index < skipped:
            continue
        if fenced.get(index, True):
            yield from reading.read(index, line, hidden=index in sheet.hidden and index not in fenced)
    yield from reading.close()


def _fenced(sheet: Sheet, first: int, end: int) -> dict[int, bool]:
    """Return the lines of fences that hold keys, by their indexes: whether each is within its fence."""
    found: dict[int, bool] = {}
    index = first
    while index < end:
        stop = sheet.fence_end(index)
        inside = range(index + 1, stop - 1)
        said = [_is_keyed(sheet.lines[at]) for at in inside if sheet.lines[at].strip()]
        if said and said[0] and sum(said) * 2 >= len(said):
            found |= {index: False, **dict.fromkeys(inside, True), stop - 1: False}
        index = max(stop, index + 1)
    return found


def _is_keyed(line: str) -> bool:
    """Say whether a line holds keys with their numbers, or one and why."""
    found = _entry_on(line)
    return are_columns(line) or bool(found and _named_by(found.value))


@frozen
class _Line:
    """What a line says of one question: its number, what stands beside it, and why."""

    number: str
    value: str
    why: str = ""


def _entry_on(line: str) -> _Line | None:
    """Return what a line says of a question, as an item or as a row of a table; None where it says nothing."""
    if "|" not in line:
        found = _ITEM.match(line)
        return _Line(found["number"], found["value"]) if found else None
    row = _ROW.match(line)
    if row is None:
        return None
    cells = _cells(row)
    value = next((cell for cell in cells if named_in(cell) and len(cell) <= _BRIEFEST), cells[0])
    after = cells[cells.index(value) + 1 :]
    return _Line(row["number"], value, after[0] if after else "")


def _cells(row: re.Match[str]) -> list[str]:
    """Return what stands in the cells of a row after the one with its number."""
    return [cell.strip() for cell in row["cells"].rstrip().removesuffix("|").split("|")]


def _beside_in(row: re.Match[str]) -> list[tuple[str, str]]:
    """Return the keys of a row that has several, each after its number: `| 1 | B | 11 | C |`."""
    cells = [cell.strip("*_.") for cell in (row["number"], *_cells(row)) if cell]
    pairs = [*zip(cells[::2], cells[1::2], strict=False)]
    are_keys = all(number.isdigit() and _CELL.fullmatch(key) for number, key in pairs)
    return pairs if are_keys and len(pairs) > 1 else []


@slotted
class _Reading:
    """The key that is being read, line by line."""

    number: str = ""
    value: str = ""
    title: str = ""
    at: int = 0
    group: int = 0
    why: list[str] = field(default_factory=list)
    headed: bool = False

    def read(self, index: int, line: str, *, hidden: bool) -> Iterator[KeyEntry]:
        """Take in a line, and yield the keys that are complete."""
        found = None if hidden else _entry_on(line)
        row = None if hidden else _ROW.match(line)
        of_one = hidden or row or (found and names_pairs(found.value))
        several = _beside_in(row) if row else [] if of_one else entries_in(line.replace("|", " , "))
        if len({one for one, _ in several}) > 1 and _rises(several):
            yield from self.close()
            yield from (KeyEntry(one, letters, "", self.group, index) for one, letters in several)
            return
        if found and self._is_title and not _is_heading(line) and named_in(found.value):
            self.number = ""
            self.group += 1
        if found and _goes_on(found.number, self.number) and not (self.headed and not _is_heading(line)):
            yield from self.close()
            self._begin(found, index, line)
        elif not hidden and _is_heading(line) and not heading_label(line.lstrip("# ")):
            yield from self.close()
            self.group += 1
            self.headed = False
        elif self.number:
            self.why.append(line)

    @property
    def _is_title(self) -> bool:
        """Whether what was read so far is only a heading with a number: that of a part, where keys follow."""
        return bool(self.number) and not self.value and not any(line.strip() for line in self.why)

    def _begin(self, found: _Line, index: int, line: str) -> None:
        is_title = _is_heading(line) and not _named_by(found.value)
        self.headed = _is_heading(line) and not is_title
        self.number, self.value, self.at = found.number, "" if is_title else found.value, index
        self.title = found.value if is_title else ""
        self.why = [found.why] if " " in found.why else []

    def close(self) -> Iterator[KeyEntry]:
        """Yield the key that was being read."""
        if self.number:
            value = self.title if self._is_title else self.value
            yield _entry(self.number, value, self.why, self.group, self.at)
        self.number, self.why = "", []


def _is_heading(line: str) -> bool:
    return line.lstrip().startswith("#")


def _rises(several: Sequence[tuple[str, str]]) -> bool:
    numbers = [_order(number) for number, _ in several]
    return all(one < other for one, other in pairwise(numbers))


def _goes_on(number: str, before: str) -> bool:
    """Say whether a number can follow another in a list of keys: lists in an explanation begin anew."""
    return not before or _order(number) > _order(before) or "." in number


def _order(number: str) -> tuple[float, str]:
    """Return what numbers are compared by: `22a` stands between 22 and 23."""
    return float(number.rstrip("abcdefgh")), number.lstrip("0123456789.")


def _entry(number: str, value: str, why: list[str], group: int, index: int) -> KeyEntry:
    """Return an entry whose key may stand under a label of its own below its number."""
    said: list[str] = []
    beside = label_of(value)
    value = beside.value if beside and beside.what == "answer" and beside.value else value
    if not beside and (told := _behind(value)):
        value = told
    for line in why:
        label = label_of(line)
        if label and label.what == "answer" and label.value:
            value = label.value
        elif label and label.what == "why":
            said.append(label.value)
        elif not line.lstrip().startswith(("<details", "</details", "<summary")):
            said.append("" if re.fullmatch(r"\s*(?:-{3,}|\*{3,})\s*", line) else line)
    lines = [line for line in said if line.strip()]
    if not value and lines and not lines[0].lstrip().startswith(("```", "~~~")):
        value = lines[0].strip()
        said = said[said.index(lines[0]) + 1 :]
    return KeyEntry(number, unmarked(value), trimmed(said), group, index)
