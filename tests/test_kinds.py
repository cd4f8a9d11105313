"""What a package is told to be, and by which schema it is judged then."""

from __future__ import annotations

from pathlib import Path

import pytest
from packages import ADL_12, CP_12, PAGE, files_in, manifest, zipped

from coursewright.audit.validate import Verdict, validate_package
from coursewright.findings.finding import Finding, Severity

CP_114, ADL_2004 = "http://www.imsglobal.org/xsd/imscp_v1p1", "http://www.adlnet.org/xsd/adlcp_v1p3"
MANIFESTS = Path(__file__).parent / "manifests"
PLAIN = manifest().decode().replace(f' xmlns:adlcp="{ADL_12}"', "").replace(' adlcp:scormtype="sco"', "")
PLAIN = PLAIN.replace("<schema>ADL SCORM</schema><schemaversion>1.2</schemaversion>", "")
SECOND = (
    manifest()
    .decode()
    .replace(CP_12, CP_114)
    .replace(ADL_12, ADL_2004)
    .replace("scormtype", "scormType")
    .replace(">1.2<", ">CAM 1.3<")
)


def _verdict(document: str, folder: Path) -> Verdict:
    return validate_package(zipped(folder / "p.zip", {"imsmanifest.xml": document.encode(), "a.html": PAGE}))


def _schema_findings(verdict: Verdict) -> list[Finding]:
    return [finding for finding in verdict.findings if finding.code.startswith("X")]


CASES = {
    "a cartridge of 1.0": ((MANIFESTS / "cc10/valid-manifest-minimal.xml").read_text(), "Common Cartridge 1.0"),
    "SCORM 2004's second edition": (SECOND, "SCORM 2004 2nd edition"),
    "IMS content of 1.1.2": (PLAIN, "IMS content package"),
    "IMS content of 1.1.4": (PLAIN.replace(CP_12, CP_114), "IMS content package"),
    "IMS content without items": (
        PLAIN.replace(CP_12, CP_114).replace('<item identifier="A" identifierref="R"><title>One</title></item>', ""),
        "IMS content package",
    ),
    "QTI": (PLAIN.replace('"webcontent"', '"imsqti_item_xmlv2p1"').replace(CP_12, CP_114), "QTI 2.1 package"),
}


@pytest.mark.parametrize("name", CASES)
def test_a_sound_package_is_told_what_it_is_and_nothing_against_its_schema(name: str, tmp_path: Path) -> None:
    document, title = CASES[name]
    verdict = _verdict(document, tmp_path)
    assert (verdict.kind, _schema_findings(verdict)) == (title, [])


@pytest.mark.parametrize("name", CASES)
def test_an_unsound_one_is_told_so_and_as_a_warning_where_the_schema_is_a_guide(name: str, tmp_path: Path) -> None:
    document, title = CASES[name]
    verdict = _verdict(document.replace("<resources", "<stray/><resources"), tmp_path)
    weight = Severity.ERROR if title == "Common Cartridge 1.0" else Severity.WARNING
    assert [(finding.code, finding.severity) for finding in _schema_findings(verdict)] == [("X302", weight)]


def test_what_the_third_edition_took_away_is_allowed_in_the_second(tmp_path: Path) -> None:
    kept = SECOND.replace("adlcp:scormType", 'adlcp:persistState\n = "true" adlcp:scormType')
    assert not _schema_findings(_verdict(kept, tmp_path))
    third = kept.replace("CAM 1.3", "2004 3rd Edition")
    assert [finding.place.line for finding in _schema_findings(_verdict(third, tmp_path))] != []


def test_a_finding_in_a_manifest_of_the_second_edition_has_its_own_line(tmp_path: Path) -> None:
    kept = SECOND.replace("adlcp:scormType", 'adlcp:persistState\n = "true" adlcp:scormType')
    (finding,) = _schema_findings(_verdict(kept.replace("</resources>", "\n\n<stray/></resources>"), tmp_path))
    assert (
        finding.place.line
        == kept.replace("</resources>", "\n\n<stray/></resources>")[: -len("<stray/></resources></manifest>")].count(
            "\n"
        )
        + 1
    )


def test_a_word_of_another_version_does_not_make_a_package_old(tmp_path: Path) -> None:
    """What calls itself SCORM 1.2 is taken at its word, whatever namespace it has made up."""
    document = manifest().decode().replace(ADL_12, "http://www.adlnet.org/xsd/adlcp_rootv1p1")
    assert _verdict(document, tmp_path).kind == "SCORM 1.2"


def test_the_settings_of_canvas_are_remarked_on_and_no_more(tmp_path: Path) -> None:
    case = Path(__file__).parent / "findings" / "P267" / "zipped"
    meta = (
        b'<modules xmlns="http://canvas.instructure.com/xsd/cccv1p0"><module identifier="1"><new/></module></modules>'
    )
    verdict = validate_package(
        zipped(tmp_path / "p.imscc", {**files_in(case), "course_settings/module_meta.xml": meta})
    )
    found = [finding for finding in verdict.findings if finding.place.path.endswith("module_meta.xml")]
    assert {(finding.code, finding.severity) for finding in found} == {("X302", Severity.INFO)}
