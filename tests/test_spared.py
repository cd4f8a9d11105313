"""What is looked for before a pattern, so that most texts need none, is in all that the pattern finds."""

from __future__ import annotations

import re

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from coursewright.course import answers, audience
from coursewright.text.letters import has_any


def _found(pattern: re.Pattern[str]) -> st.SearchStrategy[str]:
    return st.from_regex(re.compile(pattern.pattern, pattern.flags), fullmatch=True)


_SETTINGS = settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])


@_SETTINGS
@given(_found(audience._STAFF_TITLE))
def test_titles_for_staff_have_one_of_the_words_looked_for(name: str) -> None:
    assert has_any(name, audience._WORDS_OF_TITLES)


@_SETTINGS
@given(_found(audience._STAFF_LABEL))
def test_labels_for_staff_have_one_of_the_signs_looked_for(text: str) -> None:
    assert not audience._SIGNS.isdisjoint(text)


@_SETTINGS
@given(_found(answers._LABEL))
def test_labels_of_answers_have_one_of_the_signs_looked_for(text: str) -> None:
    assert not audience._SIGNS.isdisjoint(text)
