"""What arrives in Canvas of a package."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Page:
    identifier: str
    slug: str
    title: str
    body: str
    front: bool
    state: str
    path: str
    stripped: tuple[str, ...] = ()
    broken: tuple[str, ...] = ()


@dataclass(frozen=True)
class Group:
    """A group of assignments."""

    identifier: str
    title: str
    weight: float | None


@dataclass(frozen=True)
class Rating:
    identifier: str
    description: str
    long_description: str
    points: float | None


@dataclass(frozen=True)
class Outcome:
    identifier: str
    title: str
    description: str
    points: float | None
    mastery_points: float | None
    calculation_method: str
    calculation_int: float | None
    ratings: tuple[Rating, ...]
    groups: tuple[str, ...]
    """The titles of the groups around it, from the outside in."""


@dataclass(frozen=True)
class Criterion:
    identifier: str
    description: str
    long_description: str
    points: float | None
    mastery_points: float | None
    ignored: bool
    ratings: tuple[Rating, ...]
    outcome: Outcome | None


@dataclass(frozen=True)
class Rubric:
    identifier: str
    title: str
    description: str
    points: float | None
    criteria: tuple[Criterion, ...]


@dataclass(frozen=True)
class Assignment:
    identifier: str
    title: str
    body: str
    state: str
    group: Group | None
    """None stands for "Imported Assignments"."""
    points: float | None
    grading_type: str
    submission_types: tuple[str, ...]
    rubric: Rubric | None
    rubric_for_grading: bool
    times: Mapping[str, str]
    path: str
    stripped: tuple[str, ...] = ()
    broken: tuple[str, ...] = ()


@dataclass(frozen=True)
class Discussion:
    identifier: str
    title: str
    body: str
    kind: str
    state: str
    graded: bool
    path: str
    stripped: tuple[str, ...] = ()
    broken: tuple[str, ...] = ()


@dataclass(frozen=True)
class Quiz:
    identifier: str
    title: str
    body: str
    kind: str
    state: str
    points: float | None
    questions: tuple[str, ...]
    """The type of each question."""
    path: str
    stripped: tuple[str, ...] = ()
    broken: tuple[str, ...] = ()


@dataclass(frozen=True)
class File:
    identifier: str
    path: str
    """As links name it: below web_resources, or in a generic cartridge from the root."""
    name: str
    hidden: bool
    locked: bool


@dataclass(frozen=True)
class Tool:
    identifier: str
    title: str
    url: str


@dataclass(frozen=True)
class WebLink:
    title: str
    url: str
    state: str


Content = Page | Assignment | Discussion | Quiz | File | Tool


@dataclass(frozen=True)
class Requirement:
    kind: str
    min_score: float | None


@dataclass(frozen=True)
class Item:
    """What a module lists; the title and the state are those that Canvas will show."""

    identifier: str
    kind: str
    title: str
    state: str
    content: Content | None
    url: str
    indent: int
    new_tab: bool
    requirements: tuple[Requirement, ...] = ()


@dataclass(frozen=True)
class Module:
    identifier: str
    title: str
    state: str
    position: float | None
    sequential: bool
    requirement_count: str
    unlock_at: str
    prerequisites: tuple[Module, ...]
    items: tuple[Item, ...]

    @property
    def requirements(self) -> dict[str, tuple[Requirement, ...]]:
        """What is asked of each item, by the item's identifier."""
        return {item.identifier: item.requirements for item in self.items if item.requirements}


@dataclass(frozen=True)
class Course:
    """What arrives; `issues` has a sentence for everything that does not arrive as it was written."""

    flavour: str
    """"canvas", "cc" (any other cartridge) or "qti"."""
    version: str
    title: str
    code: str
    settings: Mapping[str, str]
    modules: tuple[Module, ...]
    pages: tuple[Page, ...]
    assignments: tuple[Assignment, ...]
    groups: tuple[Group, ...]
    rubrics: tuple[Rubric, ...]
    outcomes: tuple[Outcome, ...]
    discussions: tuple[Discussion, ...]
    quizzes: tuple[Quiz, ...]
    tools: tuple[Tool, ...]
    links: tuple[WebLink, ...]
    files: tuple[File, ...]
    syllabus: str
    issues: list[str]
