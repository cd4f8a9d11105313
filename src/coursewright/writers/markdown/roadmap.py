"""A module or a project as the roadmap that it was read from: its learners' edition, in the layout of roadmaps.

`readers.roadmap` reads the same unit in it. What a course.toml says – ids, titles, what waits for what – is not told.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any

from coursewright.course.model import Section, Unit
from coursewright.course.roadmap import COLUMNS, HEADINGS, PLACEMENT, TITLES
from coursewright.course.values import Field, Kind, Milestone, Risk, Topic
from coursewright.frozen import frozen
from coursewright.pages.renderer import Renderer
from coursewright.text.markdown.values import Block, Table, Text
from coursewright.writers.markdown.blocks import block_markdown, table_markdown, trimmed
from coursewright.writers.markdown.fronts import one_line

_Placed = tuple[int, str]


def is_roadmap(unit: Unit) -> bool:
    """Say whether a unit was read from a roadmap, rather than from documents of its own."""
    return unit.kind is not Kind.UNIT


def roadmap_document(unit: Unit, renderer: Renderer) -> str:
    """Return the document of a unit's edition."""
    texts = (trimmed(text) for text in _Writer(unit, renderer).texts())
    return "\n\n".join(text for text in texts if text) + "\n"


@frozen
class _Writer:
    """Writes one unit."""

    unit: Unit
    renderer: Renderer

    def texts(self) -> Iterator[str]:
        """Yield the texts of the document in their order."""
        unit = self.unit
        yield f"# {HEADINGS[unit.kind]}: {one_line(unit.title)}"
        yield f"> {one_line(unit.summary)}" if unit.summary else ""
        sections = unit.sections
        opening = next((at for at, found in enumerate(sections) if found.level > 1), len(sections))
        for section in sections[:opening]:
            yield from self._section(section, f"# {section.title}" if section.title else "", opens=False)
        if not any(found.kind == "overview" for found in sections[opening:]):
            yield from self._overview("##")
        told = False
        for section in sections[opening:]:
            opens = section.kind == "overview" and not told
            told = told or opens
            yield from self._section(section, _heading(section), opens=opens)
        yield from self._left()

    def _section(self, section: Section, heading: str, *, opens: bool) -> Iterator[str]:
        typed = list(self._typed(section))
        merged = {id(table) for _, _, tables in typed for table in tables}
        blocks = [(block.line, self._block(block)) for block in section.rest if id(block) not in merged]
        pieces: list[_Placed] = sorted([*((line, text) for line, text, _ in typed), *blocks], key=lambda one: one[0])
        if opens:
            yield from self._overview("#" * section.level)
        elif pieces or section.title:
            yield heading
        yield from (text for _, text in pieces)

    def _block(self, block: Block) -> str:
        return block_markdown(block, self.renderer)

    # --- the overview ---

    def _overview(self, marks: str) -> Iterator[str]:
        kind = self.unit.kind.capitalize()
        yield f"{marks} {kind} Overview"
        yield "\n".join(self._fields(kind))

    def _fields(self, kind: str) -> Iterator[str]:
        unit = self.unit
        own = {
            f"{kind} ID": unit.id,
            "Target Role(s)": ", ".join(map(one_line, unit.roles)),
            "Duration": one_line(unit.hours.raw),
            PLACEMENT: one_line(unit.placement.raw),
        }
        yield from (f"- **{label}**: {value}" for label, value in own.items() if value)
        for found in unit.fields:
            yield from _field(found)

    # --- typed values ---

    def _typed(self, section: Section) -> Iterator[tuple[int, str, Sequence[Table]]]:
        """Yield what of the typed values stands in a section, and the tables that say the rest of their rows."""
        stated = self._rows(section.kind)
        end = self._end(section) if stated else 0
        rows = [row for row in stated if _within(row, section, end)]
        if rows and section.kind in COLUMNS:
            tables = [one for one in section.rest if isinstance(one, Table) and _tells_more(one, rows)]
            yield _line_of(rows[0]), _table(section.kind, rows, tables), tables
        elif rows:
            yield _line_of(rows[0]), "\n".join(map(_ITEMS[section.kind], rows)), ()

    def _rows(self, kind: str) -> Sequence[Any]:
        return getattr(self.unit, kind) if kind in TITLES else ()

    def _end(self, section: Section) -> int:
        return next((after.line for before, after in pairwise(self.unit.sections) if before is section), 1 << 60)

    def _left(self) -> Iterator[str]:
        """Yield the typed values that stand in no section of their kind, each under a title of the layouts."""
        for kind, title in TITLES.items():
            homes = [(found, self._end(found)) for found in self.unit.sections if found.kind == kind]
            rows = [row for row in self._rows(kind) if not any(_within(row, one, end) for one, end in homes)]
            if rows:
                yield f"## {title}"
                yield _table(kind, rows, ()) if kind in COLUMNS else "\n".join(map(_ITEMS[kind], rows))


def _heading(section: Section) -> str:
    title = one_line(section.title) or TITLES.get(section.kind, "")
    return f"{'#' * max(1, section.level)} {title or section.kind.capitalize() or 'Overview'}"


def _within(row: object, section: Section, end: int) -> bool:
    return section.line <= _line_of(row) < end


def _line_of(row: Any) -> int:
    """Return where a typed value stands: by the first of its texts that knows."""
    if isinstance(row, Text):
        return row.line
    texts = (getattr(row, name) for name in type(row).__dataclass_fields__)
    return next((text.line for text in texts if isinstance(text, Text) and text.line), 0)


def _field(found: Field) -> Iterator[str]:
    qualifier = f" ({found.qualifier})" if found.qualifier else ""
    yield f"- **{found.label}**{qualifier}: {one_line(found.value)}".rstrip()
    yield from (f"  - {one_line(child)}" for child in found.children)


def _text(text: Text) -> str:
    return f"- {one_line(text)}"


def _topic(topic: Topic) -> str:
    title, detail = one_line(topic.title), one_line(topic.detail)
    return f"- **{title}** – {detail}" if title and detail else f"- {title or detail}"


def _milestone(due: Milestone) -> str:
    when = f"{due.first}" if due.first == due.last else f"{due.first}-{due.last}"
    return f"- **{due.unit.capitalize()} {when}**: {one_line(due.text)}"


def _risk(found: Risk) -> str:
    risk, mitigation = one_line(found.risk), one_line(found.mitigation)
    return f"- **Risk**: {risk} → {mitigation}" if mitigation else f"- **Risk**: {risk}"


_ITEMS: Mapping[str, Any] = {
    **dict.fromkeys(("objectives", "activities", "deliverables", "assessments"), _text),
    "outline": _topic,
    "milestones": _milestone,
    "risks": _risk,
    "checklist": lambda check: f"- [{'x' if check.done else ' '}] {one_line(check.text)}",
}


# --- tables ---


def _tells_more(table: Table, rows: Iterable[object]) -> bool:
    """Say whether a table holds columns of rows that are typed otherwise: those that its reader did not know."""
    lines = {_line_of(row) for row in rows}
    return bool(table.rows) and all(row[0].line in lines for row in table.rows)


def _table(kind: str, rows: Sequence[object], more: Sequence[Table]) -> str:
    """Return a table of typed rows, and one for each of those that say more of some of them."""
    columns = COLUMNS[kind]
    known = {row[0].line: (number, row) for number, table in enumerate(more) for row in table.rows}
    groups: dict[int, list[object]] = {}
    for row in rows:
        groups.setdefault(known[_line_of(row)][0] if _line_of(row) in known else -1, []).append(row)
    texts = []
    for number, found in groups.items():
        header = [*columns.values()] if number < 0 else [more[number].header[0], *list(columns.values())[1:]]
        header += more[number].header[1:] if number >= 0 else ()
        cells = [
            [*(getattr(row, name) for name in columns), *(known[_line_of(row)][1][1:] if number >= 0 else ())]
            for row in found
        ]
        texts.append(table_markdown(header, cells))
    return "\n\n".join(texts)
