"""Where the addresses in the texts of a quiz lead: to where the course has things."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from coursewright.course.assets import Target
from coursewright.course.quiz import Draw, Question, Quiz, quiz_texts
from coursewright.text.markdown.addresses import addresses

Leading = Callable[[str], tuple[str, Target | None]]


def each_question(one: Question | Draw, change: Callable[[Question], Question]) -> Question | Draw:
    """Return a question, or a draw with each of its questions, changed."""
    if isinstance(one, Draw):
        return replace(one, questions=tuple(map(change, one.questions)))
    return change(one)


def linked(quiz: Quiz, lead: Leading) -> Quiz:
    """Return a quiz whose addresses lead to where the course has things."""
    places: dict[str, str] = {}
    targets: dict[str, Target] = {}
    for address in _addresses(quiz):
        shown, target = lead(address)
        if target is not None:
            places[address], targets[shown] = shown, target
    if not places:
        return quiz
    ordered = sorted(places, key=len, reverse=True)

    def led(text: str) -> str:
        for address in ordered:
            text = text.replace(f"({address}", f"({places[address]}").replace(f'"{address}"', f'"{places[address]}"')
            text = text.replace(f"(<{address}>", f"({places[address]}")
        return text

    return replace(_rewritten(quiz, led), targets=targets)


def _addresses(quiz: Quiz) -> Iterator[str]:
    texts = (text for text, _ in quiz_texts(quiz) if "(" in text or "<" in text)
    yield from dict.fromkeys(one.href for text in texts for one in addresses(text) if one.href)


def _rewritten(quiz: Quiz, led: Callable[[str], str]) -> Quiz:
    def turned(one: Question) -> Question:
        told = one.feedback
        return replace(
            one,
            stem=led(one.stem),
            options=tuple(replace(each, text=led(each.text), feedback=led(each.feedback)) for each in one.options),
            answers=tuple(replace(each, feedback=led(each.feedback)) for each in one.answers),
            pairs=tuple(replace(each, prompt=led(each.prompt), answer=led(each.answer)) for each in one.pairs),
            feedback=replace(
                told,
                general=led(told.general),
                correct=led(told.correct),
                partial=led(told.partial),
                incorrect=led(told.incorrect),
            ),
            hints=tuple(map(led, one.hints)),
        )

    questions = tuple(each_question(one, turned) for one in quiz.questions)
    return replace(quiz, instructions=led(quiz.instructions), questions=questions)
