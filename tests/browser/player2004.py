"""The SCORM 2004 LMS in a test's words: what player.py says of the SCORM 1.2 one, and the requests of its sequencing."""

from __future__ import annotations

from typing import Any, TypedDict

from .player import UNITS, Lms, Unit


class Outcome(TypedDict):
    """What the engine made of a navigation request: the title of the unit it delivered, or why it did not.

    Neither is set where the course ends, or was suspended.
    """

    delivered: str | None
    exception: str | None


class State(TypedDict):
    completion: str
    success: str


class Lms2004(Lms):
    """The small LMS of lms2004.html, playing the package under test."""

    def open(self, query: str = "") -> Lms2004:
        self.page.goto(f"{self.origin}/lms/lms2004.html?package=/package/&{query}")
        self._ready()
        return self

    def reload(self) -> Lms2004:
        super().reload()
        return self

    def title(self, identifier: str) -> str:
        """Return the title of the unit with an identifier, as the tests write it."""
        return next(title for title in UNITS if self.item(title) == identifier)

    def refused(self) -> list[str]:
        """Return the titles that the engine calls locked, whatever the menu shows."""
        return [title for title in UNITS if not self.page.evaluate("at => lms.open(at)", self.item(title))]

    def running(self) -> str | None:
        """Return the title of the unit that runs."""
        identifier = self.page.evaluate("() => lms.running")
        return None if identifier is None else self.title(identifier)

    def choose(self, title: str) -> Outcome:
        """Ask the engine for a unit directly, whether or not the menu offers it."""
        return self._request("choose", self.item(title))

    def next(self) -> Outcome:
        """Let the engine go on to the next unit."""
        return self._request("next")

    def start(self) -> Outcome:
        """Let the engine begin at the first unit; so does the button "Next" as long as no unit was opened."""
        return self._request("start")

    def resume(self) -> Outcome:
        """Get back to where everything was suspended."""
        return self._request("resumeAll")

    def suspend(self) -> None:
        """Suspend everything, as a learner does."""
        self.page.locator("#suspend").click()

    def press_next(self) -> Unit:
        """Go on to the next unit, as a learner does."""
        self.page.locator("#next").click()
        return self.playing()

    def _request(self, name: str, *values: str) -> Outcome:
        found = self.page.evaluate("([name, values]) => lms[name](...values)", [name, list(values)])
        delivered = found["delivered"]
        if delivered is not None:
            self.playing()
        return {"delivered": delivered and self.title(delivered), "exception": found["exception"]}

    def status(self, title: str) -> str:
        """Return whether the engine holds a unit for complete."""
        return self.state(title)["completion"]

    def state(self, title: str) -> State:
        state: State = self.page.evaluate("identifier => lms.state(identifier)", self.item(title))
        return state

    def rollup(self) -> State:
        """Return the state of the whole course."""
        state: State = self.page.evaluate("() => lms.rollup()")
        return state

    def satisfied(self) -> dict[str, bool | None]:
        """Return the global objectives: whether each is satisfied, None as long as that is not known."""
        script = (
            "() => Object.entries(lms.globals())"
            ".map(([id, at]) => [id, at.satisfiedStatusKnown ? at.satisfiedStatus : null])"
        )
        found: list[tuple[str, bool | None]] = self.page.evaluate(script)
        return dict(found)

    def saved(self, title: str) -> dict[str, Any]:
        """Return what the LMS keeps of a unit: its cmi."""
        return super().saved(title)

    def patch(self, title: str, suspend_data: str | None = None, **core: str) -> None:
        """Lay values into what the LMS keeps of an open unit, as a session that was suspended would have left them."""
        cmi = core if suspend_data is None else {**core, "suspend_data": suspend_data}
        self.page.evaluate("([identifier, cmi]) => lms.patch(identifier, cmi)", [self.item(title), cmi])

    def written(self, element: str, of: str | None = None) -> list[str]:
        """Return the values written to an element, in order."""
        return [call["values"][1] for call in self.calls("SetValue", of) if call["values"][0] == element]
