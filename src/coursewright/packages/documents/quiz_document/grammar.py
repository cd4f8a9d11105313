"""The grammar of a quiz as a document: headings of questions, options as tasks, and labelled texts.

    ## Question 1 (2 points): Title
    <!-- kind: choices; tags: loops, basics -->

    Which of these are loops?

    - [x] `for`
    - [ ] `if` <!-- -50% -->
      > That is a condition.

    **Explanation:** A loop repeats.

What cannot be said so stands as data in a fence, ```` ```question ````, below its heading. Lines of an author's own
that begin as a heading of ours does have a backslash before them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from coursewright.course.quiz import QuestionKind

_POINTS = r"(?P<points>\d{1,9}(?:\.\d+)?)"
QUESTION = re.compile(rf"(?P<level>#{{2,3}}) Question(?: \d+)?(?: \({_POINTS} points?\))?(?:: (?P<title>\S.*?))?[ \t]*")
DRAW = re.compile(
    rf"## Draw (?P<count>\d{{1,9}}) questions?(?: for {_POINTS} points? each)?(?:: (?P<title>\S.*?))?[ \t]*"
)
DATA = re.compile(r"(?P<mark>`{3,})question[ \t]*")
FACTS = re.compile(r"<!-- (?P<facts>\S.*?) -->[ \t]*")
TASK = re.compile(r"- (?:\[(?P<box>[ xX])\]|\((?P<dot>[ xX])\)) (?P<text>.*)")
NUMBERED = re.compile(r"\d{1,3}\. (?P<text>.*)")
ANSWER = re.compile(r"\*\*(?P<what>Answer|Choices)(?: \[\[(?P<blank>[^\[\]\n]+)\]\])?:\*\*(?: (?P<text>.*))?")
LABELLED = re.compile(r"\*\*(?P<label>Hint|Explanation|If right|If partly right|If wrong):\*\*(?: (?P<text>.*))?")
ROW = re.compile(r"\|(?P<cells>.*)\|[ \t]*")
NOTED = re.compile(r"(?P<text>.*?)(?:[ \t]*<!-- (?P<notes>[^<>]*) -->)?")

FEEDBACK = {
    "Explanation": "general",
    "If right": "correct",
    "If partly right": "partial",
    "If wrong": "incorrect",
}
"""The labels of feedback, and what they are of a `Feedback`."""

TRUTHS = {"True": True, "False": False}
OPENS = {
    QuestionKind.MATCH: ROW,
    QuestionKind.ORDER: NUMBERED,
    QuestionKind.TEXT: ANSWER,
    QuestionKind.NUMBER: ANSWER,
    QuestionKind.BLANKS: ANSWER,
    QuestionKind.CHOICE: TASK,
    QuestionKind.CHOICES: TASK,
    QuestionKind.BOOLEAN: TASK,
}
"""How the lines begin in which questions of a kind are answered."""

_OWN = re.compile(r"\\*#{2,3} (?:Question|Draw)\b")
_FENCE = re.compile(r"[ \t>]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)*(`{3,}|~{3,})(.*)")
INDENT = "  "


def code_marks(lines: Iterable[str]) -> Iterator[bool]:
    """Say of each line whether it is in a fence of code, or is one."""
    before = ""
    for mark in _open_marks(lines):
        yield bool(before or mark)
        before = mark


def _open_marks(lines: Iterable[str]) -> Iterator[str]:
    """Yield after each line what began the fence that is open then, nothing where none is."""
    mark = ""
    for line in lines:
        found = _FENCE.match(line)
        if mark:
            ends = found and found[1][0] == mark[0] and len(found[1]) >= len(mark) and not found[2].strip()
            mark = "" if ends else mark
        elif found and not (found[1][0] == "`" and "`" in found[2]):
            mark = found[1]
        yield mark


def closed(text: str) -> str:
    """Return a text whose last fence of code has an end, so that what follows is not in it."""
    *_, mark = _open_marks(text.split("\n"))
    return f"{text}\n{mark}" if mark else text


def guarded(text: str) -> str:
    """Return a text of an author's in which no line is taken for a heading of ours."""
    lines = text.split("\n")
    return "\n".join(
        f"\\{line}" if not code and _OWN.match(line) else line
        for line, code in zip(lines, code_marks(lines), strict=True)
    )


def unguarded(lines: Sequence[str]) -> list[str]:
    """Return lines as their author wrote them."""
    return [
        line[1:] if not code and line.startswith("\\") and _OWN.match(line) else line
        for line, code in zip(lines, code_marks(lines), strict=True)
    ]


def indented(text: str) -> str:
    """Return a text whose lines after the first belong to it."""
    first, *more = text.split("\n")
    return "\n".join([first, *(f"{INDENT}{line}" if line else "" for line in more)])
