"""The catalogue itself: every message by its code, as it is registered."""

from __future__ import annotations

from collections.abc import Mapping

from coursewright.findings.finding import Message, Severity

ERROR, WARNING, INFO = Severity.ERROR, Severity.WARNING, Severity.INFO
_ALL: dict[str, Message] = {}


LETTERS: Mapping[str, str] = {
    "S": "what a source file holds",
    "C": "what the curriculum says",
    "P": "what a package holds",
    "X": "what a schema or the rules of XML have against a document",
    "L": "what an LMS will do with it",
    "D": "what changes from one package to the next",
}
"""What codes are about, by their first letters."""


def message(code: str, severity: Severity, text: str, hint: str, why: str) -> Message:
    """Return a new message that is in the catalogue. Raises ValueError for a code that is there."""
    found = Message(code, severity, text, hint, why)
    if code in _ALL:
        raise ValueError(f"{code} stands twice in the catalogue")
    _ALL[code] = found
    return found


def catalogue() -> dict[str, Message]:
    """Return every message by its code, in the order of letters and numbers."""
    return dict(sorted(_ALL.items(), key=lambda pair: (list(LETTERS).index(pair[0][0]), pair[0])))
