"""Every pair of prerequisite and unit, in every course at hand: locked before, open after, by the engine's own word.

Each course is walked in several orders, so that each prerequisite is once the last one that its follower waits for. At
every step everything that the engine calls open is compared with what the curriculum says.
"""

from __future__ import annotations

import itertools
import re
import zipfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from conftest import WIDE
from playwright.sync_api import FrameLocator, Page

from coursewright.course.plan import Grouping

from .conftest import served
from .courses import Built, Gates, courses, open_after, orders, synthetic

pytestmark = pytest.mark.browser

SEEDS = Path(__file__).parents[2] / "seeds"
each_edition = pytest.mark.parametrize("edition", ["scorm2004-3rd", "scorm2004-4th"])
fourth_edition = pytest.mark.parametrize("edition", ["scorm2004-4th"])  # the third differs in its name alone
WORK_THROUGH = """() => {
  for (const link of document.querySelectorAll("nav a[data-goto]")) link.click();
  document.querySelector("[data-do=complete]").click();
}"""
AWAKE = (
    "() => document.querySelector('#stage iframe')?.contentDocument.querySelector('.state [data-state]:not([hidden])')"
)
Serve = Callable[[Built], str]


@pytest.fixture
def serve(tmp_path: Path) -> Iterator[Serve]:
    """Return a function that serves a package's files beside the LMS, and says where."""
    with ExitStack() as stack:

        def start(course: Built) -> str:
            folder = tmp_path / f"served-{course.package.stem}"
            with zipfile.ZipFile(course.package) as archive:
                archive.extractall(folder)
            return stack.enter_context(served(folder))

        yield start


class Walk:
    """A new learner in a course, walking as an order of its items says."""

    def __init__(self, page: Page, origin: str, gates: Gates) -> None:
        self.page, self.gates = page, gates
        self.done: set[str] = set()
        page.goto(f"{origin}/lms/lms2004.html?package=/package/&learner=anna")
        page.wait_for_function("() => lms.ready")  # what another learner has left is saved for the last time
        page.evaluate("() => localStorage.clear()")
        self.come_back()

    def come_back(self) -> None:
        self.page.reload()
        self.page.wait_for_function("() => lms.ready")

    def check(self, *, ask: bool = False) -> None:
        """Compare what is open with what should be; on request, also ask for each locked item directly."""
        script = "() => lms.items.filter(item => lms.open(item.identifier)).map(item => item.identifier)"
        menu = "() => [...document.querySelectorAll('#menu button')].map(at => at.closest('li').dataset.item)"
        expected = open_after(self.gates, self.done)
        assert set(self.page.evaluate(script)) == expected
        assert set(self.page.evaluate(menu)) == expected
        for name in self.gates if ask else ():
            if name not in expected:
                assert self.page.evaluate("name => lms.choose(name).delivered", name) is None

    def launch(self, name: str) -> None:
        assert self.page.evaluate("name => lms.choose(name).delivered", name) == name
        self.awake()

    def awake(self) -> None:
        self.page.wait_for_function(AWAKE)

    def work_through(self) -> None:
        """Read every page of the running unit and mark it as complete."""
        name = self.page.evaluate("() => lms.running")
        frame = self.page.query_selector("#stage iframe").content_frame()  # type: ignore[union-attr]
        assert frame is not None
        frame.evaluate(WORK_THROUGH)
        self.done.add(name)

    def frame(self) -> FrameLocator:
        return self.page.frame_locator("#stage iframe")

    def move_on(self) -> str:
        """Press the button that leads on, wait for the next unit, and return what the button said."""
        before = self.page.evaluate("() => lms.running")
        button = self.frame().locator("[data-do=move]:visible")
        said = button.inner_text()
        button.click()
        self.page.wait_for_function("before => lms.running !== before", arg=before)
        self.awake()
        return said

    def exit(self) -> None:
        self.page.evaluate("() => lms.exit()")

    def suspend_and_resume(self) -> None:
        self.page.evaluate("() => lms.suspendAll()")
        self.come_back()
        self.page.evaluate("() => lms.resumeAll()")
        self.awake()


def walk_through(walk: Walk, order: list[str]) -> None:
    """Do everything in an order, moving on in every way there is, and compare at each step."""
    ways = itertools.cycle([lambda: None, walk.exit, walk.come_back, walk.suspend_and_resume])
    walk.check(ask=True)
    for name, move_on in zip(order, ways, strict=False):
        walk.launch(name)
        walk.work_through()
        walk.check()
        move_on()
        walk.check()
        assert walk.page.evaluate("name => lms.state(name).success", name) == "passed"
    walk.exit()
    walk.check()
    assert walk.page.evaluate("() => lms.rollup()") == {"completion": "completed", "success": "passed"}


def look_in_everywhere(walk: Walk) -> None:
    """Open everything that is open, and leave without doing anything: nothing more opens."""
    for name in sorted(open_after(walk.gates, walk.done)):
        walk.launch(name)
        walk.exit()
        walk.check()


def walk_every_way(page: Page, origin: str, course: Built) -> None:
    first, *others = orders(course.gates)
    walk = Walk(page, origin, course.gates)
    look_in_everywhere(walk)
    for name in first:
        walk.exit()
        walk.check(ask=True)
        walk.launch(name)
        walk.work_through()
    walk.exit()
    look_in_everywhere(walk)  # re-opening what is finished closes nothing either
    for order in others:
        walk_through(Walk(page, origin, course.gates), order)


@each_edition
def test_the_gates_of_the_seeds_hold(page: Page, serve: Serve, scorm_again: None, edition: str, tmp_path: Path) -> None:
    (course,) = courses(SEEDS, edition, tmp_path, Grouping.ALL)
    assert sum(map(len, course.gates.values())) == 2
    walk_every_way(page, serve(course), course)


@pytest.mark.long
@fourth_edition
def test_chains_and_diamonds_hold(page: Page, serve: Serve, scorm_again: None, edition: str, tmp_path: Path) -> None:
    (course,) = courses(synthetic(tmp_path / "source"), edition, tmp_path / "out")
    assert len(course.gates) == 9
    walk_every_way(page, serve(course), course)


@pytest.mark.skipif(not WIDE, reason="takes its time, and goes the way of the course before: COURSEWRIGHT_WIDE")
@fourth_edition
def test_the_gates_of_the_corpus_hold(
    page: Page, serve: Serve, scorm_again: None, edition: str, tmp_path: Path, corpus: Path
) -> None:
    found = courses(corpus, edition, tmp_path)
    assert len(found) == 2
    walk_every_way(page, serve(found[1]), found[1])  # one of the tracks: every way takes its time


@fourth_edition
def test_next_walks_past_what_is_locked_and_through_everything(
    page: Page, serve: Serve, scorm_again: None, edition: str, tmp_path: Path
) -> None:
    (course,) = courses(synthetic(tmp_path / "source"), edition, tmp_path / "out")
    origin = serve(course)
    names = list(course.gates)
    idle = Walk(page, origin, course.gates)
    assert next_stops(idle, work=False) == [name for name in names if not course.gates[name]]
    idle.check()
    busy = Walk(page, origin, course.gates)
    assert next_stops(busy, work=True) == names
    busy.check()


def next_stops(walk: Walk, *, work: bool) -> list[str]:
    """Start, then press Next until the end; return where it led."""
    stops: list[str] = []
    delivered = walk.page.evaluate("() => lms.start().delivered")
    while delivered:
        stops.append(delivered)
        walk.awake()
        if work:
            walk.work_through()
        walk.check()
        delivered = walk.page.evaluate("() => lms.next().delivered")
    return stops


@fourth_edition
def test_a_completed_unit_leads_on_to_the_next_that_is_open(
    page: Page, serve: Serve, scorm_again: None, edition: str, tmp_path: Path
) -> None:
    """In order each unit names the next; out of order the locked ones are passed, and no name is promised."""
    (course,) = courses(synthetic(tmp_path / "source"), edition, tmp_path / "out")
    origin, names = serve(course), list(course.gates)
    walk = Walk(page, origin, course.gates)
    walk.launch(names[0])
    for number, name in enumerate(names[1:], start=2):
        walk.work_through()
        assert walk.move_on() == f"Next: Step {number}"
        assert page.evaluate("() => lms.running") == name
        walk.check()
    walk.work_through()
    assert walk.frame().locator(".onward").inner_text().startswith("This is the last unit of the course.")
    walk.exit()
    for name in names:
        told = page.evaluate("name => lms.calls.filter(call => call.item === name)", name)
        methods = [call["method"] for call in told]
        assert (methods.count("Initialize"), methods.count("Terminate"), methods[-1]) == (1, 1, "Terminate")
        assert {call["error"] for call in told} <= {"0", 0, "403", 403}
        saved = page.evaluate("name => lms.saved[name]", name)
        assert (saved["completion_status"], saved["success_status"], saved["exit"]) == (
            "completed",
            "passed",
            "suspend",
        )
        times = [call["values"][1] for call in told if call["values"][0] == "cmi.session_time"]
        assert times and all(re.fullmatch(r"PT\d+S", time) for time in times)
    walk = Walk(page, origin, course.gates)
    walk.launch(names[5])  # the next one waits for another, too
    walk.work_through()
    assert walk.move_on() == "Go on to the next unit"
    assert page.evaluate("() => lms.running") == names[7]
    walk.check()


@pytest.mark.parametrize(
    ("what", "by"),
    [
        (b'conditionCombination="any"', b'conditionCombination="all"'),
        (b'operator="not" condition="objectiveStatusKnown"', b'operator="not" condition="satisfied"'),
        (b'writeSatisfiedStatus="true"', b'writeSatisfiedStatus="false"'),
    ],
    ids=["all conditions", "unknown not asked for", "nothing written"],
)
def test_a_manifest_without_part_of_the_pattern_fails_the_walk(
    page: Page, serve: Serve, scorm_again: None, tmp_path: Path, what: bytes, by: bytes
) -> None:
    (course,) = courses(synthetic(tmp_path / "source"), "scorm2004-4th", tmp_path / "out")
    spoilt = tmp_path / "spoilt.zip"
    with zipfile.ZipFile(course.package) as archive, zipfile.ZipFile(spoilt, "w") as other:
        assert what in archive.read("imsmanifest.xml")
        for path in archive.namelist():
            other.writestr(path, archive.read(path).replace(what, by))
    with pytest.raises(AssertionError):  # of the walk itself: nothing else is asserted from here on
        walk_every_way(page, serve(Built(spoilt, course.gates)), course)


def test_without_skip_next_stops_before_what_is_locked(
    page: Page, serve: Serve, scorm_again: None, tmp_path: Path
) -> None:
    (course,) = courses(synthetic(tmp_path / "source"), "scorm2004-4th", tmp_path / "out")
    skip = re.compile(
        rb"<imsss:preConditionRule>(?:(?!</imsss:preConditionRule>).)*action=\"skip\".*?</imsss:preConditionRule>",
        re.DOTALL,
    )
    spoilt = tmp_path / "spoilt.zip"
    with zipfile.ZipFile(course.package) as archive, zipfile.ZipFile(spoilt, "w") as other:
        for path in archive.namelist():
            other.writestr(path, skip.sub(b"", archive.read(path)))
    walk = Walk(page, serve(Built(spoilt, course.gates)), course.gates)
    assert next_stops(walk, work=False) == [next(iter(course.gates))]
