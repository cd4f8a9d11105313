"""The Canvas cartridge, as Canvas reads it: everything arrives, waits for what it should, and stays itself."""

from __future__ import annotations

import html
import re
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from conftest import SEEDS, built, linted, roadmap
from importers import canvas
from importers.canvas_course import Assignment, Course, Item, Module
from test_cartridges import edited, text_of, words

from coursewright.building.pipeline import planned
from coursewright.building.settings import Config
from coursewright.course import model
from coursewright.course.edition import texts
from coursewright.course.plan import Grouping, Selection
from coursewright.text.phrases import LEVELS, level, threshold

ALL = Selection(Grouping.ALL, staff=True)
Sources = Callable[[Mapping[str, str | bytes]], Path]
_RESOURCE = re.compile(r'<resource identifier="([^"]+)"[^>]*href="([^"]+)"')


@dataclass(frozen=True)
class Made:
    """A course, the package it was written to, and what Canvas makes of that."""

    course: model.Course
    path: Path
    read: Course

    def module(self, unit: model.Unit) -> Module:
        (found,) = [module for module in self.read.modules if module.title.startswith(f"{unit.id} ")]
        return found

    def assignment(self, title: str) -> Assignment:
        (found,) = [found for found in self.read.assignments if found.title == title]
        return found


def made(source: Path, target: Path, selection: Selection = ALL) -> list[Made]:
    """Return every course of a source, with its package."""
    courses = planned(linted(source), selection, Config()).courses
    report = built(source, target, selection, Config(formats=("canvas",)))
    assert len(report.written) == len(courses) > 0
    paths = [target / f"{course.name}-canvas.imscc" for course in courses]
    return [Made(course, path, canvas.imported(path)) for course, path in zip(courses, paths, strict=True)]


@pytest.fixture(scope="module")
def seeds(tmp_path_factory: pytest.TempPathFactory) -> Made:
    """The seeds as one course, staff material included."""
    (found,) = made(SEEDS, tmp_path_factory.mktemp("canvas"))
    return found


def test_canvas_takes_the_seeds_whole_and_warns_of_nothing(seeds: Made) -> None:
    assert seeds.read.flavour == "canvas"
    assert seeds.read.issues == []
    _assert_whole(seeds)


def test_canvas_takes_the_corpus_whole_and_warns_of_nothing(corpus: Path, tmp_path: Path) -> None:
    for found in made(corpus, tmp_path, Selection(staff=True)):
        assert found.read.issues == []
        _assert_whole(found)


def _assert_whole(found: Made) -> None:
    """Every unit is a module, in the order to be learned; every word for learners is in it; gates are prerequisites."""
    course = found.course
    assert [module.title.split()[0] for module in found.read.modules] == [unit.id for unit in course.units]
    for unit in course.units:
        module = found.module(unit)
        assert {needed.title.split()[0] for needed in module.prerequisites} == {
            needed.id for needed in course.step(unit).needs
        }
        read = set(words(" ".join([module.title, *map(_text, module.items)])))
        for text in texts(unit):
            assert set(words(text)) <= read, (unit.id, text)


def _text(item: Item) -> str:
    body = getattr(item.content, "body", "") or "<p></p>"
    return f"{item.title} {item.url} {text_of(body)}"


def test_every_part_of_a_unit_asks_for_something_before_the_next_one_opens(seeds: Made) -> None:
    for unit in seeds.course.units:
        module = seeds.module(unit)
        assert module.state == "active"
        for item in module.items:
            kinds = [requirement.kind for requirement in item.requirements]
            if item.kind == "ContextModuleSubHeader" or item.state == "unpublished":
                assert kinds == []
            elif item.kind == "WikiPage":
                assert kinds == ["must_view"]
            elif item.kind == "DiscussionTopic":
                assert kinds == ["must_contribute"]
            else:
                assert isinstance(item.content, Assignment)
                handed_in = (["must_submit"], ["min_score"])
                assert kinds in handed_in if item.content.points else kinds == ["must_mark_done"]


def test_a_threshold_in_words_is_the_score_to_reach(seeds: Made) -> None:
    asked = {
        item.title: requirement.min_score
        for module in seeds.read.modules
        for item in module.items
        for requirement in item.requirements
        if requirement.kind == "min_score"
    }
    assert asked == {"MOD-407 Assessment: Partnership pitch": 80.0}
    assert threshold("≥80% on executive panel rubric") == 80


def test_work_is_graded_as_its_kind_asks_for(seeds: Made) -> None:
    groups = {group.title for group in seeds.read.groups}
    assert groups == {"Labs and activities", "Project work", "Assessments"}
    for found in seeds.read.assignments:
        assert found.group is not None and found.group.title in groups
        assert found.submission_types == ("online_text_entry", "online_upload", "online_url")
        assert (found.grading_type, found.points) in {("points", 100.0), ("pass_fail", 0.0)}
    lab = seeds.assignment("MOD-407 Lab 1: Partnership strategy & heatmap")
    assert (lab.grading_type, lab.group and lab.group.title) == ("points", "Labs and activities")
    workshop = seeds.assignment("MOD-602 Value stream mapping workshop with cross-functional leaders")
    assert workshop.grading_type == "pass_fail" and workshop.rubric is None


def test_a_rubric_gives_points_for_the_criterion_and_judges_competencies_beside_it(seeds: Made) -> None:
    pitch = seeds.assignment("MOD-407 Assessment: Partnership pitch")
    assert pitch.rubric is not None and pitch.rubric_for_grading
    done, *competencies = pitch.rubric.criteria
    assert (done.description, done.points, done.ignored) == ("≥80% on executive panel rubric", 100.0, False)
    assert (
        pitch.rubric.points
        == pitch.points
        == sum(found.points or 0 for found in pitch.rubric.criteria if not found.ignored)
    )
    assert [(found.description, found.mastery_points) for found in competencies] == [
        ("partnerships-ecosystem", 5.0),
        ("executive-advisory", 3.0),
    ]
    for found in competencies:
        assert found.ignored and found.outcome is not None and found.outcome.title == found.description
        assert [rating.description for rating in found.ratings][:-1] == [name.capitalize() for name in reversed(LEVELS)]
        assert [rating.points for rating in found.ratings] == [5, 4, 3, 2, 1, 0]


def test_competencies_are_outcomes_on_the_scale_of_the_documents(seeds: Made) -> None:
    rows = [row for unit in seeds.course.units for row in unit.competencies]
    highest = {row.name: max(level(other.target) for other in rows if other.name == row.name) for row in rows}
    assert {found.title: found.mastery_points for found in seeds.read.outcomes} == highest


def test_the_course_has_a_front_page_and_takes_nothing_that_a_teacher_chose(seeds: Made) -> None:
    (front,) = [page for page in seeds.read.pages if page.front]
    (map_file,) = [file.path for file in seeds.read.files if file.path.endswith(".svg")]
    assert re.fullmatch(r"(web_resources/)?map-[0-9a-f]{6}\.svg", map_file)
    assert f"$IMS-CC-FILEBASE$/{map_file.removeprefix('web_resources/')}" in front.body
    assert not seeds.read.syllabus and "default_view" not in seeds.read.settings


def test_the_front_page_links_to_each_module_which_says_for_itself_that_it_is_locked(seeds: Made) -> None:
    (front,) = [page for page in seeds.read.pages if page.front]
    linked = re.findall(r"/modules/[^\"]*", front.body)
    assert len(linked) == len(seeds.course.units)
    locked = [unit for unit in seeds.course.units if seeds.course.step(unit).needs]
    assert 0 < front.body.count("Opens once you have completed") == len(locked)
    assert all(f"{unit.id} {html.escape(unit.title, quote=False)}" in front.body for unit in seeds.course.units)


def test_the_home_page_and_the_syllabus_are_set_when_asked_for(seeds: Made, tmp_path: Path) -> None:
    built(SEEDS, tmp_path, ALL, Config(formats=("canvas",), canvas_home=True))
    read = canvas.imported(tmp_path / seeds.path.name)
    assert read.settings.get("default_view") == "wiki"
    syllabus = text_of(str(read.syllabus))
    assert all(unit.id in syllabus and unit.title in syllabus for unit in seeds.course.units)
    assert (
        "Opens once you have completed MOD-607 " in syllabus
        and "100 hours" in syllabus
        and "partnerships-ecosystem" in syllabus
    )


def test_staff_pages_are_unpublished_and_only_there_when_asked_for(seeds: Made, tmp_path: Path) -> None:
    hidden = [page for page in seeds.read.pages if page.state == "unpublished"]
    assert len(hidden) == 6
    secret = "Legacy source"
    assert {page.title for page in seeds.read.pages if secret in page.body} == {
        page.title for page in hidden if secret in page.body
    }
    (closed,) = made(SEEDS, tmp_path, Selection(Grouping.ALL))
    assert [page for page in closed.read.pages if page.state == "unpublished"] == []
    with zipfile.ZipFile(closed.path) as package:
        assert not [name for name in package.namelist() if secret.encode() in package.read(name)]


def identifiers(course: Course) -> set[str]:
    """Return every identifier by which Canvas knows a thing again."""
    modules = {module.identifier for module in course.modules}
    items = {item.identifier for module in course.modules for item in module.items}
    content = {found.identifier for found in course.pages} | {found.identifier for found in course.assignments}
    judged = {found.identifier for found in course.rubrics} | {found.identifier for found in course.outcomes}
    rest = {found.identifier for found in course.groups} | {found.identifier for found in course.discussions}
    return modules | items | content | judged | rest


SKILL = """
## Competency Alignment

| Competency | Proficiency Target | Evidence / Assessment |
|---|---|---|
| baking | {} | A loaf |

## Key Deliverables

- Sourdough diary
"""


def test_two_tracks_in_one_course_of_canvas_overwrite_nothing_of_each_other(
    curriculum: Sources, tmp_path: Path
) -> None:
    source = curriculum(
        {
            f"{role}{number}.md": roadmap(
                number, "None" if number == 1 else "MOD-001", role=role, extra=SKILL.format(target)
            )
            for role, target in (("Baker", "Working"), ("Miller", "Expert"))
            for number in (1, 2)
        }
    )
    one, other = made(source, tmp_path / "out", Selection(staff=True))
    shared = identifiers(one.read) & identifiers(other.read)
    groups = {group.identifier for group in one.read.groups}  # by kinds of work, as meant
    outcomes = {found.identifier: found for found in one.read.outcomes}
    assert shared <= groups | set(outcomes)
    for found in other.read.outcomes:  # a competency of both is one outcome; its mastery is that of the last import
        same = outcomes.get(found.identifier, found)
        assert found == replace(same, mastery_points=found.mastery_points, groups=found.groups)
    with zipfile.ZipFile(one.path) as first, zipfile.ZipFile(other.path) as second:
        names = set(first.namelist()) & set(second.namelist())
        differing = {name for name in names if first.read(name) != second.read(name)}
        resources = [set(_RESOURCE.findall(package.read("imsmanifest.xml").decode())) for package in (first, second)]
    assert all(name == "imsmanifest.xml" or name.startswith("course_settings/") for name in differing)
    assert all(path in names for _, path in resources[0] & resources[1])
    own = [{name for name, path in found if not path.startswith("course_settings/")} for found in resources]
    assert own[0] & own[1] == set()


def test_packages_of_single_units_wait_for_no_module_of_another_package(curriculum: Sources, tmp_path: Path) -> None:
    source = curriculum({"1.md": roadmap(1), "2.md": roadmap(2, "MOD-001"), "3.md": roadmap(3, "MOD-001, MOD-002")})
    packages = made(source, tmp_path / "out", Selection(Grouping.UNIT))
    assert len(packages) == 3
    for found in packages:
        with zipfile.ZipFile(found.path) as package:
            modules = package.read("course_settings/module_meta.xml").decode()
        known = set(re.findall(r'<module identifier="([^"]+)"', modules))
        assert set(re.findall(r"<prerequisite[ >].*?<identifierref>([^<]+)", modules, re.DOTALL)) <= known


def test_building_again_after_an_edit_updates_rather_than_duplicates(seeds: Made, tmp_path: Path) -> None:
    (new,) = made(edited(SEEDS, tmp_path / "seeds"), tmp_path / "out")
    assert new.read.issues == []
    assert identifiers(new.read) == identifiers(seeds.read)
    assert {page.slug for page in new.read.pages} == {page.slug for page in seeds.read.pages}
    assert [module.identifier for module in new.read.modules] != [module.identifier for module in seeds.read.modules]
    assert any("A New Title" in module.title for module in new.read.modules)
    assert new.assignment("MOD-407 Lab 1: Partnership strategy & heatmap").identifier == (
        seeds.assignment("MOD-407 Lab 1: Partnership strategy & heatmap").identifier
    )


def test_a_hostile_document_makes_a_sound_course(curriculum: Sources, tmp_path: Path) -> None:
    extra = """
## Competency Alignment

| Competency | Target | Evidence | Role |
|---|---|---|---|
| a <b> & "c" | Whatever | x | Engineer |
| A <B> & "C" | Expert | x | Engineer |

## Practical Components

| Asset | Description | Completion Criteria | Validation |
|---|---|---|---|
| Lab ]]> & <b> | <script>alert(1)</script> | "quotes" | [x](https://example.org "t") |
| Lab ]]> & <b> | the same name again | ≥70% | 100%.html |
| Exam | | ≥ 62.5 % | |

## Notes

```python
x = "<b>"  # code
```

- [ ] a box
- [x] another
"""
    title = "A & B <i> ☃ " + "long " * 80
    source = curriculum({"a.md": roadmap(1, title=title, extra=extra), "b.md": roadmap(2, "MOD-001")})
    (found,) = made(source, tmp_path / "out")
    assert found.read.issues == []
    scores = [
        requirement.min_score
        for item in found.read.modules[0].items
        for requirement in item.requirements
        if requirement.min_score
    ]
    assert scores == [70.0, 62.5]


def test_a_course_without_work_or_competencies_needs_no_groups_and_no_rubrics(
    curriculum: Sources, tmp_path: Path
) -> None:
    (found,) = made(curriculum({"a.md": roadmap(1)}), tmp_path / "out")
    assert found.read.issues == []
    assert not found.read.assignments and not found.read.rubrics and not found.read.groups
