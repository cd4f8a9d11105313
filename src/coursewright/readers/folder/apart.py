"""What is for staff in the midst of a quiz: taken out of the texts that stand between its questions."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import replace

from coursewright.course.quiz import Draw, Question, QuestionKind, Quiz
from coursewright.frozen import frozen
from coursewright.readers.folder.lines import Lines
from coursewright.text.markdown.values import Text


def without_staff(quiz: Quiz, lines: Lines, staff: Sequence[bool]) -> tuple[Quiz, Lines]:
    """Return a quiz whose lines are those of a document without what is for staff in its texts, and that.

    A text is some of the lines that follow the one on which it begins, in their order.
    """
    if not any(staff):
        return quiz, []
    places: dict[str, list[int]] = {}
    for at, line in enumerate(lines):
        places.setdefault(line, []).append(at)
    reading = _Reading(lines, staff, places, [])
    instructions = reading.kept(quiz.instructions, quiz.line)
    questions: list[Question | Draw] = []
    for one in quiz.questions:
        if not isinstance(one, Question) or one.kind is not QuestionKind.PASSAGE:
            questions.append(one)
        elif stem := reading.kept(one.stem, one.line):
            questions.append(replace(one, stem=stem))
    return replace(quiz, instructions=instructions, questions=tuple(questions)), reading.taken


@frozen
class _Reading:
    """A document while staff's lines are taken out of its texts; `places` are where each line stands."""

    lines: Lines
    staff: Sequence[bool]
    places: Mapping[str, Sequence[int]]
    taken: Lines

    def kept(self, text: str, line: int) -> str:
        """Return a text that begins on a line or below it, without its lines for staff, which are taken out."""
        kept: list[str] = []
        at = max(0, line - 1)
        gap = False  # whether something was taken out right above
        for row in text.split("\n") if text else []:
            known = self.places.get(row, ())
            later = bisect_left(known, at)
            place = known[later] if later < len(known) else min(at, len(self.lines) - 1)  # a tick may be gone from it
            at = place + 1
            if self.staff[place]:
                if self.taken and not (place and self.staff[place - 1]):
                    self.taken.append(Text("", self.lines[place].line))
                self.taken.append(Text(row, self.lines[place].line))
                gap = True
            elif row.strip() or not gap or not kept or kept[-1].strip():
                kept.append(row)
                gap = gap and not row.strip()
        return "\n".join(kept).strip("\n")
