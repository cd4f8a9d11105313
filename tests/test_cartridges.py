"""Common Cartridges 1.1, 1.2 and 1.3, as strict importers and Moodle read them: everything arrives, nothing is damaged."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest
from conftest import SEEDS, built, linted, roadmap
from importers import cartridge, moodle
from importers.cartridge import Assignment, Cartridge, Item, Topic, WebLink
from lxml import html

from coursewright.building.pipeline import planned
from coursewright.building.settings import Config
from coursewright.course.edition import texts
from coursewright.course.model import Course
from coursewright.course.plan import Grouping, Selection
from coursewright.text.markdown.html import Converter

VERSIONS = ("cc11", "cc12", "cc13")
ALL = Selection(Grouping.ALL, staff=True)
WORK = re.compile(r"-(?:lab|act|out|test)-[0-9a-f]{10}-item$")
Sources = Callable[[Mapping[str, str | bytes]], Path]

each_version = pytest.mark.parametrize("version", VERSIONS)


@dataclass(frozen=True)
class Made:
    """A course, the package it was written to, and what a reader of another's making makes of that."""

    course: Course
    path: Path
    read: Cartridge


def made(source: Path, target: Path, version: str, selection: Selection = ALL) -> list[Made]:
    """Return every course of a source, with its package."""
    courses = planned(linted(source), selection, Config()).courses
    report = built(source, target, selection, Config(formats=(version,)))
    assert len(report.written) == len(courses) > 0
    paths = [target / f"{course.name}-{version}.imscc" for course in courses]
    return [Made(course, path, cartridge.imported(path)) for course, path in zip(courses, paths, strict=True)]


def folders(found: Made) -> dict[str, Item]:
    """Return the folders of the menu by the id of their unit, but for the course's own."""
    first, *rest = found.read.items
    assert [item.resource.href for item in first.children if item.resource] == ["course/index.html"]
    return {item.title.split()[0]: item for item in rest}


def words(text: str) -> list[str]:
    return re.findall(r"\w+", Converter().plain(text))


def shown(item: Item) -> str:
    """Return all that a learner reads in a folder, as one text."""
    return " ".join([item.title, *(part for child in item.children for part in (child.title, *_texts(child)))])


def _texts(item: Item) -> Iterator[str]:
    assert item.resource is not None
    content = item.resource.content
    if isinstance(content, Assignment | Topic):
        yield text_of(content.text or "<p/>")
    elif isinstance(content, WebLink):
        yield content.url
    elif item.resource.body:
        yield text_of(item.resource.body)


def text_of(page: str | bytes) -> str:
    return " ".join(map(str, html.fromstring(page).itertext()))


@each_version
def test_everything_of_the_seeds_arrives_and_nothing_dangles(version: str, tmp_path: Path) -> None:
    for found in made(SEEDS, tmp_path, version):
        assert found.read.issues == []
        _assert_whole(found)


@each_version
def test_everything_of_the_corpus_arrives_and_nothing_dangles(version: str, corpus: Path, tmp_path: Path) -> None:
    for found in made(corpus, tmp_path, version, Selection(staff=True)):
        assert found.read.issues == []
        _assert_whole(found)


def _assert_whole(found: Made) -> None:
    """Every unit is a folder, in the order to be learned, and every word for learners is in it."""
    course, units = found.course, folders(found)
    assert list(units) == [unit.id for unit in course.units]
    for unit in course.units:
        read = " ".join(words(shown(units[unit.id])))
        for text in texts(unit):
            for line in text.splitlines():
                assert " ".join(words(line.strip("-*# |"))) in read or _in_any_order(line, read), (unit.id, line)
        for needed in course.step(unit).needs:
            assert needed.id in shown(units[unit.id])
            assert list(units).index(needed.id) < list(units).index(unit.id)


def _in_any_order(line: str, read: str) -> bool:
    """Say whether all words of a line of a table or a list are there."""
    return set(words(line)) <= set(read.split())


@each_version
def test_work_is_what_each_version_has_for_it(version: str, tmp_path: Path) -> None:
    (found,) = made(SEEDS, tmp_path, version)
    work = [item for item in found.read.walk() if WORK.search(item.identifier)]
    units = found.course.units
    listed = sum(
        len(unit.components) + len(unit.activities) + len(unit.deliverables) + len(unit.assessments) for unit in units
    )
    assert len(work) == listed - 1  # a peer review, which is a discussion
    for item in work:
        assert item.resource is not None
        if version == "cc13":
            assert isinstance(item.resource.content, Assignment)
            fallback = found.read.fallback(item.resource.identifier)
            assert fallback is not None and fallback.kind == "webcontent"
            assert fallback.variants == (item.resource.identifier,)  # which is preferred
        else:
            assert item.resource.kind == "webcontent"
            assert item.resource.use == ("assignment" if version == "cc12" else "")


def test_an_assignment_says_its_points_and_how_to_hand_it_in(tmp_path: Path) -> None:
    (found,) = made(SEEDS, tmp_path, "cc13")
    (lab,) = [item for item in found.read.walk() if item.title == "MOD-407 Lab 1: Partnership strategy & heatmap"]
    (workshop,) = [item for item in found.read.walk() if item.title.startswith("MOD-602 Value stream mapping workshop")]
    assert lab.resource and workshop.resource
    graded, ungraded = lab.resource.content, workshop.resource.content
    assert isinstance(graded, Assignment) and isinstance(ungraded, Assignment)
    assert (graded.gradable, graded.points) == (True, 100.0)
    assert graded.instructor_text == "Approved by executive stakeholders"
    assert set(graded.formats) == {"html", "url", "file"}
    assert not ungraded.gradable and ungraded.points is None


@each_version
def test_a_peer_review_is_a_discussion_and_an_address_a_link(version: str, curriculum: Sources, tmp_path: Path) -> None:
    extra = """
## Assessment & Validation

- Peer review of each other's loaf, see [the guide](https://example.org/guide?a=1&b=2).
- Reflection on what rose.
- Reflection quiz (≥80%).

## References

- [The guide](https://example.org/guide?a=1&b=2), `[not](https://example.org/code)` and <https://example.org/bare>
"""
    (found,) = made(curriculum({"a.md": roadmap(1, extra=extra)}), tmp_path / "out", version)
    assert found.read.issues == []
    contents = [(item.title, item.resource.content) for item in found.read.walk() if item.resource]
    topics = {title: content.text for title, content in contents if isinstance(content, Topic)}
    assert list(topics) == [
        "MOD-001 Peer review of each other's loaf, see the guide",
        "MOD-001 Reflection on what rose",
    ]
    links = [(title, content.url) for title, content in contents if isinstance(content, WebLink)]
    assert links == [
        ("The guide", "https://example.org/guide?a=1&b=2"),
        ("https://example.org/bare", "https://example.org/bare"),
    ]


@each_version
def test_staff_material_is_for_instructors_alone_and_only_when_asked_for(version: str, tmp_path: Path) -> None:
    (open_book,) = made(SEEDS, tmp_path / "staff", version)
    (closed,) = made(SEEDS, tmp_path / "learners", version, Selection(Grouping.ALL))
    assert len(open_book.read.instructors_only) == 6
    assert closed.read.instructors_only == ()
    with zipfile.ZipFile(open_book.path) as package:
        secrets = {name for name in package.namelist() if b"Legacy source" in package.read(name)}
    hidden = {open_book.read.resources[name].href for name in open_book.read.instructors_only}
    assert secrets and secrets <= hidden
    with zipfile.ZipFile(closed.path) as package:
        assert not [name for name in package.namelist() if b"Legacy source" in package.read(name)]


@pytest.mark.parametrize("version", ["cc12", "cc13"])
def test_objectives_and_competencies_travel_as_metadata(version: str, tmp_path: Path) -> None:
    (found,) = made(SEEDS, tmp_path, version)
    labels = {standard.label for standard in found.read.standards}
    assert labels == {row.name for unit in found.course.units for row in unit.competencies}
    assert len({standard.guid for standard in found.read.standards}) == len(labels)
    with zipfile.ZipFile(found.path) as package:
        manifest = package.read("imsmanifest.xml").decode()
    for unit in found.course.units:
        assert f"PT{unit.hours.total:.0f}H" in manifest
        assert unit.objectives[0].replace("&", "&amp;") in manifest
        assert all(str(role) in manifest for role in unit.roles)
    assert manifest.count("<csmd:label>ecosystem-leadership</csmd:label>") == 3  # the course, and two units
    assert "MOD-607 Strategic Partnership &amp; Ecosystem Strategy" in manifest


def test_moodle_damages_nothing_of_the_seeds(tmp_path: Path) -> None:
    (found,) = made(SEEDS, tmp_path, "cc11")
    course = moodle.imported(found.path)
    assert course.damage == []
    assert len(course.sections) == 1 + len(found.course.units)
    assert all(activity.indent == 0 for activity in course.activities)
    assert {activity.kind for activity in course.activities} == {"page", "forum"}
    assert sum(not activity.visible for activity in course.activities) == 6


def test_what_moodle_damages_is_a_finding(curriculum: Sources, tmp_path: Path) -> None:
    objective = "\n- Write List<int> and `<b>`."
    source = curriculum({"a.md": roadmap(1, extra=objective), "b.md": roadmap(2)})
    report = built(source, tmp_path / "out", config=Config(formats=VERSIONS))
    (found,) = [found for found in report.findings if found.code == "L409"]
    assert found.place.path.endswith("a.md") and "Module 1: " in found.text
    assert moodle.imported(tmp_path / "out" / "engineer-cc11.imscc").damage != []


@each_version
def test_a_lost_gate_is_a_finding(version: str, tmp_path: Path) -> None:
    report = built(SEEDS, tmp_path, config=Config(formats=(version,)))
    found = [found for found in report.findings if found.code == "L408"]
    assert [finding.place.path for finding in found] == [f"principal-ai-infrastructure-architect-{version}.imscc"]


@each_version
def test_identifiers_survive_an_edit_and_another_order(version: str, tmp_path: Path) -> None:
    before, after = edited(SEEDS, tmp_path / "seeds"), tmp_path / "out"
    (old,) = made(SEEDS, after / "old", version)
    (new,) = made(before, after / "new", version)
    assert set(new.read.resources) == set(old.read.resources)
    assert {item.identifier for item in new.read.walk()} == {item.identifier for item in old.read.walk()}
    assert [unit.id for unit in new.course.units] != [unit.id for unit in old.course.units]
    assert any("A New Title" in item.title for item in new.read.walk())


def edited(source: Path, target: Path) -> Path:
    """Return a copy of the seeds in which a unit, a lab and a deliverable read otherwise, and documents change places."""
    target.mkdir(parents=True)
    for number, path in enumerate(sorted(source.iterdir(), reverse=True)):
        text = path.read_text(encoding="utf-8")
        text = text.replace("Strategic Partnerships & Vendor Ecosystems", "A New Title")
        text = text.replace("Partnership strategy & heatmap", "Partnership strategy & heatmap (in colour)")
        text = text.replace("MOD-402, MOD-404", "MOD-402, MOD-404, MOD-602")
        text = text.replace("(councils, cadences, escalation paths)", "(whoever comes)")
        (target / f"{number}-{path.name}").write_text(text, encoding="utf-8")
    return target


@each_version
def test_a_hostile_document_makes_a_sound_cartridge(version: str, curriculum: Sources, tmp_path: Path) -> None:
    extra = """
## Practical Components

| Asset | Description | Completion Criteria | Validation |
|---|---|---|---|
| Lab ]]> & <b> | <script>alert(1)</script> | "quotes" | [x](javascript:alert(2)) |
| Lab ]]> & <b> | the same name again | ≥70% | 100%.html |
| Übung № 1 | Ünïcode 🎓 | | |
"""
    source = curriculum({"a.md": roadmap(1, title="A & B <i> ☃ " + "long " * 80, extra=extra)})
    (found,) = made(source, tmp_path / "out", version)
    assert found.read.issues == []
    with zipfile.ZipFile(found.path) as package:
        assert all(name.isascii() for name in package.namelist())
        for name in package.namelist():
            if name.endswith(".html"):
                page = html.fromstring(package.read(name))
                assert not list(page.iter("script", "iframe"))
                assert not [link for link in page.iter("a") if link.get("href", "").startswith("javascript:")]


def test_units_with_one_id_in_two_tracks_stay_apart(curriculum: Sources, tmp_path: Path) -> None:
    documents = {"a.md": roadmap(1, role="Baker"), "b.md": roadmap(1, role="Miller")}
    (found,) = made(curriculum(documents), tmp_path / "out", "cc13")
    assert found.read.issues == []
    assert [item.title for item in found.read.items[1:]] == ["MOD-001 Module 1 (Baker)", "MOD-001 Module 1 (Miller)"]
