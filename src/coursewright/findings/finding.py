"""Findings: what is wrong or worth knowing, where, and how to mend it.

Findings are values. They are collected by every stage and printed only by the command line.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

from coursewright.frozen import frozen


class Severity(StrEnum):
    """How much a finding weighs: an error stops its package, a warning fails a build only with `--strict`."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"

    @property
    def rank(self) -> int:
        """0 for the gravest."""
        return _RANKS[self]


_RANKS = {severity: rank for rank, severity in enumerate(Severity)}


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A file and a line in it, counted from 1; line 0 means the file as a whole."""

    path: str
    line: int = 0

    def __str__(self) -> str:
        return f"{self.path}:{self.line}" if self.line else self.path


@frozen
class Message:
    """One kind of finding: its stable code, its usual severity, its text, how to fix it and why it matters.

    `text` and `hint` are `str.format` templates over the finding's values. `title` is for lists of kinds, where the
    text does not read well without its values.
    """

    code: str
    severity: Severity
    text: str
    hint: str
    why: str
    title: str = ""

    def at(self, place: Place, **values: object) -> Finding:
        """Return the finding of this kind at a place."""
        hint = self.hint.format(**values) if "{" in self.hint else self.hint
        said = {one: str(values[one]) for one in values}
        return Finding(self.code, self.severity, place, self.text.format(**values), hint, values=said)


_UNTOLD: Mapping[str, str] = {}


@frozen
class Finding:
    """One thing found, with its place; `units` are the identities of the units it speaks of, where there are any.

    `words` are the author's own, whole, where the text has no room for them; `values` are what its text was made of,
    for whoever has to decide something by them.
    """

    code: str
    severity: Severity
    place: Place
    text: str
    hint: str
    related: tuple[Place, ...] = ()
    units: tuple[tuple[str, str], ...] = ()
    words: tuple[str, ...] = ()
    values: Mapping[str, str] = field(default_factory=lambda: _UNTOLD, compare=False, repr=False)

    def about(self, *units: tuple[str, str], related: Iterable[Place] = ()) -> Finding:
        """Return this finding, tied to units and to further places."""
        return replace(self, units=units, related=tuple(related))

    def told(self) -> Finding:
        """Return this finding, one of very many, without its values: nobody has to decide anything by it."""
        return replace(self, values=_UNTOLD)

    def weighing(self, severity: Severity | None) -> Finding:
        """Return this finding, as grave as that; without a severity, as it is."""
        return replace(self, severity=severity) if severity else self

    def saying(self, text: str) -> Finding:
        """Return this finding with that text."""
        return replace(self, text=text)

    def as_json(self) -> dict[str, object]:
        """Return the finding as the stable JSON shape of `--json` and `report.json`."""
        return {
            "code": self.code,
            "severity": str(self.severity),
            "path": self.place.path,
            "line": self.place.line,
            "text": self.text,
            "hint": self.hint,
            "related": [{"path": place.path, "line": place.line} for place in self.related],
            **({"words": list(self.words)} if self.words else {}),
        }


def in_order(findings: Iterable[Finding]) -> list[Finding]:
    """Return the findings once each, by place, then by gravity."""
    return sorted(dict.fromkeys(findings), key=_rank)


def _rank(found: Finding) -> tuple[str, int, int, str, str]:
    return found.place.path, found.place.line, found.severity.rank, found.code, found.text


def has_errors(findings: Iterable[Finding]) -> bool:
    """Say whether any finding stops a package."""
    return any(found.severity is Severity.ERROR for found in findings)


def counts(findings: Sequence[Finding]) -> dict[str, int]:
    """Return how many findings there are of each severity."""
    return {str(severity): sum(found.severity is severity for found in findings) for severity in Severity}


def filtered(findings: Iterable[Finding], select: Iterable[str] = (), ignore: Iterable[str] = ()) -> list[Finding]:
    """Return the findings whose codes begin with any of `select` – all without one – and with none of `ignore`."""
    kept, dropped = tuple(select), tuple(ignore)
    return [found for found in findings if is_selected(found.code, kept, dropped)]


def is_selected(code: str, select: Sequence[str] = (), ignore: Sequence[str] = ()) -> bool:
    """Say whether a code begins with any of `select` – if there is one – and with none of `ignore`."""
    return code.startswith(tuple(select) or ("",)) and not code.startswith(tuple(ignore))


def regraded(findings: Iterable[Finding], severities: Mapping[str, Severity | None]) -> list[Finding]:
    """Return the findings with the severities the user's configuration gives; None switches a code off."""
    if not severities:
        return list(findings)
    kept = (found for found in findings if severities.get(found.code, found.severity) is not None)
    return [replace(found, severity=severities.get(found.code) or found.severity) for found in kept]
