"""What `diff` shows of a paragraph that changed: its words, and where it leads if the words stayed."""

from __future__ import annotations

import pytest

from coursewright.audit.diff.rewording import Rewording, _of_page, _paired, shortened


@pytest.mark.parametrize(
    ("before", "now", "shown"),
    [
        (["Feed the bees."], ["Feed the hive."], [("Feed the bees.", "Feed the hive.")]),
        (["Read on.\0a.html"], ["Read on.\0b.html"], [("Read on. → a.html", "Read on. → b.html")]),
        (["Read on.\0a.html"], ["Go on.\0b.html"], [("Read on.", "Go on.")]),
        (["One.", "Two."], ["One more."], [("One.", "One more."), ("Two.", "")]),
        ([], ["New."], [("", "New.")]),
    ],
)
def test_words_are_shown_and_where_they_lead_only_if_the_words_stayed(
    before: list[str], now: list[str], shown: list[tuple[str, str]]
) -> None:
    assert [(found.before, found.now) for found in _paired(before, now)] == shown


def test_a_long_passage_is_shown_around_the_first_words_that_differ() -> None:
    same = "word " * 200
    (found,) = shortened([Rewording(f"{same}bees fly.", f"{same}bees swarm.")])
    assert found.before.startswith("… ") and found.before.endswith("bees fly.")
    assert found.now.startswith("… ") and found.now.endswith("bees swarm.")
    (new,) = shortened([Rewording("", f"First. {same}")])
    assert new.now.startswith("First. word") and not new.before
    assert len(shortened([Rewording("a", "b")] * 9)) == 3


def test_a_line_break_stands_between_words() -> None:
    assert list(_of_page(b"<p><span>Time needed</span><br><b>1 hour</b></p>")) == ["Time needed 1 hour"]
