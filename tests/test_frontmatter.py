"""Front matter is left out with a word about it, and what only looks like it stays."""

from __future__ import annotations

import pytest
from conftest import roadmap

from coursewright.findings.finding import Finding
from coursewright.readers.roadmap.units import read_units

FORMS = {
    "yaml": "---\ntitle: Water\ntags: [a, b]\nmore:\n  - c\n# a comment\n---\n",
    "yaml that ends in dots": "---\ntitle: Water\n...\n",
    "yaml that says so": "--- yaml\ntitle: Water\n---\n",
    "toml": '+++\ntitle = "Water"\n[params]\nx = 1\n+++\n',
    "json": '{\n  "title": "Water",\n  "x": {"y": [1]}\n}\n',
    "json on a line": '{"title": "Water"}\n',
    "json between marks": '---json\n{"title": "Water"}\n---\n',
    "after a blank line": "\n---\ntitle: Water\n---\n",
}
RULES = ["---\n\n", "---\nBread and more.\n\n---\n", "***\n\n", "{Water} is wet.\n\n", "---\n---\n", "+++\n\n"]


def _read(text: str) -> tuple[str, list[tuple[str, int]]]:
    findings: list[Finding] = []
    (unit,) = read_units((text + roadmap(1)).split("\n"), "a.md", {}, findings)
    assert unit.line == text.count("\n") + 1
    return f"{unit.sections}", [(found.code, found.place.line) for found in findings]


@pytest.mark.parametrize("form", FORMS)
def test_front_matter_is_left_out(form: str) -> None:
    text, findings = _read(FORMS[form])
    assert "Water" not in text
    assert [code for code, _ in findings] == ["S023"]


@pytest.mark.parametrize("rule", RULES)
def test_a_rule_or_a_brace_is_no_front_matter(rule: str) -> None:
    text, findings = _read(rule)
    assert not findings
    assert all(word in text for word in rule.split() if word.isalpha())


@pytest.mark.parametrize(
    "mark", ["---\ntitle: Water\nauthor: Ada\n", '+++\ntitle = "Water"\n', '{\n"title": "Water",\n\n']
)
def test_front_matter_that_never_ends_costs_no_more_than_itself(mark: str) -> None:
    text, findings = _read(mark)
    assert "Water" not in text and "Know what module 1 teaches" in text
    assert findings == [("S024", 1)]


def test_an_unclosed_one_does_not_take_the_document_up_to_a_rule() -> None:
    findings: list[Finding] = []
    lines = f"---\ntitle: Water\n\n{roadmap(1)}\n---\n\nMore.\n".split("\n")
    (unit,) = read_units(lines, "a.md", {}, findings)
    assert unit.objectives and [found.code for found in findings] == ["S024"]


@pytest.mark.parametrize("key", ["prerequisites: [MOD-1]", "requires: MOD-1", "course:\n  prerequisites: MOD-1"])
def test_prerequisites_in_front_matter_are_a_warning(key: str) -> None:
    assert [code for code, _ in _read(f"---\n{key}\n---\n")[1]] == ["S023", "C130"]
