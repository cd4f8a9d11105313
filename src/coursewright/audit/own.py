"""Packages of ours, judged before they are written, by the rules for those of others."""

from __future__ import annotations

from coursewright.audit.judging import judge
from coursewright.findings.finding import Finding, in_order
from coursewright.packages.files.holding import hold
from coursewright.packages.files.writing import Package
from coursewright.packages.kinds import recognise
from coursewright.packages.subject import Subject


def judge_own(package: Package) -> list[Finding]:
    """Return what is wrong with a package that is not written yet. Its pages are not looked at: they are made later."""
    container = hold(package)
    found = recognise(container)
    judged = list(judge(Subject(found, container))) if found else []
    return in_order([*judged, *container.findings])
