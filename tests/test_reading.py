"""Documents of every layout become units in which nothing is lost."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from conftest import SEEDS, linted, read_one, roadmap
from hypothesis import given
from hypothesis import strategies as st

from coursewright.course.model import Unit
from coursewright.course.values import Audience, Kind, Milestone, Risk, Topic
from coursewright.findings.finding import Finding
from coursewright.readers.decoding import lines_of
from coursewright.readers.roadmap.blocks import sections
from coursewright.readers.roadmap.units import read_units
from coursewright.text.markdown.values import Listing, Prose, Table

Curriculum = Callable[[Mapping[str, str | bytes]], Path]

PROJECT = """# Project Plan

> Built on earlier work.

## Project Overview

- **Project ID**: PROJ-201
- **Project Title**: Model Serving
- **Target Role(s)**: AI Infrastructure Engineer, Platform Engineer
- **Placement in Curriculum**: After MOD-101 & MOD-102; feeds MOD-104.
- **Estimated Duration**: 30 hours
- **Prerequisite Modules / Skills**: MOD-101 Foundations, basic networking
- **Related Assessments**: Architecture review

## Project Narrative

You inherit a prototype. You will:

1. Package it.
2. Deploy it.

### Constraints & Assumptions
- Use the given stack
- No cloud

## Milestone Schedule

- Week 1-2: Discovery.
- Weeks 3–4: Build.
- Week 5: Review.
- After that: rest.

## Learner Experience

| Phase | Description | Estimated Time | Instructor Touchpoints |
|-------|-------------|----------------|------------------------|
| Build | Make it | 22h | Office hours |

## Risks & Mitigations

- **Scope creep**: Keep to the criteria
- **Risk**: Environment trouble → Provide scripts
- Nobody comes

## Something New

Kept *as it is*.
"""


def project(tmp_path: Path) -> Unit:
    path = tmp_path / "plan.txt"
    path.write_text(PROJECT, encoding="utf-8")
    return read_one(path)


def test_a_project_is_read_whole(tmp_path: Path) -> None:
    unit = project(tmp_path)
    assert (unit.kind, unit.id, unit.title, unit.track) == (
        Kind.PROJECT, "PROJ-201", "Model Serving", "ai-infrastructure-engineer",
    )  # fmt: skip
    assert unit.roles == ("AI Infrastructure Engineer", "Platform Engineer")
    assert unit.summary == "Built on earlier work."
    assert [mention.id for mention in unit.placement.mentions] == ["MOD-101", "MOD-102"]
    assert unit.prerequisites.text == ("basic networking",)
    assert [(found.label, found.value) for found in unit.fields] == [("Related Assessments", "Architecture review")]
    assert unit.milestones == (
        Milestone(1, 2, "week", unit.milestones[0].text),
        Milestone(3, 4, "week", unit.milestones[1].text),
        Milestone(5, 5, "week", unit.milestones[2].text),
    )
    assert [due.text for due in unit.milestones] == ["Discovery.", "Build.", "Review."]
    assert [(found.risk, found.mitigation) for found in unit.risks] == [
        ("Scope creep", "Keep to the criteria"),
        ("Environment trouble", "Provide scripts"),
        ("Nobody comes", ""),
    ]
    assert isinstance(unit.risks[0], Risk)


def test_every_value_knows_its_line(tmp_path: Path) -> None:
    unit = project(tmp_path)
    lines = PROJECT.split("\n")
    for text in (unit.title, unit.summary, unit.milestones[1].text, unit.risks[1].mitigation):
        assert text in lines[text.line - 1]
    assert unit.place(unit.prerequisites.raw).line == 12


def test_what_no_value_holds_stays_with_its_section(tmp_path: Path) -> None:
    rest = {str(section.title): section.rest for section in project(tmp_path).sections}
    narrative, steps = rest["Project Narrative"]
    assert isinstance(narrative, Prose) and narrative.markdown == "You inherit a prototype. You will:"
    assert isinstance(steps, Listing) and steps.ordered
    assert [item.text for item in steps.items] == ["Package it.", "Deploy it."]
    (phases,) = rest["Learner Experience"]
    assert isinstance(phases, Table) and phases.rows[0][2] == "22h"
    (late,) = rest["Milestone Schedule"]
    assert isinstance(late, Listing) and late.items[0].text == "After that: rest."
    assert rest["Something New"] == (Prose(47, "Kept *as it is*."),)
    assert rest["Constraints & Assumptions"]
    assert not rest["Risks & Mitigations"]


def test_the_seeds_are_read_as_they_stand() -> None:
    units = {unit.id: unit for unit in linted(SEEDS).curriculum.units}
    assert sorted(units) == ["MOD-407", "MOD-551", "MOD-602", "MOD-607", "PROJ-604"]
    assert units["MOD-407"].components[3].criteria == "≥80% on executive panel rubric"
    assert len(units["MOD-407"].checklist) == 4
    assert units["MOD-602"].hours.breakdown == {"lecture": 16, "lab": 18, "portfolio": 10, "assessment": 4}
    assert units["MOD-551"].outline[0] == Topic(units["MOD-551"].outline[0].title, units["MOD-551"].outline[0].detail)
    assert units["MOD-551"].outline[0].title == "Lifecycle Overview"
    assert units["MOD-551"].outline[0].detail == "research to production, actors, and handoffs."
    project = units["PROJ-604"]
    assert [len(project.milestones), len(project.activities), len(project.deliverables)] == [4, 4, 4]


def lost(lines: list[str], units: list[Unit]) -> list[str]:
    """Return the lines of a document that no section, heading or summary holds."""
    kept = "\n".join(section.markdown for unit in units for section in unit.sections)
    headings = {section.title for unit in units for section in unit.sections} | {"Module Roadmap", "Project Plan"}
    summaries = " ".join(unit.summary for unit in units)
    return [
        line
        for line in lines
        if line.strip("-=")
        and line not in kept
        and line.lstrip("# ") not in headings
        and line.lstrip("> ") not in summaries
    ]


def test_every_line_of_a_seed_is_in_the_model() -> None:
    for unit in linted(SEEDS).curriculum.units:
        lines, _ = lines_of(Path(unit.path).read_bytes(), unit.path)
        assert lost(lines or [], [unit]) == []


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_encodings_and_line_ends_make_no_difference(encoding: str, newline: str) -> None:
    text = roadmap(1, title="Über Straßen")
    lines, findings = lines_of(text.replace("\n", newline).encode(encoding), "a.md")
    assert lines == text.split("\n")
    assert [found.code for found in findings] == (["S006"] if encoding == "utf-16" else [])


@pytest.mark.parametrize(
    "sound",
    ["château — naïve façade", "Ω≈ç√∫", "日本語の文書", "Привет", "price: 5 €", "“quotes” and … dots", "São Paulo"],
)
def test_sound_text_is_not_repaired(sound: str) -> None:
    assert lines_of(sound.encode(), "a.md") == ([sound], [])


@given(st.text("âÃ‰€™ábcé½≥“-", max_size=40))
def test_sound_utf8_never_breaks_the_repair(text: str) -> None:
    lines, _ = lines_of(text.encode(), "a.md")
    assert lines is not None and len(lines) == 1


def test_headings_in_code_are_no_headings() -> None:
    lines = ["# Title", "```sh", "# a comment", "```", "~~~", "## no", "```", "~~~", "## Yes ##"]
    assert [section.title for section in sections(lines, "a.md", [])] == ["", "Title", "Yes"]


def test_nested_lists_keep_their_shape() -> None:
    lines = ["- **Refs**:", "  - One", "  - Two", "    continued", "- Last"]
    (block,) = sections(lines, "a.md", [])[0].blocks
    assert isinstance(block, Listing)
    assert block.items[0].inline() == "**Refs**: One; Two continued"
    assert block.items[1].text == "Last"


def test_a_row_broken_over_two_lines_is_one_row() -> None:
    findings: list[Finding] = []
    lines = ["| A | B |", "|---|---|", "| one | two +", "three |", "| 4 | 5 |"]
    (table,) = sections(lines, "a.md", findings)[0].blocks
    assert isinstance(table, Table) and table.rows == (("one", "two + three"), ("4", "5"))
    assert [found.code for found in findings] == ["S011"]


def test_a_bar_in_code_or_escaped_is_no_cell_end() -> None:
    lines = ["| A | B |", "|---|---|", r"| a \| b | c |", "| `x | y` | z |"]
    findings: list[Finding] = []
    (table,) = sections(lines, "a.md", findings)[0].blocks
    assert isinstance(table, Table) and table.rows == (("a | b", "c"), ("`x | y`", "z"))
    assert not findings


def test_parts_of_a_staff_section_are_for_staff(curriculum: Curriculum) -> None:
    extra = "\n## Solutions Plan\n\nSecret.\n\n### Glossary\n\nAlso secret.\n\n## Glossary\n\nOpen.\n"
    unit = read_one(curriculum({"a.md": roadmap(1, extra=extra)}))
    audiences = [(section.title, section.level, section.audience) for section in unit.sections[-3:]]
    assert audiences == [
        ("Solutions Plan", 2, Audience.STAFF),
        ("Glossary", 3, Audience.STAFF),
        ("Glossary", 2, Audience.LEARNER),
    ]


@pytest.mark.parametrize(
    "field",
    [
        "- **Prerequisites**: MOD-002",
        "- **Prerequisite Modules / Skills**: MOD-002",
        "- **Pre-requisites**: MOD-002",
        "- **Prerequisites:** MOD-002",
        "- **Depends On**: MOD-002",
        "- Prerequisites: MOD-002",
        "- **Prerequisite Skills**: Python\n- **Prerequisite Modules**: MOD-002",
        "- **Prerequisites**:\n  - MOD-002",
        "\n## Prerequisites\n\n- MOD-002\n",
    ],
)
def test_prerequisites_are_found_however_they_are_labelled(field: str, curriculum: Curriculum) -> None:
    text = roadmap(1).replace("- **Prerequisites**: None", field)
    assert [mention.id for mention in read_one(curriculum({"a.md": text})).prerequisites.mentions] == ["MOD-002"]


def test_an_odd_line_costs_no_more_than_itself(curriculum: Curriculum) -> None:
    text = roadmap(1).replace("- **Duration**", "- **Pass mark**: score\n  >= 80%\n- **Duration**")
    unit = read_one(curriculum({"a.md": text}))
    assert (unit.id, unit.hours.total, unit.fields[0].value) == ("MOD-001", 10, "score >= 80%")


@pytest.mark.parametrize("fence", ["~~~ a|b", "``` a|b"])
def test_a_table_in_code_is_code(fence: str) -> None:
    code = [fence, "|---|---|", fence[:3]]
    *_, content = sections(["# A", "", "## B", "", *code], "1.md", [])
    assert content.blocks == [Prose(5, "\n".join(code))]


def test_an_open_fence_hides_no_heading() -> None:
    findings: list[Finding] = []
    lines = ["# T", "```sh", "code", "## Solutions Plan", "secret", "```kubectl``` is the tool", "## Next"]
    assert [section.title for section in sections(lines, "a.md", findings)] == ["", "T", "Solutions Plan", "Next"]
    assert [(found.code, found.place.line) for found in findings] == [("S018", 2)]


def test_headings_can_be_underlined_or_lack_their_blank() -> None:
    lines = ["Module Roadmap", "====", "", "Overview", "---", "- a", "---", "##Solutions Plan", "#1 priority"]
    assert [(section.title, section.level) for section in sections(lines, "a.md", [])] == [
        ("", 0), ("Module Roadmap", 1), ("Overview", 2), ("Solutions Plan", 2),
    ]  # fmt: skip


def test_a_table_without_outer_bars_keeps_its_rows() -> None:
    findings: list[Finding] = []
    (table, after) = sections(["A | B", "---|---", "1 | 2", "3 | 4", "- item"], "a.md", findings)[0].blocks
    assert isinstance(table, Table) and table.rows == (("1", "2"), ("3", "4"))
    assert isinstance(after, Listing) and not findings


def test_one_bad_byte_spoils_its_own_line_alone() -> None:
    data = "“good”".encode() + b"\ncaf\xe9\n" + "“good”".encode()
    lines, findings = lines_of(data, "a.md")
    assert lines == ["“good”", "café", "“good”"]
    assert [(found.code, found.place.line) for found in findings] == [("S006", 2)]


def test_one_file_can_hold_several_units(curriculum: Curriculum) -> None:
    folder = curriculum({"all.md": roadmap(1) + "\n" + roadmap(2, "MOD-001")})
    units = linted(folder).curriculum.units
    assert [(unit.id, unit.line) for unit in units] == [("MOD-001", 1), ("MOD-002", 17)]


def test_a_file_named_twice_is_read_once(curriculum: Curriculum) -> None:
    folder = curriculum({"a.md": roadmap(1)})
    assert len(linted(folder, folder / "a.md", folder).curriculum.units) == 1


PIECES = """# Module Roadmap
## Risks
## Learning Objectives
## Competency Alignment
- **Module ID**: MOD-1
- a
  - b
1. c
| a | b |
|---|---|
| 1 |
text
```
> quote
- [ ] d
- [x]
---
    indented
**Risk**: x → y
""".splitlines()


@given(st.lists(st.sampled_from(PIECES), max_size=25))
def test_no_document_breaks_the_reader_or_loses_a_line(lines: list[str]) -> None:
    units = read_units(lines, "a.md", {}, [])
    assert lost(lines if units else [], units) == []


OVERVIEWS = {
    "a table under a head": "| Field | Value |\n|---|---|\n| Module ID | EN-1 |\n| **Module Title** | Verbs |\n"
    "| Target Role | Tutor |\n| Prerequisites | EN-0 |\n| Level | B1 |",
    "a table without one": "| Module ID | EN-1 |\n|---|---|\n| Module Title | Verbs |\n| Target Role | Tutor |\n"
    "| Prerequisites | EN-0 |\n| Level | B1 |",
    "plain lines": "Module ID: EN-1\nModule Title: Verbs\nTarget Role: Tutor\nPrerequisites: EN-0\nLevel: B1",
    "bold lines": "**Module ID**: EN-1  \n**Module Title**: Verbs  \n**Target Role**: Tutor\\\n"
    "**Prerequisites**: EN-0\n**Level**: B1",
}


@pytest.mark.parametrize("form", OVERVIEWS)
def test_an_overview_in_any_form_names_the_unit(form: str) -> None:
    findings: list[Finding] = []
    text = f"# Module Roadmap\n\n## Module Overview\n\n{OVERVIEWS[form]}\n\nMore words here.\n"
    (unit,) = read_units(text.split("\n"), "a.md", {}, findings)
    assert (unit.id, unit.title, unit.roles) == ("EN-1", "Verbs", ("Tutor",))
    assert unit.prerequisites.raw == "EN-0"
    assert [(found.label, found.value) for found in unit.fields] == [("Level", "B1")]
    assert not findings
    (overview,) = [section for section in unit.sections if section.kind == "overview"]
    assert [block.markdown for block in overview.rest if isinstance(block, Prose)] == ["More words here."]


@pytest.mark.parametrize("other", ["| Week | Topic |\n|---|---|\n| 1 | Verbs |", "Note: bring a pen\nRoom: 12"])
def test_tables_and_lines_of_an_overview_that_do_not_name_the_unit_stay(other: str) -> None:
    text = f"# Module Roadmap\n\n## Module Overview\n\n- **Module ID**: EN-1\n\n{other}\n"
    (unit,) = read_units(text.split("\n"), "a.md", {}, [])
    (overview,) = [section for section in unit.sections if section.kind == "overview"]
    assert len(overview.rest) == 1
