"""What a build says at its end: what was found, each kind once, and where every package goes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from coursewright.cli.console import print_findings, print_report, say
from coursewright.cli.options import ReportForm

if TYPE_CHECKING:
    from coursewright.building.report import Built, Report
    from coursewright.findings.finding import Finding

_EXTENSIONS = (".zip", ".imscc", ".mbz", ".epub")  # of packages
_MOST_OLDER = 5


@dataclass(frozen=True, slots=True)
class Manner:
    """How a build tells of itself: the form of its findings, each by itself, errors alone, warnings as failures."""

    form: ReportForm = ReportForm.full
    verbose: bool = False
    quiet: bool = False
    strict: bool = False


def print_built(
    report: Report, findings: list[Finding], folder: Path, told: Manner, beside: Sequence[str] = ()
) -> None:
    """Show what a build found, then a line for each package: where it is, how large, and where it goes.

    A report for programs is all that goes to standard output then. Files `beside` the packages are of this build, too.
    """
    is_report = told.form is not ReportForm.full
    if is_report:
        files = dict.fromkeys(path for package in report.packages for _, path in package.units)
        print_report(findings, told.form, list(files), told.strict)
    else:
        shown = [found for found in findings if found.severity == "error" or not told.quiet]
        print_findings(shown, told.verbose, folded=not told.verbose)
    if not report.packages or told.quiet:
        return
    for line in _lines(report.packages, folder):
        say(line, err=is_report)
    if older := [name for name in _older(report, folder) if name not in beside]:
        more = " ..." if len(older) > _MOST_OLDER else ""
        names = f"{', '.join(older[:_MOST_OLDER])}{more}"
        say(f"also in the folder, from earlier builds: {names}", err=is_report)


def _lines(packages: Sequence[Built], folder: Path) -> Iterator[str]:
    yield _heading(packages, folder)
    rows = [_row(package, folder) for package in packages]
    name, size = (max(len(row[column]) for row in rows) for column in (0, 1))
    yield from (f"  {row[0]:<{name}}  {row[1]:>{size}}  {row[2]}" for row in rows)
    beside = [companion for package in packages for companion in package.companions]
    for use, names in groupby(sorted(beside, key=_use), _use):
        found = [(folder / companion).as_posix() for companion in names]
        say_first = found[0] if len(found) == 1 else f"{found[0]} and {len(found) - 1} more like it"
        yield f"  {use}: {say_first}"


def _heading(packages: Sequence[Built], folder: Path) -> str:
    written = [package for package in packages if package.size is not None]
    if not written:
        return f"nothing was written; {folder} is unchanged" if folder.is_dir() else "nothing was written"
    units = len({identity for package in written for identity, _ in package.units})
    what = f"{_counted(units, 'unit')} in {_counted(len(written), 'package')}"
    return f"built {what}, with report.json and SHA256SUMS; where each goes:"


def _counted(count: int, thing: str) -> str:
    return f"{count} {thing}{'s' * (count != 1)}"


def _row(package: Built, folder: Path) -> tuple[str, str, str]:
    """Return what is to be said of a package: its path, its size, and where it goes."""
    from coursewright.findings.finding import counts
    from coursewright.writers import FORMATS

    path = (folder / package.name).as_posix()
    if package.size is None:
        return path, "NOT BUILT", f"because of {_counted(counts(package.findings)['error'], 'error')}, see above"
    return path, f"{package.size / 1024:.1f} KB", FORMATS[package.format].goes


def _use(companion: str) -> str:
    """Return what a file beside a package is for."""
    if companion.endswith("competencies.csv"):
        return "before a Moodle backup, under Site administration › Competencies › Import competency framework"
    return "the questions alone, for Moodle's Question bank › Import"


def _older(report: Report, folder: Path) -> list[str]:
    """Return the packages in a folder that this build did not write."""
    there = {path.name for path in folder.iterdir() if path.suffix in _EXTENSIONS} if folder.is_dir() else set()
    return sorted(there - {package.name for package in report.written})
