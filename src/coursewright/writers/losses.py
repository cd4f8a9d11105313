"""What more than one format loses, each as a finding."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import PurePosixPath

from coursewright.course.assets import ToUnit
from coursewright.course.gate_tables import table_of
from coursewright.course.gates import Condition, Done, Gate, UnwritableError, mapped
from coursewright.course.model import Course, Unit
from coursewright.course.parts import Leading
from coursewright.course.quiz import Quiz
from coursewright.findings import messages
from coursewright.findings.finding import Finding, Place
from coursewright.pages.parts import Part, Work
from coursewright.text.toml import written_toml
from coursewright.writers.writer import WriteOptions


def long_titles(titles: Iterable[tuple[Unit, str]], limit: int, format: str) -> Iterator[Finding]:
    """Yield a finding for each unit whose title in the menu is longer than a format has room for."""
    for unit, title in titles:
        if len(title) > limit:
            yield messages.TITLE_CUT.at(unit.place(unit.title), length=len(title), format=format, limit=limit)


def gates_not_enforced(course: Course, package: str, format: str) -> Iterator[Finding]:
    """Yield a finding if a course has gates and its format has no way to enforce any."""
    if count := sum(step.is_gated for step in course.steps):
        yield messages.GATES_LOST.at(Place(package), format=format, count=count)


def gates_reduced(unit: Unit, lost: Iterable[Gate], format: str) -> Iterator[Finding]:
    """Yield a finding for each condition of a unit that a format cannot hold."""
    for gate in lost:
        told = _told(mapped(gate, _by_id))
        yield messages.GATE_REDUCED.at(unit.place(), unit=unit.named(unit.title), condition=told, format=format)


def _told(gate: Gate) -> str:
    try:
        return written_toml(table_of(gate))
    except UnwritableError:  # a choice of nothing, in it or alone
        return "it can never be met"


def _by_id(condition: Condition) -> Gate:
    """Return a condition on a unit by its id alone; any other as one on what it is."""
    if isinstance(condition, Done):
        return replace(condition, of=condition.of.partition("/")[2] or condition.of)
    return Done(type(condition).__name__)


def certificate_left_out(options: WriteOptions, package: str, format: str) -> Iterator[Finding]:
    """Yield a finding if a certificate was asked for, and a format has no place for it."""
    if options.certificate:
        yield messages.CERTIFICATE_LEFT_OUT.at(Place(package), format=format)


def cover_left_out(course: Course, package: str, format: str) -> Iterator[Finding]:
    """Yield a finding if a course has a cover, which a format does not show."""
    if course.cover:
        name = PurePosixPath(course.cover.path).name
        yield messages.COVER_LEFT_OUT.at(Place(package), format=format, name=name)


def staff_left_out(course: Course, package: str, format: str) -> Iterator[Finding]:
    """Yield a finding if staff material was asked for, and the format cannot hide it from learners."""
    if any(step.staff or step.staff_parts for step in course.steps):
        yield messages.STAFF_LEFT_OUT.at(Place(package), format=format)


def links_outside(course: Course, package: str) -> Iterator[Finding]:
    """Yield a finding if pages lead to units that a course does not hold."""
    pages = (part for unit in course.units for part in unit.parts if isinstance(part, Leading))
    targets = (target for page in pages for target in page.targets.values() if isinstance(target, ToUnit))
    if count := sum(course.find(target.unit) is None for target in targets):
        yield messages.LINKS_OUTSIDE.at(Place(package), count=count)


def staff_quizzes_as_banks(course: Course, format: str) -> Iterator[Finding]:
    """Yield a finding for each quiz for staff that becomes a bank, where a format would show it to learners."""
    for part in (part for step in course.steps for part in step.staff_parts if isinstance(part, Quiz)):
        yield messages.STAFF_QUIZ_AS_BANK.at(Place(part.path, part.line), title=part.title, format=format)


def work_reduced(parts: Iterable[Part], package: str, format: str, lost: str) -> Iterator[Finding]:
    """Yield a finding if graded work loses what a format has no place for."""
    if count := sum(isinstance(part, Work) and part.graded for part in parts):
        yield messages.WORK_REDUCED.at(Place(package), format=format, count=count, lost=lost)
