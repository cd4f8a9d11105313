"""What counts as right for a question, before and now: each function says in words what differs, if anything does."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from coursewright.audit.diff.questions.matched import Norm, matched
from coursewright.audit.diff.questions.reading import as_plain
from coursewright.course.quiz import Answer, Blank, Option, Question, QuestionKind
from coursewright.text.names import few, plain_number, shortened

_NEARLY = 0.006  # of all points: formats round shares
_MOST, _LONGEST, _STEP = 4, 60, 30

KeyReader = Callable[[Question, Question, Norm], Iterator[str]]


def key_changes(old: Question, new: Question, norm: Norm, *, shares: bool = True) -> Iterator[str]:
    """Yield in words what is right now, and was not, or the other way round; `shares` asks for parts of points, too."""
    if is_alike(old, new):
        reader = _BY_KIND.get(new.kind)
        yield from reader(old, new, norm) if reader else ()
        if shares and old.kind is new.kind and new.kind in (QuestionKind.CHOICE, QuestionKind.CHOICES):
            yield from _shares(old.options, new.options, norm)
        return
    before, now = (set(map(_folded, right)) for right in (_told(old), _told(new)))
    if before and now and before != now:
        yield _was_is(_told(old), _told(new))


def is_alike(old: Question, new: Question) -> bool:
    """Say whether two questions have the same sort of answers."""
    return old.kind is new.kind or {old.kind, new.kind} == {QuestionKind.CHOICE, QuestionKind.CHOICES}


def quoted(text: str) -> str:
    """Return a text of a question in quotation marks, on one line."""
    return f"“{shortened(as_plain(text), _LONGEST) or 'nothing'}”"


def _was_is(before: Sequence[str], now: Sequence[str]) -> str:
    """Return what was right and what is."""
    if not before or not now:
        return f"{_right(now)} now, and before {_right(before)}"
    names = [few(map(quoted, one), _MOST) for one in (before, now)]
    if len(before) > 1 or len(now) > 1:
        return f"the right answers were {names[0]}, and are now {names[1]}"
    return f"the right answer was {names[0]}, and is now {names[1]}"


def _right(texts: Sequence[str]) -> str:
    if not texts:
        return "nothing is right"
    return f"{few(map(quoted, texts), _MOST)} {'is' if len(texts) == 1 else 'are'} right"


def _told(question: Question) -> list[str]:
    """Return what is right as texts, for questions whose kinds differ."""
    if question.kind is QuestionKind.BOOLEAN:
        return [] if question.right is None else [str(question.right)]
    if question.kind in (QuestionKind.CHOICE, QuestionKind.CHOICES):
        return [one.text for one in question.options if one.fraction > 0]
    if question.kind in (QuestionKind.TEXT, QuestionKind.NUMBER):
        return [_answer(one) for one in question.answers if one.fraction > 0]
    return []


def _folded(text: str) -> str:
    return as_plain(text).casefold()


# --- by kind ---


def _choices(old: Question, new: Question, norm: Norm) -> Iterator[str]:
    before, now = old.options, new.options
    found = matched([one.text for one in before], [one.text for one in now], norm)
    flips = any((before[one].fraction > 0) != (now[other].fraction > 0) for one, other in found.pairs)
    lost = any(before[one].fraction > 0 for one in found.gone)
    if flips or lost or any(now[other].fraction > 0 for other in found.come):
        yield _was_is(*([one.text for one in options if one.fraction > 0] for options in (before, now)))


def _shares(old: Sequence[Option], new: Sequence[Option], norm: Norm) -> Iterator[str]:
    """Yield which answers give another part of the points; nothing where other answers are right, which moves all."""
    found = matched([one.text for one in old], [one.text for one in new], norm)
    if sum(one.fraction > 0 for one in old) != sum(one.fraction > 0 for one in new):
        return
    changed = [(old[one], new[other]) for one, other in found.pairs]
    changed = [(one, other) for one, other in changed if abs(one.fraction - other.fraction) > _NEARLY]
    if changed and all((one.fraction > 0) == (other.fraction > 0) for one, other in changed):
        told = (f"{quoted(other.text)} gives {_part(other)}, gave {_part(one)}" for one, other in changed)
        yield few(told, _MOST)


def _part(option: Option) -> str:
    return f"{plain_number(option.fraction * 100)} % of the points"


def _boolean(old: Question, new: Question, norm: Norm) -> Iterator[str]:
    if old.right is not new.right:
        yield _was_is(_told(old), _told(new))


def _texts(old: Question, new: Question, norm: Norm) -> Iterator[str]:
    yield from _accepted(old.answers, new.answers, norm)


def _accepted(old: Sequence[Answer], new: Sequence[Answer], norm: Norm) -> Iterator[str]:
    """Yield which answers are accepted now, and were not; capitals are told of elsewhere."""
    before, now = ({norm(one.text).casefold(): one for one in found if one.fraction > 0} for found in (old, new))
    gone = [one.text for name, one in before.items() if name not in now]
    come = [one.text for name, one in now.items() if name not in before]
    if gone and len(gone) == len(before):
        yield _was_is(gone, [one.text for one in now.values()])
        return
    if come:
        yield f"accepted now, too: {few(map(quoted, come), _MOST)}"
    if gone:
        yield f"not accepted any more: {few(map(quoted, gone), _MOST)}"
    for name in before.keys() & now.keys():
        one, other = before[name], now[name]
        if abs(one.fraction - other.fraction) > _NEARLY:
            parts = (plain_number(found.fraction * 100) for found in (other, one))
            yield "{} gives {} % of the points, gave {} %".format(quoted(other.text), *parts)


def _numbers(old: Question, new: Question, norm: Norm) -> Iterator[str]:
    before, now = ([one for one in found.answers if one.fraction > 0] for found in (old, new))
    if _middles(before) != _middles(now):
        yield _was_is(list(map(_answer, before)), list(map(_answer, now)))


def _middles(answers: Sequence[Answer]) -> list[tuple[object, ...]]:
    """Return the numbers that are right, whatever may be between them and an answer."""
    return sorted(map(_middle, answers), key=str)


def _middle(one: Answer) -> tuple[object, ...]:
    if one.value is not None:
        return (round(one.value, 9),)
    if one.min is not None and one.max is not None:
        return (round((one.min + one.max) / 2, 9),)
    return (one.min, one.max, one.text)


def reach(answers: Sequence[Answer]) -> list[float]:
    """Return how far an answer may be from each number that is right."""
    return sorted(
        round((one.max - one.min) / 2 if one.min is not None and one.max is not None else one.tolerance, 9)
        for one in answers
    )


def _answer(one: Answer) -> str:
    if one.value is not None:
        return f"{one.value:.12g}"
    if one.min is None and one.max is None:
        return one.text
    low, high = ("" if bound is None else f"{bound:.12g}" for bound in (one.min, one.max))
    return f"{low} to {high}" if low and high else f"at least {low}" if low else f"at most {high}"


def _blanks(old: Question, new: Question, norm: Norm) -> Iterator[str]:
    names = {one.key: one for one in old.blanks}
    by_name = set(names) == {one.key for one in new.blanks}
    if not by_name and len(old.blanks) != len(new.blanks):
        yield f"there are {len(new.blanks)} gaps to fill, there were {len(old.blanks)}"
        return
    for place, blank in enumerate(new.blanks):
        before: Blank = names[blank.key] if by_name else old.blanks[place]
        gap = f"gap {place + 1}: " if len(new.blanks) > 1 else ""
        for told in _accepted(before.answers, blank.answers, norm):
            yield f"{gap}{told}"


def _matches(old: Question, new: Question, norm: Norm) -> Iterator[str]:
    before, now = ([one for one in found.pairs if one.prompt] for found in (old, new))
    prompts = matched([one.prompt for one in before], [one.prompt for one in now], norm)
    for one, other in prompts.pairs:
        texts = before[one].answer, now[other].answer
        if not matched([texts[0]], [texts[1]], norm).pairs:
            yield f"to {quoted(now[other].prompt)} belongs {quoted(texts[1])} now, and before {quoted(texts[0])}"


def _order(old: Question, new: Question, norm: Norm) -> Iterator[str]:
    found = matched([one.text for one in old.options], [one.text for one in new.options], norm)
    places = [other for _, other in found.pairs]
    if places != sorted(places):
        before, now = (" → ".join(shortened(as_plain(one.text), _STEP) for one in kept.options) for kept in (old, new))
        yield f"the right order was {before}, and is now {now}"


_BY_KIND: Mapping[QuestionKind, KeyReader] = {
    QuestionKind.CHOICE: _choices,
    QuestionKind.CHOICES: _choices,
    QuestionKind.BOOLEAN: _boolean,
    QuestionKind.TEXT: _texts,
    QuestionKind.NUMBER: _numbers,
    QuestionKind.BLANKS: _blanks,
    QuestionKind.MATCH: _matches,
    QuestionKind.ORDER: _order,
}
