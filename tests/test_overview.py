"""The overview of a course: everything that it sums up is on it, and its links lead somewhere."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from conftest import SEEDS, built, roadmap

from coursewright.building.settings import Config
from coursewright.course.plan import Grouping, Selection
from coursewright.writers import WHOLE

Sources = Callable[[Mapping[str, str | bytes]], Path]


def overview(package: Path) -> tuple[str, set[str]]:
    with zipfile.ZipFile(package) as archive:
        return archive.read("index.html").decode(), set(archive.namelist())


@pytest.mark.parametrize("format", [found.name for found in WHOLE if found.name.startswith("scorm")])
def test_every_package_has_one_and_its_links_lead_somewhere(format: str, tmp_path: Path) -> None:
    built(SEEDS, tmp_path, config=Config(formats=(format,)))
    packages = list(tmp_path.glob("*.zip"))
    assert len(packages) == 3
    for package in packages:
        page, held = overview(package)
        assert set(re.findall(r'(?:href|src)="([^"#]*)"', page)) <= held


def test_it_sums_up_the_course(tmp_path: Path) -> None:
    built(SEEDS, tmp_path, Selection(Grouping.ALL))
    page, _ = overview(next(tmp_path.glob("*.zip")))
    text = " ".join(re.sub(r"<[^>]+>", " ", page).split())
    assert "Strategic Partnerships &amp; Vendor Ecosystems" in page
    for words in ("after MOD-607", "Lecture 12 hours", "partnerships-ecosystem", "Expert", "Senior AI Infrastructure"):
        assert words in text
    assert len(re.findall(r'<g class="stop', page)) == 5


def test_a_title_is_converted_wherever_a_page_shows_it(curriculum: Sources, tmp_path: Path) -> None:
    source = curriculum({"a.md": roadmap(1, title="One $x^2$ *deep* & <b>")})
    report = built(source, tmp_path, Selection(Grouping.UNIT), Config(math=True))
    page, _ = overview(tmp_path / report.written[0].name)
    assert "<title>Course overview | One x^2 deep &amp; &lt;b&gt;</title>" in page
    assert re.search(r"<h1>One <math.*</math> <em>deep</em> &amp; &lt;b&gt;</h1>", page)
    with zipfile.ZipFile(tmp_path / report.written[0].name) as archive:
        unit = next(archive.read(name).decode() for name in archive.namelist() if name.startswith("units/"))
    assert "<title>One x^2 deep &amp; &lt;b&gt; | One x^2 deep &amp; &lt;b&gt;</title>" in unit
    assert "$x^2$" not in unit and "*deep*" not in unit


def test_whom_a_course_is_for_is_said_where_its_title_does_not(curriculum: Sources, tmp_path: Path) -> None:
    source = curriculum({"a.md": roadmap(1, role="R&D Engineer")})
    built(source, tmp_path / "a")
    built(source, tmp_path / "b", Selection(title="Academy"))
    said = [overview(next((tmp_path / name).glob("*.zip")))[0].count("For R&amp;D Engineer") for name in ("a", "b")]
    assert said == [0, 1]


def test_a_large_course_has_a_list_instead_of_a_matrix(curriculum: Sources, tmp_path: Path) -> None:
    table = "\n## Competency Alignment\n\n| Competency | Proficiency Target |\n|---|---|\n| weaving | Expert |\n"
    texts = {f"{n}.md": roadmap(n, extra=table) for n in range(1, 30)}
    built(curriculum(texts), tmp_path / "out")
    page, _ = overview(next((tmp_path / "out").glob("*.zip")))
    assert page.count("<td>") == 1 and "MOD-001 Expert; MOD-002 Expert" in page


def test_one_id_in_two_tracks_is_two_columns(curriculum: Sources, tmp_path: Path) -> None:
    table = "\n## Competency Alignment\n\n| Competency | Proficiency Target |\n|---|---|\n| weaving | {} |\n"
    texts = {
        "a.md": roadmap(1, extra=table.format("Expert")),
        "b.md": roadmap(1, role="Architect", extra=table.format("Working")),
    }
    built(curriculum(texts), tmp_path / "out", Selection(Grouping.ALL))
    page, _ = overview(next((tmp_path / "out").glob("*.zip")))
    cells = [re.sub(r"<[^>]+>", "", cell).strip() for cell in re.findall(r"<td>.*?</td>", page, re.DOTALL)]
    assert sorted(cells) == ["Expert", "Working"]
