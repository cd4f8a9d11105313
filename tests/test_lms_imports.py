"""What Blackboard, Brightspace and SCORM Cloud refuse, and what they are not accused of."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import closing
from pathlib import Path

import pytest
from cartridges import COURSE
from packages import ADL_12, CP_12, PAGE, SMALL, manifest, zipped

from coursewright.audit.lms import LMSS
from coursewright.audit.validate import validate_package
from coursewright.findings.finding import Severity
from coursewright.packages.files.opening import open_container
from coursewright.packages.kinds import Family, recognise

CARTRIDGE = b"""<manifest xmlns="http://www.imsglobal.org/xsd/imsccv1p1/imscp_v1p1" identifier="M">
<metadata><schema>IMS Common Cartridge</schema><schemaversion>1.1.0</schemaversion></metadata>
<organizations/><resources>%s</resources></manifest>"""
QUESTIONS = b"""<manifest xmlns="http://www.imsglobal.org/xsd/imscp_v1p1" identifier="M"><metadata><schema>QTIv2.1 Package</schema></metadata>
<organizations/><resources>
<resource identifier="R" type="imsqti_item_xmlv2p1" href="q.xml"><file href="q.xml"/></resource></resources></manifest>"""
STRUCTURE = b"""<courseStructure xmlns="https://w3id.org/xapi/profiles/cmi5/v1/CourseStructure.xsd"/>"""
KINDS: Mapping[str, Mapping[str, bytes]] = {
    "scorm12": SMALL,
    "cartridge": {"imsmanifest.xml": CARTRIDGE % b""},
    "moodle": {"moodle_backup.xml": b"<moodle_backup/>"},
    "qti": {"imsmanifest.xml": QUESTIONS, "q.xml": b"<assessmentItem/>"},
    "cmi5": {"cmi5.xml": STRUCTURE},
    "xapi": {"tincan.xml": b"<tincan/>"},
}


def _codes(files: Mapping[str, bytes], lms: str, folder: Path) -> set[str]:
    verdict = validate_package(zipped(folder / "course.zip", files), [LMSS[lms]])
    return {found.code for found in verdict.findings if found.code.startswith("L")}


@pytest.mark.parametrize("lms", ["blackboard", "brightspace", "scorm-cloud"])
@pytest.mark.parametrize("kind", KINDS)
def test_only_scorm_cloud_refuses_kinds_and_only_those_that_nothing_can_play(
    kind: str, lms: str, tmp_path: Path
) -> None:
    refused = lms == "scorm-cloud" and kind in ("cartridge", "moodle", "qti")
    assert ("L501" in _codes(KINDS[kind], lms, tmp_path)) == refused


@pytest.mark.parametrize("lms", ["blackboard", "brightspace", "scorm-cloud"])
def test_nothing_is_said_of_a_scorm_package_without_locks(lms: str, tmp_path: Path) -> None:
    assert not _codes(SMALL, lms, tmp_path)


@pytest.mark.parametrize("name", ["a (1).html", "ä-b_c.html", "x/y.z/a,b;c!.html", "it's.html"])
def test_brightspace_takes_names_without_its_forbidden_signs(name: str, tmp_path: Path) -> None:
    assert "L549" not in _codes({"imsmanifest.xml": CARTRIDGE % b"", name: PAGE}, "brightspace", tmp_path)


@pytest.mark.parametrize("name", ["a#1.html", "a+b/c.html", "50%.html", " a.html", "b /a.html"])
def test_brightspace_does_not_take_others(name: str, tmp_path: Path) -> None:
    assert "L549" in _codes({"imsmanifest.xml": CARTRIDGE % b"", name: PAGE}, "brightspace", tmp_path)


def test_metadata_is_not_missed_where_there_is_no_package_around_the_manifest(tmp_path: Path) -> None:
    document = f"""<manifest xmlns="{CP_12}" xmlns:adlcp="{ADL_12}" identifier="M"><metadata><schema>ADL SCORM</schema>
    <schemaversion>1.2</schemaversion><adlcp:location>lom.xml</adlcp:location></metadata></manifest>"""
    alone = tmp_path / "imsmanifest.xml"
    alone.write_text(document, encoding="utf-8")
    assert "L541" not in {found.code for found in validate_package(alone, [LMSS["scorm-cloud"]]).findings}
    assert "L541" in _codes({"imsmanifest.xml": document.encode()}, "scorm-cloud", tmp_path)


def test_an_empty_prerequisite_locks_nothing(tmp_path: Path) -> None:
    item = '<item identifier="A" identifierref="R"><title>One</title><adlcp:prerequisites type="aicc_script"/></item>'
    assert "L540" not in _codes({**SMALL, "imsmanifest.xml": manifest(item)}, "scorm-cloud", tmp_path)


def test_a_question_that_cannot_be_read_is_not_judged_by_lmss(tmp_path: Path) -> None:
    for content in (b"", b"<a", b"<a><b></a>", b"\xff\xfe", b"<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>"):
        assert not _codes({"imsmanifest.xml": QUESTIONS, "q.xml": content}, "blackboard", tmp_path)


def test_findings_that_are_only_worth_knowing_never_fail_a_build(tmp_path: Path) -> None:
    for lms in ("blackboard", "brightspace"):
        for kind in ("cartridge", "xapi"):
            path = zipped(tmp_path / "course.zip", KINDS[kind])
            found = [one for one in validate_package(path, [LMSS[lms]]).findings if one.code.startswith("L")]
            assert found and all(one.severity is Severity.INFO for one in found)


REFUSED, JUDGED, WHOLE = "refused", "judged", "whole"
# What becomes of each family: it is refused, there are rules for it, or it is known to be taken as it is.
OUTCOMES: Mapping[str, Mapping[Family, str]] = {
    "moodle": {
        **dict.fromkeys(Family, JUDGED),
        **dict.fromkeys((Family.QTI, Family.CMI5, Family.XAPI, Family.VENDOR), REFUSED),
    },
    "canvas": {
        **dict.fromkeys(Family, REFUSED),
        **dict.fromkeys((Family.CARTRIDGE, Family.QTI, Family.MOODLE, Family.VENDOR), JUDGED),
    },
    "blackboard": dict.fromkeys(Family, JUDGED),
    "brightspace": {**dict.fromkeys(Family, JUDGED), Family.SCORM12: WHOLE, Family.SCORM2004: WHOLE},
    "scorm-cloud": {
        **dict.fromkeys(Family, JUDGED),
        Family.XAPI: WHOLE,
        **dict.fromkeys(
            (Family.SCORM11, Family.CARTRIDGE, Family.QTI, Family.VENDOR, Family.MOODLE),
            REFUSED,
        ),
    },
}
CONTENT = b"""<manifest xmlns="http://www.imsglobal.org/xsd/imscp_v1p1" identifier="M" %s><metadata>%s</metadata>
<organizations/><resources/></manifest>"""
SAMPLES: Mapping[Family, Mapping[str, bytes]] = {
    Family.SCORM11: {"imsmanifest.xml": CONTENT % (b'xmlns:a="http://www.adlnet.org/xsd/adl_cp_rootv1p1"', b"")},
    Family.SCORM12: SMALL,
    Family.SCORM2004: {"imsmanifest.xml": CONTENT % (b"", b"<schemaversion>2004 4th Edition</schemaversion>")},
    Family.CARTRIDGE: KINDS["cartridge"],
    Family.CONTENT: {"imsmanifest.xml": CONTENT % (b"", b"")},
    Family.QTI: KINDS["qti"],
    Family.VENDOR: {"imsmanifest.xml": CONTENT % (b'xmlns:d="http://desire2learn.com/xsd/d2lcp_v2p0"', b"")},
    Family.MOODLE: {
        "moodle_backup.xml": b'<?xml version="1.0" encoding="UTF-8"?><moodle_backup><information></information></moodle_backup>'
    },
    Family.CMI5: KINDS["cmi5"],
    Family.XAPI: KINDS["xapi"],
}


@pytest.mark.parametrize("lms", LMSS)
@pytest.mark.parametrize("family", Family)
def test_of_every_family_it_is_settled_what_each_lms_does_with_it(family: Family, lms: str, tmp_path: Path) -> None:
    with closing(open_container(zipped(tmp_path / "p.zip", SAMPLES[family]))) as container:
        found = recognise(container)
    assert found and found.kind.family is family
    judge = LMSS[lms]
    outcomes = {
        REFUSED: bool(judge.refusal(found)),
        JUDGED: bool(judge.rules(family)),
        WHOLE: family in judge.whole,
    }
    assert [name for name, holds in outcomes.items() if holds] == [OUTCOMES[lms][family]]


def test_what_only_canvas_reads_is_said_to_stay_behind_by_all_but_canvas(tmp_path: Path) -> None:
    assert {lms for lms in LMSS if "L530" in _codes(COURSE, lms, tmp_path)} == {"moodle", "blackboard", "brightspace"}


@pytest.mark.parametrize(
    ("lms", "namespace"),
    [
        ("blackboard", "http://desire2learn.com/xsd/d2lcp_v2p0"),
        ("brightspace", "http://www.blackboard.com/content-packaging/"),
    ],
)
def test_of_others_exports_it_is_said_that_nothing_is_known(lms: str, namespace: str, tmp_path: Path) -> None:
    files = {"imsmanifest.xml": CONTENT % (b'xmlns:x="%s"' % namespace.encode(), b"")}
    assert _codes(files, lms, tmp_path) == {"L532"}
