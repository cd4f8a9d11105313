"""A Moodle course backup as values: sections of activities, with what each waits for and how each is complete.

Numbers are the backup's own; a restore gives new ones, and keeps what refers to them together.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum
from hashlib import sha1

from coursewright.course.gates import OPEN, Gate
from coursewright.course.quiz import Question, Quiz
from coursewright.frozen import frozen
from coursewright.packages.documents.fields import tag_of
from coursewright.packages.documents.moodle.instances import OwnInstance
from coursewright.packages.files.writing import Content

SYSTEM_CONTEXT, COURSE_CONTEXT = 1, 2
COURSE = 2
LONGEST_NAME, LONGEST_COURSE_NAME, LONGEST_SHORT_NAME = 255, 254, 100


class Tracking(IntEnum):
    """How an activity becomes complete, as Moodle numbers it: not at all, by a learner's tick, by what they do."""

    NONE = 0
    MANUAL = 1
    AUTOMATIC = 2


@frozen
class StoredFile:
    """A file of an activity: its number in the backup, its name, its bytes and its type.

    `area` is what of the activity it belongs to, `folder` where it stands there. `known` is the SHA-1 and the length of
    bytes that are read only when they are written; `is_shrunk` says that they are compressed already.
    """

    number: int
    name: str
    content: Content
    type: str
    component: str
    area: str = "content"
    folder: str = "/"
    item: int = 0
    known: tuple[str, int] | None = None
    is_shrunk: bool = False

    @property
    def hash(self) -> str:
        """What Moodle stores it under."""
        return self.known[0] if self.known else sha1(self._bytes(), usedforsecurity=False).hexdigest()

    @property
    def size(self) -> int:
        """Its length in bytes."""
        return self.known[1] if self.known else len(self._bytes())

    def _bytes(self) -> bytes:
        return self.content if isinstance(self.content, bytes) else self.content()

    @property
    def path(self) -> str:
        """Where it stands in a backup."""
        return f"files/{self.hash[:2]}/{self.hash}"


@frozen
class Criterion:
    """A row of a rubric: what is judged, and its levels as (points, definition), the least first."""

    description: str
    levels: Sequence[tuple[float, str]]


@frozen
class BankQuestion:
    """A question in a bank by its number; the gaps of a text are questions of their own, numbered after it."""

    number: int
    question: Question


@frozen
class QuestionCategory:
    """Questions of a bank that belong together, such as those that some are drawn from."""

    number: int
    name: str
    questions: Sequence[BankQuestion] = ()


@frozen
class Slot:
    """A place in a quiz: for a question of its bank by number, or for any that is drawn from a category."""

    number: int
    points: float
    question: int = 0
    category: int = 0


@frozen
class MoodleQuiz:
    """A quiz with a bank of its own; the first of the categories is the top that holds the others."""

    quiz: Quiz
    categories: Sequence[QuestionCategory]
    slots: Sequence[Slot]


@frozen
class Activity:
    """Something in a section.

    `number` is that of the course module, and of its `own` instance, which says everything but its number and its name.
    Tracked by itself it is complete once it is viewed, handed in or posted to, as its kind has it, and passed if it has
    points `to_pass`; 0 are none. `after` names the activities that must be complete before it appears.
    """

    number: int
    section: int
    identifier: str
    name: str
    own: OwnInstance
    tracking: Tracking = Tracking.AUTOMATIC
    after: Sequence[int] = ()
    visible: bool = True
    points: float = 0
    to_pass: float = 0
    rubric: Sequence[Criterion] = ()
    competencies: Sequence[str] = ()
    files: Sequence[StoredFile] = ()
    quiz: MoodleQuiz | None = None

    @property
    def kind(self) -> str:
        """The module that it is of."""
        return tag_of(self.own)

    @property
    def context(self) -> int:
        """The number of its context."""
        return context_of(self.number)

    @property
    def folder(self) -> str:
        """Where it stands in a backup."""
        return f"activities/{self.kind}_{self.number}"


def context_of(activity: int) -> int:
    """Return the number of the context of an activity."""
    return COURSE_CONTEXT + activity


def section_id(number: int) -> int:
    """Return the number in the backup of the section that stands at a place on the course page."""
    return 100 + number


@frozen
class MoodleSection:
    """A part of the course page; `gate` is what must hold of activities, by their numbers, before it opens."""

    number: int
    name: str
    summary: str
    activities: Sequence[Activity]
    gate: Gate = OPEN

    @property
    def id(self) -> int:
        """Its number in the backup."""
        return section_id(self.number)

    @property
    def folder(self) -> str:
        """Where it stands in a backup."""
        return f"sections/section_{self.id}"


@frozen
class MoodleBackup:
    """A course to be backed up.

    `framework` is the idnumber of the framework that its competencies are of, `start` its first day in seconds since
    1970, 0 for none.
    """

    identifier: str
    name: str
    title: str
    summary: str
    sections: Sequence[MoodleSection]
    framework: str
    competencies: Sequence[str] = ()
    start: int = 0

    @property
    def activities(self) -> list[Activity]:
        """The activities of all sections, in order."""
        return [activity for section in self.sections for activity in section.activities]
