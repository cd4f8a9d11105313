"""What is made once, for all formats of a course or for many builds."""

from __future__ import annotations

from collections.abc import Callable

from quizzing import unit

from coursewright.course.parts import Link
from coursewright.pages.once import Lasting, Once


def test_what_lasts_is_taken_from_the_build_before_and_let_go_of_when_nobody_asks() -> None:
    made: list[str] = []

    def making(text: str) -> Callable[[], str]:
        return lambda: made.append(text) or text  # type: ignore[func-returns-value]

    first = Lasting()
    assert [Once(lasting=first).lasting(making(text), text) for text in ("a", "b", "a")] == ["a", "b", "a"]
    second = Lasting(first.asked)
    assert [Once(lasting=second).lasting(making(text), text) for text in ("b", "c")] == ["b", "c"]
    assert made == ["a", "b", "c"]
    assert len(second.asked) == 2


def test_what_is_made_of_a_unit_lasts_only_where_it_leads_to_no_other_and_what_is_in_it_is_known() -> None:
    plain = unit("MOD-101")
    leading = unit("MOD-102", Link("link", "A place", "https://example.org", "x.md", 1))
    lasting = Lasting(units={plain.identity: "what is in it", leading.identity: "what is in that"})
    once = Once(lasting=lasting)
    assert [once.of_unit(one, lambda: 1, "page") for one in (plain, leading, unit("MOD-103"))] == [1, 1, 1]
    assert len(lasting.asked) == 1
