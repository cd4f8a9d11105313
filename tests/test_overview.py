"""The overview of a course: everything that it sums up is on it, and its links lead somewhere."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from conftest import SEEDS, built, roadmap
from lxml import html
from packages import unzipped

from coursewright.building.settings import Config, load_config
from coursewright.course.model import Course, Step, Unit
from coursewright.course.plan import Grouping, Selection
from coursewright.course.values import Kind
from coursewright.pages.overview import Home, overview_page
from coursewright.pages.renderer import Renderer
from coursewright.text.markdown.values import Text
from coursewright.writers import WHOLE

Sources = Callable[[Mapping[str, str | bytes]], Path]


def parsed(page: str) -> Any:
    return html.fromstring(page)


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
    for words in ("after MOD-607", "Lecture 50 hours", "partnerships-ecosystem", "Expert", "Senior AI Infrastructure"):
        assert words in text
    assert len(re.findall(r'<li class="stop c', page)) == 5


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


TABLE = "\n## Competency Alignment\n\n| Competency | Proficiency Target |\n|---|---|\n| weaving | {} |\n"


def skills(page: str) -> dict[str, list[str]]:
    """Return what each competency says, by the title of its level."""
    levels = parsed(page).xpath("//section[@class='level']")
    return {
        "".join(level.xpath("./h3//text()")): [" ".join(one.text_content().split()) for one in level.xpath("./ul/li")]
        for level in levels
    }


def test_competencies_stand_under_the_highest_level_they_reach(curriculum: Sources, tmp_path: Path) -> None:
    targets = ["Working", "Expert", "Expert (with a guild)", "Spin a yarn"]
    texts = {f"{n}.md": roadmap(n, extra=TABLE.format(target)) for n, target in enumerate(targets, start=1)}
    texts["9.md"] = roadmap(9, extra=TABLE.replace("weaving", "spinning").format("Seven bobbins"))
    built(curriculum(texts), tmp_path / "out")
    page, _ = overview(next((tmp_path / "out").glob("*.zip")))
    assert skills(page) == {
        "Expert": ["weaving MOD-001 Working MOD-002 MOD-003 Expert (with a guild) MOD-004 Spin a yarn"],
        "Other targets": ["spinning MOD-009 Seven bobbins"],
    }


def test_what_many_units_teach_is_folded(curriculum: Sources, tmp_path: Path) -> None:
    texts = {f"{n}.md": roadmap(n, extra=TABLE.format("Expert")) for n in range(1, 30)}
    built(curriculum(texts), tmp_path / "out")
    page, _ = overview(next((tmp_path / "out").glob("*.zip")))
    (skill,) = parsed(page).xpath("//ul[@class='skills']/li")
    assert skill.xpath("string(./details/summary)") == "weaving 29 units" and len(skill.xpath("./details/ul/li")) == 29


def test_one_id_in_two_tracks_is_two_units(curriculum: Sources, tmp_path: Path) -> None:
    texts = {
        "a.md": roadmap(1, extra=TABLE.format("Expert")),
        "b.md": roadmap(1, role="Architect", extra=TABLE.format("Working")),
    }
    built(curriculum(texts), tmp_path / "out", Selection(Grouping.ALL))
    page, _ = overview(next((tmp_path / "out").glob("*.zip")))
    assert len(set(parsed(page).xpath("//ul[@class='skills']//a/@href"))) == 2


def test_a_course_of_1000_units_is_folded_into_groups_and_each_unit_is_linked() -> None:
    units = [Unit(f"{n}.md", 1, Kind.MODULE, f"MOD-{n:04}", Text(f"Unit {n}"), "a", ()) for n in range(1000)]
    steps = tuple(Step(one, needs=tuple(units[n - 1 : n] if n % 20 else ())) for n, one in enumerate(units))
    page = overview_page(Renderer(), Course("a", "A", steps), Home()).decode()
    tree = parsed(page)
    assert len(tree.xpath("//details[@class='group']")) == 20
    assert len(tree.xpath("//li[@data-stop]/div/a/@href")) == 1000
    assert len(page) < 900_000


def test_without_prerequisites_there_is_a_path_and_no_map(curriculum: Sources, tmp_path: Path) -> None:
    built(curriculum({f"{n}.md": roadmap(n) for n in range(1, 4)}), tmp_path / "out")
    tree = parsed(overview(next((tmp_path / "out").glob("*.zip")))[0])
    assert not tree.xpath("//*[@class='map']") and len(tree.xpath("//section[contains(@class, 'path')]//li/div/a")) == 3
    assert tree.xpath("string(//p[@class='go']/a)") == "Start:Continue: Module 1"


SQUARE = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><script>1</script><path d="M0 0h9v9z"/></svg>'
FRONT = "---\ndescription: All about *bees*.\ncover: {}\n---\n\n# Bees\n\nWelcome.\n"


def covered(folder: Path, config: Config | None = None) -> tuple[Any, dict[str, bytes], list[str]]:
    report = built(folder, folder.parent / "out", config=config or Config())
    files = unzipped(next((folder.parent / "out").glob("*.zip")))
    return parsed(files["index.html"].decode()), files, [found.code for found in report.findings]


def test_the_home_has_the_cover_and_the_description_that_the_front_matter_names(curriculum: Sources) -> None:
    source = curriculum({"README.md": FRONT.format("/sea.svg"), "a.md": "# Hive\n", "static/sea.svg": SQUARE})
    page, files, _ = covered(source)
    (cover,) = page.xpath("//header//img/@src")
    assert re.fullmatch(r"shared/cover-[0-9a-f]{8}\.svg", cover) and b"script" not in files[cover]
    assert cover.encode() in files["imsmanifest.xml"]
    assert page.xpath("string(//p[@class='lead'])") == "All about bees."
    assert not page.xpath("//*[@class='emblem']")


def test_settings_name_a_cover_for_any_course_and_count_for_more(curriculum: Sources, tmp_path: Path) -> None:
    source = curriculum({"README.md": FRONT.format("none.png"), "a.md": "# Hive\n"})
    (tmp_path / "sea.svg").write_text(SQUARE, encoding="utf-8")
    (tmp_path / "own.toml").write_text('cover = "sea.svg"\ndescription = "Honey"\n', encoding="utf-8")
    page, _, codes = covered(source, load_config(tmp_path / "own.toml", ("scorm12",)))
    assert len(page.xpath("//header//img")) == 1 and page.xpath("string(//p[@class='lead'])") == "Honey"
    assert codes.count("L450") == 1


def test_a_cover_that_is_no_picture_or_lies_elsewhere_is_told_and_left_out(curriculum: Sources) -> None:
    for cover in ("fake.png", "../secret.png", "clip.mp4", "https://example.org/sea.png"):
        source = curriculum(
            {"README.md": FRONT.format(cover), "a.md": "# Hive\n", "fake.png": "<html>", "clip.mp4": "0000"}
        )
        page, _, codes = covered(source)
        assert not page.xpath("//header//img")
        assert ("L450" in codes) == (not cover.startswith("https")), cover


@pytest.mark.parametrize(
    ("opening", "said"),
    [
        ("Everything that lives in a hive,\nand what it does there all day.", True),
        ("Short.", False),
        ("[![badge](b.svg)](https://x.example) Everything that lives in a hive and more.", False),
        ("- Everything that lives in a hive and what it does there all day.", False),
    ],
)
def test_a_course_is_described_by_what_its_document_opens_with(curriculum: Sources, opening: str, said: bool) -> None:
    page, _, _ = covered(curriculum({"README.md": f"# Bees\n\n{opening}\n\nMore.\n", "a.md": "# Hive\n"}))
    assert page.xpath("string(//p[@class='lead'])") == (opening.replace("\n", " ") if said else "")
