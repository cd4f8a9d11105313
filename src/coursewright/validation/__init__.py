"""The validator: what a package is, by what is in it, and what is wrong with it, whoever made it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path

from coursewright import messages
from coursewright.diagnostics import Finding, Place, Severity, in_order, is_selected
from coursewright.validation.container import Container, printable
from coursewright.validation.kinds import Recognised, recognise
from coursewright.validation.lms.lms import Lms
from coursewright.validation.nearmisses import guessed
from coursewright.validation.opening import open_container
from coursewright.validation.pages import judge_pages
from coursewright.validation.rules import judge
from coursewright.validation.subject import Subject
from coursewright.validation.uploads import judge_upload

MOST_OF_A_KIND = 500
_MOST_REMEMBERED = 500_000  # findings
_LONGEST = 400


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a package was taken for and why, and everything found.

    `kind` is empty where it could not be told; `why` then says what it probably is, if anything tells.
    """

    path: Path
    kind: str
    why: str
    findings: list[Finding]

    @property
    def summary(self) -> str:
        """What it was taken for and why, on one line."""
        told = f"{self.kind}, since {self.why}" if self.kind else self.why or "not recognised"
        return _clipped(f"{self.path}: {told}")


def validate_package(
    path: Path, lmss: Iterable[Lms] = (), select: Sequence[str] = (), ignore: Sequence[str] = ()
) -> Verdict:
    """Judge a package: its container, its kind, its manifest, its pages, and what LMSs that are asked for make of it.

    Findings are those whose codes begin with any of `select`, if there is one, and with none of `ignore`. Writes
    nothing, opens no connection.
    """
    with closing(open_container(path)) as container:
        found = recognise(container)
        judged = (one for one in _judged(found, container, lmss) if is_selected(one.code, select, ignore))
        findings = in_order(bounded(judged, container.shown, ignore))
        kind, why = (found.kind.title, found.why) if found else ("", guessed(container))
    return Verdict(path, _clipped(kind), _clipped(why), [presentable(one) for one in findings])


def _judged(found: Recognised | None, container: Container, lmss: Iterable[Lms]) -> Iterator[Finding]:
    """Yield everything that is found; what reading has found stands in the container, and comes last."""
    if found:
        subject = Subject(found, container)
        yield from judge(subject, lmss)
        yield from judge_pages(subject)
        yield from judge_upload(found, container)
    yield from container.findings


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
            yield replace(more, severity=weights[code])


def presentable(finding: Finding) -> Finding:
    """Return a finding that fits a terminal: what a stranger wrote may be long, and may move the cursor."""
    place = Place(_clipped(finding.place.path), finding.place.line)
    return replace(finding, place=place, text=_clipped(finding.text), hint=_clipped(finding.hint))


def _clipped(text: str) -> str:
    text = printable(" ".join(text[: 2 * _LONGEST].split()))
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]} …"
