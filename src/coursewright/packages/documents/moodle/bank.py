"""The bank of questions of a Moodle course backup: a bank for each quiz, in the context of that quiz.

What each kind must have was found by restoring without it: a text that is left out stops the whole restore, and so does
a list with nothing in it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import count

from coursewright.course.questions import in_gaps
from coursewright.course.quiz import Question, QuestionKind
from coursewright.frozen import frozen
from coursewright.packages.documents.moodle.bank_rows import (
    AnswerRow,
    CategoryRow,
    ChoiceRow,
    CombinedRow,
    EntryRow,
    EssayRow,
    GapsRow,
    HintRow,
    MatchRow,
    QuestionBank,
    QuestionPlugin,
    QuestionRow,
    ShortanswerRow,
    ToleranceRow,
    TruefalseRow,
    UnitsRow,
    VersionRow,
)
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
from coursewright.packages.documents.moodle.rows import TagRow
from coursewright.packages.documents.moodle.values import (
    LONGEST_NAME,
    Activity,
    BankQuestion,
    QuestionCategory,
)
from coursewright.packages.documents.moodle.xml import name, own_text, row_document
from coursewright.packages.documents.wording import Wording

_ANSWERS = 10_000  # more than a question has
_IN_MODULE = 70  # the level of a context: that of an activity


def question_bank(activities: Sequence[Activity], words: Mapping[int, Wording]) -> bytes:
    """Return `questions.xml`: the questions of all quizzes, in words for each activity by its number."""
    numbers = count(1)
    banks = [_Bank(words[one.number], one, numbers) for one in activities if one.quiz]
    return row_document(QuestionBank(tuple(row for bank in banks for row in bank.categories())))


def answer_number(question: int, place: int) -> int:
    """Return the number of an answer, by that of its question and its place there."""
    return question * _ANSWERS + place


def parts_of(question: Question) -> int:
    """Return how many questions a question is in a bank besides itself: one for each gap of a text."""
    return len(question.blanks) if question.kind is QuestionKind.BLANKS else 0


@frozen
class _Bank:
    """Makes rows of the questions of an activity. Whatever they consist of is numbered on through the whole bank."""

    words: Wording
    activity: Activity
    numbers: Iterator[int]

    def categories(self) -> Iterator[CategoryRow]:
        """Yield the categories of the activity, all of which stand in the first one."""
        listed = self.activity.quiz.categories if self.activity.quiz else ()
        for found in listed:
            parent = 0 if found is listed[0] else listed[0].number
            yield CategoryRow(
                str(found.number),
                name(found.name, LONGEST_NAME),
                str(self.activity.context),
                str(_IN_MODULE),
                str(self.activity.number),
                stamp=f"coursewright+{self.activity.identifier}+{found.number}",
                parent=str(parent),
                sortorder="999" if parent else "0",
                entries=tuple(row for one in found.questions for row in self._entries(one, found)),
            )

    def _entries(self, one: BankQuestion, category: QuestionCategory) -> Iterator[EntryRow]:
        """Yield a question, and those in its gaps, of which Moodle reads the answers from the gaps as well."""
        question, known = one.question, idnumber(self.activity.identifier, one.question)
        text = question_text(question, self.words, numbered=True)
        row = self._row(one.number, question, self.words.name(question), own_text(text), question.worth)
        tags = (TagRow(str(number), tag.casefold(), tag) for number, tag in enumerate(question.tags, start=1))
        told = self._html(question.feedback.general)
        yield self._entry(replace(row, generalfeedback=told, tags=tuple(tags)), category, known)
        gaps = zip(question.blanks, in_gaps(question), strict=False) if parts_of(question) else ()
        for number, (blank, part) in enumerate(gaps, start=one.number + 1):
            row = self._row(number, part, self.words.name(question), gap_text(blank, self.words), 1)
            yield self._entry(replace(row, parent=str(one.number)), category)

    def _entry(self, row: QuestionRow, category: QuestionCategory, known: str | None = None) -> EntryRow:
        return EntryRow(row.id, str(category.number), known, versions=(VersionRow(row.id, questions=(row,)),))

    def _row(self, number: int, question: Question, title: str, text: str, points: float) -> QuestionRow:
        kind = TYPES[question.kind]
        plugin = QuestionPlugin(f"plugin_qtype_{kind}_question")
        return QuestionRow(
            str(number),
            name=name(title, LONGEST_NAME),
            questiontext=text,
            defaultmark=f"{points:.7f}",
            qtype=kind,
            length="0" if kind == "description" else "1",
            stamp=f"coursewright+{number}",
            plugins=(_OF_KIND[kind](self, plugin, question, number),),
            hints=tuple(HintRow(self._next(), self._html(hint)) for hint in question.hints),
        )

    def _next(self) -> str:
        return str(next(self.numbers))

    def _html(self, markdown: str) -> str:
        return own_text(self.words.html(markdown))

    def _answers(self, question: Question, number: int) -> Iterator[AnswerRow]:
        """Yield the answers of a question by its number."""
        rich = question.kind in (QuestionKind.CHOICE, QuestionKind.CHOICES)
        for place, answer in enumerate(answers(question, self.words), start=1):
            yield AnswerRow(
                str(answer_number(number, place)),
                own_text(answer.text) if rich else answer.text,
                str(int(rich)),
                f"{answer.fraction:.7f}",
                own_text(answer.feedback),
            )

    def choice(self, plugin: QuestionPlugin, question: Question, number: int) -> QuestionPlugin:
        """Return a choice of one, or of several."""
        single, shuffled = str(int(question.kind is QuestionKind.CHOICE)), str(int(question.shuffled))
        row = ChoiceRow(self._next(), single=single, shuffleanswers=shuffled, **self._told(question))
        return replace(plugin, answers=tuple(self._answers(question, number)), multichoice=row)

    def _told(self, question: Question) -> dict[str, str]:
        told = question.feedback
        said = {"correct": told.correct, "partiallycorrect": told.partial, "incorrect": told.incorrect}
        return {f"{what}feedback": self._html(text) for what, text in said.items()}

    def truefalse(self, plugin: QuestionPlugin, question: Question, number: int) -> QuestionPlugin:
        """Return a statement that is true or false."""
        true, false = self._answers(question, number)
        return replace(plugin, answers=(true, false), truefalse=TruefalseRow(self._next(), true.id, false.id))

    def text(self, plugin: QuestionPlugin, question: Question, number: int) -> QuestionPlugin:
        """Return a short text to be written."""
        row = ShortanswerRow(self._next(), str(int(exact_case(question))))
        return replace(plugin, answers=tuple(self._answers(question, number)), shortanswer=row)

    def number(self, plugin: QuestionPlugin, question: Question, number: int) -> QuestionPlugin:
        """Return a number to be written."""
        rows = tuple(self._answers(question, number))
        told = zip(rows, answers(question, self.words), strict=True)
        tolerances = tuple(ToleranceRow(self._next(), row.id, one.tolerance or "0") for row, one in told)
        return replace(plugin, answers=rows, tolerances=tolerances, units=(UnitsRow(self._next()),))

    def matching(self, plugin: QuestionPlugin, question: Question, _: int) -> QuestionPlugin:
        """Return what is to be matched."""
        row = CombinedRow(self._next(), str(int(question.shuffled)), **self._told(question))
        pairs = matches(question, self.words)
        rows = tuple(MatchRow(self._next(), own_text(prompt), answertext=answer) for prompt, answer in pairs)
        return replace(plugin, matchoptions=row, matches=rows)

    def essay(self, plugin: QuestionPlugin, question: Question, _: int) -> QuestionPlugin:
        """Return a text to be written at length, or files to be handed in."""
        return replace(plugin, essay=EssayRow(self._next(), **essay_fields(question)))

    def gaps(self, plugin: QuestionPlugin, question: Question, number: int) -> QuestionPlugin:
        """Return which questions stand in the gaps of a text: those with the next numbers."""
        inside = range(number + 1, number + 1 + parts_of(question))
        return replace(plugin, multianswer=GapsRow(self._next(), ",".join(map(str, inside))))

    def nothing(self, plugin: QuestionPlugin, _: Question, __: int) -> QuestionPlugin:
        """Return nothing more: it is only to be read."""
        return plugin


_OF_KIND: Mapping[str, Callable[[_Bank, QuestionPlugin, Question, int], QuestionPlugin]] = {
    "multichoice": _Bank.choice,
    "truefalse": _Bank.truefalse,
    "shortanswer": _Bank.text,
    "numerical": _Bank.number,
    "multianswer": _Bank.gaps,
    "match": _Bank.matching,
    "essay": _Bank.essay,
    "description": _Bank.nothing,
}
