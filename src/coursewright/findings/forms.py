"""What the forms of reports share: findings as a form can hold them, and what makes a finding the same one later."""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from collections.abc import Hashable, Iterable
from dataclasses import replace

from coursewright.findings.finding import Finding, Place

# What a form cannot hold, as patterns of signs none of which can be printed.
NOT_UTF8 = r"[\ud800-\udfff]"
NOT_XML = r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]"
NOT_A_LINE = r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]"


def shown(findings: Iterable[Finding], never: str) -> list[Finding]:
    """Return findings in which characters that a form cannot hold stand as their escapes."""
    return [
        replace(
            found,
            place=_place(found.place, never),
            text=escaped(found.text, never),
            hint=escaped(found.hint, never),
            related=tuple(_place(place, never) for place in found.related),
            words=tuple(escaped(text, never) for text in found.words),
        )
        for found in findings
    ]


def _place(place: Place, never: str) -> Place:
    return replace(place, path=escaped(place.path, never))


def escaped(text: str, never: str) -> str:
    """Return a text in which characters that a form cannot hold stand as their escapes."""
    if text.isprintable():
        return text
    return re.sub(never, lambda found: found[0].encode("unicode_escape").decode("ascii"), text)


def numbered(keys: Iterable[Hashable]) -> list[int]:
    """Return for each key the how manieth of its kind it is, from 1."""
    seen: Counter[Hashable] = Counter()
    numbers = []
    for key in keys:
        seen[key] += 1
        numbers.append(seen[key])
    return numbers


def joined(lines: Iterable[str]) -> str:
    """Return lines as a text."""
    return "".join(f"{line}\n" for line in lines)


def dumped(value: object) -> str:
    """Return a value as JSON, as people can read it too."""
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"


def likeness(found: Finding) -> tuple[str, str, str]:
    """Return what makes a finding the same one after lines were added above it."""
    return found.code, found.place.path, found.text


def fingerprint(found: Finding, number: int) -> str:
    """Return what a finding is known by, in hexadecimal; `number` tells those that are alike apart."""
    return hashlib.sha256(json.dumps([*likeness(found), number]).encode("ascii")).hexdigest()
