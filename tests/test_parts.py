"""Parts: everything of a unit is in one of them, and what the JSON calls them is what packages call them."""

from __future__ import annotations

import json
import os
import pickle
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest
from conftest import CORPUS, SEEDS, linted, roadmap

from coursewright.building.pipeline import Linted, planned
from coursewright.building.settings import Config
from coursewright.course.blocks import Checklist
from coursewright.course.division import parts_of, said, staff_parts
from coursewright.course.interchange import curriculum_json
from coursewright.course.layout import is_task_list
from coursewright.course.model import Section, Unit
from coursewright.course.parts import Link, Page, Part
from coursewright.course.plan import Selection
from coursewright.course.values import Audience
from coursewright.pages.parts import lessons
from coursewright.pages.renderer import Renderer
from coursewright.text.markdown.html import Converter
from coursewright.text.markdown.values import Listing, Prose

Sources = Callable[[Mapping[str, str | bytes]], Path]
WORDS = Converter()


def sources() -> list[Path]:
    """Return the seeds and, where there are any, the tracks of the corpus."""
    corpus = os.environ.get(CORPUS)
    return [SEEDS, *(sorted(Path(corpus).iterdir()) if corpus else [])]


def rows(unit: Unit) -> Iterator[str]:
    """Yield all texts of a unit's typed rows."""
    yield from (unit.summary, unit.placement.raw, *unit.prerequisites.text, *unit.next.text)
    yield from (*unit.objectives, *unit.activities, *unit.assessments, *unit.deliverables)
    yield from (text for found in unit.fields for text in (found.value, *found.children))
    yield from (text for row in unit.competencies for text in (row.name, row.target, row.evidence, row.role))
    yield from (text for row in unit.outline for text in (row.title, row.detail))
    yield from (text for row in unit.components for text in (row.asset, row.description, row.criteria, row.validation))
    yield from (due.text for due in unit.milestones)
    yield from (text for row in unit.risks for text in (row.risk, row.mitigation))
    yield from (check.text for check in unit.checklist)


def lost_rows(unit: Unit, parts: tuple[Part, ...]) -> list[str]:
    """Return the rows of which no part says anything; an assignment has the name of a row as its title."""
    told = {text for part in parts for text in said(unit, part) if isinstance(text, str)}
    titles = " ".join(part.title for part in parts)
    return [row for row in rows(unit) if row and row not in told and WORDS.plain(row) not in titles]


def lost_sections(unit: Unit, parts: tuple[Part, ...]) -> list[Section]:
    """Return the sections of which a block, or the title above any other, stands on no page."""
    headed = [found for part in parts if isinstance(part, Page) for found in part.body]
    blocks = [found.block for found in headed]
    ticked = [tuple(box.text for box in block.boxes) for block in blocks if isinstance(block, Checklist)]
    titles = {*(str(found.title) for found in headed), *(part.title for part in parts)}
    lost = []
    for section in unit.sections:
        for block in section.rest:
            tasks = isinstance(block, Listing) and is_task_list(block) and tuple(item.text for item in block.items)
            if (tasks not in ticked) if tasks else (block not in blocks):
                lost.append(section)
        if not section.kind and section.title and section.title not in titles:
            lost.append(section)
    return lost


@pytest.mark.parametrize("source", sources(), ids=lambda path: path.name)
def test_every_row_and_every_section_of_a_unit_is_in_some_part(source: Path) -> None:
    found = linted(source)
    for unit in found.curriculum.units:
        edition = found.editions[unit.identity].unit
        parts = parts_of(edition, WORDS)
        assert (lost_rows(edition, parts), lost_sections(edition, parts)) == ([], [])
        staff = [section for section in unit.sections if section.audience is Audience.STAFF]
        texts = [text for part in staff_parts(unit, staff, WORDS) for text in said(unit, part)]
        told = [text.markdown for text in texts if isinstance(text, Prose)]
        assert told == [section.markdown for section in staff]


@pytest.mark.parametrize("source", sources(), ids=lambda path: path.name)
def test_parts_have_keys_of_their_own_and_pickle(source: Path) -> None:
    for edition in linted(source).editions.values():
        parts = parts_of(edition.unit, WORDS)
        assert len({part.key for part in parts}) == len(parts)
        assert pickle.loads(pickle.dumps(parts)) == parts
        assert all(part.path == edition.unit.path and part.line > 0 for part in parts)


def units_json(found: Linted) -> list[dict[str, object]]:
    units = curriculum_json(found.curriculum, found.graph, found.findings, WORDS, Renderer().labels)["units"]
    assert isinstance(units, list)
    return units


@pytest.mark.parametrize("source", sources(), ids=lambda path: path.name)
def test_the_json_calls_parts_what_packages_call_them(source: Path) -> None:
    found = linted(source)
    keys = {}
    for course in planned(found, Selection(staff=True), Config()).courses:
        for lesson in lessons(Renderer(), course, lambda _: ""):
            ends = [part.identifier.removeprefix(f"{lesson.identifier}-") for part in (*lesson.parts, *lesson.staff)]
            keys[lesson.unit.path] = [end.removeprefix("page-") for end in ends]
    assert keys == {unit["path"]: [part["key"] for part in unit["parts"]] for unit in units_json(found)}  # type: ignore[attr-defined]


def parts_json(curriculum: Sources, extra: str, other: str = "") -> list[dict[str, object]]:
    folder = curriculum({"a/one.md": roadmap(1, other, extra=extra), "b/two.md": roadmap(2)})
    unit = next(unit for unit in units_json(linted(folder)) if unit["id"] == "MOD-001")
    parts = json.loads(json.dumps(unit["parts"]))
    for part in parts:
        part |= {name: [os.path.relpath(path, folder) for path in part[name]] for name in ("links", "assets")}
    return list(parts)


def test_a_part_says_where_it_leads(curriculum: Sources) -> None:
    extra = """
## Learning Activities

- **Lab**: Read [the other](../b/two.md#top), then [the sheet](files/a%20sheet.pdf "Sheet") ![drawn](drawn.png).
- Peer review of [it](https://example.org/it)

## Narrative

See [the other][two] and `[code](code.md)`, [above](#top), [mail](mailto:a@example.org).

[two]: ../b/two.md

## Solutions Plan

- [Solved](solved.py)
"""
    overview, *rest = parts_json(curriculum, extra, other="MOD-002")
    assert overview | {"line": 0} == {
        "kind": "page", "key": "overview", "title": "Overview", "path": overview["path"], "line": 0,
        "audience": "learner", "objectives": ["Know what module 1 teaches."], "links": ["b/two.md"], "assets": [],
    }  # fmt: skip
    told = [(part["kind"], part["title"], part["audience"], part["links"], part["assets"]) for part in rest]
    assert told == [
        (
            "assignment",
            "Lab: Read the other, then the sheet drawn",
            "learner",
            ["b/two.md"],
            ["a/files/a sheet.pdf", "a/drawn.png"],
        ),
        ("discussion", "Peer review of it", "learner", [], []),
        ("link", "it", "learner", [], []),
        ("page", "Solutions Plan", "staff", [], ["a/solved.py"]),
    ]
    assert rest[-2]["url"] == "https://example.org/it"


def test_a_graded_assignment_names_the_competencies_that_it_shows(curriculum: Sources) -> None:
    extra = """
## Competency Alignment

| Competency | Target | Evidence |
|---|---|---|
| Design | Working | Exam |

## Assessment & Validation

- Exam, at least 80%
"""
    exam = next(part for part in parts_json(curriculum, extra) if part["kind"] == "assignment")
    assert exam["objectives"] == ["Design"]


def test_links_lead_to_the_web_once(curriculum: Sources) -> None:
    extra = "\n## Narrative\n\n[a](https://example.org/a), [again](https://example.org/a), https://example.org/b\n"
    unit = next(iter(linted(curriculum({"a.md": roadmap(1, extra=extra)})).editions.values())).unit
    links = [part for part in parts_of(unit, WORDS) if isinstance(part, Link)]
    assert [(link.title, link.url) for link in links] == [
        ("a", "https://example.org/a"), ("https://example.org/b", "https://example.org/b"),
    ]  # fmt: skip
    assert [text for part in links for text in said(unit, part)] == []
