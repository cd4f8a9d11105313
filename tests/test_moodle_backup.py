"""The Moodle backup, as a restore reads it: everything arrives, waits for what it should, and stays itself."""

from __future__ import annotations

import html
import io
import json
import os
import re
import subprocess
import zipfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from hashlib import sha1
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from conftest import SEEDS, built, linted, required, roadmap
from importers import ImportAborted, mbz, mbz_framework
from importers.mbz_course import Activity, Course, File, Framework, Section
from test_cartridges import edited, text_of, words

from coursewright.building.pipeline import planned
from coursewright.building.settings import Config, load_config
from coursewright.course import model
from coursewright.course.edition import texts
from coursewright.course.plan import Grouping, Selection
from coursewright.text.phrases import LEVELS
from coursewright.writers.moodle import backup
from coursewright.writers.moodle.rubrics import _levels as levels_of

ALL = Selection(Grouping.ALL, staff=True)
BACKUP = Config(formats=("moodle",))
SCORM = replace(BACKUP, with_scorm=True)
MOODLE = "COURSEWRIGHT_MOODLE"
Sources = Callable[[Mapping[str, str | bytes]], Path]


@dataclass(frozen=True)
class Made:
    """A course, the backup it was written to, and what Moodle restores from that."""

    course: model.Course
    path: Path
    read: Course
    framework: Framework | None

    def section(self, unit: model.Unit) -> Section:
        return self.read.sections[1 + self.course.units.index(unit)]

    def activity(self, name: str) -> Activity:
        (found,) = [found for found in self.read.activities if found.name == name]
        return found


def made(source: Path, target: Path, selection: Selection = ALL, config: Config = BACKUP) -> list[Made]:
    """Return every course of a source, with its backup."""
    courses = planned(linted(source), selection, config).courses
    report = built(source, target, selection, config)
    assert len(report.written) == len(courses) > 0
    found = []
    for course in courses:
        path, table = target / f"{course.name}-moodle.mbz", target / f"{course.name}-moodle-competencies.csv"
        framework = mbz_framework.imported(table.read_bytes()) if table.exists() else None
        found.append(Made(course, path, mbz.imported(path), framework))
    return found


@pytest.fixture(scope="module")
def seeds(tmp_path_factory: pytest.TempPathFactory) -> Made:
    """The seeds as one course, staff material included."""
    (found,) = made(SEEDS, tmp_path_factory.mktemp("moodle"))
    return found


@pytest.fixture(scope="module")
def with_scorm(tmp_path_factory: pytest.TempPathFactory) -> Made:
    """The seeds as one course of SCORM packages and the work around them."""
    (found,) = made(SEEDS, tmp_path_factory.mktemp("moodle"), config=SCORM)
    return found


def test_moodle_restores_the_seeds_whole_and_warns_of_nothing(seeds: Made) -> None:
    assert seeds.read.issues == []
    assert mbz.counted(seeds.read) == {"page": 30, "assign": 16, "forum": 1}
    _assert_whole(seeds)


def test_moodle_restores_each_track_of_the_seeds_whole(tmp_path: Path) -> None:
    for found in made(SEEDS, tmp_path, Selection()):
        assert found.read.issues == []
        _assert_whole(found)


def test_moodle_restores_the_units_of_the_seeds_as_scorm_packages(with_scorm: Made) -> None:
    assert with_scorm.read.issues == []
    assert mbz.counted(with_scorm.read) == {"page": 25, "assign": 16, "forum": 1, "scorm": 5}
    _assert_whole(with_scorm)


@pytest.mark.parametrize("config", [BACKUP, SCORM], ids=["pages", "with scorm"])
def test_moodle_restores_the_corpus_whole_and_warns_of_nothing(config: Config, corpus: Path, tmp_path: Path) -> None:
    for found in made(corpus, tmp_path, Selection(staff=True), config):
        assert found.read.issues == []
        _assert_whole(found)


def _assert_whole(found: Made) -> None:
    """Every unit is a section, in the order to be learned; every word for learners is in it; gates are restrictions."""
    course, start = found.course, found.read.sections[0]
    assert [section.number for section in found.read.sections] == list(range(len(course.units) + 1))
    assert [section.name.split()[0] for section in found.read.sections[1:]] == [unit.id for unit in course.units]
    assert start.needs == () and [activity.name for activity in start.activities] == ["Course overview"]
    for unit in course.units:
        section = found.section(unit)
        needed = [found.section(gate) for gate in course.step(unit).needs]
        work = {activity.number for one in needed for activity in one.activities if activity.tracked}
        assert set(section.needs) == work
        assert section.greyed == bool(work)
        assert all(f"{gate.id} {gate.title}" in html.unescape(section.summary) for gate in course.step(unit).needs)
        assert _end(section)
        read = set(words(" ".join([section.name, section.summary, *map(_shown, section.activities)])))
        for text in texts(unit):
            assert set(words(text)) <= read, (unit.id, text)


def _end(section: Section) -> Activity:
    """Return the page that ends a unit: it waits for all its work, nothing for it; only pages for staff follow it."""
    (found,) = [activity for activity in section.activities if activity.needs]
    before = section.activities[: section.activities.index(found)]
    after = section.activities[section.activities.index(found) + 1 :]
    assert list(found.needs) == [activity.number for activity in before if activity.tracked]
    assert not [activity for activity in after if activity.visible]
    assert found.name == f"{section.name} completed" and not found.tracked
    return found


def _shown(activity: Activity) -> str:
    """Return all that a learner reads of an activity."""
    if not activity.visible:
        return ""
    rows = [text for row in activity.rubric for text in (row.description, *(text for _, text in row.levels))]
    pages = [text_of(page) for page in (activity.intro, activity.content) if page]
    packed = [text_of(page) for file in activity.files if file.area == "package" for page in _pages(file.content)]
    return " ".join([activity.name, activity.url, *rows, *pages, *packed])


def _pages(package: bytes) -> Iterator[bytes]:
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        yield from (archive.read(name) for name in archive.namelist() if name.endswith(".html"))


@pytest.mark.parametrize("course", ["seeds", "with_scorm"])
def test_every_part_of_a_unit_asks_for_what_its_kind_can_tell(course: str, request: pytest.FixtureRequest) -> None:
    found: Made = request.getfixturevalue(course)
    wanted = {"page": {"view"}, "forum": {"post"}, "scorm": {"scorm"}, "url": set()}
    for unit in found.course.units:
        for activity in found.section(unit).activities:
            if not activity.visible or activity.needs:
                assert not activity.tracked
            elif "-act-" in activity.idnumber and activity.kind == "page":
                assert activity.conditions == {"manual"}, activity.name
            elif activity.kind == "assign":
                passing = {"grade", "pass"} if activity.to_pass else set()
                assert activity.tracked
                assert activity.most and activity.conditions == {"submit", *passing}, activity.name
            else:
                assert activity.conditions == wanted[activity.kind], activity.name


def test_a_unit_that_is_a_package_searches_in_itself_and_explains_the_terms_of_the_course(
    curriculum: Sources, tmp_path: Path
) -> None:
    pages = {"1-bees.md": "# Bees\n\nThe queen lays.\n", "2-words.md": "# Glossary\n\nQueen\n: The mother.\n"}
    (found,) = made(curriculum(pages), tmp_path, config=SCORM)
    (bees,) = (activity for activity in found.read.activities if activity.name == "Bees")
    (package,) = (file.content for file in bees.files if file.area == "package")
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        index = archive.read("shared/search-index.js").decode()
    (page,) = (page.decode() for page in _pages(package) if b"The mother." in page)
    assert '"title":"Bees"' in index and '"title":"Glossary"' not in index and '"terms":[]' in index
    card = page.partition('class="term-card"')[2].partition("</div>")[0]
    assert "popovertarget" in page and "The mother." in card and "<a " not in card


def test_a_threshold_in_words_is_the_grade_to_pass(seeds: Made) -> None:
    asked = {found.name: (found.most, found.to_pass) for found in seeds.read.activities if found.to_pass}
    assert asked == {"MOD-407 Assessment: Partnership pitch": (100.0, 80.0)}


def test_work_that_only_has_to_be_done_gets_no_grade(seeds: Made) -> None:
    lab = seeds.activity("MOD-407 Lab 1: Partnership strategy & heatmap")
    workshop = seeds.activity("MOD-602 Value stream mapping workshop with cross-functional leaders")
    assert (lab.most, len(lab.rubric)) == (100.0, 1)
    assert (workshop.kind, workshop.most, workshop.rubric) == ("page", 0.0, ())
    assert workshop.conditions == {"manual"}


def test_a_rubric_has_a_row_for_what_counts_as_done_and_one_for_each_competency(seeds: Made) -> None:
    charter = seeds.activity("MOD-551 MLOps charter reviewed with platform and security counterparts")
    done, *competencies = charter.rubric
    assert done.description.startswith("MLOps charter reviewed") and len(done.levels) == 2
    assert [row.description for row in competencies] == ["pipeline-automation: Working", "model-lifecycle: Working"]
    for row in competencies:
        assert [text for _, text in row.levels] == ["Not yet", *(name.capitalize() for name in LEVELS[:2])]
        assert abs(row.levels[-1][0] - done.levels[-1][0]) <= 1
    assert len(charter.competencies) == 2


def test_a_score_to_reach_is_the_grade_and_nothing_counts_beside_it(seeds: Made) -> None:
    pitch = seeds.activity("MOD-407 Assessment: Partnership pitch")
    (row,) = pitch.rubric
    assert row.description == "≥80% on executive panel rubric"
    assert [score for score, _ in row.levels] == [float(share) for share in range(0, 101, 10)]
    assert pitch.to_pass in {score for score, _ in row.levels} and len(pitch.competencies) == 2


def test_competencies_are_linked_to_the_framework_beside_the_backup(seeds: Made) -> None:
    framework = seeds.framework
    assert framework is not None and framework.issues == []
    assert framework.idnumber == seeds.read.framework
    assert set(framework.competencies) == set(seeds.read.competencies)
    rows = {row.name for unit in seeds.course.units for row in unit.competencies}
    assert set(framework.competencies.values()) == rows
    assert framework.scale == ("Not yet", "Awareness", "Working", "Proficient", "Advanced", "Expert")
    assert framework.proficient == ("Proficient", "Advanced", "Expert") and framework.granted == "Proficient"
    judged = {name for activity in seeds.read.activities for name in activity.competencies}
    assert judged == set(seeds.read.competencies)


def test_the_course_opens_with_its_map_and_links_to_every_unit(seeds: Made) -> None:
    home = seeds.read.sections[0].activities[0]
    (picture,) = home.files
    assert picture.name == "map.svg" and picture.content.startswith(b"<svg")
    assert "@@PLUGINFILE@@/map.svg" in home.content
    for unit in seeds.course.units:
        assert unit.id in home.content and unit.title.replace("&", "&amp;") in home.content
    places = [str(seeds.section(unit).number) for unit in seeds.course.units]
    assert re.findall(r"\$@COURSEVIEWBYID\*2@\$#section-(\d+)", home.content) == places


def test_the_course_overview_names_a_locked_unit_and_what_opens_it(curriculum: Sources, tmp_path: Path) -> None:
    documents = {"a.md": roadmap(1, title="Flour"), "b.md": roadmap(2), "c.md": roadmap(3, "MOD-001, MOD-002")}
    (found,) = made(curriculum(documents), tmp_path / "out")
    home = found.read.sections[0].activities[0].content
    assert re.findall(r"#section-(\d+)", home) == ["1", "2", "3"]
    assert "Opens once you have completed MOD-001 Flour, MOD-002 Module 2." in text_of(home)


def test_the_page_that_ends_a_unit_links_what_comes_next_and_no_other_page_says_it(
    curriculum: Sources, tmp_path: Path
) -> None:
    documents = {
        "a.md": roadmap(1).replace("- **Prerequisites**", "- **Next**: MOD-002, MOD-003\n- **Prerequisites**"),
        "b.md": roadmap(2, "MOD-001"),
        "c.md": roadmap(3),
    }
    (found,) = made(curriculum(documents), tmp_path / "out")
    section = found.section(next(unit for unit in found.course.units if unit.id == "MOD-001"))
    *pages, end = [activity.content for activity in section.activities]
    wanted = {str(part.number) for part in found.read.sections if part.name[:7] in ("MOD-002", "MOD-003")}
    assert set(re.findall(r"#section-(\d+)", end)) == wanted and "MOD-002 Module 2" in text_of(end)
    assert not any("#section-" in page for page in pages)


def test_staff_pages_are_hidden_and_only_there_when_asked_for(seeds: Made, tmp_path: Path) -> None:
    hidden = [found for found in seeds.read.activities if not found.visible]
    assert len(hidden) == 6
    secret = "Legacy source"
    holders = [found for found in seeds.read.activities if secret in found.content + found.intro]
    assert holders and all(found in hidden for found in holders)
    (closed,) = made(SEEDS, tmp_path, Selection(Grouping.ALL))
    assert all(found.visible for found in closed.read.activities)
    with zipfile.ZipFile(closed.path) as package:
        assert not [name for name in package.namelist() if secret.encode() in package.read(name)]


def test_idnumbers_survive_an_edit_and_another_order(seeds: Made, tmp_path: Path) -> None:
    (new,) = made(edited(SEEDS, tmp_path / "seeds"), tmp_path / "out")
    assert new.read.issues == []
    assert {found.idnumber for found in new.read.activities} == {found.idnumber for found in seeds.read.activities}
    assert [section.name for section in new.read.sections] != [section.name for section in seeds.read.sections]
    assert any("A New Title" in section.name for section in new.read.sections)
    lab = seeds.activity("MOD-407 Lab 1: Partnership strategy & heatmap")
    assert new.activity(lab.name).idnumber == lab.idnumber
    assert set(new.read.competencies) == set(seeds.read.competencies)
    assert (new.read.idnumber, new.read.framework) == (seeds.read.idnumber, seeds.read.framework)


HOSTILE = """
## Competency Alignment

| Competency | Target | Evidence | Role |
|---|---|---|---|
| a "c" + d | Whatever | x | Engineer |
| A "C" + D | Expert | x | Engineer |

## Practical Components

| Asset | Description | Completion Criteria | Validation |
|---|---|---|---|
| Lab ]]> & < b > | <script>alert(1)</script> | "quotes" | [x](https://example.org "t") |
| Lab ]]> & < b > | the same name again | ≥70% | 100%.html |
| Exam $@NULL@$ | | ≥ 62.5 % | |
| Übung № 1 | Ünïcode 🎓 | | |

## Assessment & Validation

- Peer review of it, see [the guide](https://example.org/guide?a=1&b=2).

## Notes

```python
x = "<b>"  # code
```

- [ ] a box
- [x] [a link](../other.md) and [one](javascript:alert(2))
"""


@pytest.mark.parametrize("config", [BACKUP, SCORM], ids=["pages", "with scorm"])
def test_a_hostile_document_makes_a_sound_course(config: Config, curriculum: Sources, tmp_path: Path) -> None:
    title = "A & B < i > ☃ " + "long " * 80
    source = curriculum({"a.md": roadmap(1, title=title, extra=HOSTILE), "b.md": roadmap(2, "MOD-001")})
    (found,) = made(source, tmp_path / "out", config=config)
    assert found.read.issues == []
    assert found.framework is not None and found.framework.issues == []
    passed = [activity.to_pass for activity in found.read.activities if activity.to_pass]
    assert passed == [70.0, 62.5]


@pytest.mark.parametrize("title", ["List<int>", "A <b> & B"])
def test_a_name_with_angle_brackets_stays_whole(title: str, curriculum: Sources, tmp_path: Path) -> None:
    (found,) = made(curriculum({"a.md": roadmap(1, title=title, role=title)}), tmp_path / "out", Selection())
    assert found.read.issues == []
    assert title in html.unescape(found.read.sections[1].name) and title in html.unescape(found.read.fullname)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("C++", "C#"),
        (
            "Design of reliable systems for very many users, part 1",
            "Design of reliable systems for very many users, part 2",
        ),
    ],
)
def test_competencies_with_different_names_stay_apart(
    one: str, other: str, curriculum: Sources, tmp_path: Path
) -> None:
    extra = f"""
## Competency Alignment

| Competency | Target | Evidence | Role |
|---|---|---|---|
| {one} | Working | x | Engineer |
| {other} | Expert | x | Engineer |
"""
    (found,) = made(curriculum({"a.md": roadmap(1, extra=extra)}), tmp_path / "out")
    assert found.framework is not None and sorted(found.framework.competencies.values()) == sorted([one, other])


def test_a_teacher_can_save_the_settings_of_a_scorm_package(with_scorm: Made) -> None:
    packages = [found for found in with_scorm.read.activities if found.kind == "scorm"]
    assert {found.details["updatefreq"] for found in packages} == {"0"}


def test_the_points_of_a_rubric_are_whole_numbers(seeds: Made) -> None:
    points = {score for found in seeds.read.activities for row in found.rubric for score, _ in row.levels}
    assert {score for score in points if score % 1} == set()


def test_a_competency_with_an_ampersand_is_described_as_html(curriculum: Sources, tmp_path: Path) -> None:
    extra = "\n## Competency Alignment\n\n| Competency | Target |\n|---|---|\n| R & D of `List<int>` | Working |\n"
    (found,) = made(curriculum({"a.md": roadmap(1, extra=extra)}), tmp_path / "out")
    assert found.framework is not None and found.framework.issues == []


def test_the_page_that_ends_a_unit_leads_to_what_it_opens(seeds: Made) -> None:
    for unit in seeds.course.units:
        for needed in seeds.course.step(unit).needs:
            end, opened = _end(seeds.section(needed)), seeds.section(unit)
            done = {needed.identity} | required(seeds.course, needed)
            others = {gate.identity for gate in seeds.course.step(unit).needs} - done
            linked = f"$@COURSEVIEWBYID*2@$#section-{opened.number}" in end.content
            assert unit.id in end.content and linked == (not others), (needed.id, unit.id)


def test_a_text_that_looks_like_a_link_of_moodle_stays_a_text(curriculum: Sources, tmp_path: Path) -> None:
    extra = "- Write $@PAGEVIEWBYID*1@$ and $@PAGEVIEWBYID*7@$, or @@PLUGINFILE@@/map.svg.\n"
    (found,) = made(curriculum({"a.md": roadmap(1, extra=extra)}), tmp_path / "out")
    assert found.read.issues == []
    texts = [page.content for page in found.read.sections[1].activities]
    assert not [text for text in texts if "$@PAGE" in text or "@@PLUGIN" in text]
    assert any("$@PAGEVIEWBYID" in html.unescape(text) and "@@PLUGINFILE@@" in html.unescape(text) for text in texts)


@pytest.mark.parametrize("config", [BACKUP, SCORM])
def test_what_moodle_would_replace_is_only_ours(config: Config, curriculum: Sources, tmp_path: Path) -> None:
    extra = """
## Assessment

- the `href="$@PAGEVIEWBYID*7@$"` and src="@@PLUGINFILE@@/a.svg" of a page
- https://example.org/$@PAGEVIEWBYID*7@$
"""
    source = curriculum({"a.md": roadmap(1, title="$@NULL@$", extra=extra)})
    (found,) = made(source, tmp_path / "out", config=config)
    assert found.read.issues == []


def test_who_reaches_the_level_that_passes_passes(curriculum: Sources, tmp_path: Path) -> None:
    extra = "\n## Assessment\n\n- Exam: at least 1 of 3 questions correct (200 points)\n"
    (found,) = made(curriculum({"a.md": roadmap(1, extra=extra)}), tmp_path / "out")
    (exam,) = (activity for activity in found.read.activities if activity.to_pass)
    points = [score for score, _ in exam.rubric[0].levels]
    assert max(points) == exam.most == 200
    assert [reached for reached in points if exam.to_pass <= round(reached, 5) < exam.to_pass + 0.001]


def test_the_rubrics_of_many_competencies_stay_apart(curriculum: Sources, tmp_path: Path) -> None:
    rows = "".join(f"| Competency {number} | Working | x | Engineer |\n" for number in range(120))
    table = f"\n## Competency Alignment\n\n| Competency | Target | Evidence | Role |\n|---|---|---|---|\n{rows}"
    extra = f"{table}\n## Assessment\n\n- First exam\n- Second exam\n"
    (found,) = made(curriculum({"a.md": roadmap(1, extra=extra)}), tmp_path / "out")
    assert found.read.issues == []


def test_a_unit_of_nothing_but_a_title_still_has_a_page(curriculum: Sources, tmp_path: Path) -> None:
    source = curriculum({"a.md": "# Module Roadmap: Alone\n\n- **Module ID**: MOD-001\n"})
    (found,) = made(source, tmp_path / "out")
    assert found.read.issues == []


def test_types_of_files_do_not_depend_on_the_machine(with_scorm: Made) -> None:
    types = {Path(file.name).suffix: file.type for found in with_scorm.read.activities for file in found.files}
    assert {types[".js"], types[".css"], types[".xml"]} == {"text/javascript", "text/css", "application/xml"}
    assert "application/octet-stream" not in types.values()


def test_what_a_scorm_package_inside_loses_is_said(curriculum: Sources, tmp_path: Path) -> None:
    extra = "\n## Checklist\n\n" + "".join(f"- [ ] tick {number}\n" for number in range(1_010))
    report = built(curriculum({"a.md": roadmap(1, title="long " * 46, extra=extra)}), tmp_path / "out", ALL, SCORM)
    assert {"L403", "L404"} <= {finding.code for finding in report.findings}


def test_a_long_title_fits_into_the_columns_of_moodle(curriculum: Sources, tmp_path: Path) -> None:
    source = curriculum({"a.md": roadmap(1, role="Engineer " * 40, title="Long " * 60)})
    for found in made(source, tmp_path / "out", Selection()):
        assert found.read.issues == []


def test_units_with_one_id_in_two_tracks_stay_apart(curriculum: Sources, tmp_path: Path) -> None:
    documents = {
        "a.md": roadmap(1, role="Baker"),
        "b.md": roadmap(1, role="Miller"),
        "c.md": roadmap(2, "MOD-001", role="Baker"),
    }
    (found,) = made(curriculum(documents), tmp_path / "out")
    assert found.read.issues == []
    names = [section.name for section in found.read.sections[1:]]
    assert {"MOD-001 Module 1 (Baker)", "MOD-001 Module 1 (Miller)"} < set(names)
    _assert_whole(found)


def test_a_course_without_work_or_competencies_needs_no_framework(curriculum: Sources, tmp_path: Path) -> None:
    (found,) = made(curriculum({"a.md": roadmap(1)}), tmp_path / "out")
    assert found.read.issues == [] and found.framework is None
    assert mbz.counted(found.read).keys() == {"page"}


def test_the_points_of_every_rubric_add_up_to_the_grade(seeds: Made) -> None:
    judged = [found for found in seeds.read.activities if found.rubric]
    assert judged
    for found in judged:
        assert sum(row.levels[-1][0] for row in found.rubric) == found.most
        for row in found.rubric:
            scores = [score for score, _ in row.levels]
            assert scores[0] == 0 and scores == sorted(set(scores))


@pytest.mark.parametrize(("rows", "points"), [(1, 100), (3, 100), (7, 2), (120, 100), (13, 1), (300, 1)])
def test_rows_of_any_number_share_any_points(rows: int, points: int) -> None:
    shares = levels_of([list(LEVELS)] * rows, points)
    assert sum(row[-1][0] for row in shares) == pytest.approx(points)
    assert all(0 < low < high for row in shares for (low, _), (high, _) in pairwise(row))


def test_work_says_what_to_hand_in_and_how_it_is_judged(seeds: Made) -> None:
    for found in seeds.read.activities:
        if found.kind == "assign":
            assert "What to hand in" in found.intro, found.name
            assert re.search("Complete when|How it is assessed", found.intro), found.name


def test_the_first_day_is_that_of_the_source_or_none(seeds: Made, tmp_path: Path) -> None:
    assert _started(seeds.path) == ["0", "0"]
    made(SEEDS, tmp_path, config=replace(BACKUP, start=86_400))
    assert _started(tmp_path / seeds.path.name) == ["86400", "86400"]


@pytest.mark.parametrize(
    ("moment", "day"),
    [("1790000000", "1789948800"), ("1789948800", "1789948800"), ("", "0"), ("0", "0"), ("soon", "0"), ("-5", "0")],
)
def test_the_first_day_is_the_day_of_the_sources_date(
    moment: str, day: str, curriculum: Sources, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", moment)
    config = replace(load_config(None, ("moodle",), tmp_path), formats=("moodle",))
    (found,) = made(curriculum({"a.md": roadmap(1)}), tmp_path / "out", config=config)
    assert found.read.issues == [] and _started(found.path) == [day, day]


def _started(package: Path) -> list[str]:
    with zipfile.ZipFile(package) as archive:
        text = "".join(archive.read(name).decode() for name in ("course/course.xml", "moodle_backup.xml"))
    return re.findall(r"startdate>(\d+)<", text)


def test_the_short_name_is_the_title(curriculum: Sources, tmp_path: Path) -> None:
    (found,) = made(curriculum({"a.md": roadmap(1, role="Bread Baker")}), tmp_path / "out", Selection())
    with zipfile.ZipFile(found.path) as archive:
        assert f"<shortname>{found.course.title}</shortname>" in archive.read("course/course.xml").decode()


def test_names_that_people_read_are_no_slugs(curriculum: Sources, tmp_path: Path) -> None:
    table = "\n## Competency Alignment\n\n| Competency | Target |\n|---|---|\n| Dough & Oven, by `feel` | Working |\n"
    (found,) = made(
        curriculum({"a.md": roadmap(1, role="Bread & Cake Baker", extra=table)}), tmp_path / "out", Selection()
    )
    assert found.framework is not None
    assert list(found.framework.competencies.values()) == ["Dough & Oven, by feel"]
    with zipfile.ZipFile(found.path) as archive:
        for document in ("course/course.xml", "moodle_backup.xml"):
            short = re.findall(r"shortname>([^<]+)</", archive.read(document).decode())
            assert [html.unescape(name) for name in short] == ["Bread & Cake Baker"]


@pytest.mark.parametrize(
    ("prerequisites", "said", "unsaid"),
    [
        ("A sharp knife", "You should have:", "also"),
        ("MOD-001, A sharp knife", "You should also have:", "You should have:"),
        ("MOD-001", "MOD-001 Module 1", "You should"),
    ],
)
def test_also_is_said_only_after_something(
    prerequisites: str, said: str, unsaid: str, curriculum: Sources, tmp_path: Path
) -> None:
    (found,) = made(curriculum({"a.md": roadmap(1), "b.md": roadmap(2, prerequisites)}), tmp_path / "out")
    section = found.section(next(unit for unit in found.course.units if unit.id == "MOD-002"))
    text = " ".join(text_of(section.activities[0].content).split())
    assert said in text and unsaid not in text


def test_the_detail_of_a_topic_stands_on_a_line_of_its_own(curriculum: Sources, tmp_path: Path) -> None:
    extra = "\n## Topics\n\n- **Kneading** – by hand\n- **Resting**: overnight\n- **Baking**\n"
    (found,) = made(curriculum({"a.md": roadmap(1, extra=extra)}), tmp_path / "out")
    (topics,) = [page for page in found.read.activities if "Kneading" in page.content]
    lines = [
        " ".join(text_of(line).split()) for line in re.findall(r'<li class="topic".*?</li>', topics.content, re.DOTALL)
    ]
    assert lines == ["Kneading by hand", "Resting overnight", "Baking"]
    assert "<strong>Kneading</strong><br>" in topics.content


def test_what_stands_in_the_name_of_a_lab_reaches_its_page(curriculum: Sources, tmp_path: Path) -> None:
    table = (
        "\n## Practical Components\n\n| Asset | Description | Completion Criteria | Validation |\n|---|---|---|---|\n"
        "| Lab 1 (in colour) | Draw the oven | It glows | Photo |\n| Heat map (to scale) | | | |\n"
    )
    (found,) = made(curriculum({"a.md": roadmap(1, extra=table)}), tmp_path / "out")
    shown = " ".join(map(_shown, found.section(found.course.units[0]).activities))
    assert "(in colour)" in shown and "(to scale)" in shown
    assert all(word in shown for word in ("Draw the oven", "It glows", "Photo"))


def test_more_work_than_a_restriction_names_is_a_finding(
    curriculum: Sources, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert backup._MOST_AWAITED == 1000
    monkeypatch.setattr(backup, "_MOST_AWAITED", 50)
    work = "".join(f"- Drill {number}\n" for number in range(60))
    extra = f"\n## Learning Activities\n\n{work}\n## Assessment\n\n- Exam: at least 80 %\n"
    source = curriculum({"a.md": roadmap(1, extra=extra), "b.md": roadmap(2, "MOD-001")})
    report = built(source, tmp_path / "out", ALL, BACKUP)
    assert [found.code for found in report.findings].count("L416") == 2 and report.written
    read = mbz.imported(tmp_path / "out" / report.packages[0].name)
    (exam,) = [found for found in read.activities if found.to_pass]
    assert len(read.sections[2].needs) == 50 and exam.number in read.sections[2].needs


def test_a_backup_is_the_same_every_time(seeds: Made, tmp_path: Path) -> None:
    (again,) = made(SEEDS, tmp_path)
    assert again.path.read_bytes() == seeds.path.read_bytes()


# --- the reader itself ---

PAGE, PITCH, HOME = "page_100001", "assign_100005", "page_1"
"""The first page of a unit, its work with a grade to pass, and the overview of the course."""

FAULTS = [
    ("moodle_backup.xml", r"^<\?xml.*?\?>\n", "", "unknown format"),
    ("moodle_backup.xml", r"<information>", f"<!--{'x' * 200}--><information>", "unknown format"),
    ("moodle_backup.xml", r"</moodle_backup>", "", "not well-formed"),
    ("moodle_backup.xml", r"<backup_date>\d+", "<backup_date>today", "<backup_date> is to be a whole number"),
    ("moodle_backup.xml", r"backup_id=\"\w+\"", 'backup_id="1"', "no id of 32"),
    ("moodle_backup.xml", r"<original_wwwroot>.*?</original_wwwroot>", "", "no <original_wwwroot>"),
    (
        "moodle_backup.xml",
        r"<name>blocks</name>\s*<value>0",
        "<name>blocks</name><value>1",
        "setting blocks is to be 0",
    ),
    ("moodle_backup.xml", rf"{PAGE}_included", f"{PAGE}_inkluded", "page_100001 is not included"),
    ("moodle_backup.xml", rf"<directory>activities/{PAGE}", "<directory>activities/page_7", "not named after"),
    (
        "moodle_backup.xml",
        r"<sectionid>101</sectionid>(?=\s*<modulename>)",
        "<sectionid>9</sectionid>",
        "not listed",
    ),
    ("files.xml", r"<contenthash>\w{4}", "<contenthash>abcd", "is not in the backup"),
    ("files.xml", r"<filesize>\d+", "<filesize>1", "another size"),
    ("files.xml", r"<contextid>\d+", "<contextid>9", "is of another activity"),
    ("files.xml", r"<filearea>content", "<filearea>attachment", "of an unknown area"),
    ("files.xml", r"<filepath>/<", "<filepath>/maps<", "is not one of a file"),
    ("files/", r"<svg", "<!-- --><svg", "another hash"),
    ("questions.xml", None, "", "it is missing"),
    ("groups.xml", r"(?s)<groups>(.*)</groups>", r"<group>\g<1></group>", "its root is <group>"),
    ("course/course.xml", r"<enablecompletion>1", "<enablecompletion>0", "completion is off"),
    ("course/course.xml", r"<shortname>.*?<", "<shortname><", "needs a name"),
    ("course/course.xml", r"<fullname>", f"<fullname>{'x' * 255}", "its column takes 254"),
    ("course/course.xml", r"contextid=\"\d+\"", 'contextid="77"', "is not the original_course_contextid"),
    ("course/competencies.xml", r"<idnumber>[\w-]+", "<idnumber>other", "is not one of the course"),
    ("sections/section_101/section.xml", r"<sequence>\d+,", "<sequence>", "restored in another order"),
    ("sections/section_101/section.xml", r"<number>1<", "<number>2<", "is there twice"),
    ("sections/section_101/section.xml", r"id=\"101\"", 'id="7"', "its id is not 101"),
    ("sections/section_101/section.xml", r"<name>.*?</name>", "<name>$@NULL@$</name>", "<name> must not be null"),
    ("sections/section_101/section.xml", r"<name>", "<name>&lt;b&gt;", "takes for a tag"),
    ("sections/section_104/section.xml", r"\"cm\":\d+", '"cm":7', "waits for an activity that is not there"),
    ("sections/section_104/section.xml", r"\"cm\":\d+", '"cm":1', "whose completion is not tracked"),
    ("sections/section_104/section.xml", r"\"cm\":\d+", '"cm":499999', "wait for each other for good"),
    ("sections/section_104/section.xml", r"\"showc\":\[[a-z,]+\]", '"showc":[]', "no restriction to completed"),
    ("sections/section_104/section.xml", r"\"type\":\"completion\"", '"type":"date"', "no restriction to completed"),
    (f"activities/{PAGE}/module.xml", r"<sectionid>101", "<sectionid>102", "in another section"),
    (f"activities/{PAGE}/module.xml", r"<sectionnumber>1", "<sectionnumber>2", "another number"),
    (f"activities/{PAGE}/module.xml", r"<idnumber>.*?<", "<idnumber><", "no idnumber"),
    (f"activities/{PAGE}/module.xml", r"<idnumber>.*?<", "<idnumber>course-home<", "is there twice"),
    (f"activities/{PAGE}/module.xml", r"<idnumber>", f"<idnumber>{'x' * 100}", "its column takes 100"),
    (f"activities/{PAGE}/module.xml", r"<completionview>1", "<completionview>0", "nothing completes it"),
    (f"activities/{PAGE}/module.xml", r"<completion>2", "<completion>0", "its completion is off"),
    (f"activities/{PAGE}/module.xml", r"<completionexpected>.*?</completionexpected>", "", "the restore warns"),
    (f"activities/{PAGE}/module.xml", r"<visible>1", "<visible>0", "which is hidden"),
    (f"activities/{PAGE}/page.xml", r"contextid=\"\d+\"", 'contextid="2"', "that of the course"),
    (f"activities/{PAGE}/page.xml", r"moduleid=\"\d+\"", 'moduleid="3"', "it is not of page 100001"),
    (f"activities/{PAGE}/page.xml", r"<name>.*?<", f"<name>{'x' * 256}<", "its column takes 255"),
    (f"activities/{PAGE}/page.xml", r"(?s)<content>.*?</content>", "<content></content>", "the page is empty"),
    (f"activities/{PAGE}/page.xml", r"a:2:\{s:10", "a:2:{s:9", "PHP cannot read <displayoptions>"),
    (f"activities/{PAGE}/page.xml", r"<content>", "<content>&lt;script&gt;&lt;/script&gt;", "would act"),
    (f"activities/{PAGE}/page.xml", r"<content>", '<content>&lt;a href="a.html"&gt;', "leads nowhere"),
    (f"activities/{HOME}/page.xml", r"COURSEVIEWBYID\*\d+", "PAGEVIEWBYID*7", "leads nowhere"),
    (f"activities/{HOME}/page.xml", r"COURSEVIEWBYID\*\d+", f"PAGEVIEWBYID*{PITCH[7:]}", "leads nowhere"),
    (f"activities/{HOME}/page.xml", r"PLUGINFILE@@/map", "PLUGINFILE@@/mop", "no file of it"),
    (f"activities/{HOME}/inforef.xml", r"(?s)<fileref>.*</fileref>", "", "which is lost"),
    (f"activities/{HOME}/inforef.xml", r"<id>1", "<id>2", "which is not in files.xml"),
    (f"activities/{PITCH}/assign.xml", r"<attemptreopenmethod>\w+", "<attemptreopenmethod>none", "attempts reopen"),
    (f"activities/{PITCH}/assign.xml", r"<grade>100", "<grade>50", "gives another grade"),
    (
        f"activities/{PITCH}/assign.xml",
        r"(?s)<plugin_configs>.*</plugin_configs>",
        "<plugin_configs/>",
        "takes nothing",
    ),
    (f"activities/{PITCH}/grades.xml", r"<gradepass>80", "<gradepass>180", "is not passed with"),
    (f"activities/{PITCH}/grades.xml", r"<gradepass>80.", "<gradepass>0.", "has no grade to pass"),
    (f"activities/{PITCH}/grades.xml", r"<iteminstance>\d+", "<iteminstance>1", "of another activity"),
    (f"activities/{PITCH}/grades.xml", r"<idnumber>", "<idnumber>x", "another idnumber"),
    (f"activities/{PITCH}/inforef.xml", r"(?s)<grade_itemref>.*</grade_itemref>", "", "does not refer to the grade"),
    (f"activities/{PITCH}/grading.xml", r"<status>20", "<status>10", "no rubric that is ready"),
    (f"activities/{PITCH}/grading.xml", r"<activemethod>rubric", "<activemethod>$@NULL@$", "not chosen"),
    (f"activities/{PITCH}/grading.xml", r"(level id=\"\d+)1\"", r'\g<1>2"', "is there twice"),
    (f"activities/{PITCH}/grading.xml", r"<score>10.", "<score>0.", "do not rise"),
    (f"activities/{PITCH}/grading.xml", r"<definition>[^<]+<", "<definition><", "has no text"),
    (f"activities/{PITCH}/competencies.xml", r"<idnumber>[\w-]+", "<idnumber>other", "not one of the course"),
    (f"activities/{PITCH}/roles.xml", None, "", "it is missing"),
    ("stray.txt", "", "", "nothing refers to it"),
]


@pytest.mark.parametrize(("path", "old", "new", "said"), FAULTS, ids=[f"{path}-{said}" for path, _, _, said in FAULTS])
def test_the_reader_notices(path: str, old: str | None, new: str, said: str, seeds: Made) -> None:
    try:
        issues = mbz.imported(spoilt(seeds.path, path, old, new)).issues
    except ImportAborted as error:
        issues = list(error.reasons)
    assert [issue for issue in issues if said in issue], issues


def spoilt(package: Path, path: str, old: str | None, new: str) -> bytes:
    """Return a backup with one change: the first match of a pattern in one file, that file gone, or one more."""
    target = io.BytesIO()
    with zipfile.ZipFile(package) as source, zipfile.ZipFile(target, "w") as changed:
        names = source.namelist()
        wanted = next((name for name in names if name == path or (path.endswith("/") and name.startswith(path))), path)
        for name in names:
            content = source.read(name)
            if name == wanted:
                if old is None:
                    continue
                text, count = re.subn(old, new, content.decode(), count=1)
                assert count, f"{old} is not in {name}"
                content = text.encode()
            changed.writestr(name, content)
        if wanted not in names:
            changed.writestr(wanted, new)
    return target.getvalue()


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (r"<reference>.*?<", "<reference>other.zip<", "is no package in it"),
        (r"<sha1hash>\w{6}", "<sha1hash>000000", "its hash is not"),
        ("<updatefreq>0", "<updatefreq>2", "never unpacked"),
        ("<completionstatusrequired>4", "<completionstatusrequired>$@NULL@$", "nothing completes it"),
    ],
)
def test_the_reader_notices_a_scorm_package_that_will_not_run(old: str, new: str, said: str, with_scorm: Made) -> None:
    issues = mbz.imported(spoilt(with_scorm.path, "activities/scorm_100001/scorm.xml", old, new)).issues
    assert [issue for issue in issues if said in issue], issues


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("Taxonomy", "Taxonomy,More", "columns instead of"),
        (',1,"competency', ',0,"competency', "frameworks instead of one"),
        ("board-advisory-451af9", "competency-" + "x" * 100, "one that is cut"),
        ("board-advisory-451af9", "vendor-strategy-04a6ee", "is there twice"),
        (",board-advisory,,1", ",<b>board,,1", "tag in it"),
        (",board-advisory,,1", ",board-advisory,a & b,1", "said to be HTML"),
        ("competency,competency,competency,competency", "thing", "no such taxonomies"),
        ("scaledefault", "skaledefault", "cannot be read"),
        ('""scaledefault"":1', '""scaledefault"":0', "no step that is granted"),
        ("Not yet,", "Not yet,,", "no scale"),
    ],
)
def test_the_reader_notices_a_framework_that_will_not_import(old: str, new: str, said: str, seeds: Made) -> None:
    text = seeds.path.with_name(f"{seeds.course.name}-moodle-competencies.csv").read_text(encoding="utf-8")
    assert old in text
    issues = mbz_framework.imported(text.replace(old, new, 1).encode()).issues
    assert [issue for issue in issues if said in issue], issues


# --- Moodle itself ---


@pytest.fixture
def moodle() -> Path:
    """Return the folder of a Moodle that is installed, for tests that restore into it and delete what they restored."""
    folder = os.environ.get(MOODLE)
    if not folder:
        pytest.skip(f"{MOODLE} names no folder of a Moodle that is installed")
    return Path(folder)


def php(moodle: Path, *arguments: str) -> str:
    """Return what a script says: one line or JSON, and no warning."""
    run = subprocess.run(["php", *arguments], cwd=moodle, capture_output=True, text=True, timeout=600, check=False)
    assert run.returncode == 0, run.stdout + run.stderr
    assert not re.search(r"\b(?:Warning|Notice|Deprecated|Exception|Error)\b", run.stdout + run.stderr), run.stdout
    return run.stdout


@pytest.mark.moodle
@pytest.mark.parametrize("config", [BACKUP, SCORM], ids=["pages", "with scorm"])
def test_a_moodle_restores_what_the_reader_reads(config: Config, moodle: Path, tmp_path: Path) -> None:
    script = str(Path(__file__).with_name("restored.php"))
    for found in made(SEEDS, tmp_path, Selection(staff=True), config):
        table = found.path.with_name(f"{found.course.name}-moodle-competencies.csv")
        framework = json.loads(php(moodle, script, str(moodle), "import", str(table)))["framework"]
        said = php(moodle, "admin/cli/restore_backup.php", f"--file={found.path}", "--categoryid=1")
        course = re.findall(r"course ID: (\d+)", said)[-1]
        restored = json.loads(php(moodle, script, str(moodle), "dump", course, str(framework)))
        _assert_same(found.read, restored)


def _assert_same(read: Course, restored: dict[str, Any]) -> None:
    """A course in Moodle is what the reader said it would be, but for its numbers."""
    assert restored["name"].startswith(read.fullname)  # "… copy 1" where the site has it already
    assert restored["competencies"] == list(read.competencies)
    assert len(restored["sections"]) == len(read.sections)
    numbers: dict[int, str] = {}
    for section, wanted in zip(restored["sections"], read.sections, strict=True):
        assert (section["number"], section["name"]) == (wanted.number, wanted.name)
        numbers |= {found["id"]: found["idnumber"] for found in section["activities"]}
    names = {found.number: found.idnumber for found in read.activities}
    for section, wanted in zip(restored["sections"], read.sections, strict=True):
        assert [numbers[id] for id in section["needs"]] == [names[number] for number in wanted.needs]
        for found, activity in zip(section["activities"], wanted.activities, strict=True):
            assert _same(found) == _same(vars(activity))
            assert [numbers[id] for id in found["needs"]] == [names[number] for number in activity.needs]
            assert {name: found[name] for name in ("view", "pass", "submit")} == {
                name: name in activity.conditions for name in ("view", "pass", "submit")
            }
            assert sorted(map(tuple, found["files"])) == sorted(map(_filed, activity.files))
            assert [(row, [(score, text) for score, text in levels]) for row, levels in found["rubric"]] == [
                (row.description, list(row.levels)) for row in activity.rubric
            ]
            assert "$@" not in found["text"] and found["competencies"] == list(activity.competencies)


def _filed(file: File) -> tuple[str, str, str]:
    return file.area, file.name, sha1(file.content, usedforsecurity=False).hexdigest()


def _same(values: Mapping[str, Any]) -> dict[str, Any]:
    names = ("kind", "name", "idnumber", "visible", "tracked", "most", "to_pass")
    return {name: values[name] for name in names}
