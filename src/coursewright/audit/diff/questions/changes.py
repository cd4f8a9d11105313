"""What changes in the questions of two packages, as findings: each thing once, in whichever quizzes it is asked."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from coursewright.audit.diff.questions.keys import key_changes
from coursewright.audit.diff.questions.matched import Norm
from coursewright.audit.diff.questions.pairing import QuestionPairs, content_of, paired_questions, paired_quizzes
from coursewright.audit.diff.questions.reading import PlacedQuestion, QuizInside, as_plain, as_written, quizzes_in
from coursewright.audit.diff.questions.wording import shuffling, wording
from coursewright.audit.diff.rewording import Rewording, shortened
from coursewright.course.lowering import KIND_NAMES
from coursewright.course.quiz import BY_HAND, Draw
from coursewright.findings import messages
from coursewright.findings.finding import Finding, Message, Place, Severity
from coursewright.frozen import frozen
from coursewright.packages.words import clipped
from coursewright.text.names import few, plain_number, plural

_NEARLY = 0.001  # of a point
_TOGETHER = 4  # so many questions of a quiz that change alike are told of as one


@frozen
class QuestionChange:
    """One thing that changes in the questions of quizzes: what is said of it, the quizzes before and now, and what is
    worded otherwise."""

    finding: Finding
    quizzes: tuple[tuple[QuizInside, QuizInside], ...]
    passages: tuple[Rewording, ...] = ()


@frozen
class _Said:
    """What is to be said of a question: `changes` in words, none where it is gone or new."""

    message: Message
    asked: PlacedQuestion
    quiz: QuizInside
    both: tuple[QuizInside, QuizInside]
    changes: str = ""
    weight: Severity | None = None
    passages: tuple[Rewording, ...] = ()


@frozen
class Circumstances:
    """How two packages are compared: where findings stand, whether they are of two formats, and whether the new one
    always becomes a course of its own."""

    place: Place
    is_other: bool = False
    is_new: bool = False

    @property
    def norm(self) -> Norm:
        """What returns a text as far as it is compared: from one format to another, without how it looks."""
        return as_plain if self.is_other else as_written


def question_changes(
    old: Sequence[QuizInside], new: Sequence[QuizInside], how: Circumstances
) -> Iterator[QuestionChange]:
    """Yield what changes in the questions of the quizzes that both packages have."""
    groups: defaultdict[tuple[object, ...], list[_Said]] = defaultdict(list)
    told: list[_Said] = []
    for before, now in paired_quizzes(quizzes_in(old), quizzes_in(new)):
        found = paired_questions(before.asked, now.asked)
        if found.gone and not found.pairs:
            yield QuestionChange(_all_other(before, now, how), ((before, now),))
            continue
        yield from _of_quiz(before, now, found, how)
        told += _of_questions(before, now, found, how)
    for said in _with_moves(told):
        groups[said.message.code, said.asked.stem, said.changes, said.weight].append(said)
    for several in groups.values():
        yield _told(several, how)


def _with_moves(told: Sequence[_Said]) -> Iterator[_Said]:
    """Yield what is said of questions; of one that is gone from a quiz and new in another, in one."""
    new: defaultdict[Hashable, list[_Said]] = defaultdict(list)
    for said in told:
        if said.message is messages.QUESTION_NEW:
            new[content_of(said.asked.question)].append(said)
    moved: set[int] = set()
    for said in told:
        there = new.get(content_of(said.asked.question)) if said.message is messages.QUESTION_GONE else None
        if there:
            arrived = there.pop(0)
            moved.add(id(arrived))
            yield replace(said, changes=f", and is in {_named(arrived.quiz)} now")
        elif said.message is not messages.QUESTION_NEW:
            yield said
    yield from (said for said in told if said.message is messages.QUESTION_NEW and id(said) not in moved)


def _told(several: Sequence[_Said], how: Circumstances) -> QuestionChange:
    """Return one finding for what changes alike in several quizzes."""
    said = several[0]
    homes = list(dict.fromkeys(_home(one) for one in several))
    question = f"“{clipped(said.asked.stem)}” ({few(homes, 3)})"
    finding = said.message.at(how.place, question=question, changes=said.changes).weighing(said.weight)
    quizzes = tuple({id(one.quiz): one.both for one in several}.values())
    return QuestionChange(finding, quizzes, shortened(said.passages))


def _home(said: _Said) -> str:
    title = _named(said.quiz)
    if said.asked.draw is not None:
        return f"drawn in {title}"
    return title if said.quiz.is_for_staff else f"question {said.asked.place} of {title}"


def _named(quiz: QuizInside) -> str:
    return f"“{clipped(quiz.quiz.title or quiz.unit or quiz.quiz.key)}”"


# --- of a quiz ---


def _all_other(before: QuizInside, now: QuizInside, how: Circumstances) -> Finding:
    count = plural(len(before.asked), "question")
    question = f"{_named(now)} asks something else: of its {count}, every one"
    return messages.QUESTION_GONE.at(how.place, question=question, changes="").weighing(_weight_of_gone(now, how))


def _of_quiz(before: QuizInside, now: QuizInside, found: QuestionPairs, how: Circumstances) -> Iterator[QuestionChange]:
    """Yield what changes for a whole quiz: what it draws, points that all have, and what is shuffled."""
    terms = [*_draws(before, now, found), *_points_together(found)] if not how.is_other else []
    if terms:
        finding = messages.QUESTION_TERMS.at(how.place, question=_named(now), changes="; ".join(terms))
        yield QuestionChange(finding.weighing(Severity.INFO if now.is_for_staff else None), ((before, now),))
    details = list(_orders(before, now, found)) if not how.is_other else []
    if details:
        finding = messages.QUESTION_REWORDED.at(how.place, question=_named(now), changes="; ".join(details))
        yield QuestionChange(finding, ((before, now),))


def _draws(before: QuizInside, now: QuizInside, found: QuestionPairs) -> Iterator[str]:
    """Yield what is drawn by chance now and was always asked, or the other way round, and how many are drawn."""
    for is_now, words in ((True, "drawn by chance now, and always asked before"), (False, "always asked now")):
        drawn = [(one.draw is not None, other.draw is not None) for one, other in found.pairs]
        if count := drawn.count((not is_now, is_now)):
            yield f"{plural(count, 'question')} {'is' if count == 1 else 'are'} {words}"
    old, new = ([one for one in quiz.quiz.questions if isinstance(one, Draw)] for quiz in (before, now))
    if len(old) != len(new):
        counts = [sum(one.count for one in draws) for draws in (new, old)]
        if old and new and counts[0] != counts[1]:
            yield "{} are drawn by chance, before {}".format(*counts)
        return
    for one, other in zip(old, new, strict=True):
        bank = f" of “{clipped(other.title)}”" if other.title else ""
        if one.count != other.count:
            yield f"{other.count}{bank} {'is' if other.count == 1 else 'are'} drawn by chance, before {one.count}"
        if abs(one.points - other.points) > _NEARLY:
            yield f"each that is drawn{bank} counts {_points(other.points)}, and counted {plain_number(one.points)}"


def _counts_otherwise(one: PlacedQuestion, other: PlacedQuestion) -> bool:
    """Say whether a question counts for other points, but for those that are drawn, of which the draw tells."""
    return not (one.draw and other.draw) and abs(one.worth - other.worth) > _NEARLY


def _worths(found: QuestionPairs) -> dict[tuple[float, float], list[tuple[PlacedQuestion, PlacedQuestion]]]:
    """Return the questions that count for other points than before, by both."""
    worths: defaultdict[tuple[float, float], list[tuple[PlacedQuestion, PlacedQuestion]]] = defaultdict(list)
    for one, other in found.pairs:
        if _counts_otherwise(one, other):
            worths[one.worth, other.worth].append((one, other))
    return worths


def _points_together(found: QuestionPairs) -> Iterator[str]:
    for (before, now), pairs in _worths(found).items():
        if len(pairs) >= _TOGETHER:
            points = _points(now)
            yield f"each of {len(pairs)} questions counts {points}, and counted {plain_number(before)}"


def _points(points: float) -> str:
    """Return so many points in words."""
    return f"{plain_number(points)} point{'' if points == 1 else 's'}"


def _orders(before: QuizInside, now: QuizInside, found: QuestionPairs) -> Iterator[str]:
    places = sorted({(other.place, one.place) for one, other in found.pairs})
    if not now.quiz.shuffled and any(one > other for (_, one), (_, other) in pairwise(places)):
        yield "its questions stand in another order"
    if before.quiz.shuffled is not now.quiz.shuffled:
        yield f"its questions are {'shuffled now' if now.quiz.shuffled else 'not shuffled any more'}"
    yield from shuffling([(one.question, other.question) for one, other in found.pairs])


# --- of questions ---


def _of_questions(before: QuizInside, now: QuizInside, found: QuestionPairs, how: Circumstances) -> Iterator[_Said]:
    both = before, now
    for one in found.gone:
        yield _Said(messages.QUESTION_GONE, one, before, both, weight=_weight_of_gone(now, how, one))
    for other in found.come:
        yield _Said(messages.QUESTION_NEW, other, now, both)
    together = {other.place for pairs in _worths(found).values() if len(pairs) >= _TOGETHER for _, other in pairs}
    weight = Severity.INFO if now.is_for_staff else None
    for one, other in found.pairs:
        yield from (replace(said, weight=weight) for said in _of_pair(one, other, both, together, how))


def _of_pair(
    one: PlacedQuestion,
    other: PlacedQuestion,
    both: tuple[QuizInside, QuizInside],
    together: set[int],
    how: Circumstances,
) -> Iterator[_Said]:
    old, new, norm, quiz = one.question, other.question, how.norm, both[1]
    keys = list(key_changes(old, new, norm, shares=not how.is_other))
    if keys:
        yield _Said(messages.KEY_CHANGED, other, quiz, both, "; ".join(keys))
    terms = []
    if not how.is_other and old.kind is not new.kind:
        terms.append(f"it is {KIND_NAMES[new.kind]} now, and was {KIND_NAMES[old.kind]}")
    if not how.is_other and other.place not in together and _counts_otherwise(one, other):
        terms.append(f"it counts {_points(other.worth)}, and counted {plain_number(one.worth)}")
    if terms:
        yield _Said(messages.QUESTION_TERMS, other, quiz, both, "; ".join(terms))
    found = wording(old, new, norm, details=not how.is_other)
    if found.changes:
        yield _Said(messages.QUESTION_REWORDED, other, quiz, both, "; ".join(found.changes), passages=found.passages)


def _weight_of_gone(quiz: QuizInside, how: Circumstances, one: PlacedQuestion | None = None) -> Severity | None:
    """Return how grave it is that a question is gone: not, where no answer to it is lost."""
    nothing = how.is_new or quiz.is_for_staff or (one is not None and not one.worth and one.question.kind in BY_HAND)
    return Severity.INFO if nothing else None
