"""Patterns that are compiled when they are first used are as Python's own."""

from __future__ import annotations

import re

import pytest

from coursewright.text.patterns import later, lettered


def test_a_pattern_can_do_what_any_can_and_one_that_is_wrong_says_so() -> None:
    found = later(r"(?P<word>\w)x", re.IGNORECASE)
    assert found.sub("-", "axBX") == "--"
    assert found.fullmatch("aX")
    assert (found.pattern, dict(found.groupindex)) == (r"(?P<word>\w)x", {"word": 1})
    with pytest.raises(re.error):
        later("(").search("")


def test_words_of_other_letters_are_found_in_texts_that_have_such_letters() -> None:
    found = lettered(lambda words: rf"(?:{words})s?\b", "unit|course", "prüfung|модуль", re.IGNORECASE)
    for text in ("a Unit – 3", "a course", "eine Prüfung", "МОДУЛЬ 3", "units≥2"):
        assert found.search(text), text
    assert not found.search("a prufung – of words")
    assert found.match("Units") and found.fullmatch("модуль")
    assert found.sub("x", "units, Prüfungs") == "x, x"
    assert [one[0] for one in found.finditer("Course — unit")] == ["Course", "unit"]
