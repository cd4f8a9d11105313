"""Parts of units from the activities of a backup: one maker a module of Moodle."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from coursewright.course.parts import Part
from coursewright.readers.packages.backups import elsewhere, quizzes, reading_matter, work
from coursewright.readers.packages.backups.making import BackedUp, Making

_MAKERS: Mapping[str, Callable[[Making, BackedUp], Iterator[Part]]] = {
    "page": reading_matter.page,
    "label": reading_matter.label,
    "book": reading_matter.book,
    "lesson": reading_matter.lesson,
    "assign": work.assign,
    "forum": work.forum,
    "quiz": quizzes.quiz,
    "url": elsewhere.url,
    "lti": elsewhere.lti,
    "resource": elsewhere.resource,
    "folder": elsewhere.folder,
}


def parts_of(making: Making, one: BackedUp) -> list[Part]:
    """Return the parts that an activity becomes."""
    return list(_MAKERS.get(one.module, elsewhere.other)(making, one))
