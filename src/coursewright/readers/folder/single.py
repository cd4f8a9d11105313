"""One document, or one quiz, as a course of one unit."""

from __future__ import annotations

import posixpath
from dataclasses import replace
from pathlib import Path

from coursewright.course.model import About, Audience, Curriculum, Kind, Unit
from coursewright.findings.finding import Finding
from coursewright.readers.folder.course import FolderReading
from coursewright.readers.folder.listed import Convention, Listed, Ordering
from coursewright.readers.folder.names import identified, titled
from coursewright.readers.folder.options import FolderOptions
from coursewright.readers.folder.tree import Tree
from coursewright.text.markdown.values import Text
from coursewright.text.names import slug


def read_document(path: Path, shown: str, options: FolderOptions) -> Curriculum:
    """Return the course of one unit that a document is."""
    findings: list[Finding] = []
    folder = posixpath.dirname(shown)
    tree = Tree(path.parent, folder, (path.name,), {}, path.parent, options.language)
    ordering = Ordering(Convention.ALONE, shown, (Listed("", path.name),), grouped=True)
    read = FolderReading(tree, replace(options, course={}), findings, lambda count: None)
    return read.curriculum(ordering)


def read_quiz_file(path: Path, shown: str) -> Curriculum | None:
    """Return the course of one unit that a quiz or a bank is; None for any other file."""
    from coursewright.readers.quizzes import reading

    quiz, found = reading.read_quiz(path, shown)
    if quiz is None:
        return Curriculum((), tuple(found)) if found else None
    title = quiz.title or titled(path.name)
    quiz = replace(quiz, audience=Audience.LEARNER)
    about = About(slug(title), title, order=str(Convention.QUIZ), source=shown)
    unit = Unit(shown, 1, Kind.UNIT, identified(path.name), Text(title), about.track, (), parts=(quiz,), given_id=False)
    return Curriculum((unit,), tuple(found), (about,))
