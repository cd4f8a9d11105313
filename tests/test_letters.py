"""A plain search for words stands before the slow patterns, and never changes what they find."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from conftest import ROOT, WIDE
from hypothesis import given, settings
from hypothesis import strategies as st

from coursewright.course import answers, audience, making, storage
from coursewright.text.letters import has_any

PATTERNS: dict[re.Pattern[str], Callable[[str], bool]] = {
    answers._INSIDE: lambda text: answers._may_be_inside(text),
    answers._SAID: lambda text: has_any(text, answers.WORDS_SAID),
    storage._ALWAYS: lambda text: has_any(text, storage.WORDS) and has_any(text, storage._WORDS_ALWAYS),
    storage._SOLUTION_FILE: lambda text: has_any(text, storage.WORDS),
    storage._KEEPING: lambda text: has_any(text, storage.WORDS),
    making._ORIGIN: lambda text: has_any(text, ("legacy",)),
    answers._LABEL: lambda text: not audience._SIGNS.isdisjoint(text),
    audience._KEPT_LABEL: lambda text: not audience._SIGNS.isdisjoint(text),
    audience._NOTE_LABEL: lambda text: not audience._SIGNS.isdisjoint(text) and has_any(text, audience._WORDS_OF_NOTES),
    audience._STAFF_TITLE: lambda text: has_any(text, audience._WORDS_OF_TITLES),
}
LONGEST_TITLE = 60  # letters; in each longer text the pattern of titles would be looked for at each letter
CAPITALS: list[Callable[[str], str]] = [
    str,
    str.upper,
    str.title,
    lambda text: text.replace("s", "ſ").replace("i", "ı"),
]


@pytest.mark.parametrize(
    "pattern",
    PATTERNS,
    ids=[
        "inside",
        "said",
        "always",
        "solution-file",
        "keeping",
        "origin",
        "label",
        "label-of-what-is-kept",
        "label-of-notes",
        "title-for-staff",
    ],
)
@settings(max_examples=100 if WIDE else 40)
@given(data=st.data())
def test_whatever_a_pattern_finds_has_one_of_its_words(pattern: re.Pattern[str], data: st.DataObject) -> None:
    text = data.draw(st.sampled_from(CAPITALS))(data.draw(st.from_regex(re.compile(pattern.pattern, pattern.flags))))
    if pattern.search(text):
        assert PATTERNS[pattern](text)


def _lines() -> Iterator[str]:
    """Yield each line of the documents and tests that stand in this project."""
    for folder in ("seeds", "examples", "tests/findings", "tests/roadmaps", "tests/quizzes"):
        for path in sorted(Path(ROOT, folder).rglob("*.md")):
            if not path.is_file():
                continue
            yield from path.read_text(encoding="utf-8", errors="replace").splitlines()
    for path in sorted(Path(ROOT, "tests").glob("test_*.py")):
        yield from path.read_text(encoding="utf-8").splitlines()


def test_no_line_of_our_documents_and_tests_is_judged_otherwise_for_it() -> None:
    judged = 0
    for line in dict.fromkeys(_lines()):
        for pattern, may in PATTERNS.items():
            is_long = pattern is audience._STAFF_TITLE and len(line) > LONGEST_TITLE
            if not is_long and not may(line):
                judged += 1
                assert not pattern.search(line), line
    assert judged > 10_000


@pytest.mark.parametrize("text", ["ANSWER", "anſwer", "The Answer", "Lösung", "LÖSUNG", "solutıon", "SOLUTİON"])
def test_words_are_found_as_patterns_that_ignore_capitals_find_them(text: str) -> None:
    words = ("answer", "lösung", "solution")
    assert has_any(text, words) and re.search("|".join(words), text, re.IGNORECASE)
