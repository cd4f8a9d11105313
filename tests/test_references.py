"""Every form of reference that real curricula hold, and what may never be mistaken for one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coursewright.course.values import Mention
from coursewright.readers.roadmap.references import read_next, read_placement, read_prerequisites
from coursewright.readers.roadmap.signs import split_top_level
from coursewright.text.markdown.values import Text


def mentions(raw: str) -> list[tuple[str, str, str]]:
    return [(found.id, found.label, found.qualifier) for found in read_prerequisites(Text(raw)).mentions]


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("MOD-401, MOD-402", [("MOD-401", "", ""), ("MOD-402", "", "")]),
        ("MOD-101 Foundations", [("MOD-101", "Foundations", "")]),
        ("MOD-305 HA & DR, MOD-303 Security & Compliance", [("MOD-305", "HA & DR", ""), ("MOD-303", "Security & Compliance", "")]),
        ("MOD-302 (project)", [("MOD-302", "project", "")]),
        ("PROJ-203 (Production LLM, small, Deployment)", [("PROJ-203", "Production LLM, small, Deployment", "")]),
        ("PROJ-555, architect PROJ-405", [("PROJ-555", "", ""), ("PROJ-405", "", "architect")]),
        ("Project 01, Module 006", [("PROJ-01", "", ""), ("MOD-006", "", "")]),
        ("MOD-202 & MOD-203", [("MOD-202", "", ""), ("MOD-203", "", "")]),
        ("Completion of MOD-101", [("MOD-101", "", "")]),
        ("Modules MOD-101, MOD-103", [("MOD-101", "", ""), ("MOD-103", "", "")]),
        ("mod-7", [("MOD-7", "", "")]),
        ("Foundations (MOD-101)", [("MOD-101", "", "")]),
        ("senior architect track MOD-401", [("MOD-401", "", "senior architect")]),
        ("architect's MOD-401", [("MOD-401", "", "architect")]),
        ("engineer MOD-401 & architect MOD-402", [("MOD-401", "", "engineer"), ("MOD-402", "", "architect")]),
        ("MOD-101: Foundations – part one", [("MOD-101", "Foundations – part one", "")]),
    ],
)  # fmt: skip
def test_a_reference_has_its_id_label_and_qualifier(raw: str, expected: list[tuple[str, str, str]]) -> None:
    assert mentions(raw) == expected


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("Modules 001-005", ["MOD-001", "MOD-002", "MOD-003", "MOD-004", "MOD-005"]),
        ("Projects 01-02, Modules 007-008", ["PROJ-01", "PROJ-02", "MOD-007", "MOD-008"]),
        ("PROJ-401–403 executive reviews", ["PROJ-401", "PROJ-402", "PROJ-403"]),
        ("MOD-401–MOD-403", ["MOD-401", "MOD-402", "MOD-403"]),
        ("MOD-103/104", ["MOD-103", "MOD-104"]),
        ("MOD-9-11", ["MOD-9", "MOD-10", "MOD-11"]),
        ("Completion of MOD-10 through MOD-12", ["MOD-10", "MOD-11", "MOD-12"]),
        ("Modules 10, 11 and 12", ["MOD-10", "MOD-11", "MOD-12"]),
        ("MOD-401, 402, PROJ-1 & 2", ["MOD-401", "MOD-402", "PROJ-1", "PROJ-2"]),
        ("[MOD-1](m1.md), `MOD-2`, **MOD-3**", ["MOD-1", "MOD-2", "MOD-3"]),
    ],
)
def test_a_range_names_every_unit_in_it(raw: str, expected: list[str]) -> None:
    assert [found[0] for found in mentions(raw)] == expected


@pytest.mark.parametrize(
    "raw",
    ["Command-line familiarity", "All previous projects and modules", "HA & DR", "ISO-27001 basics", "3 years in IT"],
)
def test_words_are_kept_as_words(raw: str) -> None:
    found = read_prerequisites(Text(raw))
    assert (found.mentions, found.text) == ((), (raw,))


@pytest.mark.parametrize(
    "raw",
    [
        "MOD-10 or equivalent experience",
        "MOD-10 or MOD-12",
        "MOD-10, MOD-11 or MOD-12",
        "At least two of MOD-10, MOD-11, MOD-12",
        "One of: MOD-10, MOD-11",
        "MOD-10 (recommended)",
        "Recommended: MOD-11",
        "MOD-10 (taken concurrently)",
        "Not MOD-11",
        "MOD-10–12 except MOD-11",
        "MOD-10 — optional",
        "MOD-10 helpful",
        "MOD-10 Hives or similar experience",
        "MOD-10 exempt if MOD-11",
        "MOD-10/MOD-11",
        "MOD-10 | MOD-11",
        "MOD-12..10",
        "MOD-12–10",
        "either MOD-10, MOD-11",
        "recommended: MOD-10, MOD-11",
        "MOD-10, MOD-11, or MOD-12",
    ],
)
def test_what_is_no_plain_requirement_makes_no_gate(raw: str) -> None:
    found = read_prerequisites(Text(raw))
    assert (found.mentions, found.text) == ((), (raw,))


def test_a_condition_leaves_the_other_requirements_alone() -> None:
    found = read_prerequisites(Text("MOD-10 or equivalent experience, MOD-12 Sensors or Actuators"))
    assert found.text == ("MOD-10 or equivalent experience",)
    assert found.mentions == (Mention("MOD-12", "Sensors or Actuators"),)


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        ("Python and MOD-101", ("Python",)),
        ("MOD-101 and 2 years of Python", ("2 years of Python",)),
        ("Linux, Docker & MOD-101", ("Linux", "Docker")),
    ],
)
def test_requirements_beside_a_unit_are_kept(raw: str, words: tuple[str, ...]) -> None:
    found = read_prerequisites(Text(raw))
    assert (found.mentions, found.text) == ((Mention("MOD-101"),), words)


@pytest.mark.parametrize(
    ("raw", "gates", "words"),
    [
        ("None; MOD-10 helpful", [], ["MOD-10 helpful"]),
        ("MOD-1..3; Selling; at least two of MOD-10, MOD-11", ["MOD-1", "MOD-2", "MOD-3"],
         ["Selling", "at least two of MOD-10, MOD-11"]),
        ("MOD-99, MOD-5 or MOD-6, arithmetic, MOD-4 (recommended), MOD-7", ["MOD-99", "MOD-7"],
         ["MOD-5 or MOD-6", "arithmetic", "MOD-4 (recommended)"]),
        ("MOD-10; MOD-12 (optional); MOD-10 or MOD-12", ["MOD-10"], ["MOD-12 (optional)", "MOD-10 or MOD-12"]),
        ("MOD-10; 12", ["MOD-10", "MOD-12"], []),
    ],
)  # fmt: skip
def test_a_choice_reaches_as_far_as_its_list(raw: str, gates: list[str], words: list[str]) -> None:
    found = read_prerequisites(Text(raw))
    assert [mention.id for mention in found.mentions] == gates
    assert list(found.text) == words


def test_next_may_offer_a_choice() -> None:
    assert [mention.id for mention in read_next(Text("MOD-10 or MOD-12")).mentions] == ["MOD-10", "MOD-12"]


def test_words_and_ids_can_stand_side_by_side() -> None:
    found = read_prerequisites(Text("PROJ-304, cross-role leadership initiatives"))
    assert found.mentions == (Mention("PROJ-304"),)
    assert found.text == ("cross-role leadership initiatives",)


@pytest.mark.parametrize("raw", ["None", "Keine", "none.", "N/A", "-", "", "No prerequisites"])
def test_nothing_is_nothing(raw: str) -> None:
    found = read_prerequisites(Text(raw))
    assert (found.mentions, found.text, found.placeholder) == ((), (), False)


def test_a_placeholder_is_known_as_one() -> None:
    assert read_prerequisites(Text("TBD in master plan")).placeholder
    assert read_placement(Text("See master plan sequencing")).placeholder


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("Follows MOD-202 & MOD-203; feeds MOD-204 and PROJ-302.", ["MOD-202", "MOD-203"]),
        ("Culmination of Modules MOD-105 (Data Pipelines) and MOD-106 (MLOps)", ["MOD-105", "MOD-106"]),
        ("Pairs with MOD-604, MOD-607", ["MOD-604", "MOD-607"]),
        ("Capstone integrating all ML platform modules", []),
    ],
)
def test_a_placement_names_what_stands_before_the_semicolon(raw: str, expected: list[str]) -> None:
    assert [found.id for found in read_placement(Text(raw)).mentions] == expected


ids = st.builds(lambda prefix, number: f"{prefix}-{number:03}", st.sampled_from(["MOD", "PROJ"]), st.integers(1, 999))


@given(st.lists(ids, min_size=1, max_size=8))
def test_a_list_of_ids_is_read_back_whatever_it_holds(wanted: list[str]) -> None:
    assert [found[0] for found in mentions(", ".join(wanted))] == wanted


@given(st.text(max_size=200))
def test_no_text_breaks_the_reader(raw: str) -> None:
    found = read_prerequisites(Text(raw))
    assert found.raw == raw


@given(
    st.lists(
        st.text("ab ()&-", min_size=1).map(str.strip).filter(lambda part: part and "(" not in part and ")" not in part)
    )
)
def test_parts_are_split_at_commas_alone(parts: list[str]) -> None:
    assert split_top_level(", ".join(parts)) == parts
