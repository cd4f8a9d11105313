"""What questions become where a format has no such kind: other questions that ask for the same."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from math import isfinite

from coursewright.course.quiz import BY_HAND, Answer, Blank, Option, Pair, Question, QuestionKind
from coursewright.text.markdown.code import without_code
from coursewright.text.names import digest
from coursewright.text.patterns import later

GAP = later(r"\[\[([^\[\]\n]{1,100})\]\]")
_MOST_NUMBERS = 50
_ENDLESS = 1e9  # the far end of a range that has none


def is_answerable(question: Question) -> bool:
    """Say whether a question can be answered as its kind is: it has a key, if its kind needs one."""
    if question.kind in BY_HAND:
        return True
    if not question.graded:
        return False
    match question.kind:
        case QuestionKind.CHOICE | QuestionKind.CHOICES:
            return len(question.options) > 1 and any(option.fraction > 0 for option in question.options)
        case QuestionKind.BOOLEAN:
            return question.right is not None
        case QuestionKind.TEXT:
            return any(one.text.strip() and one.fraction > 0 for one in question.answers)
        case QuestionKind.NUMBER:
            return any(map(_is_number, question.answers))
        case QuestionKind.BLANKS:
            return bool(question.blanks) and all(map(_is_filled, question.blanks))
        case QuestionKind.MATCH:
            return any(pair.prompt for pair in question.pairs) and len(answers_of(question)) > 1
        case _:
            return len(question.options) > 1


def _is_number(answer: Answer) -> bool:
    known = [one for one in (answer.value, answer.min, answer.max) if one is not None]
    return bool(known) and all(map(isfinite, known)) and answer.fraction > 0


def _is_filled(blank: Blank) -> bool:
    if blank.options:
        right = {one.text for one in blank.answers}
        return len(blank.options) > 1 and any(option in right for option in blank.options)
    return any((one.text.strip() or _is_number(one)) and one.fraction > 0 for one in blank.answers)


def is_blended(question: Question) -> bool:
    """Say whether a text has gaps to write into, and others to choose for."""
    return len({bool(blank.options) for blank in question.blanks}) > 1


def answers_of(question: Question) -> list[str]:
    """Return all that prompts may be matched with, once each, in an order that tells nothing."""
    return sorted(dict.fromkeys(pair.answer for pair in question.pairs if pair.answer.strip()), key=_by_name)


def _by_name(text: str) -> tuple[int, str, str]:
    return len(text) if text.isdecimal() else 0, text.casefold(), text


def as_essay(question: Question) -> tuple[Question, ...]:
    """Return a question to be answered in writing; what could be chosen is listed in it."""
    if question.kind is QuestionKind.PASSAGE:
        return (replace(question, points=0, graded=False),)
    offered = [option.text for option in question.options] or answers_of(question)
    offered = _mixed(offered) if question.kind is QuestionKind.ORDER else offered
    prompts = [pair.prompt for pair in question.pairs if pair.prompt]
    stem = "\n\n".join([_with_lines(question.stem), *filter(None, map(_bullets, (prompts, offered)))])
    essay = Question(question.key, QuestionKind.ESSAY, stem, question.line, question.title, question.points)
    counts = question.kind is QuestionKind.UPLOAD and question.graded
    essay = replace(essay, feedback=replace(question.feedback, correct="", partial="", incorrect=""))
    return (replace(essay, graded=counts, points=question.points if counts else 0, tags=question.tags),)


def _bullets(texts: Iterable[str]) -> str:
    return "\n".join("- " + text.replace("\n", "\n  ") for text in texts)


def _with_lines(stem: str) -> str:
    """Return a text with lines in place of its gaps."""
    return _lined(stem, lambda _: True)


def _lined(stem: str, is_line: Callable[[str], bool]) -> str:
    """Return a text with lines in place of gaps, others as left out; a line is not marked up in code."""
    outside = {gap[1] for gap in GAP.finditer(without_code(stem))}

    def shown(gap: re.Match[str]) -> str:
        return "[…]" if not is_line(gap[1]) else r"\_\_\_\_\_" if gap[1] in outside else "_____"

    return GAP.sub(shown, stem)


def as_choices(question: Question) -> Question:
    """Return a single choice as one of several, of which those that are right must be chosen and no other."""
    return replace(question, kind=QuestionKind.CHOICES)


def as_match(question: Question) -> tuple[Question, ...]:
    """Return things to be put in order as things to be matched with their places."""
    places = {option.text: str(place) for place, option in enumerate(question.options, start=1)}
    pairs = tuple(Pair(text, places[text]) for text in _mixed(list(places)))
    return (replace(question, kind=QuestionKind.MATCH, options=(), pairs=pairs),)


def _mixed(texts: list[str]) -> list[str]:
    """Return texts in an order that does not tell the right one, the same each time."""
    mixed = sorted(texts, key=digest)
    return mixed if mixed != texts else [*mixed[1:], *mixed[:1]]


def longest_match(question: Question) -> int:
    """Return how many characters the longest answer to be matched has; 0 where nothing is matched."""
    return max((len(pair.answer) for pair in question.pairs), default=0) if question.kind is QuestionKind.MATCH else 0


def in_choices(question: Question) -> tuple[Question, ...]:
    """Return a single choice for each thing to be matched."""
    prompts, answers = [pair for pair in question.pairs if pair.prompt], answers_of(question)
    return tuple(
        _part(
            question,
            number,
            len(prompts),
            kind=QuestionKind.CHOICE,
            stem=f"{question.stem}\n\n{pair.prompt}",
            options=tuple(_option(text, right=text == pair.answer) for text in answers),
        )
        for number, pair in enumerate(prompts, start=1)
    )


def in_gaps(question: Question) -> tuple[Question, ...]:
    """Return a question for each gap of a text, which shows as a line; the others are left out."""
    whole = len(question.blanks)
    return tuple(
        _of_gap(_part(question, number, whole, stem=_one_gap(question.stem, blank.key)), blank)
        for number, blank in enumerate(question.blanks, start=1)
    )


def _one_gap(stem: str, key: str) -> str:
    return _lined(stem, lambda one: one == key)


def _of_gap(question: Question, blank: Blank) -> Question:
    if blank.options:
        right = {one.text for one in blank.answers}
        options = tuple(_option(text, right=text in right) for text in dict.fromkeys(blank.options))
        return replace(question, kind=QuestionKind.CHOICE, options=options)
    kind = QuestionKind.NUMBER if all(map(_is_number, blank.answers)) else QuestionKind.TEXT
    return replace(question, kind=kind, answers=blank.answers)


def _option(text: str, *, right: bool) -> Option:
    return Option(f"o{digest(text, 10)}", text, 1.0 if right else 0.0)


def _part(question: Question, number: int, whole: int, **changes: object) -> Question:
    """Return one of the questions that one becomes, with its share of the points."""
    title = f"{question.title} ({number}/{whole})" if question.title else ""
    part = replace(question, key=f"{question.key}-{number}", title=title, points=question.points / whole)
    return replace(part, **{"pairs": (), "blanks": (), "options": (), "answers": (), **changes})  # type: ignore[arg-type]


def as_texts(question: Question) -> tuple[Question, ...]:
    """Return a number as a text to be written as the number is; as an essay where it may be any of too many."""
    written = [text for one in question.answers if one.fraction == 1 for text in _numbers(one)]
    if not written:
        return as_essay(replace(question, graded=False))
    return (replace(question, kind=QuestionKind.TEXT, answers=tuple(Answer(text) for text in dict.fromkeys(written))),)


def _numbers(answer: Answer) -> list[str]:
    """Return the numbers that an answer may be: the one that it is, or the whole ones of a range that holds few."""
    if answer.value is not None:
        return [number_text(answer.value)]
    if answer.min is None or answer.max is None or not 0 <= answer.max - answer.min <= _MOST_NUMBERS:
        return []
    first, last = int(answer.min // 1), int(answer.max // 1)
    whole = [number for number in range(first, last + 1) if answer.min <= number <= answer.max]
    return [str(number) for number in whole] if answer.min == first and answer.max == last else []


def bounds(answer: Answer) -> tuple[float, float]:
    """Return the least and the most that a number may be; an open end is far away."""
    if answer.value is not None:
        return answer.value - answer.tolerance, answer.value + answer.tolerance
    return (-_ENDLESS if answer.min is None else answer.min), (_ENDLESS if answer.max is None else answer.max)


def centre(answer: Answer) -> tuple[float, float]:
    """Return a number and how far from it an answer may be."""
    least, most = bounds(answer)
    return (answer.value, answer.tolerance) if answer.value is not None else ((least + most) / 2, (most - least) / 2)


def number_text(number: float) -> str:
    """Return a number as it is written: without an exponent, and without a needless fraction."""
    written = f"{number:.10f}".rstrip("0").rstrip(".")
    return written if number and float(written) and abs(number) < 1e15 else f"{number:g}" if number else "0"
