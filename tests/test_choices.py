"""A choice, an option or a remark on the whole, wherever a statement holds it: none of the statement's ids locks."""

from __future__ import annotations

import pytest
from test_statements import locks, read, told

_SECTION = "\n## Prerequisites\n\n"


@pytest.mark.parametrize(
    "more",
    [
        "MOD-101\n\nor\n\nMOD-103", "MOD-101\n\n**OR**\n\nMOD-103", "MOD-101\n\nanebo\n\nMOD-103", "- MOD-101\n- or MOD-103",
        "- MOD-101\n- OR\n- MOD-103", "- MOD-101\n- *or*\n- MOD-103", "- MOD-101\n\n**OR**\n\n- MOD-103",
        "- MOD-101, or\n- MOD-103", "- MOD-101\n- oder MOD-103", "- MOD-101\n- ou bien MOD-103", "- MOD-101\n- или MOD-103",
        "- MOD-101\n- または MOD-103", "- MOD-101\n- أو MOD-103", "- MOD-101\n\nAlternatively:\n\n- MOD-103",
        "- MOD-101\n- Alternatively: MOD-103", "- MOD-101\n- failing that, MOD-103", "- MOD-101\n- else MOD-103",
        "- MOD-101\n- alt. MOD-103", "- MOD-101\n- MOD-103 (either)", "- MOD-101\n- MOD-103 (any one)",
        "- MOD-101\n- or equivalent experience", "- MOD-101\n- or permission of the instructor",
        "- MOD-101\n- MOD-103\n\nどちらか一方でよい。", "- MOD-101\n- MOD-103\n\nOne is enough.", "- MOD-101\n- MOD-103\n\none suffices",
        "- MOD-101\n- MOD-103\n\nwhichever is offered", "- MOD-101\n- MOD-103\n\nnot both", "MOD-101\n\nif not, MOD-103",
        "- MOD-101\n- MOD-103\n- One is enough.", "- MOD-101\n  - or MOD-103", "MOD-101\n\n- or MOD-103", "MOD-101\nor\nMOD-103",
        "- MOD-101 Flour\n- MOD-102 Heat & Dough\n- une au choix", "- MOD-101\n\n  or\n\n- MOD-103",
    ],
)  # fmt: skip
def test_a_choice_anywhere_in_a_section_holds_for_all_of_it(more: str) -> None:
    assert locks(_SECTION + more) == []
    assert any("MOD-101" in text for text in told(_SECTION + more))


@pytest.mark.parametrize(
    "more",
    [
        "- **Prerequisites**: MOD-101\n- **or**: MOD-103", "- **Prerequisites**: MOD-101\n- **Alternatively**: MOD-103",
        "- **Voraussetzungen**: eines von\n  - MOD-101\n  - MOD-103", "- **Prerequisites**:\n  - MOD-101\n  - or MOD-103",
        "- **Prerequisites**: not needed any more\n  - MOD-101\n  - MOD-103", "- **Prerequisites**: MOD-101\n  - or MOD-103",
        "\n## Notes\n\n- **Prerequisites**: MOD-101\n- **or**: MOD-103", "\n## Notes\n\n- **Prerequisites**: MOD-101\n- or MOD-103",
        "\n## Notes\n\nPrerequisites: MOD-101\n\nor\n\nMOD-103", "\n## Notes\n\nPrerequisites: MOD-101\n\nor MOD-103",
        "\n## Notes\n\nPrerequisites: MOD-101\nor MOD-103", "- **Prerequisites**: MOD-101\n- or MOD-103",
        *(
            f"- **Prerequisites**: MOD-101, MOD-103 {remark}"
            for remark in (
                "(either)", "(one of these)", "(at least one)", "(any)", "(alternatives)", "(both optional)",
                "(all recommended)", "(2 of 3)", "(eines davon)", "(au choix)", "(uno de los dos)", "(один из них)",
                "（いずれか）", "(أحدهما)", "(אחד מהם)", "(zqxw)", "- either", ", one suffices", "; whichever is offered",
            )
        ),
        "- **Prerequisites**: MOD-101 and, ideally, MOD-103", "- **Prerequisites**: MOD-101, sofern nicht befreit MOD-103",
        "- **Prerequisites**: MOD-101, failing that, MOD-103", "- **Prerequisites**: MOD-101; else MOD-103",
    ],
)  # fmt: skip
def test_a_choice_anywhere_in_a_field_holds_for_all_of_it(more: str) -> None:
    assert locks(more) == []
    assert any("MOD-101" in text for text in told(more))


@pytest.mark.parametrize(
    ("more", "ids"),
    [
        ("- **Prerequisites**: MOD-101, Linux essentials, basic Python", ["MOD-101"]),
        ("- **Prerequisites**: MOD-101, Python or R, any shell, Docker (optional)", ["MOD-101"]),
        (f"{_SECTION}- MOD-101\n- One scripting language\n- MOD-102 Heat & Dough", ["MOD-101", "MOD-102"]),
        (f"{_SECTION}- MOD-101\n- MOD-102 (recommended)\n- MOD-103", ["MOD-101", "MOD-103"]),
        ("- **Prerequisites**: MOD-101, MOD-103 (optional)", ["MOD-101"]),
        ("- **Prerequisites**: MOD-101 (required), MOD-103 (recommended)", ["MOD-101"]),
        ("- **Prerequisites**:\n  - MOD-101\n  - MOD-103 (preferred)", ["MOD-101"]),
        (f"{_SECTION}- MOD-101\n- MOD-102 or equivalent\n- MOD-103", ["MOD-101", "MOD-103"]),
        ("- **Prerequisites**: MOD-101\n- **Origin**: MOD-103", ["MOD-101"]),
        ("- **Prerequisites**: MOD-101, MOD-103 (at least 70%)", ["MOD-101", "MOD-103"]),
    ],
)  # fmt: skip
def test_skills_and_what_speaks_of_itself_leave_the_others_locked(more: str, ids: list[str]) -> None:
    assert locks(more) == ids


@pytest.mark.parametrize(
    "value",
    [
        "Is a prerequisite for MOD-103", "before MOD-103", "required for MOD-103", "prerequisite of MOD-103", "see MOD-103",
        "see also MOD-103", "siehe MOD-103", "voir MOD-103", "as for MOD-103", "as in MOD-103, MOD-102", "See: MOD-103",
        "before the module MOD-103", "Voraussetzung für MOD-103", "nécessaire pour MOD-103", "vedi anche MOD-103",
    ],
)  # fmt: skip
def test_what_only_points_at_a_unit_or_is_before_it_locks_nothing(value: str) -> None:
    for more in (f"- **Prerequisites**: {value}", f"{_SECTION}- {value}", f"{_SECTION}{value}"):
        assert locks(more) == []
        assert any("MOD-103" in text for text in told(more))


@pytest.mark.parametrize(
    ("value", "ids"),
    [
        ("CS-1", ["CS-1"]), ("Module 101", ["MOD-101"]), ("MOD-101, cs-1", ["MOD-101", "cs-1"]), ("CS-9", ["CS-9"]),
        ("[Crust](x.md) CS-1", ["CS-1"]), ("None", []), ("Whatever comes", []),
    ],
)  # fmt: skip
def test_next_names_units_by_ids_of_any_form(value: str, ids: list[str]) -> None:
    _, unit = read(f"- **Next Module**: {value}")
    assert [mention.id for mention in unit.next.mentions] == ids


@pytest.mark.parametrize(("value", "ids"), [("After CS-1; feeds MOD-101", ["CS-1"]), ("after MOD-101", ["MOD-101"])])
def test_placement_names_units_by_ids_of_any_form(value: str, ids: list[str]) -> None:
    _, unit = read(f"- **Placement in Curriculum**: {value}")
    assert [mention.id for mention in unit.placement.mentions] == ids


@pytest.mark.parametrize(
    "more",
    [
        "**Prerequisites**\n\n- MOD-101", "# Prerequisites\n\n- MOD-101", "## Notes\n\n**Voraussetzungen:**\n- MOD-101",
        "## Notes\n\nOnly open to those who have passed MOD-101.", "## Notes\n\nCe module nécessite MOD-101.",
        "## Notes\n\nAdmission only with MOD-101.", "## Prerequisites\n\n| MOD-101 | MOD-102 |\n|---|---|\n| Flour | Heat |",
    ],
)  # fmt: skip
def test_what_looks_like_a_prerequisite_does_not_vanish(more: str) -> None:
    assert any("MOD-101" in text for text in told(f"\n{more}")) or locks(f"\n{more}") == ["MOD-101"]


@pytest.mark.parametrize(
    ("more", "ids"),
    [
        (f"{_SECTION}- MOD-101\n\n---\n\n- MOD-102", ["MOD-101", "MOD-102"]), (f"{_SECTION}MOD-101\n\n---", ["MOD-101"]),
        (f"{_SECTION}none", []), ("- **Prerequisites**: MOD-101\n- **Level**: hard", ["MOD-101"]),
        (f"{_SECTION}***\n\nMOD-101", ["MOD-101"]), ("- **Prerequisites**: MOD-101 (passed)", ["MOD-101"]),
        ("- **Prerequisites**: MOD-101〜MOD-103", ["MOD-101", "MOD-102", "MOD-103"]), ("- **Prerequisites**: لا يوجد", []),
        ("- **Prerequisites**: MOD-101..103", ["MOD-101", "MOD-102", "MOD-103"]), ("- **Prerequisites**: אין", []),
    ],
)  # fmt: skip
def test_what_is_plain_in_other_signs_and_words_is_read_without_a_finding(more: str, ids: list[str]) -> None:
    assert (locks(more), told(more)) == (ids, [])
