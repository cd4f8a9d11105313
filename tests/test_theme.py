"""Themes: a folder changes colours, logo, words and templates, and a mistake in it is a finding with its place."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest
from conftest import WIDE, built, roadmap
from hypothesis import given, settings
from hypothesis import strategies as st

from coursewright.building.pipeline import planned, read
from coursewright.building.report import Report
from coursewright.building.settings import Config, ConfigError, load_config
from coursewright.course.plan import Selection
from coursewright.findings.finding import Severity
from coursewright.pages.renderer import Renderer
from coursewright.pages.theme.colour import BLACK, WHITE, Colour
from coursewright.pages.theme.palette import contrasts, ours, palettes
from coursewright.pages.theme.theme import OURS, labels_of, load_theme
from coursewright.text.toml import Toml

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
    assert list(contrasts(Toml(Path("t"), "", {}))) == []
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
    before = files["shared/course.css"].partition("@media print")[0]
    assert before.endswith("h1 { color: teal; }\n\n\n") and "/*" not in before
    page = page_of(files)
    assert '<img src="../../shared/theme/logo.svg" alt="Acme &amp; Sons">' in page
    assert "Chapter MOD-001" in page
    assert "<p>About 10 hours</p>" in page
    assert '<img src="shared/theme/logo.svg"' in files["index.html"]
    assert '<file href="shared/theme/logo.svg"/>' in files["imsmanifest.xml"]


def test_a_theme_can_bring_a_language(source: Path) -> None:
    report, files = dressed(source, {"labels/it.toml": 'finish_heading = "Avanti"\n'}, "it")
    (found,) = report.findings
    total = sum("-" not in name for name in labels_of("en", OURS)[0])
    assert (
        found.code == "L405"
        and f"{total - 1} of {total} labels for the language 'it' are missing: those " in found.text
        and "labels/it.toml of a theme" in found.hint
    )
    assert "Avanti" in page_of(files) and "Mark as complete" in page_of(files)


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


HOURS = "{% macro learning_time(hours) %}<p></p>{% endmacro %}\n"
MAP = "{% macro signs(a) %}{{ a.b }}{% endmacro %}\n"


@pytest.mark.parametrize(
    ("files", "path", "reason"),
    [
        ({"hours.html.j2": "nothing"}, "hours.html.j2", "does not export the requested name 'learning_time'"),
        ({"hours.html.j2": "\n" + HOURS}, "hours.html.j2:2", "takes not more than 1 argument"),
        ({"map.html.j2": "nothing"}, "map.html.j2", "requested name 'signs'"),
        ({"map.html.j2": MAP}, "map.html.j2:1", "has no attribute 'b'"),
        ({"scorm/unit.html.j2": '{{ "\\ud800" }}'}, "scorm/unit.html.j2", "surrogates"),
        ({"scorm/unit.html.j2": "{{ ''.__class__.__mro__ }}"}, "scorm/unit.html.j2:1", "unsafe"),
        ({"scorm/unit.html.j2": "{{ pages.append(1) }}"}, "scorm/unit.html.j2:1", "append"),
        (
            {"scorm/unit.html.j2": "<p>{{ unit.title }}</p>"},
            "scorm/unit.html.j2",
            "never be completed without the script",
        ),
    ],
)
def test_what_a_theme_does_to_our_templates_is_a_finding_too(
    source: Path, files: Mapping[str, str], path: str, reason: str
) -> None:
    (source / "other.md").write_text(roadmap(2, "MOD-001"), encoding="utf-8")
    report, _ = dressed(source, files)
    (found,) = report.findings
    assert found.code == "S019" and reason in found.text
    assert str(found.place).endswith(f"theme/{path}")


def test_a_fault_is_found_in_a_theme_by_a_way_with_dots(source: Path) -> None:
    folder = theme(source.parent, {"scorm/unit.html.j2": "{{ 1 / 0 }}"})
    config = Config(theme=folder / ".." / "theme")
    (found,) = built(source, source.parent / "out", config=config).findings
    assert (found.place.path, found.place.line) == (str(folder / "scorm" / "unit.html.j2"), 1)
    assert found.code == "S019" and "division" in found.text


def test_a_theme_may_bring_a_page_of_its_own(source: Path) -> None:
    unit = '<section data-page="a"></section><button data-do="complete"></button><script src="{{ shared }}/sco.js"></script>'
    report, files = dressed(source, {"scorm/unit.html.j2": unit})
    assert report.findings == [] and page_of(files).startswith('<section data-page="a">')


@pytest.mark.parametrize(
    ("files", "path", "reason"),
    [
        ({"theme.toml": 'logo_text = "é'}, "theme.toml:1", "is not TOML"),
        ({"theme.toml": "\n\nlight = ["}, "theme.toml:3", "is not TOML"),
        ({"theme.toml": f"a = {'[' * 5000}{']' * 5000}"}, "theme.toml", "nests too deep"),
        ({"theme.toml": f"a = {'1' * 5000}"}, "theme.toml", "is not TOML that can be read"),
        (
            {"theme.toml": '[dark]\n# accent\naccnt = "#fff"'},
            "theme.toml:3",
            "no colour 'accnt'; did you mean 'accent'?",
        ),
        ({"theme.toml": '[light]\naccent = "#fff\\n"'}, "theme.toml:2", "must look like"),
        ({"theme.toml": 'logotext = "x"'}, "theme.toml:1", "did you mean 'logo_text'?"),
        ({"theme.toml": 'dark_logo = "a.svg"', "files/a.svg": LOGO}, "theme.toml:1", "goes with a logo"),
        ({"theme.toml": 'logo = "a.txt"\nlogo_text = "A"', "files/a.txt": ""}, "theme.toml:1", "is not a picture"),
        ({"style.css": ""}, "style.css", "nothing of this name"),
        ({"Theme.toml": ""}, "Theme.toml", "did you mean 'theme.toml'?"),
        ({"Labels/en.toml": ""}, "Labels", "did you mean 'labels'?"),
        ({"README.md": ""}, "theme", "it contains nothing that belongs to a theme"),
        ({"scorm/sco.js": ""}, "scorm/sco.js", "only templates"),
        ({"hour.html.j2": ""}, "hour.html.j2", "did you mean 'hours.html.j2'?"),
        ({"hours.html.j2": "{{ f(a=1, a=2) }}"}, "hours.html.j2", "repeated"),
        ({"hours.html.j2": "{{" + "(" * 5000}, "hours.html.j2", "not a template"),
        ({"labels/pt-BR.toml": ""}, "labels/pt-BR.toml", "in small letters"),
        ({"labels/it.txt": ""}, "labels/it.txt", "files such as"),
        ({"labels/it.toml": 'text_direction = "up"'}, "labels/it.toml:1", "is ltr or rtl"),
        ({"labels/it.toml": '\nhours = "{hours:>9}"'}, "labels/it.toml:2", "must be a text with {hours}"),
        ({"labels/it.toml": 'course_overview = " "'}, "labels/it.toml:1", "must be a line that can be read"),
        ({"labels/it.toml": 'course_overview = "a\\u0001"'}, "labels/it.toml:1", "must be a line that can be read"),
        ({"labels/it.toml": 'hours = "{hours!r}"'}, "labels/it.toml:1", "must be a text with {hours}"),
        ({"labels/it.toml": 'hour_s = "x"'}, "labels/it.toml:1", "did you mean 'hours'?"),
        ({"files/a.png": "", "files/A.png": ""}, "files/a.png", "only in upper and lower case"),
        ({f"files/{'/'.join(['x' * 90] * 3)}.png": ""}, ".png", "must be short"),
        ({"files/a b.png": ""}, "files/a b.png", "plain letters"),
    ],
)
def test_a_mistake_in_a_theme_is_a_finding_at_its_place(
    tmp_path: Path, files: Mapping[str, str], path: str, reason: str
) -> None:
    _, problems = load_theme(theme(tmp_path, files))
    (found,) = problems
    assert found.code == "S019" and reason in found.text
    assert str(found.place).endswith(path)


def test_a_theme_packs_no_link_out_of_it_and_no_litter(tmp_path: Path) -> None:
    folder = theme(tmp_path, {"files/a.png": "", "files/.git/x": "", "files/.x": "", "files/Thumbs.db": ""})
    loaded, problems = load_theme(folder)
    assert problems == [] and list(loaded.files) == ["theme/a.png"]
    (tmp_path / "secret").write_text("x", encoding="utf-8")
    for number, target in enumerate((tmp_path / "secret", tmp_path, tmp_path / "nowhere")):
        (folder / "files" / f"{number}.png").symlink_to(target)
    (folder / "files" / "b.png").symlink_to("a.png")
    _, problems = load_theme(folder)
    assert sorted(Path(found.place.path).name for found in problems) == ["0.png", "1.png", "2.png"]


def test_bytes_that_are_no_text_are_findings_with_their_file(tmp_path: Path) -> None:
    for name in ("theme.toml", "theme.css", "labels/en.toml", "hours.html.j2"):
        folder = theme(tmp_path / name, {name: ""})
        (folder / name).write_bytes(b"\n\xff")
        _, problems = load_theme(folder)
        assert [found.place.path for found in problems] == [str(folder / name)]


def test_a_mark_of_bytes_before_a_file_is_no_mistake(tmp_path: Path) -> None:
    names = {"theme.toml": 'logo_text = "A"', "theme.css": "a {}", "labels/en.toml": 'next = "On"'}
    loaded, problems = load_theme(theme(tmp_path, {name: f"\ufeff{text}" for name, text in names.items()}))
    assert problems == [] and loaded.css == "a {}"


def test_a_language_of_a_place_goes_before_the_language(tmp_path: Path) -> None:
    labels = {"labels/nl.toml": 'next = "Volgende"\ncontents = "P"', "labels/nl-be.toml": 'next = "Verder"'}
    loaded, _ = load_theme(theme(tmp_path, labels))
    for language, wanted in (("nl-BE", "Verder"), ("nl-NL", "Volgende"), ("nl", "Volgende")):
        found, missing = labels_of(language, loaded)
        assert (found["next"], found["contents"], len(missing)) == (wanted, "P", 1)


def test_findings_of_a_theme_count(source: Path) -> None:
    dim = {"theme.toml": '[light]\naccent = "#fc0"\n'}
    config = Config(theme=theme(source.parent, dim), severities={"L407": Severity.ERROR})
    assert [found.code for found in planned(read([source], config), Selection(), config).findings] == ["L407"]
    assert not built(source, source.parent / "out", config=config).written
    untranslated = Config(language="tlh", severities={"L405": Severity.ERROR})
    assert not built(source, source.parent / "out", config=untranslated).written


CHOICES = st.sampled_from(["paper", "ground", "ink", "accent", "accent-strong", "on-accent", "tint", "done", "warn"])
COLOURS = st.builds(Colour, *([st.integers(0, 255)] * 3)).map(str)


@given(st.sampled_from(["light", "dark"]), st.dictionaries(CHOICES, COLOURS, max_size=3))
@settings(max_examples=30 if WIDE else 8)
def test_whoever_takes_the_advice_is_rid_of_the_finding(scheme: str, chosen: dict[str, str]) -> None:
    def findings(colours: Mapping[str, str]) -> dict[str, str]:
        found = contrasts(Toml(Path("t"), "", {scheme: colours, "dark" if scheme == "light" else "light": {}}))
        return {one.text.split()[2]: one.hint.split()[1] for one in found if f"on {scheme} pages" in one.text}

    dim = findings(chosen)
    for name, better in dim.items():
        if better.startswith("#"):
            assert findings({**chosen, name: better}).keys() <= dim.keys() - {name}


def test_where_nothing_can_be_read_no_colour_is_advised() -> None:
    table = {"light": {"paper": "#000000", "ground": "#ffffff"}}
    hints = {found.text.split()[2]: found.hint for found in contrasts(Toml(Path("t"), "", table))}
    assert hints["ink"].startswith("Use other background colours")
    assert Colour(1, 2, 3).readable_on([WHITE, BLACK], 7.0) is None


def test_print_keeps_our_colours_whatever_a_theme_says(source: Path) -> None:
    _, files = dressed(source, {"theme.toml": '[light]\nink = "#222"\n', "theme.css": "body { background: #000; }"})
    css = files["shared/course.css"]
    assert css.count(":where(:root") == 6  # ours and the theme's: by day, by night and where night is chosen
    assert css.index("body { background: #000; }") < css.index("@media print")
    before = css[: css.index("--ink: #222222")]
    assert before.rindex("@media screen {") > before.rindex("}")


def test_a_broken_theme_stops_the_build_before_anything_is_written(source: Path) -> None:
    report, _ = dressed(source, {"theme.toml": "logo = ["})
    assert [found.code for found in report.findings] == ["S019"]
    assert not (source.parent / "out").exists()


@pytest.mark.parametrize(
    ("name", "reason"), [("nowhere", "there is no such folder"), ("x" * 5000, "File name too long")]
)
def test_a_theme_that_is_not_there_is_a_finding(tmp_path: Path, name: str, reason: str) -> None:
    _, problems = load_theme(tmp_path / name)
    assert [found.text for found in problems] == [f"the theme cannot be used: {reason}"]


def test_a_theme_lies_beside_the_settings_that_name_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "coursewright.toml").write_text('theme = "looks"\nmath = true\n', encoding="utf-8")
    config = load_config(tmp_path / "coursewright.toml", ())
    assert config.theme == tmp_path / "looks" and config.math
    monkeypatch.setenv("COURSEWRIGHT_THEME", "other")
    monkeypatch.setenv("COURSEWRIGHT_MATH", "false")
    config = load_config(tmp_path / "coursewright.toml", ())
    assert config.theme == Path("other") and not config.math


@pytest.mark.parametrize("line", ["theme = 1", 'theme = ""', 'theme = " "', 'theme = "a\\u0007"', 'math = "perhaps"'])
def test_settings_of_looks_are_checked(tmp_path: Path, line: str) -> None:
    (tmp_path / "coursewright.toml").write_text(line, encoding="utf-8")
    with pytest.raises(ConfigError):
        load_config(tmp_path / "coursewright.toml", ())


def test_a_theme_may_have_forms_of_numbers_that_english_lacks(tmp_path: Path) -> None:
    loaded, found = load_theme(
        theme(tmp_path, {"labels/ar.toml": 'hours-two = "ساعتان اثنتان"\n', "labels/it.toml": 'hours-two = "due"\n'})
    )
    assert not found and Renderer("ar", loaded).said("hours", hours=2) == "ساعتان اثنتان"
    assert "2 hours" in Renderer("it", loaded).said("hours", hours=2)
