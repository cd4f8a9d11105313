"""Two packages compared with the questions in them, for which they are unpacked."""

from __future__ import annotations

from collections.abc import Iterator

from coursewright.audit.diff.comparison import compare
from coursewright.audit.diff.questions.reading import QuizInside, quiz_inside
from coursewright.audit.diff.values import Comparison
from coursewright.audit.inspect import Inspection, alike
from coursewright.audit.meanings import BANK
from coursewright.building.pipeline import folder_options
from coursewright.building.settings import Config
from coursewright.building.unpacked import unpacked
from coursewright.course.division import parts_of_all
from coursewright.course.outline import ASKING
from coursewright.course.quiz import Quiz
from coursewright.packages.documents.canvas.names import QUESTIONS
from coursewright.packages.documents.carried import CARRIED
from coursewright.packages.kinds import Family
from coursewright.readers.packages.recovering import units_as_they_stand
from coursewright.text.markdown.html import Converter


def compared(old: Inspection, new: Inspection) -> Comparison:
    """Return what changes from one package to another, in their questions too; both must have been looked into with
    marks."""
    one, other = alike(old, new)
    if one.alone or not _differing(one, other):
        return compare(one, other)
    return compare(one, other, quizzes=(_quizzes(one), _quizzes(other)))


def _differing(old: Inspection, new: Inspection) -> bool:
    """Say whether any document differs that may have questions in it."""
    marks = [{name: package.marks.get(name) for name in _asking(package)} for package in (old, new)]
    return marks[0] != marks[1]


def _asking(package: Inspection) -> Iterator[str]:
    """Yield the documents of a package that may have questions in them."""
    entries = [entry for entry, _ in package.course.walk() if entry.kind in ASKING]
    yield from (name for entry in entries for name in entry.files)
    if any(not entry.files for entry in entries):
        yield package.manifest  # in which they may stand
    for name in package.marks:
        is_item = package.family is Family.QTI and name.endswith(".xml")
        if is_item or name.startswith(QUESTIONS) or name in (BANK, CARRIED):
            yield name


def _quizzes(package: Inspection) -> tuple[QuizInside, ...]:
    words = Converter()
    return tuple(
        quiz_inside(part, str(unit.title), unit.id)
        for unit in units_as_they_stand(package.path, unpacked(package.path), folder_options(Config()))
        for part in parts_of_all(unit, words)
        if isinstance(part, Quiz)
    )
