"""What is nearly a package, or is one with a single mistake: it is said once, and with the advice that helps."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from backups import backup, waiting
from packages import PAGE, SMALL, manifest, tarred, zipped

from coursewright.audit.bounds import MOST_OF_A_KIND
from coursewright.audit.validate import validate_package
from coursewright.findings.finding import Finding, Severity

NAMES = {
    "imsmanifest (1).xml": "imsmanifest.xml",
    "imsmanifest - Copy.xml": "imsmanifest.xml",
    "Copy of imsmanifest.xml": "imsmanifest.xml",
    "imsmanifest.xml.txt": "imsmanifest.xml",
    "imsmanifest.xml.xml": "imsmanifest.xml",
    "Imsmanifest.XML": "imsmanifest.xml",
    "tincan(2).xml": "tincan.xml",
    "MOODLE_BACKUP.xml": "moodle_backup.xml",
}


def _only(path: Path) -> Finding:
    (found,) = validate_package(path).findings
    return found


def _codes(path: Path) -> list[str]:
    return [found.code for found in validate_package(path).findings]


@pytest.mark.parametrize("name", NAMES)
def test_a_renamed_manifest_is_recognised_and_its_name_told(name: str, tmp_path: Path) -> None:
    found = _only(zipped(tmp_path / "p.zip", {name: manifest(), "a.html": PAGE}))
    assert found.code == "P231" and found.hint == f"Rename it to {NAMES[name]}, and zip again."


def test_a_file_of_another_name_is_no_manifest(tmp_path: Path) -> None:
    assert _codes(zipped(tmp_path / "p.zip", {"my-imsmanifest.xml": manifest()})) == ["P229"]


def test_a_backup_without_its_contents_is_told_as_a_backup(tmp_path: Path) -> None:
    files = backup()
    del files["moodle_backup.xml"]
    found = _only(tarred(tmp_path / "p.mbz", files))
    assert (found.code, "does not contain moodle_backup.xml" in found.text) == ("P262", True)


def test_a_manifest_that_cannot_be_read_is_still_told_what_it_probably_is(tmp_path: Path) -> None:
    for document in (manifest()[:-20], manifest().decode().encode("utf-16")[:-20]):
        verdict = validate_package(zipped(tmp_path / "p.zip", {**SMALL, "imsmanifest.xml": document}))
        assert verdict.kind == "" and [found.code for found in verdict.findings] == ["X301"]
        assert verdict.summary.endswith("p.zip: probably SCORM 1.2: its manifest cannot be read")


def test_an_error_page_that_is_no_xml_is_told_as_one(tmp_path: Path) -> None:
    page = b"<!DOCTYPE html><html><br><p>Sign in</html>"
    found = _only(zipped(tmp_path / "p.zip", {**SMALL, "imsmanifest.xml": page}))
    assert found.code == "X301" and "an HTML page, such as an error message" in found.text


def test_advice_for_a_folder_does_not_speak_of_zips(tmp_path: Path) -> None:
    (tmp_path / "top" / "course").mkdir(parents=True)
    (tmp_path / "none").mkdir()
    (tmp_path / "top" / "course" / "imsmanifest.xml").write_bytes(manifest())
    deeper, empty = _only(tmp_path / "top"), _only(tmp_path / "none")
    assert (deeper.code, deeper.hint) == ("P230", f"Put it at the top level: judge {tmp_path}/top/course.")
    assert empty.text == "the folder contains no files"


def test_files_of_a_mac_do_not_stand_for_the_package(tmp_path: Path) -> None:
    files = {"__MACOSX/A/imsmanifest.xml": b"x", "B/imsmanifest.xml": manifest(), "B/a.html": PAGE}
    found = [one for one in validate_package(zipped(tmp_path / "p.zip", files)).findings if one.code == "P230"]
    assert [one.hint for one in found] == ["Put it at the top level: zip what is in B, not the folder."]


def test_junk_is_told_by_the_system_that_it_is_of(tmp_path: Path) -> None:
    files = {**SMALL, ".DS_Store": b"x", "desktop.ini": b"x"}
    hints = [
        found.hint for found in validate_package(zipped(tmp_path / "p.zip", files)).findings if found.code == "P226"
    ]
    assert ["-x '*.DS_Store' '__MACOSX/*'" in hint for hint in hints] == [True, False]
    assert "Mac" not in hints[1]


def test_an_encrypted_archive_is_one_finding(tmp_path: Path) -> None:
    path = tmp_path / "p.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for number in range(30):
            archive.writestr(f"{number}.html", PAGE)
    content = bytearray(path.read_bytes())
    at = content.find(b"PK\x01\x02")
    while at >= 0:
        content[at + 8] |= 1
        at = content.find(b"PK\x01\x02", at + 1)
    path.write_bytes(content)
    found = _only(path)
    assert (found.code, found.text) == ("P217", "the archive is encrypted: 30 files, such as 0.html")


def test_a_name_in_other_capitals_is_one_finding(tmp_path: Path) -> None:
    files = {"imsmanifest.xml": SMALL["imsmanifest.xml"], "A.HTML": PAGE, "b.html": b'<a href="a.html">a</a>'}
    document = manifest(resources='<resource identifier="S" type="webcontent"><file href="b.html"/></resource>')
    document = document.replace(b'identifier="S"', b'identifier="S" adlcp:scormtype="asset"')
    assert _codes(zipped(tmp_path / "p.zip", {**files, "imsmanifest.xml": document})) == ["P255"]


def test_an_identifier_that_stands_twice_is_one_finding(tmp_path: Path) -> None:
    item = '<item identifier="A" identifierref="R"><title>One</title></item>\n'
    document = manifest(item + item)
    assert _codes(zipped(tmp_path / "p.zip", {**SMALL, "imsmanifest.xml": document})) == ["P235"]
    both = document.replace(b'identifier="R" type', b'identifier="O" type').replace(b'"R"', b'"O"')
    assert "X302" in _codes(zipped(tmp_path / "p.zip", {**SMALL, "imsmanifest.xml": both}))


def test_a_lost_file_that_no_learner_opens_is_a_warning(tmp_path: Path) -> None:
    names = ("README", "LICENSE.html", "notes.txt", "x.xsd", "page.html")
    listed = "".join(f'<file href="{name}"/>' for name in names)
    resource = f'<resource identifier="S" type="webcontent" adlcp:scormtype="asset">{listed}</resource>'
    document = manifest(resources=resource)
    verdict = validate_package(zipped(tmp_path / "p.zip", {**SMALL, "imsmanifest.xml": document}))
    graves = [found.text for found in verdict.findings if found.severity is Severity.ERROR]
    assert len(verdict.findings) == len(names) and len(graves) == 1 and "page.html" in graves[0]


def test_an_empty_page_that_is_launched_is_a_warning(tmp_path: Path) -> None:
    empty = b"<html><head><title>x</title></head><body></body></html>"
    verdict = validate_package(zipped(tmp_path / "p.zip", {**SMALL, "a.html": empty, "b.html": empty}))
    found = {one.place.path[-6:]: one.severity for one in verdict.findings if one.code == "P246"}
    assert found == {"a.html": Severity.WARNING, "b.html": Severity.INFO}


# --- backups of Moodle ------------------------------------------------------------------------------------------------


def test_a_sound_backup_has_nothing_against_it(tmp_path: Path) -> None:
    assert (
        _codes(tarred(tmp_path / "p.mbz", backup(restrictions={"2": waiting("10", "11"), "21": waiting("20")}))) == []
    )


@pytest.mark.parametrize("name", ["module.xml", "page.xml", "grades.xml", "roles.xml"])
def test_every_document_of_an_activity_is_read(name: str, tmp_path: Path) -> None:
    path = f"activities/page_20/{name}"
    whole = backup()[path]
    for content, code in ((whole[: len(whole) // 2], "X301"), (b"", "X301"), (b"<other/>", "P286")):
        found = _only(zipped(tmp_path / "p.mbz", backup(documents={path: content})))
        assert (found.code, found.place.path) == (code, f"{tmp_path}/p.mbz/{path}")


def test_a_document_that_an_activity_needs_is_missed(tmp_path: Path) -> None:
    files = backup()
    del files["activities/page_20/page.xml"]
    assert "activities/page_20/page.xml" in _only(zipped(tmp_path / "p.mbz", files)).text


def test_a_backup_of_many_thousand_activities_that_wait_in_a_row_is_judged_at_once(tmp_path: Path) -> None:
    """Each waits for the next, so the last is the first to open."""
    count = 3_000
    listed = "".join(
        f"<activity><moduleid>{n}</moduleid><sectionid>1</sectionid><modulename>page</modulename>"
        f"<directory>activities/page_{n}</directory></activity>"
        for n in range(1, count + 1)
    )
    files = {
        "moodle_backup.xml": f"<moodle_backup><information><contents><activities>{listed}</activities></contents>"
        "</information></moodle_backup>".encode()
    }
    for n in range(1, count + 1):
        wait = waiting(str(n % count + 1))
        files[f"activities/page_{n}/module.xml"] = (
            f"<module><availability>{wait.replace('&', '&amp;')}</availability></module>".encode()
        )
    assert _codes(zipped(tmp_path / "p.mbz", files)).count("P258") == 1


def test_restrictions_without_end_are_read_so_far_and_no_further(tmp_path: Path) -> None:
    endless = waiting(*(str(number) for number in range(100, 1_100)))
    listed = range(10, 310)
    files = backup()
    activities = "".join(
        f"<activity><moduleid>{n}</moduleid><sectionid>1</sectionid><directory>activities/x_{n}</directory></activity>"
        for n in listed
    )
    contents = f"<contents><activities>{activities}</activities></contents>"
    files["moodle_backup.xml"] = f"<moodle_backup><information>{contents}</information></moodle_backup>".encode()
    module = f"<module><availability>{endless.replace('&', '&amp;')}</availability></module>".encode()
    files |= {f"activities/x_{n}/module.xml": module for n in listed}
    found = _codes(zipped(tmp_path / "p.mbz", files))
    assert {"P251", "P333", "P256"} <= set(found) and len(found) < 3 * MOST_OF_A_KIND
