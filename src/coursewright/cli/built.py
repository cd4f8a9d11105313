"""What a build says at its end: what was found, each kind once, and where every package goes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from coursewright.cli.console import print_findings, say

if TYPE_CHECKING:
    from coursewright.building.report import Built, Report

_EXTENSIONS = (".zip", ".imscc", ".mbz", ".epub")  # of packages
_MOST_OLDER = 5


def print_built(report: Report, folder: Path, verbose: bool) -> None:
    """Show what a build found, then a line for each package: where it is, how large, and where it goes."""
    print_findings(report.findings, verbose, folded=not verbose)
    if not report.packages:
        return
    for line in _lines(report.packages, folder):
        say(line)
    if report.older:
        say(f"also in the folder, from earlier builds: {_few(report.older)} (--clean deletes what is no longer made)")
    if others := _others(report, folder):
        say(f"also in the folder, and not of its builds: {_few(others)}")


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


def _few(names: Sequence[str]) -> str:
    """Return the first names, and how many more there are."""
    more = len(names) - _MOST_OLDER
    return ", ".join(names[:_MOST_OLDER]) + (f" and {more} more" if more > 0 else "")


def _others(report: Report, folder: Path) -> list[str]:
    """Return the packages in a folder that no build of ours wrote, as far as its report knows."""
    there = {path.name for path in folder.iterdir() if path.suffix in _EXTENSIONS} if folder.is_dir() else set()
    return sorted(there - {*report.names} - {*report.older})
