"""Roadmaps that went through a package and back: the same unit, the same package, and nothing kept that is not sure."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from conftest import ROOT
from packages import files_in, unzipped, zipped

from coursewright.audit.diff.comparison import compare
from coursewright.audit.inspect import inspect_package
from coursewright.building.conversion import counted, read_back
from coursewright.building.pipeline import build, planned, read
from coursewright.building.settings import Config
from coursewright.course.division import parts_of_all
from coursewright.course.model import Unit
from coursewright.course.plan import Selection
from coursewright.course.values import Kind
from coursewright.text.markdown.html import Converter

SEEDS = ROOT / "seeds"
TINY = ROOT / "tests" / "golden" / "tiny" / "source"
FORMATS = ["scorm12", "scorm2004-4th", "moodle", "canvas", "cc13"]


def built(sources: list[Path], format: str, folder: Path) -> list[Path]:
    """Return the packages, or the folders of Markdown, that sources become."""
    config = Config(formats=(format,))
    report = build(planned(read(sources, config), Selection(), config), config, folder)
    return [folder / one.name for one in report.written if one.name.endswith((".zip", ".mbz", ".imscc", "-markdown"))]


@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize("source", [SEEDS, TINY], ids=["seeds", "tiny"])
def test_a_roadmap_comes_back_from_every_package_as_it_was(tmp_path: Path, source: Path, format: str) -> None:
    for package in built([source], format, tmp_path / "first"):
        (markdown,) = built([package], "markdown", tmp_path / package.name)
        (again,) = built([markdown], format, tmp_path / "again")
        compared = compare(*(inspect_package(path, marked=True) for path in (package, again)))
        assert {found.code for found in compared.findings} <= {"D617"}  # a restored backup is a new course
        assert (markdown / "course.toml").read_text("utf-8").count("roadmap = ") == len(
            list(markdown.rglob("roadmap.md"))
        )
        (second,) = built([markdown], "markdown", tmp_path / "second")
        assert files_in(second) == files_in(markdown)


def edition(unit: Unit) -> list[object]:
    """Return what learners get of a unit, wherever it stands."""
    return [replace(one, path="", line=0) for one in parts_of_all(unit, Converter())]


@pytest.mark.parametrize("format", ["scorm12", "canvas"])
def test_what_is_counted_of_a_roadmap_is_its_pages_and_its_work(tmp_path: Path, format: str) -> None:
    (package,) = built([TINY], format, tmp_path)
    conversion = read_back(package, Config())
    assert {str(kind): count for kind, count in counted(conversion).items()} == {"unit": 2, "page": 2, "assignment": 4}
    assert [unit.kind for unit in conversion.linted.curriculum.units] == [Kind.MODULE, Kind.PROJECT]
    source = {unit.id: unit for unit in read([TINY], Config()).curriculum.units}
    for unit in conversion.linted.curriculum.units:
        assert [(one.key, one.title) for one in edition(unit)] == [  # type: ignore[attr-defined]
            (one.key, one.title)  # type: ignore[attr-defined]
            for one in edition(source[unit.id])
        ]


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("wiki_content/mod-001", b"</body>", b"<p>Ox.</p></body>"),
        ("MOD-001-e65471-lab-c074b4ee26/assignment.html", b"</body>", b"<p>An addition.</p></body>"),
        ("MOD-001-e65471-lab-c074b4ee26/assignment_settings.xml", b"<points_possible>100", b"<points_possible>50"),
    ],
)
def test_what_somebody_changed_in_canvas_stays_as_it_is_there(
    tmp_path: Path, file: str, old: bytes, new: bytes
) -> None:
    (package,) = built([TINY], "canvas", tmp_path)
    files = unzipped(package)
    changed = next(name for name in files if name.startswith(file))
    assert old in files[changed]
    again = zipped(tmp_path / "changed.imscc", files | {changed: files[changed].replace(old, new)})
    first, second = read_back(again, Config()).linted.curriculum.units
    assert (first.kind, second.kind) == (Kind.UNIT, Kind.PROJECT)


def test_a_roadmap_in_a_folder_is_one_and_there(tmp_path: Path) -> None:
    course = 'title = "C"\ndialect = "plain"\n[[unit]]\nid = "M-1"\nroadmap = "a.md"\n'
    (tmp_path / "course.toml").write_text(course)
    (tmp_path / "a.md").write_text("# Notes\n\nNo roadmap.\n")
    (unit,) = read([tmp_path], Config()).curriculum.units
    assert unit.kind is Kind.UNIT
    (tmp_path / "a.md").write_text("# Module Roadmap: Bees\n\n- **Module ID**: X\n\n## Learning Objectives\n\n- See.\n")
    (unit,) = read([tmp_path], Config()).curriculum.units
    assert (unit.kind, unit.id, unit.title, unit.objectives) == (Kind.MODULE, "M-1", "Bees", ("See.",))
