"""The commands over a curriculum: build, lint, and what shows what was read."""

from __future__ import annotations

import os
from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from coursewright.cli.built import print_built
from coursewright.cli.console import (
    ConfigFile,
    Folder,
    Ignore,
    ReportForm,
    Select,
    Sources,
    Strict,
    Verbose,
    codes_of,
    leave,
    names_of,
    print_findings,
    print_json,
    print_report,
    progress,
    refuse,
    say,
)
from coursewright.cli.start import nearest_to, usual_sources

if TYPE_CHECKING:
    from coursewright.building.pipeline import Linted, Planned
    from coursewright.building.settings import Config

Jobs = Annotated[
    int, typer.Option("--jobs", "-j", min=0, help="How many processes write; all cores on large builds by default.")
]
WithPrerequisites = Annotated[
    bool, typer.Option("--with-prerequisites", help="With --only: add everything these units require.")
]
Staff = Annotated[
    bool, typer.Option("--staff", help="Include staff material, where the format can hide it from learners.")
]
Clean = Annotated[
    bool, typer.Option("--clean", help="Delete the packages of earlier builds that this one does not make.")
]
WithScorm = Annotated[
    bool, typer.Option("--with-scorm", help="In a Moodle course, make units SCORM packages instead of pages.")
]
Unzipped = Annotated[
    bool, typer.Option("--unzipped", help="Write a web site (-f site) as a folder, as GitHub Pages takes it.")
]


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


def build_command(
    source: Annotated[
        list[Path] | None,
        typer.Argument(metavar="[SOURCE...]", help="Folders, documents or quizzes; seeds/, or else this folder."),
    ] = None,
    formats: Annotated[
        list[str] | None,
        typer.Option(
            "--format",
            "-f",
            metavar="FORMAT",
            help="Package formats, with commas; see `formats`. By default moodle,canvas,scorm12.",
        ),
    ] = None,
    output: Folder = Path("dist"),
    by: Annotated[By | None, typer.Option(help="One package per track (default), per unit, or one for all.")] = None,
    only: Annotated[
        list[str] | None,
        typer.Option(metavar="ID", help="Only these units, such as MOD-602,MOD-607 or track/MOD-602."),
    ] = None,
    with_prerequisites: WithPrerequisites = False,
    staff: Staff = False,
    with_scorm: WithScorm = False,
    unzipped: Unzipped = False,
    jobs: Jobs = 0,
    clean: Clean = False,
    strict: Strict = False,
    verbose: Verbose = False,
    config_file: ConfigFile = None,
) -> None:
    """Build course packages: from roadmaps, from any folder of Markdown, or from a quiz.

    Settings are read from ./coursewright.toml. A source folder that contains a coursewright.toml of its own is a course
    by itself, and its settings count for more: its title, its language, its formats.
    """
    from coursewright.building.pipeline import build_all, clashing

    plans = []
    for sources, config in _courses(_known(source or usual_sources()), config_file, formats):
        config = _with_flags(config, with_scorm, unzipped)
        _refuse_contradictions(config, only, with_prerequisites)
        linted = _read(sources, config)
        plans.append((_selected(linted, config, by, names_of(only), with_prerequisites, staff), config))
        del linted  # what was read need not stay in memory while packages are written
    _refuse_clashes(clashing(plans))
    report = build_all(plans, output, progress, count=jobs, clean=clean)
    progress("")
    print_built(report, output, verbose)
    leave(report.findings, strict, source or ())


def _known(sources: list[Path]) -> list[Path]:
    """Return sources; what does not exist, but has a name like something that does, is a slip."""
    for source in sources:
        if not os.path.lexists(source) and (question := nearest_to(source)):
            refuse(f"{source}: there is no such file or folder{question}")
    return sources


def _refuse_clashes(names: Sequence[str]) -> None:
    if names:
        refuse(f"several courses would be written to {names[0]}; give each a title, or an id in its course.toml")


def _with_flags(config: Config, with_scorm: bool, unzipped: bool) -> Config:
    """Return settings under the flags that are set on the command line."""
    from dataclasses import replace

    if unzipped and "site" not in config.formats:
        refuse("--unzipped requires --format site")
    return replace(config, with_scorm=config.with_scorm or with_scorm, unzipped=config.unzipped or unzipped)


def _refuse_contradictions(config: Config, only: list[str] | None, with_prerequisites: bool) -> None:
    if config.with_scorm and "moodle" not in config.formats:
        refuse("--with-scorm requires --format moodle")
    if not os.environ.get("SOURCE_DATE_EPOCH", "0").isdigit():
        refuse("SOURCE_DATE_EPOCH is not a number of seconds")
    if with_prerequisites and not only:
        refuse("--with-prerequisites requires --only ID")


def curriculum(
    source: Sources,
    as_json: Annotated[bool, typer.Option("--json", help="Show everything that was read, as JSON.")] = False,
    config_file: ConfigFile = None,
) -> None:
    """Show what was read, and what was taken for what: units, pages, their order, and what says so.

    To change it, write the order yourself: `coursewright new --from FOLDER` writes down what was guessed.
    """
    from coursewright.cli.outline import curriculum_lines

    courses = [(_read(sources, config), config) for sources, config in _courses(source, config_file)]
    findings = [found for linted, _ in courses for found in linted.findings]
    if as_json:
        print_json(_all_json(courses))
    else:
        for linted, _ in courses:
            for line in curriculum_lines(linted.curriculum, linted.findings):
                say(line)
        print_findings(findings, verbose=False)
    leave(findings, sources=source)


def _all_json(courses: Sequence[tuple[Linted, Config]]) -> dict[str, Any]:
    """Return everything that was read of several courses as one."""
    from coursewright.course.interchange import curriculum_json
    from coursewright.pages.theme.theme import OURS, labels_of
    from coursewright.text.markdown.html import Converter

    whole: dict[str, Any] = {}
    for linted, config in courses:
        words, (labels, _) = Converter(math=config.math), labels_of(config.language, OURS)
        found = curriculum_json(linted.curriculum, linted.graph, linted.findings, words, labels)
        for key, values in found.items():
            whole.setdefault(key, []).extend(values)
    return whole


def graph(
    source: Sources,
    format: Annotated[GraphFormat, typer.Option("--format", "-f", help="Output format.")] = GraphFormat.text,
    config_file: ConfigFile = None,
) -> None:
    """Show the prerequisite graph of a curriculum."""
    from coursewright.course.interchange import GRAPH_FORMATS, graph_json

    read = [_read(sources, config) for sources, config in _courses(source, config_file)]
    findings = [found for linted in read for found in linted.findings]
    if format is GraphFormat.json:
        whole: dict[str, Any] = {}
        for linted in read:
            for key, values in graph_json(linted.graph).items():
                whole.setdefault(key, []).extend(values)
        print_json(whole)
    else:
        for linted in read:
            say(GRAPH_FORMATS[format](linted.graph), nl=False)
    print_findings([found for found in findings if found.severity == "error"], verbose=False)
    leave(findings, sources=source)


def lint(
    source: Sources,
    by: Annotated[By | None, typer.Option(help="How to package units; locks work only within a package.")] = None,
    output: Annotated[ReportForm, typer.Option("--output", help="ReportForm format.")] = ReportForm.full,
    as_json: Annotated[bool, typer.Option("--json", hidden=True, help="The same as --output json.")] = False,
    select: Select = None,
    ignore: Ignore = None,
    strict: Strict = False,
    verbose: Annotated[bool, typer.Option("--verbose", "-v", help="Show each finding by itself.")] = False,
    config_file: ConfigFile = None,
) -> None:
    """Check a curriculum without building anything."""
    from coursewright.findings.finding import filtered, in_order

    chosen, left_out = codes_of("--select", select), codes_of("--ignore", ignore)
    read = [(_read(sources, config), config) for sources, config in _courses(_known(source), config_file)]
    every = [found for linted, config in read for found in _selected(linted, config, by).findings]
    unread = [found for found in every if found.severity == "error" and found.code.startswith("S")]
    findings = filtered(in_order([*filtered(every, chosen), *unread]), (), left_out)
    files = list(dict.fromkeys(unit.path for linted, _ in read for unit in linted.curriculum.units))
    print_report(findings, ReportForm.json if as_json else output, files, strict, folded=not verbose)
    leave(findings, strict, source)


def _courses(
    sources: list[Path], file: Path | None, formats: list[str] | None = None
) -> list[tuple[list[Path], Config]]:
    """Return the sources as courses: those with settings of their own, each by itself, and the others together."""
    from coursewright.building.settings import settings_of

    own = {source: settings_of(source) for source in sources} if file is None else {}
    together = [source for source in sources if not own.get(source)]
    found = [([source], _config(None, formats, beside)) for source, beside in own.items() if beside]
    return [*([(together, _config(file, formats))] if together else []), *found]


def _config(file: Path | None, formats: list[str] | None = None, beside: Path | None = None) -> Config:
    from dataclasses import replace

    from coursewright.building.settings import ConfigError, load_config
    from coursewright.text.names import nearest
    from coursewright.writers import FORMATS, USUAL

    known = tuple(FORMATS)
    try:
        config = load_config(file, known, beside=beside, usual=USUAL)
    except ConfigError as error:
        refuse(str(error))
    if formats is None:
        return config
    chosen = names_of(formats)
    if unknown := [name for name in chosen if name not in known] or ([""] if not chosen else []):
        refuse(f"there is no format '{unknown[0]}'{nearest(unknown[0], known)}; formats: {', '.join(known)}")
    return replace(config, formats=tuple(chosen))


def _read(sources: list[Path], config: Config) -> Linted:
    from coursewright.building.pipeline import read

    linted = read(sources, config, progress)
    progress("")
    return linted


def _selected(
    linted: Linted,
    config: Config,
    by: By | None,
    only: Sequence[str] = (),
    with_prerequisites: bool = False,
    staff: bool = False,
) -> Planned:
    from coursewright.building.pipeline import planned
    from coursewright.course.plan import Grouping, Selection, chosen_units

    units, unclear = chosen_units(linted.graph, only)
    for name, meant in unclear.items():
        print_findings([found for found in linted.findings if found.severity == "error"], verbose=False)
        known = ", ".join(str(unit.identity) for unit in meant)
        refuse(f"--only {name} could mean {known}" if meant else f"--only {name}: no unit has this id")
    grouping = Grouping(by) if by else (None if only else config.grouping)
    selection = Selection(grouping, tuple(units), with_prerequisites, config.title, staff or config.staff)
    return planned(linted, selection, config)
