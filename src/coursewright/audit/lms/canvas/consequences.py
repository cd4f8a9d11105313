"""What becomes of something in Canvas, as findings: the few ways in which it goes."""

from __future__ import annotations

from collections.abc import Iterator

from coursewright.findings import messages
from coursewright.findings.finding import Finding, Place, Severity

LONGEST = 255
"""The characters of a title."""
MOST_TOLD = 20
"""How many findings of one kind there are of a document."""


def left_out(place: Place, what: str, reason: str, remedy: str, weight: Severity | None = None) -> Finding:
    """Return that something does not arrive."""
    return messages.CANVAS_LEAVES_OUT.at(place, what=what, reason=reason, remedy=remedy).weighing(weight)


def taken_for(place: Place, what: str, reason: str, taken: str, known: str) -> Finding:
    """Return that Canvas does not know a value, and what it takes it for."""
    return messages.CANVAS_KNOWS_NO_SUCH_VALUE.at(place, what=what, reason=reason, taken=taken, known=known)


def stopped(place: Place, reason: str, remedy: str) -> Finding:
    """Return that the import stops."""
    return messages.CANVAS_STOPS.at(place, reason=reason, remedy=remedy)


def text_lost(place: Place, what: str, reason: str) -> Finding:
    """Return that a text arrives in part, or not at all."""
    return messages.CANVAS_TEXT_LOST.at(place, what=what, reason=reason)


def unsettled(place: Place, what: str, reason: str, remedy: str) -> Finding:
    """Return that something arrives without its settings."""
    return messages.CANVAS_LOSES_SETTINGS.at(place, what=what, reason=reason, remedy=remedy)


def misspelt(place: Place, name: str, near: str, weight: Severity | None = None) -> Finding:
    """Return that Canvas passes over an element, since it looks for another name."""
    return messages.CANVAS_MISSPELT.at(place, name=name[:60], near=near).weighing(weight)


def untitled(place: Place, what: str, title: str, otherwise: str) -> Iterator[Finding]:
    """Yield that something has no title, if it is called `otherwise` then, or one for which there is no room."""
    if len(title) > LONGEST:
        reason = f"its title has {len(title)} characters, and there is room for {LONGEST}"
        yield left_out(place, what, reason, "shorten it")
    elif not title.strip() and otherwise:
        yield taken_for(place, what, "it has no title", f"it is called {otherwise}", "a title")
