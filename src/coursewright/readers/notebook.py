"""Jupyter notebooks as documents: the lines of Markdown that one stands for, each with its line in the file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import field, replace
from pathlib import Path

from coursewright.course.assets import Embedded
from coursewright.findings import messages
from coursewright.findings.finding import Finding, Place, Severity
from coursewright.frozen import frozen
from coursewright.readers.decoding import MAX_BYTES, lines_of, read_data
from coursewright.readers.notebook_cells import Cell, NotebookError, cells_of
from coursewright.readers.notebook_grading import Between, Parted, is_solved, parted
from coursewright.readers.notebook_outputs import OutputLosses, attached, closed, fence, pictures_in, shown_by
from coursewright.readers.notebook_pictures import without_pictures
from coursewright.text.markdown.values import Text
from coursewright.text.names import between_blanks
from coursewright.text.patterns import later

_OPTION = later(r"\s*(?:#|//|--|%%)\|\s*(?P<name>[\w-]+)\s*:\s*(?P<value>.*)$")
_ASKS = "display_quiz("
MAX_NOTEBOOK = 100 * 1024 * 1024
"""How many bytes a notebook may have with its pictures; its text has the bound of any."""


@frozen
class Notebook:
    """A notebook as Markdown, whose lines know theirs in the file; None where it cannot be read.

    `pictures` are those in it, by their addresses within it.
    """

    lines: list[str] | None
    findings: list[Finding]
    pictures: Mapping[str, Embedded] = field(default_factory=dict)


def read_notebook(path: Path, shown: str) -> Notebook:
    """Return what a notebook says; `shown` is the path that findings name. One that cannot be read is no error."""
    data, found = read_data(path, shown, MAX_NOTEBOOK)
    made = Notebook(None, found) if data is None else _notebook(without_pictures(data), path.name, shown)
    eased = [
        replace(one, severity=Severity.WARNING) if one.severity is Severity.ERROR else one for one in made.findings
    ]
    return replace(made, findings=eased)


def _notebook(text: bytes, name: str, shown: str) -> Notebook:
    """Return what a notebook says whose file has some name, from its JSON without pictures."""
    if len(text) > MAX_BYTES:
        return Notebook(None, [_too_large(len(text), shown)])
    lines, found = lines_of(text, shown)
    if lines is None:
        return Notebook(None, found)
    losses = OutputLosses()
    try:
        cells = list(cells_of("\n".join(lines)))
    except NotebookError as error:
        return Notebook(None, [*found, messages.NOTEBOOK_UNREAD.at(Place(shown, error.line), reason=error.reason)])
    made: list[str] = [*_written(cells, name, losses)]
    size = sum(len(line.encode("utf-8", "replace")) + 1 for line in made)
    if size > MAX_BYTES:
        return Notebook(None, [*found, _too_large(size, shown)])
    told = losses.told()
    found += [messages.NOTEBOOK_OUTPUTS.at(Place(shown, losses.line), what=told)] if told else []
    return Notebook(made, found, dict(pictures_in(cells)))


def _too_large(size: int, shown: str) -> Finding:
    return messages.TOO_LARGE.at(Place(shown), size=size, limit=MAX_BYTES)


def _written(cells: Iterable[Cell], name: str, losses: OutputLosses) -> Iterator[Text]:
    between, solved = Between(), is_solved(name)
    for cell in cells:
        is_staffs = between.of(cell)
        if "remove-cell" in cell.tags:
            continue
        if cell.kind == "raw":
            yield from _front(cell)
        elif cell.kind == "markdown":
            yield from _of_text(cell, name, is_staffs=is_staffs)
        elif cell.kind == "code":
            found = Parted((), cell.lines) if is_staffs else parted(cell, solved=solved)
            yield from _of_code(cell, name, losses, found)


def _front(cell: Cell) -> Iterator[Text]:
    """Yield front matter, which stands in the first cell; anything else that is raw is for other formats."""
    if cell.number == 1 and cell.lines and cell.lines[0].rstrip() == "---":
        yield from (*cell.lines, Text("", cell.line))


def _of_text(cell: Cell, name: str, *, is_staffs: bool) -> Iterator[Text]:
    found = Parted((), cell.lines) if is_staffs else parted(cell)
    lines = closed(attached(cell, name)) if found.lines is cell.lines else closed(found.lines)
    if found.staff:
        yield from _for_staff(closed(found.staff), cell)
    if lines:
        yield from _folded(lines, cell) if "hide-cell" in cell.tags else lines
        yield Text("", lines[-1].line)


def _of_code(cell: Cell, name: str, losses: OutputLosses, found: Parted) -> Iterator[Text]:
    tags = cell.tags | _options(found.lines)
    code = between_blanks([line for line in found.lines if not _OPTION.match(line)])
    asks = any(_ASKS in line for line in cell.lines)
    if code and (asks or not tags & {"remove-input", "remove-cell"}):
        block = _fenced(code, cell)
        yield from _folded(block, cell) if tags & {"hide-input", "hide-cell"} and not asks else block
        yield Text("", code[-1].line)
    if found.staff:
        yield from _for_staff(_fenced(between_blanks(found.staff), cell), cell)
    elif not asks and not tags & {"remove-output", "remove-cell"}:
        rows = [Text(row, cell.line) for row in shown_by(cell, name, losses)]
        yield from _folded(rows, cell) if rows and tags & {"hide-output", "hide-cell"} else rows


def _options(lines: Sequence[Text]) -> set[str]:
    """Return what Quarto's options at the head of a cell say, as the tags that mean it."""
    tags: set[str] = set()
    for line in lines:
        if not (found := _OPTION.match(line)):
            break
        if found["value"].strip().lower() == "false":
            tags |= {"include": {"remove-cell"}, "echo": {"remove-input"}, "output": {"remove-output"}}.get(
                found["name"], set()
            )
    return tags


def _fenced(lines: Sequence[Text], cell: Cell) -> list[Text]:
    if not lines:
        return []
    mark = fence(lines)
    return [Text(f"{mark}{cell.language}", lines[0].line), *lines, Text(mark, lines[-1].line)]


def _folded(lines: Sequence[Text], cell: Cell) -> Iterator[Text]:
    """Yield lines in a fold, which learners open."""
    opening = ("<details>", "<summary>Details</summary>", "")
    yield from (Text(row, cell.line) for row in opening)
    yield from lines
    yield from (Text(row, lines[-1].line) for row in ("", "</details>", ""))


def _for_staff(lines: Sequence[Text], cell: Cell) -> Iterator[Text]:
    if lines:
        yield from (Text(row, cell.line) for row in ("", "::::: instructor", ""))
        yield from lines
        yield from (Text(row, lines[-1].line) for row in ("", ":::::", ""))
