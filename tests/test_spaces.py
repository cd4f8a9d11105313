"""Spaces that only look like one make no difference to the structure of a document, and none to its text."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from conftest import read_one, roadmap

from coursewright.course.model import Unit
from coursewright.readers.roadmap.blocks import sections
from coursewright.text.markdown.values import Prose

Curriculum = Callable[[Mapping[str, str | bytes]], Path]


def _read(unit: Unit) -> Unit:
    """Return a unit without its sections as they are written."""
    return replace(unit, sections=tuple(replace(section, markdown="") for section in unit.sections))


SPACES = ["\u00a0", "\u2007", "\u202f", "\u3000", "\u2003", "\u200a", "\t", "\u200b ", " \u2060", "\u00a0\u00a0"]


@pytest.mark.parametrize("space", SPACES)
@pytest.mark.parametrize("mark", ["# ", "## ", "- ", "**: "])
def test_any_space_after_a_mark_is_a_space(space: str, mark: str, curriculum: Curriculum) -> None:
    text = roadmap(1, "MOD-002", extra="\n## Notes\n\n1. One\n2. Two\n")
    plain = read_one(curriculum({"a.md": text}))
    odd = read_one(curriculum({"a.md": text.replace(mark, mark[:-1] + space).replace("1. ", f"1.{space}")}))
    assert _read(odd) == _read(plain)


@pytest.mark.parametrize("unseen", ["\u200b", "\ufeff", "\u2060", "\u00ad"])
def test_unseen_signs_in_headings_labels_and_ids_are_ignored(unseen: str, curriculum: Curriculum) -> None:
    text = roadmap(1, "MOD-002")
    odd = text
    for word in ("Roadmap", "Overview", "ID", "MOD-001", "MOD-002", "Role(s)", "Prerequisites", "Objectives"):
        odd = odd.replace(word, f"{word[0]}{unseen}{word[1:]}")
    assert read_one(curriculum({"b.md": f"{unseen}{odd}"})).sections == read_one(curriculum({"b.md": text})).sections
    assert read_one(curriculum({"b.md": odd})).identity == ("engineer", "MOD-001")
    assert [mention.id for mention in read_one(curriculum({"b.md": odd})).prerequisites.mentions] == ["MOD-002"]


@pytest.mark.parametrize("lead", ["\u00a0", "\u3000", "\u200b", "\u00a0\u00a0\u00a0\u00a0\u00a0"])
def test_a_heading_may_be_preceded_by_any_space(lead: str) -> None:
    found = sections([f"{lead}## Notes", "text"], "a.md", [])
    assert [(section.title, section.level) for section in found] == [("", 0), ("Notes", 2)]


@pytest.mark.parametrize(
    "lines",
    [
        ["Der Termin ist der", "1.\u00a0Januar um 12\u00a0Uhr."],
        ["Text:\u00a0ein Donau\u00addampf\u200bschiff"],
        ["```", "#\u00a0comment", "-\u00a0x", "```"],
    ],
)
def test_text_and_code_are_left_alone(lines: list[str]) -> None:
    assert sections(lines, "a.md", [])[0].blocks == [Prose(1, "\n".join(lines))]
