"""A course as Moodle would restore it from a backup, as values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class File:
    area: str
    name: str
    """With the folders before it."""
    content: bytes
    type: str


@dataclass(frozen=True)
class Criterion:
    """A row of a rubric, with its levels as (points, definition), the least first."""

    description: str
    levels: tuple[tuple[float, str], ...]


@dataclass(frozen=True)
class Activity:
    """Something in a section.

    `conditions` is what completes it, each of view, submit, post, grade, pass and scorm; `needs` the numbers of the
    activities that must be complete before it opens.
    """

    number: int
    kind: str
    name: str
    idnumber: str
    intro: str
    content: str
    url: str
    visible: bool
    tracked: bool
    conditions: frozenset[str]
    needs: tuple[int, ...]
    most: float
    """The highest grade; 0 where there is none."""
    to_pass: float
    rubric: tuple[Criterion, ...]
    competencies: tuple[str, ...]
    files: tuple[File, ...]
    details: Mapping[str, str | None]


@dataclass(frozen=True)
class Section:
    number: int
    name: str
    summary: str
    needs: tuple[int, ...]
    greyed: bool
    """Whether it shows, with the reason, while it is locked."""
    activities: tuple[Activity, ...]


@dataclass(frozen=True)
class Course:
    fullname: str
    shortname: str
    idnumber: str
    sections: tuple[Section, ...]
    competencies: tuple[str, ...]
    framework: str
    completed_by: tuple[int, ...]
    """The activities that complete the course; none where it never completes."""
    issues: list[str]

    @property
    def activities(self) -> tuple[Activity, ...]:
        return tuple(activity for section in self.sections for activity in section.activities)


@dataclass(frozen=True)
class Framework:
    """A competency framework as the importer makes it of a CSV file."""

    idnumber: str
    name: str
    scale: tuple[str, ...]
    proficient: tuple[str, ...]
    granted: str
    """The step of the scale that a completion grants."""
    competencies: Mapping[str, str]
    """Names by idnumber."""
    issues: list[str]
