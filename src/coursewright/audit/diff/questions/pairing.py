"""Which quiz of a package is which of another, and which question: by what they are known by, else by what they say."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from itertools import product

from coursewright.audit.diff.questions.reading import PlacedQuestion, QuizInside, as_plain, likeness, looks_of, texts_of
from coursewright.course.quiz import Question
from coursewright.frozen import frozen

_ALIKE, _KNOWN = 0.5, 0.25  # shares of words in common: of two strangers, and of two with one name that may be a number
_SHARED = 0.3  # of the questions of two quizzes
_MOST_COMPARED = 40_000  # pairs of questions
_COUNTED = re.compile(r"\D{0,12}\d{1,3}")  # a name that only counts
_MOST_HOMES = 20  # quizzes in which one question stands
_SEVERAL = 3


@frozen
class QuestionPairs:
    """The questions of two quizzes: those of both in the order of the new one, those gone, and those that came."""

    pairs: tuple[tuple[PlacedQuestion, PlacedQuestion], ...]
    gone: tuple[PlacedQuestion, ...]
    come: tuple[PlacedQuestion, ...]


# --- quizzes ---


def paired_quizzes(old: Sequence[QuizInside], new: Sequence[QuizInside]) -> list[tuple[QuizInside, QuizInside]]:
    """Return which quiz is which: the one with the same questions, be it renamed, else the one with the same name."""
    shared = _shared(old, new)
    ranked = sorted(shared, key=lambda pair: (-_rank(old[pair[0]], new[pair[1]], shared[pair]), pair))
    found: dict[int, int] = {}
    taken: set[int] = set()
    for one, other in ranked:
        is_alike = shared[one, other] >= _SHARED or _same_name(old[one], new[other])
        if is_alike and one not in found and other not in taken:
            found[one] = other
            taken.add(other)
    for look in (_by_all, _by_key, _by_title):
        ours = _only((place, look(quiz)) for place, quiz in enumerate(old) if place not in found)
        theirs = _only((place, look(quiz)) for place, quiz in enumerate(new) if place not in taken)
        for name in ours.keys() & theirs.keys():
            found[ours[name]] = theirs[name]
            taken.add(theirs[name])
    return [(old[one], new[other]) for one, other in sorted(found.items(), key=lambda pair: pair[1])]


def _shared(old: Sequence[QuizInside], new: Sequence[QuizInside]) -> dict[tuple[int, int], float]:
    """Return the share of what their questions are known by, for quizzes that have any of it in common."""
    looks = [looks_of(quiz) for quiz in old], [looks_of(quiz) for quiz in new]
    homes: defaultdict[str, list[int]] = defaultdict(list)
    for place, known in enumerate(looks[0]):
        for look in known:
            homes[look].append(place)
    common: Counter[tuple[int, int]] = Counter()
    for place, known in enumerate(looks[1]):
        common.update((home, place) for look in known for home in homes.get(look, ())[:_MOST_HOMES])
    return {
        (one, other): 2 * count / (len(looks[0][one]) + len(looks[1][other])) for (one, other), count in common.items()
    }


def _rank(one: QuizInside, other: QuizInside, share: float) -> float:
    """Return how sure it is that two quizzes are one: names count where the questions say the same."""
    same = (one.quiz.title == other.quiz.title, one.quiz.key == other.quiz.key, one.unit == other.unit)
    return share + 0.3 * same[0] + 0.3 * same[1] + 0.1 * same[2] - 0.5 * (one.is_for_staff != other.is_for_staff)


def _same_name(one: QuizInside, other: QuizInside) -> bool:
    return one.quiz.title == other.quiz.title or one.quiz.key == other.quiz.key


def _by_all(one: QuizInside) -> Hashable:
    return one.quiz.title, one.quiz.key, one.unit_id


def _by_key(one: QuizInside) -> Hashable:
    return one.quiz.key, one.unit_id


def _by_title(one: QuizInside) -> Hashable:
    return one.quiz.title, one.is_for_staff


# --- questions ---


def paired_questions(old: Sequence[PlacedQuestion], new: Sequence[PlacedQuestion]) -> QuestionPairs:
    """Return which question is which: by all that it is, by its name, by what it asks, or by most of its words."""
    matching = _Matching(old, new)
    matching.equal(lambda one: (one.own_key, content_of(one.question)))
    matching.equal(lambda one: content_of(one.question))
    matching.alone(lambda one: one.own_key and (one.own_key, as_plain(one.question.stem)))
    matching.alone(lambda one: as_plain(one.question.stem))
    matching.closest(_ALIKE)
    matching.named()
    pairs = sorted(matching.found.items(), key=lambda pair: pair[1])
    return QuestionPairs(
        tuple((old[one], new[other]) for one, other in pairs),
        tuple(one for place, one in enumerate(old) if place not in matching.found),
        tuple(one for place, one in enumerate(new) if place not in matching.taken),
    )


class _Matching:
    """The questions of two quizzes while they are paired."""

    def __init__(self, old: Sequence[PlacedQuestion], new: Sequence[PlacedQuestion]) -> None:
        self._old, self._new = old, new
        self.found: dict[int, int] = {}
        self.taken: set[int] = set()

    def _left(self) -> tuple[list[int], list[int]]:
        gone = [place for place in range(len(self._old)) if place not in self.found]
        return gone, [place for place in range(len(self._new)) if place not in self.taken]

    def _pair(self, one: int, other: int) -> None:
        self.found[one] = other
        self.taken.add(other)

    def equal(self, look: Callable[[PlacedQuestion], Hashable]) -> None:
        """Pair those that look the same, several of one look in their order."""
        gone, come = self._left()
        waiting: defaultdict[Hashable, list[int]] = defaultdict(list)
        for place in reversed(come):
            waiting[look(self._new[place])].append(place)
        for place in gone:
            if others := waiting.get(look(self._old[place])):
                self._pair(place, others.pop())

    def alone(self, look: Callable[[PlacedQuestion], Hashable]) -> None:
        """Pair those that look like no other."""
        gone, come = self._left()
        one, other = _only((at, look(self._old[at])) for at in gone), _only((at, look(self._new[at])) for at in come)
        for name in one:
            if name in other:
                self._pair(one[name], other[name])

    def closest(self, least: float) -> None:
        """Pair those that share most of their words, but for words that most of these questions have."""
        gone, come = self._left()
        if len(gone) * len(come) > _MOST_COMPARED:
            return
        common = self._common()
        ours = {place: _without(self._old[place].words, common) for place in gone}
        theirs = {place: _without(self._new[place].words, common) for place in come}
        likes = ((likeness(ours[one], theirs[other]), one, other) for one, other in product(gone, come))
        close = [(-like, abs(one - other), one, other) for like, one, other in likes if like >= least]
        for _, _, one, other in sorted(close):
            if one not in self.found and other not in self.taken:
                self._pair(one, other)

    def _common(self) -> set[str]:
        """Return the words that more than half of the questions have, where there are several."""
        counts: Counter[str] = Counter()
        for one in self._new:
            counts.update(set(one.words))
        most = len(self._new) / 2 if len(self._new) > _SEVERAL else len(self._new) + 1
        return {word for word, count in counts.items() if count > most}

    def named(self) -> None:
        """Pair those of one name; where it only counts, those that have something in common."""
        gone, come = self._left()
        names = _only((at, self._old[at].own_key) for at in gone), _only((at, self._new[at].own_key) for at in come)
        for name, one in names[0].items():
            other = names[1].get(name)
            if other is None:
                continue
            sure = not _COUNTED.fullmatch(str(name))
            if sure or likeness(self._old[one].words, self._new[other].words) >= _KNOWN:
                self._pair(one, other)


def _without(words: Counter[str], common: set[str]) -> Counter[str]:
    left = Counter({word: count for word, count in words.items() if word not in common})
    return left or words


def _only(looks: Iterable[tuple[int, Hashable]]) -> dict[Hashable, int]:
    """Return those places of which the look is of no other, by it."""
    known = list(looks)
    counts = Counter(name for _, name in known)
    return {name: place for place, name in known if name and counts[name] == 1}


def content_of(question: Question) -> Hashable:
    """Return all that a question is, but for its name and its place."""
    answers = tuple((one.text, one.value, one.min, one.max, one.fraction) for one in question.answers)
    shares = tuple((as_plain(one.text), round(one.fraction, 3)) for one in question.options)
    return question.kind, question.right, *map(as_plain, texts_of(question)), shares, answers
