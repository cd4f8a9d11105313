"""A certificate is in the packages whose settings, or whose author, ask for one."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from conftest import SEEDS, built

from coursewright.building.settings import Config
from coursewright.course.plan import Grouping, Selection

Sources = Callable[[Mapping[str, str | bytes]], Path]
LESSONS = {"01-bees.md": "# Bees\n\nThey fly.\n", "02-honey.md": "# Honey\n\nIt is sweet.\n"}
COURSE = 'title = "Bees"\n{}\n[[unit]]\ntitle = "Bees"\npages = ["01-bees.md"]\n[[unit]]\ntitle = "Honey"\npages = ["02-honey.md"]\n'


def held(folder: Path) -> dict[str, str]:
    (package,) = folder.glob("*.zip")
    with zipfile.ZipFile(package) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist() if not name.endswith(".xsd")}


@pytest.mark.parametrize("format", ["scorm12", "scorm2004-4th"])
def test_settings_ask_for_one_for_every_course(format: str, tmp_path: Path) -> None:
    built(SEEDS, tmp_path, Selection(Grouping.ALL), Config(formats=(format,), certificate=True))
    files = held(tmp_path)
    page = files["certificate.html"]
    assert {"shared/certificate.js", "shared/certificate.css"} <= set(files)
    assert set(re.findall(r'(?:href|src)="([^"#]*)"', page)) <= set(files)
    assert "partnerships-ecosystem" in page
    assert 'href="certificate.html"' in files["index.html"]
    units = re.findall(r'data-unit="([^"]*)"', page)
    unit = files[f"units/{units[0]}/index.html"]
    assert f'data-certificate="{" ".join(units)}"' in unit
    watching = files["imsmanifest.xml"].count('objectiveID="need.')
    assert watching == (len(units) * (len(units) - 1) if format != "scorm12" else 0)


def test_the_author_of_a_course_asks_for_one(curriculum: Sources, tmp_path: Path) -> None:
    source = curriculum({**LESSONS, "course.toml": COURSE.format("certificate = true")})
    built(source, tmp_path / "with")
    page = held(tmp_path / "with")["certificate.html"]
    assert "<h2>Units</h2>" in page  # where no unit names a competency
    built(curriculum({"course.toml": COURSE.format("")}), tmp_path / "without")
    assert not [name for name in held(tmp_path / "without") if "certificate" in name]


def test_an_answer_that_is_neither_yes_nor_no_is_told(curriculum: Sources, tmp_path: Path) -> None:
    source = curriculum({**LESSONS, "course.toml": COURSE.format('certificate = "gold"')})
    report = built(source, tmp_path)
    assert any("'certificate' takes true or false" in found.text for found in report.findings)
