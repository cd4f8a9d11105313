"""The validator: what a package is, by what is in it, and what is wrong with it, whoever made it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from coursewright.diagnostics import Finding, in_order
from coursewright.validation.container import open_container
from coursewright.validation.kinds import recognise
from coursewright.validation.pages import judge_pages
from coursewright.validation.rules import judge


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a package was taken for and why, and everything found; `kind` is empty where it could not be told."""

    path: Path
    kind: str
    why: str
    findings: list[Finding]


def validate_package(path: Path) -> Verdict:
    """Judge a package: its container, its kind, its manifest and its pages. Writes nothing, opens no connection."""
    container = open_container(path)
    found = recognise(container)
    findings: list[Finding] = []
    if found is not None:
        findings += judge(found, container)
        findings += judge_pages(found, container)
    everything = in_order([*container.findings, *findings])
    return Verdict(path, found.kind.title if found else "", found.why if found else "", everything)
