"""A roadmap in any of the seven languages is read to the same model; its words are the author's."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT

from coursewright.building.pipeline import read
from coursewright.building.settings import Config
from coursewright.course.audience import usual_audience
from coursewright.course.model import Unit
from coursewright.course.values import Audience
from coursewright.readers.kinds import SourceKind, kind_of
from coursewright.text.phrases import level, threshold

FOLDER = ROOT / "tests" / "roadmaps"
LANGUAGES = ("de", "fr", "es", "pt", "ar", "ja")


def _read(name: str) -> Unit:
    (unit,) = read([FOLDER / f"{name}.md"], Config()).curriculum.units
    return unit


def _model(unit: Unit) -> dict[str, Any]:
    """Return what a unit says without its author's words."""
    return {
        "id": (unit.id, unit.kind, len(unit.roles)),
        "summary": bool(unit.summary),
        "hours": (unit.hours.total, unit.hours.exact, dict(unit.hours.breakdown)),
        "needs": [found.id for found in unit.prerequisites.mentions],
        "unread needs": (unit.prerequisites.text, unit.prerequisites.unheld),
        "next": [found.id for found in unit.next.mentions],
        "placement": bool(unit.placement.raw),
        "fields": [field.label for field in unit.fields],
        "objectives": len(unit.objectives),
        "competencies": [
            (row.name, level(row.target), bool(row.evidence), bool(row.role)) for row in unit.competencies
        ],
        "outline": [bool(topic.detail) for topic in unit.outline],
        "activities": len(unit.activities),
        "assessments": [threshold(text) for text in unit.assessments],
        "deliverables": len(unit.deliverables),
        "milestones": [(found.unit, found.first, found.last) for found in unit.milestones],
        "checklist": len(unit.checklist),
        "risks": [bool(risk.mitigation) for risk in unit.risks],
        "sections": [(section.kind, section.audience) for section in unit.sections],
    }


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", ["", "-project"])
def test_a_roadmap_in_another_language_is_the_same_model(language: str, kind: str) -> None:
    assert _model(_read(f"{language}{kind}")) == _model(_read(f"en{kind}"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_its_words_are_kept(language: str) -> None:
    unit = _read(language)
    text = (FOLDER / f"{language}.md").read_text(encoding="utf-8")
    assert all(words in text for words in (unit.title, *unit.roles, *unit.objectives, *unit.activities))
    assert unit.title != "A Year with Bees" and len(set(unit.roles)) == 2


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", ["", "-project"])
def test_it_is_known_for_a_roadmap(language: str, kind: str) -> None:
    assert kind_of(FOLDER / f"{language}{kind}.md") is SourceKind.ROADMAP


@pytest.mark.parametrize(
    "heading", ["Projektplan", "Plan de projet", "Plan del proyecto", "Plano do projeto", "خطة المشروع"]
)
def test_a_plan_that_names_no_unit_is_a_page_like_any_other(heading: str, tmp_path: Path) -> None:
    (tmp_path / "plan.md").write_text(f"# {heading}\n\n## Lernziele\n\n- Honig\n", encoding="utf-8")
    assert kind_of(tmp_path / "plan.md") is SourceKind.DOCUMENT


@pytest.mark.parametrize(
    ("text", "share"),
    [
        ("mindestens 80 %", 80), ("80 % oder mehr", 80), ("au moins 75 %", 75), ("70 % ou plus", 70), ("como mínimo 60 %", 60),
        ("pelo menos 70%", 70), ("70% ou mais", 70), ("80% على الأقل", 80), ("لا تقل عن ٨٠٪", 80), ("80%以上", 80),
    ],
)  # fmt: skip
def test_a_score_to_reach_is_read(text: str, share: float) -> None:
    assert threshold(text) == share


def test_no_name_of_a_section_is_told_by_another_spelling_alone() -> None:
    from coursewright.text import vocabulary
    from coursewright.text.names import normal

    tables = ("HEADINGS", "OVERVIEWS", "SECTIONS", "FIELDS", "PERIODS", "HOURS")
    for table in tables:
        meanings: dict[str, str] = {}
        for name, meaning in vocabulary.names(getattr(vocabulary, table)):
            assert normal(name) == name and meanings.setdefault(name, meaning) == meaning, (table, name)
            assert not re.search(r"^\s|\s$|^$", name)


@pytest.mark.parametrize(
    "title", ["Lösungsplan", "Plan des solutions", "Soluciones y validación", "خطة الحلول", "解答計画"]
)
def test_a_section_of_the_layout_for_staff_is_for_staff(title: str) -> None:
    assert usual_audience(title) == (Audience.STAFF, False)
