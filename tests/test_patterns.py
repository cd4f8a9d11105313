"""Patterns that are compiled when they are first used are as Python's own."""

from __future__ import annotations

import re

import pytest

from coursewright.text.patterns import later


def test_a_pattern_can_do_what_any_can_and_one_that_is_wrong_says_so() -> None:
    found = later(r"(?P<word>\w)x", re.IGNORECASE)
    assert found.sub("-", "axBX") == "--"
    assert found.fullmatch("aX")
    assert (found.pattern, dict(found.groupindex)) == (r"(?P<word>\w)x", {"word": 1})
    with pytest.raises(re.error):
        later("(").search("")
