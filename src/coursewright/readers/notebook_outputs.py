"""What the cells of a notebook showed when they were run last: text, and pictures, which are files within it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import field
from typing import Any
from urllib.parse import quote

from coursewright.course.assets import Embedded
from coursewright.frozen import slotted
from coursewright.readers.notebook_cells import Cell
from coursewright.readers.notebook_pictures import is_place, place_of
from coursewright.text.jsons import text_of
from coursewright.text.markdown.values import Text
from coursewright.text.patterns import later

MOST_LINES = 40
_LONGEST = 500
_ESCAPES = later("\x1b\\[[0-9;?]*[ -/]*[@-~]|\x1b\\][^\x07\x1b]{0,2000}\x07")
_CONTROLS = later("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_OBJECT = later(r"\[?<[\w.]+(?: object)?(?: at 0x[0-9A-Fa-f]+)?>\]?|<Figure [^>]*>|\w+\(.*children=.*", re.DOTALL)
_FORMULA = later(r"\s*(?:\$|\\begin\{)")
_FENCE = later(r" {0,3}(?P<mark>`{3,}|~{3,})(?P<info>.*)$")
_ATTACHED = later(r"(?P<opening>\]\(<?|\bsrc=[\"']?|^ {0,3}\[[^\]]{1,200}\]: ?)attachment:")
_WIDGET = "application/vnd.jupyter.widget-view+json"
_PICTURES = {"image/png": "png", "image/jpeg": "jpg", "image/gif": "gif", "image/svg+xml": "svg"}
_OLD = {"png": "image/png", "jpeg": "image/jpeg", "svg": "image/svg+xml", "text": "text/plain", "html": "text/html"}
_OLD |= {"latex": "text/latex"}


@slotted
class OutputLosses:
    """How many outputs of a notebook are not shown whole, with the line of the first."""

    cut: int = 0
    left: int = 0
    line: int = 0
    names: list[str] = field(default_factory=list)

    def told(self) -> str:
        """Return what is lost, in words."""
        many = "s are left out, as they are" if self.left > 1 else " is left out, as it is"
        left = f"{self.left} output{many} neither text nor a picture" if self.left else ""
        many = "s are" if self.cut > 1 else " is"
        cut = f"{self.cut} output{many} cut, to {MOST_LINES} lines of {_LONGEST} characters" if self.cut else ""
        return "; ".join(filter(None, (left, cut)))


def shown_by(cell: Cell, name: str, losses: OutputLosses) -> list[str]:
    """Return what a cell of the notebook of some name showed, as lines of Markdown."""
    rows: list[str] = []
    text = ""
    for at, output in enumerate(cell.outputs, 1):
        if output.get("output_type") == "stream":
            text += text_of(output.get("text"))
            continue
        rows += _block(text, cell, losses)
        text = ""
        rows += _one(output, f"{quote(name)}/{cell.number}/output-{at}", cell, losses)
    return [*rows, *_block(text, cell, losses)]


def _one(output: Mapping[str, Any], address: str, cell: Cell, losses: OutputLosses) -> Iterator[str]:
    kind = output.get("output_type")
    if kind in ("error", "pyerr"):
        told = output.get("traceback")
        rows = [one for one in told if isinstance(one, str)] if isinstance(told, list) else []
        named = ": ".join(filter(None, (text_of(output.get("ename")), text_of(output.get("evalue")))))
        yield from _block("\n".join(rows) or named, cell, losses)
        return
    data = _data(output)
    if found := _picture(data):
        yield from ("", f"![]({address}.{found[0]})", "")
        return
    written, plain = text_of(data.get("text/markdown")), text_of(data.get("text/plain"))
    formula = text_of(data.get("text/latex"))
    if written.strip() or _FORMULA.match(formula):
        rows = (written or _displayed(formula)).split("\n")
        yield from ("", *closed(Text(_plain(row), cell.line) for row in rows), "")
    elif _WIDGET in data or _OBJECT.fullmatch(plain.strip()) or not plain.strip():
        if data.keys() - {"text/plain"}:
            losses.left += 1
            losses.line = losses.line or cell.line
    else:
        yield from _block(plain, cell, losses)


def _displayed(formula: str) -> str:
    bare = formula.strip()
    return bare if bare.startswith("$") else f"$$\n{bare}\n$$"


def _block(text: str, cell: Cell, losses: OutputLosses) -> list[str]:
    """Return text as a block of code, without what only terminals understand."""
    rows = [_plain(row.rstrip().rpartition("\r")[2]).rstrip() for row in text.split("\n")]
    while rows and not rows[-1]:
        rows.pop()
    while rows and not rows[0]:
        del rows[0]
    if not rows:
        return []
    kept = [row if len(row) <= _LONGEST else f"{row[:_LONGEST]}…" for row in rows[:MOST_LINES]]
    if len(rows) > MOST_LINES:
        kept.append("…")
    if kept != rows:
        losses.cut += 1
        losses.line = losses.line or cell.line
    mark = fence(kept)
    return ["", mark, *kept, mark, ""]


def _plain(row: str) -> str:
    if row.isascii() and row.isprintable():
        return row
    return _CONTROLS.sub("", _ESCAPES.sub("", row))


def fence(rows: Iterable[str]) -> str:
    """Return a mark that no line of a block of code begins with."""
    longest = max((len(row.lstrip()) - len(row.lstrip().lstrip("`")) for row in rows), default=0)
    return "`" * max(3, longest + 1)


def closed(rows: Iterable[Text]) -> list[Text]:
    """Return Markdown in which a block of code that is not ended ends with it."""
    kept = list(rows)
    mark = ""
    for row in kept:
        found = _FENCE.match(row) if "```" in row or "~~~" in row else None
        if found and not mark and not ("`" in found["mark"] and "`" in found["info"]):
            mark = found["mark"]
        elif found and mark and found["mark"].startswith(mark) and not found["info"].strip():
            mark = ""
    return [*kept, Text(mark, kept[-1].line)] if mark else kept


# --- pictures ---


def pictures_in(cells: Iterable[Cell]) -> Iterator[tuple[str, Embedded]]:
    """Yield the pictures of a notebook by their addresses within that: a cell's number, and a name."""
    for cell in cells:
        kept = [(name, _picture(_mapped(value))) for name, value in cell.attachments.items()]
        shown = [(f"output-{at}", _picture(_data(output))) for at, output in enumerate(cell.outputs, 1)]
        kept += [(f"{name}.{found[0]}", found) for name, found in shown if found]
        for name, found in kept:
            if found and (place := place_of(found[1])):
                yield f"{cell.number}/{name}", place


def attached(cell: Cell, name: str) -> list[Text]:
    """Return the lines of a cell of text whose pictures are found in the notebook of some name."""
    home = f"{quote(name)}/{cell.number}/"
    return [
        Text(_ATTACHED.sub(lambda found: f"{found['opening']}{home}", line), line.line)
        if "attachment:" in line
        else line
        for line in cell.lines
    ]


def _picture(data: Mapping[str, Any]) -> tuple[str, str] | None:
    """Return the ending of the picture among what an output is in several forms, and what stands in its place."""
    texts = ((ending, text_of(data.get(kind))) for kind, ending in _PICTURES.items())
    return next(((ending, text) for ending, text in texts if is_place(text)), None)


def _data(output: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return what an output shows, by its kinds; nbformat 3 has them beside the rest, by names."""
    if "data" in output:
        return _mapped(output["data"])
    return {kind: output[key] for key, kind in _OLD.items() if key in output}


def _mapped(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}
