"""Documents that are named one by one, and quizzes, as courses."""

from __future__ import annotations

import posixpath
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from coursewright.course.model import About, Curriculum, Unit
from coursewright.course.quiz import Quiz
from coursewright.course.values import Identity, Kind
from coursewright.readers.folder.assembly import MadePart, placed, unlike
from coursewright.readers.folder.course import FolderReading
from coursewright.readers.folder.library import Library
from coursewright.readers.folder.linking import linked
from coursewright.readers.folder.listed import Convention, Listed, Ordering
from coursewright.readers.folder.names import identified, titled, without_number
from coursewright.readers.folder.options import FolderOptions
from coursewright.readers.folder.sourcefolder import SourceFolder
from coursewright.readers.folder.tree import Tree
from coursewright.readers.quizzes import read_quizzes
from coursewright.text.markdown.values import Text
from coursewright.text.names import slug


def read_document(path: Path, shown: str, options: FolderOptions) -> Curriculum:
    """Return the course of one unit that a document is."""
    folder = posixpath.dirname(shown)
    tree = Tree(path.parent, folder, (path.name,), {}, options.language)
    ordering = Ordering(Convention.ALONE, shown, (Listed("", path.name),), grouped=True)
    return FolderReading(Library(tree, replace(options, course={}), [])).curriculum(ordering)


def read_documents(folder: Path, shown: str, names: Sequence[str], options: FolderOptions) -> Curriculum:
    """Return the course that several documents of one folder are."""
    tree = Tree(folder, shown, tuple(names), {}, options.language)
    return FolderReading(Library(tree, replace(options, course={}), [])).curriculum(None)


def read_quiz_file(path: Path, shown: str) -> Curriculum | None:
    """Return the course of one unit that a quiz or a bank is; None for any other file."""
    quizzes, found = read_quizzes(path, shown)
    if not quizzes:
        return Curriculum((), tuple(found)) if found else None
    given = quizzes[0].title if len(quizzes) == 1 else ""
    title = given or titled(path.name)
    parts = [*unlike(replace(quiz, title=quiz.title or title) for quiz in quizzes)]
    about = About(slug(given or without_number(path.name)), title, order=str(Convention.QUIZ), source=shown)
    identity = Identity(about.track, identified(path.name))
    unit = Unit(shown, 1, Kind.UNIT, identity.id, Text(title), about.track, (), parts=tuple(parts), given_id=False)
    pages = [placed(unit, MadePart(part, path.name)) for part in parts]
    links = linked(pages, SourceFolder(path.parent), shown=posixpath.dirname(shown))
    led = [
        replace(part, targets=targets)
        for part, targets in zip(parts, links.targets, strict=True)
        if isinstance(part, Quiz)
    ]
    return Curriculum((replace(unit, parts=tuple(led)),), (*found, *links.findings), (about,))
