"""A course that has one of everything, as each format gets it, file by file, and what each loses of it.

A format has one text in `golden/whole/`; where a format is much like another, it is what differs. `pytest --golden` writes
them anew, for the diff to be read.
"""

from __future__ import annotations

import hashlib
import io
import json
import re
import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import replace
from difflib import unified_diff
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

import odd
import pytest
import whole
from conftest import ROOT, SEEDS

from coursewright.audit.inspect import inspect_package
from coursewright.audit.lms import LMSS
from coursewright.audit.shown import as_json, as_text
from coursewright.audit.validate import validate_package
from coursewright.building.conversion import read_back, report_of
from coursewright.building.jobs import Workshop
from coursewright.building.pipeline import planned, read
from coursewright.building.settings import Config
from coursewright.course.description import Publication
from coursewright.course.edition import Edition, learner_edition
from coursewright.course.graph import link
from coursewright.course.model import Course, Curriculum
from coursewright.course.plan import Selection, plan
from coursewright.course.values import Identity
from coursewright.findings.finding import Finding
from coursewright.packages.files.writing import Package, zipped
from coursewright.writers import FORMATS
from coursewright.writers.writer import WriteOptions

GOLDEN = Path(__file__).parent / "golden" / "whole"
READINGS = Path(__file__).parent / "readings" / "folders"
KIN = {
    "scorm12": "scorm2004-4th",
    "site": "scorm2004-4th",
    "cc11": "cc13",
}
PLAIN = WriteOptions(certificate=True, carries=False)
OPTIONS = {
    "": PLAIN,
    "he": replace(PLAIN, publication=Publication("he")),
    "more": replace(PLAIN, embed_videos=True, canvas_home=True, with_scorm=True),
}
_ELSEWHERE = re.compile(r"(^|/)shared/|\.css$|\.xsd$")  # what is the same in every course
_ELSEWHERE_TOO = re.compile(
    rf"{_ELSEWHERE.pattern}|^files/|\.html$|\.js$|/(roles|inforef|grades|calendar|comments|competencies|filters)\.xml$"
)
_ZIP = b"PK"
CASES = [
    (name, "") for name, format in FORMATS.items() if format.name == name and name not in ("cc12", "scorm2004-3rd")
]
CASES += [("canvas", "more"), ("epub", "he")]


@cache
def _course() -> Course:
    return whole.course(Path(mkdtemp()))


def _editions(found: Curriculum) -> Mapping[Identity, Edition]:
    return {one.identity: learner_edition(one) for one in found.units}


@cache
def written(format: str, options: str) -> list[str]:
    """Return what a format gets of the course, as lines."""
    package = Package(f"bees{FORMATS[format].extension}")
    course = replace(_course(), cover=None) if options == "he" else _course()
    found = FORMATS[format].write(package, course, Workshop().materials(course, OPTIONS[options]))
    return listed(package, found)


def listed(package: Package, found: Iterable[Finding], left_out: re.Pattern[str] = _ELSEWHERE) -> list[str]:
    """Return the files of a package as lines, after what was found as it was written."""
    lines = [f"{one.code} {one.place or ''} {one.text}" for one in found]
    seen: dict[bytes, str] = {}
    for name, content in sorted(_files(package).items()):
        if seen.setdefault(content, name) != name:
            lines.append(f"===== {name}, as {seen[content]}")
        elif not left_out.search(name):
            lines += [f"===== {name}", *_read(name, content)]
    return lines


def _files(package: Package) -> dict[str, bytes]:
    content = zipped(package)
    return _unpacked(content) if content.startswith(_ZIP) else {package.name: content}


def _unpacked(archive: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(archive)) as packed:
        return {name: packed.read(name) for name in packed.namelist()}


def _read(name: str, content: bytes) -> list[str]:
    if content.startswith(_ZIP):
        return [f"{inner}: {len(held)} bytes" for inner, held in _unpacked(content).items()]
    try:
        lines = content.decode().splitlines()
        return lines if name.endswith((".md", ".toml")) else [line.strip() for line in lines]
    except UnicodeDecodeError:
        return [hashlib.sha256(content).hexdigest()]


@pytest.mark.parametrize(("format", "options"), CASES)
def test_a_course_with_one_of_everything_comes_out_as_it_must(
    format: str, options: str, pytestconfig: pytest.Config
) -> None:
    lines, kin = written(format, options), format if options else KIN.get(format)
    lines = differing(written(kin, ""), lines) if kin else lines
    assert lines == golden("-".join(filter(None, (format, options))), lines, pytestconfig)


@pytest.mark.parametrize("format", ["epub", "markdown", "moodle", "scorm12"])
def test_what_is_seldom_comes_out_as_it_must(format: str, tmp_path: Path, pytestconfig: pytest.Config) -> None:
    package, course = Package(f"wax{FORMATS[format].extension}"), odd.course(tmp_path)
    course = replace(course, steps=course.steps[:2]) if format == "moodle" else course
    options = replace(PLAIN, with_scorm=True)
    found = FORMATS[format].write(package, course, Workshop().materials(course, options))
    lines = listed(package, found, left_out=_ELSEWHERE_TOO)
    assert lines == golden(f"odd-{format}", lines, pytestconfig)


@pytest.mark.parametrize("format", ["scorm2004-4th", "cc13", "canvas", "moodle", "qti12"])
def test_what_comes_back_of_a_course_with_one_of_everything(
    format: str, tmp_path: Path, pytestconfig: pytest.Config
) -> None:
    """Beside what was read, the golden text has what became of all else, and how the course differs as Markdown."""
    back = read_back(packed(format, tmp_path), Config())
    read_again = back.read.curriculum
    lines = [f"{one.code} {one.place or ''} {one.text}" for one in read_again.findings]
    lines += report_of(back).decode().splitlines()
    package, found = as_markdown(read_again)
    lines += differing(written("markdown", ""), listed(package, found))
    lines = [line.replace(str(tmp_path), "") for line in lines]
    assert lines == golden(f"{format}-back", lines, pytestconfig)


@pytest.mark.parametrize("format", ["markdown", "moodle"])
def test_what_is_written_as_markdown_is_read_again_as_it_was(format: str, tmp_path: Path) -> None:
    """But for the conditions that it cannot hold, which are said as it is written first."""
    if format == "markdown":
        first = Package("bees")
        found = FORMATS[format].write(first, _course(), Workshop().materials(_course(), PLAIN))
    else:
        first, found = as_markdown(read_back(packed(format, tmp_path), Config()).read.curriculum)
    lines = listed(first, found)
    (tmp_path / "first.zip").write_bytes(zipped(first))
    with zipfile.ZipFile(tmp_path / "first.zip") as archive:
        archive.extractall(tmp_path / "course")
    again = listed(*as_markdown(read([tmp_path / "course"], Config()).curriculum))
    assert differing([line for line in lines if not line.startswith("L471")], again) == []


def test_what_roadmaps_become_as_markdown(pytestconfig: pytest.Config) -> None:
    lines = []
    for source in (SEEDS, ROOT / "tests" / "browser" / "curriculum", READINGS / "a-roadmap-whose-fields-hold-more"):
        for course in planned(read([source], Config()), Selection(staff=True), Config()).courses:
            package = Package("roadmaps")
            lines += listed(package, FORMATS["markdown"].write(package, course, Workshop().materials(course, PLAIN)))
    assert lines == golden("roadmaps", lines, pytestconfig)


@pytest.mark.parametrize("format", ["scorm12", "scorm2004-4th", "cc13", "canvas", "moodle"])
def test_what_is_seen_of_a_course_with_one_of_everything(
    format: str, tmp_path: Path, pytestconfig: pytest.Config
) -> None:
    package = packed(format, tmp_path)
    found = inspect_package(package)
    judged = validate_package(package, lmss=LMSS.values()).findings
    lines = [*as_text(found), *json.dumps(as_json(found), indent=0, ensure_ascii=False).splitlines()]
    lines += [f"{one.code} {one.severity} {one.place.path}:{one.place.line} {one.text}" for one in judged]
    lines = [line.replace(str(tmp_path), "") for line in lines]
    assert lines == golden(f"{format}-seen", lines, pytestconfig)


def as_markdown(found: Curriculum) -> tuple[Package, list[Finding]]:
    """Return the first course of a curriculum as a folder of Markdown, and what that loses."""
    ((course, *_), _) = plan(link(found), _editions(found), Selection(staff=True))
    package = Package("bees")
    return package, FORMATS["markdown"].write(package, course, Workshop().materials(course, PLAIN))


def packed(format: str, folder: Path) -> Path:
    """Write a package of the course into a folder, and return where."""
    package = Package(f"bees{FORMATS[format].extension}")
    FORMATS[format].write(package, _course(), Workshop().materials(_course(), PLAIN))
    (folder / package.name).write_bytes(zipped(package))
    return folder / package.name


def differing(one: list[str], other: list[str]) -> list[str]:
    """Return the lines that differ."""
    return [re.sub(r"^@@.*", "@@", line) for line in unified_diff(one, other, n=0, lineterm="")][2:]


def golden(name: str, lines: list[str], config: pytest.Config) -> list[str]:
    """Return the lines of a golden text, which are these if it is written anew."""
    path = GOLDEN / f"{name}.txt"
    if config.getoption("--golden"):
        path.parent.mkdir(exist_ok=True)
        path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    return path.read_text(encoding="utf-8").split("\n")[:-1]
