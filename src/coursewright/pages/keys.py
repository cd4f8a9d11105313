"""What the script of a quiz judges by, kept apart from its page and sealed: never readable beside a question.

A seal keeps answers from being read by chance, in a page's source or by a search, and from machines that gather text.
It is no secret from whoever takes the script apart: what is judged in a browser can be found out in it.
"""

from __future__ import annotations

import json
from base64 import b64decode, b64encode
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from coursewright.course.questions import is_answerable
from coursewright.course.quiz import BY_HAND, Answer, Blank, Option, Question, QuestionKind
from coursewright.text.names import digest

Key = Mapping[str, Any]
"""What makes an answer right, as JSON: see `judge` in quiz.js."""

_WORD = 0xFFFFFFFF


def is_judged(question: Question) -> bool:
    """Say whether a page can judge a question: it has a key, and whoever answers it may be right."""
    return question.kind not in BY_HAND and question.points > 0 and is_answerable(question)


def scrambled(options: Sequence[Option]) -> list[Option]:
    """Return what is to be put in order, in an order that is not the right one."""
    mixed = sorted(options, key=lambda option: digest(f"{option.key}\n{option.text}", 16))
    return mixed if len(mixed) < 2 or mixed != list(options) else [*mixed[1:], mixed[0]]


def targets_of(question: Question) -> list[str]:
    """Return what can be matched to the prompts of a question, in an order that tells nothing."""
    return sorted({pair.answer for pair in question.pairs}, key=lambda text: (text.casefold(), text))


def choices_of(blank: Blank) -> list[str]:
    """Return what can be chosen for a gap, in an order that tells nothing."""
    return sorted(set(blank.options), key=lambda text: (text.casefold(), text))


def key_of(question: Question, html: Callable[[str], str]) -> Key:
    """Return what a question is judged by; `html` converts its texts."""
    told = question.feedback
    said = {"g": told.general, "r": told.correct, "p": told.partial, "w": told.incorrect}
    feedback = {name: html(text) for name, text in said.items() if text}
    return {**_RIGHT.get(question.kind, _nothing)(question, html), **feedback}


def _nothing(question: Question, html: Callable[[str], str]) -> Key:
    return {}


def _options(question: Question, html: Callable[[str], str]) -> Key:
    return {
        "f": [round(fraction, 5) for fraction in fractions(question)],
        "b": [html(option.feedback) if option.feedback else "" for option in question.options],
    }


def fractions(question: Question) -> list[float]:
    """Return the share of each option.

    Where an author takes nothing off, a wrong choice among several undoes a right one: else whoever ticks every box
    would have all points.
    """
    shares = [option.fraction for option in question.options]
    right = [share for share in shares if share > 0]
    if question.kind is not QuestionKind.CHOICES or min(shares, default=0) < 0 or not right:
        return shares
    return [share or -min(right) for share in shares]


def _boolean(question: Question, html: Callable[[str], str]) -> Key:
    said = {option.key: html(option.feedback) for option in question.options if option.feedback}
    marks = [1.0, 0.0] if question.right else [0.0, 1.0]
    return {"f": marks, "b": [said.get("true", ""), said.get("false", "")]}


def _texts(question: Question, html: Callable[[str], str]) -> Key:
    return {"a": [_text(answer, html) for answer in question.answers]}


def _text(answer: Answer, html: Callable[[str], str]) -> list[Any]:
    feedback = html(answer.feedback) if answer.feedback else ""
    return [answer.text, round(answer.fraction, 5), int(answer.exact_case), feedback]


def _numbers(question: Question, html: Callable[[str], str]) -> Key:
    return {"n": [_number(answer, html) for answer in question.answers]}


def _number(answer: Answer, html: Callable[[str], str]) -> list[Any]:
    low, high = answer.min, answer.max
    if answer.value is not None:
        low, high = answer.value - answer.tolerance, answer.value + answer.tolerance
    feedback = html(answer.feedback) if answer.feedback else ""
    return [_plain(low), _plain(high), round(answer.fraction, 5), feedback, _plain(answer.value)]


def _plain(number: float | None) -> float | int | None:
    """Return a number without the noise of binary fractions, a whole one as an integer."""
    if number is None:
        return None
    rounded = float(f"{number:.12g}")
    return int(rounded) if rounded.is_integer() and abs(rounded) < 1e15 else rounded


def _blanks(question: Question, html: Callable[[str], str]) -> Key:
    return {"k": [_blank(blank, html) for blank in question.blanks]}


def _blank(blank: Blank, html: Callable[[str], str]) -> Key:
    if not blank.options:
        numeric = [answer for answer in blank.answers if _is_number(answer)]
        if numeric and len(numeric) == len(blank.answers):
            return {"n": [_number(answer, html) for answer in numeric]}
        return {"a": [_text(answer, html) for answer in blank.answers]}
    shares = {answer.text.strip(): answer.fraction for answer in blank.answers}
    return {"f": [shares.get(text.strip(), 0.0) for text in choices_of(blank)]}


def _is_number(answer: Answer) -> bool:
    return answer.value is not None or answer.min is not None or answer.max is not None


def _matches(question: Question, html: Callable[[str], str]) -> Key:
    targets = targets_of(question)
    return {"m": [targets.index(pair.answer) for pair in question.pairs if pair.prompt]}


def _order(question: Question, html: Callable[[str], str]) -> Key:
    shown = scrambled(question.options)
    return {"o": [shown.index(option) for option in question.options]}


_RIGHT: Mapping[QuestionKind, Callable[[Question, Callable[[str], str]], Key]] = {
    QuestionKind.CHOICE: _options,
    QuestionKind.CHOICES: _options,
    QuestionKind.BOOLEAN: _boolean,
    QuestionKind.TEXT: _texts,
    QuestionKind.NUMBER: _numbers,
    QuestionKind.BLANKS: _blanks,
    QuestionKind.MATCH: _matches,
    QuestionKind.ORDER: _order,
}


def sealed(key: Key, salt: str) -> str:
    """Return a key as base64 that is not the base64 of its text: `opened` in quiz.js undoes it with the same salt."""
    content = json.dumps(key, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")
    return b64encode(_mixed(content, salt)).decode()


def unsealed(text: str, salt: str) -> Key | None:
    """Return the key that was sealed with a salt; None where a text is no such seal."""
    try:
        found = json.loads(_mixed(b64decode(text, validate=True), salt))
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None


def _mixed(content: bytes, salt: str) -> bytes:
    words = _words(salt)
    stream = b"".join(next(words).to_bytes(4, "little") for _ in range(len(content) // 4 + 1))
    mixed = int.from_bytes(content, "big") ^ int.from_bytes(stream[: len(content)], "big")
    return mixed.to_bytes(len(content), "big")


def _words(salt: str) -> Iterator[int]:
    """Yield 32-bit words that follow from a salt: FNV-1a of it feeds mulberry32."""
    state = 0x811C9DC5
    for byte in salt.encode():
        state = (state ^ byte) * 16777619 & _WORD
    while True:
        state = (state + 0x6D2B79F5) & _WORD
        mixed = (state ^ state >> 15) * (1 | state) & _WORD
        mixed = (mixed + ((mixed ^ mixed >> 7) * (61 | mixed) & _WORD)) & _WORD ^ mixed
        yield (mixed ^ mixed >> 14) & _WORD
