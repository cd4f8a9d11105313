"""Texts with gaps: what stands in each, and what learners choose from or write."""

from __future__ import annotations

from collections.abc import Sequence

from coursewright.course.quiz import Answer, Blank, Feedback, Option, Question, QuestionKind
from coursewright.frozen import frozen

LINE = "_____"
_NOTHING = Feedback()


@frozen
class Gap:
    """What belongs in a gap; with `options` learners choose one of them, of which those in `right` are right."""

    right: tuple[str, ...]
    options: tuple[str, ...] = ()


def gapped(parts: Sequence[str | Gap], *, told: Feedback = _NOTHING, line: int = 0) -> Question:
    """Return a text with gaps as a question: one gap is a choice or a short answer, several are blanks."""
    gaps = [part for part in parts if isinstance(part, Gap)]
    if len(gaps) == 1:
        stem = "".join(part if isinstance(part, str) else LINE for part in parts).strip()
        return _single(gaps[0], stem, told, line)
    stem, blanks = "", list[Blank]()
    for part in parts:
        if isinstance(part, str):
            stem += part
            continue
        key = str(len(blanks) + 1)
        stem += f"[[{key}]]"
        blanks.append(Blank(key, tuple(map(Answer, part.right)), part.options))
    return Question("", QuestionKind.BLANKS, stem.strip(), line, blanks=tuple(blanks), feedback=told)


def _single(gap: Gap, stem: str, told: Feedback, line: int) -> Question:
    if gap.options:
        options = tuple(Option("", text, 1.0 if text in gap.right else 0.0) for text in gap.options)
        return Question("", QuestionKind.CHOICE, stem, line, options=options, feedback=told)
    answers = tuple(Answer(text) for text in gap.right)
    return Question("", QuestionKind.TEXT, stem, line, answers=answers, feedback=told)
