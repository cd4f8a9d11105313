"""What a question says and how it is asked, before and now, but for what counts as right."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from coursewright.audit.diff.questions.keys import is_alike, quoted, reach
from coursewright.audit.diff.questions.matched import Matched, Norm, matched
from coursewright.audit.diff.rewording import Rewording
from coursewright.course.quiz import Answer, Question, QuestionKind
from coursewright.frozen import frozen
from coursewright.text.names import few, plain_number, plural

_MOST = 4
_DIGITS = re.compile(r"\d+")


@frozen
class Rephrasing:
    """What is worded or asked otherwise: in words, and what stood and stands there."""

    changes: tuple[str, ...]
    passages: tuple[Rewording, ...] = ()


def wording(old: Question, new: Question, norm: Norm, *, details: bool = True) -> Rephrasing:
    """Return what a question asks otherwise; `details` are feedback, capitals, tolerances and orders."""
    changes: list[str] = []
    passages: list[Rewording] = []
    if norm(old.stem) != norm(new.stem):
        changes.append("it is worded otherwise")
        passages.append(Rewording(norm(old.stem), norm(new.stem)))
    if is_alike(old, new):
        rows = _rows(old), _rows(new)
        for name, (before, now) in _named(rows):
            found = matched([text for text, _ in before], [text for text, _ in now], norm)
            changes += _differing(name, before, now, found, norm)
            passages += (
                Rewording(norm(before[one][0]), norm(now[other][0]))
                for one, other in found.pairs
                if norm(before[one][0]) != norm(now[other][0])
            )
        changes += _details(old, new, norm) if details else ()
    return Rephrasing(tuple(changes), tuple(passages))


# A row of texts that may be chosen, each with whether a change of the key tells of it when it comes or goes.
_Row = list[tuple[str, bool]]


def _rows(question: Question) -> list[tuple[str, _Row]]:
    """Return the rows of texts in a question, by what one of them is called."""
    is_order = question.kind is QuestionKind.ORDER
    rows = [("option", [(one.text, one.fraction > 0 and not is_order) for one in question.options])]
    rows.append(("prompt", [(one.prompt, False) for one in question.pairs if one.prompt]))
    rows.append(("distractor", [(one.answer, False) for one in question.pairs if not one.prompt]))
    for place, blank in enumerate(question.blanks, start=1):
        right = {answer.text for answer in blank.answers if answer.fraction > 0}
        rows.append((f"option of gap {place}", [(text, text in right) for text in blank.options]))
    return rows


def _named(
    rows: tuple[list[tuple[str, _Row]], list[tuple[str, _Row]]],
) -> Iterator[tuple[str, tuple[_Row, _Row]]]:
    """Yield the rows of both questions, where both have them."""
    old, new = map(dict, rows)
    yield from ((name, (old[name], new[name])) for name in old if name in new)


def _differing(name: str, before: _Row, now: _Row, found: Matched, norm: Norm) -> Iterator[str]:
    """Yield in words what came to a row, what went, and what reads otherwise."""
    for word, texts in (
        ("new", [now[place][0] for place in found.come if not now[place][1]]),
        ("gone", [before[place][0] for place in found.gone if not before[place][1]]),
    ):
        if texts:
            yield f"{word}: the {name}{'s' if len(texts) > 1 else ''} {few(map(quoted, texts), _MOST)}"
    reworded = [now[other] for one, other in found.pairs if norm(before[one][0]) != norm(now[other][0])]
    if reworded:
        called = [f"{'the right answer' if right else f'the {name}'} {quoted(text)}" for text, right in reworded]
        yield f"worded otherwise: {few(called, _MOST)}"


def _details(old: Question, new: Question, norm: Norm) -> Iterator[str]:
    """Yield what else is set for a question, and what is said after an attempt."""
    if new.kind is QuestionKind.NUMBER and reach(old.answers) != reach(new.answers):
        numbers = (few(map(plain_number, found), _MOST) or "0" for found in (reach(new.answers), reach(old.answers)))
        yield "answers may be off by {}, before by {}".format(*numbers)
    cases = [{norm(one.text).casefold(): one.exact_case for one in _answers(found)} for found in (old, new)]
    if any(cases[0][name] != cases[1][name] for name in cases[0].keys() & cases[1].keys()):
        yield f"capitals {'count' if any(cases[1].values()) else 'do not count any more'}"
    if not new.shuffled and _moved(old, new, norm):
        yield "its options stand in another order"
    is_named = old.title and new.title and norm(old.stem) == norm(new.stem)
    if is_named and _without_numbers(old.title) != _without_numbers(new.title):
        yield f"it is called {quoted(new.title)}, and was {quoted(old.title)}"
    if _said(old, norm) != _said(new, norm) or _answers_said(old, new, norm):
        yield "its feedback"


def _without_numbers(title: str) -> str:
    return _DIGITS.sub("", title)


def _answers(question: Question) -> list[Answer]:
    return [*question.answers, *(one for blank in question.blanks for one in blank.answers)]


def _moved(old: Question, new: Question, norm: Norm) -> bool:
    if new.kind is QuestionKind.ORDER:
        return False
    before, now = ([one.text for one in found.options] for found in (old, new))
    places = [other for _, other in matched(before, now, norm).pairs]
    return places != sorted(places)


def _said(question: Question, norm: Norm) -> list[str]:
    """Return what learners read of a whole question after an attempt, and before it as hints."""
    told = question.feedback
    return [norm(one) for one in (told.general, told.correct, told.partial, told.incorrect, *question.hints)]


def _answers_said(old: Question, new: Question, norm: Norm) -> bool:
    """Say whether what is said of an answer that both have has changed."""
    before, now = (_with_feedback(found) for found in (old, new))
    places = matched([text for text, _ in before], [text for text, _ in now], norm).pairs
    return any(norm(before[one][1]) != norm(now[other][1]) for one, other in places)


def _with_feedback(question: Question) -> list[tuple[str, str]]:
    options = [(one.text, one.feedback) for one in question.options]
    return options + [(one.text, one.feedback) for one in _answers(question)]


def shuffling(pairs: Sequence[tuple[Question, Question]]) -> Iterator[str]:
    """Yield in words how many of some questions are shuffled now, and how many no more."""
    for is_now, words in ((True, "shuffled now"), (False, "not shuffled any more")):
        count = sum(1 for old, new in pairs if new.options and old.shuffled is not is_now and new.shuffled is is_now)
        if count:
            yield f"the options of {plural(count, 'question')} are {words}"
