"""The validator's verdicts on damaged packages, held against what real importers made of each.

What is said of each stands in `damages/`, which `pytest --golden tests/test_damages.py` writes anew.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

import canvas_damages
import moodle_damages
import pytest
from cartridges import ITEM, PAGE, cartridge, resource
from damages import BACKUP, CARTRIDGE, FINE, STOPS, packages
from edits import finding_line
from packages import SMALL, zipped

from coursewright.audit.lms import LMSS
from coursewright.audit.validate import validate_package
from coursewright.findings.finding import Finding, Severity

EVERY = (*packages(), *packages(canvas_damages.ALL), *packages(moodle_damages.ALL))
PACKAGES = {f"{kind}-{name}": (kind, name, lms, outcome, files) for kind, name, lms, outcome, files in EVERY}
SAID = Path(__file__).parent / "damages"


@pytest.mark.parametrize("package", PACKAGES)
def test_the_verdict_is_that_of_the_importer(
    package: str, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory, pytestconfig: pytest.Config
) -> None:
    kind, name, lms, outcome, files = PACKAGES[package]
    findings = _found(tmp_path / name, lms, files)
    weights = _weights_of(findings)
    if outcome == FINE:
        assert not weights
    else:
        assert Severity.ERROR in weights if outcome == STOPS else weights
    if pytestconfig.getoption("--golden"):
        _write_anew(kind, tmp_path_factory.getbasetemp())
    assert [finding_line(finding, tmp_path / name) for finding in findings] == _told(kind)[name]


def _found(path: Path, lms: str, files: Mapping[str, bytes]) -> list[Finding]:
    return list(validate_package(zipped(path, files), [LMSS[lms]]).findings)


@cache
def _told(kind: str) -> dict[str, list[str]]:
    """Return what is said of each package of a kind: its lines stand below its name."""
    packages = (SAID / f"{kind}.txt").read_text(encoding="utf-8").split("=== ")[1:]
    return {name: lines for name, *lines in (package.rstrip("\n").split("\n") for package in packages)}


@cache
def _write_anew(kind: str, folder: Path) -> None:
    found = {one[1]: _found(folder / one[1], one[2], one[4]) for one in PACKAGES.values() if one[0] == kind}
    lines = [(f"=== {name}", *(finding_line(one, folder / name) for one in told)) for name, told in found.items()]
    (SAID / f"{kind}.txt").write_text("".join(f"{line}\n" for told in lines for line in told), encoding="utf-8")
    _told.cache_clear()


def _weights_of(findings: list[Finding]) -> set[Severity]:
    """Return how much the findings weigh that are more than remarks."""
    return {found.severity for found in findings} - {Severity.INFO}


def _weights(path: Path, lms: str, files: Mapping[str, bytes]) -> set[Severity]:
    return _weights_of(_found(path, lms, files))


def test_of_a_scorm_manifest_in_utf_16_moodle_sees_nothing_where_it_says_that_it_stands_alone(tmp_path: Path) -> None:
    text = SMALL["imsmanifest.xml"].decode()
    for name, more, is_seen in (
        ("a.zip", ' encoding="UTF-16"', True),
        ("b.zip", ' encoding="UTF-16" standalone="no"', False),
    ):
        document = text.replace('version="1.0"', f'version="1.0"{more}').encode("utf-16")
        weights = _weights(tmp_path / name, "moodle", {**SMALL, "imsmanifest.xml": document})
        assert (Severity.ERROR not in weights) is is_seen


def test_what_moodle_reads_all_the_same_is_no_error_to_it(tmp_path: Path) -> None:
    lone = SMALL["imsmanifest.xml"].replace(b"<title>One", b"<title>One & all")
    assert not _weights(tmp_path / "a.zip", "moodle", {**SMALL, "imsmanifest.xml": lone})
    around = {f"course/{name}": content for name, content in CARTRIDGE.items()}
    assert Severity.ERROR not in _weights(tmp_path / "b.imscc", "moodle", around)
    assert Severity.ERROR in _weights(tmp_path / "c.imscc", "canvas", around)


def test_canvas_opens_a_folder_that_is_all_there_is_and_has_an_entry(tmp_path: Path) -> None:
    around = {f"course/{name}": content for name, content in CARTRIDGE.items()}
    for number, (more, is_seen) in enumerate(
        (
            ({"course/": b""}, True),
            ({"course/": b"", "__MACOSX/": b"", "__MACOSX/._a": b"x"}, True),
            ({}, False),
            ({"course/": b"", "other/": b""}, False),
            ({"course/": b"", "a.txt": b"x"}, False),
        )
    ):
        weights = _weights(tmp_path / f"{number}.imscc", "canvas", {**more, **around})
        assert (Severity.ERROR not in weights) is is_seen, more


def test_moodle_opens_no_zip_with_something_before_it(tmp_path: Path) -> None:
    target = zipped(tmp_path / "a.zip", SMALL)
    target.write_bytes(b"<!-- a proxy -->" + target.read_bytes())
    found = validate_package(target, [LMSS["moodle"]]).findings
    assert Severity.ERROR in {one.severity for one in found}


def test_a_page_of_a_cartridge_that_only_says_it_is_in_utf_8_loses_letters_in_moodle(tmp_path: Path) -> None:
    page = b'<html><head><meta charset="utf-8"><title>One</title></head><body><p>Caf\xe9</p></body></html>'
    assert _weights(tmp_path / "a.imscc", "moodle", {**CARTRIDGE, "one.html": page})
    assert not _weights(tmp_path / "b.imscc", "moodle", {**CARTRIDGE, "one.html": page.replace(b"\xe9", b"\xc3\xa9")})


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("/".join(["d" * 60] * 5) + "/one.html", ""),  # of a page the text alone is kept
        ("/".join(["d" * 60] * 5) + "/one.png", "L502"),
        ("n" * 252 + ".png", "L533"),
        ("é" * 130 + ".html", "L512"),
        ("é" * 120 + ".html", ""),
    ],
)
def test_files_of_a_cartridge_lie_as_deep_as_moodle_has_room_for(path: str, code: str, tmp_path: Path) -> None:
    content = PAGE if path.endswith(".html") else b"PNG"
    items = ITEM + '<item identifier="B" identifierref="F"><title>Two</title></item>'
    manifest = cartridge(items, resource("F", "webcontent", path, attributes=f'href="{path}"'))
    target = zipped(tmp_path / "a.imscc", {"imsmanifest.xml": manifest, "a.html": PAGE, path: content})
    found = {one.code for one in validate_package(target, [LMSS["moodle"]]).findings}
    assert found & {"L502", "L512", "L533"} == ({code} if code else set())


QUIZ = """<activity id="9" moduleid="9" modulename="quiz" contextid="90"><quiz id="9"><name>Quiz</name><sumgrades>{0}
</sumgrades><grade>1</grade><question_instances><question_instance id="1"><slot>{1}</slot><page>1</page><maxmark>1
</maxmark><question_reference id="1"><usingcontextid>90</usingcontextid><component>mod_quiz</component>
<questionarea>slot</questionarea><questionbankentryid>5</questionbankentryid></question_reference></question_instance></question_instances><sections><section id="1"><firstslot>1</firstslot>
</section></sections></quiz></activity>"""
BANK = """<question_categories><question_category id="1"><contextid>90</contextid><question_bank_entries>
<question_bank_entry id="5"><question_version><question_versions id="5"><status>{}</status><questions><question id="5">
<qtype>essay</qtype><questiontext>Why?</questiontext></question></questions></question_versions></question_version>
</question_bank_entry></question_bank_entries></question_category></question_categories>"""


def _of_quiz(path: Path, quiz: str, bank: str) -> Iterable[Finding]:
    """Return what is found in a backup with a quiz."""
    listed = b"<activity><moduleid>9</moduleid><modulename>quiz</modulename><directory>activities/quiz_9</directory>"
    files = {
        **BACKUP,
        "moodle_backup.xml": BACKUP["moodle_backup.xml"].replace(
            b"<activities>", b"<activities>" + listed + b"</activity>"
        ),
        "activities/quiz_9/quiz.xml": quiz.encode(),
        "questions.xml": bank.encode(),
    }
    return validate_package(zipped(path, files), [LMSS["moodle"]]).findings


@pytest.mark.parametrize(
    ("total", "slot", "status", "said"),
    [
        ("1", "1", "ready", ""),
        ("30", "1", "ready", "its marks add up to 1"),
        ("1", "0", "ready", "is before its first section"),
        ("1", "1", "draft", "that is a draft"),
    ],
)
def test_a_quiz_of_a_backup_is_counted_through(total: str, slot: str, status: str, said: str, tmp_path: Path) -> None:
    findings = _of_quiz(tmp_path / "a.mbz", QUIZ.format(total, slot), BANK.format(status))
    texts = [text for text in map(str, findings) if any(one in text for one in SAYINGS)]
    assert [said in text for text in texts] == ([True] if said else [])


SAYINGS = ("its marks add up to", "is before its first section", "that is a draft", "it draws")
FIXED = """<question_reference id="1"><usingcontextid>90</usingcontextid><component>mod_quiz</component>
<questionarea>slot</questionarea><questionbankentryid>5</questionbankentryid></question_reference>"""
DRAWN = """<question_set_reference id="2"><usingcontextid>90</usingcontextid><questionscontextid>90</questionscontextid>
<filtercondition>{{"filter":{{"category":{{"jointype":1,"values":["1"]}},"qtagids":{{"jointype":2,"values":[{0}]}}}}}}</filtercondition>
</question_set_reference>"""
SECOND = "<question_instance id='2'><slot>2</slot><page>1</page><maxmark>0</maxmark>{}</question_instance></question_instances>"


@pytest.mark.parametrize(
    ("asks", "wanted", "own", "said"),
    [
        (False, "", "", ""),
        (True, "", "", "in which 0 can be drawn, besides what it asks itself"),
        (False, '"12"', "12", ""),
        (False, '"12"', "", "no question of the backup has; it draws from all questions of the category"),
        (False, '"12","13"', "12", "no question of the backup has; it draws by its other tags alone"),
    ],
)
def test_a_quiz_draws_as_moodle_does(asks: bool, wanted: str, own: str, said: str, tmp_path: Path) -> None:
    drawn = DRAWN.format(wanted)
    quiz = QUIZ.format("1", "1")
    quiz = quiz.replace("</question_instances>", SECOND.format(drawn)) if asks else quiz.replace(FIXED, drawn)
    tags = f'<tags><tag id="{own}"><rawname>t</rawname></tag></tags></question>' if own else "</question>"
    bank = BANK.format("ready").replace("</question>", tags, 1)
    texts = [text for text in map(str, _of_quiz(tmp_path / "a.mbz", quiz, bank)) if "it draws" in text]
    assert [said in text for text in texts] == ([True] if said else [])


# A slot as before Moodle 4: it asks for tags by their names.
EARLIER = "<questionid>5</questionid><tags>{}</tags>"


@pytest.mark.parametrize(
    ("condition", "named", "said"),
    [
        ('{"filter":{"category":{"jointype":1,"values":[]}}}', "", "draws questions, and from no category"),
        ('{"filter":{}}', "", "draws questions, and from no category"),
        ('{"questioncategoryid":null}', "", "draws questions, and from no category"),
        ('{"questioncategoryid":"x"}', "", "import stops: it draws by a category ('x') that is not a whole number"),
        (
            '{"questioncategoryid":"1","tags":[",t"]}',
            "",
            "import stops: it draws by a tag ('') that is not a whole number",
        ),
        ("", "<tag><tagid>1</tagid><tagname>Other</tagname></tag>", "import stops: it draws by a tag (Other) that no"),
        ("", "<tag><tagid>1</tagid></tag>", "import stops: it draws by a tag (without a name) that no question"),
        ("", "<tag><tagid>1</tagid><tagname>Known</tagname></tag>", ""),
        ("", "<tag><tagname>Known</tagname></tag><tag><tagname>Other</tagname></tag>", ""),
        ("", "", ""),
    ],
)
def test_what_a_quiz_draws_by_can_be_restored(condition: str, named: str, said: str, tmp_path: Path) -> None:
    kept = f"<filtercondition>{condition}</filtercondition>"
    drawn = f"<question_set_reference>{kept}</question_set_reference>" if condition else EARLIER.format(named)
    bank = BANK.format("ready").replace(
        "</question>", '<tags><tag id="8"><rawname>known</rawname></tag></tags></question>'
    )
    found = _of_quiz(tmp_path / "a.mbz", QUIZ.format("1", "1").replace(FIXED, drawn), bank)
    texts = [text for text in map(str, found) if "it draws" in text and "that is not in the backup" not in text]
    assert any(said in text for text in texts) if said else not texts


def test_enough_packages_are_damaged_for_each_lms() -> None:
    counts = {lms: sum(one[2] == lms for one in PACKAGES.values()) for lms in ("moodle", "canvas")}
    assert min(counts.values()) >= 60


LINK = '<webLink xmlns="http://www.imsglobal.org/xsd/imsccv1p3/imswl_v1p3"><title>L</title><url href="https://example.org/"/></webLink>'


@pytest.mark.parametrize(("version", "inside"), [(1, True), (2, True), (3, False)])
def test_a_resource_may_hold_its_document_in_itself_from_common_cartridge_13_on(
    version: int, inside: bool, tmp_path: Path
) -> None:
    item = f'{ITEM}<item identifier="B" identifierref="L"><title>Link</title></item>'
    manifest = cartridge(item, resource("L", f"imswl_xmlv1p{version}", inside=LINK), version)
    findings = validate_package(zipped(tmp_path / "a.zip", {"imsmanifest.xml": manifest, "a.html": PAGE})).findings
    assert ("P239" in {found.code for found in findings}) is inside


@pytest.mark.parametrize("schema", ["IMS Common Cartridge", "1EdTech Common Cartridge", "IMS Thin Common Cartridge"])
@pytest.mark.parametrize("lms", ["moodle", "canvas"])
def test_common_cartridge_14_is_known_and_taken_by_neither(schema: str, lms: str, tmp_path: Path) -> None:
    manifest = cartridge(version=4).replace(b"IMS Common Cartridge", schema.encode())
    verdict = validate_package(zipped(tmp_path / "a.zip", {"imsmanifest.xml": manifest, "a.html": PAGE}), [LMSS[lms]])
    assert verdict.kind.endswith("Common Cartridge 1.4")
    assert [found.code for found in verdict.findings if found.severity is Severity.ERROR] == ["L501"]
