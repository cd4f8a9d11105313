"""The parts of a unit: what a teacher edits in an LMS, as values. Every writer takes them; nobody else makes them.

A part is known by its key within its unit. That is made from what the part is, never from where it stands.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import field
from enum import StrEnum
from typing import Protocol

from coursewright.course.assets import Asset, Targets
from coursewright.course.blocks import Headed, Judged, Paragraph, Scale
from coursewright.course.identifiers import part_key
from coursewright.course.quiz import Quiz
from coursewright.course.values import Audience, Competency
from coursewright.frozen import frozen, slotted
from coursewright.text.markdown.values import Prose, Text


class Group(StrEnum):
    """What sort of work an assignment is."""

    LABS = "labs"
    PROJECTS = "projects"
    ASSESSMENTS = "assessments"


class Submission(StrEnum):
    """A way in which work is handed in."""

    TEXT = "text"
    FILE = "file"
    ADDRESS = "address"
    RECORDING = "recording"
    PAPER = "paper"  # outside the LMS
    NOTHING = "nothing"


def is_handed_in(submissions: Iterable[Submission]) -> bool:
    """Say whether any of some ways to hand work in is within the LMS."""
    return any(way not in (Submission.PAPER, Submission.NOTHING) for way in submissions)


@frozen
class RubricRating:
    """A level of a criterion: its name, its points, and what it takes."""

    title: str
    points: float
    text: str = ""


@frozen
class RubricCriterion:
    """What work is judged by, with its most points and its levels, the best first. Texts are inline Markdown."""

    title: str
    points: float
    ratings: tuple[RubricRating, ...] = ()
    text: str = ""


@frozen
class Page:
    """Something to read. `lead` is what stands in its head; `title` is its author's own, as plain text, or empty.

    `targets` says where its links and pictures lead within the course; `objectives` are those of the page itself, as
    inline Markdown, and `minutes` is how long it takes, as its author says.
    """

    key: str
    title: str
    lead: Text
    body: tuple[Headed, ...]
    path: str
    line: int
    audience: Audience = Audience.LEARNER
    targets: Targets = field(default_factory=dict)
    objectives: tuple[Text, ...] = ()
    minutes: float | None = None

    @property
    def label(self) -> str:
        """The name of the label that is its title, where it has none of its own."""
        return f"page_{self.key if self.audience is Audience.LEARNER else 'more'}"


@frozen
class Assignment:
    """Something a learner does and hands in, and how it is judged.

    `criterion` is what counts as done, `threshold` the percentage of the `points` to reach; what has no points is done
    rather than graded. `competencies` are those of its unit that it shows. `title` is plain text, and may be empty.

    An assignment that its author wrote as a document has `content` in place of a text, and `targets` as a page has.
    `submissions` are the ways to hand it in, none where nobody says; `rubric` is its author's.
    """

    key: str
    title: str
    text: Text
    judged: Judged
    path: str
    line: int
    group: Group
    points: float
    criterion: Text
    threshold: float | None
    competencies: tuple[Competency, ...]
    audience: Audience = Audience.LEARNER
    content: tuple[Headed, ...] = ()
    targets: Targets = field(default_factory=dict)
    submissions: tuple[Submission, ...] = ()
    rubric: tuple[RubricCriterion, ...] = ()

    @property
    def label(self) -> str:
        """The name of the label that is its title, where it has none of its own."""
        return f"group_{self.group}"

    @property
    def graded(self) -> bool:
        """Whether it gets points."""
        return self.points > 0

    @property
    def body(self) -> tuple[Headed, ...]:
        """What it says."""
        shown = [Headed(Scale(self.competencies, with_roles=False))] if self.competencies else []
        return (*(self.content or _told(self.text)), Headed(self.judged), *shown)


@frozen
class Discussion:
    """Something learners write about to one another; `graded` is what counts. `title` is plain text, or empty.

    One that its author wrote as a document has `content` in place of a text, and `targets` as a page has.
    """

    key: str
    title: str
    text: Text
    judged: Judged
    path: str
    line: int
    group: Group
    graded: bool
    audience: Audience = Audience.LEARNER
    content: tuple[Headed, ...] = ()
    targets: Targets = field(default_factory=dict)

    @property
    def label(self) -> str:
        """The name of the label that is its title, where it has none of its own."""
        return f"group_{self.group}"

    @property
    def body(self) -> tuple[Headed, ...]:
        """What it says."""
        return (*(self.content or _told(self.text)), Headed(self.judged))


def _told(text: Text) -> tuple[Headed, ...]:
    return (Headed(Paragraph(text)),) if text else ()


@frozen
class Link:
    """A place on the web that a unit refers to, with the words that lead there first."""

    key: str
    title: str
    url: str
    path: str
    line: int
    audience: Audience = Audience.LEARNER


@frozen
class File:
    """A file to download that is a part of its own, rather than one that a page shows or links to."""

    key: str
    title: str
    asset: Asset
    path: str
    line: int
    audience: Audience = Audience.LEARNER


Assigned = Assignment | Discussion
Leading = Page | Assignment | Discussion | Quiz
"""What has texts of its author's, whose links and pictures lead somewhere: to its `targets`."""
Part = Page | Assigned | Quiz | Link | File


class Words(Protocol):
    """What knows Markdown well enough to say what a text says, and where it leads."""

    def plain(self, text: str, /) -> str:
        """Return one line of Markdown as text without markup."""

    def links(self, text: str | Prose, /) -> Iterable[tuple[str, str]]:
        """Yield the address of each link of a text, with what the link says."""


@slotted
class Keys:
    """The keys of the parts of one unit."""

    _named: Counter[tuple[str, str]] = field(default_factory=Counter)

    def key(self, role: str, name: str) -> str:
        """Return the key of a part; a second one of the same name is known by its number, too."""
        self._named[role, name] += 1
        number = self._named[role, name]
        return part_key(role, name if number == 1 else f"{name}\n{number}")
