"""Two packages compared with the questions in them, for which they are unpacked."""

from __future__ import annotations

from coursewright.audit.diff.comparison import compare
from coursewright.audit.diff.questions.reading import QuizInside, quiz_inside
from coursewright.audit.diff.values import Comparison
from coursewright.audit.inspect import Inspection, alike
from coursewright.building.pipeline import folder_options
from coursewright.building.settings import Config
from coursewright.building.unpacked import unpacked
from coursewright.course.division import parts_of_all
from coursewright.course.quiz import Quiz
from coursewright.packages.documents.carried import CARRIED
from coursewright.readers.packages.recovering import units_as_they_stand
from coursewright.text.markdown.html import Converter

_DOCUMENTS = (".xml", ".qti", CARRIED)


def compared(old: Inspection, new: Inspection) -> Comparison:
    """Return what changes from one package to another, in their questions too; both must have been looked into with
    marks."""
    one, other = alike(old, new)
    if one.alone or not _differing(one, other):
        return compare(one, other)
    return compare(one, other, quizzes=(_quizzes(one), _quizzes(other)))


def _differing(old: Inspection, new: Inspection) -> bool:
    """Say whether any document differs that may have questions in it."""
    names = {*old.marks, *new.marks}
    return any(old.marks.get(name) != new.marks.get(name) for name in names if name.lower().endswith(_DOCUMENTS))


def _quizzes(package: Inspection) -> tuple[QuizInside, ...]:
    words = Converter()
    return tuple(
        quiz_inside(part, str(unit.title), unit.id)
        for unit in units_as_they_stand(package.path, unpacked(package.path), folder_options(Config()))
        for part in parts_of_all(unit, words)
        if isinstance(part, Quiz)
    )
