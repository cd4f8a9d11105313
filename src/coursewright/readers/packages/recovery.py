"""What a package becomes when its course is read back: a curriculum, and what became of each of its elements."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import field, replace
from enum import StrEnum
from pathlib import Path

from coursewright.course.model import Curriculum
from coursewright.course.parts import Assignment, Discussion, File, Link, Page, Part
from coursewright.course.quiz import Quiz
from coursewright.frozen import frozen
from coursewright.packages.subject import Subject
from coursewright.readers.packages.texts import WrittenText


class Fate(StrEnum):
    """What becomes of an element of a package."""

    KEPT = "kept"
    CHANGED = "changed"
    DROPPED = "dropped"


class ElementKind(StrEnum):
    """What an element of a package is."""

    UNIT = "unit"
    PAGE = "page"
    ASSIGNMENT = "assignment"
    DISCUSSION = "discussion"
    QUIZ = "quiz"
    QUESTION = "question"
    BANK = "question bank"
    LINK = "link"
    TOOL = "external tool"
    FILE = "file"
    TEXT = "text"
    GATE = "gate"
    COMPLETION = "completion"
    RUBRIC = "rubric"
    OUTCOME = "outcome"
    EVENT = "event"
    SETTING = "setting"
    USER_DATA = "user data"
    ACTIVITY = "activity"
    REFERENCE = "reference"


PART_KINDS: Mapping[type[Part], ElementKind] = {
    Page: ElementKind.PAGE,
    Assignment: ElementKind.ASSIGNMENT,
    Discussion: ElementKind.DISCUSSION,
    Quiz: ElementKind.QUIZ,
    Link: ElementKind.LINK,
    File: ElementKind.FILE,
}
"""What the parts of units are as elements."""


@frozen
class Element:
    """Something in a package, and what became of it. `why` is empty where it is kept.

    `identifier` is what the package knows it by, `file` where it stands in the package, `words` how many words of text
    it has there, and `kept_words` how many of them are kept. `told` says that a finding of its own tells of it.
    """

    kind: ElementKind
    identifier: str
    title: str
    fate: Fate = Fate.KEPT
    why: str = ""
    file: str = ""
    words: int = 0
    kept_words: int = 0
    told: bool = False

    def changed(self, why: str) -> Element:
        """Return it as one of which something is lost, or that becomes another thing."""
        return replace(self, fate=Fate.CHANGED, why=why)

    def dropped(self, why: str) -> Element:
        """Return it as one that is not kept."""
        return replace(self, fate=Fate.DROPPED, why=why)

    def of(self, text: WrittenText) -> Element:
        """Return it with the words of its text."""
        return replace(self, words=text.words, kept_words=text.kept)


@frozen
class Recovery:
    """A course that was read from a package.

    All of its units have one track, of which `curriculum.courses` tells. `exact` says that the package brought its
    source along, so that nothing had to be understood from pages. `standins` are how many of its pages only say that
    something could not be read.
    """

    curriculum: Curriculum
    elements: tuple[Element, ...] = ()
    exact: bool = False
    metadata: dict[str, str] = field(default_factory=dict)
    standins: int = 0


PackageReader = Callable[[Subject, Path], Recovery]
"""What reads the course of a package back. The package lies unpacked in the folder: assets are its files."""
