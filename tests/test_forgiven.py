"""What is written in another way than usual, and is read all the same: no findings, or light ones."""

from __future__ import annotations

from pathlib import Path

import pytest
from cartridges import ITEM, cartridge, resource
from packages import PAGE, SMALL, manifest, zipped

from coursewright.audit.validate import validate_package
from coursewright.findings.finding import Severity

HEADED = f'<item identifier="H" identifierref=""><title><!-- a part --> Part</title>{ITEM}</item>'
SCORED = "<adlcp:masteryscore>%s</adlcp:masteryscore></item>"


def _found(folder: Path, files: dict[str, bytes]) -> list[tuple[str, Severity]]:
    return [(one.code, one.severity) for one in validate_package(zipped(folder / "p.zip", files)).findings]


@pytest.mark.parametrize("kind", ["imsbasiclti_xmlv1p0", "imsdt_xmlv1p1", "imswl_xmlv1p1"])
def test_a_type_of_another_version_of_cartridges_is_no_error(kind: str, tmp_path: Path) -> None:
    listed = cartridge(resources=resource("L", kind, "l.xml"), version=3)
    found = _found(tmp_path, {"imsmanifest.xml": listed, "a.html": PAGE, "l.xml": b"<link/>"})
    assert set(found) == {("X302", Severity.WARNING)}


@pytest.mark.parametrize("score", [" 80 ", "80.000", "0.8555", "80."])
def test_a_number_in_another_spelling_is_no_error(score: str, tmp_path: Path) -> None:
    document = manifest(ITEM.replace("</item>", SCORED % score))
    assert _found(tmp_path, {**SMALL, "imsmanifest.xml": document}) == [("X302", Severity.WARNING)]


@pytest.mark.parametrize(("score", "is_number"), [("eighty", False), ("800", True), ("-5", True)])
def test_what_is_no_score_stays_an_error(score: str, is_number: bool, tmp_path: Path) -> None:
    document = manifest(ITEM.replace("</item>", SCORED % score))
    out_of_reach = [("P392", Severity.WARNING)] if is_number else []
    found = _found(tmp_path, {**SMALL, "imsmanifest.xml": document})
    assert found == [("X302", Severity.ERROR), *out_of_reach]


def test_an_empty_reference_is_none_and_a_comment_is_no_title(tmp_path: Path) -> None:
    assert not _found(tmp_path, {**SMALL, "imsmanifest.xml": manifest(HEADED)})


def test_names_may_begin_with_the_folder_that_a_zip_was_made_in(tmp_path: Path) -> None:
    assert not _found(tmp_path, {f"./{name}": content for name, content in SMALL.items()})
