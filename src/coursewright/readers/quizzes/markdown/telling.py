"""What an author tells about one question after it: its key, why, hints, points; in the open or folded."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from coursewright.readers.quizzes.letters import Named, named_in
from coursewright.readers.quizzes.markdown.folds import Fold
from coursewright.readers.quizzes.sheet import Sheet, trimmed
from coursewright.readers.quizzes.wording import Telling, heading_label, label_of, unmarked

_NUMBER = re.compile(r"\d+(?:[.,]\d+)?")
_NOT_SAID = re.compile(r"^[\s_.…*–—-]*$|^\[?(?:your answer|letter|tbd|todo|\?+)\]?$", re.IGNORECASE)
_VOTE = re.compile(r"^\s*(?:reveal|show|click|view|see|toggle|expand)\b.*$", re.IGNORECASE)


@dataclass(slots=True)
class Told:
    """What is known of a question's answer so far; `answer` is the key in its author's words."""

    answer: str = ""
    named: Named | None = None
    why: list[str] = field(default_factory=list)
    hints: list[str] = field(default_factory=list)
    points: float | None = None
    asked: bool = False
    folded: bool = False

    def take(self, label: Telling) -> str:
        """Take in what a label says, and return what the lines below it go on with."""
        if label.what == "points":
            found = _NUMBER.search(label.value)
            self.points = float(found[0].replace(",", ".")) if found else self.points
            return "points"
        if label.what == "hint":
            self.hints.append(label.value)
        elif label.what == "why":
            self.why += ["", label.value] if self.why else [label.value]
        else:
            self.asked = True
            self._answer(label.value)
        return label.what

    def _answer(self, value: str) -> None:
        if not value or _NOT_SAID.match(value):
            return
        if self.answer or self.named:
            self.why.append(value)
            return
        self.answer = value.strip()
        self.named = named_in(unmarked(value))

    def go_on(self, state: str, line: str) -> None:
        """Take in a line below a label."""
        if state == "hint" and self.hints:
            self.hints[-1] = f"{self.hints[-1]}\n{line}".strip("\n")
        elif state == "answer" and not self.answer and line.strip():
            self._answer(unmarked(line.strip().lstrip("> ")))
        elif state != "points":
            self.why.append(line)

    @property
    def reason(self) -> str:
        """Why the answer is right, as Markdown."""
        return trimmed(self.why)


def listen(
    told: Told, sheet: Sheet, first: int, end: int, folded: Mapping[int, Fold], *, state: str = "", last: bool = False
) -> int:
    """Take in what some lines tell, and return the index of the line at which that ends.

    `state` is what the first lines go on with; `last` says that no question follows: what stands apart is no answer.
    """
    index, told_until, blank, closed = first, first, False, False
    while index < end:
        line = sheet.lines[index]
        if fold := folded.get(index):
            unfold(told, fold)
            index = told_until = fold.end
            state, blank, closed = "", False, True
            continue
        if index not in sheet.hidden:
            if not line.strip():
                blank, index = True, index + 1
                continue
            if sheet.is_rule(index):
                if _follows(sheet, index, end, folded):
                    index += 1
                    continue
                break
            label = _labelled(sheet, index)
            if label:
                state = told.take(label)
                index += 1
                told_until, blank, closed = index, False, False
                continue
            if sheet.heading(index):
                break
        if not state or closed or (last and blank and state == "answer" and told.answer):
            break
        told.go_on(state, f"\n{_quoted(line)}" if blank and state != "answer" else _quoted(line))
        index += 1
        told_until, blank = index, False
    return told_until


def _quoted(line: str) -> str:
    """Return a line without the mark of a quote, in which some authors put their explanations."""
    return re.sub(r"^\s{0,3}>\s?", "", line)


def _labelled(sheet: Sheet, index: int) -> Telling | None:
    heading = sheet.heading(index)
    return heading_label(heading[1]) if heading else label_of(sheet.lines[index])


def _follows(sheet: Sheet, index: int, end: int, folded: Mapping[int, Fold]) -> bool:
    """Say whether what follows a rule still tells about the question above it."""
    after = next((at for at in range(index + 1, end) if sheet.lines[at].strip()), end)
    if after >= end:
        return False
    label = _labelled(sheet, after) if after not in sheet.hidden else None
    return after in folded or bool(label and label.what in ("answer", "why"))


def unfold(told: Told, fold: Fold) -> None:
    """Take in what is folded."""
    label = heading_label(fold.summary)
    state = label.what if label else "answer"
    if label and label.value and not (label.what == "answer" and _VOTE.match(label.value)):
        told.take(label)
    elif state == "hint":
        told.hints.append("")
    told.asked = told.asked or state == "answer"
    told.folded = True
    inside = Sheet(tuple(fold.inside.split("\n")), "")
    if state == "answer" and any(_is_answer(inside, at) for at in range(len(inside.lines))):
        _listen_inside(told, inside)
        return
    for line in inside.lines:
        told.go_on(state, line)
    told.hints = [hint for hint in told.hints if hint.strip()]


def _is_answer(inside: Sheet, index: int) -> bool:
    if index in inside.hidden:
        return False
    label = _labelled(inside, index)
    return bool(label and label.what == "answer")


def _listen_inside(told: Told, inside: Sheet) -> None:
    state = "why"
    for index, line in enumerate(inside.lines):
        label = None if index in inside.hidden else _labelled(inside, index)
        if label:
            state = told.take(label)
        else:
            told.go_on(state, line)
