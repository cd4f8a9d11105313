"""What is in a package, and what changes from one to the next: the same course shows in every format that holds it."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from xml.sax.saxutils import escape
from zipfile import ZIP_STORED

import pytest
from conftest import SEEDS, built
from packages import ITEM, PAGE, SMALL, manifest, zipped, zipped_folder
from test_cli import run

from coursewright.audit.changed import comparison_as_json, comparison_as_text
from coursewright.audit.diff.comparison import compare
from coursewright.audit.diff.values import Comparison
from coursewright.audit.inspect import Inspection, inspect_package
from coursewright.audit.shown import as_json, as_text
from coursewright.building.settings import Config
from coursewright.course.gates import (
    OPEN,
    All,
    Any,
    AtLeast,
    Belongs,
    Date,
    Done,
    Foreign,
    Gate,
    Not,
    Score,
    Status,
    Unknown,
    mentioned,
)
from coursewright.course.outline import Entry
from coursewright.packages.documents.canvas.modules import CanvasModule
from coursewright.packages.gate_words import in_words
from coursewright.packages.words import duration

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
    ("name", "gated", "gate"),
    [
        ("scorm12", SECOND, Done(FIRST)),
        ("scorm2004-3rd", SECOND, Done(FIRST, Status.SATISFIED)),
        ("scorm2004-4th", SECOND, Done(FIRST, Status.SATISFIED)),
        ("canvas", SECOND, Done(FIRST)),
        ("moodle", "PROJ-001 The First Loaf", Done("MOD-001 Flour, Water & Salt")),
    ],
)
def test_the_gate_of_a_unit_is_read_from_each_format_that_locks(name: str, gated: str, gate: Gate) -> None:
    assert entries(looked(name))[gated].gate == gate


def test_a_section_that_waits_for_part_of_another_names_the_activities(tmp_path: Path) -> None:
    folder = tmp_path / "backup"
    shutil.copytree(GOLDEN / "moodle", folder)
    path = folder / "sections" / "section_102" / "section.xml"
    text = path.read_text()
    path.write_text(re.sub(r'\{"type":"completion","cm":\d+,"e":1\},', "", text, count=1))
    assert path.read_text() != text
    gate = entries(inspect_package(folder))["PROJ-001 The First Loaf"].gate
    assert isinstance(gate, All) and all(name.startswith(f"{FIRST}-") for name in mentioned(gate))


def test_a_gate_on_the_page_that_ends_a_unit_is_the_gate_on_its_work(tmp_path: Path) -> None:
    folder = tmp_path / "backup"
    shutil.copytree(GOLDEN / "moodle", folder)
    path = folder / "sections" / "section_102" / "section.xml"
    older = escape('{"op":"&","c":[{"type":"completion","cm":199999,"e":1}],"showc":[true]}')
    new = f"<availabilityjson>{older}</availabilityjson>"
    path.write_text(re.sub("<availabilityjson>.*</availabilityjson>", lambda _: new, path.read_text()))
    before, now = (inspect_package(one, marked=True) for one in (folder, GOLDEN / "moodle"))
    assert entries(before)["PROJ-001 The First Loaf"].gate == entries(now)["PROJ-001 The First Loaf"].gate
    assert not [one for one in compare(before, now).findings if one.code in ("D607", "D608")]


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
    from coursewright.course.plan import Selection

    for format in ("canvas", "moodle", "cc13"):
        report = built(SEEDS, tmp_path / format, Selection(staff=True), Config(formats=(format,)))
        hidden = {
            entry.title
            for package in report.packages
            for entry in entries(inspect_package(tmp_path / format / package.name)).values()
            if entry.hidden
        }
        assert hidden, format


PREREQUISITES = "<adlcp:prerequisites type='aicc_script'>{}</adlcp:prerequisites>"


def one_item(text: str) -> bytes:
    second = (
        '<item identifier="B" identifierref="R"><title>Two</title>' + PREREQUISITES.format(escape(text)) + "</item>"
    )
    return manifest(ITEM + second)


@pytest.mark.parametrize(
    ("text", "gate"),
    [
        ("A", Done("A")),
        ("A|~B", Any((Done("A"), Not(Done("B"))))),
        ('A="passed"&~(A|C)', All((Done("A", Status.PASSED), Not(Any((Done("A"), Done("C"))))))),
        ("2*{A, B, C}", AtLeast(2, (Done("A"), Done("B"), Done("C")))),
        ("A&(B&A)", All((Done("A"), Done("B")))),
        ("~" * 60 + "A", Done("A")),
        ("(A", Unknown("(A")),
        ("", OPEN),
    ],
)
def test_prerequisites_of_all_forms_are_shown(text: str, gate: Gate, tmp_path: Path) -> None:
    path = zipped(tmp_path / "p.zip", {**SMALL, "imsmanifest.xml": one_item(text)})
    assert entries(inspect_package(path))["B"].gate == gate


RESTRICTIONS: Mapping[str, Gate] = {
    '{"op":"&","c":[{"type":"completion","cm":7,"e":2}],"showc":[true]}': Done("7", Status.PASSED),
    '{"op":"&","c":[{"type":"date","d":">=","t":1767225600},{"type":"grade","id":3,"min":50}]}': All(
        (Date(datetime(2026, 1, 1, tzinfo=UTC)), Score("grade item 3", minimum=50.0, in_percent=True))
    ),
    '{"op":"|","c":[{"type":"completion","cm":7,"e":1},{"type":"group","id":4}]}': Any(
        (Done("7"), Belongs("group", "4"))
    ),
    '{"op":"&","c":[{"op":"&","c":[{"type":"completion","cm":7,"e":0}]}]}': Not(Done("7")),
    "[1]": OPEN,
    "{": Unknown(),
    '{"op":"&","c":"x"}': OPEN,
    '{"op":"&","c":[{"type":"date","d":"<","t":9e99}]}': Date("9e+99", before=True),
}


@pytest.mark.parametrize("text", RESTRICTIONS)
def test_restrictions_of_moodle_are_shown(text: str, tmp_path: Path) -> None:
    folder = tmp_path / "backup"
    shutil.copytree(GOLDEN / "moodle", folder)
    path = folder / "sections" / "section_102" / "section.xml"
    new = f"<availabilityjson>{escape(text)}</availabilityjson>"
    content, count = re.subn("<availabilityjson>.*</availabilityjson>", lambda _: new, path.read_text())
    assert count == 1
    path.write_text(content)
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
    assert (
        entries(found)["A"].completion
        == "when it reports so to the LMS, or when the learner leaves it without a report"
    )


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


def moodle_with(folder: Path, changed: Mapping[str, Mapping[str, str]]) -> Path:
    """Return a copy of the small Moodle backup, with texts of its documents changed."""
    shutil.copytree(GOLDEN / "moodle", folder)
    for name, texts in changed.items():
        content = (folder / name).read_text(encoding="utf-8")
        for old, new in texts.items():
            assert old in content
            content = content.replace(old, new)
        (folder / name).write_text(content, encoding="utf-8")
    return folder


OLDER = """<availablefrom>1893456000</availablefrom><availableuntil>0</availableuntil><availability_info>
<availability id="1"><sourcecmid>100001</sourcecmid><requiredcompletion>1</requiredcompletion>
<gradeitemid>$@NULL@$</gradeitemid></availability>
<availability id="2"><sourcecmid>$@NULL@$</sourcecmid><gradeitemid>100002</gradeitemid><grademin>75.00000</grademin>
<grademax>$@NULL@$</grademax></availability>
<availability_field id="1"><userfield>email</userfield><operator>contains</operator><value>frog</value></availability_field>
</availability_info><groupmembersonly>1</groupmembersonly>"""


def test_restrictions_of_moodles_older_form_are_shown(tmp_path: Path) -> None:
    none = "<availability>$@NULL@$</availability>"
    path = moodle_with(tmp_path / "backup", {"activities/page_200002/module.xml": {none: OLDER}})
    text = "\n".join(as_text(inspect_package(path)))
    assert (
        "opens once it is 2030-01-01 00:00 UTC or later and the learner is in any group and “Overview: Flour, Water"
        " & Salt” is complete and “MOD-001 Lab 1: Knead by hand” has a grade of at least 75 % and the learner's e-mail address contains “frog”"
    ) in text


def test_restrictions_within_others_name_what_they_are_about(tmp_path: Path) -> None:
    tree = {
        "op": "|",
        "c": [
            {"type": "completion", "cm": 100001, "e": 1},
            {"op": "&", "c": [{"type": "grade", "id": 100002, "max": 25}, {"type": "group", "id": 4}]},
            {"type": "xp", "level": 3},
        ],
    }
    groups = "<groups><group id='4'><name>Night shift</name></group>"
    availability = f"<availability>{escape(json.dumps(tree))}</availability>"
    path = moodle_with(
        tmp_path / "backup",
        {
            "activities/page_200002/module.xml": {"<availability>$@NULL@$</availability>": availability},
            "groups.xml": {"<groups>": groups},
        },
    )
    assert (
        "opens once “Overview: Flour, Water & Salt” is complete or (“MOD-001 Lab 1: Knead by hand” has a grade below 25 % and the learner is"
        " in the group “Night shift”) or a condition of the type “xp” holds, which is not understood"
    ) in "\n".join(as_text(inspect_package(path)))


def test_restrictions_that_are_nested_without_end_are_given_up(tmp_path: Path) -> None:
    tree = '{"op":"|","c":[' * 300 + '{"type":"group"},{"type":"group"}' + "]}" * 300
    availability = f"<availability>{tree}</availability>"
    path = moodle_with(
        tmp_path / "backup",
        {"activities/page_200002/module.xml": {"<availability>$@NULL@$</availability>": availability}},
    )
    assert "what cannot be read" in "\n".join(as_text(inspect_package(path)))


def test_what_is_to_be_had_for_an_activity_is_said(tmp_path: Path) -> None:
    lab = "MOD-001-e65471-lab-c074b4ee26"
    assert {name: entries(looked(name))[item].mark for name, item in (("moodle", lab), ("canvas", lab))} == {
        "moodle": "100 points",
        "canvas": "100 points",
    }
    assert entries(looked("cc13"))[f"{lab}-item"].mark == "100 points"
    path = moodle_with(tmp_path / "backup", {f"activities/assign_100002/{GRADES[0]}": GRADES[1]})
    assert entries(inspect_package(path))[lab].mark == "passed from 75 of 100"
    assert entries(inspect_package(path))[lab].completion == "when it is handed in"


GRADES = "grades.xml", {"<gradepass>0.00000<": "<gradepass>75.00000<"}


def test_faults_are_marked_where_they_are_seen(tmp_path: Path) -> None:
    two = f'<item identifier="B" identifierref="S"><title>Two</title>{PREREQUISITES.format("B&amp;C")}</item>'
    three = '<item identifier="D" identifierref="T"><title>Three</title></item>'
    gone = '<resource identifier="S" type="webcontent" adlcp:scormtype="sco" href="gone.html"><file href="gone.html"/></resource>'
    path = zipped(tmp_path / "p.zip", {**SMALL, "imsmanifest.xml": manifest(ITEM + two + three, gone)})
    text = "\n".join(as_text(inspect_package(path)))
    assert "- Two  [SCO, file missing, B]" in text
    assert "opens once “Two” (itself) and “C” (which is not there) are complete" in text
    assert "- Three  [nothing, leads to nothing, D]" in text


SEQUENCED = """<manifest xmlns="http://www.imsglobal.org/xsd/imscp_v1p1" xmlns:imsss="http://www.imsglobal.org/xsd/imsss"
 xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_v1p3" xmlns:adlseq="http://www.adlnet.org/xsd/adlseq_v1p3" identifier="M">
<metadata><schema>ADL SCORM</schema><schemaversion>2004 4th Edition</schemaversion></metadata>
<organizations default="O"><organization identifier="O"><title>Course</title>
<item identifier="A" identifierref="R"><title>One</title><imsss:sequencing>
<imsss:objectives><imsss:primaryObjective objectiveID="done"/></imsss:objectives>
<adlseq:objectives><adlseq:objective objectiveID="done">
<adlseq:mapInfo targetObjectiveID="one" writeCompletionStatus="true"/></adlseq:objective></adlseq:objectives>
</imsss:sequencing></item>
<item identifier="B" identifierref="R"><title>Two</title><imsss:sequencing><imsss:sequencingRules>
<imsss:preConditionRule><imsss:ruleConditions><imsss:ruleCondition referencedObjective="one" operator="not"
 condition="completed"/></imsss:ruleConditions><imsss:ruleAction action="disabled"/></imsss:preConditionRule>
<imsss:preConditionRule><imsss:ruleConditions conditionCombination="any"><imsss:ruleCondition condition="satisfied"/>
<imsss:ruleCondition condition="attempted"/></imsss:ruleConditions><imsss:ruleAction action="skip"/></imsss:preConditionRule>
<imsss:preConditionRule><imsss:ruleConditions><imsss:ruleCondition condition="always"/></imsss:ruleConditions>
<imsss:ruleAction action="hiddenFromChoice"/></imsss:preConditionRule></imsss:sequencingRules>
<imsss:objectives><imsss:primaryObjective objectiveID="own"/><imsss:objective objectiveID="one"/></imsss:objectives>
<adlseq:objectives><adlseq:objective objectiveID="one"><adlseq:mapInfo targetObjectiveID="one"/></adlseq:objective>
</adlseq:objectives></imsss:sequencing></item></organization></organizations><resources>
<resource identifier="R" type="webcontent" adlcp:scormType="sco" href="a.html"><file href="a.html"/></resource>
</resources></manifest>"""


def test_rules_that_share_completion_skip_and_hide_are_said_in_words(tmp_path: Path) -> None:
    path = zipped(tmp_path / "p.zip", {"imsmanifest.xml": SEQUENCED.encode(), "a.html": PAGE})
    lines = list(as_text(inspect_package(path)))
    assert "    opens once “One” is complete" in lines
    assert "    is skipped while “Two” is satisfied or “Two” was attempted" in lines
    assert "    is never in the menu" in lines


def test_questions_are_shown_by_their_titles(tmp_path: Path) -> None:
    document = """<manifest xmlns="http://www.imsglobal.org/xsd/imscp_v1p1" identifier="M"><metadata/><organizations/>
<resources><resource identifier="Q" type="imsqti_item_xmlv2p1" href="q.xml"><file href="q.xml"/></resource></resources>
</manifest>"""
    item = b'<assessmentItem xmlns="http://www.imsglobal.org/xsd/imsqti_v2p1" identifier="Q" title="Which flour?"/>'
    found = inspect_package(zipped(tmp_path / "p.zip", {"imsmanifest.xml": document.encode(), "q.xml": item}))
    assert entries(found)["Q"].title == "Which flour?"


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("PT50H", "50 hours"),
        ("PT1H30M", "1 hour 30 minutes"),
        ("P1DT2H", "1 day 2 hours"),
        ("P", "P"),
        ("a week", "a week"),
    ],
)
def test_durations_are_said_in_words(written: str, shown: str) -> None:
    assert duration(written) == shown


@pytest.mark.parametrize(
    ("moment", "said"),
    [("2019-09-01T04:00:00Z", "2019-09-01 04:00 UTC"), ("2019-09-01T04:00", "2019-09-01 04:00 UTC"), ("soon", "soon")],
)
def test_moments_of_canvas_are_said_in_words(moment: str, said: str) -> None:
    gate = CanvasModule(unlock_at=moment).gate
    assert in_words(gate, {}) == f"it is {said} or later"


def test_what_entries_share_is_counted_once(tmp_path: Path) -> None:
    path = zipped(tmp_path / "p.zip", styled("p {}"))
    lines = list(as_text(inspect_package(path)))
    assert any(line.endswith("shared: 4 bytes") for line in lines)
    assert f"- One  [SCO, {len(PAGE)} bytes, A] completed when it reports so to the LMS" in lines


def styled(style: str) -> Mapping[str, bytes]:
    """Return a package of two units that have one stylesheet."""
    two = '<item identifier="B" identifierref="S"><title>Two</title></item>'
    files = '<file href="b.html"/><file href="look.css"/>'
    other = f'<resource identifier="S" type="webcontent" adlcp:scormtype="sco" href="b.html">{files}</resource>'
    document = manifest(ITEM + two, other).replace(
        b'<file href="a.html"/>', b'<file href="a.html"/><file href="look.css"/>'
    )
    return {"imsmanifest.xml": document, "a.html": PAGE, "b.html": PAGE, "look.css": style.encode()}


def test_what_inspect_does_not_show_is_to_be_had_from_validate(tmp_path: Path) -> None:
    path = zipped(tmp_path / "p.zip", {**SMALL, "script.py": b"print()"})
    done = run("inspect", path)
    assert "see coursewright validate" in done.stderr and done.returncode == 0


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
    assert "error D601 “Unit A” was A and is now Z" in done.stdout
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
    assert "and 69 more (--verbose)" in text
    assert len(found.findings) == 100


def folder(identifier: str, title: str, *titles: str) -> str:
    """Return a folder of a menu with units in it, whose identifiers follow from its own."""
    units = "".join(
        f'<item identifier="{identifier}-{n}" identifierref="R"><title>{one}</title></item>'
        for n, one in enumerate(titles)
    )
    return f'<item identifier="{identifier}"><title>{title}</title>{units}</item>'


def menu(*parts: str) -> Mapping[str, bytes]:
    return {**SMALL, "imsmanifest.xml": manifest("".join(parts))}


def test_each_of_several_entries_of_one_title_is_told_of_with_where_it_was(tmp_path: Path) -> None:
    kept = folder("A", "Flour", "Overview")
    found = compared(
        tmp_path, menu(kept, folder("B", "Salt", "Overview"), folder("C", "Yeast", "Overview")), menu(kept)
    )
    assert [one.text for one in found.findings if one.severity == "warning"] == [
        "“Overview” in “Salt” (SCO) is gone",
        "“Overview” in “Yeast” (SCO) is gone",
    ]


ITEM_TITLED = '<item identifier="I{}" identifierref="R"><title>{}</title></item>'


def items_titled(*titles: str) -> Mapping[str, bytes]:
    """Return a package whose items are known by their numbers."""
    return menu(*(ITEM_TITLED.format(number, title) for number, title in enumerate(titles, start=1)))


@pytest.mark.parametrize(
    ("order", "lost"),
    [
        ("Water Flour Salt Yeast", 2),
        ("Water Salt Flour Yeast", 3),
        ("Malt Flour Water Salt Yeast", 4),
        ("Rye Water", 0),
    ],
)
def test_records_change_owner_where_an_identifier_names_another_thing(order: str, lost: int, tmp_path: Path) -> None:
    found = changes(tmp_path, items_titled("Flour", "Water", "Salt", "Yeast"), items_titled(*order.split()))
    assert [one for one in found if one[0] == "D624"] == [("D624", "error")] * lost


def test_unrelated_pages_of_one_title_are_not_taken_for_each_other(tmp_path: Path) -> None:
    old = menu(folder("A", "Flour", "Overview"), folder("B", "MOD-104 Wintering", "MOD-104 Activities", "Activities"))
    new = menu(folder("A", "Flour", "Overview"), folder("C", "MOD-105 Swarming", "MOD-105 Activities", "Activities"))
    assert {code for code, _ in changes(tmp_path, old, new)} == {"D602", "D603"}


def test_a_telling_title_is_known_again_elsewhere(tmp_path: Path) -> None:
    old = menu(folder("A", "MOD-103 Flour", "MOD-103 Jar inspection"), folder("B", "MOD-104 Salt", "Overview"))
    new = menu(folder("A", "MOD-103 Flour"), folder("B", "MOD-104 Salt", "Overview", "MOD-104 Jar inspection"))
    (finding,) = compared(tmp_path, old, new).findings
    assert finding.text == (
        "“MOD-104 Jar inspection” was A-0 in “MOD-103 Flour” and is now B-1 in “MOD-104 Salt”: to an LMS it is a different one"
    )


def test_a_renumbered_unit_is_one_line_for_each_record_that_is_lost(tmp_path: Path) -> None:
    old = menu(folder("A", "PROJ-201 One hive", "PROJ-201 Overview", "PROJ-201 Diary"))
    new = menu(folder("B", "PROJ-202 One hive", "PROJ-202 Overview", "PROJ-202 Diary"))
    assert changes(tmp_path, old, new) == [("D601", "error"), ("D601", "error"), ("D601", "info")]


def gated(*gates: tuple[str, str]) -> Mapping[str, bytes]:
    """Return a package of units with what they wait for."""
    return menu(
        *(
            f'<item identifier="{name}" identifierref="R"><title>Unit {name}</title>{PREREQUISITES.format(gate) if gate else ""}</item>'
            for name, gate in gates
        )
    )


def test_what_had_to_be_complete_anyway_locks_nobody_out(tmp_path: Path) -> None:
    old = gated(("A", ""), ("B", "A"), ("C", "B"))
    assert changes(tmp_path, old, gated(("A", ""), ("C", "A"))) == [
        ("D602", "warning"),
        ("D607", "info"),
        ("D608", "info"),
    ]
    assert changes(tmp_path, old, gated(("A", ""), ("B", "A"), ("C", "A&amp;B"))) == [("D607", "info")]
    assert changes(tmp_path, gated(("A", ""), ("B", "A"), ("C", "A&amp;B")), old) == []


def test_either_of_two_locks_less_than_both(tmp_path: Path) -> None:
    both, either = gated(("A", ""), ("B", ""), ("C", "A&amp;B")), gated(("A", ""), ("B", ""), ("C", "A|B"))
    assert changes(tmp_path, both, either) == [("D607", "info"), ("D608", "info")]
    assert changes(tmp_path, either, both) == [("D607", "warning")]


def test_another_kind_of_package_loses_records_and_changes_no_gate(tmp_path: Path) -> None:
    old, new = (inspect_package(GOLDEN / name, marked=True) for name in ("scorm12", "scorm2004-4th"))
    found = compare(old, new)
    assert {one.code for one in found.findings} == {"D616", "D614"}
    assert found.findings[0].severity == "error"
    assert next(comparison_as_text(found)).endswith(": SCORM 1.2 → SCORM 2004 4th edition")
    later = compare(inspect_package(GOLDEN / "scorm2004-3rd", marked=True), new)
    assert [one.severity for one in later.findings if one.code == "D616"] == ["warning"]


def test_changes_of_metadata_alone_are_told(tmp_path: Path) -> None:
    new = {**SMALL, "imsmanifest.xml": SMALL["imsmanifest.xml"].replace(b'"O"', b'"P"')}
    found = compared(tmp_path, SMALL, new)
    assert [one.text for one in found.findings] == ["the course's organization was “O” and is now “P”"]
    assert found.files.changed == ("imsmanifest.xml",)
    same = compared(tmp_path, SMALL, {**SMALL, "imsmanifest.xml": SMALL["imsmanifest.xml"] + b"\n"})
    assert list(comparison_as_text(same))[-2:] == [
        "files changed (1): imsmanifest.xml",
        "nothing changes for learners and teachers",
    ]


def test_a_manifest_alone_lacks_no_files(tmp_path: Path) -> None:
    alone = tmp_path / "imsmanifest.xml"
    alone.write_bytes(SMALL["imsmanifest.xml"])
    package = zipped(tmp_path / "old.zip", {**SMALL, "more.css": b""})
    found = compare(*(inspect_package(path, marked=True) for path in (package, alone)))
    assert found.findings == [] and found.files.removed == ()


@pytest.mark.parametrize(
    ("name", "manifest_of_it"),
    [("scorm12", "imsmanifest.xml"), ("canvas", "imsmanifest.xml"), ("moodle", "moodle_backup.xml")],
)
def test_a_package_and_its_manifest_alone_are_the_same(name: str, manifest_of_it: str) -> None:
    done = run("diff", GOLDEN / name, GOLDEN / name / manifest_of_it, "--ignore", "D617")
    assert "only the manifests are compared" in done.stdout
    assert done.stdout.endswith("nothing changes\n")


def test_a_file_that_several_entries_share_differs_once(tmp_path: Path) -> None:
    assert changes(tmp_path, styled("p {}"), styled("p { color: navy }")) == [("D621", "info")]


def test_a_position_in_canvas_and_a_number_in_moodle_is_no_content(tmp_path: Path) -> None:
    canvas = tmp_path / "canvas"
    shutil.copytree(GOLDEN / "canvas", canvas)
    settings = canvas / "MOD-001-e65471-lab-c074b4ee26" / "assignment_settings.xml"
    settings.write_text(settings.read_text().replace("<position>1<", "<position>9<"))
    found = compare(inspect_package(GOLDEN / "canvas", marked=True), inspect_package(canvas, marked=True))
    assert found.findings == [] and len(found.files.changed) == 1

    moodle = moodle_with(tmp_path / "moodle", {"moodle_backup.xml": {"assign_100002": "assign_777"}})
    (moodle / "activities" / "assign_100002").rename(moodle / "activities" / "assign_777")
    own = moodle / "activities" / "assign_777" / "assign.xml"
    own.write_text(own.read_text().replace('id="100002"', 'id="777"'))
    found = compare(inspect_package(GOLDEN / "moodle", marked=True), inspect_package(moodle, marked=True))
    assert [one.code for one in found.findings] == ["D617"]


def test_another_pass_mark_in_moodle_is_told(tmp_path: Path) -> None:
    path = moodle_with(tmp_path / "backup", {f"activities/assign_100002/{GRADES[0]}": GRADES[1]})
    found = compare(inspect_package(GOLDEN / "moodle", marked=True), inspect_package(path, marked=True))
    assert (
        "the grading of “MOD-001 Lab 1: Knead by hand” has changed; now: passed from 75 of 100; before: 100 points"
        in [one.text for one in found.findings]
    )


def test_nobody_has_completed_a_section_that_is_restored_anew(tmp_path: Path) -> None:
    old = shutil.copytree(GOLDEN / "moodle", tmp_path / "old")
    contents = old / "moodle_backup.xml"
    gone = re.sub(
        r"<activity>(?:(?!</activity>).)*assign_100002.*?</activity>", "", contents.read_text(), flags=re.DOTALL
    )
    contents.write_text(gone)
    found = compare(inspect_package(old, marked=True), inspect_package(GOLDEN / "moodle", marked=True))
    assert "D603" in {one.code for one in found.findings} and "D622" not in {one.code for one in found.findings}


def test_dates_and_attempts_in_canvas_are_told_as_they_were_and_are(tmp_path: Path) -> None:
    course = shutil.copytree(GOLDEN / "canvas", tmp_path / "canvas")
    (work,) = course.glob("MOD-001-e65471-lab-c074b4ee26/assignment_settings.xml")
    dates = "<due_at>2026-01-01T12:00:00</due_at><allowed_attempts>3</allowed_attempts>"
    work.write_text(re.sub(r"<due_at ?/>", "", work.read_text()).replace("</assignment>", f"{dates}</assignment>"))
    found = compare(inspect_package(GOLDEN / "canvas", marked=True), inspect_package(course, marked=True))
    (told,) = [one.text for one in found.findings if one.code == "D640"]
    assert told.endswith("has changed: due: 2026-01-01 12:00 UTC, was no date; attempts allowed: 3, was no limit")


def test_changes_say_in_json_which_entry_they_are_about(tmp_path: Path) -> None:
    old, new = menu(folder("A", "Flour", "Milling", "Sieving")), menu(folder("A", "Flour", "Milling"))
    (change,) = comparison_as_json(compared(tmp_path, old, new))["changes"]
    assert (change["code"], change["identifier"], change["title"]) == ("D602", "A-1", "Sieving")
    assert change["parent"] == {"identifier": "A", "title": "Flour"}


def test_long_menus_of_one_title_are_compared_entry_by_entry(tmp_path: Path) -> None:
    many = [(f"A{number}", f"A{number - 1}" if number else "") for number in range(1_500)]
    others = [(f"B{number}", f"B{number - 1}" if number else "") for number in range(1_500)]
    assert len(changes(tmp_path, gated(*many), gated(*others))) == 3_000
    assert len(changes(tmp_path, gated(*many), gated(*many[:1], *((name, "") for name, _ in many[1:])))) == 1_499


def test_activities_that_moodle_numbered_anew_are_known_by_what_they_are(tmp_path: Path) -> None:
    def backup(name: str, *numbered: tuple[int, str]) -> Path:
        activities = "".join(
            f"<activity><moduleid>{number}</moduleid><sectionid>1</sectionid><modulename>page</modulename>"
            f"<title>{title}</title><directory>activities/page_{number}</directory></activity>"
            for number, title in numbered
        )
        document = f"<moodle_backup><information><contents><activities>{activities}</activities></contents></information></moodle_backup>"
        pages = {
            f"activities/page_{number}/page.xml": f"<page><name>{title}</name></page>" for number, title in numbered
        }
        files = {"moodle_backup.xml": document, **pages}
        return zipped(tmp_path / name, {name: text.encode() for name, text in files.items()})

    old = backup("old.mbz", (5, "Flour mills"), (6, "Salt mines"), (7, "Yeast"))
    new = backup("new.mbz", (6, "Flour mills"), (5, "Salt mines"), (7, "Yeast and time"))
    found = compare(*(inspect_package(path, marked=True) for path in (old, new)))
    assert sorted(one.code for one in found.findings) == ["D604", "D617"]


# --- what strangers write ---------------------------------------------------------------------------------------------

BRACED = """<manifest xmlns="http://www.imsglobal.org/xsd/imscp_v1p1" xmlns:imsss="http://www.imsglobal.org/xsd/imsss"
 identifier="M"><metadata><schemaversion>2004 4th Edition</schemaversion></metadata><organizations><organization>
<item identifier="A" identifierref="R"><title>One</title><imsss:sequencing><imsss:sequencingRules><imsss:preConditionRule>
<imsss:ruleConditions><imsss:ruleCondition condition="{x}{threshold.__class__}"/></imsss:ruleConditions>
<imsss:ruleAction action="disabled"/></imsss:preConditionRule></imsss:sequencingRules></imsss:sequencing></item>
</organization></organizations><resources><resource identifier="R" type="webcontent" href="a.html"/></resources></manifest>"""


def test_braces_in_a_condition_are_text(tmp_path: Path) -> None:
    path = zipped(tmp_path / "p.zip", {"imsmanifest.xml": BRACED.encode(), "a.html": PAGE})
    found = inspect_package(path)
    assert entries(found)["A"].gate == Not(Foreign("{x}{threshold.__class__}", "A"))
    assert "    opens once “One” (itself) is not {x}{threshold.__class__}" in list(as_text(found))


def test_braces_in_a_requirement_are_text(tmp_path: Path) -> None:
    folder = tmp_path / "canvas"
    shutil.copytree(GOLDEN / "canvas", folder)
    path = folder / "course_settings" / "module_meta.xml"
    path.write_text(path.read_text().replace('type="must_view"', 'type="{x}"'))
    assert entries(inspect_package(folder))[f"{FIRST}-page-overview"].completion == "{x}"


def test_what_is_no_address_leads_nowhere(tmp_path: Path) -> None:
    document = manifest().replace(b'href="a.html"', b'href="//[x"')
    found = inspect_package(zipped(tmp_path / "p.zip", {**SMALL, "imsmanifest.xml": document}))
    assert entries(found)["A"].address == "//[x"


def test_items_of_one_identifier_keep_their_own_files(tmp_path: Path) -> None:
    more = '<resource identifier="S" type="webcontent" adlcp:scormtype="sco" href="b.html"><file href="b.html"/></resource>'
    two = '<item identifier="A" identifierref="S"><title>Two</title></item>'
    files = {**SMALL, "imsmanifest.xml": manifest(ITEM + two, more), "b.html": PAGE}
    outline = inspect_package(zipped(tmp_path / "p.zip", files)).outline
    assert outline is not None
    assert [(entry.title, entry.files) for entry in outline.entries] == [("One", ("a.html",)), ("Two", ("b.html",))]


def test_large_files_are_compared_whole(tmp_path: Path) -> None:
    videos = {"old": bytes(21_000_000), "new": bytes(20_999_999) + b"x"}
    one, other = (
        inspect_package(zipped(tmp_path / f"{name}.zip", {**SMALL, "video.mp4": video}, ZIP_STORED), marked=True)
        for name, video in videos.items()
    )
    assert compare(one, other).files.changed == ("video.mp4",)


def test_a_zip_and_its_folder_are_the_same(tmp_path: Path) -> None:
    one = inspect_package(GOLDEN / "scorm12", marked=True)
    other = inspect_package(zipped_folder(GOLDEN / "scorm12", tmp_path / "p.zip"), marked=True)
    assert not compare(one, other).findings


def test_one_document_that_many_activities_name_is_held_once(tmp_path: Path) -> None:
    folder = tmp_path / "backup"
    shutil.copytree(GOLDEN / "moodle", folder)
    path = folder / "moodle_backup.xml"
    more = "".join(
        f"<activity><moduleid>{n}</moduleid><sectionid>101</sectionid><modulename>page</modulename><title>x</title>"
        "<directory>activities/page_1</directory></activity>"
        for n in range(3_000)
    )
    path.write_text(path.read_text().replace("</activities>", f"{more}</activities>"))
    module = folder / "activities" / "page_1" / "module.xml"
    module.write_text(module.read_text().replace("<tags/>", f"<tags>{'<t/>' * 200_000}</tags>"))
    found = inspect_package(folder)
    assert found.outline is not None and sum(1 for _ in found.outline.walk()) > 3_000


def test_the_heading_moves_no_cursor(tmp_path: Path) -> None:
    document = manifest().replace(b"ADL SCORM", b"IMS Common Cartridge").replace(b">1.2<", ">\u202e1.2<".encode())
    shown = as_text(inspect_package(zipped(tmp_path / "p.zip", {**SMALL, "imsmanifest.xml": document})))
    assert all(map(str.isprintable, shown))


def test_what_nobody_reads_to_its_end_is_cut_in_the_text(tmp_path: Path) -> None:
    names = {f"/n{number}": b"" for number in range(1_000)}
    path = zipped(tmp_path / "p.zip", {**items(*(f"A{number}" for number in range(6_000))), **names})
    found = inspect_package(path)
    assert [one.code for one in found.findings].count("P213") == 500 and "P256" in {one.code for one in found.findings}
    assert list(as_text(found))[-1] == "and more than these 5000 (--output json)"
    assert len(as_json(found)["entries"]) == 6_000
