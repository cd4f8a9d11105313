"""A lock stands only where it is plainly meant, and nothing that looks like a prerequisite vanishes."""

from __future__ import annotations

import pytest

from coursewright.course.values import References
from coursewright.readers.roadmap.references import read_prerequisites
from coursewright.readers.roadmap.requirements import Known
from coursewright.readers.roadmap.units import read_units
from coursewright.text.markdown.values import Text


def known() -> Known:
    titles = {
        "MOD-101": "Foundations of Baking",
        "MOD-102": "Heat & Dough",
        "MOD-103": "Ovens",
        "CS-1": "C",
        "3.2": "D",
    }
    form = "## Module Overview\n\n- **Module ID**: {}\n- **Module Title**: {}\n- **Target Role(s)**: Baker"
    return Known(
        unit for id, title in titles.items() for unit in read_units(form.format(id, title).split("\n"), "a.md", {}, [])
    )


def read(raw: str) -> References:
    return read_prerequisites(Text(raw), known())


@pytest.mark.parametrize(
    "raw",
    [
        "MOD-101 empfohlen", "Empfohlen: MOD-101, MOD-102", "MOD-101, MOD-102 o MOD-103", "Eine von MOD-101, MOD-102",
        "zalecane MOD-101", "MOD-101 (aanbevolen)", "nicht MOD-101", "MOD-101?", "MOD-101 → MOD-103", "MOD-101 –",
        "All modules up to MOD-103", "MOD-101 (grade < 50%)", "MOD-101[^1]", "CS-1 or MOD-101", "Python 3.2",
    ],
)  # fmt: skip
def test_unknown_words_make_no_lock_and_stay(raw: str) -> None:
    found = read(raw)
    assert (found.mentions, found.text) == ((), (raw,))


@pytest.mark.parametrize(
    ("raw", "ids"),
    [
        ("MOD-101 Foundations", ["MOD-101"]), ("MOD-102 Heat & Dough", ["MOD-102"]), ("cs-1, 3.2", ["CS-1", "3.2"]),
        ("MOD-101 bis MOD-103", ["MOD-101", "MOD-102", "MOD-103"]), ("MOD-101 und MOD-103", ["MOD-101", "MOD-103"]),
        ("<!-- MOD-101, --> MOD-102", ["MOD-102"]), ("~~MOD-101~~ MOD-102", ["MOD-102"]),
    ],
)  # fmt: skip
def test_what_is_plainly_meant_locks(raw: str, ids: list[str]) -> None:
    found = read(raw)
    assert ([mention.id for mention in found.mentions], found.text) == (ids, ())


@pytest.mark.parametrize("raw", ["MOD-101 (grade ≥ 70%)", "MOD-101 (Note mindestens 70 %)", "MOD-101 (nota mínima 7)"])
def test_a_condition_stands_beside_its_lock(raw: str) -> None:
    found = read(raw)
    assert ([mention.id for mention in found.mentions], found.conditions) == (["MOD-101"], (raw,))
