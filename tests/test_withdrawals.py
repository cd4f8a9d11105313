"""What a build says of things that an earlier package held, since Canvas keeps them."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from conftest import built, roadmap

from coursewright.building.report import Report
from coursewright.building.settings import Config
from coursewright.course.plan import Grouping, Selection

Sources = Callable[[Mapping[str, str | bytes]], Path]
WORK = "\n## Key Deliverables\n\n- {}\n\n## {}\n\nA loaf is mostly water.\n"


def document(deliverable: str = "Sourdough diary", section: str = "Notes", number: int = 1) -> str:
    return roadmap(number, extra=WORK.format(deliverable, section))


@pytest.fixture
def make(curriculum: Sources, tmp_path: Path) -> Callable[..., Report]:
    """Return a function that builds documents, with what was built before still there."""

    def build(*documents: str, formats: tuple[str, ...] = ("canvas",), staff: bool = False) -> Report:
        for old in (tmp_path / "source").glob("*.md"):
            old.unlink()
        source = curriculum({f"{number}.md": text for number, text in enumerate(documents)})
        return built(source, tmp_path / "out", Selection(Grouping.ALL, staff=staff), Config(formats=formats))

    return build


def said(report: Report) -> list[str]:
    """Return the titles of what Canvas keeps, as the report has them."""
    return [found.text.split("“")[1].split("”")[0] for found in report.findings if found.code == "L420"]


def test_first_builds_and_builds_of_the_same_say_nothing(make: Callable[..., Report]) -> None:
    first, second = make(document()), make(document())
    assert not {"L420", "L421"} & {found.code for found in (*first.findings, *second.findings)}
    assert [package.sha256 for package in first.written] == [package.sha256 for package in second.written]


def test_what_is_renamed_removed_or_becomes_the_staffs_is_named(make: Callable[..., Report]) -> None:
    make(document(), document(number=2))
    assert said(make(document("Rye diary"), document(number=2))) == ["Module 1: Sourdough diary"]
    make(document(), document(number=2))
    found = said(make(document(section="Instructor Notes"), document(number=2)))
    assert not any("Sourdough diary" in one for one in found)
    removed = make(document())
    assert {"MOD-002 Module 2", "Module 2: Sourdough diary"} <= set(said(removed))
    assert {"warning"} == {found.severity for found in removed.findings if found.code == "L420" and "002" in found.text}


def test_a_title_that_changes_is_no_other_thing(make: Callable[..., Report]) -> None:
    make(document("Diary: of the dough"))
    assert said(make(document("Diary: of the crust"))) == []


def test_it_is_a_warning_once_then_for_information_until_it_is_back_or_the_record_is_deleted(
    make: Callable[..., Report], tmp_path: Path
) -> None:
    make(document())
    for severity in ("warning", "info", "info"):
        report = make(document("Rye diary"))
        assert said(report) == ["MOD-001 Sourdough diary"]
        assert [str(found.severity) for found in report.findings if found.code == "L420"] == [severity]
    both = make(document("Spelt diary"))
    assert {found.text.split("“")[1][:11]: str(found.severity) for found in both.findings if found.code == "L420"} == {
        "MOD-001 Sou": "info",
        "MOD-001 Rye": "warning",
    }
    assert sorted(said(make(document()))) == ["MOD-001 Rye diary", "MOD-001 Spelt diary"]
    (tmp_path / "out" / "report.json").unlink()
    assert [found.code for found in make(document()).findings if found.code.startswith("L42")] == ["L421"]
    assert not [found for found in make(document()).findings if found.code.startswith("L42")]


def test_builds_of_other_formats_and_packages_that_are_held_back_forget_nothing(make: Callable[..., Report]) -> None:
    make(document())
    assert said(make(document("Rye diary"), formats=("scorm12",))) == []
    assert not make(document("Rye diary"), document("Rye diary").replace("Sour", "")).written
    assert said(make(document("Rye diary"))) == ["MOD-001 Sourdough diary"]


def test_pages_for_staff_that_go_are_for_information(make: Callable[..., Report]) -> None:
    make(document(section="Instructor Notes"), staff=True)
    (found,) = [found for found in make(document(section="Instructor Notes")).findings if found.code == "L420"]
    assert found.severity == "info" and "unpublished page" in found.text


@pytest.mark.parametrize(
    "report",
    [
        "",
        "[",
        "[]",
        "[" * 100_000,
        '{"kept": 1}',
        '{"kept": {"a": 1}}',
        "\xff",
        '{"kept": {"NAME": {"a": [1, 2]}}}',
        '{"kept": {}, "withdrawn": {"NAME": [3]}}',
        '{"kept": {"\\ud800": {"\\ud800": ["page", "\\ud800"]}}}',
    ],
)
def test_a_record_that_nobody_can_read_stops_nothing(report: str, make: Callable[..., Report], tmp_path: Path) -> None:
    (package,) = make(document()).written
    (tmp_path / "out" / "report.json").write_text(report.replace("NAME", package.name), "latin-1")
    assert make(document("Rye diary")).written


def test_the_report_says_what_canvas_keeps_by_package(make: Callable[..., Report], tmp_path: Path) -> None:
    (package,) = make(document()).written
    report = json.loads((tmp_path / "out" / "report.json").read_text("utf-8"))
    assert sorted(report["kept"][package.name].values()) == [
        ["assignment", "MOD-001 Sourdough diary"],
        ["module", "MOD-001 Module 1"],
        ["page", "Module 1: Overview"],
    ]
    make(document(), formats=("scorm12",))
    assert json.loads((tmp_path / "out" / "report.json").read_text("utf-8"))["kept"] == report["kept"]
