"""Themes: a folder changes colours, logo, words and templates, and a mistake in it is a finding with its place."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest
from conftest import built, roadmap

from coursewright.build import Report
from coursewright.colour import BLACK, WHITE, Colour
from coursewright.config import Config, ConfigError, load_config
from coursewright.palette import ours, palettes
from coursewright.theme import load_theme

LOGO = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"/>'


@pytest.fixture
def source(tmp_path: Path) -> Path:
    folder = tmp_path / "source"
    folder.mkdir()
    (folder / "unit.md").write_text(roadmap(1), encoding="utf-8")
    return folder


def theme(folder: Path, files: Mapping[str, str]) -> Path:
    for name, text in files.items():
        path = folder / "theme" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder / "theme"


def dressed(source: Path, files: Mapping[str, str], language: str = "en") -> tuple[Report, dict[str, str]]:
    """Return the report of a build with a theme, and the text files of its package by name."""
    config = Config(theme=theme(source.parent, files), language=language)
    report = built(source, source.parent / "out", config=config)
    if not report.written:
        return report, {}
    with zipfile.ZipFile(source.parent / "out" / report.written[0].name) as package:
        return report, {name: package.read(name).decode() for name in package.namelist()}


def page_of(files: Mapping[str, str]) -> str:
    return next(text for name, text in files.items() if name.startswith("units/"))


def test_a_brand_colour_makes_a_palette_that_can_be_read(source: Path) -> None:
    report, files = dressed(source, {"theme.toml": '[light]\naccent = "#5b2a86"\n'})
    assert [found.code for found in report.findings] == []
    light, dark = palettes({"light": {"accent": "#5b2a86"}})
    assert f"--accent: {light['accent']};" in files["shared/course.css"]
    assert f"--accent: {dark['accent']};" in files["shared/course.css"]
    assert dark["accent"].contrast(dark["paper"]) >= 4.5 > Colour(0x5B, 0x2A, 0x86).contrast(dark["paper"])
    assert light["on-accent"] == WHITE and dark["on-accent"] == BLACK


def test_a_pale_brand_colour_is_a_finding_that_names_one_that_can_be_read(source: Path) -> None:
    report, files = dressed(source, {"theme.toml": '[light]\naccent = "#fc0"\n'})
    (found,) = [found for found in report.findings if found.code == "L407"]
    assert "#ffcc00" in found.text and "1.3:1" in found.text
    better = Colour.of(found.hint.split()[1])
    assert better is not None
    assert better.contrast(WHITE) >= 4.5
    assert "--accent: #ffcc00;" in files["shared/course.css"]


def test_every_colour_of_ours_can_be_read() -> None:
    light, dark = ours()
    assert light.keys() == dark.keys() >= {"paper", "ink", "accent", "part-6"}
    for palette in (light, dark):
        assert all(palette[name].contrast(palette["paper"]) >= 4.5 for name in ("ink", "soft", "accent", "done"))


@pytest.mark.parametrize(("one", "other", "ratio"), [(BLACK, WHITE, 21.0), (WHITE, WHITE, 1.0)])
def test_contrast_is_that_of_wcag(one: Colour, other: Colour, ratio: float) -> None:
    assert one.contrast(other) == other.contrast(one) == pytest.approx(ratio)
    assert Colour(0x77, 0x77, 0x77).contrast(WHITE) == pytest.approx(4.48, abs=0.01)


def test_logo_rules_words_and_templates_reach_the_package(source: Path) -> None:
    report, files = dressed(
        source,
        {
            "theme.toml": 'logo = "logo.svg"\nlogo_text = "Acme & Sons"\n',
            "theme.css": "h1 { color: teal; }\n",
            "files/logo.svg": LOGO,
            "labels/en.toml": 'kind_module = "Chapter"\n',
            "hours.html.j2": "{% macro learning_time(hours, labels) %}<p>About {{ hours.total }}</p>{% endmacro %}\n",
        },
    )
    assert report.findings == []
    assert files["shared/theme/logo.svg"] == LOGO
    assert files["shared/course.css"].endswith("h1 { color: teal; }\n")
    page = page_of(files)
    assert '<img src="../../shared/theme/logo.svg" alt="Acme &amp; Sons">' in page
    assert "Chapter MOD-001" in page
    assert "<p>About 10 hours</p>" in page
    assert '<img src="shared/theme/logo.svg"' in files["index.html"]
    assert '<file href="shared/theme/logo.svg"/>' in files["imsmanifest.xml"]


def test_a_theme_can_bring_a_language(source: Path) -> None:
    report, files = dressed(source, {"labels/it.toml": 'next = "Avanti"\n'}, "it")
    assert report.findings == []
    assert "Avanti" in page_of(files) and "Previous" in page_of(files)


@pytest.mark.parametrize(
    ("expression", "reason", "line"),
    [
        ("{{ unit.nothing }}", "has no attribute 'nothing'", 2),
        ("{{ 1 / 0 }}", "division by zero", 2),
        ("{{ unit.title() }}", "not callable", 2),
        ("{% include 'missing.html.j2' %}", "missing.html.j2", 2),
    ],
)
def test_a_template_that_fails_is_a_finding_and_leaves_no_package(
    source: Path, expression: str, reason: str, line: int
) -> None:
    report, _ = dressed(source, {"scorm/unit.html.j2": f"<!DOCTYPE html>\n{expression}\n"})
    (found,) = report.findings
    assert found.code == "S019" and found.severity == "error" and reason in found.text
    assert found.place.path.endswith("theme/scorm/unit.html.j2") and found.place.line == line
    assert not (source.parent / "out").exists() or not list((source.parent / "out").iterdir())


def test_a_broken_theme_stops_the_build_before_anything_is_written(source: Path) -> None:
    report, _ = dressed(source, {"theme.toml": "logo = ["})
    assert [found.code for found in report.findings] == ["S019"]
    assert not (source.parent / "out").exists()


def test_a_theme_that_is_not_there_is_a_finding(tmp_path: Path) -> None:
    _, problems = load_theme(tmp_path / "nowhere")
    assert [found.text for found in problems] == ["the theme cannot be used: there is no such folder"]


def test_a_theme_lies_beside_the_settings_that_name_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "coursewright.toml").write_text('theme = "looks"\nmath = true\n', encoding="utf-8")
    config = load_config(tmp_path / "coursewright.toml", ())
    assert config.theme == tmp_path / "looks" and config.math
    monkeypatch.setenv("COURSEWRIGHT_THEME", "other")
    monkeypatch.setenv("COURSEWRIGHT_MATH", "false")
    config = load_config(tmp_path / "coursewright.toml", ())
    assert config.theme == Path("other") and not config.math


@pytest.mark.parametrize("line", ["theme = 1", 'math = "perhaps"'])
def test_settings_of_looks_are_checked(tmp_path: Path, line: str) -> None:
    (tmp_path / "coursewright.toml").write_text(line, encoding="utf-8")
    with pytest.raises(ConfigError):
        load_config(tmp_path / "coursewright.toml", ())
