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
from coursewright.readers.decoding import NOTEBOOK
from coursewright.readers.folder.includes import asked_of
from coursewright.readers.folder.lines import Lines, hold
from coursewright.readers.folder.rewriting import Rewriting
from coursewright.readers.quizzes.dialects import jupyter
from coursewright.readers.quizzes.fences import closing, fenced
from coursewright.readers.quizzes.pyvalues import PyCall, PyCells, PyFile, imported_as, statements_in
from coursewright.text.jsons import read_json
from coursewright.text.markdown.values import Text

CALLED = "display_quiz"
_CELL = re.compile(
    r"[ \t]*(?P<mark>`{3,}|~{3,}|:{3,})[ \t]*"
    r"(?:\{(?:code-cell|jupyter-execute|python|py|pyodide(?:-python)?)\b[^}]*\}|(?P<plain>python|ipython3?)\b).*$"
)
_OPTION = re.compile(r"[ \t]*(?::[\w-]+:|#\|).*$")
_MAGIC = re.compile(r"^(?P<indent>[ \t]*)[%!?].*$")
_OPENED = re.compile(r"<(?P<tag>span|div|p|pre|script|template)\b(?P<given>[^>]{0,500})>", re.IGNORECASE)
_NAMED = re.compile(r"\b(?:id|class)\s*=\s*[\"']?(?P<name>[^\"'>]+)")
_HIDDEN = re.compile(r"\bhidden\b|display\s*:\s*none", re.IGNORECASE)
_ADDRESS = re.compile(r"https?://", re.IGNORECASE)
_LONGEST = 5_000


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


def with_cells_asked(lines: Lines, rewriting: Rewriting) -> Lines:
    """Return lines with the questions of cells in fences of their own, and without what tells their answers."""
    if not hold(lines, CALLED):
        return lines
    cells = [*_cells(lines, rewriting)]
    if not any(hold(lines[cell.code : cell.end], CALLED) for cell in cells):
        return lines
    names = {name for cell in cells for name in imported_as(cell.statements or (), CALLED)}
    page = _Page(lines, rewriting, PyCells(names))
    _hide(page, {at for cell in cells for at in range(cell.first, cell.end)})
    asked = {cell.first: [*_asked(cell, page)] for cell in cells}
    reached = page.cells.reached()
    for cell in cells:
        _clear(cell, page, reached)
    kept: Lines = []
    for at, line in enumerate(page.lines):
        kept += asked.get(at, ())
        kept += [line] if at not in page.gone else []
    return kept


def _cells(lines: Lines, rewriting: Rewriting) -> Iterator[_Cell]:
    jupytext = "jupyter" in rewriting.document.front or rewriting.document.relative.lower().endswith(NOTEBOOK)
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
        while code < end and _OPTION.match(lines[code]):
            code += 1
        yield _Cell(index - 1, min(end + 1, len(lines)), code, statements_in(_dedented(lines[code:end]), _plain))
        index = end + 1


def _dedented(lines: Sequence[str]) -> list[str]:
    depth = min((len(line) - len(line.lstrip()) for line in lines if line.strip()), default=0)
    return [line[depth:] for line in lines]


def _plain(line: str) -> str:
    return _MAGIC.sub(r"\g<indent>pass", line)


# --- what is asked ---


def _asked(cell: _Cell, page: _Page) -> Iterator[Text]:
    """Yield the questions of a cell in fences."""
    number = page.lines[cell.first].line
    if cell.statements is None:
        if hold(page.lines[cell.code : cell.end], CALLED):
            page.rewriting.leave_out(f"{CALLED}(…) in a cell that is no Python", number)
        return
    for call in page.cells.read(cell.statements):
        at = page.lines[min(cell.code + call.line - 1, len(page.lines) - 1)].line
        body = _body(call, page, at)
        if body is None:
            page.rewriting.leave_out(_spoken(call), at)
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
    found = {path: _shared(path.split("/"), parts) for path in rewriting.folder.named(parts[-1])}
    best = [path for path, length in found.items() if length == max(found.values())]
    return f"/{best[0]}" if len(best) == 1 else ""


def _shared(one: Sequence[str], other: Sequence[str]) -> int:
    pairs = zip(reversed(one), reversed(other), strict=False)
    return next((at for at, (a, b) in enumerate(pairs) if a != b), min(len(one), len(other)))


# --- what is left out ---


def _hide(page: _Page, code: set[int]) -> None:
    """Take the elements that are not shown out of a page: questions may be kept in them."""
    at = 0
    while at < len(page.lines):
        line = page.lines[at]
        found = _OPENED.search(line) if "<" in line and at not in code else None
        if found is None or not _HIDDEN.search(found["given"]):
            at += 1
            continue
        ending = re.compile(rf"</{found['tag']}\s*>", re.IGNORECASE)
        ends = (
            (one, ending.search(page.lines[one], found.end() if one == at else 0)) for one in range(at, len(page.lines))
        )
        last, closed = next(((one, end) for one, end in ends if end), (at, None))
        if closed is None:
            at += 1
            continue
        rows = [str(one) for one in page.lines[at : last + 1]]
        rows[-1] = rows[-1][: closed.start()]
        rows[0] = rows[0][found.end() :]
        name = _NAMED.search(found["given"])
        text = "\n".join(rows).strip()
        if name and _decoded(text) is not None:
            page.hidden |= dict.fromkeys(name["name"].split(), text)
        elif text:
            page.rewriting.leave_out(found[0], line.line)
        page.lines[last] = Text(line[: found.start()] + page.lines[last][closed.end() :], page.lines[last].line)
        page.gone |= set(range(at, last))
        at = last


def _decoded(text: str) -> Any:
    """Return what a text says in JSON, as it is or in base64; None where it says nothing so."""
    value = read_json(text)
    if value is None:
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
        return
    telling = [one for one in cell.statements if _tells(one, page.cells, reached)]
    gone = {cell.code + at - 1 for one in telling for at in range(one.lineno, (one.end_lineno or one.lineno) + 1)}
    rest = [one for one in cell.statements if one not in telling and not isinstance(one, ast.Import | ast.ImportFrom)]
    left = bool(rest) and any(page.lines[at].strip() for at in body if at not in gone)
    if gone:
        page.gone |= gone if left else set(range(cell.first, cell.end))


def _tells(statement: ast.stmt, cells: PyCells, reached: set[str]) -> bool:
    """Say whether a statement asks something, or sets what is asked."""
    if isinstance(statement, ast.Import | ast.ImportFrom):
        return "jupyterquiz" in ast.unparse(statement)
    return cells.tells(statement, reached)
