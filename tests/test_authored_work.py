"""Assignments and discussions that are documents, and units that open by a choice of others, in every format."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from tempfile import mkdtemp

import pytest
from folders import written
from lxml import etree
from packages import unzipped, zipped, zipped_folder

from coursewright.audit.inspect import inspect_package
from coursewright.audit.validate import validate_package
from coursewright.building.comparing import compared
from coursewright.building.conversion import read_back
from coursewright.building.pipeline import build, planned, read
from coursewright.building.settings import Config
from coursewright.course.gates import All, Any, Done, each
from coursewright.course.parts import Assignment
from coursewright.course.plan import Selection
from coursewright.findings.finding import Finding, has_errors
from coursewright.packages.documents.moodle.availability import read_availability
from coursewright.packages.documents.scorm.prerequisites import read_expression

COURSE = """\
title = "Bees"
id = "bees"
dialect = "plain"

[[unit]]
slug = "hive"
title = "The hive"
pages = ["hive.md", "essay.md", "paper.md", "talk.md"]

[[unit]]
slug = "smoke"
title = "Smoke"
pages = ["smoke.md"]

[[unit]]
slug = "honey"
title = "Honey"
pages = ["honey.md"]
requires = ["hive"]
opens = { any = ["smoke", "wax"] }

[[unit]]
slug = "wax"
title = "Wax"
pages = ["wax.md"]
"""
ESSAY = """\
---
kind: assignment
title: Essay
key: assignment-1
points: 20
submissions: [text, recording]
rubric:
- title: Clear
  points: 12.5
  text: Everybody understands it
  ratings:
  - {title: Very, points: 12.5, text: No question is left}
  - {title: Hardly, points: 2}
---

Write about [the hive](hive.md) with ![a plan](files/plan.png), and [hand in](files/form.pdf#page=2) the form. See [the talk](talk.md).
"""
PAPER = "---\nkind: assignment\ntitle: On paper\nkey: assignment-2\npoints: 5\nsubmissions: paper\n---\n\nDraw a bee.\n"
TALK = "---\nkind: discussion\ntitle: Talk\nkey: talk-1\n---\n\nShow [your essay](essay.md) and ![the plan](files/plan.png).\n"
PICTURE = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360606060000000050001a5f645400000000049454e44ae426082"
)


@cache
def package(format: str) -> tuple[dict[str, bytes], tuple[Finding, ...]]:
    """Return the files of the course in a format, and what building it found."""
    folder = Path(mkdtemp())
    pages = {
        f"{name}.md": f"# {name}\n\nText, and [the essay](essay.md).\n" for name in ("hive", "smoke", "honey", "wax")
    }
    files = {"files/plan.png": PICTURE, "files/form.pdf": b"%PDF-1.4\n%%EOF\n"}
    source = written(
        folder / "source",
        {"course.toml": COURSE, "essay.md": ESSAY, "paper.md": PAPER, "talk.md": TALK, **pages, **files},
    )
    config = Config(formats=(format,))
    found = build(planned(read([source], config), Selection(), config), config, folder / "out").findings
    made = next(path for path in (folder / "out").iterdir() if path.stem.startswith("bees"))
    return unzipped(made), tuple(found)


def text(format: str, ending: str) -> str:
    """Return the only file of a package whose path ends so."""
    (found,) = [content for path, content in package(format)[0].items() if path.endswith(ending)]
    return found.decode()


@pytest.mark.parametrize(
    "format", ["scorm12", "scorm2004-3rd", "scorm2004-4th", "cc11", "cc12", "cc13", "canvas", "moodle", "site"]
)
def test_every_format_is_built_without_an_error_and_holds_the_files(format: str) -> None:
    files, findings = package(format)
    assert not has_errors(findings)
    assert PICTURE in files.values()
    assert any("Draw a bee." in content.decode(errors="replace") for content in files.values())


def test_canvas_gets_the_ways_to_hand_in_the_rubric_and_the_links() -> None:
    settings = text("canvas", "assignment-1/assignment_settings.xml")
    assert "<submission_types>online_text_entry,media_recording</submission_types>" in settings
    assert "<rubric_use_for_grading>false</rubric_use_for_grading>" in settings  # it gives 12.5 of 20 points
    assert "<submission_types>on_paper</submission_types>" in text("canvas", "assignment-2/assignment_settings.xml")
    rubric = text("canvas", "rubrics.xml")
    assert "<long_description>Everybody understands it</long_description>" in rubric
    assert "<long_description>No question is left</long_description>" in rubric
    body = text("canvas", "assignment-1/assignment.html")
    assert "$WIKI_REFERENCE$" in body and "$CANVAS_OBJECT_REFERENCE$/discussion_topics/" in body
    assert "$IMS-CC-FILEBASE$/bees/plan.png" in body
    assert '"$IMS-CC-FILEBASE$/bees/form.pdf"' in body  # which takes a fragment for a part of the name


def test_the_rubric_comes_back_from_canvas_and_is_not_taken_for_what_counts_as_done(tmp_path: Path) -> None:
    conversion = read_back(zipped(tmp_path / "bees.imscc", package("canvas")[0]), Config())
    parts = [part for unit in conversion.linted.curriculum.units for part in unit.parts]
    (essay,) = [part for part in parts if isinstance(part, Assignment) and part.title == "Essay"]
    (row,) = essay.rubric
    assert (row.title, row.points, row.text) == ("Clear", 12.5, "Everybody understands it")
    assert [(one.title, one.points) for one in row.ratings] == [("Very", 12.5), ("Hardly", 2)]
    assert not essay.criterion


def test_nothing_moves_from_a_section_of_moodle_to_the_module_of_canvas_with_its_title(tmp_path: Path) -> None:
    made = (zipped(tmp_path / "bees.mbz", package("moodle")[0]), zipped(tmp_path / "bees.imscc", package("canvas")[0]))
    found = compared(*(inspect_package(path, marked=True) for path in made)).findings
    assert not [one.text for one in found if one.code == "D605"]


def test_moodle_gets_the_ways_to_hand_in_the_rubric_and_the_files() -> None:
    assign = etree.fromstring(text("moodle", "activities/assign_100002/assign.xml").encode())
    configs = {
        (one.findtext("plugin"), one.findtext("name")): one.findtext("value") for one in assign.iter("plugin_config")
    }
    assert (configs["onlinetext", "enabled"], configs["file", "enabled"]) == ("1", "1")
    grading = etree.fromstring(text("moodle", "activities/assign_100002/grading.xml").encode())
    assert [one.findtext("definition") for one in grading.iter("level")] == ["Hardly", "Very: No question is left"]
    paper = etree.fromstring(text("moodle", "activities/assign_100003/assign.xml").encode())
    assert {one.findtext("value") for one in paper.iter("plugin_config") if one.findtext("plugin") == "file"} == {"0"}
    assert "$@FORUMVIEWBYID*100004@$" in text("moodle", "activities/assign_100002/assign.xml")
    assert "<fileref>" in text("moodle", "activities/forum_100004/inforef.xml")


def test_cartridges_say_how_work_is_handed_in_and_find_its_files() -> None:
    work = text("cc13", "assignment-1.xml")
    assert [part.split('"')[1] for part in work.split("<format ")[1:]] == ["html", "file"]
    assert "$IMS-CC-FILEBASE$/files/plan.png" in work
    assert "submission_formats" not in text("cc13", "assignment-2.xml")
    assert 'src="files/plan.png"' in text("cc11", "talk-1.xml").replace("&quot;", '"')


def test_a_page_of_ours_shows_work_with_its_points_and_its_rubric() -> None:
    (page,) = [content.decode() for path, content in package("scorm12")[0].items() if path.startswith("units/hive")]
    for words in ("Essay", "Everybody understands it", "No question is left", "Draw a bee.", "on paper", "12.5"):
        assert words in page


def test_a_unit_opens_by_a_choice_of_others_where_a_format_can_say_so() -> None:
    manifest = etree.fromstring(text("scorm12", "imsmanifest.xml").encode())
    (expression,) = [str(one.text) for one in manifest.iter("{*}prerequisites")]
    (choice,) = [one for one in each(read_expression(expression)) if isinstance(one, Any)]
    assert [type(one) for one in choice.parts] == [Done, Done]
    (section,) = [content for content in package("moodle")[0].values() if b"availabilityjson>{" in content]
    gate = read_availability(etree.fromstring(section).findtext("availabilityjson") or "")
    assert [len(one.parts) for one in each(gate) if isinstance(one, Any)] == [2]
    assert all(isinstance(part, All | Done) for one in each(gate) if isinstance(one, Any) for part in one.parts)
    rules = etree.fromstring(text("scorm2004-4th", "imsmanifest.xml").encode())
    locks = [one for one in rules.iter("{*}ruleConditions") if one.get("conditionCombination") == "all"]
    assert len(locks) == 8  # four ways in which neither is satisfied, in the menu and for Next
    (page,) = [content.decode() for path, content in package("scorm12")[0].items() if path.startswith("units/honey")]
    assert "completed one of these: Smoke, Wax" in page
    assert "L471" in {found.code for found in package("canvas")[1]}
    assert "L471" not in {found.code for found in package("moodle")[1]}


@pytest.mark.parametrize("format", ["canvas", "moodle", "cc13", "scorm2004-4th"])
def test_what_is_written_is_valid(format: str, tmp_path: Path) -> None:
    folder = written(tmp_path / "package", package(format)[0])
    made = zipped_folder(folder, tmp_path / f"course{'.mbz' if format == 'moodle' else '.zip'}")
    assert [found.text for found in validate_package(made, []).findings if found.severity != "info"] == []


@pytest.mark.parametrize("dialect", ['dialect = "plain"\n', ""])
def test_a_unit_has_the_competencies_that_its_work_shows(tmp_path: Path, dialect: str) -> None:
    work = "---\nkind: assignment\ntitle: Essay\ncompetencies:\n- name: Bees\n- name: Wax\nrubric:\n- name: Clear\n---\n\nWrite.\n"
    unit = (
        '[[unit]]\nid = "a"\ntitle = "A"\npages = ["essay.md"]\ncompetencies = [{ name = "bees", target = "basic" }]\n'
    )
    for name, text in {"essay.md": work, "course.toml": f'title = "T"\n{dialect}\n{unit}'}.items():
        (tmp_path / name).write_text(text)
    config = Config(formats=("canvas", "moodle"))
    linted = read([tmp_path], config)
    assert [row.name for row in linted.curriculum.units[0].competencies] == ["bees", "Wax"]
    built = build(planned(linted, Selection(), config), config, tmp_path / "out")
    assert len(built.written) == 2


def test_links_lead_to_work_from_pages() -> None:
    (html,) = [content.decode() for path, content in package("site")[0].items() if path.startswith("units/smoke")]
    assert "the essay</a>" in html
