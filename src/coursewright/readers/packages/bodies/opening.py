"""The bodies of a package by its kind."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from coursewright.course.body import Body, Lead
from coursewright.course.outline import Entry, Outline
from coursewright.packages.kinds import Family
from coursewright.packages.subject import Subject
from coursewright.readers.packages.bodies.canvas import CanvasBodies
from coursewright.readers.packages.bodies.cartridges import CartridgeBodies
from coursewright.readers.packages.bodies.moodle import MoodleBodies


class Bodies(Protocol):
    """What is behind the entries of a package: `home` is the entry that the course opens with, "" for its menu.

    `view` is what it opens with in Canvas's word, `syllabus` that of a course in Canvas, as it was written; `names` are
    the files that go by other names than in the package, by those names.
    """

    home: str
    view: str
    syllabus: str
    names: Mapping[str, str]

    def body(self, entry: Entry) -> Body: ...

    def lead(self, address: str, entry: Entry) -> Lead: ...


def bodies_of(subject: Subject, outline: Outline) -> Bodies:
    """Return what is behind the entries of a package."""
    if subject.found.kind.family is Family.MOODLE:
        return MoodleBodies(subject, outline)
    return CanvasBodies(subject, outline) if subject.found.is_canvas else CartridgeBodies(subject, outline)
