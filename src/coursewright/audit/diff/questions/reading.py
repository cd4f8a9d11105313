"""The quizzes of a package as they are compared: each with its unit, and its questions where they stand."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from html import unescape

from coursewright.course.quiz import Draw, Question, Quiz, default_key
from coursewright.course.values import Audience
from coursewright.frozen import frozen
from coursewright.text.names import shortened

_MARKUP = re.compile(
    r"`+([^`]+)`+|\\([!-/:-@\[-`{-~])|!?\[([^\[\]]*)\]\([^()\s]*\)|<[^<>]{1,200}>"
    r"|[*`$]+|(?<!\w)_{1,2}(?=\w)|(?<=\w)_{1,2}(?!\w)"
)
_GAP = re.compile(r"_{2,}")
_SHOWN = re.compile(r"\]\((?:[^()\s]*/)?([^/()\s]+)\)")
_CJK = r"\u3040-\u9fff\uac00-\ud7a3"
_WORD = re.compile(rf"[^\W_{_CJK}]+|(?=([{_CJK}]{{2}}))|[{_CJK}]")
_NUMBER = re.compile(r"[-−]?\d+(?:[.,]\d+)*")
_CURLY = str.maketrans("“”„‘’‚−–—\xa0", "\"\"\"'''--- ")
_LONGEST_STEM = 70


@frozen
class PlacedQuestion:
    """A question where it stands: its place in the quiz from 1 on, and what it is drawn from, if it is.

    `own_key` is what its author, or an LMS, knows it by, nothing where its key was made from what it asks; `words` are
    those that it and its answers are made of, and `stem` is what it asks, as a plain text of one line.
    """

    question: Question
    place: int
    draw: Draw | None
    own_key: str
    words: Counter[str]
    stem: str

    @property
    def worth(self) -> float:
        """The points that it counts for."""
        return self.draw.points if self.draw else self.question.worth


@frozen
class QuizInside:
    """A quiz of a package with its questions, those of banks too, and the title and the id of its unit."""

    quiz: Quiz
    asked: tuple[PlacedQuestion, ...]
    unit: str = ""
    unit_id: str = ""

    @property
    def is_for_staff(self) -> bool:
        """Say whether it is a bank, or another quiz that no learner takes."""
        return self.quiz.audience is Audience.STAFF


def quiz_inside(quiz: Quiz, unit: str = "", unit_id: str = "") -> QuizInside:
    """Return a quiz as it is compared."""
    return QuizInside(quiz, tuple(_asked(quiz)), unit, unit_id)


def looks_of(quiz: QuizInside) -> frozenset[str]:
    """Return what the questions of a quiz are known by."""
    return frozenset(look for one in quiz.asked for look in (one.own_key, as_plain(one.question.stem)) if look)


def _asked(quiz: Quiz) -> Iterator[PlacedQuestion]:
    for place, one in enumerate(quiz.questions, start=1):
        if isinstance(one, Draw):
            yield from (_asked_at(question, place, one) for question in one.questions)
        else:
            yield _asked_at(one, place)


def _asked_at(question: Question, place: int, draw: Draw | None = None) -> PlacedQuestion:
    own = "" if question.key.startswith(default_key(question.stem)) else question.key
    words = Counter(word for text in texts_of(question) for word in words_in(text))
    stem = shortened(as_shown(question.stem), _LONGEST_STEM) or question.title or question.key
    return PlacedQuestion(question, place, draw, own, words, stem)


def texts_of(question: Question) -> Iterator[str]:
    """Yield what a question asks, and all that may be answered."""
    yield question.stem
    yield from (option.text for option in question.options)
    yield from (answer.text for answer in question.answers)
    yield from (text for pair in question.pairs for text in (pair.prompt, pair.answer))
    for blank in question.blanks:
        yield from (*blank.options, *(answer.text for answer in blank.answers))


def as_plain(markdown: str) -> str:
    """Return what Markdown says, without how it looks: as one line, whatever quotes and dashes it is written with."""
    said = _MARKUP.sub(lambda found: found[1] or found[2] or found[3] or "", markdown)
    return " ".join(_GAP.sub("_", unescape(said).translate(_CURLY)).split())


def as_shown(markdown: str) -> str:
    """Return what Markdown says, or the name of what it shows where it says nothing."""
    shown = _SHOWN.search(markdown)
    return as_plain(markdown) or (shown[1] if shown else "")


def as_written(markdown: str) -> str:
    """Return Markdown on one line."""
    return " ".join(markdown.split())


def words_in(text: str) -> list[str]:
    """Return the words of a text, of scripts without blanks each two letters."""
    return [found[1] or found[0] for found in _WORD.finditer(as_plain(text).casefold()) if found[1] or found[0]]


def numbers_in(text: str) -> list[str]:
    """Return the numbers in a text."""
    return _NUMBER.findall(as_plain(text))


def likeness(one: Counter[str], other: Counter[str]) -> float:
    """Return how much two counts have in common, from 0 to 1."""
    total = sum(one.values()) + sum(other.values())
    return 2 * sum((one & other).values()) / total if total else 0.0
