"""The pipeline, from top to bottom: read, link, lint, plan, write, check, zip, report."""

from __future__ import annotations

import difflib
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from coursewright.building.report import Built, Report, write_report
from coursewright.building.settings import Config
from coursewright.building.withdrawals import Output, output_of
from coursewright.course.description import Publication
from coursewright.course.edition import Edition, learner_edition, texts
from coursewright.course.graph import Graph, link
from coursewright.course.lint import Subject, lint
from coursewright.course.model import Course, Curriculum, Identity, Unit
from coursewright.course.plan import Selection, plan
from coursewright.findings import messages
from coursewright.findings.finding import Finding, Place, has_errors, in_order, regraded
from coursewright.packages.files.writing import Package, replaced, write_zip
from coursewright.pages.renderer import Content, Renderer
from coursewright.pages.theme.theme import OURS, Theme, ThemeError, labels_of, load_theme
from coursewright.readers.sources import read_curriculum
from coursewright.text.names import normal
from coursewright.text.scripts import foreign_script
from coursewright.writers import FORMATS
from coursewright.writers.writer import Format, Materials

Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Linted:
    """A curriculum that was read and looked at: its graph, its learners' editions, and what was found, in order."""

    curriculum: Curriculum
    graph: Graph
    editions: Mapping[Identity, Edition]
    findings: list[Finding]


def silent(_: str) -> None:
    """Report no progress."""


def read(sources: Iterable[Path], config: Config, progress: Progress = silent) -> Linted:
    """Read the sources, link their units and look at what they say."""
    curriculum = read_curriculum(sources, config.audience, lambda count: progress(f"reading document {count}"))
    progress("checking the curriculum")
    graph = link(curriculum)
    editions = {identity: learner_edition(unit) for identity, unit in graph.units.items()}
    linting = lint(Subject(curriculum, graph, editions, config.math))
    found = [*curriculum.findings, *linting, *_unused_audiences(curriculum, config), *_language(editions, config)]
    return Linted(curriculum, graph, editions, in_order(regraded(found, config.severities)))


def _language(editions: Mapping[Identity, Edition], config: Config) -> Iterable[Finding]:
    """Yield a finding where nobody has set the language, and the text is plainly in another script than the usual."""
    if config.language_given or config.language != Config().language:
        return
    written = chain.from_iterable(texts(edition.unit) for edition in editions.values())
    if found := foreign_script(written):
        script, tag = found
        yield messages.LANGUAGE_UNSET.at(Place("settings"), script=script, language=tag)


def _unused_audiences(curriculum: Curriculum, config: Config) -> Iterable[Finding]:
    """Yield a finding for each section whose audience is set, but which no document has."""
    titles = {normal(section.title): section.title for unit in curriculum.units for section in unit.sections}
    for title in config.audience if titles else ():
        if title not in titles:
            near = difflib.get_close_matches(title, titles, n=1)
            nearest = f"; did you mean '{titles[near[0]]}'?" if near else ""
            yield messages.AUDIENCE_UNUSED.at(Place("settings"), title=title, nearest=nearest)


@dataclass(frozen=True, slots=True)
class Planned:
    """The courses to build, of learners' editions alone, and everything found so far.

    `theme` is None where the settings name one that cannot be used.
    """

    courses: list[Course]
    findings: list[Finding]
    theme: Theme | None = OURS


def planned(linted: Linted, selection: Selection, config: Config) -> Planned:
    """Return the courses of a selection. Whoever lets go of what was read saves its memory."""
    courses, unmet = plan(linted.graph, linted.editions, selection)
    theme, looks = _looks(config)
    return Planned(courses, in_order([*linted.findings, *regraded(unmet, config.severities), *looks]), theme)


def _looks(config: Config) -> tuple[Theme | None, list[Finding]]:
    """Return the theme that the settings name, if it can be used, and what is to be said of it and its labels."""
    theme, problems = load_theme(config.theme) if config.theme else (OURS, [])
    _, missing = labels_of(config.language, theme)
    findings = regraded([*problems, *missing], config.severities)
    return (None if has_errors(findings) else theme), findings


def build(plan: Planned, config: Config, folder: Path, progress: Progress = silent) -> Report:
    """Write every course in every format; a course with an error is held back, the others are not."""
    courses, findings = plan.courses, list(plan.findings)
    if plan.theme is None:
        return Report(findings=findings)
    renderer = Renderer(config.language, plan.theme, math=config.math)
    publication = Publication(config.language, config.version, config.publisher, config.rights, config.start)
    formats = list(dict.fromkeys(FORMATS[name] for name in config.formats))
    by_unit = _by_unit(findings)
    packages, output = [], output_of(folder)
    for course in courses:
        materials = Materials(
            renderer, publication, _contents(renderer, keep=len(formats) > 1), config.with_scorm, config.canvas_home
        )
        for format in formats:
            progress(f"writing {format.file_name(course)}")
            packages.append(_built(course, format, materials, _of(course, by_unit), config, output))
    chosen = {unit.identity for course in courses for unit in course.units}
    findings = [found for found in findings if not found.units or not chosen.isdisjoint(found.units)]
    everything = in_order([*findings, *(found for package in packages for found in package.findings)])
    report = Report(packages, everything)
    if report.written:
        write_report(report, output)
    return report


def _by_unit(findings: Iterable[Finding]) -> Mapping[tuple[str, str], list[Finding]]:
    by_unit: defaultdict[tuple[str, str], list[Finding]] = defaultdict(list)
    for found in findings:
        for identity in found.units:
            by_unit[identity].append(found)
    return by_unit


def _of(course: Course, by_unit: Mapping[tuple[str, str], list[Finding]]) -> list[Finding]:
    """Return the findings about the units of a course, once each."""
    return list(dict.fromkeys(found for unit in course.units for found in by_unit.get(unit.identity, ())))


def _contents(renderer: Renderer, *, keep: bool) -> Callable[[Unit], Content]:
    """Return what converts a unit; it keeps the pages of a course only when a second format will ask for them."""
    if not keep:
        return renderer.content
    kept: dict[Identity, Content] = {}

    def content(unit: Unit) -> Content:
        if unit.identity not in kept:
            kept[unit.identity] = renderer.content(unit)
        return kept[unit.identity]

    return content


def _built(
    course: Course, format: Format, materials: Materials, findings: list[Finding], config: Config, output: Output
) -> Built:
    name = format.file_name(course)
    if has_errors(findings):
        return Built(name, format.name, course.title, course.units, findings)
    package, folder = Package(name), output.folder
    try:
        problems = [*format.write(package, course, materials), *output.withdrawn(package)]
        findings = [*findings, *regraded(problems, config.severities)]
        if has_errors(findings):
            return Built(name, format.name, course.title, course.units, findings)
        size, sha256 = write_zip(package, folder / name)
        companions = {f"{Path(name).stem}-{other}": content for other, content in package.companions.items()}
        for other, content in companions.items():
            with replaced(folder / other) as stream:
                stream.write(content)
    except ThemeError as error:
        return Built(name, format.name, course.title, course.units, [*findings, error.finding])
    return Built(name, format.name, course.title, course.units, findings, size, sha256, tuple(companions), package.kept)
