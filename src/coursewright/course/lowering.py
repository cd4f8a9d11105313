"""A quiz as a format can hold it: kinds that it lacks become others, as values; each such change is a finding."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import field, replace

from coursewright.course.forms import QuizForm, Trait, question_traits, quiz_traits
from coursewright.course.questions import (
    as_choices,
    as_essay,
    as_match,
    as_texts,
    in_choices,
    in_gaps,
    is_answerable,
    is_blended,
    longest_match,
)
from coursewright.course.quiz import Draw, Question, QuestionKind, Quiz
from coursewright.course.shares import full_marks, listed_shares
from coursewright.findings import messages
from coursewright.findings.finding import Finding, Message, Place
from coursewright.frozen import frozen, slotted
from coursewright.text.names import shortened

_MOST_WEIGHT = 99

Step = Callable[[Question], tuple[Question, ...]]

# What becomes of a kind that a format lacks, and how findings call that.
_STEPS: Mapping[QuestionKind, tuple[Step, str]] = {
    QuestionKind.UPLOAD: (as_essay, "a text to write, because files cannot be handed in there"),
    QuestionKind.ORDER: (as_match, "matching: each thing with its place"),
    QuestionKind.MATCH: (in_choices, "a choice for each thing to be matched"),
    QuestionKind.BLANKS: (in_gaps, "a question for each gap"),
    QuestionKind.NUMBER: (as_texts, "a text that must be one of the numbers, as written"),
}
KIND_NAMES: Mapping[QuestionKind, str] = {
    QuestionKind.CHOICE: "single choice",
    QuestionKind.CHOICES: "multiple choice",
    QuestionKind.BOOLEAN: "true or false",
    QuestionKind.TEXT: "short text",
    QuestionKind.BLANKS: "gaps in a text",
    QuestionKind.NUMBER: "number",
    QuestionKind.MATCH: "matching",
    QuestionKind.ORDER: "ordering",
    QuestionKind.ESSAY: "essay",
    QuestionKind.UPLOAD: "upload",
    QuestionKind.PASSAGE: "passage",
}


@frozen
class Lowered:
    """A quiz with nothing in it that a format lacks, and a finding for each thing that was changed for that."""

    quiz: Quiz
    findings: tuple[Finding, ...]


def lowered(quiz: Quiz, form: QuizForm) -> Lowered:
    """Return a quiz as a format can hold it."""
    lowering = _Lowering(quiz, form)
    questions = [one for found in quiz.questions for one in lowering.entry(found)]
    if QuestionKind.PASSAGE not in form.kinds:
        questions = lowering.joined(questions)
    if form.whole:
        questions = lowering.weighed(questions)
    lowering.settings()
    return Lowered(replace(quiz, questions=tuple(questions)), tuple(dict.fromkeys(lowering.findings)))


def lowered_draw(quiz: Quiz, draw: Draw, form: QuizForm) -> Draw:
    """Return all questions of a bank that a quiz draws from, as a format can hold them."""
    whole = lowered(replace(quiz, questions=tuple(replace(one, points=draw.points) for one in draw.questions)), form)
    return replace(draw, questions=tuple(one for one in whole.quiz.questions if isinstance(one, Question)))


@slotted
class _Lowering:
    """Lowers one quiz, and keeps what is to be said of it."""

    quiz: Quiz
    form: QuizForm
    findings: list[Finding] = field(default_factory=list)

    def entry(self, found: Question | Draw) -> Iterator[Question | Draw]:
        """Yield what a question, or questions to be drawn, become."""
        if isinstance(found, Question):
            yield from self.question(found)
        elif self.form.draws and (drawn := self.drawn(found)):
            yield drawn
        else:
            total, title = len(found.questions), found.title or self.quiz.title or self.quiz.key
            place, count = self._place(found.questions[0] if total else None), min(found.count, total)
            self._say(messages.DRAW_LOWERED, place, count=count, total=total, bank=title)
            for one in found.questions[:count]:
                yield from self.question(replace(one, points=found.points))

    def drawn(self, draw: Draw) -> Draw | None:
        """Return questions to be drawn; None where one would become several, so that a draw would be unfair."""
        before = len(self.findings)
        questions = [tuple(self.question(replace(one, points=draw.points))) for one in draw.questions]
        if all(len(one) == 1 for one in questions) and 0 < draw.count <= len(questions):
            return replace(draw, questions=tuple(one[0] for one in questions))
        del self.findings[before:]
        return None

    def question(self, question: Question) -> Iterator[Question]:
        """Yield the questions that one becomes: itself, if the format has all that it is."""
        if not is_answerable(question):
            if question.kind is not QuestionKind.PASSAGE:
                self._say(messages.NO_KEY, self._place(question), question=shortened(question.stem, 60))
            yield as_essay(question)[0]
            return
        if question.kind is QuestionKind.CHOICE and len(question.options) < self.form.fewest:
            self._said(question, "multiple choice, because a single choice has at least three options there")
            yield from self._fitted(as_choices(question))
            return
        native = question.kind in self.form.kinds and (self.form.blended or not is_blended(question))
        native = native and not (self.form.longest and longest_match(question) > self.form.longest)
        if native or question.kind is QuestionKind.PASSAGE:
            yield from self._fitted(question)
            return
        step, words = _STEPS[question.kind]
        made = step(question)
        if made[0].kind not in self.form.kinds and made[0].kind in _STEPS:
            words = _STEPS[made[0].kind][1]
        self._said(question, words if all(map(is_answerable, made)) else "a text to write")
        kept = len(self.findings)
        for one in made:
            yield from self.question(one)
        del self.findings[kept:]  # what becomes of what it became is part of the same change
        self._lost(question)

    def _fitted(self, question: Question) -> Iterator[Question]:
        """Yield a question of a kind that the format has, with its answers counting as they can there."""
        self._lost(question)
        fixed = Trait.PLACES not in self.form.traits and any(option.fixed for option in question.options)
        question = replace(question, shuffled=False) if fixed else question
        if not self.form.shares:
            yield full_marks(question)
            return
        if self.form.heavy and question.blanks and question.points % len(question.blanks):
            self._without(question, [Trait.POINTS])
        shared, exact = listed_shares(question)
        if not exact:
            self._without(question, [Trait.PARTIAL])
        yield shared

    def joined(self, questions: list[Question | Draw]) -> list[Question | Draw]:
        """Return questions with what is only to be read in the text of the next one, or told after the last one."""
        found: list[Question | Draw] = []
        read: list[Question] = []
        for one in questions:
            if isinstance(one, Question) and one.kind is QuestionKind.PASSAGE:
                read.append(one)
            elif isinstance(one, Question) and read:
                self._each_said(read, "the beginning of the next question")
                found.append(replace(one, stem="\n\n".join([*(text.stem for text in read), one.stem])))
                read = []
            else:
                found.append(one)
        return self._ended(found, read) if read else found

    def _ended(self, found: list[Question | Draw], read: list[Question]) -> list[Question | Draw]:
        text = "\n\n".join(one.stem for one in read)
        if not found or not isinstance(found[-1], Question):
            self._each_said(read, "a text to write that counts nothing")
            return [*found, replace(read[0], kind=QuestionKind.ESSAY, stem=text, graded=False, points=0)]
        self._each_said(read, "feedback on the last question")
        told = found[-1].feedback
        general = "\n\n".join(filter(None, [told.general, text]))
        return [*found[:-1], replace(found[-1], feedback=replace(told, general=general))]

    def _each_said(self, questions: list[Question], becomes: str) -> None:
        for question in questions:
            self._said(question, becomes)

    def weighed(self, questions: list[Question | Draw]) -> list[Question | Draw]:
        """Return questions with points in the same proportions that are whole, or all alike where there are none."""
        points = [one.points for one in questions if isinstance(one, Draw) or one.graded]
        for factor in range(1, _MOST_WEIGHT + 1):
            whole = [point * factor for point in points]
            if all(abs(one - round(one)) < 1e-6 and 1 <= round(one) <= _MOST_WEIGHT for one in whole):
                return [replace(one, points=float(round(one.points * factor))) for one in questions]
        self._say(
            messages.QUIZ_SETTINGS_LOST,
            self._place(None),
            quiz=self.quiz.title or self.quiz.key,
            lost=str(Trait.POINTS),
        )
        return [replace(one, points=1.0) for one in questions]

    def settings(self) -> None:
        """Say what of the quiz as a whole the format has no place for."""
        lost = [trait for trait in quiz_traits(self.quiz) if trait not in self.form.traits]
        if not self.form.draws and Trait.DRAWN in lost:  # which is said of each draw
            lost.remove(Trait.DRAWN)
        if lost:
            self._say(
                messages.QUIZ_SETTINGS_LOST,
                self._place(None),
                quiz=self.quiz.title or self.quiz.key,
                lost=", ".join(lost),
            )

    def _lost(self, question: Question) -> None:
        kept = self.form.traits - {trait for kind, trait in self.form.without if kind is question.kind}
        self._without(question, [trait for trait in question_traits(question) if trait not in kept])

    def _without(self, question: Question, lost: list[Trait]) -> None:
        if lost:
            place = self._place(question)
            self._say(messages.QUESTION_REDUCED, place, question=shortened(question.stem, 60), lost=", ".join(lost))

    def _said(self, question: Question, becomes: str) -> None:
        kind, place = KIND_NAMES[question.kind], self._place(question)
        self._say(messages.QUESTION_LOWERED, place, question=shortened(question.stem, 60), kind=kind, becomes=becomes)

    def _say(self, message: Message, place: Place, **values: object) -> None:
        self.findings.append(message.at(place, format=self.form.title, **values))

    def _place(self, question: Question | None) -> Place:
        return Place(self.quiz.path, (question.line if question else 0) or self.quiz.line)
