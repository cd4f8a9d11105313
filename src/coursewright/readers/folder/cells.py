"""Cells of code that ask something: jupyterquiz's `display_quiz`, given a file, a value, or what an element hides."""

from __future__ import annotations

import ast
import base64
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import field
from typing import Any

from coursewright.frozen import frozen, slotted
from coursewright.readers.folder.elements import HtmlElement, Point, elements_of
from coursewright.readers.folder.includes import asked_of
from coursewright.readers.folder.lines import Lines, code_marks, hold
from coursewright.readers.folder.names import is_notebook
from coursewright.readers.folder.rewriting import Rewriting
from coursewright.readers.quizzes.dialects import jupyter
from coursewright.readers.quizzes.fences import closing, fenced
from coursewright.readers.quizzes.pyvalues import PyCall, PyCells, PyFile, imported_as, statements_in
from coursewright.text.jsons import read_json
from coursewright.text.markdown.values import Text
from coursewright.text.names import alike

CALLED = "display_quiz"
_CELL = re.compile(
    r"(?P<prefix>[ \t>]*)(?P<mark>`{3,}|~{3,}|:{3,})[ \t]*"
    r"(?:\{(?:code-cell|jupyter-execute|python|py|pyodide(?:-python)?)\b[^}]*\}|(?P<plain>python|ipython3?)\b).*$",
    re.IGNORECASE,
)
_OPTION = re.compile(r"[ \t]*(?::[\w-]+:|#\|).*$")
_MAGIC = re.compile(r"^(?P<indent>[ \t]*)[%!?].*$")
_QUOTE = re.compile(r"[ \t]*>[ \t]?")
_NAMED = re.compile(r"(?<![\w-])(?:id|class)\s*=\s*(?:\"(?P<double>[^\"]*)|'(?P<single>[^']*)|(?P<bare>[^\s\"'>]+))")
_ANSWERS = re.compile(r"[\"'](?:correct|answers)\\?[\"']\s*:|\bcorrect\s*=\s*True\b")
_ADDRESS = re.compile(r"https?://", re.IGNORECASE)


@frozen
class _Cell:
    """A cell: the indexes of its first line and the one after its last, and the statements in it, None where that is
    no Python."""

    first: int
    end: int
    code: int
    statements: list[ast.stmt] | None


@slotted
class _Page:
    """A document with cells that ask: what its elements hide, by their names, and what of its lines is left out."""

    lines: Lines
    rewriting: Rewriting
    cells: PyCells
    hidden: dict[str, str] = field(default_factory=dict)
    gone: set[int] = field(default_factory=set)
    unread: bool = False  # whether it is not known what a call asks


def with_cells_asked(lines: Lines, rewriting: Rewriting) -> Lines:
    """Return lines with the questions of cells in fences of their own, and without what tells their answers."""
    if not hold(lines, CALLED):
        return lines
    cells = [*_cells(lines, rewriting)]
    if not any(hold(lines[cell.code : cell.end], CALLED) for cell in cells):
        return lines
    names = {name for cell in cells for name in imported_as(cell.statements or (), CALLED)}
    page = _Page([*lines], rewriting, PyCells(names, "ref"))
    calls = {cell.first: [*page.cells.read(cell.statements or ())] for cell in cells}
    _hide(page, cells, {name for called in calls.values() for call in called for name in _names_given(call)})
    asked = {cell.first: [*_asked(cell, calls[cell.first], page)] for cell in cells}
    reached = page.cells.reached()
    for cell in cells:
        _clear(cell, page, reached)
    kept: Lines = []
    for at, line in enumerate(page.lines):
        kept += asked.get(at, ())
        kept += [line] if at not in page.gone else []
    return kept


def _cells(lines: Lines, rewriting: Rewriting) -> Iterator[_Cell]:
    jupytext = "jupyter" in rewriting.document.front or is_notebook(rewriting.document.relative)
    index = 0
    while index < len(lines):
        found = _CELL.match(lines[index]) if "python" in lines[index] or "{" in lines[index] else None
        index += 1
        if not found or (found["plain"] and not jupytext):
            continue
        end = closing(lines, index - 1, found["mark"]) or len(lines)
        code = index
        if code < end and lines[code].strip() == "---":
            code = next((at + 1 for at in range(code + 1, end) if lines[at].strip() == "---"), code)
        while code < end and _OPTION.match(_unquoted(lines[code], found["prefix"])):
            code += 1
        body = [_unquoted(line, found["prefix"]) for line in lines[code:end]]
        yield _Cell(index - 1, min(end + 1, len(lines)), code, statements_in(_dedented(body), _plain))
        index = end + 1


def _unquoted(line: str, prefix: str) -> str:
    """Return a line without the marks of the quotes that its cell stands in."""
    for _ in range(prefix.count(">")):
        line = _QUOTE.sub("", line, count=1) if _QUOTE.match(line) else line
    return line


def _dedented(lines: Sequence[str]) -> list[str]:
    depth = min((len(line) - len(line.lstrip()) for line in lines if line.strip()), default=0)
    return [line[depth:] for line in lines]


def _plain(line: str) -> str:
    return _MAGIC.sub(r"\g<indent>pass", line)


# --- what is asked ---


def _names_given(call: PyCall) -> set[str]:
    """Return by what name a call may be given an element."""
    return {call.given.lstrip("#.")} if isinstance(call.given, str) else set()


def _asked(cell: _Cell, calls: Sequence[PyCall], page: _Page) -> Iterator[Text]:
    """Yield the questions of a cell in fences."""
    number = page.lines[cell.first].line
    if cell.statements is None and hold(page.lines[cell.code : cell.end], CALLED):
        page.rewriting.leave_out(f"{CALLED}(…) in a cell that is no Python", number)
        page.unread = True
    for call in calls:
        at = page.lines[min(cell.code + call.line - 1, len(page.lines) - 1)].line
        body = _body(call, page, at)
        if body is None:
            page.rewriting.leave_out(_spoken(call), at)
            page.unread = True
            continue
        if isinstance(call.named.get("num"), int):
            page.rewriting.leave_out(f"{CALLED}(num={call.named['num']})", at)
        opening, ending = fenced(jupyter.NAME, body)
        yield from (Text(one, at) for one in ("", opening, *body, ending, ""))


def _spoken(call: PyCall) -> str:
    given = call.given.name if isinstance(call.given, PyFile) else call.given
    return f"{CALLED}({json.dumps(given)[:60] if isinstance(given, str) else '…'})"


def _body(call: PyCall, page: _Page, line: int) -> list[str] | None:
    """Return the questions that a call is given as lines of JSON; None where they cannot be had."""
    given = call.given.name if isinstance(call.given, PyFile) else call.given
    if isinstance(given, list | dict):
        return _in_json(given)
    if not isinstance(given, str):
        return None
    if given.lstrip("#.") in page.hidden:
        return _in_json(_decoded(page.hidden[given.lstrip("#.")]))
    if given.startswith("#"):
        return None
    if given.lstrip().startswith(("[", "{")):
        return _in_json(read_json(given))
    name = _nearest(given, page.rewriting) if _ADDRESS.match(given) else given
    inner = asked_of(name, line, page.rewriting) if name else None
    return list(inner) if inner is not None else None


def _in_json(value: Any) -> list[str] | None:
    if not isinstance(value, list | dict):
        return None
    try:
        return json.dumps(value, ensure_ascii=False, indent=0).split("\n")
    except (ValueError, RecursionError):
        return None


def _nearest(address: str, rewriting: Rewriting) -> str:
    """Return the file of the course that an address on the web means: the one with most of its path."""
    parts = re.split(r"[?#]", address)[0].split("/")
    named = rewriting.folder.named(parts[-1])
    found = {path: alike(path.split("/")[::-1], parts[::-1]) for path in named}
    best = [path for path, length in found.items() if length == max(found.values())]
    return f"/{best[0]}" if len(best) == 1 else ""


# --- what is left out ---


def _hide(page: _Page, cells: Sequence[_Cell], names: set[str]) -> None:
    """Take the elements out of a page that are given to calls, and what else keeps questions where none sees them."""
    code = [*code_marks(page.lines, notebook=page.rewriting.notebook)]
    for cell in cells:
        code[cell.first : cell.end] = [True] * (cell.end - cell.first)
    taken: list[HtmlElement] = []
    for one in elements_of(page.lines, code):
        found = [(name["double"] or name["single"] or name["bare"] or "") for name in _NAMED.finditer(one.given)]
        own = {name for names in found for name in names.split()}
        within = bool(taken) and _place(one.start) < _place(taken[-1].end)
        if within or not (one.is_hidden or own & names):
            continue
        text = "\n".join(one.content(page.lines)).strip()
        if _decoded(text) is not None:
            page.hidden |= dict.fromkeys(own, text)
            taken.append(one)
        elif own & names and text:
            page.rewriting.leave_out(f"<{one.tag}{one.given}>", page.lines[one.start.line].line)
            taken.append(one)
    for one in reversed(taken):
        rest = page.lines[one.start.line][: one.start.at] + page.lines[one.end.line][one.end.at :]
        page.lines[one.end.line] = Text(rest, page.lines[one.end.line].line)
        page.gone |= set(range(one.start.line, one.end.line))


def _place(spot: Point) -> tuple[int, int]:
    return spot.line, spot.at


def _decoded(text: str) -> Any:
    """Return what a text says in JSON, as it is or in base64; None where it says nothing so."""
    value = read_json(text) if text.startswith(("[", "{")) else None
    if value is None and "<" not in text:
        try:
            value = read_json(base64.b64decode("".join(text.split()), validate=True))
        except ValueError:
            return None
    return value if isinstance(value, list | dict) else None


def _clear(cell: _Cell, page: _Page, reached: set[str]) -> None:
    """Note the lines of a cell that ask something or tell answers; of one in which nothing else stands, all."""
    body = range(cell.code, cell.end - 1)
    if cell.statements is None:
        page.gone |= set(range(cell.first, cell.end)) if hold(page.lines[cell.code : cell.end], CALLED) else set()
    telling = [one for one in cell.statements or () if _tells(one, page.cells, reached)]
    gone = {cell.code + at - 1 for one in telling for at in range(one.lineno, (one.end_lineno or one.lineno) + 1)}
    others = (one for one in cell.statements or () if one not in telling)
    rest = any(not isinstance(one, ast.Import | ast.ImportFrom) for one in others)
    left = rest and any(page.lines[at].strip() for at in body if at not in gone)
    if gone:
        page.gone |= gone if left else set(range(cell.first, cell.end))
    if page.unread and any(_ANSWERS.search(page.lines[at]) for at in body if at not in page.gone):
        page.rewriting.leave_out("a cell with answers", page.lines[cell.first].line)
        page.gone |= set(range(cell.first, cell.end))


def _tells(statement: ast.stmt, cells: PyCells, reached: set[str]) -> bool:
    """Say whether a statement asks something, or sets what is asked."""
    if isinstance(statement, ast.Import | ast.ImportFrom):
        return "jupyterquiz" in ast.unparse(statement)
    return cells.tells(statement, reached)
