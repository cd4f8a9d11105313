"""One unit visited in every mode, status, credit and exit, under the rules of several LMSs and their odd answers.

Nothing is completed that was not, nothing completed is lost, and page and LMS always agree. visits.js plays the rows.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import cycle, product
from pathlib import Path
from typing import NamedTuple, TypedDict, cast

import pytest
from playwright.sync_api import Page

pytestmark = pytest.mark.browser

MODES = ("normal", "review", "browse", "", "Review")
CREDITS = ("credit", "no-credit")
EXITS = ("suspend", "", "logout", "time-out")
DONE = ("completed", "passed")
# What an LMS may hold for a status, and what it means.
STATUSES = {
    "": "open",
    "not attempted": "open",
    "unknown": "open",
    "incomplete": "open",
    "browsed": "open",
    "failed": "failed",
    "completed": "completed",
    "passed": "completed",
    "Completed": "completed",
    "PASSED": "completed",
    "c": "completed",
    "P": "completed",
    "F": "failed",
    "I": "open",
    "n": "open",
}
LEGAL = ("not attempted", "incomplete", "browsed", "failed", "completed", "passed")


class Row(NamedTuple):
    """A visit: what the LMS is and holds, and whether the learner reads everything and presses the button."""

    version: str
    rules: str
    mode: str = "normal"
    credit: str = "credit"
    status: str = ""
    success: str = ""
    exit: str = "suspend"
    odd: str = ""
    press: bool = False

    @property
    def counts(self) -> bool:
        return self.mode.lower() not in ("review", "browse") and self.credit != "no-credit"


class Held(TypedDict):
    status: str
    success: str | None


class Seen(TypedDict):
    """What a visit came to: see visits.js."""

    page: str
    live: Held
    saved: Held
    again: str


Play = Callable[[list[Row]], list[tuple[Row, Seen]]]


@pytest.fixture
def play(page: Page, origin: str, package: Path, scorm_again: None) -> Play:
    """Plays rows, all in one page."""
    page.goto(f"{origin}/lms/visits.html")
    unit = sorted(package.glob("units/*/index.html"))[0].relative_to(package).as_posix()

    def played(rows: list[Row]) -> list[tuple[Row, Seen]]:
        script = "([address, rows]) => visits.run(address, rows)"
        seen = page.evaluate(script, [f"{origin}/package/{unit}", [row._asdict() for row in rows]])
        return list(zip(rows, cast("list[Seen]", seen), strict=True))

    return played


def meaning(status: str | None) -> str:
    return STATUSES.get(status or "", "open")


def meaning_of(held: Held, version: str) -> str:
    """Return what an LMS holds of a unit; in SCORM 2004 what opens others is success alone."""
    return meaning(held["status"] if version == "1.2" else held["success"])


def expected(row: Row) -> str:
    """Return what must stand after a visit."""
    before = meaning(row.status if row.version == "1.2" else row.success)
    return "completed" if row.press and row.counts and before == "open" else before


def wrong(row: Row, seen: Seen) -> bool:
    after, shown = expected(row), {"open": "incomplete" if row.counts else "review"}
    page = shown.get(after, after)
    return (meaning_of(seen["saved"], row.version), seen["page"], seen["again"]) != (after, page, page)


@pytest.mark.parametrize(
    ("rules", "statuses"), [("moodle", tuple(STATUSES)), ("standard", tuple(STATUSES)), ("scorm-again", LEGAL)]
)
def test_a_visit_completes_nothing_by_itself_and_loses_nothing(
    play: Play, rules: str, statuses: tuple[str, ...]
) -> None:
    exits = cycle(EXITS)
    modes, credits = (MODES, CREDITS) if rules != "scorm-again" else (MODES[:3], CREDITS[:2])
    rows = [
        Row("1.2", rules, mode, credit, status, exit=next(exits), press=press)
        for press, mode, credit, status in product((False, True), modes, credits, statuses)
    ]
    assert [(row, seen) for row, seen in play(rows) if wrong(row, seen)] == []


def spoils(row: Row, seen: Seen) -> bool:
    """Whether a visit completes what is still to be done, or takes a completion back."""
    before, after = row.status == "completed", seen["saved"]["status"] == "completed"
    return wrong(row, seen) or (before and not after) or (after and not before and expected(row) == "open")


@pytest.mark.parametrize("rules", ["moodle", "standard", "scorm-again"])
def test_a_visit_in_scorm_2004_completes_nothing_by_itself_and_loses_nothing(play: Play, rules: str) -> None:
    exits = cycle(EXITS)
    own = rules == "scorm-again"
    completions = ("unknown", "not attempted", "incomplete", "completed") + (() if own else ("",))
    successes = ("unknown", "passed", "failed") + (() if own else ("",))
    modes, credits = (MODES[:3], CREDITS[:2]) if own else (MODES, CREDITS)
    rows = [
        Row("2004", rules, mode, credit, completion, success, next(exits), press=press)
        for press, mode, credit, completion, success in product((False, True), modes, credits, completions, successes)
    ]
    assert [(row, seen) for row, seen in play(rows) if spoils(row, seen)] == []


REFUSED = ("no set", "set refuses", "set throws", "commit refused later", "commit throws later", "commit refused once")


@pytest.mark.parametrize("version", ["1.2", "2004"])
def test_page_and_lms_agree_however_oddly_an_lms_answers(play: Play, page: Page, version: str) -> None:
    odd: list[str] = page.evaluate("() => visits.odd")
    fresh = {"1.2": ("not attempted", ""), "2004": ("unknown", "unknown")}[version]
    done = ("completed", "passed")
    rows = [
        Row(version, "moodle", status=status, success=success, odd=name, press=True)
        for name, (status, success) in product(odd, (fresh, done))
    ]
    seen = play(rows)
    assert [f"{row.odd}, {row.status}: {at}" for row, at in seen if disagrees(row, at)] == []
    refused = {row.odd for row, at in seen if at["page"] == "incomplete"}
    assert refused >= set(REFUSED)


def disagrees(row: Row, seen: Seen) -> bool:
    """Whether page and LMS differ while the unit is open or when it is opened again, or a completion is lost."""
    if seen["page"] == "lost":  # no session: nothing is said to the LMS, and the page says so
        return meaning_of(seen["live"], row.version) == "completed" and row.status != "completed"
    live, saved = (meaning_of(seen[held], row.version).replace("open", "incomplete") for held in ("live", "saved"))
    lost = row.status == "completed" and "fails" not in row.odd and saved != "completed"
    return seen["page"] != live or seen["again"] != saved or lost
