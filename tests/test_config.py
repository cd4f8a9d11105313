"""Settings: flags over environment over file over defaults, and nothing unknown is passed over."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from conftest import built, roadmap
from spelt import spelt

from coursewright.building.settings import Config, ConfigError, load_config
from coursewright.course.plan import Grouping
from coursewright.course.values import Audience
from coursewright.findings.finding import Severity

FORMATS = ("scorm12", "other")


def load(folder: Path, text: str, name: str = "coursewright.toml") -> Config:
    (folder / name).write_text(text, encoding="utf-8")
    return load_config(None, FORMATS, folder)


def test_without_a_file_the_defaults_hold(tmp_path: Path) -> None:
    assert load_config(None, FORMATS, tmp_path) == Config()


def test_every_setting_can_be_given(tmp_path: Path) -> None:
    text = """
        title = "Academy"
        language = "de"
        version = "2"
        publisher = "Acme"
        rights = "CC BY"
        formats = ["other", "scorm12"]
        grouping = "all"
        [audience]
        "Quality Checklist" = "staff"
        [severities]
        C103 = "error"
        C108 = "off"
    """
    assert load(tmp_path, text) == Config(
        title="Academy", language="de", version="2", publisher="Acme", rights="CC BY", formats=("other", "scorm12"),
        grouping=Grouping.ALL, audience={"quality checklist": Audience.STAFF},
        severities={"C103": Severity.ERROR, "C108": None},
    )  # fmt: skip


def test_settings_can_stand_in_pyproject(tmp_path: Path) -> None:
    assert load(tmp_path, '[tool.coursewright]\ntitle = "Here"\n', "pyproject.toml").title == "Here"
    assert load(tmp_path, 'title = "There"\n').title == "There"


def test_the_environment_is_over_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COURSEWRIGHT_TITLE", "From outside")
    monkeypatch.setenv("COURSEWRIGHT_FORMATS", "other, scorm12")
    monkeypatch.setenv("COURSEWRIGHT_UNRELATED", "is no setting")
    config = load(tmp_path, 'title = "From the file"\nlanguage = "fr"\n')
    assert (config.title, config.language, config.formats) == ("From outside", "fr", ("other", "scorm12"))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('titel = "x"', "no setting 'titel'; did you mean 'title'?"),
        ("title = 3", "'title' takes a text"),
        ('formats = ["scorm13"]', "'formats' cannot be 'scorm13'; did you mean 'scorm12'?"),
        ('formats = "scorm12"', "'formats' takes a list"),
        ('grouping = "role"', "'grouping' cannot be 'role'"),
        ('[audience]\nNotes = "pupil"', "'audience.Notes' cannot be 'pupil'"),
        ('[severities]\nC999 = "off"', "there is no finding code 'C999'"),
        ('[severities]\nC103 = "fatal"', "'severities.C103' cannot be 'fatal'"),
        ('severities = "off"', "'severities' takes a table"),
        ("title = ", "is not TOML"),
    ],
)
def test_a_wrong_setting_is_refused_with_the_nearest_right_one(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(ConfigError) as refused:
        load(tmp_path, text)
    assert said in str(refused.value)
    assert str(tmp_path / "coursewright.toml") in str(refused.value)


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="cannot be read"):
        load_config(tmp_path / "none.toml", FORMATS)


def test_severities_decide_what_is_built(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(roadmap(1, "MOD-9"), encoding="utf-8")
    strict = Config(severities={"C104": Severity.ERROR})
    assert not built(tmp_path, tmp_path / "out", config=strict).written
    off = Config(severities={"C104": None})
    assert "C104" not in [found.code for found in built(tmp_path, tmp_path / "out", config=off).findings]


@pytest.mark.parametrize("title", ["Quality Checklist", "Learning Objectives", "Glossary"])
def test_a_section_set_for_staff_reaches_no_package(tmp_path: Path, title: str) -> None:
    text = roadmap(1).replace("## Learning Objectives", f"## {title}").replace("- Know what", "- [ ] SECRET what")
    (tmp_path / "a.md").write_text(text, encoding="utf-8")
    assert "SECRET" in everything_in(tmp_path, Config())
    assert "SECRET" not in everything_in(tmp_path, Config(audience={title.lower(): Audience.STAFF}))


def test_a_section_set_for_learners_is_shown(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(roadmap(1, extra="\n## Grading Notes\n\nBe kind.\n"), encoding="utf-8")
    assert "Be kind." not in everything_in(tmp_path, Config())
    assert "Be kind." in everything_in(tmp_path, Config(audience={"grading notes": Audience.LEARNER}))


def everything_in(source: Path, config: Config) -> str:
    """Return all text of the one package that a source builds."""
    report = built(source, source / "out", config=config)
    with zipfile.ZipFile(source / "out" / report.packages[0].name) as archive:
        return "".join(archive.read(name).decode() for name in archive.namelist())


def test_an_error_stays_an_error(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="C102 stays an error"):
        load(tmp_path, '[severities]\nC102 = "off"\n')
    assert load(tmp_path, '[severities]\nC102 = "error"\n').severities == {"C102": Severity.ERROR}


def test_a_course_says_whom_solutions_are_for_and_whether_films_play_in_the_page(tmp_path: Path) -> None:
    (tmp_path / "coursewright.toml").write_text('solutions = "staff"\nembed_videos = true\n', encoding="utf-8")
    config = load_config(None, ("scorm12",), tmp_path)
    assert config.solutions is Audience.STAFF and config.embed_videos
    assert Config().solutions is Audience.LEARNER and not Config().embed_videos


TOLD = """
title = ""
title = "a\\u0007b"
language = "german"
language = "de-AT-1996"
start = 2027-01-11
start = "2027-02-30"
theme = "looks"
theme = " "
theme = 3
cover = "a.png"
cover = ""
math = "TRUE"
staff = true
staff = "maybe"
certificate = 1
solutions = "staff"
solutions = "nobody"
formats = []
formats = ["scorm12", "scorm12"]
grouping = "unit"
base_url = "https://bees.example/{course}/"
base_url = "https://bees.example/?a=b"
base_url = "bees.example"
base_url = "ftp://bees.example"
base_url = "https://[bad"
base_url = "https://bees.example/a b"
base_url = ""
edit_url = "https://bees.example/edit?file={path}#x"
edit_url = "https:///x"
severities = { C101 = "warning" }
severities = { C103 = "off", C106 = "error" }
severities = { C1 = "off" }
audience = { "Answer Key" = "learner" }
course = { sequential = true }
course = "x"
description = "All of it"
nothing = 1
"""


def test_each_setting_is_read_or_refused_in_the_same_words(tmp_path: Path, pytestconfig: pytest.Config) -> None:
    said = []
    for text in TOLD.strip().split("\n"):
        try:
            read = spelt(load(tmp_path, text))
        except ConfigError as error:
            read = f"refused: {error}\n".replace(str(tmp_path), ".")
        said.append(f"{text}\n{read.replace(str(tmp_path), '.')}")
    golden = Path(__file__).parent / "settings.txt"
    if pytestconfig.getoption("--golden"):
        golden.write_text("".join(said), encoding="utf-8")
    assert "".join(said).split("\n") == golden.read_text(encoding="utf-8").split("\n")
