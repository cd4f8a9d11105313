"""The command line. It alone prints and exits (`preview` brings its own command): 0 is fine, 1 is errors found, 2 is a
call that cannot be."""

from __future__ import annotations

import gc
import os
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
    from coursewright.diagnostics import Finding, Severity
    from coursewright.validation.lms.lms import Lms

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


class Output(StrEnum):
    """How findings are shown."""

    full = "full"
    json = "json"
    github = "github"
    junit = "junit"
    sarif = "sarif"


class Listing(StrEnum):
    """How the catalogue is shown."""

    full = "full"
    json = "json"


Sources = Annotated[list[Path], typer.Argument(metavar="SOURCE...", help="Folders or files (.md, .txt).")]
ConfigFile = Annotated[
    Path | None, typer.Option("--config", metavar="FILE", help="Settings instead of ./coursewright.toml.")
]
Strict = Annotated[bool, typer.Option("--strict", help="Fail on warnings too.")]
Verbose = Annotated[bool, typer.Option("--verbose", "-v", help="Show information too, not only errors and warnings.")]
Select = Annotated[
    list[str] | None,
    typer.Option("--select", metavar="CODES", help="Only these findings, such as C103,L: a code, or how it begins."),
]
Ignore = Annotated[
    list[str] | None, typer.Option("--ignore", metavar="CODES", help="Without these findings, written in the same way.")
]


_EXTENSIONS = (".zip", ".imscc", ".mbz")  # of packages


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
        name = Path(error.filename or "a file")
        shown = name.parent if name.suffix == ".part" else name  # a draft, of which nobody knows
        typer.echo(f"coursewright: {shown}: {error.strerror or error}", err=True)
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
    with_scorm: Annotated[
        bool, typer.Option("--with-scorm", help="In a Moodle course, units as SCORM packages instead of pages.")
    ] = False,
    strict: Strict = False,
    verbose: Verbose = False,
    config_file: ConfigFile = None,
) -> None:
    """Build course packages from a curriculum."""
    from dataclasses import replace

    from coursewright.build import build

    config = _config(config_file, formats)
    if with_scorm:
        config = replace(config, with_scorm=True)
    if config.with_scorm and "moodle" not in config.formats:
        _refuse("--with-scorm goes with --format moodle")
    if not os.environ.get("SOURCE_DATE_EPOCH", "0").isdigit():
        _refuse("SOURCE_DATE_EPOCH is no number of seconds")
    if with_prerequisites and not only:
        _refuse("--with-prerequisites goes with --only ID")
    linted = _read(source or [Path("seeds")], config)
    plan = _selected(linted, config, by, _names(only), with_prerequisites, staff)
    del linted  # what was read need not stay in memory while packages are written
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
    output: Annotated[Output, typer.Option("--output", help="How findings are shown.")] = Output.full,
    as_json: Annotated[bool, typer.Option("--json", hidden=True, help="The same as --output json.")] = False,
    select: Select = None,
    ignore: Ignore = None,
    strict: Strict = False,
    config_file: ConfigFile = None,
) -> None:
    """Show everything that can be found about a curriculum, building nothing."""
    from coursewright.diagnostics import filtered

    chosen, left_out = _codes("--select", select), _codes("--ignore", ignore)
    config = _config(config_file)
    linted = _read(source, config)
    findings = filtered(_selected(linted, config, by).findings, chosen, left_out)
    files = list(dict.fromkeys(unit.path for unit in linted.curriculum.units))
    _print_report(findings, Output.json if as_json else output, files)
    _exit(findings, strict)


@app.command()
def validate(
    package: Annotated[
        list[Path], typer.Argument(metavar="PACKAGE...", help="Zips, tarballs, folders, or manifests alone, of anyone.")
    ],
    lms: Annotated[
        list[str] | None,
        typer.Option(
            "--for",
            metavar="LMS",
            help="What it drops, renames or refuses, too: moodle, canvas, blackboard, brightspace, scorm-cloud.",
        ),
    ] = None,
    output: Annotated[Output, typer.Option("--output", help="How findings are shown.")] = Output.full,
    select: Select = None,
    ignore: Ignore = None,
    strict: Strict = False,
) -> None:
    """Judge packages, whoever made them: what they are, and what is wrong with them."""
    from coursewright.diagnostics import filtered, in_order
    from coursewright.validation import validate_package

    chosen, left_out = _codes("--select", select), _codes("--ignore", ignore)
    lmss = _lmss(lms)
    verdicts = []
    for path in package:
        _progress(f"judging {path}")
        verdicts.append(validate_package(path, lmss))
    _progress("")
    if output is Output.full:
        for verdict in verdicts:
            typer.echo(
                f"{verdict.path}: {verdict.kind}, since {verdict.why}"
                if verdict.kind
                else f"{verdict.path}: not recognised"
            )
    findings = filtered(in_order([found for verdict in verdicts for found in verdict.findings]), chosen, left_out)
    _print_report(findings, output, [path.name or str(path) for path in package])
    _exit(findings, strict)


@app.command()
def rules(
    output: Annotated[Listing, typer.Option("--output", help="As JSON with reasons and remedies too.")] = Listing.full,
) -> None:
    """List every code of a finding, with its severity and its text."""
    from coursewright import reports

    typer.echo(reports.rules_as_json() if output is Listing.json else reports.rules(), nl=False)


@app.command()
def explain(
    code: Annotated[str, typer.Argument(metavar="[CODE]", help="Such as C103; without one, all are listed.")] = "",
) -> None:
    """Explain a finding, or list them all."""
    from coursewright.messages import catalogue
    from coursewright.reports import blanked

    if not code:
        rules(Listing.full)
        return
    found = catalogue().get(code.upper())
    if found is None:
        _refuse_code(code)
    typer.echo(f"{found.code} ({found.severity})\n\n{blanked(found.text)}\n")
    typer.echo(f"Why: {found.why}\nMend: {blanked(found.hint)}")


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


def _lmss(given: list[str] | None) -> list[Lms]:
    from coursewright.validation.lms import LMSS
    from coursewright.wording import nearest

    names = [name.lower() for name in _names(given)]
    if unknown := [name for name in names if name not in LMSS] or ([""] if given is not None and not names else []):
        _refuse(
            f"nothing is known of an LMS '{unknown[0]}'{nearest(unknown[0], tuple(LMSS))}; known are {', '.join(LMSS)}"
        )
    return [LMSS[name] for name in dict.fromkeys(names)]


def _codes(option: str, given: list[str] | None) -> list[str]:
    """Return the codes, or how codes begin, that an option gave."""
    from coursewright.messages import catalogue

    names = [name.upper() for name in _names(given)]
    if given is not None and not names:
        _refuse(f"{option} takes codes, such as {option} C103,L")
    for name in names:
        if not any(code.startswith(name) for code in catalogue()):
            _refuse_code(name)
    return names


def _refuse_code(code: str) -> NoReturn:
    from coursewright.messages import catalogue
    from coursewright.wording import nearest

    _refuse(f"there is no finding {code}{nearest(code, tuple(catalogue()))}")


def _read(sources: list[Path], config: Config) -> Linted:
    from coursewright.build import read

    linted = read(sources, config, _progress)
    _progress("")
    return linted


def _selected(
    linted: Linted,
    config: Config,
    by: By | None,
    only: Sequence[str] = (),
    with_prerequisites: bool = False,
    staff: bool = False,
) -> Planned:
    from coursewright.build import planned
    from coursewright.plan import Grouping, Selection, chosen_units

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


def _print_report(findings: list[Finding], output: Output, files: Sequence[str]) -> None:
    """Show findings, which are the result, on standard output; `files` are all that were looked at."""
    from coursewright.reports import REPORTS, summary

    if output is Output.full:
        _print_findings(findings, verbose=True, results=True)
        typer.echo(summary(findings))
    else:
        typer.echo(REPORTS[output](findings, files), nl=False)


def _print_findings(findings: list[Finding], verbose: bool, results: bool = False) -> None:
    """Show findings: as results on standard output, else beside them on standard error."""
    from coursewright.reports import lines

    shown = [found for found in findings if verbose or found.severity != "info"]
    for line in lines(shown, _coloured):
        typer.echo(line, err=not results)
    if hidden := len(findings) - len(shown):
        typer.echo(f"({hidden} more for your information: --verbose, or coursewright lint)", err=True)


def _coloured(severity: Severity) -> str:
    colours = {"error": typer.colors.RED, "warning": typer.colors.YELLOW, "info": typer.colors.BLUE}
    return typer.style(str(severity), fg=colours[severity], bold=True)


def _print_packages(report: Report, folder: Path) -> None:
    from coursewright.reports import summary

    if not report.packages:
        return
    width = max(len(package.name) for package in report.packages)
    typer.echo(f"{'package':<{width}}  units       size  findings")
    for package in report.packages:
        size = f"{package.size / 1024:.1f} KB" if package.size is not None else "NOT BUILT"
        typer.echo(f"{package.name:<{width}}  {len(package.units):>5}  {size:>9}  {summary(package.findings)}")
    for package in report.written:
        for companion in package.companions:
            typer.echo(f"{companion}: import it before, in Moodle's site administration › Competencies")
    if report.written:
        typer.echo(f"written to {folder}{'' if str(folder).endswith('/') else '/'} with report.json and SHA256SUMS")
    elif folder.is_dir():
        typer.echo(f"nothing was written; {folder} is as it was")
    if older := _older(report, folder):
        typer.echo(f"not of this build, and also there: {', '.join(older[:5])}{' ...' if len(older) > 5 else ''}")


def _older(report: Report, folder: Path) -> list[str]:
    """Return the packages in a folder that this build did not write."""
    there = {path.name for path in folder.iterdir() if path.suffix in _EXTENSIONS} if folder.is_dir() else set()
    return sorted(there - {package.name for package in report.written})


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
