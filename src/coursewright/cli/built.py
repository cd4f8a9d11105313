"""What a build says at its end: what was found, each kind once, and where every package goes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from coursewright.cli.console import finding_lines, harmless
from coursewright.cli.options import ReportForm
from coursewright.frozen import frozen

if TYPE_CHECKING:
    from coursewright.building.report import Built, Report
    from coursewright.findings.finding import Finding

_MOST_OLDER = 5


@frozen
class Manner:
    """How a build tells of itself: the form of its findings, each by itself, errors alone, warnings as failures."""

    form: ReportForm = ReportForm.full
    verbose: bool = False
    quiet: bool = False
    strict: bool = False


def built_lines(
    report: Report, findings: list[Finding], folder: Path, told: Manner, beside: Sequence[str] = ()
) -> Iterator[tuple[str, bool]]:
    """Yield what a build found, then a line for each package: where it is, how large, and where it goes.

    With each line it is said whether that is beside the result. A report for programs is the result, where one is asked
    for. Files `beside` the packages are of this build, too.
    """
    is_report = told.form is not ReportForm.full
    yield from _report_lines(report, findings, told) if is_report else _told_lines(findings, told)
    if not report.packages or told.quiet:
        return
    yield from (
        (harmless(line), is_report) for line in (*_lines(report.packages, folder), *_left(report, folder, beside))
    )


def _left(report: Report, folder: Path, beside: Sequence[str]) -> Iterator[str]:
    """Yield a line for what is in a folder from earlier builds, and one for packages of others."""
    from coursewright.building.unchanged import packages_in
    from coursewright.text.names import few

    if report.older:
        older = few(report.older, _MOST_OLDER)
        yield f"also in the folder, from earlier builds: {older} (--clean deletes what is no longer made)"
    others = {*packages_in(folder)} - {*report.names} - {*report.older} - {*beside}
    if others:
        yield f"also in the folder, and not of its builds: {few(sorted(others), _MOST_OLDER)}"


def _told_lines(findings: list[Finding], told: Manner) -> Iterator[tuple[str, bool]]:
    shown = [found for found in findings if found.severity == "error" or not told.quiet]
    return ((line, True) for line, _ in finding_lines(shown, told.verbose, folded=not told.verbose))


def _report_lines(report: Report, findings: list[Finding], told: Manner) -> Iterator[tuple[str, bool]]:
    from coursewright.findings.reports import REPORTS

    files = dict.fromkeys(path for package in report.packages for _, path in package.units)
    text = REPORTS[told.form](findings, list(files), strict=told.strict)
    return ((harmless(line), False) for line in text.splitlines())


def _lines(packages: Sequence[Built], folder: Path) -> Iterator[str]:
    yield _heading(packages, folder)
    rows = [_row(package, folder) for package in packages]
    name, size = (max(len(row[column]) for row in rows) for column in (0, 1))
    yield from (f"  {row[0]:<{name}}  {row[1]:>{size}}  {row[2]}" for row in rows)
    beside = [companion for package in packages for companion in package.companions]
    for use, names in groupby(sorted(beside, key=_use), _use):
        found = [(folder / companion).as_posix() for companion in names]
        shown = found[0] if len(found) == 1 else f"{found[0]} and {len(found) - 1} more like it"
        yield f"  {use}: {shown}"


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
