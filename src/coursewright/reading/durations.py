"""Reads learning time: `48 hours (16 lecture, 18 lab, 10 portfolio, 4 assessment)`, `22h`, `90 minutes`."""

from __future__ import annotations

import re

from coursewright.model import Hours, Text

_NUMBER = r"\d{1,6}(?:[.,]\d{1,3})?"
_TIME = re.compile(rf"({_NUMBER})\s*(?:[-–]\s*({_NUMBER})\s*)?\s*(h|hours?|hrs?|minutes?|mins?)\b", re.IGNORECASE)
_PARTS = re.compile(r"\(([^()]*)\)")
_PART = re.compile(rf"({_NUMBER})\s*(?:h|hours?|hrs?)?\s+(?:of\s+)?([^\d\s,;][^,;]*)$", re.IGNORECASE)
_PART_REVERSED = re.compile(rf"([^\d,;:]+?)\s*:?\s+({_NUMBER})\s*(?:h|hours?|hrs?)?$", re.IGNORECASE)


def read_hours(raw: Text) -> Hours:
    """Return the hours a field states; of a range (`4-6 hours`) the longer one counts."""
    stated = _TIME.search(_PARTS.sub("", raw))
    total = None
    if stated:
        total = _number(stated[2] or stated[1]) / (60 if stated[3].lower().startswith("min") else 1)
    return Hours(raw, total, _breakdown(raw))


def _breakdown(raw: str) -> dict[str, float]:
    parts: dict[str, float] = {}
    for group in _PARTS.findall(raw):
        for part in re.split(r"[,;+]", group):
            if match := _PART.match(part.strip()):
                kind, hours = match[2], match[1]
            elif match := _PART_REVERSED.match(part.strip()):
                kind, hours = match[1], match[2]
            else:
                continue
            kind = kind.strip().lower()
            parts[kind] = parts.get(kind, 0) + _number(hours)
    return parts


def _number(text: str) -> float:
    return float(text.replace(",", "."))
