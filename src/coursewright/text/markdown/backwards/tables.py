"""Tables: as GitHub writes them where every cell is one line, else in clean tags."""

from __future__ import annotations

from lxml.etree import _Element as Element

from coursewright.text.markdown.backwards.page import Source, words
from coursewright.text.markdown.backwards.raw import alignment, raw

_RULES = {"left": ":---", "right": "---:", "center": ":---:", "": "---"}
_BOLD = ("strong", "b")
_LONGEST = 2_000  # characters of a cell


def table(source: Source, element: Element) -> list[str]:
    """Return a table; what is in one that has a single cell, since that is a frame."""
    rows = [_cells(row) for row in _rows(element)]
    rows = [row for row in rows if row]
    if not rows:
        return source.blocks(element)
    if len(rows) == 1 and len(rows[0]) == 1:
        return source.blocks(rows[0][0])
    if element.get("role") in ("presentation", "none"):
        return [block for row in rows for cell in row for block in source.blocks(cell)]
    if element.find("caption") is None and _is_plain(rows, source):
        return [_written(source, rows)]
    return [raw(source, element)]


def _rows(element: Element) -> list[Element]:
    return [row for row in element.iter("tr") if next(row.iterancestors("table"), None) is element]


def _cells(row: Element) -> list[Element]:
    return [one for one in row if one.tag in ("td", "th")]


def _is_plain(rows: list[list[Element]], source: Source) -> bool:
    """Say whether a table has a head and as many cells in each row, each with a line of text at most."""
    width = len(rows[0])
    if any(len(row) != width for row in rows) or not _is_head(rows[0]):
        return False
    if any(cell.tag == "th" for row in rows[1:] for cell in row):
        return False
    return all(_is_line(cell, source) for row in rows for cell in row)


def _is_head(row: list[Element]) -> bool:
    if all(cell.tag == "th" for cell in row):
        return True
    return len(row) > 1 and all(_is_bold(cell) for cell in row)


def _is_bold(cell: Element) -> bool:
    said = words(cell)
    return bool(said) and any(words(one) == said for one in cell.iter(*_BOLD))


def _is_line(cell: Element, source: Source) -> bool:
    if cell.get("colspan", "1") not in ("1", "") or cell.get("rowspan", "1") not in ("1", ""):
        return False
    inner = _inner(cell)
    return inner not in source.blocky and len(words(cell)) <= _LONGEST


def _inner(cell: Element) -> Element:
    """Return what holds the words of a cell: the cell, or the only paragraph in it."""
    while (
        len(cell) == 1
        and cell[0].tag in ("p", "div")
        and not (cell.text or "").strip()
        and not (cell[0].tail or "").strip()
    ):
        cell = cell[0]
    return cell


def _written(source: Source, rows: list[list[Element]]) -> str:
    head = [_cell(source, cell, head=True) for cell in rows[0]]
    rules = [_RULES[_alignment([row[place] for row in rows])] for place in range(len(head))]
    body = [[_cell(source, cell) for cell in row] for row in rows[1:]]
    return "\n".join("| " + " | ".join(cells) + " |" for cells in (head, rules, *body))


def _alignment(cells: list[Element]) -> str:
    found = {_side(cell) for cell in cells if words(cell)}
    return found.pop() if len(found) == 1 else ""


def _side(cell: Element) -> str:
    named = (cell.get("class") or "").split()
    own = "center" if "centred" in named else "right" if "end" in named else ""
    return own or alignment(cell)


def _cell(source: Source, cell: Element, *, head: bool = False) -> str:
    inner = _inner(cell)
    while head and len(inner) == 1 and inner[0].tag in _BOLD and words(inner[0]) == words(inner):
        inner = inner[0]
    return source.line(inner).replace("\\\n", "<br>").replace("|", "\\|")
