"""The pipeline, from top to bottom: read, link, lint, plan, write, check, zip, report."""

from __future__ import annotations

import difflib
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import field, replace
from functools import partial
from itertools import chain, islice
from pathlib import Path

from coursewright.building.attic import Attic
from coursewright.building.copies import Copies
from coursewright.building.delivery import deliver
from coursewright.building.drafts import drafts
from coursewright.building.jobs import Job
from coursewright.building.languages import languages_of, said_on
from coursewright.building.pool import UNCOUNTED, OnCourse, pool, run_here, run_on, submitted, workers
from coursewright.building.readings import Readings
from coursewright.building.report import Built, Report
from coursewright.building.settings import Config
from coursewright.building.travel import received, travel
from coursewright.building.unpacked import unpacked_among
from coursewright.building.withdrawals import Output, output_of
from coursewright.course.assets import Asset
from coursewright.course.description import Publication
from coursewright.course.edition import Edition, learner_edition
from coursewright.course.graph import Graph, link
from coursewright.course.lint import LintSubject, lint, lint_unit
from coursewright.course.model import Course, Curriculum, Unit
from coursewright.course.packed import is_packed, packed, packed_beside
from coursewright.course.parts import Assigned, Page, Part
from coursewright.course.plan import Selection, plan
from coursewright.course.quiz import Quiz, quiz_texts
from coursewright.course.values import Identity
from coursewright.findings import messages
from coursewright.findings.finding import Finding, Place, has_errors, in_order, regraded
from coursewright.frozen import frozen
from coursewright.pages.compiled import CompiledTemplates
from coursewright.pages.theme.theme import OURS, Theme, labels_of, load_theme
from coursewright.pages.website import COURSE, SiteOptions
from coursewright.readers.folder.options import FolderOptions
from coursewright.readers.kinds import OnFile, read_sources
from coursewright.readers.recall import Nothing
from coursewright.text.markdown.formulas import shows_latex
from coursewright.text.names import normal
from coursewright.writers import FORMATS
from coursewright.writers.formats import Format
from coursewright.writers.writer import WriteOptions

Progress = Callable[[str], None]
_AT_ONCE = 250  # units that are looked into one after another


@frozen
class Linted:
    """A curriculum that was read and looked at: its graph, its learners' editions, and what was found, in order.

    `languages` are those that the texts of tracks are plainly in, where nobody says which, and `math` says whether what
    stands between dollars is a formula.
    """

    curriculum: Curriculum
    graph: Graph
    editions: Mapping[Identity, Edition]
    findings: list[Finding]
    languages: Mapping[str, str] = field(default_factory=dict)
    math: bool = False


def _nothing() -> None:
    """Keep nothing."""


def silent(_: str) -> None:
    """Report no progress."""


def read(
    sources: Iterable[Path], config: Config, progress: Progress = silent, readings: Readings | None = None
) -> Linted:
    """Read the sources, link their units and look at what they say; `readings` are those of builds before."""
    named = list(sources)
    options = replace(folder_options(config), packages=unpacked_among(named))
    told: OnFile = lambda count: progress(f"reading document {count}")  # noqa: E731
    recall = readings or Nothing(partial(packed, pack=Attic().keep))
    return look_at(read_sources(named, options, told, recall), config, progress, readings)


def look_at(
    curriculum: Curriculum, config: Config, progress: Progress = silent, readings: Readings | None = None
) -> Linted:
    """Link the units of a curriculum, and look at what they say."""
    progress("checking the curriculum")
    graph = link(curriculum)
    linting: list[Finding] = []
    editions = dict(zip(graph.units, _editions(graph.units.values(), linting, readings), strict=True))
    math = config.math or (not config.math_given and _has_formulas(editions.values()))
    linting += lint(LintSubject(curriculum, graph, editions, math))
    languages, guessed = languages_of(curriculum, editions, config, readings)
    found = [*curriculum.findings, *linting, *_unused_audiences(curriculum, config), *guessed]
    if readings and readings.spread.count == 1:
        readings.keep()  # while little else is in memory; where several write, it is kept meanwhile
    return Linted(curriculum, graph, editions, in_order(regraded(found, config.severities)), languages, math)


def _editions(units: Iterable[Unit], linting: list[Finding], readings: Readings | None) -> Iterator[Edition]:
    """Yield the learners' edition of each unit, packed as that is; what is found in the two goes into a list.

    That of a packed unit no longer says what was withheld: the findings do.
    """
    left = iter(units)
    while some := [*islice(left, _AT_ONCE)]:
        for unit, edition in zip(some, _made_editions(some, readings), strict=True):
            found = lint_unit(unit, edition)
            linting += (one.told() for one in found) if is_packed(unit) else found
            yield Edition(edition.unit, ()) if is_packed(unit) else edition


def _made_editions(units: Sequence[Unit], readings: Readings | None) -> Iterable[Edition]:
    if readings is None:
        return (_stowed(unit, learner_edition(unit)) for unit in units)
    return readings.followed(units, "edition", learner_edition, lambda edition: edition.unit, _stowed)


def _stowed(unit: Unit, edition: Edition) -> Edition:
    """Return the edition of a unit, packed as that is."""
    kept = packed_beside(edition.unit, unit)
    return edition if kept is edition.unit else replace(edition, unit=kept)


def folder_options(config: Config) -> FolderOptions:
    """Return what of the settings the reader of folders needs."""
    language = config.language if config.language_given else ""
    return FolderOptions(language, config.title, config.course, config.course_file, config.audience, config.solutions)


def _has_formulas(editions: Iterable[Edition]) -> bool:
    """Say whether the pages or quizzes of any unit's author plainly have formulas; roadmaps have amounts of money."""
    parts = (part for edition in editions for part in edition.unit.parts)
    return any(shows_latex(text) for part in parts for text in _of_part(part))


def _of_part(part: Part) -> Iterator[str]:
    """Yield what a page or a quiz says."""
    if isinstance(part, Page | Assigned):
        yield from said_on(part)
    elif isinstance(part, Quiz):
        yield from (text for text, _ in quiz_texts(part))


def _unused_audiences(curriculum: Curriculum, config: Config) -> Iterable[Finding]:
    """Yield a finding for each section whose audience is set, but which no document has."""
    if not config.audience:
        return
    titles = {normal(section.title): section.title for unit in curriculum.units for section in unit.sections}
    for title in config.audience if titles else ():
        if title not in titles:
            near = difflib.get_close_matches(title, titles, n=1)
            nearest = f"; did you mean '{titles[near[0]]}'?" if near else ""
            yield messages.AUDIENCE_UNUSED.at(Place("settings"), title=title, nearest=nearest)


@frozen
class Planned:
    """The courses to build, of learners' editions alone, and everything found so far.

    `theme` is None where the settings name one that cannot be used.
    """

    courses: list[Course]
    findings: list[Finding]
    theme: Theme | None = OURS
    math: bool = False


def planned(linted: Linted, selection: Selection, config: Config) -> Planned:
    """Return the courses of a selection. Whoever lets go of what was read saves its memory."""
    courses, unmet = plan(linted.graph, linted.editions, selection)
    cover, told = _cover(config)
    said = [
        replace(
            course,
            summary=config.description or course.summary,
            cover=cover or course.cover,
            language=course.language or _common(course, linted.languages),
        )
        for course in courses
    ]
    theme, looks = _looks(config)
    findings = regraded([*unmet, *told, *_addresses(courses, config)], config.severities)
    return Planned(said, in_order([*linted.findings, *findings, *looks]), theme, linted.math)


def _cover(config: Config) -> tuple[Asset | None, list[Finding]]:
    """Return the cover that the settings name, and what is to be said of it."""
    if not config.cover:
        return None, []
    from coursewright.readers.folder.cover import cover_of_settings  # with all that judges pictures

    return cover_of_settings(config.cover)


def _addresses(courses: Sequence[Course], config: Config) -> Iterator[Finding]:
    """Yield a finding if the web sites of several courses would stand at one address."""
    if "site" in config.formats and len(courses) > 1 and config.base_url and COURSE not in config.base_url:
        yield messages.SITES_TOGETHER.at(Place("settings"), count=len(courses), address=config.base_url)


def _looks(config: Config) -> tuple[Theme | None, list[Finding]]:
    """Return the theme that the settings name, if it can be used, and what is to be said of it and its labels."""
    theme, problems = load_theme(config.theme) if config.theme else (OURS, [])
    _, missing = labels_of(config.language, theme)
    findings = regraded([*problems, *missing], config.severities)
    return (None if has_errors(findings) else theme), findings


def build(
    plan: Planned,
    config: Config,
    folder: Path,
    progress: Progress = silent,
    *,
    count: int = 0,
    executor: Executor | None = None,
    clean: bool = False,
) -> Report:
    """Write every course in every format; a course with an error is held back, the others are not.

    `count` is how many processes write, 0 for as many as are worth it; with an `executor`, how many workers that has.
    With `clean`, what earlier builds wrote into the folder, and this one does not, is deleted.
    """
    return build_all([(plan, config)], folder, progress, count=count, executor=executor, clean=clean)


def build_all(
    plans: Sequence[tuple[Planned, Config]],
    folder: Path,
    progress: Progress = silent,
    *,
    count: int = 0,
    executor: Executor | None = None,
    copies: Copies | None = None,
    clean: bool = False,
) -> Report:
    """Write several plans, each with its settings, into one folder with one report.

    What is among `copies` of packages is not made again, and what they know was read is kept on the way. With `clean`,
    what earlier builds left is deleted.
    """
    with drafts(folder) as drafted:
        output = replace(output_of(folder), drafts=drafted)
        planned = [list(jobs(plan, config, output)) for plan, config in plans]
        waiting = list(chain.from_iterable(planned))
        told: OnCourse = lambda course: progress(f"writing {course[0].file_name}")  # noqa: E731
        compiled = copies.compiled if copies else None
        keep = copies.readings.keep if copies and copies.readings else _nothing
        made = partial(_built, count=count, executor=executor, on_course=told, compiled=compiled, meanwhile=keep)
        packages = list(_copied(waiting, copies, made) if copies else made(waiting))
        keep()
        report = _report(plans, planned, packages)
        return deliver(report, folder, drafted, clean=clean) if report.written else report


def _report(plans: Sequence[tuple[Planned, Config]], planned: Sequence[Sequence[Job]], packages: list[Built]) -> Report:
    left = iter(packages)
    own = [list(islice(left, len(found))) for found in planned]
    every = [_everything(plan, built) for (plan, _), built in zip(plans, own, strict=True)]
    return Report(packages, every[0] if len(every) == 1 else in_order(chain.from_iterable(every)))


def clashing(plans: Sequence[tuple[Planned, Config]]) -> list[str]:
    """Return the names of packages that several courses would be written to."""
    names = Counter(
        format.file_name(course) for plan, config in plans for course in plan.courses for format in _formats(config)
    )
    return [name for name, number in names.items() if number > 1]


def _copied(
    waiting: Sequence[Job], copies: Copies, made: Callable[[Sequence[Job]], Iterator[Built]]
) -> Iterator[Built]:
    """Yield what comes of each job, in their order; only those of which there is no copy are made."""
    found = [copies.taken(job) for job in waiting]
    others = made([copies.informed(job) for job, copy in zip(waiting, found, strict=True) if copy is None])
    for job, copy in zip(waiting, found, strict=True):
        if copy is None:
            yield (built := next(others))
            copies.note(job, built)
        else:
            yield copy


def _built(
    waiting: Sequence[Job],
    count: int,
    executor: Executor | None,
    on_course: OnCourse,
    compiled: CompiledTemplates | None,
    meanwhile: Callable[[], None],
) -> Iterator[Built]:
    """Yield what comes of each job; this process does something else before, or while others write."""
    if executor:
        found = run_on(executor, count or UNCOUNTED, waiting, on_course, travel)
        yield from (received(job, built) for job, built in zip(waiting, found, strict=True))
    elif (number := workers(count, waiting)) > 1:
        with pool(number) as processes:
            submit = partial(submitted, compiled=compiled)
            yield from run_on(processes, number, waiting, on_course, submit, meanwhile)
    else:
        meanwhile()
        yield from run_here(waiting, on_course, compiled)


def jobs(plan: Planned, config: Config, output: Output) -> Iterator[Job]:
    """Yield a job for each package of a plan, those of a course one after another; none without a theme."""
    if plan.theme is None:
        return
    by_unit = _by_unit(plan.findings)
    for course in plan.courses:
        publication = _publication(course, config)
        options = WriteOptions(
            *(publication, plan.theme, plan.math, config.with_scorm, config.canvas_home, config.embed_videos),
            SiteOptions(config.base_url, config.edit_url, config.unzipped),
            config.certificate or course.certificate,
        )
        findings = _of(course, by_unit)
        for format in _formats(config):
            known = output.of(format.file_name(course))
            yield Job(course, format.name, options, known, findings, config.severities)


def _common(course: Course, languages: Mapping[str, str]) -> str:
    """Return the language that all tracks of a course share, empty if there is none."""
    found = {languages.get(unit.track, "") for unit in course.units}
    return found.pop() if len(found) == 1 else ""


def _publication(course: Course, config: Config) -> Publication:
    """Return what is said of a course: by the settings, and what they do not say, by its author."""
    own = config.language_given or not course.language
    language = config.language if own else course.language
    return Publication(language, config.version, config.publisher, config.rights or course.rights, config.start)


def _formats(config: Config) -> list[Format]:
    return list(dict.fromkeys(FORMATS[name] for name in config.formats))


def _everything(plan: Planned, packages: Sequence[Built]) -> list[Finding]:
    """Return all findings in order, but for those about units that no course holds; where no theme can be used, all."""
    if plan.theme is None:
        return list(plan.findings)
    chosen = {unit.identity for course in plan.courses for unit in course.units}
    findings = [found for found in plan.findings if not found.units or not chosen.isdisjoint(found.units)]
    return in_order([*findings, *(found for package in packages for found in package.findings)])


def _by_unit(findings: Iterable[Finding]) -> Mapping[tuple[str, str], list[Finding]]:
    by_unit: defaultdict[tuple[str, str], list[Finding]] = defaultdict(list)
    for found in findings:
        for identity in found.units:
            by_unit[identity].append(found)
    return by_unit


def _of(course: Course, by_unit: Mapping[tuple[str, str], list[Finding]]) -> tuple[Finding, ...]:
    """Return the findings about the units of a course, once each."""
    return tuple(dict.fromkeys(found for unit in course.units for found in by_unit.get(unit.identity, ())))
