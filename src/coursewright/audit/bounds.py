"""Findings as they are shown: so many of a kind, none too long."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from coursewright.findings import messages
from coursewright.findings.finding import Finding, Place, Severity, is_selected
from coursewright.packages.words import clipped

MOST_OF_A_KIND = 500
_MOST_REMEMBERED = 500_000  # findings
LONGEST = 400


def bounded(findings: Iterable[Finding], shown: str, ignore: Sequence[str] = ()) -> Iterator[Finding]:
    """Yield the first findings of each code, once each, and how many more there are, unless that is ignored."""
    seen: set[int] = set()
    counts: Counter[str] = Counter()
    weights: dict[str, Severity] = {}
    for finding in findings:
        known = hash(finding)  # a finding may be long
        if known in seen:
            continue
        if len(seen) < _MOST_REMEMBERED:
            seen.add(known)
        counts[finding.code] += 1
        if finding.severity.rank < weights.setdefault(finding.code, finding.severity).rank:
            weights[finding.code] = finding.severity
        if counts[finding.code] <= MOST_OF_A_KIND:
            yield finding
    for code, count in counts.items():
        if count > MOST_OF_A_KIND and is_selected(messages.MORE_OF_THEM.code, ignore=ignore):
            more = messages.MORE_OF_THEM.at(Place(shown), count=count - MOST_OF_A_KIND, code=code)
            yield more.weighing(weights[code])


def presentable(finding: Finding) -> Finding:
    """Return a finding that fits a terminal: what a stranger wrote may be long, and may move the cursor."""
    place = Place(clipped(finding.place.path, LONGEST), finding.place.line)
    return replace(finding, place=place, text=clipped(finding.text, LONGEST), hint=clipped(finding.hint, LONGEST))
