"""What an author tells about one question after it: its key, why, hints, points; in the open or folded."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import field

from coursewright.frozen import slotted
from coursewright.readers.quizzes.letters import Named, is_lettered, listed_in, named_in
from coursewright.readers.quizzes.markdown.wrappers import Fold
from coursewright.readers.quizzes.sheet import Sheet, trimmed
from coursewright.readers.quizzes.wording import Telling, heading_label, label_of, unmarked

_SEVERAL = re.compile(
    r"\b(?:answers|solutions|lösungen|antworten|réponses|respuestas|soluciones|respostas|risposte|soluzioni|antwoorden)\b",
    re.IGNORECASE,
)
_COMMENT = re.compile(r"^\s*<!--\s*(?P<text>.*?)\s*-->\s*$")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)?")
_NOT_SAID = re.compile(r"^[\s_.…*–—-]*$|^\[?(?:your answer|letter|tbd|todo|\?+)\]?$", re.IGNORECASE)
_LINK_BACK = re.compile(
    r"\W*\[[^\[\]]{1,80}\]\(#[^()\s]*\)\W*"
)  # `[Back to top](#contents)` tells nothing of an answer
_VOTE = re.compile(r"^\s*(?:reveal|show|click|view|see|toggle|expand)\b.*$", re.IGNORECASE)


@slotted
class Told:
    """What is known of a question's answer so far; `answer` is the key in its author's words."""

    answer: str = ""
    named: Named | None = None
    why: list[str] = field(default_factory=list)
    hints: list[str] = field(default_factory=list)
    points: float | None = None
    asked: bool = False
    folded: bool = False
    listed: list[str] = field(default_factory=list)

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

    def _list(self, line: str) -> None:
        """Take in an item of a list that says of letters whether they are right."""
        self.listed.append(line)
        self.named = listed_in(self.listed)
        self.answer = ", ".join(self.named.letters) if self.named else ""

    def go_on(self, state: str, line: str) -> None:
        """Take in a line below a label."""
        if state == "hint" and self.hints:
            self.hints[-1] = f"{self.hints[-1]}\n{line}".strip("\n")
        elif state == "answer" and (not self.answer or self.listed) and is_lettered(line):
            self._list(line)
        elif state == "answer" and not self.answer and line.strip():
            self._answer(unmarked(line.strip().lstrip("> ")))
        elif state != "points" and not _LINK_BACK.fullmatch(line):
            self.why.append(line)

    @property
    def reason(self) -> str:
        """Why the answer is right, as Markdown."""
        return trimmed([*(self.listed if self.listed and not self.named else ()), *self.why])


def listen(
    told: Told,
    sheet: Sheet,
    first: int,
    end: int,
    folded: Mapping[int, Fold],
    *,
    state: str = "",
    last: bool = False,
    depth: int = 0,
) -> int:
    """Take in what some lines tell, and return the index of the line at which that ends.

    `state` is what the first lines go on with; `last` says that no question follows: what stands apart is no answer.
    Headings above the level `depth` begin something else, and so do those of this level that speak of several answers.
    """
    listener = _Listener(told, sheet, end, folded, state, last=last, until=first, depth=depth)
    index = first
    while 0 <= index < end:
        index = listener.hear(index)
    return listener.until


@slotted
class _Listener:
    """Takes in what is told line by line: `until` is where that ends so far, `closed` that only a label goes on."""

    told: Told
    sheet: Sheet
    end: int
    folded: Mapping[int, Fold]
    state: str
    last: bool
    until: int
    depth: int
    blank: bool = False
    closed: bool = False

    def hear(self, index: int) -> int:
        """Take in a line, or what is folded there; return the index of the next one, -1 where nothing more is told."""
        if fold := self.folded.get(index):
            unfold(self.told, fold)
            self.state, self.until, self.blank, self.closed = "", fold.end, False, True
            return fold.end
        line = self.sheet.lines[index]
        if noted := _COMMENT.match(line):
            return self._note(index, noted["text"])
        if index in self.sheet.hidden:
            return self._go_on(index, line)
        if not line.strip():
            self.blank = True
            return index + 1
        if self.sheet.is_rule(index):
            return index + 1 if _follows(self.sheet, index, self.end, self.folded) else -1
        heading = self.sheet.heading(index)
        if heading and (heading[0] < self.depth or (heading[0] == self.depth and _SEVERAL.search(heading[1]))):
            return -1
        if label := _labelled(self.sheet, index):
            self.state = self.told.take(label)
            self.until, self.blank, self.closed = index + 1, False, False
            return index + 1
        return -1 if heading else self._go_on(index, line)

    def _note(self, index: int, text: str) -> int:
        """Take in what a comment tells."""
        if label := label_of(text):
            self.told.take(label)
            self.until = index + 1
        return index + 1

    def _go_on(self, index: int, line: str) -> int:
        """Take in a line that goes on with what was told before."""
        answered = self.state == "answer" and bool(self.told.answer)
        if not self.state or self.closed or (self.last and self.blank and answered and not _is_quoted(line)):
            return -1
        quoted = _quoted(line)
        self.told.go_on(self.state, f"\n{quoted}" if self.blank and self.state != "answer" else quoted)
        self.until, self.blank = index + 1, False
        return index + 1


def _is_quoted(line: str) -> bool:
    return line.lstrip().startswith(">")


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
    keyed = state == "answer" or (state == "why" and not told.answer)
    if keyed and any(_is_answer(inside, at, named=state == "why") for at in range(len(inside.lines))):
        _listen_inside(told, inside)
        return
    for line in inside.lines:
        told.go_on(state, line)
    told.hints = [hint for hint in told.hints if hint.strip()]


def _is_answer(inside: Sheet, index: int, *, named: bool) -> bool:
    """Say whether a line is labelled as the answer; with `named`, whether it names an option, too."""
    label = None if index in inside.hidden else _labelled(inside, index)
    return bool(label and label.what == "answer" and (not named or named_in(unmarked(label.value))))


def _listen_inside(told: Told, inside: Sheet) -> None:
    state = "why"
    for index, line in enumerate(inside.lines):
        label = None if index in inside.hidden else _labelled(inside, index)
        if label:
            state = told.take(label)
        else:
            told.go_on(state, line)
