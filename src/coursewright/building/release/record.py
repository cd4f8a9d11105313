"""What a release records of its courses: by what LMSs know each unit and part, and what they say, as hashes."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields, is_dataclass, replace
from enum import Enum

from coursewright.course.assets import Asset
from coursewright.course.division import parts_of
from coursewright.course.gates import OPEN
from coursewright.course.identifiers import course_identifier, identifier
from coursewright.course.model import Course, Step, Unit
from coursewright.course.parts import (
    Assignment,
    Discussion,
    File,
    Link,
    Page,
    Part,
    Words,
)
from coursewright.course.quiz import Quiz
from coursewright.course.values import Identity, References
from coursewright.frozen import frozen
from coursewright.writers.formats import Format, Records

_LATER: Mapping[type, tuple[str, ...]] = {
    Assignment: ("content", "targets", "submissions", "rubric"),
    Discussion: ("content", "targets"),
    Unit: ("gate",),
}
_KINDS = {Page: "page", Assignment: "assignment", Discussion: "discussion", Quiz: "quiz", Link: "link", File: "file"}
_SUBMITTED = ("assignment", "discussion", "quiz")
# What says where something stands, or what it is known by, rather than what learners read.
_NOT_READ = frozenset({"path", "line", "source", "held", "key", "given_id", "track"})
_APART = frozenset({"id", "title", "name", "parts"})  # of units and parts, which a release records by themselves
_OF_UNITS, _OF_PARTS = (Records.UNITS, Records.PARTS), (Records.PARTS, Records.COPIES)
_LENGTH = 16  # signs of a hash


@frozen
class PartRecord:
    """A part of a unit: its kind and title, a hash of what it says, and its identifier by format."""

    key: str
    kind: str
    title: str
    hash: str
    identifiers: Mapping[str, str]

    @property
    def is_submitted(self) -> bool:
        """Whether learners hand something in, and an LMS records it."""
        return self.kind in _SUBMITTED


@frozen
class UnitRecord:
    """A unit of a course: its place there from 1, what it waits for, its hash without that, and its parts."""

    identity: Identity
    name: str
    title: str
    place: int
    needs: tuple[Identity, ...]
    hash: str
    identifiers: Mapping[str, str]
    parts: tuple[PartRecord, ...] = ()

    @property
    def hashes(self) -> frozenset[str]:
        """What its parts say, as hashes."""
        return frozenset(part.hash for part in self.parts)


@frozen
class CourseRecord:
    """A course: its packages by format, and its units in order."""

    name: str
    title: str
    identifier: str
    packages: Mapping[str, str]
    units: tuple[UnitRecord, ...]


@frozen
class ReleaseRecord:
    """A release: its version, which may be empty, and its courses, sorted by name."""

    version: str
    courses: tuple[CourseRecord, ...]


def recorded(course: Course, formats: Sequence[Format], words: Words, labels: Mapping[str, str]) -> CourseRecord:
    """Return what a release records of a course that is written in some formats."""
    units = tuple(_unit(step, place, formats, words, labels) for place, step in enumerate(course.steps, 1))
    packages = {found.name: found.file_name(course) for found in formats}
    return CourseRecord(course.name, words.plain(course.title), course_identifier(course.name), packages, units)


def _unit(step: Step, place: int, formats: Iterable[Format], words: Words, labels: Mapping[str, str]) -> UnitRecord:
    unit = step.unit
    title, known = words.plain(unit.title), identifier(unit.identity)
    alone = replace(unit, prerequisites=References(), next=References(), placement=References())
    names = {found.name: known for found in formats if found.records in _OF_UNITS}
    parts = tuple(_part(part, unit, formats, title, labels) for part in parts_of(alone, words))
    needs = tuple(needed.identity for needed in step.needs)
    return UnitRecord(unit.identity, unit.named(title), title, place, needs, hash_of(alone), names, parts)


def _part(part: Part, unit: Unit, formats: Iterable[Format], title: str, labels: Mapping[str, str]) -> PartRecord:
    known = identifier(unit.identity, part.key)
    names = {found.name: known for found in formats if found.records in _OF_PARTS}
    own = part.title if isinstance(part, Link | File) else part.title or labels.get(part.label, "")
    return PartRecord(part.key, _KINDS[type(part)], own or title, hash_of(part), names)


def hash_of(value: object) -> str:
    """Return a hash of what a value says to learners: not of its lines, its paths or its keys."""
    text = json.dumps(_said(value), ensure_ascii=True, separators=(",", ":"), sort_keys=True)
    return hashlib.sha256(text.encode("ascii")).hexdigest()[:_LENGTH]


def _is_unsaid(value: object, name: str) -> bool:
    """Say whether a field that older releases did not know says nothing: their hashes still hold."""
    later = _LATER.get(type(value), ())
    return name in later and getattr(value, name) in ((), {}, OPEN)


def _said(value: object) -> object:
    if isinstance(value, Asset):
        return value.digest
    if is_dataclass(value) and not isinstance(value, type):
        unread = _NOT_READ | _APART if isinstance(value, Unit | Part) else _NOT_READ
        names = (one.name for one in fields(value) if one.name not in unread)
        said = {name: _said(getattr(value, name)) for name in names if not _is_unsaid(value, name)}
        return [type(value).__name__, said]
    if isinstance(value, Mapping):
        return sorted([str(key), _said(found)] for key, found in value.items())
    if isinstance(value, tuple | list):
        return [_said(one) for one in value]
    if isinstance(value, frozenset | set):
        return sorted(json.dumps(_said(one), sort_keys=True) for one in value)
    return str(value.value) if isinstance(value, Enum) else str(value) if isinstance(value, str) else value
