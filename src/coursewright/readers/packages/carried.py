"""A course of ours by the source that its package carries: as its author has it, and nothing guessed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from coursewright.course.division import parts_of_all
from coursewright.course.model import Unit
from coursewright.course.parts import Part, Words
from coursewright.course.quiz import Quiz, asked
from coursewright.readers.folder.course import read_course
from coursewright.readers.folder.options import FolderOptions
from coursewright.readers.packages.recovery import PART_KINDS, Element, ElementKind, Recovery
from coursewright.text.markdown.html import Converter


def read_carried(folder: Path, shown: str, options: FolderOptions) -> Recovery:
    """Return the course in the folder that a package carried."""
    curriculum = read_course(folder, shown, options)
    words = Converter()
    elements = tuple(one for unit in curriculum.units for one in _elements(unit, words))
    return Recovery(curriculum, elements, exact=True)


def _elements(unit: Unit, words: Words) -> Iterator[Element]:
    yield Element(ElementKind.UNIT, unit.id, str(unit.title))
    for part in parts_of_all(unit, words):
        yield from _of_part(part)


def _of_part(part: Part) -> Iterator[Element]:
    yield Element(PART_KINDS[type(part)], part.key, part.title, file=part.path)
    if isinstance(part, Quiz):
        for question in asked(part):
            yield Element(ElementKind.QUESTION, question.key, question.title or question.stem[:80], file=part.path)
