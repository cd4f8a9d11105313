"""The bank of questions of a Moodle course backup: a bank for each quiz, in the context of that quiz.

What each kind must have was found by restoring without it: a text that is left out stops the whole restore, and so does
a list with nothing in it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import count

from lxml.etree import Element, SubElement, _Element

from coursewright.course.questions import in_gaps
from coursewright.course.quiz import Question, QuestionKind
from coursewright.frozen import frozen
from coursewright.packages.documents.moodle.questions import (
    TYPES,
    answers,
    essay_fields,
    exact_case,
    gap_text,
    idnumber,
    matches,
    question_text,
)
from coursewright.packages.documents.moodle.values import (
    LONGEST_NAME,
    Activity,
    BankQuestion,
    QuestionCategory,
)
from coursewright.packages.documents.moodle.xml import MOMENT, add, document, fields, name, own_text
from coursewright.packages.documents.wording import Wording

_ANSWERS = 10_000  # more than a question has
_IN_MODULE = 70  # the level of a context: that of an activity


def question_bank(activities: Sequence[Activity], words: Mapping[int, Wording]) -> bytes:
    """Return `questions.xml`: the questions of all quizzes, in words for each activity by its number."""
    root, numbers = Element("question_categories"), count(1)
    for activity in activities:
        if activity.quiz:
            bank = _Bank(words[activity.number], numbers)
            top = activity.quiz.categories[0].number
            for category in activity.quiz.categories:
                bank.category(root, category, activity, 0 if category.number == top else top)
    return document(root)


def answer_number(question: int, place: int) -> int:
    """Return the number of an answer, by that of its question and its place there."""
    return question * _ANSWERS + place


def parts_of(question: Question) -> int:
    """Return how many questions a question is in a bank besides itself: one for each gap of a text."""
    return len(question.blanks) if question.kind is QuestionKind.BLANKS else 0


@frozen
class _Bank:
    """Writes questions. Whatever they consist of is numbered on through the whole bank."""

    words: Wording
    numbers: Iterator[int]

    def category(self, root: _Element, found: QuestionCategory, activity: Activity, parent: int) -> None:
        element = add(
            root,
            "question_category",
            found.number,
            name=name(found.name, LONGEST_NAME),
            contextid=activity.context,
            contextlevel=_IN_MODULE,
            contextinstanceid=activity.number,
            info="",
            infoformat=0,
            stamp=f"coursewright+{activity.identifier}+{found.number}",
            parent=parent,
            sortorder=999 if parent else 0,
            idnumber=None,
        )
        entries = SubElement(element, "question_bank_entries")
        for one in found.questions:
            self.entry(entries, one, found, activity)

    def entry(self, entries: _Element, one: BankQuestion, category: QuestionCategory, activity: Activity) -> None:
        """Append a question, and those that stand in its gaps."""
        known = idnumber(activity.identifier, one.question)
        element = self._versions(entries, one.number, category, known)
        gaps = [one.number + place for place in range(1, parts_of(one.question) + 1)]
        self._question(element, one, gaps)
        for number, blank in zip(gaps, one.question.blanks, strict=False):
            part = self._versions(entries, number, category, None)
            self._gap(part, number, one, gap_text(blank, self.words))

    def _versions(self, entries: _Element, number: int, category: QuestionCategory, known: str | None) -> _Element:
        about = {"questioncategoryid": category.number, "idnumber": known, "ownerid": None}
        version = SubElement(add(entries, "question_bank_entry", number, **about), "question_version")
        return SubElement(add(version, "question_versions", number, version=1, status="ready"), "questions")

    def _question(self, parent: _Element, one: BankQuestion, gaps: list[int]) -> None:
        question = one.question
        text = question_text(question, self.words, numbered=True)
        kind = TYPES[question.kind]
        element = SubElement(parent, "question", id=str(one.number))
        title, told = self.words.name(question), self._html(question.feedback.general)
        self._fields(element, title, own_text(text), told, kind, question.worth)
        own = SubElement(element, f"plugin_qtype_{kind}_question")
        _OF_KIND[kind](self, own, question, one.number, gaps)
        self._hints(element, question)
        tags = SubElement(element, "tags") if question.tags else element
        for number, tag in enumerate(question.tags, start=1):
            add(tags, "tag", number, name=tag.casefold(), rawname=tag)

    def _fields(
        self, element: _Element, title: str, text: str, told: str, kind: str, points: float, *, parent: int = 0
    ) -> None:
        fields(
            element,
            parent=parent,
            name=name(title, LONGEST_NAME),
            questiontext=text,
            questiontextformat=1,
            generalfeedback=told,
            generalfeedbackformat=1,
            defaultmark=f"{points:.7f}",
            penalty="0.3333333",
            qtype=kind,
            length=0 if kind == "description" else 1,
            stamp=f"coursewright+{element.get('id')}",
            timecreated=MOMENT,
            timemodified=MOMENT,
            createdby=None,
            modifiedby=None,
        )

    def _gap(self, parent: _Element, number: int, whole: BankQuestion, text: str) -> None:
        """Append the question of one gap, of which Moodle reads the answers from the gap itself as well."""
        question = in_gaps(whole.question)[number - whole.number - 1]
        kind = TYPES[question.kind]
        element = SubElement(parent, "question", id=str(number))
        self._fields(element, self.words.name(whole.question), text, "", kind, 1, parent=whole.number)
        own = SubElement(element, f"plugin_qtype_{kind}_question")
        _OF_KIND[kind](self, own, question, number, [])
        self._hints(element, question)

    def _hints(self, element: _Element, question: Question) -> None:
        hints = SubElement(element, "question_hints") if question.hints else element
        for hint in question.hints:
            found = self._add(hints, "question_hint", hint=self._html(hint), hintformat=1)
            fields(found, shownumcorrect=0, clearwrong=0, options=None)

    def _add(self, parent: _Element, tag: str, **values: object) -> _Element:
        """Append an element with the next number."""
        return add(parent, tag, next(self.numbers), **values)

    def _html(self, markdown: str) -> str:
        return own_text(self.words.html(markdown))

    def _answers(self, parent: _Element, question: Question, number: int) -> list[int]:
        """Append the answers of a question by its number, and return theirs."""
        rich = question.kind in (QuestionKind.CHOICE, QuestionKind.CHOICES)
        listed, numbers = SubElement(parent, "answers"), []
        for place, answer in enumerate(answers(question, self.words), start=1):
            numbers.append(answer_number(number, place))
            text = own_text(answer.text) if rich else answer.text
            found = add(listed, "answer", numbers[-1], answertext=text, answerformat=int(rich))
            fields(found, fraction=f"{answer.fraction:.7f}", feedback=own_text(answer.feedback), feedbackformat=1)
        return numbers

    def choice(self, own: _Element, question: Question, number: int, _: list[int]) -> None:
        """Append a choice of one, or of several."""
        self._answers(own, question, number)
        single, shuffled = question.kind is QuestionKind.CHOICE, question.shuffled
        found = self._add(own, "multichoice", layout=0, single=int(single), shuffleanswers=int(shuffled))
        self._combined(found, question)
        fields(found, answernumbering="abc", showstandardinstruction=0)

    def _combined(self, found: _Element, question: Question) -> None:
        told = question.feedback
        said = {"correct": told.correct, "partiallycorrect": told.partial, "incorrect": told.incorrect}
        for what, text in said.items():
            fields(found, **{f"{what}feedback": self._html(text), f"{what}feedbackformat": 1})
        fields(found, shownumcorrect=0)

    def truefalse(self, own: _Element, question: Question, number: int, _: list[int]) -> None:
        """Append a statement that is true or false."""
        true, false = self._answers(own, question, number)
        self._add(own, "truefalse", trueanswer=true, falseanswer=false, showstandardinstruction=0)

    def text(self, own: _Element, question: Question, number: int, _: list[int]) -> None:
        """Append a short text to be written."""
        self._answers(own, question, number)
        self._add(own, "shortanswer", usecase=int(exact_case(question)))

    def number(self, own: _Element, question: Question, number: int, _: list[int]) -> None:
        """Append a number to be written."""
        numbers = self._answers(own, question, number)
        records = SubElement(own, "numerical_records")
        for own_number, answer in zip(numbers, answers(question, self.words), strict=True):
            self._add(records, "numerical_record", answer=own_number, tolerance=answer.tolerance or "0")
        units = {"showunits": 3, "unitsleft": 0, "unitgradingtype": 0, "unitpenalty": "0.1000000"}
        self._add(SubElement(own, "numerical_options"), "numerical_option", **units)

    def matching(self, own: _Element, question: Question, _: int, __: list[int]) -> None:
        """Append what is to be matched."""
        found = self._add(own, "matchoptions", shuffleanswers=int(question.shuffled))
        self._combined(found, question)
        listed = SubElement(own, "matches")
        for prompt, answer in matches(question, self.words):
            self._add(listed, "match", questiontext=own_text(prompt), questiontextformat=1, answertext=answer)

    def essay(self, own: _Element, question: Question, _: int, __: list[int]) -> None:
        """Append a text to be written at length, or files to be handed in."""
        found = self._add(own, "essay", **essay_fields(question))
        fields(found, minwordlimit=None, maxwordlimit=None, filetypeslist=None, maxbytes=0)
        fields(found, graderinfo="", graderinfoformat=1, responsetemplate="", responsetemplateformat=1)

    def gaps(self, own: _Element, _: Question, __: int, gaps: list[int]) -> None:
        """Append which questions stand in the gaps of a text."""
        self._add(own, "multianswer", sequence=",".join(map(str, gaps)))

    def nothing(self, own: _Element, _: Question, __: int, ___: list[int]) -> None:
        """Append nothing: it is only to be read."""


_OF_KIND: Mapping[str, Callable[[_Bank, _Element, Question, int, list[int]], None]] = {
    "multichoice": _Bank.choice,
    "truefalse": _Bank.truefalse,
    "shortanswer": _Bank.text,
    "numerical": _Bank.number,
    "multianswer": _Bank.gaps,
    "match": _Bank.matching,
    "essay": _Bank.essay,
    "description": _Bank.nothing,
}
