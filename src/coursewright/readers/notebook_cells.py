"""The cells of a Jupyter notebook, whatever its format, as far as its JSON can be trusted."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field
from json import JSONDecodeError
from typing import Any

from coursewright.frozen import frozen
from coursewright.readers.notebook_places import source_places
from coursewright.text.jsons import parsed_json, strings_of, text_of
from coursewright.text.markdown.values import Text
from coursewright.text.patterns import later

_LANGUAGE = later(r"[A-Za-z][\w+#.-]{0,30}")
_MAGIC = later(r"%%(?P<name>\w+)")
_MAGICS = {
    **dict.fromkeys(("bash", "sh", "script"), "bash"),
    **dict.fromkeys(("javascript", "js"), "javascript"),
    **{name: name for name in ("html", "latex", "sql", "perl", "ruby", "svg")},
    "R": "r",
}


class NotebookError(Exception):
    """A text is no notebook: `reason` says why, in words, and `line` where."""

    def __init__(self, reason: str, line: int = 1) -> None:
        super().__init__(reason)
        self.reason, self.line = reason, line


@frozen
class Cell:
    """A cell: what it is, its lines, each with the line of the file on which it stands, and what it showed.

    `number` counts from one. `tags` are those of Jupyter Book, in one spelling; `grading` is what nbgrader says of it.
    """

    number: int
    kind: str
    lines: tuple[Text, ...]
    language: str = ""
    tags: frozenset[str] = frozenset()
    grading: Mapping[str, Any] = field(default_factory=dict)
    outputs: Sequence[Mapping[str, Any]] = ()
    attachments: Mapping[str, Any] = field(default_factory=dict)

    @property
    def line(self) -> int:
        """The line of the file on which it begins."""
        return self.lines[0].line if self.lines else 1


def cells_of(text: str) -> Iterator[Cell]:
    """Yield the cells of a notebook; raises NotebookError."""
    try:
        whole = parsed_json(text)
    except JSONDecodeError as error:
        raise NotebookError(f"it is not JSON ({error.msg})" if text.strip() else "it is empty", error.lineno) from error
    found = _cells(whole)
    if found is None:
        raise NotebookError("it has no list of cells")
    places = source_places(text)
    kernel = _kernel(_mapping(_mapping(whole).get("metadata")))
    if [len(place) for place in places] != [len(strings_of(_source(one))) for one in found]:
        places = []
    for at, one in enumerate(found):
        yield _cell(at + 1, one, places[at] if places else [], kernel)


def _cells(whole: object) -> list[Mapping[str, Any]] | None:
    """Return the cells as they stand; None where there is no list of them."""
    root = _mapping(whole)
    if isinstance(root.get("cells"), list):
        return _mappings(root["cells"])
    if isinstance(root.get("worksheets"), list):
        return [cell for sheet in _mappings(root["worksheets"]) for cell in _mappings(sheet.get("cells"))]
    return None


def _cell(number: int, one: Mapping[str, Any], places: Sequence[int], kernel: str) -> Cell:
    told = _mapping(one.get("metadata"))
    kind = one.get("cell_type")
    kind = kind if isinstance(kind, str) else ""
    strings = strings_of(_source(one))
    if kind == "heading":  # of nbformat 3
        level = one.get("level")
        depth = level if isinstance(level, int) and 1 <= level <= 6 else 1
        strings = [f"{'#' * depth} {' '.join(text_of(strings).split())}"]
        kind = "markdown"
    lines = tuple(_numbered(strings, places))
    own = one.get("language")
    magic = _MAGIC.match(lines[0]) if lines else None
    language = _MAGICS.get(magic["name"], "") if magic else ""
    return Cell(
        number,
        kind,
        lines,
        language or _language(own) or _language(_mapping(told.get("vscode")).get("languageId")) or kernel,
        frozenset(_tags(told)),
        _mapping(told.get("nbgrader")),
        _mappings(one.get("outputs")),
        _mapping(one.get("attachments")),
    )


def _numbered(strings: Sequence[str], places: Sequence[int]) -> Iterator[Text]:
    """Yield the lines of strings that follow one another, each with the place of the string that it begins in."""
    begun, line = "", 0
    for at, string in enumerate(strings):
        place = places[at] if at < len(places) else 1
        first, *others = string.split("\n")
        line = line or place
        begun += first
        for other in others:
            yield Text(begun.rstrip("\r"), line)
            begun, line = other, place
        line = line if begun else 0
    if begun.strip():
        yield Text(begun, line)


def _source(one: Mapping[str, Any]) -> object:
    return one["source"] if "source" in one else one.get("input")


def _tags(told: Mapping[str, Any]) -> Iterator[str]:
    """Yield the tags of a cell, and what Jupyter says of it in another way."""
    tags = told.get("tags")
    for tag in tags if isinstance(tags, list) else ():
        if isinstance(tag, str):
            yield tag.lower().replace("_", "-")
    shown = _mapping(told.get("jupyter"))
    if shown.get("source_hidden") is True:
        yield "hide-input"
    if shown.get("outputs_hidden") is True:
        yield "hide-output"


def _kernel(told: Mapping[str, Any]) -> str:
    named = _language(_mapping(told.get("kernelspec")).get("language"))
    return named or _language(_mapping(told.get("language_info")).get("name")) or "python"


def _language(value: object) -> str:
    found = _LANGUAGE.fullmatch(value) if isinstance(value, str) else None
    name = found[0].lower() if found else ""
    return "python" if name.startswith("ipython") else name


def _mapping(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def _mappings(value: object) -> list[Mapping[str, Any]]:
    return [_mapping(one) for one in value] if isinstance(value, list) else []
