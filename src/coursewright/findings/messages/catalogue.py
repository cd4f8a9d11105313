"""The catalogue itself: every message by its code, as it is registered."""

from __future__ import annotations

from collections.abc import Mapping

from coursewright.findings.finding import Message, Severity

ERROR, WARNING, INFO = Severity.ERROR, Severity.WARNING, Severity.INFO
_ALL: dict[str, Message] = {}


LETTERS: Mapping[str, str] = {
    "S": "source files",
    "C": "the curriculum",
    "P": "packages",
    "X": "XML and its schemas",
    "L": "what a format or an LMS loses or changes",
    "D": "differences between two packages",
}
"""What codes are about, by their first letters."""


def message(code: str, severity: Severity, text: str, hint: str, why: str, title: str = "") -> Message:
    """Return a new message, entered in the catalogue. Raises ValueError if its code is taken."""
    found = Message(code, severity, text, hint, why, title)
    if code in _ALL:
        raise ValueError(f"the catalogue already has {code}")
    _ALL[code] = found
    return found


def catalogue() -> dict[str, Message]:
    """Return every message by its code, in the order of letters and numbers."""
    return dict(sorted(_ALL.items(), key=lambda pair: (list(LETTERS).index(pair[0][0]), pair[0])))
