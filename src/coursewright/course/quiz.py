"""Quizzes: what is asked, what counts as right, and how an attempt is judged. Every reader of quizzes makes these.

All texts are Markdown. What tells the answer stands in few fields, which `keys` names, so that a guard can look for it
wherever learners could read it before an attempt.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import field, replace
from enum import StrEnum

from coursewright.course.assets import Targets
from coursewright.course.values import Audience
from coursewright.frozen import frozen
from coursewright.text.names import digest


class QuestionKind(StrEnum):
    """How a question is answered."""

    CHOICE = "choice"
    CHOICES = "choices"
    BOOLEAN = "boolean"
    TEXT = "text"
    BLANKS = "blanks"
    NUMBER = "number"
    MATCH = "match"
    ORDER = "order"
    ESSAY = "essay"
    UPLOAD = "upload"
    PASSAGE = "passage"


BY_HAND = frozenset((QuestionKind.ESSAY, QuestionKind.UPLOAD, QuestionKind.PASSAGE))
"""Kinds that no program judges."""


class Show(StrEnum):
    """When learners see what was right."""

    NEVER = "never"
    AFTER_ATTEMPT = "after attempt"
    AFTER_LAST = "after last"


@frozen
class Option:
    """What can be chosen, or put in order. `fraction` is its share of the points, from -1 to 1; more than 0 is right.

    `key` is its name within the question: made from what it says, not from its letter or place.
    """

    key: str
    text: str
    fraction: float = 0.0
    feedback: str = ""
    fixed: bool = False


@frozen
class Answer:
    """What is accepted where learners write: a text, or a number with a tolerance, or one between two bounds.

    A bound of None is open. `exact_case` says that capitals count; `fraction` is the share of the points, up to 1.
    """

    text: str = ""
    value: float | None = None
    tolerance: float = 0.0
    min: float | None = None
    max: float | None = None
    fraction: float = 1.0
    feedback: str = ""
    exact_case: bool = False


@frozen
class Blank:
    """A gap of a text, which stands in the stem as `[[key]]`. With `options` learners choose, else they write."""

    key: str
    answers: tuple[Answer, ...]
    options: tuple[str, ...] = ()


@frozen
class Pair:
    """What is to be matched: a prompt, and the answer that belongs to it. Without a prompt it is only a distractor."""

    prompt: str
    answer: str


@frozen
class Feedback:
    """What learners read after an attempt, whatever they answered or by how they did."""

    general: str = ""
    correct: str = ""
    partial: str = ""
    incorrect: str = ""


@frozen
class Question:
    """One question. `key` is its name within the quiz: its author's id, or made from what it asks.

    `options` are those of a choice, in the author's order; of an order, in the right order. `right` is that of a
    boolean, None where nobody says. What has no key is `graded` by nobody: it is asked, and counts nothing.
    """

    key: str
    kind: QuestionKind
    stem: str
    line: int = 0
    title: str = ""
    points: float = 1.0
    options: tuple[Option, ...] = ()
    answers: tuple[Answer, ...] = ()
    right: bool | None = None
    pairs: tuple[Pair, ...] = ()
    blanks: tuple[Blank, ...] = ()
    feedback: Feedback = Feedback()
    hints: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    shuffled: bool = True
    graded: bool = True

    @property
    def worth(self) -> float:
        """The points that it counts for: none where nobody grades it, or where it only gives something to read."""
        return self.points if self.graded and self.kind is not QuestionKind.PASSAGE else 0


@frozen
class Draw:
    """So many questions of a bank, drawn by chance for each attempt, each for so many points."""

    title: str
    count: int
    points: float
    questions: tuple[Question, ...]


@frozen
class Quiz:
    """A quiz, which is a part of a unit. `passing` is the score to reach in percent, None where nobody set one.

    `minutes` is the time for an attempt, None without a limit; `attempts` how many there are, 0 for any number.
    `targets` says where the links and pictures in its texts lead within the course.
    """

    key: str
    title: str
    path: str
    line: int
    questions: tuple[Question | Draw, ...]
    instructions: str = ""
    passing: float | None = None
    minutes: float | None = None
    attempts: int = 0
    shuffled: bool = False
    show: Show = Show.AFTER_ATTEMPT
    graded: bool = True
    audience: Audience = Audience.LEARNER
    targets: Targets = field(default_factory=dict)

    @property
    def label(self) -> str:
        """The name of the label that is its title, where it has none of its own."""
        return "quiz"

    @property
    def points(self) -> float:
        """The points of an attempt that is all right."""
        return sum(one.count * one.points if isinstance(one, Draw) else one.worth for one in self.questions)


def asked(quiz: Quiz) -> Iterator[Question]:
    """Yield the questions of a quiz, those of its banks too."""
    for one in quiz.questions:
        yield from one.questions if isinstance(one, Draw) else (one,)


def keys(question: Question) -> Iterator[str]:
    """Yield the texts that tell the answer of a question and stand in none of its options: for learners after it."""
    yield from filter(None, (found.text for found in question.answers))
    yield from filter(None, (found.text for blank in question.blanks if not blank.options for found in blank.answers))
    yield from filter(None, (option.feedback for option in question.options))
    yield from filter(None, (found.feedback for found in question.answers))
    told = question.feedback
    yield from filter(None, (told.general, told.correct, told.partial, told.incorrect))


def each_question(one: Question | Draw, change: Callable[[Question], Question]) -> Question | Draw:
    """Return a question, or a draw with each of its questions, changed."""
    if isinstance(one, Draw):
        return replace(one, questions=tuple(map(change, one.questions)))
    return change(one)


def with_texts(quiz: Quiz, change: Callable[[str], str]) -> Quiz:
    """Return a quiz with each of its texts that may have links and pictures changed."""

    def one(question: Question) -> Question:
        told = question.feedback
        return replace(
            question,
            stem=change(question.stem),
            options=tuple(replace(o, text=change(o.text), feedback=change(o.feedback)) for o in question.options),
            pairs=tuple(
                replace(pair, prompt=change(pair.prompt), answer=change(pair.answer)) for pair in question.pairs
            ),
            answers=tuple(replace(answer, feedback=change(answer.feedback)) for answer in question.answers),
            feedback=Feedback(*map(change, (told.general, told.correct, told.partial, told.incorrect))),
            hints=tuple(map(change, question.hints)),
        )

    questions = tuple(each_question(asked, one) for asked in quiz.questions)
    return replace(quiz, instructions=change(quiz.instructions), questions=questions)


def quiz_texts(quiz: Quiz) -> Iterator[tuple[str, int]]:
    """Yield all texts of a quiz that may have links and pictures, with their lines."""
    yield quiz.instructions, quiz.line
    for question in asked(quiz):
        told = question.feedback
        options = [text for option in question.options for text in (option.text, option.feedback)]
        matched = [text for pair in question.pairs for text in (pair.prompt, pair.answer)]
        answered = [answer.feedback for answer in question.answers]
        said = (told.general, told.correct, told.partial, told.incorrect)
        for text in (question.stem, *options, *matched, *answered, *said, *question.hints):
            yield text, question.line or quiz.line


def keyed(questions: Iterable[Question | Draw]) -> tuple[Question | Draw, ...]:
    """Return questions each with a key of its own, and with keys for their options: from what they say."""
    seen: Counter[str] = Counter()
    return tuple(each_question(one, lambda question: _keyed(question, seen)) for one in questions)


def default_key(stem: str) -> str:
    """Return the key of a question to which nobody gave one: from what it asks."""
    return f"question-{digest(' '.join(stem.split()), 10)}"


def _keyed(question: Question, seen: Counter[str]) -> Question:
    name = question.key or default_key(question.stem)
    return replace(question, key=_numbered(name, seen), options=keyed_options(question.options))


def keyed_options(options: Iterable[Option]) -> tuple[Option, ...]:
    """Return options with keys, those that have none with one from what they say."""
    seen: Counter[str] = Counter()
    return tuple(
        replace(option, key=_numbered(option.key or f"option-{digest(option.text, 8)}", seen)) for option in options
    )


def _numbered(name: str, seen: Counter[str]) -> str:
    seen[name] += 1
    return name if seen[name] == 1 else f"{name}-{seen[name]}"
