"""The commands over anybody's packages: validate, inspect, diff."""

from __future__ import annotations

import gc
from dataclasses import replace
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from coursewright.cli.console import (
    codes_of,
    coloured,
    existing,
    leave,
    names_of,
    print_findings,
    print_json,
    print_report,
    progress,
    refuse,
    say,
)
from coursewright.cli.options import (
    CatalogueForm,
    Ignore,
    Least,
    Lms,
    Output,
    ReportForm,
    Select,
    Severe,
    Strict,
    Verbose,
    wanted,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from coursewright.audit.inspect import Inspection
    from coursewright.audit.lms.lms import Lms as Platform
    from coursewright.audit.validate import Verdict
    from coursewright.findings.finding import Finding


class DiffForm(StrEnum):
    """How the changes from one package to another are shown."""

    full = "full"
    json = "json"
    markdown = "markdown"
    github = "github"
    junit = "junit"
    sarif = "sarif"
    codequality = "codequality"


PackagePaths = Annotated[
    list[Path],
    typer.Argument(
        metavar="PACKAGE...",
        help="Packages from any tool: zip files, tarballs, folders or single manifests.",
        parser=existing,
    ),
]


def validate(
    package: PackagePaths,
    lms: Lms = None,
    output: Output = ReportForm.full,
    select: Select = None,
    ignore: Ignore = None,
    severity: Severe = Least.info,
    strict: Strict = False,
    verbose: Verbose = False,
) -> None:
    """Check course packages from any tool: what they are, and what is wrong with them.

    Of a folder that `build` or `release` wrote, its checksums and all of its packages are checked.
    """
    from coursewright.audit.validate import validate_package
    from coursewright.findings.finding import in_order
    from coursewright.findings.reports import verdicts_as_json

    chosen, left_out = codes_of("--select", select), codes_of("--ignore", ignore)
    lmss = _lmss(lms)
    paths, told = _unfolded(package)
    verdicts = []
    for path in paths:
        progress(f"checking {path}")
        verdict = validate_package(path, lmss, chosen, left_out)
        verdicts.append(replace(verdict, findings=wanted(verdict.findings, None, None, severity)))
        _let_go()
    progress("")
    told = wanted(told, select, ignore, severity)
    findings = in_order([*told, *(found for verdict in verdicts for found in verdict.findings)])
    if output is ReportForm.json:
        print_json(verdicts_as_json(verdicts, told))
    elif output is ReportForm.full:
        print_findings(told, verbose=True, results=True)
        _print_verdicts(verdicts, verbose, partly=bool(chosen or left_out))
    else:
        print_report(findings, output, [str(path) for path in paths], strict)
    leave(findings, strict, package)


def _let_go() -> None:
    """Let go of what was read of a package, which has circles; nobody looks through what is left again."""
    gc.collect()
    gc.freeze()


def _unfolded(paths: Sequence[Path]) -> tuple[list[Path], list[Finding]]:
    """Return packages, those in folders that builds of ours wrote included, and what the checksums of these tell."""
    from coursewright.audit.built import is_built, look_into

    found: list[Path] = []
    told: list[Finding] = []
    for path in paths:
        if not is_built(path):
            found.append(path)
            continue
        progress(f"checking the sums of {path}")
        folder = look_into(path)
        say(folder.summary, err=True)
        found += folder.packages
        told += folder.findings
    return found, told


def _print_verdicts(verdicts: Sequence[Verdict], verbose: bool, *, partly: bool) -> None:
    """Show each package with what was found about it, and how many have errors, if `partly` of those asked for."""
    from coursewright.findings.finding import has_errors
    from coursewright.findings.reports import summary, verdict_lines

    for verdict in verdicts:
        typer.echo(verdict.summary)
        for line in verdict_lines(verdict, coloured, whole=verbose):
            typer.echo(line)
        typer.echo(f"{summary(verdict.findings)}\n" if len(verdicts) > 1 else summary(verdict.findings))
    if len(verdicts) > 1:
        wrong = sum(has_errors(verdict.findings) for verdict in verdicts)
        asked = " among the findings asked for" if partly else ""
        typer.echo(f"{len(verdicts)} packages, {wrong or 'none'} with errors{asked}")


def inspect(
    package: PackagePaths,
    output: Annotated[
        CatalogueForm, typer.Option("--output", help="ReportForm format; json shows everything.")
    ] = CatalogueForm.full,
) -> None:
    """Show what a package contains: its items, locks, completion rules, metadata and sizes."""
    from coursewright.audit.shown import as_json, as_text

    found = [_looked_into(path) for path in package]
    if output is CatalogueForm.json:
        print_json({"packages": [as_json(one) for one in found]})
    for one in found:
        if output is CatalogueForm.full and one.outline is not None:
            typer.echo("\n".join([*as_text(one), ""]))
        if output is CatalogueForm.full:
            print_findings(one.findings, verbose=one.outline is None, more="coursewright validate")
    leave([finding for one in found if one.outline is None for finding in one.findings], sources=package)


def diff(
    old: Annotated[Path, typer.Argument(metavar="OLD", help="The package in use.", parser=existing)],
    new: Annotated[Path, typer.Argument(metavar="NEW", help="The package that will replace it.", parser=existing)],
    output: Annotated[DiffForm, typer.Option("--output", help="How changes are shown.")] = DiffForm.full,
    select: Select = None,
    ignore: Ignore = None,
    severity: Severe = Least.info,
    strict: Strict = False,
    verbose: Verbose = False,
) -> None:
    """Show what changes for learners and teachers when one package replaces another."""
    from coursewright.audit.changed import comparison_as_json, comparison_as_markdown, comparison_as_text
    from coursewright.building.comparing import compared
    from coursewright.findings.finding import Severity

    chosen, left_out = codes_of("--select", select), codes_of("--ignore", ignore)
    looked = _looked_into(old, marked=True), _looked_into(new, marked=True)
    if unread := [found for one in looked if one.outline is None for found in one.findings]:
        print_findings(unread, verbose=False)
        raise typer.Exit(2)
    found = compared(*looked).filtered(chosen, left_out, Severity(severity))
    if output is DiffForm.full:
        typer.echo("\n".join(comparison_as_text(found, coloured, whole=verbose)))
    elif output is DiffForm.markdown:
        say("\n".join(comparison_as_markdown(found)))
    elif output is DiffForm.json:
        print_json(comparison_as_json(found))
    else:
        print_report(found.findings, output, [str(new)], strict)
    leave(found.findings, strict)


def _looked_into(path: Path, *, marked: bool = False) -> Inspection:
    from coursewright.audit.inspect import inspect_package

    progress(f"reading {path}")
    found = inspect_package(path, marked=marked)
    progress("")
    return found


def _lmss(given: list[str] | None) -> list[Platform]:
    if given is None:
        return []
    from coursewright.audit.lms import LMSS
    from coursewright.text.names import nearest

    names = [name.lower() for name in names_of(given)]
    if unknown := [name for name in names if name not in LMSS] or ([] if names else [""]):
        refuse(f"there is no LMS '{unknown[0]}'{nearest(unknown[0], tuple(LMSS))}; choose from {', '.join(LMSS)}")
    return [LMSS[name] for name in dict.fromkeys(names)]
