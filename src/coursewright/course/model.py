"""The format-neutral model of a curriculum: what authors wrote, typed, each value with its line.

Nothing here knows HTML, XML or a package format. Everything is frozen and pickles.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from coursewright.course.assets import Asset
from coursewright.course.gates import OPEN, Done, Gate, each, mentioned
from coursewright.course.parts import Part
from coursewright.course.values import (
    Audience,
    Check,
    Competency,
    Component,
    Field,
    Hours,
    Identity,
    Kind,
    Milestone,
    References,
    Risk,
    Topic,
)
from coursewright.findings.finding import Finding, Place
from coursewright.frozen import frozen
from coursewright.text.markdown.values import Block, Text


@frozen
class Section:
    """A headed part of a document: whole as Markdown, and its `rest`, the blocks that no typed value of the unit holds.

    `kind` is what the layouts know it as (`objectives`, `narrative` ...), or empty for a section nobody expects.

    Pages show the rest after the typed values, so that nothing written is lost.
    """

    title: Text
    level: int
    line: int
    audience: Audience
    markdown: str
    kind: str = ""
    rest: tuple[Block, ...] = ()


@frozen
class Unit:
    """What is gated and recorded: a module or a project read from one document, or a unit of a folder of Markdown.

    `parts` are those that its reader found, in order, those for staff too. A roadmap has none: its parts are made from
    its rows (see `course.division`). `given_id` says that the author gave it its id; else that is made from its path,
    and no learner sees it. `gate` is what must hold beside its prerequisites before it opens; its conditions name units
    of the same track by their ids.
    """

    path: str
    line: int
    kind: Kind
    id: str
    title: Text
    track: str
    roles: tuple[Text, ...]
    summary: Text = Text("")
    hours: Hours = field(default_factory=Hours)
    prerequisites: References = field(default_factory=References)
    next: References = field(default_factory=References)
    placement: References = field(default_factory=References)
    fields: tuple[Field, ...] = ()
    objectives: tuple[Text, ...] = ()
    competencies: tuple[Competency, ...] = ()
    outline: tuple[Topic, ...] = ()
    activities: tuple[Text, ...] = ()
    assessments: tuple[Text, ...] = ()
    components: tuple[Component, ...] = ()
    deliverables: tuple[Text, ...] = ()
    milestones: tuple[Milestone, ...] = ()
    risks: tuple[Risk, ...] = ()
    checklist: tuple[Check, ...] = ()
    sections: tuple[Section, ...] = ()
    parts: tuple[Part, ...] = ()
    given_id: bool = True
    gate: Gate = OPEN

    def called(self, title: str) -> str:
        """Return a title with the id before it, if the author gave one."""
        return f"{self.id} {title}" if self.given_id else title

    def named(self, title: str) -> str:
        """Return what refers to the unit in a word: the id that its author gave it, else a title."""
        return self.id if self.given_id else title

    @property
    def identity(self) -> Identity:
        """What the unit is known by."""
        return Identity(self.track, self.id)

    def place(self, text: Text | None = None) -> Place:
        """Return where a text of this unit stands, or where the unit begins."""
        return Place(self.path, text.line if text is not None and text.line else self.line)


@frozen
class About:
    """What is said of a course as a whole whose units have this track: what is empty nobody says.

    `order` is what put its units in order, in words, `source` where that stands, or the folder, and `url` where the
    site of the course is. `summary` says what the course is about, as inline Markdown, and `cover` is its picture.
    `certificate` says that whoever completes the course gets one.
    """

    track: str
    title: str
    language: str = ""
    rights: str = ""
    keywords: tuple[str, ...] = ()
    order: str = ""
    source: str = ""
    url: str = ""
    summary: str = ""
    cover: Asset | None = None
    certificate: bool = False


@frozen
class Curriculum:
    """Everything that was read, in the order of the sources, with what reading found, and what is said of courses."""

    units: tuple[Unit, ...]
    findings: tuple[Finding, ...]
    courses: tuple[About, ...] = ()


@frozen
class Step:
    """A unit of a course, what opens it, and what comes after it.

    `gate` is what must hold before it opens: its conditions name units by their identities as texts. `needs` holds
    those units in the author's order, and `entry` the requirements that no gate of the course can enforce, as inline
    Markdown; `next` holds the units of the course that its author sends the learner to next, and `beyond` what lies
    outside it, as inline Markdown. The units are learners' editions: nothing in them is for staff. `staff` holds the
    sections for staff, and `staff_parts` the parts that the unit's reader made for staff, if these were asked for;
    only what a format hides from learners may hold them.
    """

    unit: Unit
    gate: Gate = OPEN
    needs: tuple[Unit, ...] = ()
    entry: tuple[str, ...] = ()
    next: tuple[Unit, ...] = ()
    beyond: tuple[str, ...] = ()
    staff: tuple[Section, ...] = ()
    staff_parts: tuple[Part, ...] = ()

    @property
    def is_gated(self) -> bool:
        """Whether anything must hold before it opens."""
        return bool(self.needs) or self.gate != OPEN

    @property
    def others(self) -> tuple[Gate, ...]:
        """What must hold besides that the units which it needs are done."""
        plain = self._plain
        return tuple(gate for gate in each(self.gate) if gate not in plain)

    @property
    def waits(self) -> tuple[Gate, ...]:
        """What must hold of the units that it needs: that each is done."""
        plain = self._plain
        return tuple(gate for gate in each(self.gate) if gate in plain)

    @property
    def _plain(self) -> frozenset[Gate]:
        return frozenset(Done(str(unit.identity)) for unit in self.needs)


@dataclass(frozen=True)
class Course:
    """What one package holds: steps in the order to be taken.

    `file` is what its packages are called, in the script of its title; `name` is ASCII and goes into identifiers.
    `language` and `rights` are what its author says of it, where settings say nothing, `summary` what it is about, as
    inline Markdown, and `cover` is its picture. `certificate` says that whoever completes it gets one; `keywords` and
    `url`, where its site is, are its author's, too.
    """

    name: str
    title: str
    steps: tuple[Step, ...]
    file: str = ""
    language: str = ""
    rights: str = ""
    summary: str = ""
    cover: Asset | None = None
    certificate: bool = False
    keywords: tuple[str, ...] = ()
    url: str = ""

    @cached_property
    def units(self) -> tuple[Unit, ...]:
        """The units of its steps."""
        return tuple(step.unit for step in self.steps)

    @property
    def roles(self) -> tuple[str, ...]:
        """The roles that its units are for, each once."""
        return tuple(dict.fromkeys(str(role) for unit in self.units for role in unit.roles))

    def step(self, unit: Unit) -> Step:
        """Return the step of a unit that the course holds."""
        return self._step_of[unit.identity]

    def find(self, unit: Identity) -> Unit | None:
        """Return a unit of the course by what it is known by, None where the course does not hold it."""
        step = self._step_of.get(unit)
        return step.unit if step else None

    def after(self, unit: Unit) -> Step | None:
        """Return the step after a unit that the course holds; None for the last."""
        return self._step_after[unit.identity]

    @cached_property
    def _step_after(self) -> Mapping[Identity, Step | None]:
        return dict(zip((step.unit.identity for step in self.steps), (*self.steps[1:], None), strict=True))

    def opened_by(self, unit: Unit) -> Sequence[Unit]:
        """Return the units that require a unit, in the order of the course."""
        return self._opened.get(unit.identity, ())

    @cached_property
    def _opened(self) -> Mapping[Identity, Sequence[Unit]]:
        opened: dict[Identity, list[Unit]] = {}
        for step in self.steps:
            for need in step.needs:
                opened.setdefault(need.identity, []).append(step.unit)
        return opened

    def named_by(self, gate: Gate) -> tuple[Unit, ...]:
        """Return the units that a gate mentions, as `Step.gate` names them, in the order of the course."""
        names = set(mentioned(gate))
        return tuple(step.unit for step in self.steps if str(step.unit.identity) in names) if names else ()

    def place_of(self, unit: Identity) -> int:
        """Return how many units of the course stand before one of its units; what a unit requires stands before it."""
        return self._places[unit]

    @cached_property
    def _places(self) -> Mapping[Identity, int]:
        return {step.unit.identity: place for place, step in enumerate(self.steps)}

    @cached_property
    def _step_of(self) -> Mapping[Identity, Step]:
        return {step.unit.identity: step for step in self.steps}
