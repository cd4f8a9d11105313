"""The functions of the public API, by what they do: read, plan, build; validate, inspect, compare.

They are imported from `coursewright` itself. Problems are findings in what is returned; only what a program gets wrong
is raised.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from concurrent.futures import Executor
from dataclasses import replace
from pathlib import Path

from coursewright.audit.diff.values import Comparison
from coursewright.audit.inspect import Inspection, inspect_package
from coursewright.audit.lms import LMSS
from coursewright.audit.validate import Verdict, validate_package
from coursewright.building import pipeline
from coursewright.building.comparing import compared
from coursewright.building.pipeline import Linted, Planned
from coursewright.building.report import Report
from coursewright.building.settings import Config
from coursewright.course.plan import Selection
from coursewright.writers import FORMATS, USUAL
from coursewright.writers.writer import Format

WRITERS: Mapping[str, Format] = FORMATS


def read(*sources: Path | str, config: Config | None = None) -> Linted:
    """Return what is read from files and folders, linked and checked.

    >>> curriculum = read("seeds")
    >>> [unit.id for unit in curriculum.curriculum.units][:2]
    ['MOD-407', 'MOD-551']
    >>> curriculum.findings[0].code
    'C104'
    """
    return pipeline.read([Path(source) for source in sources], config or Config())


def plan(curriculum: Linted, selection: Selection | None = None, *, config: Config | None = None) -> Planned:
    """Return the courses of a curriculum, one for each track unless the selection says otherwise.

    >>> [course.name for course in plan(read("seeds")).courses][0]
    'ai-infrastructure-mlops-engineer'
    """
    settings = config or Config()
    return pipeline.planned(curriculum, selection or Selection(settings.grouping), settings)


def build(
    courses: Planned,
    folder: Path | str,
    formats: Iterable[str] = (),
    *,
    config: Config | None = None,
    executor: Executor | None = None,
    workers: int = 0,
) -> Report:
    """Write a package for each course and format into a folder. Formats are keys of WRITERS; KeyError for any other.

    Without any, and without settings, these are moodle, canvas and scorm12.

    An `executor` runs a course at a time on each of its workers, wherever they are: each job takes along the files that
    it packs, and brings back the packages where the folder cannot be seen from there. With Dask, it is
    `Client.get_executor()`. Without one, `workers` is how many processes write, 0 for as many as are worth it.

    >>> report = build(plan(read("seeds")), folder, ["moodle"])
    >>> report.written[0].name
    'ai-infrastructure-mlops-engineer-moodle.mbz'
    """
    settings = config or Config()
    names = tuple(formats) or (settings.formats if config else USUAL)
    chosen = replace(settings, formats=tuple(WRITERS[name].name for name in names))
    return pipeline.build(courses, chosen, Path(folder), count=workers, executor=executor)


def validate(
    package: Path | str, lms: Iterable[str] = (), *, select: Iterable[str] = (), ignore: Iterable[str] = ()
) -> Verdict:
    """Return what a package is and what is wrong with it, and what the LMSs named would do with it.

    >>> report = build(plan(read("seeds")), folder, ["moodle"])
    >>> verdict = validate(folder / report.written[0].name, ["moodle"])
    >>> verdict.kind
    'Moodle backup'
    """
    return validate_package(Path(package), [LMSS[name] for name in lms], tuple(select), tuple(ignore))


def inspect(package: Path | str) -> Inspection:
    """Return the course in a package as a tree, with gates, metadata and sizes.

    >>> report = build(plan(read("seeds")), folder, ["scorm12"])
    >>> inspect(folder / report.written[0].name).outline.title
    'AI Infrastructure MLOps Engineer'
    """
    return inspect_package(Path(package))


def compare(old: Path | str, new: Path | str) -> Comparison:
    """Return what changes for learners and teachers from one package to the next.

    >>> name = build(plan(read("seeds")), folder, ["scorm12"]).written[0].name
    >>> compare(folder / name, folder / name).changes
    []
    """
    return compared(*(inspect_package(Path(path), marked=True) for path in (old, new)))
