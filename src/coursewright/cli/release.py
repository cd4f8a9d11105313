"""The command `release`: a build with versions, sums, identities and notes, which says whose records it would lose."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from coursewright.cli.built import Manner, built_lines
from coursewright.cli.completion import code_names
from coursewright.cli.console import codes_of, leave, print_findings, progress, refuse, say
from coursewright.cli.courses import courses_of, known, read_course, refuse_clashes, selected
from coursewright.cli.options import (
    ConfigFile,
    Folder,
    Formats,
    Grouped,
    Jobs,
    Quiet,
    Report,
    ReportForm,
    Strict,
    UsualSources,
    Verbose,
)
from coursewright.cli.start import usual_sources

if TYPE_CHECKING:
    from coursewright.building.release.record import ReleaseRecord
    from coursewright.building.release.release import Released

Since = Annotated[
    Path | None,
    typer.Option("--since", metavar="OLD", help="The release before: its folder, or its identities.json."),
]
Version = Annotated[
    str, typer.Option("--version", metavar="VERSION", help="The version, such as 1.4.0; it names copies of packages.")
]
Allow = Annotated[
    list[str] | None,
    typer.Option(
        "--allow",
        metavar="CODES",
        help="Release although records are lost: the codes that say so, such as D631.",
        autocompletion=code_names,
    ),
]


def release_command(
    source: UsualSources = None,
    since: Since = None,
    version: Version = "",
    allow: Allow = None,
    formats: Formats = None,
    output: Folder = Path("dist"),
    by: Grouped = None,
    jobs: Jobs = 0,
    report: Report = ReportForm.full,
    strict: Strict = False,
    verbose: Verbose = False,
    quiet: Quiet = False,
    config_file: ConfigFile = None,
) -> None:
    """Build a release: packages and copies with the version, SHA256SUMS, identities.json, and RELEASE-NOTES.md.

    With --since, the notes say what changes for learners. Where they would lose records, nothing is written.
    """
    from coursewright.building.pipeline import clashing
    from coursewright.building.release.release import VERSION, release

    if version and not VERSION.fullmatch(version):
        refuse(f"--version cannot be '{version}'; write one such as 1.4.0, since files are named by it")
    allowed = codes_of("--allow", allow)
    before = _earlier(since)
    plans = []
    for sources, config in courses_of(known(source or usual_sources("releasing")), config_file, formats):
        plans.append((selected(read_course(sources, config), config, by), config))
    refuse_clashes(clashing(plans))
    made = release(plans, output, version, before, allowed, progress, count=jobs)
    progress("")
    _print(made, output, Manner(report, verbose, quiet, strict))
    leave([*made.findings, *(made.report.findings if made.report else ())], strict, source or ())


def _earlier(since: Path | None) -> tuple[ReleaseRecord, str] | None:
    """Return the record of the release before this one; leave with status 2 where there should be one, and isn't."""
    from coursewright.building.release.identities import read_identities

    if since is None:
        return None
    found, problems = read_identities(since)
    if found is None:
        print_findings(problems, verbose=True)
        raise typer.Exit(2)
    return found, since.as_posix()


def _print(made: Released, folder: Path, told: Manner) -> None:
    from coursewright.building.report import Report as BuildReport

    built = made.report or BuildReport()
    for line, aside in built_lines(built, [*made.findings, *built.findings], folder, told, made.files):
        typer.echo(line, err=aside)
    if told.quiet:
        return
    if made.report is None:
        say("nothing was written: learners would lose records; --allow CODES says that this is meant", err=True)
    elif made.files:
        notes = (folder / "RELEASE-NOTES.md").as_posix()
        say(f"what to tell learners is in {notes}", err=told.form is not ReportForm.full)
