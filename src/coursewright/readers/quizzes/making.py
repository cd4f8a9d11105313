"""Questions from what an author wrote: which kind, what each option is worth, and what does not fit together."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from coursewright.course.quiz import Answer, Feedback, Option, Question, QuestionKind
from coursewright.findings import messages
from coursewright.findings.finding import Finding, Place
from coursewright.readers.quizzes.wording import asks_for_many
from coursewright.text.names import shortened

_NOTHING = Feedback()
CHOOSING = (QuestionKind.CHOICE, QuestionKind.CHOICES)


def chosen(
    texts: Sequence[str],
    right: Iterable[int],
    *,
    stem: str,
    many: bool | None = None,
    either: bool = False,
    feedback: Sequence[str] = (),
    told: Feedback = _NOTHING,
    line: int = 0,
    **more: object,
) -> Question:
    """Return a question whose options are so many texts, of which those of some indexes are right.

    `many` says whether several may be chosen, None that the options and the stem tell; `either` that one of the right
    ones is enough. Options that are True and False make a boolean.
    """
    marked = sorted(set(right))
    several = (len(marked) > 1 or asks_for_many(stem)) if many is None else many
    several = several and not either
    options = tuple(
        Option("", text, _worth(index, marked, len(texts), several), feedback[index] if index < len(feedback) else "")
        for index, text in enumerate(texts)
    )
    kind = QuestionKind.CHOICES if several else QuestionKind.CHOICE
    question = Question("", kind, stem, line, options=options, feedback=told)
    return boolean_of(replace(question, **more)) if more else boolean_of(question)  # type: ignore[arg-type]


def _worth(index: int, right: Sequence[int], count: int, several: bool) -> float:
    """Return the share of an option: where several count, choosing all of them must not be all right."""
    if not right:
        return 0.0
    if not several:
        return 1.0 if index in right else 0.0
    return 1 / len(right) if index in right else -1 / len(right)


_TRUTHS = {"true": True, "false": False}


def boolean_of(question: Question) -> Question:
    """Return a choice between True and False as a boolean, any other question as it is."""
    said = [_TRUTHS.get(option.text.strip(" *_`.").lower()) for option in question.options]
    if question.kind is not QuestionKind.CHOICE or sorted(map(str, said)) != ["False", "True"]:
        return question
    right = [truth for truth, option in zip(said, question.options, strict=True) if option.fraction > 0]
    kept = question.options if any(option.feedback for option in question.options) else ()
    sole = right[0] if len(right) == 1 else None
    return replace(question, kind=QuestionKind.BOOLEAN, right=sole, options=_in_truth(kept))


def _in_truth(options: Sequence[Option]) -> tuple[Option, ...]:
    """Return the options of a boolean, True before False."""
    return tuple(sorted(options, key=lambda option: option.text.strip(" *_`.").lower(), reverse=True))


def written(accepted: Iterable[str], *, stem: str, line: int = 0, told: Feedback = _NOTHING) -> Question:
    """Return a question that is answered in writing, with the texts that count as right."""
    answers = tuple(Answer(text) for text in dict.fromkeys(accepted) if text)
    return Question("", QuestionKind.TEXT, stem, line, answers=answers, feedback=told)


def checked(question: Question, place: Place) -> tuple[Question, list[Finding]]:
    """Return a question as it can be graded, with findings for what does not fit together."""
    name = shortened(question.title or question.stem, 60)
    if not question.stem.strip():
        question = replace(question, stem=question.title)
    if question.graded and not _has_key(question):
        return replace(question, graded=False), [without_key(question, place)]
    if not question.graded:
        return question, []
    if question.kind is QuestionKind.CHOICE:
        return _checked_single(question, place, name)
    if question.kind is QuestionKind.CHOICES:
        return _checked_shares(question, place, name)
    return question, []


def without_key(question: Question, place: Place) -> Finding:
    """Return a finding of a question for which nothing says what is right."""
    return messages.QUESTION_WITHOUT_KEY.at(place, question=shortened(question.title or question.stem, 60))


def _has_key(question: Question) -> bool:
    if question.kind in CHOOSING:
        return any(option.fraction > 0 for option in question.options)
    if question.kind is QuestionKind.BOOLEAN:
        return question.right is not None
    if question.kind in (QuestionKind.TEXT, QuestionKind.NUMBER):
        return any(answer.fraction > 0 for answer in question.answers)
    if question.kind is QuestionKind.BLANKS:
        return bool(question.blanks) and all(blank.answers for blank in question.blanks)
    if question.kind is QuestionKind.MATCH:
        return any(pair.prompt and pair.answer for pair in question.pairs)
    return True


def _checked_single(question: Question, place: Place, name: str) -> tuple[Question, list[Finding]]:
    best = max(option.fraction for option in question.options)
    if best < 0.999:
        options = tuple(replace(option, fraction=option.fraction / best) for option in question.options)
        return replace(question, options=options), [
            messages.SHARES_WRONG.at(place, question=name, total=_percent(best))
        ]
    full = sum(option.fraction >= 0.999 for option in question.options)
    return question, [messages.RIGHT_TOO_MANY.at(place, question=name, count=full)] if full > 1 else []


def _checked_shares(question: Question, place: Place, name: str) -> tuple[Question, list[Finding]]:
    total = sum(option.fraction for option in question.options if option.fraction > 0)
    if abs(total - 1) < 0.02:
        return question, []
    options = tuple(replace(option, fraction=max(-1.0, option.fraction / total)) for option in question.options)
    return replace(question, options=options), [messages.SHARES_WRONG.at(place, question=name, total=_percent(total))]


def _percent(share: float) -> str:
    return f"{share * 100:.5g} %"
