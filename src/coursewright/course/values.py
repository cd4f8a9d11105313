"""What a unit is known by and whom it is for, and the values that it holds: rows, labelled fields, references, hours.

Nothing here knows HTML, XML or a package format. Everything is frozen and pickles.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from enum import StrEnum
from typing import NamedTuple

from coursewright.frozen import frozen
from coursewright.text.markdown.values import Text


class Kind(StrEnum):
    """What a unit is."""

    MODULE = "module"
    PROJECT = "project"
    UNIT = "unit"


class Audience(StrEnum):
    """Whom a section is for. Staff material never reaches a learner's page."""

    LEARNER = "learner"
    STAFF = "staff"


class Identity(NamedTuple):
    """What a unit is known by: real curricula use one id in two tracks."""

    track: str
    id: str

    def __str__(self) -> str:
        return f"{self.track}/{self.id}"


@frozen
class Mention:
    """A reference to a unit as written: `architect PROJ-405 (review)` has a qualifier, an id and a label."""

    id: str
    label: str = ""
    qualifier: str = ""


@frozen
class Unheld:
    """What looks like a prerequisite and locks nothing, and the ids in it; `backwards` of what waits for the unit."""

    text: Text
    backwards: bool = False
    ids: tuple[str, ...] = ()


@frozen
class References:
    """A field that names units: as written, the units it mentions, and the free text that names none.

    `placeholder` is true of a text that only stands in for an answer, such as `TBD in master plan`. `conditions` are
    the texts that only add to what is mentioned (`MOD-101 with at least 70%`), `skills` those that could mean no unit
    (`Basic Python`); `unheld` is what looks like a prerequisite elsewhere and locks nothing; `struck` is what is in
    comments or struck out; `contradicted` says that another place says that there are none. `statements` are the parts
    of `raw` that were written apart: fields, and sections with their bullets and paragraphs.
    """

    raw: Text = Text("")
    mentions: tuple[Mention, ...] = ()
    text: tuple[str, ...] = ()
    placeholder: bool = False
    conditions: tuple[str, ...] = ()
    struck: tuple[str, ...] = ()
    contradicted: bool = False
    statements: tuple[tuple[str, ...], ...] = ()
    skills: tuple[str, ...] = ()
    unheld: tuple[Unheld, ...] = ()


@frozen
class Hours:
    """Learning time in hours, as stated, and its parts by kind (lecture, lab ...) in the author's order.

    `total` is None when nothing readable is stated; the parts need not add up to it. `words` is what is stated without
    the parts, and `exact` says that it is no more than the number of hours.
    """

    raw: Text = Text("")
    total: float | None = None
    words: str = ""
    exact: bool = False
    breakdown: Mapping[str, float] = field(default_factory=dict)


@frozen
class Competency:
    """A row of the competency table."""

    name: Text
    target: Text
    evidence: Text
    role: Text


@frozen
class Topic:
    """A point of the content outline."""

    title: Text
    detail: Text


@frozen
class Component:
    """A row of the table of practical components."""

    asset: Text
    description: Text
    criteria: Text
    validation: Text


@frozen
class Milestone:
    """What is due between two weeks (or days, months, sprints), both included."""

    first: int
    last: int
    unit: str
    text: Text


@frozen
class Risk:
    """A risk and what is done about it."""

    risk: Text
    mitigation: Text


@frozen
class Check:
    """An item of a checklist."""

    text: Text
    done: bool


@frozen
class Field:
    """A labelled value: `- **Label** (qualifier): value` with its indented children."""

    label: str
    value: Text
    line: int
    qualifier: str = ""
    children: tuple[Text, ...] = ()

    @property
    def name(self) -> str:
        """The label with its qualifier: `Duration (hours)`."""
        return f"{self.label} ({self.qualifier})" if self.qualifier else self.label
