"""Where a document states prerequisites: in sections of their own, and beside a label anywhere else."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace

from coursewright.course.values import Field, Unheld
from coursewright.frozen import frozen
from coursewright.readers.roadmap.blocks import HeadedBlocks
from coursewright.readers.roadmap.choices import connects, opens_the_other_half
from coursewright.readers.roadmap.labels import Label, label_of, label_of_units
from coursewright.readers.roadmap.references import is_nothing
from coursewright.readers.roadmap.requirements import opens_plainly, softens
from coursewright.readers.roadmap.sections import Draft, plain_field, read_field
from coursewright.text.markdown.values import Block, Item, Listing, Prose, Table, Text
from coursewright.text.patterns import later

# What may be the id of a unit, and what surely is meant as one.
_MAYBE_A_UNIT = later(r"\b[^\W\d_]{1,10}[-. ]?\d{1,6}\b|\b\d{1,4}\.\d{1,4}\b|\.(?:md|markdown|txt)\b")
_A_UNIT = later(
    r"\b(?:MOD|PROJ)-\d|\b(?:modul|módul|moduł|proje|proge|proye|unit|course)\w{0,4} \d"
    r"|\b(?-i:[A-Z]{1,6})-?\d{1,5}\b|\]\([^()\s]+\.(?:md|markdown|txt)\b",
    re.IGNORECASE,
)
_NUMBER_OR_LINK = later(r"[\d\]]")
_NAMED = later(r"\b[A-Z]{1,6}-?\d{1,5}\b")
_NO_PARAGRAPH = later(r"\s*(?:```|~~~|[-*+] |\d+[.)] |<|    |\t|!\[|\[[^\]]+\]:)")
_LOOSE = later(r"(?=([*_]{2})?)(?:[*_]{2})?([^*_:–—=→]{3,40}?):?(?:\1?(?:\s*[-–—=→:]+\s|\1\s+))\s*(.+)$", re.DOTALL)
_RULE = later(r"([-*_])(?:\s*\1){2,}\s*$")
_MARKS = later(r"\*+|__+")
_IN_WORDS = later(
    r"\bbefore (?:you|we|starting|beginning)\b|\b(?:must|has to|have to|needs? to) (?:first )?(?:have )?(?:be )?"
    r"(?:complete|finish|pass)",
    re.IGNORECASE,
)
_QUOTE = later(r"^[>\s]*(?:\[!\w+\]\s*)?")
_SENTENCE = later(r"(?<=[.!?])\s+(?=\W*[^\W\d_])")


def _names_a_unit(text: str) -> bool:
    """Say whether a text surely names a unit; most have neither a number nor a link."""
    return bool(_NUMBER_OR_LINK.search(text) and _A_UNIT.search(text))


@frozen
class Stated:
    """What the headings over a section make of it: the label, its words, and whether it speaks of units only."""

    label: Label
    words: str
    only: bool = True


def stated_by(group: Sequence[HeadedBlocks]) -> Iterator[Stated | None]:
    """Yield what each section states by its heading and those above it; a doubtful one makes all below it doubtful."""
    above: list[tuple[int, Stated]] = []
    for headed in group:
        above = [(level, stated) for level, stated in above if level < headed.level]
        found = _own(headed.title)
        if above and headed.level > 1 and not (found and found.label is Label.BACKWARDS):
            found = _below(above[-1][1], headed.title)
        if found and headed.level > 1:
            above.append((headed.level, found))
        yield found if headed.level > 1 else None


def _own(title: str) -> Stated | None:
    if (label := label_of(title)) is not None:
        return Stated(label, title)
    weak = label_of_units(title)
    return Stated(weak, title, only=False) if weak is Label.PLAIN else None


def _below(above: Stated, title: str) -> Stated:
    """Return what a sub-heading makes of what is above it: `### Recommended` makes its units doubtful."""
    if above.label is Label.PLAIN and (opens_plainly(title) or label_of_units(title) is Label.PLAIN):
        return replace(above, words=title)
    return Stated(above.label if above.label is Label.BACKWARDS else Label.DOUBTFUL, title, only=False)


def read_section(blocks: Sequence[Block], stated: Stated, draft: Draft) -> list[Block]:
    """Read a section of prerequisites into the draft and return the blocks that stay where they are."""
    if stated.label is Label.BACKWARDS:
        _say_of_all(blocks, draft)
        return list(blocks)
    if any(isinstance(block, Prose) and _softens(block, following) for block, following in _with_next(blocks)):
        stated = Stated(Label.DOUBTFUL, "" if stated.label is Label.PLAIN else stated.words, stated.only)
    rest: list[Block] = []
    together: list[Text] = []
    opening: Prose | None = None
    for block, following in _with_next(blocks):
        if isinstance(block, Listing):
            rest += _read_list(block, stated, opening, draft, together)
            opening = None
        elif isinstance(block, Prose) and isinstance(following, Listing) and not _NO_PARAGRAPH.match(block.markdown):
            opening = block
        else:
            rest += _read_other(block, stated, draft, together)
    draft.together += [tuple(together)] if together else []
    return rest


def _softens(block: Prose, following: Block | None) -> bool:
    """Say whether a paragraph without units may make of all that stands beside it a choice, or a recommendation."""
    if _MAYBE_A_UNIT.search(block.markdown) or _NO_PARAGRAPH.match(block.markdown):
        return False
    if is_nothing(_one_line(block.markdown)):
        return False
    if isinstance(following, Listing):
        return opens_the_other_half(block.markdown)
    return softens(block.markdown) or connects(block.markdown)


def _with_next(blocks: Sequence[Block]) -> Iterator[tuple[Block, Block | None]]:
    return zip(blocks, [*blocks, None][1:], strict=True)


def _read_list(
    block: Listing, stated: Stated, opening: Prose | None, draft: Draft, together: list[Text]
) -> list[Block]:
    """Read a list with the paragraph that opens it: `One of the following:` makes it one doubtful statement."""
    items = [item.inline() for item in block.items]
    words = _MARKS.sub("", _one_line(opening.markdown)).strip(": ") if opening else ""
    before: list[Block] = [opening] if opening else []
    names_units = any(_MAYBE_A_UNIT.search(item) for item in items)
    if not stated.only and not any(_names_a_unit(text) for text in [words, *items]):
        return [*before, block]
    if stated.label is Label.PLAIN and opens_plainly(words):
        together += items
        return []
    label = ": ".join(filter(None, [stated.words if stated.label is Label.DOUBTFUL else "", words]))
    if names_units or _MAYBE_A_UNIT.search(words):
        draft.doubtful.append(Text(f"{label}: {'; '.join(items)}" if label else "; ".join(items), block.line))
        return []
    draft.doubtful += [item for item in items if not is_nothing(item)]
    return before


def _read_other(block: Block, stated: Stated, draft: Draft, together: list[Text]) -> list[Block]:
    """Read a paragraph of a section that names units; a table, and what is more than a paragraph, is only told of."""
    wanted = _MAYBE_A_UNIT if stated.only else _A_UNIT
    text = _text(block)
    if isinstance(block, Prose) and _RULE.match(text):
        return [block]
    if not wanted.search(text):
        if isinstance(block, Prose) and is_nothing(text) and stated.label is Label.PLAIN:
            together.append(Text(text, block.line))
            return []
        return [block]
    if not isinstance(block, Prose) or _NO_PARAGRAPH.match(block.markdown) or "\n```" in block.markdown:
        _say(text, block.line, draft)
        return [block]
    if stated.label is Label.PLAIN:
        together.append(Text(text, block.line))
    else:
        draft.doubtful.append(Text(": ".join(filter(None, [stated.words, text])), block.line))
    return []


def read_elsewhere(blocks: Sequence[Block], draft: Draft, *, overview: bool = False) -> list[Block]:
    """Read the prerequisites that stand beside a label in other sections, and return what stays where it is.

    What names no units, and what is not plainly a statement of its own, stays and is told of. In the overview each
    label counts, whatever follows it.
    """
    rest: list[Block] = []
    halves = _OtherHalves(draft, 0 if overview else len(draft.fields))
    for block, following in _with_next(blocks):
        if isinstance(block, Prose) and isinstance(following, Listing):
            _tell_of_titled(block, following, draft)
        if isinstance(block, Listing):
            items = tuple(item for item in block.items if not _take_item(item, draft, halves, overview=overview))
            if items:
                rest.append(block if len(items) == len(block.items) else replace(block, items=items))
        elif isinstance(block, Table):
            rest += _read_table(block, draft, overview=overview)
        else:
            halves.look(Text(_one_line(block.markdown), block.line))
            rest += _read_lines(block, draft, overview=overview)
    return rest


def _tell_of_titled(title: Prose, listing: Listing, draft: Draft) -> None:
    """Say of a list of units under a bold line in place of a heading that it gates nothing: `**Prerequisites**`."""
    words = _MARKS.sub("", _one_line(title.markdown)).strip(": ")
    items = _text(listing)
    if label_of_units(words) is Label.PLAIN and _names_a_unit(items) and not _names_a_unit(words):
        _say(f"{words}: {items}", title.line, draft)


def tell_of_all(blocks: Sequence[Block], title: str, draft: Draft) -> None:
    """Say of what names units under a heading of the first level that speaks of prerequisites that it gates nothing."""
    if label_of(title) is Label.PLAIN:
        _say_of_all(blocks, draft)


class _OtherHalves:
    """The fields of a section, the nearest of which a text may go on from as the other half of a choice."""

    def __init__(self, draft: Draft, begin: int) -> None:
        self._draft, self._begin = draft, begin
        self._lines = [(found.line, index) for index, found in enumerate(draft.fields[begin:], begin)]
        self._lines.sort()

    def look(self, text: Text) -> None:
        """Hold a text that begins with `or` to be of the field of prerequisites right above it."""
        if len(self._draft.fields) <= self._begin or not opens_the_other_half(text):
            return
        place = bisect_left(self._lines, (text.line, 0)) - 1
        line, index = self._lines[place] if place >= 0 else (0, -1)
        last = len(self._draft.fields) - 1
        if last >= self._begin and line < self._draft.fields[last].line < text.line:
            index = last
        found = self._draft.fields[index] if index >= 0 else None
        if not found or meant_by(found) is not Label.PLAIN:
            return
        if not (found.children and opens_the_other_half(found.children[-1])):
            self._draft.fields[index] = replace(found, children=(*found.children, text))


def tell_of(blocks: Sequence[Block], draft: Draft) -> None:
    """Say of each label of prerequisites that it gates nothing where it stands, as in a section for staff."""
    copy = Draft(draft.path, draft.findings, unheld=draft.unheld)
    read_elsewhere(blocks, copy)
    for found in copy.fields:
        if not is_nothing("".join([found.value, *found.children])):
            say_of(found, draft)


def _labelled(item: Item) -> Field | None:
    """Return an item as a field, one without a colon too if its label is of prerequisites: `**Requires** MOD-101`."""
    if found := read_field(item) or plain_field(item):
        return found
    loose = _LOOSE.match(item.text)
    if not loose or not label_of(loose[2]):
        return None
    line = item.text.line
    return Field(loose[2].strip(), Text(loose[3], line), line, children=tuple(one.inline() for one in item.children))


def _take_item(item: Item, draft: Draft, halves: _OtherHalves, *, overview: bool) -> bool:
    halves.look(item.text)
    if _take(_labelled(item), draft, overview=overview):
        return True
    _tell_of_sentences(item.inline(), draft)
    return False


def meant_by(found: Field) -> Label | None:
    """Return what the label of a field makes of its value; weaker labels count only before units."""
    value = _whole(found).removeprefix(found.label)
    return (label_of_units if _names_a_unit(value) else label_of)(found.label, found.qualifier)


def _take(found: Field | None, draft: Draft, *, overview: bool) -> bool:
    """Put a field into the draft if it states prerequisites; say so where it only looks like it."""
    label = meant_by(found) if found else None
    if not found or label is None:
        return False
    if label in (Label.BACKWARDS, Label.PERHAPS):
        say_of(found, draft)
        return False
    nothing = is_nothing("".join([found.value, *found.children]))
    if not (nothing or overview or _names_a_unit(_whole(found))):
        say_of(found, draft)
        return False
    draft.fields.append(found)
    return overview or not nothing


def say_of(found: Field, draft: Draft) -> None:
    """Say of a field that it gates nothing."""
    backwards = meant_by(found) is Label.BACKWARDS
    draft.unheld.append(Unheld(Text(_whole(found), found.line), backwards))


def _read_table(table: Table, draft: Draft, *, overview: bool) -> list[Block]:
    """Read the rows that say `| Prerequisites | MOD-101 |`; a column of that name is told of."""
    for column, name in enumerate(table.header[1:], 1):
        if label_of(name) and (cells := [row[column] for row in table.rows if row[column]]):
            _say(f"{name}: {'; '.join(cells)}", table.line, draft)
    rows = [row for row in (table.header, *table.rows) if not _take(_row_field(row), draft, overview=overview)]
    if len(rows) == len(table.rows) + 1:
        return [table]
    return [replace(table, header=rows[0], rows=tuple(rows[1:]))] if rows and any(map(any, rows)) else []


def _row_field(row: Sequence[Text]) -> Field | None:
    if len(row) < 2 or not row[1] or any(row[2:]):
        return None
    return Field(row[0].strip("*_: "), row[1], row[1].line)


def _read_lines(block: Prose, draft: Draft, *, overview: bool) -> list[Block]:
    """Read the labelled lines of a paragraph, each with the lines that go on from it."""
    if _NO_PARAGRAPH.match(block.markdown) or "```" in block.markdown or "~~~" in block.markdown:
        if label := next((line for line in block.markdown.split("\n") if _looks_like_one(line)), ""):
            _say(label.strip(), block.line, draft)
        return [block]
    kept: list[str] = []
    for number, lines in _statements(block.markdown.split("\n")):
        text = Text(_one_line("\n".join(lines)), block.line + number)
        if not _take(_labelled(Item(text)), draft, overview=overview):
            _tell_of_sentences(text, draft)
            kept += lines
    if len(kept) == len(block.markdown.split("\n")):
        return [block]
    return [replace(block, markdown="\n".join(kept))] if any(_QUOTE.sub("", line) for line in kept) else []


def _statements(lines: Sequence[str]) -> Iterator[tuple[int, list[str]]]:
    """Yield the lines of a paragraph, cut where a new label begins, with the number of the first."""
    begin = 0
    for number in range(1, len(lines) + 1):
        if number == len(lines) or _labelled(Item(Text(_QUOTE.sub("", lines[number]).strip()))):
            yield begin, list(lines[begin:number])
            begin = number


def _tell_of_sentences(text: Text, draft: Draft) -> None:
    if not _names_a_unit(text):
        return
    labelled = _labelled(Item(text))
    for sentence in _SENTENCE.split(text) if not (labelled and meant_by(labelled)) else ():
        if _looks_like_one(sentence):
            _say(sentence, text.line, draft)


def _looks_like_one(text: str) -> bool:
    """Say whether words of prerequisites stand before units in a text without a label."""
    return _names_a_unit(text) and bool(label_of(text) or _IN_WORDS.search(text))


def _say_of_all(blocks: Sequence[Block], draft: Draft) -> None:
    for block in blocks:
        if _MAYBE_A_UNIT.search(_text(block)):
            _say(_text(block), block.line, draft)


def _say(text: str, line: int, draft: Draft) -> None:
    draft.unheld.append(Unheld(Text(text, line)))


def unheld(draft: Draft, required: str) -> Iterator[Unheld]:
    """Yield what looks like a prerequisite and was not read, unless what is required has it."""
    held = {id.casefold() for id in _NAMED.findall(required)}
    for found in draft.unheld:
        named = _NAMED.findall(found.text)
        if found.backwards or not named or not all(id.casefold() in held for id in named):
            yield found


def _text(block: Block) -> str:
    if isinstance(block, Listing):
        return "; ".join(item.inline() for item in block.items)
    if isinstance(block, Table):
        header = [block.header] if any(map(_MAYBE_A_UNIT.search, block.header)) else []
        return "; ".join(" | ".join(filter(None, row)) for row in (*header, *block.rows))
    return _one_line(block.markdown)


def _one_line(markdown: str) -> str:
    return " ".join(" ".join(_QUOTE.sub("", line) for line in markdown.split("\n")).split())


def _whole(found: Field) -> str:
    return f"{found.name}: {'; '.join(filter(None, [found.value, *found.children]))}"
