"""The learners' edition of a unit: what is for staff, and what only stands in for content, is gone from every value.

Whatever reaches a learner – pages, metadata, menus – is made from the edition; the unit as written stays as it is.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import field, fields, replace
from functools import cache
from itertools import chain
from typing import TYPE_CHECKING, Any, TypeVar

from coursewright.course.answers import asks, folds_an_answer, is_column_of_answers
from coursewright.course.audience import Reason, divided, is_bare_label, label_for_staff
from coursewright.course.making import is_box_of_authors
from coursewright.course.model import Section, Unit
from coursewright.course.values import Audience, Check, Competency, Component, Field, Milestone, References, Risk, Topic
from coursewright.frozen import frozen, slotted
from coursewright.text.markdown.targets import defines, linked, targets
from coursewright.text.markdown.values import Block, Item, Listing, Prose, Table, Text
from coursewright.text.names import normal
from coursewright.text.patterns import later
from coursewright.text.phrases import is_placeholder
from coursewright.text.vocabulary import HEADINGS, names

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

_ELSEWHERE = "|".join(name.replace(" ", r"[\W_]+") for name, _ in names(HEADINGS))
_LAYOUT = later(rf"(?:module\W+roadmap|project\W+plan|^(?:{_ELSEWHERE})(?!\w))\W*", re.IGNORECASE)
_Row = TypeVar("_Row", Competency, Topic, Component, Milestone, Risk, Check)


@frozen
class Withheld:
    """What learners do not get of a text, and why: without a reason it only stood in for content."""

    text: Text
    cut: str
    reason: Reason | None = None

    @property
    def placeholder(self) -> bool:
        """Whether it only stood in for content."""
        return self.reason is None


@frozen
class Edition:
    """A unit as learners get it, and what was taken out."""

    unit: Unit
    withheld: tuple[Withheld, ...]


def learner_edition(unit: Unit) -> Edition:
    """Return what of a unit is for learners."""
    edit = _Editor(_targets(unit), f"{unit.id} {unit.title}")
    edited = replace(
        unit,
        summary=_without_role(edit.text(unit.summary), unit),
        prerequisites=edit.references(unit.prerequisites),
        next=edit.references(unit.next),
        placement=replace(unit.placement, raw=edit.text(unit.placement.raw)),
        fields=tuple(filter(None, map(edit.field, unit.fields))),
        objectives=edit.texts(unit.objectives),
        competencies=edit.rows(unit.competencies, "name", "target", "evidence", "role"),
        outline=edit.rows(unit.outline, "title", "detail"),
        activities=edit.texts(unit.activities),
        assessments=edit.texts(unit.assessments),
        components=edit.rows(unit.components, "asset", "description", "criteria", "validation"),
        deliverables=edit.texts(unit.deliverables),
        milestones=edit.rows(unit.milestones, "text"),
        risks=edit.rows(unit.risks, "risk", "mitigation"),
        checklist=edit.rows(edit.of_learners(unit.checklist), "text"),
        sections=tuple(edit.sections([found for found in unit.sections if found.audience is Audience.LEARNER])),
        parts=tuple(part for part in unit.parts if part.audience is Audience.LEARNER),
    )
    return Edition(edited, tuple(edit.withheld))


def own_title(title: Text, *called: str) -> Text:
    """Return what the heading of a document says that neither its layout nor the names of its unit do."""
    own = _LAYOUT.sub("", title)
    said = normal(" ".join(called)).split()
    return Text("" if set(normal(own).split()) <= set(said) else own, title.line)


def _targets(unit: Unit) -> Mapping[str, str]:
    """Return the link targets that a unit defines in its prose, and refers to."""
    defining = [block for section in unit.sections for block in section.rest if isinstance(block, Prose)]
    return targets(texts(unit)) if any("]:" in block.markdown for block in defining) else {}


def _without_role(summary: Text, unit: Unit) -> Text:
    """Return a summary without the role before it, which every page shows anyway."""
    for role in unit.roles:
        summary = Text(summary.removeprefix(f"{role} | ").removeprefix(f"{role}｜"), summary.line)
    return summary


@slotted
class _Editor:
    """Takes out of values what is not for learners, and remembers it."""

    targets: Mapping[str, str] = field(default_factory=dict)
    name: str = ""
    withheld: list[Withheld] = field(default_factory=list)

    def text(self, text: Text) -> Text:
        text = Text(linked(text, self.targets), text.line) if self.targets else text
        if is_placeholder(text):
            self.withheld.append(Withheld(text, text))
            return Text("", text.line)
        kept = divided(text)
        if kept.cut and is_placeholder(kept.text):
            self.keep_back(kept.cut[0][0], text, line=text.line)
            return Text("", text.line)
        self.withheld += [Withheld(text, cut.strip(), reason) for reason, cut in kept.cut]
        return kept.text

    def keep_back(self, reason: Reason, *texts: str, line: int) -> None:
        """Remember a text that learners do not get, with what stands below it."""
        whole = Text("\n".join(filter(None, texts)), line)
        self.withheld.append(Withheld(whole, whole, reason))

    def texts(self, texts: Iterable[Text]) -> tuple[Text, ...]:
        return tuple(filter(None, map(self.text, texts)))

    def rows(self, rows: Iterable[_Row], first: str, *others: str) -> tuple[_Row, ...]:
        """Edit the texts of each row; a row whose first text is taken out goes whole."""
        edited = ((row, self._row(row, (first, *others))) for row in rows)
        return tuple(row for written, row in edited if getattr(row, first) or not getattr(written, first))

    def _row(self, row: _Row, names: Iterable[str]) -> _Row:
        edited: dict[str, Any] = {}
        for name in names:
            written = getattr(row, name)
            if (text := self.text(written)) is not written:
                edited[name] = text
        return replace(row, **edited) if edited else row

    def of_learners(self, checks: Iterable[Check]) -> Iterator[Check]:
        """Yield the boxes that learners tick; those of the authors are kept back."""
        for check in checks:
            if is_box_of_authors(check.text):
                self.keep_back(Reason.STAFF, check.text, line=check.text.line)
            else:
                yield check

    def references(self, references: References) -> References:
        line = references.raw.line
        return replace(references, text=tuple(self.texts(Text(text, line) for text in references.text)))

    def field(self, found: Field) -> Field | None:
        whole = "; ".join([f"{found.name}: {found.value}", *found.children])
        if reason := label_for_staff(f"**{found.label}**: {' '.join([found.value, *found.children])}"):
            self.keep_back(reason, whole, line=found.line)
            return None
        value, children = self.text(found.value), self.texts(found.children)
        return replace(found, value=value, children=children) if value or children else None

    def sections(self, sections: Sequence[Section]) -> Iterator[Section]:
        """Yield each section edited; one of which nothing is left loses its title too, if no parts stand under it."""
        for section, following in zip(sections, [*sections[1:], None], strict=False):
            before = len(self.withheld)
            rest = tuple(self.blocks(section.rest))
            parted = following is not None and following.level > section.level
            shown = rest or parted or not (section.rest or (section.kind and section.markdown.strip()))
            if section.rest and not shown and section.kind != "overview" and section.title:
                self._quote(section.title, before)
            title = section.title if shown else Text("", section.line)
            title = own_title(title, self.name) if section.level == 1 else title
            yield replace(section, title=title, markdown="", rest=rest)

    def _quote(self, title: Text, since: int) -> None:
        """Put a title that goes with all that stood below it before the first words of what was withheld of that."""
        first = next(iter(self.withheld[since:]), None)
        withheld = replace(first, cut=f"{title}: {first.cut}") if first else Withheld(title, title)
        self.withheld[since : since + 1] = [withheld]

    def blocks(self, blocks: Iterable[Block]) -> Iterator[Block]:
        """Yield what is left of blocks. From a folded answer on nothing is, until it is folded up."""
        folded = answered = False
        for block in _with_labels(blocks):
            markdown = block.markdown if isinstance(block, Prose) else ""
            folded = folded or folds_an_answer(markdown)
            if folded or (answered and markdown.startswith(("```", "~~~"))):
                self.keep_back(Reason.SOLUTION, markdown, line=block.line)
            elif kept := self.block(block):
                yield kept
            answered = any(map(label_for_staff, markdown.split("\n")))
            folded = folded and "</details>" not in markdown

    def block(self, block: Block) -> Block | None:
        if isinstance(block, Listing):
            items = self.items(block.items)
            return replace(block, items=items) if items else None
        if isinstance(block, Table):
            table = self.without_keys(block)
            rows = (tuple(map(self.text, row)) for row in table.rows)
            return replace(table, rows=tuple(row for row in rows if any(row)))
        markdown = "\n".join(self.lines(block))
        return replace(block, markdown=markdown) if markdown.strip() else None

    def without_keys(self, table: Table) -> Table:
        """Return a table without its columns of answers; one that is empty is there for learners to fill in."""
        keys = {place for place, title in enumerate(table.header) if is_column_of_answers(title)}
        keys = {place for place in keys if any(row[place].strip(" _.…") for row in table.rows)}
        if not keys:
            return table
        for place in sorted(keys):
            column = filter(None, [table.header[place], *(row[place] for row in table.rows)])
            self.keep_back(Reason.SOLUTION, "; ".join(column), line=table.header[place].line)
        rows = tuple(_without(row, keys) for row in table.rows)
        return replace(table, header=_without(table.header, keys), rows=rows)

    def items(self, items: Iterable[Item]) -> tuple[Item, ...]:
        """Edit each item. What stood under a label for staff goes with it, under another one that is gone moves up."""
        kept: list[Item] = []
        for item in items:
            if reason := label_for_staff(item.inline()):
                self.keep_back(reason, item.inline(), line=item.text.line)
                continue
            before = len(self.withheld)
            text, children = self.text(item.text), self.items(item.children)
            if not text:
                kept += children
            elif item.children and not children and text.endswith((":", ":**")):
                self._quote(text, before)
            elif text is item.text and children == item.children:
                kept.append(item)
            else:
                kept.append(replace(item, text=text, children=children))
        return tuple(kept)

    def lines(self, block: Prose) -> Iterator[str]:
        """Yield what is left of each line of prose: code stays, and an answer takes what follows it along."""
        lines = block.markdown.split("\n")
        code = False
        for number, line in enumerate(lines):
            fence = line.lstrip().startswith(("```", "~~~"))
            if not code and not fence and (reason := _label(lines, number)):
                self.keep_back(reason, *lines[number:], line=block.line + number)
                return
            code = code is not fence
            if not code and defines(line, self.targets):
                continue
            kept = line if code or fence else self.text(Text(line, block.line + number))
            if kept or not line:
                yield kept


def _label(lines: Sequence[str], number: int) -> Reason | None:
    """Return why learners do not get a line with all that follows it, if it begins with a label for staff."""
    line = lines[number]
    return label_for_staff("\n".join(lines[number:]) if is_bare_label(line) else line)


def _with_labels(blocks: Iterable[Block]) -> Iterator[Block]:
    """Yield blocks, each that a bare label for staff stands over joined to it, unless it sets work.

    A label without a colon, `**Solution**`, is a heading in all but name: paragraphs and code go on below it.
    """
    waiting = list(blocks)[::-1]
    while waiting:
        block = waiting.pop()
        lines = block.markdown.split("\n") if isinstance(block, Prose) else []
        if not (lines and waiting and is_bare_label(lines[-1])) or asks(_words(waiting[-1])):
            yield block
            continue
        if len(lines) > 1:
            yield Prose(block.line, "\n".join(lines[:-1]))
        below = [waiting.pop()]
        while ":" not in lines[-1] and waiting and _goes_on(waiting[-1]):
            below.append(waiting.pop())
        yield Prose(block.line + len(lines) - 1, "\n".join([lines[-1], *map(_words, below)]))


def _goes_on(block: Block) -> bool:
    return isinstance(block, Prose) and not block.markdown.startswith(("**", "__", "<", ">"))


def _words(block: Block) -> str:
    return "\n".join(_block_texts(block))


def _without(cells: Sequence[Text], places: Collection[int]) -> tuple[Text, ...]:
    return tuple(cell for place, cell in enumerate(cells) if place not in places)


def texts(unit: Unit) -> Iterator[Text]:
    """Yield every text of a unit that learners read, its leftovers included."""
    yield from (unit.title, *unit.roles, unit.summary)
    yield from chain(unit.objectives, unit.activities, unit.assessments, unit.deliverables)
    for found in unit.fields:
        yield from (found.value, *found.children)
    rows: tuple[DataclassInstance, ...] = (*unit.competencies, *unit.outline, *unit.components)
    for row in (*rows, *unit.milestones, *unit.risks, *unit.checklist):
        values = (getattr(row, name) for name in _names(type(row)))
        yield from (value for value in values if isinstance(value, Text))
    for block in chain.from_iterable(section.rest for section in unit.sections):
        yield from _block_texts(block)


@cache
def _names(row: type[DataclassInstance]) -> tuple[str, ...]:
    return tuple(found.name for found in fields(row))


def _block_texts(block: Block) -> Iterator[Text]:
    if isinstance(block, Listing):
        yield from chain.from_iterable(map(_item_texts, block.items))
    elif isinstance(block, Table):
        yield from chain.from_iterable((block.header, *block.rows))
    else:
        yield Text(block.markdown, block.line)


def _item_texts(item: Item) -> Iterator[Text]:
    yield item.text
    yield from chain.from_iterable(map(_item_texts, item.children))
