"""The SCORM 2004 LMS in a test's words: what player.py says of the SCORM 1.2 one, where it differs."""

from __future__ import annotations

from typing import TypedDict

from .player import Lms


class State(TypedDict):
    completion: str
    success: str


class Lms2004(Lms):
    """The small LMS of lms2004.html, playing the package under test."""

    def open(self, query: str = "") -> Lms2004:
        self.page.goto(f"{self.origin}/lms/lms2004.html?package=/package/&{query}")
        self._ready()
        return self

    def state(self, title: str) -> State:
        """Return how the engine holds a unit."""
        state: State = self.page.evaluate("identifier => lms.state(identifier)", self.item(title))
        return state

    def written(self, element: str, of: str | None = None) -> list[str]:
        """Return the values written to an element, in order."""
        return [call["values"][1] for call in self.calls("SetValue", of) if call["values"][0] == element]
