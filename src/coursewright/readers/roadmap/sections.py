"""Readers of one section each: they put values into a unit's draft and return the blocks they leave."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import field, replace
from typing import Any

from coursewright.course.values import Check, Competency, Component, Field, Kind, Milestone, Risk, Topic, Unheld
from coursewright.findings import messages
from coursewright.findings.finding import Finding, Place
from coursewright.frozen import frozen, slotted
from coursewright.text.markdown.values import Block, Item, Listing, Prose, Table, Text
from coursewright.text.names import normal
from coursewright.text.patterns import later
from coursewright.text.vocabulary import (
    COLUMNS,
    FIELDS,
    HEADS,
    OVERVIEWS,
    PERIODS,
    RISKS,
    SECTIONS,
    names,
    of_meaning,
)

_FIELD = later(
    r"\*\*(?P<label>[^*]+?)(?:\s?[:：]\*\*|\*\*(?:\s*\((?P<qualifier>[^()]*)\))?\s*[:：])\s*(?P<value>.*)$", re.DOTALL
)
_PLAIN_FIELD = later(r"([^\W\d_][^:：*`]{1,40})(?::\s+|：\s*)(.*)$", re.DOTALL)
_TOPIC = later(r"\*\*(.+?)\*\*\s*(?:[–—:：-]\s*)?(.*)$", re.DOTALL)
_PERIODS = {name: name for name in ("week", "day", "month", "sprint", "phase")} | dict(names(PERIODS))
_AFTER = rf"(?:{'|'.join(name for name, _ in names({'ja': PERIODS['ja']}))})"  # behind the number, as in `第1週`
_TO = r"\s*(?:[-–—~〜～]|to|bis|à|au|a|até|إلى|から)\s*"
_MILESTONE = later(
    rf"(?:\*\*)?(?:(?P<before>{'|'.join(_PERIODS)})s?\s*(?<=[\s\u3040-\u30ff])|第?)(?P<first>\d{{1,4}})"
    rf"(?:{_AFTER}?{_TO}第?(?P<last>\d{{1,4}}))?(?P<after>{_AFTER})?(?:\*\*)?\s*[:：–—-]\s*(?:\*\*)?\s*(?P<text>.*)$",
    re.IGNORECASE | re.DOTALL,
)
KIND_OF_FIELD = {
    name: kind
    for kind, meaning in ((Kind.MODULE, "module id"), (Kind.PROJECT, "project id"))
    for name in (meaning, *of_meaning(FIELDS, meaning))
}
NAMING_FIELDS = {
    *("id", "module title", "project title", "target role", "target roles"),
    *KIND_OF_FIELD,
    *of_meaning(FIELDS, "module title"),
    *of_meaning(FIELDS, "target role"),
}
# How tables of labels and values are headed.
_HEADS = {"field", "fields", "key", "label", "name", "item", "property", "attribute", "parameter", "overview", "aspect"}
_HEADS |= HEADS


@slotted
class Draft:
    """A unit while its sections are being read."""

    path: str
    findings: list[Finding]
    fields: list[Field] = field(default_factory=list)
    together: list[tuple[Text, ...]] = field(default_factory=list)
    doubtful: list[Text] = field(default_factory=list)
    unheld: list[Unheld] = field(default_factory=list)
    values: dict[str, Any] = field(default_factory=dict)

    def add(self, name: str, values: tuple[Any, ...]) -> None:
        self.values[name] = (*self.values.get(name, ()), *values)

    def place(self, line: int) -> Place:
        return Place(self.path, line)


def read_field(item: Item) -> Field | None:
    """Return the item as a labelled value, or None when it has no label."""
    if not item.text.startswith("**") or not (match := _FIELD.match(item.text)):
        return None
    line = item.text.line
    children = tuple(child.inline() for child in item.children)
    return Field(match["label"].strip(), Text(match["value"].strip(), line), line, match["qualifier"] or "", children)


def plain_field(item: Item) -> Field | None:
    """Return an overview's item as a field when its label was not made bold: `- Module ID: MOD-3`."""
    match = _PLAIN_FIELD.match(item.text) if ":" in item.text or "：" in item.text else None
    return read_field(replace(item, text=Text(f"**{match[1]}**: {match[2]}", item.text.line))) if match else None


def read_fields(blocks: list[Block], draft: Draft, *, all_items: bool) -> list[Block]:
    rest: list[Block] = []
    for block in blocks:
        if isinstance(block, Table):
            rest += _read_rows(block, draft, all_items=all_items)
            continue
        if isinstance(block, Prose):
            rest += _read_lines(block, draft, all_items=all_items)
            continue
        fields = [(item, read_field(item) or (plain_field(item) if all_items else None)) for item in block.items]
        known = any(found and _is_overview_field(found) for _, found in fields)
        if not (all_items or known):
            rest.append(block)
            continue
        draft.fields += [found for _, found in fields if found]
        if left := tuple(item for item, found in fields if not found):
            rest.append(Listing(left[0].text.line, left, block.ordered))
    return rest


def _read_rows(table: Table, draft: Draft, *, all_items: bool) -> list[Block]:
    """Read a table of labels and values, `| Module ID | EN-1 |`, if it names the unit; return one of anything else."""
    rows = (table.header, *table.rows)
    fields = [
        Field(row[0].strip("*_`: "), row[1], row[0].line)
        for row in rows
        if len(row) > 1 and row[1] and not any(row[2:]) and row[0].strip("*_`: ")
    ]
    if len(fields) < sum(map(any, rows)) or not any(_names_unit(found, all_items=all_items) for found in fields):
        return [table]
    heads = bool(fields) and normal(fields[0].label) in _HEADS and fields[0].line == table.header[0].line
    draft.fields += fields[heads:]
    return []


def _read_lines(block: Prose, draft: Draft, *, all_items: bool) -> list[Block]:
    """Read the lines `Module ID: EN-1` of a paragraph that names the unit, and return the other ones."""
    if block.markdown.startswith(("```", "~~~", "    ", "\t", ">", "<")):
        return [block]
    lines = block.markdown.split("\n")
    items = [Item(Text(line.strip().rstrip("\\ "), block.line + number)) for number, line in enumerate(lines)]
    fields = [read_field(item) or plain_field(item) for item in items]
    if not any(found and _names_unit(found, all_items=all_items) for found in fields):
        return [block]
    draft.fields += filter(None, fields)
    left = [(number, line) for number, (line, found) in enumerate(zip(lines, fields, strict=True)) if not found]
    return [Prose(block.line + left[0][0], "\n".join(line for _, line in left))] if left else []


def _names_unit(found: Field, *, all_items: bool) -> bool:
    return normal(found.label) in (NAMING_FIELDS if all_items else KIND_OF_FIELD)


def _is_overview_field(found: Field) -> bool:
    return normal(found.label) in KIND_OF_FIELD


def _items(blocks: list[Block]) -> tuple[list[Item], list[Block]]:
    """Return the items of all lists, and the other blocks."""
    items = [item for block in blocks if isinstance(block, Listing) for item in block.items]
    return items, [block for block in blocks if not isinstance(block, Listing)]


def _texts(name: str) -> Callable[[list[Block], Draft], list[Block]]:
    """Return a reader that takes each list item as one text."""

    def read(blocks: list[Block], draft: Draft) -> list[Block]:
        items, rest = _items(blocks)
        draft.add(name, tuple(item.inline() for item in items))
        return rest

    return read


def _outline(blocks: list[Block], draft: Draft) -> list[Block]:
    items, rest = _items(blocks)
    draft.add("outline", tuple(_topic(item.inline()) for item in items))
    return rest


def _topic(text: Text) -> Topic:
    if match := _TOPIC.match(text):
        return Topic(Text(match[1].strip().removesuffix(":"), text.line), Text(match[2].strip(), text.line))
    return Topic(text, Text("", text.line))


def _checklist(blocks: list[Block], draft: Draft) -> list[Block]:
    items, rest = _items(blocks)
    draft.add("checklist", tuple(Check(item.inline(), bool(item.done)) for item in items))
    return rest


def _risks(blocks: list[Block], draft: Draft) -> list[Block]:
    items, rest = _items(blocks)
    draft.add("risks", tuple(_risk(item) for item in items))
    return rest


def _risk(item: Item) -> Risk:
    line = item.text.line
    found = read_field(item)
    name, text = (found.label, found.value) if found else ("", item.inline())
    if found and normal(name) not in RISKS:
        return Risk(Text(found.name, line), Text("; ".join(filter(None, [text, *found.children])), line))
    text = Text("; ".join(filter(None, [text, *found.children])) if found else text, line)
    risk, _, mitigation = text.partition("→" if "→" in text else "->")
    return Risk(Text(risk.strip(), line), Text(mitigation.strip(), line))


def _milestones(blocks: list[Block], draft: Draft) -> list[Block]:
    items, rest = _items(blocks)
    matched = [(item, _dated(item.inline())) for item in items]
    draft.add("milestones", tuple(_milestone(match, item.text.line) for item, match in matched if match))
    left = tuple(item for item, match in matched if not match)
    return [*rest, Listing(left[0].text.line, left)] if left else rest


def _dated(text: str) -> re.Match[str] | None:
    """Return how a milestone is dated: by a word for a period before its number or, as in `1週目`, after it."""
    found = _MILESTONE.match(text)
    return found if found and bool(found["before"]) != bool(found["after"]) else None


def _milestone(match: re.Match[str], line: int) -> Milestone:
    first, period = int(match["first"]), match["before"] or match["after"]
    return Milestone(first, int(match["last"] or first), _PERIODS[period.lower()], Text(match["text"].strip(), line))


@frozen
class _Columns:
    """How the columns of a table map to the values of a row: for each value the words its header may hold."""

    row: type[Competency] | type[Component]
    name: str
    words: tuple[tuple[str, ...], ...]
    expected: str

    def read(self, blocks: list[Block], draft: Draft) -> list[Block]:
        rest: list[Block] = []
        for block in blocks:
            rest += self._read_table(block, draft) if isinstance(block, Table) else [block]
        return rest

    def _read_table(self, table: Table, draft: Draft) -> list[Block]:
        columns = self._columns(table)
        if columns[0] is None:
            draft.findings.append(
                messages.TABLE_COLUMNS.at(
                    draft.place(table.line), column=self.expected.split(" | ")[0], expected=self.expected
                )
            )
            return [table]
        rows = tuple(self.row(*(_at(row, column) for column in columns)) for row in table.rows)
        draft.add(self.name, rows)
        unread = [column for column in range(len(table.header)) if column not in columns and table.header[column]]
        return [_narrowed(table, [columns[0], *unread])] if unread else []

    def _columns(self, table: Table) -> list[int | None]:
        titles = [normal(title) for title in table.header]
        taken: set[int] = set()
        columns: list[int | None] = []
        for words in self.words:
            free = (
                index
                for index, title in enumerate(titles)
                if index not in taken and any(word in f" {title} " for word in words)
            )
            columns.append(next(free, None))
            taken.add(columns[-1] if columns[-1] is not None else -1)
        return columns


def _at(row: tuple[Text, ...], column: int | None) -> Text:
    return row[column] if column is not None else Text("", row[0].line)


def _narrowed(table: Table, columns: list[int]) -> Table:
    rows = tuple(tuple(row[column] for column in columns) for row in table.rows)
    return Table(table.line, tuple(table.header[column] for column in columns), rows)


_COMPETENCIES = _Columns(
    Competency,
    "competencies",
    (
        ("competenc", "skill", *of_meaning(COLUMNS, "competency")),
        ("target", "proficiency", "level", *of_meaning(COLUMNS, "target")),
        ("evidence", "assessment", *of_meaning(COLUMNS, "evidence")),
        ("role", *of_meaning(COLUMNS, "role")),
    ),
    "Competency | Proficiency Target | Evidence / Assessment | Role Alignment",
)
_COMPONENTS = _Columns(
    Component,
    "components",
    (
        ("asset", "component", "activity", *of_meaning(COLUMNS, "asset")),
        ("description", *of_meaning(COLUMNS, "description")),
        ("completion", "criteria", *of_meaning(COLUMNS, "completion")),
        ("validation", *of_meaning(COLUMNS, "validation")),
    ),
    "Asset | Description | Completion Criteria | Linked Validation",
)


Reader = Callable[[list[Block], Draft], list[Block]]

# What the layouts call their sections, and what kind of section each is.
_TITLES = {
    "overview": ("module overview", "project overview", "overview"),
    "progression": ("cross role progression",),
    "prerequisites": (
        "prerequisites",
        "voraussetzungen",
        "prérequis",
        "pré requis",
        "requisitos",
        "requisitos previos",
        "prerequisiti",
        "pré requisitos",
        "vereisten",
        "voorkennis",
        "vereiste voorkennis",
        "wymagania wstępne",
        "prerequisite modules skills",
        "prerequisites and dependencies",
    ),
    "objectives": ("learning objectives", "objectives", "learning outcomes", "what you ll learn"),
    "competencies": ("competency alignment", "competencies"),
    "outline": ("content outline", "outline", "topics"),
    "narrative": ("project narrative", "problem statement", "constraints and assumptions"),
    "activities": (
        "hands on activities",
        "guided activities",
        "activities",
        "learning activities",
        "learning activities and milestones",
    ),
    "assessments": (
        "assessments and evidence",
        "assessment and validation",
        "assessment and rubric",
        "assessments",
        "assessment",
    ),
    "components": ("practical components",),
    "deliverables": ("deliverables", "key deliverables"),
    "milestones": ("milestone schedule", "milestones"),
    "experience": ("learner experience",),
    "risks": ("risks and mitigations", "risks"),
    "checklist": ("quality checklist", "checklist"),
}
_KIND_OF_TITLE = {
    **dict(names(SECTIONS)),
    **dict.fromkeys((name for name, _ in names(OVERVIEWS)), "overview"),
    **{title: kind for kind, titles in _TITLES.items() for title in titles},
}
READERS: dict[str, Reader] = {
    "objectives": _texts("objectives"),
    "competencies": _COMPETENCIES.read,
    "outline": _outline,
    "activities": _texts("activities"),
    "assessments": _texts("assessments"),
    "components": _COMPONENTS.read,
    "deliverables": _texts("deliverables"),
    "milestones": _milestones,
    "risks": _risks,
    "checklist": _checklist,
}


def kind_of(title: str) -> str:
    """Return the kind of section a title names (`objectives`, `narrative` ...), or an empty text."""
    return _KIND_OF_TITLE.get(normal(title), "")
