"""What packages hold beside what their menus show: it comes back, or the report says what became of it."""

from __future__ import annotations

from pathlib import Path

import pytest
from cartridges import ASSIGNMENT, COURSE, MANIFEST, QUESTIONS, changed, choice, question, quiz, resource
from packages import zipped
from test_cartridges_back import back, elements, item, parts, said, written
from test_convert import converted, scorm
from test_convert import item as shown

from coursewright.audit.inspect import inspect_package
from coursewright.audit.shown import as_json, as_text
from coursewright.building.conversion import read_back
from coursewright.building.pipeline import build, planned
from coursewright.building.settings import Config
from coursewright.course.assets import ToFile
from coursewright.course.parts import Assignment, File, Link, Page
from coursewright.course.plan import Selection
from coursewright.course.quiz import Quiz, asked
from coursewright.course.values import Audience
from coursewright.findings.finding import Severity
from coursewright.readers.packages.recovery import ElementKind, Fate

BARE = (
    '<questestinterop xmlns="http://www.imsglobal.org/xsd/ims_qtiasiv1p2">'
    f"{question('Q1', 'multiple_choice', *choice('a', 'b', right='a'))}</questestinterop>"
).encode()


def test_questions_in_no_bank_are_those_of_canvas_own_bank(tmp_path: Path) -> None:
    files = {**COURSE, "non_cc_assessments/i38.xml.qti": BARE}
    bank = parts(back(tmp_path, files))["Question bank"]
    assert isinstance(bank, Quiz)
    assert (len(bank.questions), bank.audience) == (1, Audience.STAFF)
    alone = back(tmp_path, written(resources="", more={"non_cc_assessments/i38.xml.qti": BARE}))
    assert isinstance(parts(alone)["Question bank"], Quiz)


def test_a_quiz_under_a_name_that_no_resource_has_is_read(tmp_path: Path) -> None:
    named = resource("Q", "imsqti_xmlv1p2", attributes='href="My%20quiz.xml"')
    conversion = back(
        tmp_path, written(item("I", "Q", "Exam"), resources=named, more={"My_quiz.xml": quiz(question("Q1"))})
    )
    assert isinstance(parts(conversion)["Quiz"], Quiz)
    assert (ElementKind.QUIZ, "Exam") in {(one.kind, one.title) for one in elements(conversion, Fate.DROPPED)}


def test_rubrics_of_nothing_and_tools_of_no_module_are_told_and_links_stay(tmp_path: Path) -> None:
    tool = b"""<cartridge_basiclti_link xmlns="http://www.imsglobal.org/xsd/imslticc_v1p0"
      xmlns:blti="http://www.imsglobal.org/xsd/imsbasiclti_v1p0"><blti:title>Drive</blti:title>
      <blti:launch_url>https://tool.example/</blti:launch_url></cartridge_basiclti_link>"""
    link = b'<webLink xmlns="http://www.imsglobal.org/xsd/imsccv1p1/imswl_v1p1"><title>Far</title><url href="https://far.example/"/></webLink>'
    rubrics = b"""<rubrics xmlns="http://canvas.instructure.com/xsd/cccv1p0"><rubric identifier="RU"><title>Talking</title>
      <criteria><criterion><description>Clear</description><points>5</points></criterion></criteria></rubric></rubrics>"""
    more = resource("LT", "imsbasiclti_xmlv1p0", "LT.xml") + resource("WL", "imswl_xmlv1p1", "WL.xml")
    files = changed(dict(COURSE), MANIFEST, "</resources>", f"{more}</resources>")
    files |= {"LT.xml": tool, "WL.xml": link, "course_settings/rubrics.xml": rubrics}
    conversion = back(tmp_path, files)
    lost = {(one.kind, one.title) for one in elements(conversion, Fate.DROPPED)}
    assert {(ElementKind.TOOL, "Drive"), (ElementKind.RUBRIC, "Talking")} <= lost
    found = parts(conversion)["Far"]
    assert isinstance(found, Link)
    assert found.url == "https://far.example/"


def test_an_assignment_is_read_from_the_file_that_is_there_and_may_be_one_to_hand_out(tmp_path: Path) -> None:
    work = b"""<assignment xmlns="http://www.imsglobal.org/xsd/imscc_extensions/assignment" identifier="X"><title>Count</title>
      <text texttype="text/html">Count them.</text><gradable points_possible="7">true</gradable></assignment>"""
    gone = resource("W", "assignment_xmlv1p0", "w.xml", attributes='href="Extension/gone.xml"')
    sheet = resource("S", "webcontent", "w/sheet 1.pdf", attributes='href="w/sheet%201.pdf" intendeduse="assignment"')
    files = written(item("I", "S", "Sheet"), resources=gone + sheet, more={"w.xml": work, "w/sheet 1.pdf": b"%PDF-1.4"})
    found = parts(back(tmp_path, files))
    count, sheet_too = found["Count"], found["Sheet"]
    assert isinstance(count, Assignment)
    assert (count.points, said(count)) == (7, "Count them.")
    assert isinstance(sheet_too, Assignment)
    (target,) = sheet_too.targets.values()
    assert isinstance(target, ToFile)
    assert target.asset.path == "w/sheet 1.pdf"


def test_a_file_may_have_a_hash_in_its_name(tmp_path: Path) -> None:
    name = "web_resources/!@#$%^.txt"
    named = resource("H", "webcontent", name, attributes=f'href="{name}"')
    files = {**changed(dict(COURSE), MANIFEST, "</resources>", f"{named}</resources>"), name: b"words"}
    assert "".join(
        part.asset.path for part in parts(back(tmp_path, files)).values() if isinstance(part, File)
    ).endswith(name)


@pytest.mark.parametrize(
    ("address", "file"),
    [
        ("$IMS-CC-FILEBASE$one.png", "q/one.png"),  # from where the document stands, not from the top
        ("org0/one.png", "exam/my_files/org0/one.png"),  # it was moved into a folder
        ("$IMS_CC_FILE_BASE$org0/one.png", "exam/my_files/org0/one.png"),
    ],
)
def test_pictures_of_questions_are_found_where_programs_put_them(tmp_path: Path, address: str, file: str) -> None:
    asking = question("Q1").replace("<mattext>Why?", f'<mattext texttype="text/html">Why? &lt;img src="{address}"&gt;')
    named = resource("Q", "imsqti_xmlv1p2/imscc_xmlv1p1/assessment", "q/a.xml")
    files = written(item("I", "Q", "Exam"), resources=named, more={"q/a.xml": quiz(asking), file: b"\x89PNG\r\n\x1a\n"})
    exam = parts(back(tmp_path, files))["Exam"]
    assert isinstance(exam, Quiz)
    assert [one.asset.path for one in exam.targets.values() if isinstance(one, ToFile)] == [file]


def test_of_two_files_that_an_address_may_mean_none_is_taken(tmp_path: Path) -> None:
    page = b'<html><head><title>One</title></head><body><p>Words <img src="one.png" alt=""></p></body></html>'
    files = written(item("A", "R", "One"), resources="", more={"a.html": page, "x/one.png": b"1", "y/one.png": b"2"})
    conversion = back(tmp_path, files)
    assert not any(part.targets for part in parts(conversion).values() if isinstance(part, Page))
    assert [one.kind for one in elements(conversion, Fate.DROPPED)] == [ElementKind.REFERENCE]


def test_a_picture_of_a_question_may_have_a_blank_in_its_name(tmp_path: Path) -> None:
    asking = question("Q1").replace("</material>", '<matimage uri="my pic (1).png"/></material>')
    named = resource("Q", "imsqti_xmlv1p2/imscc_xmlv1p1/assessment", "a.xml")
    more = {"a.xml": quiz(asking), "my pic (1).png": b"\x89PNG\r\n\x1a\n"}
    exam = parts(back(tmp_path, written(item("I", "Q", "Exam"), resources=named, more=more)))["Exam"]
    assert isinstance(exam, Quiz)
    assert [one.asset.path for one in exam.targets.values() if isinstance(one, ToFile)] == ["my pic (1).png"]


def test_of_questions_on_one_line_only_that_of_an_unknown_kind_is_said_to_be_changed(tmp_path: Path) -> None:
    known = question("Q1", "multiple_choice", *choice("a", "b", right="a"))
    odd = question("Q2").replace("cc_profile", "question_type").replace("cc.essay.v0p1", "calculated_question")
    one_line = quiz(known, odd.replace("Why?", "How many?")).replace(b"\n", b" ")
    conversion = back(tmp_path, {**COURSE, QUESTIONS: one_line.replace(b'ident="Z"', b'ident="Q"')})
    changes = [one.identifier for one in elements(conversion, Fate.CHANGED) if one.kind is ElementKind.QUESTION]
    assert changes == ["Q2"]


def test_files_that_only_serve_a_player_stand_in_the_report_alone(tmp_path: Path) -> None:
    others = {"skin/logo.png": b"logo", "skin/player.js": b"run()"}
    conversion = converted(tmp_path, scorm(shown("a", "One"), {"a": "<p>Words of it.</p>"}, others))
    assert conversion.read.recovery is not None
    told = [(one.title, one.told) for one in conversion.read.recovery.elements if one.fate is Fate.DROPPED]
    assert sorted(told) == [("skin/logo.png", True), ("skin/player.js", True)]
    assert not any("logo" in one.text for one in conversion.read.curriculum.findings)


def test_a_bank_stays_one_in_canvas_and_comes_back_the_same(tmp_path: Path) -> None:
    config = Config(formats=("canvas",))
    conversion = back(tmp_path, {**COURSE, "non_cc_assessments/i38.xml.qti": BARE})
    built = build(planned(conversion.linted, Selection(staff=True), config), config, tmp_path / "out")
    assert [one.severity for one in built.findings if one.code == "L440"] == [Severity.INFO]
    returned = read_back(next((tmp_path / "out").glob("*.imscc")), config)
    assert not [one for one in elements(returned, Fate.DROPPED) if one.kind is ElementKind.UNIT]
    again = parts(returned)["Question bank"]
    assert isinstance(again, Quiz)
    assert again.audience is Audience.STAFF
    assert [one.stem for one in asked(again)] == ["Why?"]


def test_inspecting_shows_what_a_quiz_asks_what_work_is_judged_by_and_when_it_is_due(tmp_path: Path) -> None:
    files = changed(dict(COURSE), ASSIGNMENT, "</title>", "</title><due_at>2026-03-01T10:59:59</due_at>")
    outcomes = b'<learningOutcomes xmlns="http://canvas.instructure.com/xsd/cccv1p0"><learningOutcome identifier="O"><title>Count bees</title></learningOutcome></learningOutcomes>'
    found = inspect_package(zipped(tmp_path / "c.imscc", {**files, "course_settings/learning_outcomes.xml": outcomes}))
    lines = [line.strip() for line in as_text(found)]
    assert "outcomes: Count bees" in lines
    assert "1 question, 2 points in all, 1 for a teacher to grade" in lines
    at = lines.index("handed in as text")
    assert lines[at + 1] == "due: 2026-03-01 10:59:59 UTC"
    module = as_json(found)["entries"][0]
    work, exam = module["children"][1:3]
    assert (work["holds"], work["settings"]) == ({"ways": ["text"]}, {"due": "2026-03-01 10:59:59 UTC"})
    assert exam["holds"] == {"questions": 1, "points": 2.0, "by_hand": 1}
