"""The commands over a curriculum: build, lint, and what shows what was read."""

from __future__ import annotations

import gc
import os
from collections.abc import Callable, Sequence
from dataclasses import astuple
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from coursewright.cli.built import Manner, built_lines
from coursewright.cli.console import leave, names_of, print_findings, print_json, progress, refuse, say, status_of
from coursewright.cli.courses import courses_of, known, read_course, refuse_clashes, selected
from coursewright.cli.options import (
    ConfigFile,
    Folder,
    Formats,
    Grouped,
    Ignore,
    Jobs,
    Least,
    Only,
    Quiet,
    Report,
    ReportForm,
    Select,
    Severe,
    Sources,
    Strict,
    UsualSources,
    Verbose,
    wanted,
)
from coursewright.cli.start import usual_sources

if TYPE_CHECKING:
    from coursewright.building.pipeline import Linted, Planned
    from coursewright.building.report import Report as Built
    from coursewright.building.settings import Config
    from coursewright.cli.memory import Memory
    from coursewright.findings.finding import Finding

_MANY = 200  # units, whose circles would fill the memory

NoCache = Annotated[bool, typer.Option("--no-cache", help="Make everything anew, and keep nothing for the next build.")]
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


class GraphFormat(StrEnum):
    """How the graph is shown."""

    text = "text"
    dot = "dot"
    mermaid = "mermaid"
    json = "json"


def build_command(
    source: UsualSources = None,
    formats: Formats = None,
    output: Folder = Path("dist"),
    by: Grouped = None,
    only: Only = None,
    with_prerequisites: WithPrerequisites = False,
    staff: Staff = False,
    with_scorm: WithScorm = False,
    unzipped: Unzipped = False,
    jobs: Jobs = 0,
    clean: Clean = False,
    no_cache: NoCache = False,
    report: Report = ReportForm.full,
    select: Select = None,
    ignore: Ignore = None,
    severity: Severe = Least.info,
    strict: Strict = False,
    verbose: Verbose = False,
    quiet: Quiet = False,
    config_file: ConfigFile = None,
) -> None:
    """Build course packages: from roadmaps, from any folder of Markdown or notebooks, or from a quiz.

    Settings are read from ./coursewright.toml. A source folder that contains a coursewright.toml of its own is a course
    by itself, and its settings count for more: its title, its language, its formats.

    What was built before is kept in a cache, and not built again. It is in the folder COURSEWRIGHT_CACHE, or else where
    this system keeps caches, holds at most 512 MB, and is safe to delete.
    """
    from coursewright.building.unchanged import Order, Saying
    from coursewright.cli.memory import memory_of, named_by, tell

    sources, told = known(source or usual_sources("building")), Manner(report, verbose, quiet, strict)
    chosen = (formats, by, only, with_prerequisites, staff, with_scorm, unzipped, clean, select, ignore, severity)
    memory = memory_of(Order(sources, output, config_file, (*chosen, *astuple(told))), jobs, without=no_cache)
    saying = memory.known(told)
    if saying is None:
        gc.disable()
        found = courses_of(sources, config_file, formats)
        courses = [(named, _with_flags(config, with_scorm, unzipped)) for named, config in found]
        _refuse_contradictions([config for _, config in courses], only, with_prerequisites)
        choice = partial(selected, by=by, only=names_of(only), with_prerequisites=with_prerequisites, staff=staff)
        beside = named_by(config for _, config in courses)
        built = _build(courses, choice, output, jobs, memory, clean)
        findings = _shown(built.findings, select, ignore, severity)
        lines = built_lines(built, findings, output, told)
        saying = Saying([*lines], status_of(findings, strict, source or ()))
        memory.keep(built, saying, beside)
    tell(saying)


def _shown(
    findings: Sequence[Finding], select: list[str] | None, ignore: list[str] | None, severity: Least
) -> list[Finding]:
    """Return the findings that were asked for, and in any case those that keep a package from being written."""
    from coursewright.findings.finding import in_order

    stopping = [found for found in findings if found.severity == "error"]
    return in_order(list(dict.fromkeys([*stopping, *wanted(list(findings), select, ignore, severity)])))


def _build(
    courses: list[tuple[list[Path], Config]],
    choice: Callable[[Linted, Config], Planned],
    output: Path,
    jobs: int,
    memory: Memory,
    clean: bool,
) -> Built:
    """Return what came of a build; what was read need not stay in memory while packages are written."""
    from coursewright.building.pipeline import build_all, clashing

    _settle()
    readings = memory.readings
    plans = [(choice(read_course(sources, config, readings), config), config) for sources, config in courses]
    if readings:
        readings.keep_marks_of(unit for plan, _ in plans for course in plan.courses for unit in course.units)
    refuse_clashes(clashing(plans))
    _settle()
    if all(len(course.steps) <= _MANY for plan, _ in plans for course in plan.courses):
        gc.set_threshold(100_000, 10, 5)  # circles are looked for after each course, when they take least
    report = build_all(plans, output, progress, count=jobs, copies=memory.copies, clean=clean)
    progress("")
    return report


def _settle() -> None:
    """Let what is there stay there, so that nobody looks through it again for circles that nothing else holds."""
    gc.freeze()
    gc.enable()


def _with_flags(config: Config, with_scorm: bool, unzipped: bool) -> Config:
    """Return settings under the flags that are set on the command line."""
    from dataclasses import replace

    if unzipped and "site" not in config.formats:
        refuse("--unzipped requires --format site")
    return replace(config, with_scorm=config.with_scorm or with_scorm, unzipped=config.unzipped or unzipped)


def _refuse_contradictions(configs: Sequence[Config], only: list[str] | None, with_prerequisites: bool) -> None:
    if any(config.with_scorm and "moodle" not in config.formats for config in configs):
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

    courses = [(read_course(sources, config), config) for sources, config in courses_of(source, config_file)]
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

    read = [read_course(sources, config) for sources, config in courses_of(source, config_file)]
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
