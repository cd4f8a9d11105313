"""The command `lint`: a curriculum is checked, and what its formats cannot carry is told, without building."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from coursewright.cli.console import leave, print_report, progress
from coursewright.cli.courses import courses_of, known, read_course, selected
from coursewright.cli.options import (
    ConfigFile,
    Formats,
    Grouped,
    Ignore,
    Least,
    Output,
    ReportForm,
    Select,
    Severe,
    Sources,
    Strict,
    Verbose,
    wanted,
)

if TYPE_CHECKING:
    from coursewright.building.pipeline import Linted
    from coursewright.building.settings import Config
    from coursewright.findings.finding import Finding


def lint(
    source: Sources,
    by: Grouped = None,
    formats: Formats = None,
    output: Output = ReportForm.full,
    as_json: Annotated[bool, typer.Option("--json", hidden=True, help="The same as --output json.")] = False,
    select: Select = None,
    ignore: Ignore = None,
    severity: Severe = Least.info,
    strict: Strict = False,
    verbose: Verbose = False,
    config_file: ConfigFile = None,
) -> None:
    """Check a curriculum, and what its formats cannot carry, without building anything.

    A document is read with those beside it, so that what it refers to is known; only what is about it is shown.
    """
    from coursewright.building.rehearsal import rehearsed
    from coursewright.findings.finding import in_order

    read, alone = _read(known(source), config_file, formats)
    plans = [(selected(linted, config, by), config) for linted, config in read]
    every = [found for plan, _ in plans for found in plan.findings]
    progress("looking at what the formats cannot carry")
    every += rehearsed(plans)
    progress("")
    about = [found for found in every if not alone or _is_about(found, alone)]
    findings = wanted(in_order(about), select, ignore, severity)
    files = list(dict.fromkeys(unit.path for linted, _ in read for unit in linted.curriculum.units))
    shown = [file for file in files if not alone or file in alone]
    print_report(findings, ReportForm.json if as_json else output, shown, strict, folded=not verbose)
    leave(findings, strict, source)


def _read(
    sources: list[Path], config_file: Path | None, formats: list[str] | None
) -> tuple[list[tuple[Linted, Config]], frozenset[str]]:
    """Return what was read: with their neighbours where only documents are named, which then are returned, too."""
    from coursewright.building.neighbours import neighbourhood

    folders = [neighbourhood(source) for source in sources]
    around = [folder for folder in dict.fromkeys(folders) if folder]
    if around and None not in folders:
        read = [(read_course(found, config), config) for found, config in courses_of(around, config_file, formats)]
        alone = frozenset(source.as_posix() for source in sources)
        if alone <= _documents([linted for linted, _ in read]):
            return read, alone
    courses = courses_of(sources, config_file, formats)
    return [(read_course(found, config), config) for found, config in courses], frozenset()


def _documents(read: Sequence[Linted]) -> set[str]:
    """Return the paths of the documents that something was made of."""
    units = [unit for linted in read for unit in linted.curriculum.units]
    return {unit.path for unit in units} | {part.path for unit in units for part in unit.parts}


def _is_about(found: Finding, files: frozenset[str]) -> bool:
    return found.place.path in files or any(place.path in files for place in found.related)
