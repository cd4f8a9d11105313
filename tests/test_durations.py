"""Learning time as authors state it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coursewright.readers.roadmap.durations import read_hours
from coursewright.text.markdown.values import Text
from coursewright.text.names import plain_number
from coursewright.text.phrases import threshold


@pytest.mark.parametrize(
    ("raw", "total"),
    [
        ("48 hours", 48),
        ("22h", 22),
        ("1 hour", 1),
        ("1.5 hrs", 1.5),
        ("90 minutes", 1.5),
        ("4-6 hours", 6),
        ("about 40 hours of work", 40),
        ("1,000 hours", 1000),
        ("1 hour 30 minutes", 1.5),
        ("2 weeks (40 hours)", 40),
        ("40+ hours", 40),
        ("a few weeks", None),
        ("", None),
    ],
)
def test_the_stated_hours_are_read(raw: str, total: float | None) -> None:
    assert read_hours(Text(raw)).total == total


def test_the_parts_are_read_in_the_authors_order_and_need_not_add_up() -> None:
    hours = read_hours(Text("46 hours (14 lecture, 18 lab, 10 project)"))
    assert hours.total == 46
    assert list(hours.breakdown.items()) == [("lecture", 14), ("lab", 18), ("project", 10)]


def test_any_word_can_name_a_part() -> None:
    assert read_hours(Text("10 hours (2h peer review; lab: 8)")).breakdown == {"peer review": 2, "lab": 8}


kinds = st.sampled_from(["lecture", "lab", "project", "portfolio", "assessment", "field trip"])


@given(st.integers(0, 999), st.dictionaries(kinds, st.integers(0, 99), max_size=5))
def test_whatever_is_stated_is_read_back(total: int, parts: dict[str, int]) -> None:
    listed = ", ".join(f"{hours} {kind}" for kind, hours in parts.items())
    hours = read_hours(Text(f"{total} hours ({listed})"))
    assert hours.total == total
    assert hours.breakdown == parts


@given(st.text(max_size=100))
def test_no_text_breaks_the_reader(raw: str) -> None:
    assert read_hours(Text(raw)).raw == raw


@given(st.integers(0, 10_000))
def test_a_whole_number_is_shown_without_a_fraction(number: int) -> None:
    assert plain_number(float(number)) == str(number)


@pytest.mark.parametrize(
    ("text", "percent"),
    [("≥80% on executive panel rubric", 80), ("at least 70 %", 70), ("75% or higher", 75), ("Docker image <2GB", None)],
)
def test_a_threshold_stands_in_words(text: str, percent: float | None) -> None:
    assert threshold(text) == percent
