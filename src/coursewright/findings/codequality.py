"""GitLab's Code Quality: findings as it shows them beside the lines of a merge request."""

from __future__ import annotations

from collections.abc import Sequence

from coursewright.findings.finding import Finding, Severity
from coursewright.findings.forms import NOT_UTF8, dumped, fingerprint, likeness, numbered, shown

_GRADES = {Severity.ERROR: "critical", Severity.WARNING: "minor", Severity.INFO: "info"}


def codequality(findings: Sequence[Finding], files: Sequence[str] = (), *, strict: bool = False) -> str:
    """Return the report of findings that GitLab takes as `artifacts:reports:codequality`.

    Warnings that fail the run weigh more. What is about a whole file stands at its first line.
    """
    told = shown(findings, NOT_UTF8)
    grades = {**_GRADES, **({Severity.WARNING: "major"} if strict else {})}
    rows = [
        {
            "description": f"{found.text}. {found.hint}",
            "check_name": found.code,
            "fingerprint": fingerprint(found, number),
            "severity": grades[found.severity],
            "location": {"path": found.place.path, "lines": {"begin": max(found.place.line, 1)}},
        }
        for found, number in zip(told, numbered(map(likeness, told)), strict=True)
    ]
    return dumped(rows)
