"""What graders keep from learners in notebooks: solutions and hidden tests, of nbgrader and of Otter."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from coursewright.frozen import frozen
from coursewright.readers.notebook_cells import Cell
from coursewright.text.markdown.values import Text
from coursewright.text.patterns import later

_HIDDEN = r"(?P<what>SOLUTION|HIDDEN TESTS?|MARK SCHEME|PROMPT)"
_BEGINS = later(rf"(?P<indent>[ \t]*)(?P<mark>[^\w\s]{{1,6}})\s*BEGIN {_HIDDEN}\b")
_ENDS = later(rf"[ \t]*[^\w\s]{{1,6}}\s*END {_HIDDEN}\b")
_BETWEEN = later(r"\s*#?\s*(?P<side>BEGIN|END) (?P<what>SOLUTION|TESTS)\b")
_ONE = later(r"(?P<set>\s{0,40}[\w.\[\]'\", ]{1,80}=(?!=))?.*[^\w\s]\s*SOLUTION(?: NO PROMPT)?\s*$")
_STUB = later(r"YOUR (?:CODE|ANSWER) HERE|NotImplementedError")
_SOLVED = later(r".*[-_. ]sol(?:n|ved)?(?:\.ipynb)?", re.IGNORECASE)
_HERE = later(  # where learners write, in the comment that a solution follows
    r"[ \t]*(?:#|//|--|%)+[ \t]*(?:"
    r".{0,40}\b(?:(?:write|type|put|enter|insert|implement|add)\b.{0,40}\bhere"
    r"|your (?:code|solution|answer)s?(?: goes)? here|scriv\w+\b.{0,40}\bqui"
    r"|(?:escrib\w+|pon|tu c[óo]digo)\b.{0,40}\baqu[íi]|(?:escrev\w+|seu c[óo]digo)\b.{0,40}\baqui"
    r"|(?:[ée]cri\w+|(?:votre|ton) code)\b.{0,40}\bici|(?:schreib\w*|(?:dein|ihr) code)\b.{0,40}\bhier"
    r"|(?:napisz|wpisz|twój kod)\b.{0,40}\btu(?:taj)?|(?:напиш\w+|ваш код)\b.{0,40}\b(?:здесь|тут)"
    r"|(?:schrijf|jouw code)\b.{0,40}\bhier)\b"
    r"|.{0,20}(?:在此|在这里|在這裡|此处|此處).{0,20}(?:代码|代碼|编写|輸入|输入|写|寫)|.{0,20}ここに.{0,20}(?:コード|書|記述)"
    r"|.{0,20}여기에.{0,20}(?:코드|작성|입력)).*",
    re.IGNORECASE,
)
_SOLUTION_FIRST = later(
    r"[ \t]*(?:#|//|--|%)+[ \t]*(?:solutions?|soluzion[ei]|soluci(?:[óo]n|ones)|solu(?:ção|ções)|l(?:ö|oe)sung(?:en)?"
    r"|corrig[ée]s?|rozwiązani[ea]|решени[ея]|答案|解答|解答例|정답|풀이)\s*[:：.]?\s*",
    re.IGNORECASE,
)
_IDLE = later(r"\s*(?:#|//|--|%|\"\"\"|'''|pass\s*$|\.\.\.\s*$|raise\b|(?:async\s+)?def\b|class\b|$).*")
_COMMENTS = ("//", "--")


@frozen
class Parted:
    """A cell as learners get it, and what of it is for those who grade."""

    lines: Sequence[Text]
    staff: Sequence[Text] = ()


class Between:
    """Knows of the cells whether they stand between raw ones that begin and end what is for graders."""

    def __init__(self) -> None:
        self.open = ""

    def of(self, cell: Cell) -> bool:
        """Say whether a cell is one for graders, after those that came before it."""
        if cell.kind == "raw":
            found = next(filter(None, map(_BETWEEN.match, cell.lines)), None)
            if found and found["side"] == "BEGIN":
                self.open = found["what"]
            elif found and found["what"] == self.open:
                self.open = ""
        return bool(self.open)


def is_solved(name: str) -> bool:
    """Say whether a notebook is by its name the solved one of two, of which learners get the other: `if1-sol.ipynb`."""
    return bool(_SOLVED.fullmatch(name))


def parted(cell: Cell, *, solved: bool = False) -> Parted:
    """Return a cell in two: a task stands where a solution was. In a notebook that is `solved`, comments say where."""
    if solved and cell.kind == "code" and (found := _without_solved(cell)):
        return found
    if "SOLUTION" in (text := "\n".join(cell.lines)) or "BEGIN " in text:
        kept, staff = _without_spans(cell)
        if staff:
            return Parted(kept, cell.lines)
    is_solution = cell.grading.get("solution") is True or "solution" in cell.tags
    if not is_solution or _STUB.search(text) or _is_idle(cell):
        return Parted(cell.lines)
    return Parted([Text("# YOUR CODE HERE", cell.line)] if cell.kind == "code" else (), cell.lines)


def _without_solved(cell: Cell) -> Parted | None:
    """Return the code of a cell up to the comment below which a solution stands; None where none does."""
    told = (at for at, line in enumerate(cell.lines) if line.strip())
    first = next(told, None)
    if first is not None and _SOLUTION_FIRST.fullmatch(cell.lines[first]):
        return Parted((), cell.lines)
    at = next((at for at, line in enumerate(cell.lines) if _HERE.fullmatch(line)), None)
    if at is None or all(map(_IDLE.fullmatch, cell.lines[at + 1 :])):
        return None
    return Parted(cell.lines[: at + 1], cell.lines)


def _is_idle(cell: Cell) -> bool:
    """Say whether the code of a cell does nothing: what learners begin with."""
    return cell.kind == "code" and all(map(_IDLE.fullmatch, cell.lines))


def _without_spans(cell: Cell) -> tuple[list[Text], bool]:
    """Return the lines of a cell without those between marks, and whether there were any."""
    kept: list[Text] = []
    inside, any_found = "", False
    for line in cell.lines:
        begins = _BEGINS.match(line)
        if inside:
            ends = _ENDS.match(line)
            inside = "" if ends and ends["what"][:6] == inside[:6] else inside
        elif begins and begins["what"] == "PROMPT":
            continue
        elif begins:
            inside, any_found = begins["what"], True
            kept += _in_its_place(begins["indent"], begins["mark"], inside, cell, line)
        elif not _ENDS.match(line):
            one = _ONE.match(line) if "SOLUTION" in line and cell.kind == "code" else None
            any_found = any_found or bool(one)
            if one is None:
                kept.append(line)
            elif one["set"]:
                kept.append(Text(f"{one['set']} ...", line.line))
    return kept, any_found


def _in_its_place(indent: str, mark: str, what: str, cell: Cell, line: Text) -> Iterator[Text]:
    if what == "SOLUTION" and cell.kind == "code":
        comment = mark if mark in _COMMENTS else mark[0]
        yield Text(f"{indent}{comment} YOUR CODE HERE", line.line)
