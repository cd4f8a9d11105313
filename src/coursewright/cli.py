"""The command line. It alone prints and exits (`preview` brings its own command): 0 is fine, 1 is errors found, 2 is a
call that cannot be."""

from __future__ import annotations

import gc
import os
import re
import signal
import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from coursewright.preview.command import preview

if TYPE_CHECKING:  # heavy imports wait until a command needs them, so that --help answers at once
    from collections.abc import Sequence

    from coursewright.build import Linted, Planned, Report
    from coursewright.config import Config
    from coursewright.diagnostics import Finding

app = typer.Typer(
    name="coursewright",
    help="pandoc for courses: compiles a Markdown curriculum into packages that an LMS imports.",
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


class By(StrEnum):
    """How units are put into packages."""

    track = "track"
    unit = "unit"
    all = "all"


class GraphFormat(StrEnum):
    """How the graph is shown."""

    text = "text"
    dot = "dot"
    mermaid = "mermaid"
    json = "json"


Sources = Annotated[list[Path], typer.Argument(metavar="SOURCE...", help="Folders or files (.md, .txt).")]
ConfigFile = Annotated[
    Path | None, typer.Option("--config", metavar="FILE", help="Settings instead of ./coursewright.toml.")
]
Strict = Annotated[bool, typer.Option("--strict", help="Fail on warnings too.")]
Verbose = Annotated[bool, typer.Option("--verbose", "-v", help="Show information too, not only errors and warnings.")]


def main() -> None:
    """Run the command line."""
    gc.set_threshold(5_000, 10, 5)  # a build makes many small values and few circles: looking for them costs a tenth
    if hasattr(signal, "SIGPIPE"):  # the reader of a pipe may see enough: end quietly, as other tools do
        signal.signal(signal.SIGPIPE, signal.SIG_DFL)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    try:
        app()
    except OSError as error:
        typer.echo(f"coursewright: {error.filename or 'a file'}: {error.strerror or error}", err=True)
        sys.exit(2)


@app.callback(invoke_without_command=True)
def _root(version: Annotated[bool, typer.Option("--version", help="Show the version and exit.")] = False) -> None:
    if version:
        from coursewright import __version__

        typer.echo(f"coursewright {__version__}")
        raise typer.Exit


@app.command("build")
def build_command(
    source: Annotated[
        list[Path] | None,
        typer.Argument(metavar="[SOURCE...]", help="Folders or files (.md, .txt); seeds/ by default."),
    ] = None,
    formats: Annotated[
        list[str] | None, typer.Option("--format", "-f", metavar="FORMAT", help="A package format; may be repeated.")
    ] = None,
    output: Annotated[Path, typer.Option("--output", "-o", metavar="FOLDER", help="Where packages go.")] = Path("dist"),
    by: Annotated[By | None, typer.Option(help="One package a track (the usual), a unit, or one for all.")] = None,
    only: Annotated[
        list[str] | None,
        typer.Option(metavar="ID", help="Only these units, such as MOD-602,MOD-607 or track/MOD-602."),
    ] = None,
    with_prerequisites: Annotated[
        bool, typer.Option("--with-prerequisites", help="With --only: and everything the units require.")
    ] = False,
    staff: Annotated[
        bool, typer.Option("--staff", help="Staff material too, where the format hides it from learners.")
    ] = False,
    strict: Strict = False,
    verbose: Verbose = False,
    config_file: ConfigFile = None,
) -> None:
    """Build course packages from a curriculum."""
    from coursewright.build import build

    config = _config(config_file, formats)
    if not os.environ.get("SOURCE_DATE_EPOCH", "0").isdigit():
        _refuse("SOURCE_DATE_EPOCH is no number of seconds")
    if with_prerequisites and not only:
        _refuse("--with-prerequisites goes with --only ID")
    plan = _planned(source or [Path("seeds")], config, by, _names(only), with_prerequisites, staff)
    report = build(plan, config, output, _progress)
    _progress("")
    _print_findings(report.findings, verbose)
    _print_packages(report, output)
    _exit(report.findings, strict)


app.command()(preview)


@app.command()
def curriculum(
    source: Sources,
    as_json: Annotated[bool, typer.Option("--json", help="Everything that was read, as JSON.")] = False,
    config_file: ConfigFile = None,
) -> None:
    """Show what is read from a curriculum."""
    linted = _read(source, _config(config_file))
    if as_json:
        from coursewright.interchange import curriculum_json

        _print_json(curriculum_json(linted.curriculum, linted.graph, linted.findings))
    else:
        for unit in linted.curriculum.units:
            typer.echo(f"{unit.id:<10} {unit.title}  [{unit.track}]  {unit.path}")
        _print_findings(linted.findings, verbose=False)
    _exit(linted.findings)


@app.command()
def graph(
    source: Sources,
    format: Annotated[GraphFormat, typer.Option("--format", "-f", help="How to show it.")] = GraphFormat.text,
    config_file: ConfigFile = None,
) -> None:
    """Show the prerequisite graph of a curriculum."""
    from coursewright.interchange import GRAPH_FORMATS, graph_json

    linted = _read(source, _config(config_file))
    if format is GraphFormat.json:
        _print_json(graph_json(linted.graph))
    else:
        typer.echo(GRAPH_FORMATS[format](linted.graph), nl=False)
    _print_findings([found for found in linted.findings if found.severity == "error"], verbose=False)
    _exit(linted.findings)


@app.command()
def lint(
    source: Sources,
    by: Annotated[By | None, typer.Option(help="How packages would be made: what can gate hangs on it.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="The findings as JSON.")] = False,
    strict: Strict = False,
    config_file: ConfigFile = None,
) -> None:
    """Show everything that can be found about a curriculum, building nothing."""
    config = _config(config_file)
    findings = _planned(source, config, by).findings
    if as_json:
        _print_json({"findings": [found.as_json() for found in findings]})
    else:
        _print_findings(findings, verbose=True, results=True)
        typer.echo(_counted(findings))
    _exit(findings, strict)


@app.command()
def explain(
    code: Annotated[str, typer.Argument(metavar="[CODE]", help="Such as C103; without one, all are listed.")] = "",
) -> None:
    """Explain a finding, or list them all."""
    import difflib

    from coursewright.messages import catalogue

    known = catalogue()
    if not code:
        for message in known.values():
            typer.echo(f"{message.code} {message.severity:<8} {_blanked(message.text)}")
        return
    found = known.get(code.upper())
    if found is None:
        near = difflib.get_close_matches(code.upper(), known, n=1)
        _refuse(f"there is no finding {code}{f'; did you mean {near[0]}?' if near else ''}")
    typer.echo(f"{found.code} ({found.severity})\n\n{_blanked(found.text)}\n")
    typer.echo(f"Why: {found.why}\nMend: {_blanked(found.hint)}")


def _blanked(template: str) -> str:
    """Return a message's text with an ellipsis for each value."""
    return re.sub(r"\{\w+\}", "…", template)


@app.command()
def formats() -> None:
    """List the package formats."""
    from coursewright.formats import ALL

    for found in ALL:
        names = ", ".join([found.name, *found.aliases])
        typer.echo(f"{names:<25} {found.title:<23} {found.extension:<6} {found.about}")


# --- what the commands share ---


def _config(file: Path | None, formats: list[str] | None = None) -> Config:
    from dataclasses import replace

    from coursewright.config import ConfigError, load_config
    from coursewright.formats import FORMATS
    from coursewright.wording import nearest

    known = tuple(FORMATS)
    try:
        config = load_config(file, known)
    except ConfigError as error:
        _refuse(str(error))
    if formats is None:
        return config
    chosen = _names(formats)
    if unknown := [name for name in chosen if name not in known] or ([""] if not chosen else []):
        _refuse(f"there is no format '{unknown[0]}'{nearest(unknown[0], known)}; there are {', '.join(known)}")
    return replace(config, formats=tuple(chosen))


def _names(options: list[str] | None) -> list[str]:
    """Return the names that an option gave: it may be repeated, and hold several between commas."""
    return [name.strip() for option in options or [] for name in option.split(",") if name.strip()]


def _read(sources: list[Path], config: Config) -> Linted:
    from coursewright.build import read

    linted = read(sources, config, _progress)
    _progress("")
    return linted


def _planned(
    source: list[Path],
    config: Config,
    by: By | None,
    only: Sequence[str] = (),
    with_prerequisites: bool = False,
    staff: bool = False,
) -> Planned:
    from coursewright.build import planned
    from coursewright.plan import Grouping, Selection, chosen_units

    linted = _read(source, config)
    units, unclear = chosen_units(linted.graph, only)
    for name, meant in unclear.items():
        _print_findings([found for found in linted.findings if found.severity == "error"], verbose=False)
        known = ", ".join(str(unit.identity) for unit in meant)
        _refuse(f"--only {name} could mean {known}" if meant else f"--only {name}: no unit has this id")
    grouping = Grouping(by) if by else (None if only else config.grouping)
    selection = Selection(grouping, tuple(units), with_prerequisites, config.title, staff or config.staff)
    return planned(linted, selection, config)


def _print_json(value: object) -> None:
    import json

    typer.echo(json.dumps(value, ensure_ascii=False, indent=2))


def _print_findings(findings: list[Finding], verbose: bool, results: bool = False) -> None:
    """Show findings: as results on standard output, else beside them on standard error."""
    colours = {"error": typer.colors.RED, "warning": typer.colors.YELLOW, "info": typer.colors.BLUE}
    shown = [found for found in findings if verbose or found.severity != "info"]
    hinted: set[str] = set()
    for found in shown:
        grade = typer.style(str(found.severity), fg=colours[found.severity], bold=True)
        typer.echo(f"{found.place}: {grade} {found.code} {found.text}", err=not results)
        if found.hint not in hinted:
            typer.echo(f"    {found.hint}", err=not results)
            hinted.add(found.hint)
    if hidden := len(findings) - len(shown):
        typer.echo(f"({hidden} more for your information: --verbose, or coursewright lint)", err=True)


def _print_packages(report: Report, folder: Path) -> None:
    if not report.packages:
        return
    width = max(len(package.name) for package in report.packages)
    typer.echo(f"{'package':<{width}}  units       size  findings")
    for package in report.packages:
        size = f"{package.size / 1024:.1f} KB" if package.size is not None else "NOT BUILT"
        typer.echo(f"{package.name:<{width}}  {len(package.units):>5}  {size:>9}  {_counted(package.findings)}")
    if report.written:
        typer.echo(f"written to {folder}{'' if str(folder).endswith('/') else '/'} with report.json and SHA256SUMS")
        if older := sorted(
            {path.name for path in folder.glob("*.zip")} - {package.name for package in report.packages}
        ):
            typer.echo(f"not of this build, and also there: {', '.join(older[:5])}{' ...' if len(older) > 5 else ''}")


def _counted(findings: list[Finding]) -> str:
    from coursewright.build import counts

    plural = {"error": "errors", "warning": "warnings", "info": "info"}
    found = [f"{count} {plural[grade] if count > 1 else grade}" for grade, count in counts(findings).items() if count]
    return ", ".join(found) or "no findings"


def _progress(text: str) -> None:
    """Show on a terminal what is being done, on one line; an empty text clears it."""
    if sys.stderr.isatty():
        sys.stderr.write(f"\r\x1b[K{text}")
        sys.stderr.flush()


def _exit(findings: list[Finding], strict: bool = False) -> None:
    failing = ("error", "warning") if strict else ("error",)
    if any(found.severity in failing for found in findings):
        raise typer.Exit(1)


def _refuse(text: str) -> NoReturn:
    typer.echo(f"coursewright: {text}", err=True)
    raise typer.Exit(2)
