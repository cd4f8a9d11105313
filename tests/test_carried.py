"""The source that our packages carry: it comes back as it was, tells no key, and leads nowhere else."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest
from conftest import ROOT
from packages import files_in, unzipped, zipped

from coursewright.audit.diff.comparison import compare
from coursewright.audit.inspect import inspect_package
from coursewright.audit.lms import LMSS
from coursewright.audit.validate import validate_package
from coursewright.building.conversion import read_back
from coursewright.building.pipeline import build, planned, read
from coursewright.building.settings import Config
from coursewright.course.parts import Page
from coursewright.course.plan import Selection
from coursewright.packages.documents.carried import CARRIED, read_carried_document, write_carried

PIXELS = ROOT / "examples" / "pixels"


def built(sources: list[Path], format: str, folder: Path) -> Path:
    """Return the package, or the folder of Markdown, that a course becomes."""
    config = Config(formats=(format,))
    report = build(planned(read(sources, config), Selection(), config), config, folder)
    return folder / report.written[0].name


@pytest.mark.parametrize("format", ["scorm12", "scorm2004-4th", "moodle"])
def test_a_course_comes_back_exactly_and_builds_the_same_package(tmp_path: Path, format: str) -> None:
    package = built([PIXELS], format, tmp_path / "first")
    shown = [one for one in unzipped(package).values() if one.startswith((b"\x89PNG", b"<svg", b"%PDF"))]
    assert len(set(shown)) == len(shown) > 0  # what it shows is not carried again
    conversion = read_back(package, Config())
    assert conversion.exact
    markdown = built([package], "markdown", tmp_path / "markdown")
    assert files_in(markdown) == files_in(built([PIXELS], "markdown", tmp_path / "straight"))
    again = built([markdown], format, tmp_path / "again")
    compared = compare(*(inspect_package(path, marked=True) for path in (package, again)))
    assert {found.code for found in compared.findings} <= {"D617"}  # a restored backup is a new course


def test_what_is_in_one_lms_is_sound_in_another(tmp_path: Path) -> None:
    first = built([PIXELS], "moodle", tmp_path / "moodle")
    canvas = built([first], "canvas", tmp_path / "canvas")
    moodle = built([canvas], "moodle", tmp_path / "again")
    for package, lms in ((canvas, "canvas"), (moodle, "moodle")):
        verdict = validate_package(package, [LMSS[lms]])
        assert [found for found in verdict.findings if found.severity != "info"] == []


def test_keys_of_quizzes_stand_nowhere_in_clear_and_come_back(tmp_path: Path) -> None:
    source = tmp_path / "source"
    source.mkdir()
    quiz = "---\nkind: quiz\ntitle: Bees\n---\n\n1. Who lays the eggs?\n\n   - [ ] A drone\n   - [x] The queen\n\n"
    (source / "course.toml").write_text('title = "Bees"\ndialect = "plain"\n[[unit]]\npages = ["quiz.md"]\n')
    (source / "quiz.md").write_text(f"{quiz}   > Because she is zymotically suited.\n")
    package = built([source], "scorm12", tmp_path / "out")
    carried = unzipped(package)[CARRIED].decode()
    assert "[x]" not in carried and "queen" not in carried
    found = read_carried_document(unzipped(package)[CARRIED])
    assert found and any("queen" in text for text in found.guarded.values())


def _document(texts: dict[str, str], files: dict[str, str]) -> bytes:
    document = write_carried(texts.items(), {}, files)
    assert isinstance(document, bytes)
    return document


@pytest.mark.parametrize("path", ["../up.md", "/abs.md", "a\\b.md", "c:x.md"])
def test_a_source_whose_paths_lead_elsewhere_is_not_read(path: str) -> None:
    assert read_carried_document(_document({"course.toml": "", path: "x"}, {})) is None
    assert read_carried_document(_document({"course.toml": ""}, {"a.png": path})) is None


@pytest.mark.parametrize(
    "document", [b"", b"[]", b'{"version": 2}', b'{"version": 1, "texts": {"a.md": 1}}', b"[" * 100_000, b'{"version": 1, "texts": {"a.md": ""}, "sealed": {"b.md": "?"}}']
)  # fmt: skip
def test_what_is_no_source_is_not_read_as_one(document: bytes) -> None:
    assert read_carried_document(document) is None


def test_a_package_whose_source_is_broken_is_read_by_its_pages(tmp_path: Path) -> None:
    files = unzipped(built([PIXELS], "scorm12", tmp_path / "out"))
    whole = json.loads(files[CARRIED])
    whole["files"] = {**whole["files"], "files/more.png": "nowhere.png"}
    package = zipped(tmp_path / "broken.zip", files | {CARRIED: json.dumps(whole).encode()})
    conversion = read_back(package, Config())
    assert not conversion.exact
    assert [unit.id for unit in conversion.linted.curriculum.units][1] == "PIX-1"
    assert all(isinstance(part, Page) for unit in conversion.linted.curriculum.units for part in unit.parts)


def test_an_unpacked_package_is_read_where_it_lies(tmp_path: Path) -> None:
    package = built([PIXELS], "scorm12", tmp_path / "out")
    folder = tmp_path / "folder"
    with zipfile.ZipFile(package) as archive:
        archive.extractall(folder)
    assert read_back(folder, Config()).exact
    (folder / "files" / "grid.svg").unlink()
    (folder / "files" / "grid.svg").symlink_to("/etc/hosts")
    other = tmp_path / "other"
    folder.rename(other)
    assert not read_back(other, Config()).exact
