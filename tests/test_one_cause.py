"""One mistake is said once, in the words of whoever knows it best; what follows from it alone is not said at all."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest
from cartridges import COURSE, MODULES, PAGE_FILE, QUESTIONS, cartridge, changed, choice, question, quiz, resource
from packages import ITEM, PAGE, SMALL, manifest, zipped

from coursewright.audit.lms import LMSS
from coursewright.audit.validate import validate_package
from coursewright.findings.finding import Finding, Severity

TOPIC = b'<topic xmlns="http://www.imsglobal.org/xsd/imsccv1p1/imsdt_v1p1"><title>Talk</title><text texttype="text/plain">Talk.</text></topic>'
LINK = b'<webLink xmlns="http://www.imsglobal.org/xsd/imsccv1p1/imswl_v1p1"><title>A</title><url href="https://a.b"/></webLink>'
SCRIPTED = PAGE.replace(b"findAPI(window)", b"").replace(b"<script>", b"<script src='shared/sco.js'>")


def _found(files: Mapping[str, bytes], folder: Path) -> list[Finding]:
    return validate_package(zipped(folder / "course.zip", files)).findings


def _grave(files: Mapping[str, bytes], folder: Path) -> list[tuple[str, Severity]]:
    return sorted((one.code, one.severity) for one in _found(files, folder) if one.severity is not Severity.INFO)


@pytest.mark.parametrize(("kind", "content"), [("imsdt_xmlv1p1", TOPIC), ("imswl_xmlv1p1", LINK)])
@pytest.mark.parametrize("share", [0.3, 0.6, 0.95])
def test_half_a_document_of_a_cartridge_is_an_error(kind: str, content: bytes, share: float, tmp_path: Path) -> None:
    files = {"imsmanifest.xml": cartridge(resources=resource("X", kind, "x.xml")), "a.html": PAGE}
    assert _grave({**files, "x.xml": content}, tmp_path) == []
    assert ("X301", Severity.ERROR) in _grave({**files, "x.xml": content[: int(len(content) * share)]}, tmp_path)


@pytest.mark.parametrize(
    "name", ["D.xml", "DM.xml", "W/assignment_settings.xml", "Q/assessment_meta.xml", QUESTIONS, MODULES]
)
def test_half_a_document_of_canvas_is_one_error(name: str, tmp_path: Path) -> None:
    files = {**COURSE, name: COURSE[name][: len(COURSE[name]) * 9 // 10]}
    assert _grave(files, tmp_path) == [("P267", Severity.ERROR)]


def test_half_a_page_of_canvas_is_not_also_missed_by_what_shows_it(tmp_path: Path) -> None:
    assert _grave({**COURSE, PAGE_FILE: b"<html><head><title>On"}, tmp_path) == [("P294", Severity.ERROR)]


def test_what_cannot_be_read_is_named_as_what_was_not_judged(tmp_path: Path) -> None:
    found = _found(changed(COURSE, MODULES, '<module identifier="M2">', '<module identifier="M2"'), tmp_path)
    assert "P251" not in {one.code for one in found}
    assert [MODULES in one.text for one in found if one.code == "P350"] == [True]


def test_other_links_are_judged_where_modules_cannot_be_read(tmp_path: Path) -> None:
    linked = changed(COURSE, PAGE_FILE, "$WIKI_REFERENCE$/pages/one", "$WIKI_REFERENCE$/pages/none")
    assert {
        code
        for code, _ in _grave(changed(linked, MODULES, '<module identifier="M2">', '<module identifier="M2"'), tmp_path)
    } == {"P267", "P305"}


def test_a_misspelled_scormtype_is_one_error_a_resource(tmp_path: Path) -> None:
    files = {**SMALL, "imsmanifest.xml": manifest().replace(b"adlcp:scormtype", b"adlcp:scormType")}
    assert _grave(files, tmp_path) == [("P311", Severity.ERROR)]


def test_what_else_is_wrong_with_such_a_resource_is_said(tmp_path: Path) -> None:
    files = {**SMALL, "imsmanifest.xml": manifest().replace(b"adlcp:scormtype", b'foo="1" adlcp:scormType')}
    assert {code for code, _ in _grave(files, tmp_path)} == {"P311", "X302"}


def test_a_missing_script_does_not_make_units_silent(tmp_path: Path) -> None:
    files = {**SMALL, "a.html": SCRIPTED}
    assert _grave(files, tmp_path) == [("P248", Severity.WARNING)]
    assert [code for code, _ in _grave({**files, "shared/sco.js": b""}, tmp_path)] == ["P250"]


def test_a_requirement_of_no_known_name_is_one_warning_that_names_the_nearest(tmp_path: Path) -> None:
    old = '<completionRequirement type="must_submit"><identifierref>I2</identifierref>'
    new = '<completionRequirement type="min_scores">\n<identifierref>I2</identifierref>\n<min_scores>8</min_scores>'
    found = _found(changed(COURSE, MODULES, old, new), tmp_path)
    assert [one.code for one in found] == ["P293"]
    assert "did you mean 'min_score'?" in found[0].text


def test_a_question_without_a_right_answer_is_an_error_but_in_what_canvas_itself_writes(tmp_path: Path) -> None:
    asked, judged = choice("1", "2", right="1")
    wrong = quiz(question("Q1", "multiple_choice", asked, judged.replace("100", "0")))
    listed = resource("X", "imsqti_xmlv1p2/imscc_xmlv1p1/assessment", "x.xml")
    files = {"imsmanifest.xml": cartridge(resources=listed), "a.html": PAGE, "x.xml": wrong}
    assert ("P273", Severity.ERROR) in _grave(files, tmp_path)
    assert ("P273", Severity.WARNING) in _grave({**COURSE, QUESTIONS: wrong}, tmp_path)


def test_a_menu_of_empty_folders_is_said_and_a_cartridge_without_a_menu_is_not(tmp_path: Path) -> None:
    folders = '<item identifier="A"><title>One</title></item>'
    assert ("P232", Severity.WARNING) in _grave({"imsmanifest.xml": cartridge(folders), "a.html": PAGE}, tmp_path)
    for items in ("", ITEM):
        assert "P232" not in dict(_grave({"imsmanifest.xml": cartridge(items), "a.html": PAGE}, tmp_path))


def test_an_undeclared_prefix_in_a_small_document_stays_a_warning(tmp_path: Path) -> None:
    files = {"imsmanifest.xml": cartridge(resources=resource("X", "imsdt_xmlv1p1", "x.xml")), "a.html": PAGE}
    topic = TOPIC.replace(b"<title>", b'<title x:lang="en">')
    assert ("P321", Severity.WARNING) in _grave({**files, "x.xml": topic}, tmp_path)
    assert _grave({**COURSE, "D.xml": topic}, tmp_path) == [("P321", Severity.WARNING)]


@pytest.mark.parametrize("lms", ["moodle", "canvas"])
def test_what_has_no_identifier_is_named_by_nothing_that_names_nothing(lms: str, tmp_path: Path) -> None:
    folders = f"<item><title>Folder</title>{ITEM}</item>" * 2
    for kind in ("imsqti_xmlv1p2/imscc_xmlv1p1/question-bank", "imsqti_xmlv1p2/imscc_xmlv1p1/assessment", "webcontent"):
        listed = resource("X", kind, "x.xml").replace('identifier="X"', "")
        assert "identifier" not in listed
        files = {"imsmanifest.xml": cartridge(folders, listed), "a.html": PAGE, "x.xml": quiz("")}
        found = validate_package(zipped(tmp_path / "course.zip", files), [LMSS[lms]]).findings
        assert not [one.text for one in found if "None" in one.text or "several items" in one.text]
        assert not [one.text for one in found if "shows a question bank" in one.text]


def test_a_resource_without_identifier_is_not_called_none(tmp_path: Path) -> None:
    nameless = '<resource type="text" adlcp:scormtype="sco" href="a.exe"><file href="a.exe"/></resource>'
    folder = f'<item identifier="F"><title>Folder</title>{ITEM}</item>'
    found = _found({**SMALL, "imsmanifest.xml": manifest(folder, nameless), "a.exe": b""}, tmp_path)
    assert not [one.text for one in found if "None" in one.text]
    assert [one for one in found if "without an identifier" in one.text]
    assert "P315" not in {one.code for one in found}


WRONG_LOM = (
    '<metadata><lom xmlns="http://www.imsglobal.org/xsd/imsmd_rootv1p2p1"><general><foo/></general></lom></metadata>'
)


@pytest.mark.parametrize("break_", ["\n", ""])
def test_what_is_against_the_schema_weighs_alike_on_one_line_and_on_many(break_: str, tmp_path: Path) -> None:
    described = ITEM.replace("</item>", f"{break_}{WRONG_LOM.replace('<', f'{break_}<')}</item>")
    stray = f"{described}{break_}<stray/>"
    for items, severities in ((described, {Severity.WARNING}), (stray, {Severity.WARNING, Severity.ERROR})):
        document = manifest(items) if break_ else manifest(items).replace(b"\n", b"")
        found = _found({**SMALL, "imsmanifest.xml": document}, tmp_path)
        assert {one.severity for one in found if one.code == "X302"} == severities


@pytest.mark.parametrize("unclosed", [b"<!--", b"<a", b"<![CDATA[", b"<?", b"<a x='"])
def test_what_nobody_closes_is_looked_through_once(unclosed: bytes, tmp_path: Path) -> None:
    hostile = COURSE[MODULES][:-20] + unclosed * (2_000_000 // len(unclosed))
    assert {code for code, _ in _grave({**COURSE, MODULES: hostile}, tmp_path)} & {"P254", "P267"}  # or too many tags
