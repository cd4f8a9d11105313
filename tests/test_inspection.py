"""What is in a package, and what changes from one to the next: the same course shows in every format that holds it."""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping
from pathlib import Path
from xml.sax.saxutils import escape

import pytest
from conftest import SEEDS, built
from packages import ITEM, PAGE, SMALL, manifest, zipped
from test_cli import run

from coursewright.config import Config
from coursewright.inspection import Inspection, inspect_package
from coursewright.inspection.comparison import Comparison, compare
from coursewright.inspection.outline import Condition, Entry
from coursewright.inspection.shown import as_json, as_text, comparison_as_text

GOLDEN = Path(__file__).parent / "golden" / "tiny"
FIRST, SECOND = "MOD-001-e65471", "PROJ-001-a0fbc4"


def entries(found: Inspection) -> dict[str, Entry]:
    assert found.outline is not None
    return {entry.identifier: entry for entry, _ in found.outline.walk()}


def looked(name: str) -> Inspection:
    return inspect_package(GOLDEN / name)


# --- inspect ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name", ["scorm12", "scorm2004-3rd", "scorm2004-4th", "canvas", "moodle", "cc11", "cc12", "cc13"]
)
def test_a_course_is_shown_with_its_title_and_units_from_every_format(name: str) -> None:
    found = looked(name)
    assert found.outline is not None and found.outline.title == "Bread Baker"
    titles = [entry.title for entry in found.outline.entries]
    first = next(n for n, title in enumerate(titles) if "Flour, Water & Salt" in title)
    second = next(n for n, title in enumerate(titles) if "The First Loaf" in title)
    assert first < second


@pytest.mark.parametrize(
    ("name", "gated", "condition"),
    [
        ("scorm12", SECOND, Condition("is complete", FIRST)),
        ("scorm2004-3rd", SECOND, Condition("is satisfied", FIRST)),
        ("scorm2004-4th", SECOND, Condition("is satisfied", FIRST)),
        ("canvas", SECOND, Condition("is complete", FIRST)),
        ("moodle", "PROJ-001 The First Loaf", Condition("is complete", f"{FIRST}-end")),
    ],
)
def test_the_gate_of_a_unit_is_read_from_each_format_that_locks(name: str, gated: str, condition: Condition) -> None:
    assert entries(looked(name))[gated].gate == (condition,)


def test_what_completes_an_entry_is_said() -> None:
    assert entries(looked("scorm12"))[FIRST].completion == "when it reports so to the LMS"
    canvas = entries(looked("canvas"))
    assert canvas[f"{FIRST}-page-overview"].completion == "when it is viewed"
    assert canvas[FIRST].completion == "with all of its requirements"
    assert entries(looked("moodle"))[f"{SECOND}-act-8af80e3115"].completion == "when the learner ticks it"


def test_entries_have_the_files_that_they_are_made_of_and_their_size() -> None:
    found = looked("scorm12")
    entry = entries(found)[FIRST]
    assert f"units/{FIRST}/index.html" in entry.files
    size = sum((GOLDEN / "scorm12" / file).stat().st_size for file in entry.files)
    assert as_json(found)["entries"][0]["bytes"] == size > 0


def test_the_text_names_units_by_their_titles_and_says_what_it_took_the_package_for() -> None:
    text = "\n".join(as_text(looked("scorm12")))
    assert "SCORM 1.2, since it uses SCORM 1.2's namespace" in text
    assert "opens once “Flour, Water & Salt” is complete" in text


def test_staff_pages_are_shown_as_hidden(tmp_path: Path) -> None:
    from coursewright.plan import Selection

    for format in ("canvas", "moodle", "cc13"):
        report = built(SEEDS, tmp_path / format, Selection(staff=True), Config(formats=(format,)))
        hidden = {
            entry.title
            for package in report.packages
            for entry in entries(inspect_package(tmp_path / format / package.name)).values()
            if entry.hidden
        }
        assert hidden, format


def any_of(*parts: Condition) -> Condition:
    return Condition("any of", parts=parts)


def done(name: str) -> Condition:
    return Condition("is complete", name)


PREREQUISITES = "<adlcp:prerequisites type='aicc_script'>{}</adlcp:prerequisites>"


def one_item(text: str) -> bytes:
    second = '<item identifier="B" identifierref="R"><title>Two</title>' + PREREQUISITES.format(escape(text)) + "</item>"
    return manifest(ITEM + second)


@pytest.mark.parametrize(
    ("text", "gate"),
    [
        ("A", (Condition("is complete", "A"),)),
        ("A|~B", (any_of(Condition("is complete", "A"), Condition("is not complete", "B")),)),
        ('A="passed"&~(A|C)', (Condition("is passed", "A"), Condition("none of", parts=(done("A"), done("C"))))),
        ("2*{A, B, C}", (Condition("at least 2 of", parts=(done("A"), done("B"), done("C"))),)),
        ("~" * 60 + "A", (Condition(f"what cannot be read: {'~' * 60}A"),)),
        ("(A", (Condition("what cannot be read: (A"),)),
        ("", ()),
    ],
)
def test_prerequisites_of_all_forms_are_shown(text: str, gate: tuple[Condition, ...], tmp_path: Path) -> None:
    path = zipped(tmp_path / "p.zip", {**SMALL, "imsmanifest.xml": one_item(text)})
    assert entries(inspect_package(path))["B"].gate == gate


RESTRICTIONS: Mapping[str, tuple[Condition, ...]] = {
    '{"op":"&","c":[{"type":"completion","cm":7,"e":2}],"showc":[true]}': (Condition("is passed", "7"),),
    '{"op":"&","c":[{"type":"date","d":">=","t":1767225600},{"type":"grade","id":3,"min":50}]}': (
        Condition("it is 2026-01-01 00:00 UTC or later"),
        Condition("has a grade of at least 50 %", "grade item 3"),
    ),
    '{"op":"|","c":[{"type":"completion","cm":7,"e":1},{"type":"group","id":4}]}': (
        any_of(done("7"), Condition("the learner is in the group 4 (which is not there)")),
    ),
    '{"op":"&","c":[{"op":"&","c":[{"type":"completion","cm":7,"e":0}]}]}': (Condition("is not complete", "7"),),
    "[1]": (),
    "{": (Condition("what cannot be read"),),
    '{"op":"&","c":"x"}': (),
    '{"op":"&","c":[{"type":"date","d":"<","t":9e99}]}': (Condition("it is before 9e+99"),),
}


@pytest.mark.parametrize("text", RESTRICTIONS)
def test_restrictions_of_moodle_are_shown(text: str, tmp_path: Path) -> None:
    folder = tmp_path / "backup"
    shutil.copytree(GOLDEN / "moodle", folder)
    path = folder / "sections" / "section_102" / "section.xml"
    old = '{"op":"&amp;","c":[{"type":"completion","cm":199999,"e":1}],"showc":[true]}'
    content = path.read_text()
    assert old in content
    path.write_text(content.replace(old, text.replace("&", "&amp;").replace("<", "&lt;")))
    assert entries(inspect_package(folder))["PROJ-001 The First Loaf"].gate == RESTRICTIONS[text]


ROLLED = """<manifest xmlns="http://www.imsglobal.org/xsd/imscp_v1p1" xmlns:imsss="http://www.imsglobal.org/xsd/imsss"
 xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_v1p3" identifier="M"><metadata><schema>ADL SCORM</schema>
<schemaversion>2004 4th Edition</schemaversion></metadata><organizations default="O"><organization identifier="O">
<title>Course</title><item identifier="F"><title>Basics</title><item identifier="A" identifierref="R"><title>One</title></item>
<imsss:sequencing><imsss:rollupRules><imsss:rollupRule childActivitySet="atLeastCount" minimumCount="2"><imsss:rollupConditions>
<imsss:rollupCondition condition="attempted"/><imsss:rollupCondition operator="not" condition="satisfied"/>
</imsss:rollupConditions><imsss:rollupAction action="completed"/></imsss:rollupRule></imsss:rollupRules></imsss:sequencing>
</item></organization></organizations><resources><resource identifier="R" type="webcontent" adlcp:scormType="sco" href="a.html">
<file href="a.html"/></resource></resources></manifest>"""


def test_rules_that_roll_up_a_folder_are_said_in_words(tmp_path: Path) -> None:
    found = inspect_package(zipped(tmp_path / "p.zip", {"imsmanifest.xml": ROLLED.encode(), "a.html": PAGE}))
    assert (
        entries(found)["F"].completion
        == "by rules of its own: complete when at least 2 in it are attempted or not satisfied"
    )
    assert entries(found)["A"].completion == "when it reports so to the LMS, or when it is left without a word"


CMI5 = """<courseStructure xmlns="https://w3id.org/xapi/profiles/cmi5/v1/CourseStructure.xsd">
<course id="https://example.org/c"><title><langstring>Bread</langstring></title>
<description><langstring>How to bake</langstring></description></course>
<block id="https://example.org/b"><title><langstring>Basics</langstring></title><description><langstring/></description>
<au id="https://example.org/a" moveOn="CompletedAndPassed" masteryScore="0.8"><title><langstring>Flour</langstring></title>
<description><langstring/></description><url>a.html?x=1</url></au></block></courseStructure>"""
TINCAN = """<tincan xmlns="http://projecttincan.com/tincan.xsd"><activities>
<activity id="https://example.org/a" type="http://adlnet.gov/expapi/activities/course"><name>Bread</name>
<launch lang="en">a.html</launch></activity>
<activity id="https://example.org/a/1" type="http://adlnet.gov/expapi/activities/module"><name>Flour</name></activity>
</activities></tincan>"""


def test_units_of_cmi5_are_shown_in_their_blocks(tmp_path: Path) -> None:
    found = inspect_package(zipped(tmp_path / "p.zip", {"cmi5.xml": CMI5.encode(), "a.html": PAGE}))
    assert found.outline is not None and found.outline.title == "Bread"
    (block,) = found.outline.entries
    (unit,) = block.children
    assert (unit.identifier, unit.title, unit.files) == ("https://example.org/a", "Flour", ("a.html",))
    assert unit.completion == "when it is complete and passed, passed from a score of 0.8"


def test_activities_of_xapi_are_shown_below_the_one_that_is_launched(tmp_path: Path) -> None:
    found = inspect_package(zipped(tmp_path / "p.zip", {"tincan.xml": TINCAN.encode(), "a.html": PAGE}))
    activity, part = entries(found).values()
    assert (activity.title, activity.kind, activity.files) == ("Bread", "course", ("a.html",))
    assert (part.title, part.kind, activity.children) == ("Flour", "module", (part,))


def test_inspecting_several_packages_as_json_gives_one_document(tmp_path: Path) -> None:
    good, bad = zipped(tmp_path / "good.zip"), tmp_path / "bad.zip"
    bad.write_bytes(b"Rar!" + bytes(99))
    done = run("inspect", good, bad, "--output", "json")
    one, other = json.loads(done.stdout)["packages"]
    assert (one["kind"], one["title"], other["kind"]) == ("SCORM 1.2", "Course", "")
    assert other["findings"][0]["code"] == "P210"
    assert done.returncode == 1


# --- diff -------------------------------------------------------------------------------------------------------------


def compared(tmp_path: Path, old: Mapping[str, bytes], new: Mapping[str, bytes]) -> Comparison:
    paths = zipped(tmp_path / "old.zip", old), zipped(tmp_path / "new.zip", new)
    one, other = (inspect_package(path, marked=True) for path in paths)
    return compare(one, other)


def changes(tmp_path: Path, old: Mapping[str, bytes], new: Mapping[str, bytes]) -> list[tuple[str, str]]:
    return [(found.code, str(found.severity)) for found in compared(tmp_path, old, new).findings]


def items(*names: str) -> Mapping[str, bytes]:
    shown = "".join(f'<item identifier="{name}" identifierref="R"><title>Unit {name}</title></item>' for name in names)
    return {**SMALL, "imsmanifest.xml": manifest(shown)}


@pytest.mark.parametrize("name", sorted(folder.name for folder in GOLDEN.iterdir() if folder.name != "source"))
def test_nothing_changes_from_a_package_to_itself(name: str) -> None:
    found = inspect_package(GOLDEN / name, marked=True)
    assert [one.code for one in compare(found, found).findings] == (["D617"] if name == "moodle" else [])


def test_a_unit_put_between_others_moves_none_of_them(tmp_path: Path) -> None:
    assert changes(tmp_path, items("A", "B", "C"), items("A", "X", "B", "C")) == [("D603", "info")]


def test_the_lost_records_come_first(tmp_path: Path) -> None:
    found = changes(
        tmp_path,
        items("A", "B"),
        {
            **items("X", "B"),
            "new.css": b"p {}",
            "imsmanifest.xml": items("X", "B")["imsmanifest.xml"].replace(b"Unit X", b"Unit A"),
        },
    )
    assert found == [("D601", "error"), ("D615", "info")]


def test_a_gate_on_a_unit_with_a_new_identifier_is_the_same_gate(tmp_path: Path) -> None:
    def course(name: str) -> Mapping[str, bytes]:
        one = f'<item identifier="{name}" identifierref="R"><title>One</title></item>'
        two = f'<item identifier="B" identifierref="R"><title>Two</title>{PREREQUISITES.format(name)}</item>'
        return {**SMALL, "imsmanifest.xml": manifest(one + two)}

    assert changes(tmp_path, course("A"), course("Z")) == [("D601", "error")]


def test_one_thing_shown_twice_is_not_mixed_up(tmp_path: Path) -> None:
    assert changes(tmp_path, items("A", "A"), items("A", "A", "A")) == [("D603", "info")]


def test_the_seeds_with_a_unit_renamed_lose_its_records_in_every_format_that_keeps_any(tmp_path: Path) -> None:
    source = tmp_path / "source"
    shutil.copytree(SEEDS, source)
    path = source / "module-607-partnership-strategy.txt"
    path.write_text(path.read_text(encoding="utf-8").replace("MOD-607", "MOD-617"), encoding="utf-8")
    formats = ("scorm12", "scorm2004", "cc13", "canvas", "moodle")
    for number, folder in enumerate((SEEDS, source)):
        built(folder, tmp_path / str(number), config=Config(formats=formats))
    for one in sorted((tmp_path / "0").glob("principal-*")):
        if one.suffix == ".csv":
            continue
        old, new = (inspect_package(tmp_path / number / one.name, marked=True) for number in "01")
        errors = {found.code for found in compare(old, new).findings if found.severity == "error"}
        assert errors == (set() if "moodle" in one.name else {"D601"}), one.name


def test_the_command_says_who_loses_what_and_fails(tmp_path: Path) -> None:
    old = zipped(tmp_path / "old.zip", items("A"))
    new = zipped(
        tmp_path / "new.zip", {**SMALL, "imsmanifest.xml": items("Z")["imsmanifest.xml"].replace(b"Unit Z", b"Unit A")}
    )
    done = run("diff", old, new)
    assert "error D601 “Unit A” was A and is Z" in done.stdout
    assert "Keep the old identifier" in done.stdout
    assert done.returncode == 1
    assert run("diff", old, new, "--ignore", "D601").returncode == 0
    assert json.loads(run("diff", old, new, "--output", "json").stdout)["changes"][0]["code"] == "D601"
    same = run("diff", old, old)
    assert "nothing changes" in same.stdout and same.returncode == 0


def test_what_is_no_package_cannot_be_compared(tmp_path: Path) -> None:
    good, bad = zipped(tmp_path / "good.zip"), tmp_path / "bad.zip"
    bad.write_bytes(b"<html>")
    done = run("diff", good, bad)
    assert done.returncode == 2 and "P210" in done.stderr


def test_long_lists_are_cut_in_the_text_and_whole_in_json(tmp_path: Path) -> None:
    found = compared(tmp_path, items(*(f"A{number}" for number in range(99))), items("B"))
    text = "\n".join(comparison_as_text(found))
    assert "and 69 more (--output json)" in text
    assert len(found.findings) == 100
