"""The command that makes other packages, or Markdown, of packages from any tool."""

from __future__ import annotations

import signal
import sys
import threading
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from coursewright.cli.built import Manner, built_lines
from coursewright.cli.completion import format_names
from coursewright.cli.console import existing, names_of, progress, refuse, say, status_of
from coursewright.cli.courses import courses_of, refuse_clashes, selected
from coursewright.cli.options import (
    ConfigFile,
    Folder,
    Ignore,
    Jobs,
    Least,
    Quiet,
    Report,
    ReportForm,
    Select,
    Severe,
    Strict,
    Verbose,
    wanted,
)

if TYPE_CHECKING:
    from coursewright.building.conversion import Conversion
    from coursewright.building.pipeline import Planned
    from coursewright.building.settings import Config
    from coursewright.readers.packages.recovery import ElementKind

Packages = Annotated[
    list[Path],
    typer.Argument(
        metavar="PACKAGE...", help="Packages from any tool: zip files, Moodle backups, folders.", parser=existing
    ),
]
Into = Annotated[
    list[str] | None,
    typer.Option(
        "--format",
        "-f",
        metavar="FORMAT",
        help="What to make of them, with commas: markdown (default), or any of `formats`.",
        autocompletion=format_names,
    ),
]
Title = Annotated[
    str, typer.Option("--title", metavar="TITLE", help="What the course is called, in place of its title.")
]
Language = Annotated[str, typer.Option("--language", metavar="TAG", help="The language of the course, such as de.")]
Theme = Annotated[
    Path | None, typer.Option("--theme", metavar="FOLDER", help="The theme of its pages, where a format has our own.")
]
Staff = Annotated[
    bool,
    typer.Option(
        "--staff", help="Include what is for staff, where a format can hide it; a folder of Markdown always has it."
    ),
]


def convert(
    package: Packages,
    formats: Into = None,
    output: Folder = Path("dist"),
    title: Title = "",
    language: Language = "",
    theme: Theme = None,
    staff: Staff = False,
    jobs: Jobs = 0,
    report: Report = ReportForm.full,
    select: Select = None,
    ignore: Ignore = None,
    severity: Severe = Least.info,
    strict: Strict = False,
    verbose: Verbose = False,
    quiet: Quiet = False,
    config_file: ConfigFile = None,
) -> None:
    """Turn course packages from any tool into Markdown, or into other packages.

    Packages of ours bring their source along and come back as they were: a round trip. Of others, what can be
    understood is salvaged. import-report.json names everything that was kept, changed or left out, and why.
    """
    from coursewright.building.conversion import read_back, write_reports
    from coursewright.building.pipeline import build_all, clashing

    if threading.current_thread() is threading.main_thread():
        signal.signal(signal.SIGTERM, _stop)  # so that what was unpacked is deleted
    config = _config(config_file, names_of(formats) or ["markdown"], title, language, theme)
    found = [read_back(path, config, progress) for path in dict.fromkeys(package)]
    progress("")
    staff = staff or config.staff or set(config.formats) == {"markdown"}
    plans: list[tuple[Planned, Config]] = [(selected(one.linted, config, None, staff=staff), config) for one in found]
    refuse_clashes(clashing(plans))
    built = build_all(plans, output, progress, count=jobs)
    progress("")
    made = [(one, plan.courses) for one, (plan, _) in zip(found, plans, strict=True)]
    reports = write_reports(made, built, output)
    findings = wanted(built.findings, select, ignore, severity)
    is_report = report is not ReportForm.full
    for line in () if quiet else _told(found, staff=staff):
        say(line, err=is_report)
    for line, aside in built_lines(built, findings, output, Manner(report, verbose, quiet, strict)):
        typer.echo(line, err=aside)
    if reports and not quiet:
        say(f"what became of everything: {', '.join(path.as_posix() for path in reports)}", err=is_report)
    unwritten = [_unwritten(one) for one, courses in made if one.read.recovery and not courses]
    if status := max(_failed(unwritten), status_of(findings, strict, package)):
        raise typer.Exit(status)


def _failed(lines: Sequence[str]) -> int:
    """Say what failed, however quiet all else is; return the status that this is."""
    for line in lines:
        say(line, err=True)
    return 1 if lines else 0


def _unwritten(one: Conversion) -> str:
    """Return that nothing was written of a package that was read, and what to do."""
    why = (
        f"nothing in it could be kept. Export it again: coursewright validate {one.package} says what is wrong with it"
    )
    return f"nothing was written of {one.package}: {why}"


def _stop(*_: object) -> NoReturn:
    sys.exit(128 + signal.SIGTERM)


def _config(file: Path | None, formats: list[str], title: str, language: str, theme: Path | None) -> Config:
    from coursewright.building.settings import ConfigError, language_tag

    ((_, config),) = courses_of([Path()], file, formats)
    try:
        tag = language_tag(language) if language else config.language
    except ConfigError as error:
        refuse(str(error))
    given = config.language_given or bool(language)
    return replace(config, title=title or config.title, language=tag, language_given=given, theme=theme or config.theme)


def _told(found: Sequence[Conversion], *, staff: bool) -> Iterator[str]:
    """Yield for each package what it is, what was read of it, and how much was changed or left out."""
    from coursewright.building.conversion import counted, for_staff, lost
    from coursewright.readers.packages.recovery import Fate

    for one in found:
        if one.read.recovery is None:
            yield f"{one.package}: {one.read.kind or 'not a package'}, not read"
            continue
        yield f"{one.package}: {one.read.kind}, {one.how}: {_amounts(counted(one)) or 'nothing'}"
        for fate, words in ((Fate.CHANGED, "changed"), (Fate.DROPPED, "left out")):
            if amounts := _amounts(lost(one, fate)):
                yield f"  {words}: {amounts}"
        if not staff and (amounts := _amounts(for_staff(one))):
            yield f"  for staff, written only with --staff: {amounts}"


def _amounts(counts: Mapping[ElementKind, int]) -> str:
    return ", ".join(f"{number} {_plural(str(kind), number)}" for kind, number in counts.items())


_PLURALS = {"quiz": "quizzes", "activity": "activities", "user data": "user data"}


def _plural(noun: str, number: int) -> str:
    return noun if number == 1 else _PLURALS.get(noun, f"{noun}s")
