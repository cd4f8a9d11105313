"""Which entries the questions of two packages are of, and which of their documents differ in nothing but these."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence

from coursewright.audit.diff.contents import OpenedPackage
from coursewright.audit.diff.pairing import Node, nodes_of
from coursewright.audit.diff.questions.changes import Circumstances, QuestionChange, question_changes
from coursewright.audit.diff.questions.documents import DOCUMENTS, besides_questions
from coursewright.audit.diff.questions.reading import QuizInside
from coursewright.audit.diff.values import Change
from coursewright.findings.finding import Place
from coursewright.packages.documents.canvas.names import questions_file
from coursewright.packages.kinds import Family
from coursewright.packages.words import clipped

QuizzesOfBoth = tuple[Sequence[QuizInside], Sequence[QuizInside]]

_BANK = "questions.xml"  # of Moodle
_LARGEST = 20_000_000


class AskedInBoth:
    """The questions of two packages: what changes in them, and the documents of which that explains the difference."""

    def __init__(self, old: OpenedPackage, new: OpenedPackage, quizzes: QuizzesOfBoth) -> None:
        self._old, self._new = old, new
        one, other = old.package, new.package
        self._nodes = nodes_of(one.course), nodes_of(other.course)
        how = Circumstances(
            Place(clipped(str(other.path))), one.family is not other.family, other.family is Family.MOODLE
        )
        found = list(question_changes(*quizzes, how))
        self.changes = [self._placed(change) for change in found]
        self.explained: Collection[str] = set(self._explained(found))

    def _placed(self, change: QuestionChange) -> Change:
        before, now = change.quizzes[0]
        one, other = (node_of(quiz, nodes.values()) for quiz, nodes in zip((before, now), self._nodes, strict=True))
        return Change(change.finding, other, one, change.passages)

    def _explained(self, found: Sequence[QuestionChange]) -> Iterator[str]:
        """Yield the old and new names of documents that differ in questions alone, of which something is told."""
        marks = self._old.package.marks, self._new.package.marks
        if found and _BANK in marks[0].keys() & marks[1].keys():
            yield _BANK
        for both in {id(both[1]): both for change in found for both in change.quizzes}.values():
            one, other = (self._documents(quiz, place) for place, quiz in enumerate(both))
            for name in one.keys() & other.keys():
                if self._is_alike(one[name], other[name]):
                    yield from (one[name], other[name])

    def _documents(self, quiz: QuizInside, package: int) -> dict[str, str]:
        """Return the documents of a quiz by what stays of their names where a format numbers its folders."""
        node, opened = node_of(quiz, self._nodes[package].values()), (self._old, self._new)[package].package
        if node is None:
            return {}
        names = (*node.entry.files, questions_file(node.entry.identifier))
        known = (name for name in names if name in opened.marks and name.lower().endswith(DOCUMENTS))
        if opened.family is Family.MOODLE:
            return {name.rpartition("/")[2]: name for name in known}
        return {name: name for name in known}

    def _is_alike(self, before: str, now: str) -> bool:
        """Say whether a document says the same in both packages but for its questions."""
        one = besides_questions(before, self._old.read(before, _LARGEST))
        return one is not None and one == besides_questions(now, self._new.read(now, _LARGEST))


def node_of(quiz: QuizInside, nodes: Iterable[Node]) -> Node | None:
    """Return the entry that a quiz is, or else the one of its unit; None where that is not sure."""
    known = list(nodes)
    named = [node for node in known if node.entry.title == quiz.quiz.title and not node.entry.children]
    if len(named) > 1:
        named = [node for node in named if node.parent and node.parent.entry.title == quiz.unit]
    units = [node for node in known if node.entry.title == quiz.unit]
    for found in (named, units):
        if len(found) == 1:
            return found[0]
    return None
