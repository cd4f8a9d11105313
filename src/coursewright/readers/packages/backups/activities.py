"""Parts of units from the activities of a backup: one maker a module of Moodle."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from coursewright.course.parts import Part
from coursewright.packages.documents.moodle.instances import (
    AssignInstance,
    ForumInstance,
    Instance,
    PageInstance,
    QuizInstance,
    ResourceInstance,
    UrlInstance,
)
from coursewright.packages.documents.moodle.other_instances import (
    BookInstance,
    FolderInstance,
    LabelInstance,
    LessonInstance,
    LtiInstance,
)
from coursewright.readers.packages.backups import elsewhere, quizzes, reading_matter, work
from coursewright.readers.packages.backups.making import BackedUp, Making

_MAKERS: Mapping[type[Instance], Callable[[Making, BackedUp[Any]], Iterator[Part]]] = {
    PageInstance: reading_matter.page,
    LabelInstance: reading_matter.label,
    BookInstance: reading_matter.book,
    LessonInstance: reading_matter.lesson,
    AssignInstance: work.assign,
    ForumInstance: work.forum,
    QuizInstance: quizzes.quiz,
    UrlInstance: elsewhere.url,
    LtiInstance: elsewhere.lti,
    ResourceInstance: elsewhere.resource,
    FolderInstance: elsewhere.folder,
}


def parts_of(making: Making, one: BackedUp[Instance]) -> Iterator[Part]:
    """Yield the parts that an activity becomes."""
    return _MAKERS.get(type(one.own), elsewhere.other)(making, one)
