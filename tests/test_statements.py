"""Prerequisites are read wherever a document states them, and from document to lock only what is plain gates."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coursewright.course.edition import learner_edition
from coursewright.course.graph import link
from coursewright.course.lint import (
    LintSubject,
    ids_differ_in_more_than_capitals,
    prerequisites_are_units,
    what_looks_like_a_prerequisite_is_one,
)
from coursewright.course.model import Curriculum, Unit
from coursewright.findings import messages
from coursewright.findings.finding import Finding
from coursewright.readers.roadmap.units import read_units, settled
from coursewright.text.markdown.values import Listing, Prose, Table

_TITLES = {"MOD-101": "Flour", "MOD-102": "Heat & Dough", "MOD-103": "Ovens", "CS-1": "Crust", "cs-1": "Crumb"}


def document(id: str, title: str, more: str = "") -> str:
    overview = f"- **Module ID**: {id}\n- **Module Title**: {title}\n- **Target Role(s)**: Baker\n{more}"
    return f"# Module Roadmap\n\n## Module Overview\n\n{overview}\n"


def read(more: str) -> tuple[Curriculum, Unit]:
    """Return a course with a last unit whose document goes on with a text after its overview's fields."""
    findings: list[Finding] = []
    texts = {
        **{f"{id}.md": document(id, title) for id, title in _TITLES.items()},
        "z.md": document("Z-9", "Zest", more),
    }
    units = [unit for path, text in texts.items() for unit in read_units(text.split("\n"), path, {}, findings)]
    curriculum = Curriculum(settled(units), tuple(findings))
    return curriculum, curriculum.units[-1]


def locks(more: str) -> list[str]:
    curriculum, unit = read(more)
    return [required.id for required in link(curriculum).required(unit)]


def told(more: str) -> list[str]:
    """Return the texts of what is said of prerequisites."""
    curriculum, _ = read(more)
    graph = link(curriculum)
    subject = LintSubject(curriculum, graph, {unit.identity: learner_edition(unit) for unit in curriculum.units})
    elsewhere = what_looks_like_a_prerequisite_is_one(subject)
    return [found.text for found in (*curriculum.findings, *prerequisites_are_units(subject), *elsewhere)]


@pytest.mark.parametrize(
    ("more", "ids"),
    [
        ("- **Prerequisites**: MOD-101\n\n## Prerequisites\n\n- MOD-102", ["MOD-101", "MOD-102"]),
        ("- **Prerequisites**: None\n\n## Prerequisites\n\n- MOD-102", ["MOD-102"]),
        ("- **PREREQUISITES**: MOD-101", ["MOD-101"]), ("- Pre-requisites: MOD-101", ["MOD-101"]),
        ("- **Prerequisites** MOD-101", ["MOD-101"]), ("- **Requires**: cs-1", ["cs-1"]),
        ("\n## Notes\n\nPrerequisites: Module 101", ["MOD-101"]),
        ("\n## Notes\n\n**Prerequisites:** MOD-101,\nMOD-102", ["MOD-101", "MOD-102"]),
        ("\n## Notes\n\n> **Voraussetzungen**: Modul 101", ["MOD-101"]),
        ("\n## Notes\n\n| Field | Value |\n|---|---|\n| Prerequisites | MOD-101 |", ["MOD-101"]),
        ("\n## Notes\n\n- **Depends on**: MOD-101\n- **Level**: hard", ["MOD-101"]),
        ("\n## Before you begin\n\n- Complete MOD-101", ["MOD-101"]),
        ("\n## Required modules\n\n- MOD-101", ["MOD-101"]), ("\n## Requisitos previos\n\nMOD-101", ["MOD-101"]),
        ("\n## Avant de commencer\n\nMOD-101 et MOD-102", ["MOD-101", "MOD-102"]),
        ("\n## Prerequisites\n\nYou should have completed the following:\n\n- MOD-101", ["MOD-101"]),
        ("\n## Prerequisites\n\n**Required:**\n\n- MOD-101\n\n**Optional:**\n\n- MOD-102", ["MOD-101"]),
        ("\n## Prerequisites\n\n### Required\n\n- MOD-101\n\n### Recommended\n\n- MOD-102", ["MOD-101"]),
        ("- **Prerequisites**: [Flour](MOD-101.md), [Ovens](./MOD-103.md#top)", ["MOD-101", "MOD-103"]),
        ("- **Förkunskaper**: MOD-101 och MOD-102", ["MOD-101", "MOD-102"]),
        ("- **Předpoklady**: MOD-101 a MOD-102", ["MOD-101", "MOD-102"]),
        ("- **Wymagania wstępne**: moduł 101 i moduł 102", ["MOD-101", "MOD-102"]),
        ("- **Pré-requisitos**: módulos 101 a 103", ["MOD-101", "MOD-102", "MOD-103"]),
        ("- **Prereqs**: MOD-101", ["MOD-101"]), ("- **Must complete first**: MOD-101", ["MOD-101"]),
        ("- **Erforderlich**: MOD-101", ["MOD-101"]), ("- **דרישות קדם**: MOD-101", ["MOD-101"]),
        ("- **Unlocks after**: MOD-101", ["MOD-101"]), ("- **前置课程**: MOD-101", ["MOD-101"]),
        ("- **Dépend de**: MOD-101", ["MOD-101"]), ("- **Módulos previos**: MOD-101", ["MOD-101"]), ("- **Blocked by**: MOD-101", ["MOD-101"]),
        ("- **المتطلبات السابقة**: MOD-101، MOD-102", ["MOD-101", "MOD-102"]), ("- **Locked until**: MOD-101", ["MOD-101"]),
    ],
)  # fmt: skip
def test_prerequisites_are_read_wherever_they_stand(more: str, ids: list[str]) -> None:
    assert locks(more) == ids


@pytest.mark.parametrize(
    "more",
    [
        "## Prerequisites\n\nOne of the following:\n\n- MOD-101\n- MOD-102", "## Prerequisites\n\nRecommended:\n- MOD-101",
        "## Prerequisites\n\nAny two of:\n\n- MOD-101\n- MOD-102", "## Prerequisites\n\nYou do not need:\n\n- MOD-101",
        "## Recommended Prerequisites\n\n- MOD-101", "## Prerequisites\n\n### Optional\n\n- MOD-101",
        "## Prerequisites\n\n- MOD-101\n- MOD-102\n\nOne of the two is enough.",
        "## Prerequisites\n\n| Module | Title |\n|---|---|\n| MOD-101 | Flour |", "## Prerequisites\n\nMOD-101 of MOD-102",
        "## Notes\n\n- **Prerequisites**: either MOD-101; MOD-102", "## Notes\n\n**Prerequisites:** MOD-101; or MOD-102",
        "## Notes\n\n- **Prerequisite of**: MOD-101", "## Notes\n\n- **Required for**: MOD-101",
        "## Notes\n\n- **Builds on**: MOD-101", "## Notes\n\nThe prerequisites are MOD-101 and MOD-102.",
        "## Notes\n\nComplete MOD-101 before you begin.", "## Prerequisites for later modules\n\n- MOD-101",
        "## Learning Objectives\n\n- Prerequisites: MOD-101", "## Instructor Notes\n\nPrerequisites: MOD-101",
        "## Notes\n\n| Module | Prerequisites |\n|---|---|\n| This one | MOD-101 |",
        "## Prerequisites\n\n- MOD-101 or equivalent", "## Prerequisites\n\n- MOD-101 is not required",
        "## Prerequisites\n\n- MOD-101 (waived for staff)", "## Prerequisites\n\n- all previous modules up to MOD-101",
        "- **Gate**: MOD-101", "- **Дополнительно**: MOD-101", "- **Zqxw**: `MOD-101`", "- **Zqxw**: Modul 102, MOD-101",
        "- **Prerequisites**: MOD-101, MOD-102 중 하나", "## Notes\n\nYou cannot start without MOD-101.",
        "- **Abgeschlossene Module**: MOD-101", "## Notes\n\n> [!NOTE]\n> Complete MOD-101 first.",
        "## Notes\n\nYou need MOD-101 before this unit.", "## Notes\n\nVous devez avoir terminé MOD-101.",
        "## Notes\n\nMan muss MOD-101 abgeschlossen haben.", "## Notes\n\n- Necesitas MOD-101.", "## Notes\n\nDo MOD-101 first.",
        "## Notes\n\nMOD-101 の修了が必要です。", "## Notes\n\nСначала пройдите MOD-101.", "## Notes\n\nיש להשלים את MOD-101 לפני כן.",
        "## Notes\n\nRead this.\nIt opens only after MOD-101.", "## Notes\n\n| a | b |\n|---|---|\n| You must have | MOD-101 |",
        "## Prerequisites\n\n- MOD-101[^1]", "## Prerequisites\n\n- ✅ MOD-101", "## Prerequisites\n\n```\nMOD-101\n```",
    ],
)  # fmt: skip
def test_what_is_not_plain_locks_nothing_and_is_told_of(more: str) -> None:
    assert locks(f"\n{more}") == []
    assert any("MOD-101" in text for text in told(f"\n{more}"))


@pytest.mark.parametrize(
    "more",
    [
        "Prerequisites: MOD-101 or juggling", "- **Requires**: MOD-101 or juggling", "> Prerequisites: MOD-101, juggling",
        "| a | b |\n|---|---|\n| Prerequisites | MOD-101, juggling |", "Recommended prerequisites: MOD-101, juggling",
        "Prerequisite of: MOD-101, juggling",
    ],
)  # fmt: skip
def test_words_stand_on_the_page_once(more: str) -> None:
    _, unit = read(f"\n## Notes\n\n{more}")
    rest = [_words(block) for section in unit.sections for block in section.rest]
    assert " ".join([*rest, *unit.prerequisites.text]).count("juggling") == 1


def _words(block: Prose | Table | Listing) -> str:
    return block.markdown if isinstance(block, Prose) else str(block)


def test_what_the_prerequisites_hold_anyway_is_not_told_of_again() -> None:
    assert told("- **Prerequisites**: MOD-101\n- **Builds on**: Flour (MOD-101)") == []


@pytest.mark.parametrize(
    "more",
    [
        "- **Related**: MOD-101", "- **See also**: MOD-101, MOD-102", "- **Siehe auch**: MOD-101", "- **Level**: 3",
        "\n## Notes\n\nYou do not need MOD-101.", "\n## Notes\n\nMOD-101 is not required.", "- **Owner**: MOD-101",
        "\n## Notes\n\nWie in MOD-101 muss der Teig ruhen.", "\n## Notes\n\nRecap of MOD-101: salt needs water.",
        "\n## Notes\n\nTime needed: 4 hours (as MOD-101).", "\n## Notes\n\nUse MOD-101's dough before the oven is hot.",
        "\n## Notes\n\nAs in MOD-101, we use yeast.", "\n## Notes\n\nIn MOD-101 you learned that dough needs time.", "\n## Notes\n\nSee [Flour](MOD-101.md).",
        "\n## Notes\n\n- MOD-101 Flour\n- MOD-102 Heat", "\n## Notes\n\nYou need Python 3 and SHA-256.",
        "- **Prerequisites**: MOD-102\n\n## Notes\n\nYou need MOD-102 before this unit.",
    ],
)  # fmt: skip
def test_what_only_mentions_a_unit_is_not_told_of(more: str) -> None:
    assert told(more) == []


def test_what_waits_for_this_unit_anyway_is_not_told_of() -> None:
    findings: list[Finding] = []
    texts = {"a.md": document("MOD-1", "One", "\n## Notes\n\nYou must pass this before MOD-2."), "b.md": ""}
    texts["b.md"] = document("MOD-2", "Two", "- **Prerequisites**: MOD-1")
    units = [unit for path, text in texts.items() for unit in read_units(text.split("\n"), path, {}, findings)]
    curriculum = Curriculum(settled(units), ())
    subject = LintSubject(curriculum, link(curriculum), {})
    assert not list(what_looks_like_a_prerequisite_is_one(subject))


def test_skills_are_one_info_and_what_could_be_a_unit_a_warning() -> None:
    curriculum, _ = read("- **Prerequisites**: Basic Python, Flour, CS 7, familiarity with a shell")
    found = list(prerequisites_are_units(LintSubject(curriculum, link(curriculum), {})))
    assert [(str(one.severity), one.text.split("'")[1::2]) for one in found] == [
        ("warning", ["Flour"]),
        ("warning", ["CS 7"]),
        ("info", ["Basic Python", "familiarity with a shell"]),
    ]


_RISKY = {
    "MOD-201": "Optional Topics", "MOD-202": "Salt, Sugar or Spice", "MOD-203": "Alternative Data",
    "MOD-204": "Nice Views; Not Only Parks", "MOD-205": "High Availability", "MOD-206": "Loops (if any)",
}  # fmt: skip


@pytest.mark.parametrize(
    ("value", "ids"),
    [
        *((form.format(id=id, title=title), [id]) for id, title in _RISKY.items()
          for form in ("{id} {title}", "{id}: {title}", "{id} – {title}", "{title} ({id})", "{id} ({title})", "**{id}** {title}")),
        ("MOD-202 Salt, Sugar or Spice, MOD-205 HA", ["MOD-202", "MOD-205"]), ("MOD-203 alternativ", []),
        ("MOD-203 alternative", []), ("MOD-204 nice", []), ("MOD-204 nice to have", []), ("MOD-201 optional", []),
        ("MOD-202 Salt, Sugar or Spice (recommended)", []), ("MOD-202 Salt, Sugar or Spice or similar", []),
        ("MOD-201 Optional Topics or MOD-203", []), ("MOD-205 not", []), ("alternative MOD-203", []),
    ],
)  # fmt: skip
def test_a_whole_title_locks_whatever_it_holds_and_a_part_of_it_only_where_it_raises_no_doubt(
    value: str, ids: list[str]
) -> None:
    findings: list[Finding] = []
    texts = {f"{id}.md": document(id, title) for id, title in _RISKY.items()}
    texts["z.md"] = document("Z-9", "Zest", f"- **Prerequisites**: {value}")
    units = [unit for path, text in texts.items() for unit in read_units(text.split("\n"), path, {}, findings)]
    curriculum = Curriculum(settled(units), ())
    last = curriculum.units[-1]
    assert [required.id for required in link(curriculum).required(last)] == ids
    assert bool(last.prerequisites.text) == (not ids)


@pytest.mark.parametrize(
    "value",
    [
        "MOD-101 и MOD-102", "MOD-101 και MOD-102", "MOD-101 ja MOD-102", "MOD-101 és MOD-102", "MOD-101 ve MOD-102",
        "MOD-101 וגם MOD-102", "MOD-101 ו-MOD-102", "MOD-101 وMOD-102", "MOD-101和MOD-102", "MOD-101 と MOD-102",
        "MOD-101 및 MOD-102", "MOD-101、MOD-102", "MOD-101，MOD-102", "MOD-101；MOD-102", "MOD-101، MOD-102",
        "MOD-101؛ MOD-102", "MOD-101<br>MOD-102", "MOD-101, <br/> MOD-102", "MOD-101 + MOD-102", "MOD101 & mod 102",
        "(MOD-101), (MOD-102)", "(MOD-101, MOD-102)", "[MOD-101], [MOD-102]", "ＭＯＤ－１０１、ＭＯＤ－１０２", "MOD‑101, MOD–102",
        "\u200fMOD-101\u200f, MOD-102", "Модуль 101 и модуль 102", "モジュール101、モジュール102", "مود (MOD-101), MOD-102"[4:],
    ],
)  # fmt: skip
def test_plain_forms_of_every_script_lock(value: str) -> None:
    assert locks(f"- **Prerequisites**: {value}") == ["MOD-101", "MOD-102"]


@pytest.mark.parametrize(
    "value",
    [
        "MOD-101或MOD-102",
        "MOD-101 или MOD-102",
        "MOD-101<br>(recommended)",
        "MOD-101<br>or<br>MOD-102",
        "MOD-101 · maybe",
        "MOD999",
        "[MOD-101]?",
    ],
)
def test_doubtful_forms_of_every_script_lock_nothing(value: str) -> None:
    assert locks(f"- **Prerequisites**: {value}") == []
    assert told(f"- **Prerequisites**: {value}")


def test_a_reference_means_the_unit_of_its_own_capitals_and_both_are_told_of() -> None:
    curriculum, _ = read("")
    subject = LintSubject(curriculum, link(curriculum), {})
    assert [found.code for found in ids_differ_in_more_than_capitals(subject)] == [messages.IDS_ALIKE.code]
    assert locks("- **Prerequisites**: cs-1") == ["cs-1"] and locks("- **Prerequisites**: CS-1") == ["CS-1"]


_PLAIN = st.sampled_from(
    [
        ("{id}", ""), ("{id} {title}", ""), ("{title} ({id})", ""), ("completion of {id}", ""), ("{id}: {title}", ""),
        ("`{id}`", ""), ("**{id}**", ""), ("you must complete {id}", ""), ("{id} (required)", ""),
    ]
)  # fmt: skip
_UNKNOWN = st.one_of(
    st.sampled_from(
        [
            "empfohlen",
            "aanbevolen",
            "opcjonalnie",
            "doporučeno",
            "gerne",
            "önerilir",
            "suositeltu",
            "ajánlott",
            "желательно",
            "προαιρετικό",
            "مستحسن",
            "推奨",
            "optional",
            "recommended",
            "perhaps",
            "maybe",
            "instead",
            "vaihtoehtoisesti",
            "eller",
            "lub",
            "nebo",
            "vagy",
            "veya",
            "unless",
            "except",
        ]
    ),
    st.text(st.characters(whitelist_categories=["Ll"], max_codepoint=0x24F), min_size=2, max_size=8).map(
        lambda end: f"zq{end}"
    ),
)
_DOUBTFUL = st.tuples(
    st.sampled_from(["{word} {id}", "{id} {word}", "{word}: {id}", "{id} ({word})", "{id} – {word}", "{word} ({id})"]),
    _UNKNOWN,
)
_PLACES = st.sampled_from(
    [
        "- **Prerequisites**: {}", "- Prérequis: {}", "\n## Prerequisites\n\n- {}", "\n## Voraussetzungen\n\n{}",
        "\n## Notes\n\nPrerequisites: {}", "\n## Notes\n\n- **Requisitos previos**: {}",
        "\n## Notes\n\n| a | b |\n|---|---|\n| Prerequisites | {} |", "\n## Before you begin\n\n- {}",
    ]
)  # fmt: skip


@given(_PLACES, st.lists(st.one_of(_PLAIN, _DOUBTFUL), min_size=1, max_size=3))
def test_from_document_to_lock_only_plain_parts_gate_and_no_word_is_lost(
    place: str, forms: list[tuple[str, str]]
) -> None:
    units = list(_TITLES.items())[:3]
    parts = [
        form.format(id=id, title=title, word=word) for (form, word), (id, title) in zip(forms, units, strict=False)
    ]
    more = place.format(", ".join(parts))
    found = locks(more)
    plain = [id for (_, word), (id, _) in zip(forms, units, strict=False) if not word]
    assert set(found) <= set(plain)
    if len(plain) == len(forms):
        assert found == plain
    _, unit = read(more)
    shown = " ".join([*unit.prerequisites.text, *found, *told(more)]).casefold()
    for word in (word for _, word in forms if word):
        assert word.casefold() in shown
