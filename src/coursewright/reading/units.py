"""From a document's sections to a unit: which section holds what, and what is left over."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import PurePath
from typing import Any

from coursewright import messages
from coursewright.audience import usual_audience
from coursewright.diagnostics import Finding, Place
from coursewright.identity import slug
from coursewright.model import (
    Audience,
    Block,
    Check,
    Competency,
    Component,
    Field,
    Item,
    Kind,
    Listing,
    Milestone,
    Prose,
    Risk,
    Section,
    Table,
    Text,
    Topic,
    Unit,
)
from coursewright.reading.blocks import Headed, sections
from coursewright.reading.durations import read_hours
from coursewright.reading.references import read_next, read_placement, read_prerequisites, split_top_level
from coursewright.wording import normal

_FIELD = re.compile(
    r"\*\*(?P<label>[^*]+?)(?::\*\*|\*\*(?:\s*\((?P<qualifier>[^()]*)\))?\s*:)\s*(?P<value>.*)$", re.DOTALL
)
_PLAIN_FIELD = re.compile(r"([^\W\d_][^:*`]{1,40}):\s+(.*)$", re.DOTALL)
_FIELD_NAMES = {
    "id": ("module id", "project id", "id"),
    "title": ("module title", "project title", "title"),
    "roles": ("target role", "target roles", "role", "roles"),
    "hours": ("duration", "estimated duration", "hours"),
    "placement": ("placement in curriculum", "placement"),
}
_KIND_OF_HEADING = {"module roadmap": Kind.MODULE, "project plan": Kind.PROJECT}
_KIND_OF_FIELD = {"module id": Kind.MODULE, "project id": Kind.PROJECT}
_KIND_OF_OVERVIEW = {"module overview": Kind.MODULE, "project overview": Kind.PROJECT}
_OVERVIEWS = frozenset({*_KIND_OF_OVERVIEW, "overview"})
_TOPIC = re.compile(r"\*\*(.+?)\*\*\s*(?:[–—:-]\s*)?(.*)$", re.DOTALL)
_MILESTONE = re.compile(
    r"(?:\*\*)?(week|day|month|sprint|phase)s?\s+(\d{1,4})(?:\s*(?:[-–—]|to)\s*(\d{1,4}))?(?:\*\*)?\s*[:–—-]\s*(?:\*\*)?\s*(.*)$",
    re.IGNORECASE | re.DOTALL,
)
_ID = re.compile(r"(?:MOD|PROJ)-\d+$")


@dataclass(slots=True)
class _Draft:
    """A unit while its sections are being read."""

    path: str
    findings: list[Finding]
    fields: list[Field] = field(default_factory=list)
    values: dict[str, Any] = field(default_factory=dict)

    def add(self, name: str, values: tuple[Any, ...]) -> None:
        self.values[name] = (*self.values.get(name, ()), *values)

    def place(self, line: int) -> Place:
        return Place(self.path, line)


def read_units(lines: list[str], path: str, audiences: Mapping[str, Audience], findings: list[Finding]) -> list[Unit]:
    """Return the units a document holds, which is none for a document of another kind.

    `audiences` gives the audience of sections by their normal title, over the usual one.
    """
    groups: list[list[Headed]] = [[]]
    for section in sections(lines, path, findings):
        if _opens_unit(section) and any(_opens_unit(earlier) for earlier in groups[-1]):
            groups.append([])
        groups[-1].append(section)
    return [unit for group in groups if (unit := _unit(group, path, audiences, findings))]


def _opens_unit(section: Headed) -> bool:
    return section.level == 1 and _kind_of_title(section.title) is not None


def _kind_of_title(title: str) -> Kind | None:
    return next((kind for name, kind in _KIND_OF_HEADING.items() if normal(title).startswith(name)), None)


def _unit(group: list[Headed], path: str, audiences: Mapping[str, Audience], findings: list[Finding]) -> Unit | None:
    draft = _Draft(path, findings)
    summary, group = _without_summary(group)
    read = [_read_section(section, draft) for section in group]
    kinds = (_kind_of_title(section.title) for section in group)
    kind = next(filter(None, kinds), None) or _kind_of_fields(draft) or _kind_of_overview(group)
    if kind is None:
        return None
    first = next((section for section in group if _opens_unit(section)), group[0])
    fields = _Fields(draft)
    identity = _identity(fields, kind, first.line, path, draft)
    return Unit(
        path=path,
        line=first.line,
        kind=kind,
        summary=summary,
        hours=read_hours(fields.take("hours")),
        prerequisites=read_prerequisites(fields.take_like("prerequisite")),
        next=read_next(fields.take_like("next")),
        placement=read_placement(fields.take("placement")),
        fields=fields.rest(),
        sections=tuple(_audienced(group, read, audiences, draft)),
        **identity,
        **draft.values,
    )


def _without_summary(group: list[Headed]) -> tuple[Text, list[Headed]]:
    """Take the first quote before the first inner heading as the summary."""
    for section in group:
        if section.level > 1:
            break
        for index, block in enumerate(section.blocks):
            if isinstance(block, Prose) and (summary := _quoted(block)):
                del section.blocks[index]
                return summary, group
    return Text(""), group


def _quoted(block: Prose) -> Text:
    lines = [line.strip() for line in block.markdown.split("\n")]
    if not all(line.startswith(">") for line in lines):
        return Text("")
    return Text(" ".join(line.lstrip("> ").strip() for line in lines).strip(), block.line)


def _kind_of_overview(group: list[Headed]) -> Kind | None:
    names = {normal(section.title) for section in group}
    return next((kind for name, kind in _KIND_OF_OVERVIEW.items() if name in names), None)


def _kind_of_fields(draft: _Draft) -> Kind | None:
    return next((kind for found in draft.fields if (kind := _KIND_OF_FIELD.get(normal(found.label)))), None)


class _Fields:
    """The overview's fields, each taken once; what nobody takes remains."""

    def __init__(self, draft: _Draft) -> None:
        self._by_name: dict[str, Field] = {}
        for found in draft.fields:
            if (name := normal(found.label)) in self._by_name:
                draft.findings.append(messages.FIELD_TWICE.at(draft.place(found.line), label=found.label))
            else:
                self._by_name[name] = found

    def take(self, name: str) -> Text:
        """Return the value of a field under any of its labels, or an empty text."""
        found = next((self._by_name.pop(label) for label in _FIELD_NAMES[name] if label in self._by_name), None)
        return _whole_value(found) if found else Text("")

    def take_like(self, beginning: str) -> Text:
        """Return the value of the first field whose label begins so."""
        label = next((label for label in self._by_name if label.startswith(beginning)), None)
        return _whole_value(self._by_name.pop(label)) if label else Text("")

    def rest(self) -> tuple[Field, ...]:
        """Return the fields that nothing took."""
        return tuple(self._by_name.values())


def _whole_value(found: Field) -> Text:
    parts = [found.value, *found.children] if found.value else list(found.children)
    return Text(", ".join(parts), found.line)


def _identity(fields: _Fields, kind: Kind, line: int, path: str, draft: _Draft) -> dict[str, Any]:
    """Return the unit's id, title, roles and track, each mended with a finding where the document gives none."""
    label = kind.value.capitalize()
    id, title, role_text = fields.take("id"), fields.take("title"), fields.take("roles")
    place = draft.place(line)
    if not id:
        id = Text(slug(PurePath(path).stem).upper(), line)
        draft.findings.append(messages.ID_MISSING.at(place, id=id, label=f"{label} ID"))
    elif not _ID.match(id.strip("`").upper()):
        draft.findings.append(messages.ID_FORM.at(draft.place(id.line), id=id))
    id = Text(id.strip("`").upper() if _ID.match(id.strip("`").upper()) else id, id.line)
    if not title:
        draft.findings.append(messages.TITLE_MISSING.at(place, id=id, label=f"{label} Title"))
    roles = tuple(Text(role, role_text.line) for role in split_top_level(role_text))
    track = slug(roles[0]) if roles else slug(_folder(path))
    if not roles:
        draft.findings.append(messages.ROLE_MISSING.at(place, id=id, track=track))
    return {"id": str(id), "title": title or id, "roles": roles, "track": track}


def _folder(path: str) -> str:
    """Return the name of the nearest folder that is not just `modules` or `projects`."""
    folders = [part for part in PurePath(path).parts[:-1] if part not in ("modules", "projects", "/", ".", "..")]
    return folders[-1] if folders else "course"


def _read_section(section: Headed, draft: _Draft) -> list[Block]:
    """Read a section into the draft and return the blocks that its reader leaves."""
    name = normal(section.title)
    if name in _OVERVIEWS or section.level < 2:
        return _read_fields(section.blocks, draft, all_items=name in _OVERVIEWS)
    reader = _READERS.get(name)
    return reader(section.blocks, draft) if reader else list(section.blocks)


def _audienced(
    group: list[Headed], rests: list[list[Block]], audiences: Mapping[str, Audience], draft: _Draft
) -> list[Section]:
    """Return the sections with their audience; a part of a staff section is for staff, whatever its title."""
    found: list[Section] = []
    above: list[tuple[int, Audience]] = []
    for headed, rest in zip(group, rests, strict=True):
        if headed.level < 2 and not headed.blocks:
            continue
        above = [(level, audience) for level, audience in above if level < headed.level]
        usual, guessed = usual_audience(headed.title)
        audience = audiences.get(normal(headed.title), usual)
        if guessed and normal(headed.title) not in audiences:
            draft.findings.append(messages.SECTION_FOR_STAFF.at(draft.place(headed.line), title=headed.title))
        if any(outer is Audience.STAFF for _, outer in above):
            audience = Audience.STAFF
        above.append((headed.level, audience))
        found.append(Section(headed.title, headed.level, headed.line, audience, headed.markdown, tuple(rest)))
    return found


# --- readers of one section each: they put values into the draft and return the blocks they leave ---


def read_field(item: Item) -> Field | None:
    """Return the item as a labelled value, or None when it has no label."""
    if not (match := _FIELD.match(item.text)):
        return None
    line = item.text.line
    children = tuple(child.inline() for child in item.children)
    return Field(match["label"].strip(), Text(match["value"].strip(), line), line, match["qualifier"] or "", children)


def _plain_field(item: Item) -> Field | None:
    """Return an overview's item as a field when its label was not made bold: `- Module ID: MOD-3`."""
    match = _PLAIN_FIELD.match(item.text)
    return read_field(replace(item, text=Text(f"**{match[1]}**: {match[2]}", item.text.line))) if match else None


def _read_fields(blocks: list[Block], draft: _Draft, *, all_items: bool) -> list[Block]:
    rest: list[Block] = []
    for block in blocks:
        if not isinstance(block, Listing):
            rest.append(block)
            continue
        fields = [(item, read_field(item) or (_plain_field(item) if all_items else None)) for item in block.items]
        known = any(found and _is_overview_field(found) for _, found in fields)
        if not (all_items or known):
            rest.append(block)
            continue
        draft.fields += [found for _, found in fields if found]
        if left := tuple(item for item, found in fields if not found):
            rest.append(Listing(left[0].text.line, left, block.ordered))
    return rest


def _is_overview_field(found: Field) -> bool:
    return normal(found.label) in _KIND_OF_FIELD


def _items(blocks: list[Block]) -> tuple[list[Item], list[Block]]:
    """Return the items of all lists, and the other blocks."""
    items = [item for block in blocks if isinstance(block, Listing) for item in block.items]
    return items, [block for block in blocks if not isinstance(block, Listing)]


def _texts(name: str) -> Callable[[list[Block], _Draft], list[Block]]:
    """Return a reader that takes each list item as one text."""

    def read(blocks: list[Block], draft: _Draft) -> list[Block]:
        items, rest = _items(blocks)
        draft.add(name, tuple(item.inline() for item in items))
        return rest

    return read


def _outline(blocks: list[Block], draft: _Draft) -> list[Block]:
    items, rest = _items(blocks)
    draft.add("outline", tuple(_topic(item.inline()) for item in items))
    return rest


def _topic(text: Text) -> Topic:
    if match := _TOPIC.match(text):
        return Topic(Text(match[1].strip().removesuffix(":"), text.line), Text(match[2].strip(), text.line))
    return Topic(text, Text("", text.line))


def _checklist(blocks: list[Block], draft: _Draft) -> list[Block]:
    items, rest = _items(blocks)
    draft.add("checklist", tuple(Check(item.inline(), bool(item.done)) for item in items))
    return rest


def _risks(blocks: list[Block], draft: _Draft) -> list[Block]:
    items, rest = _items(blocks)
    draft.add("risks", tuple(_risk(item) for item in items))
    return rest


def _risk(item: Item) -> Risk:
    line = item.text.line
    found = read_field(item)
    name, text = (found.label, found.value) if found else ("", item.inline())
    if found and normal(name) not in ("risk", "risks"):
        return Risk(Text(name, line), Text("; ".join(filter(None, [text, *found.children])), line))
    risk, _, mitigation = text.partition("→" if "→" in text else "->")
    return Risk(Text(risk.strip(), line), Text(mitigation.strip(), line))


def _milestones(blocks: list[Block], draft: _Draft) -> list[Block]:
    items, rest = _items(blocks)
    matched = [(item, _MILESTONE.match(item.inline())) for item in items]
    draft.add("milestones", tuple(_milestone(match, item.text.line) for item, match in matched if match))
    left = tuple(item for item, match in matched if not match)
    return [*rest, Listing(left[0].text.line, left)] if left else rest


def _milestone(match: re.Match[str], line: int) -> Milestone:
    first = int(match[2])
    return Milestone(first, int(match[3] or first), match[1].lower(), Text(match[4].strip(), line))


@dataclass(frozen=True, slots=True)
class _Columns:
    """How the columns of a table map to the values of a row: for each value the words its header may hold."""

    row: type[Competency] | type[Component]
    name: str
    words: tuple[tuple[str, ...], ...]
    expected: str

    def read(self, blocks: list[Block], draft: _Draft) -> list[Block]:
        rest: list[Block] = []
        for block in blocks:
            rest += self._read_table(block, draft) if isinstance(block, Table) else [block]
        return rest

    def _read_table(self, table: Table, draft: _Draft) -> list[Block]:
        columns = self._columns(table)
        if columns[0] is None:
            draft.findings.append(
                messages.TABLE_COLUMNS.at(
                    draft.place(table.line), column=self.words[0][0].capitalize(), expected=self.expected
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
                if index not in taken and any(word in title for word in words)
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
    (("competenc", "skill"), ("target", "proficiency", "level"), ("evidence", "assessment"), ("role",)),
    "Competency | Proficiency Target | Evidence / Assessment | Role Alignment",
)
_COMPONENTS = _Columns(
    Component,
    "components",
    (("asset", "component", "activity"), ("description",), ("completion", "criteria"), ("validation",)),
    "Asset | Description | Completion Criteria | Linked Validation",
)

_Reader = Callable[[list[Block], _Draft], list[Block]]
_READERS: dict[str, _Reader] = {
    name: reader
    for reader, names in (
        (_texts("objectives"), ("learning objectives", "objectives", "learning outcomes", "what you ll learn")),
        (_COMPETENCIES.read, ("competency alignment", "competencies")),
        (_outline, ("content outline", "outline", "topics")),
        (_texts("activities"), ("hands on activities", "guided activities", "activities", "learning activities")),
        (
            _texts("assessments"),
            (
                "assessments and evidence",
                "assessment and validation",
                "assessment and rubric",
                "assessments",
                "assessment",
            ),
        ),
        (_COMPONENTS.read, ("practical components",)),
        (_texts("deliverables"), ("deliverables", "key deliverables")),
        (_milestones, ("milestone schedule", "milestones")),
        (_risks, ("risks and mitigations", "risks")),
        (_checklist, ("quality checklist", "checklist")),
    )
    for name in names
}
