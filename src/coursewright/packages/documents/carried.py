"""The source that a package of ours carries: the folder that its course is as Markdown, in one document.

Texts stand in it as they are, but those with the keys of quizzes: these are sealed as the keys beside our pages are, so
that nobody reads an answer by chance. Pictures and files stand in the package already, and are named only.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import field
from itertools import chain
from typing import Any

from coursewright.frozen import frozen
from coursewright.packages.files.long_document import LongDocument, gathered
from coursewright.packages.files.paths import is_harmless
from coursewright.pages.keys import sealed, unsealed
from coursewright.text.jsons import read_json

CARRIED = "coursewright/source.json"
FOLDER = "coursewright"
LARGEST = 100_000_000  # bytes of the document
_VERSION = 1


@frozen
class CarriedSource:
    """A folder by the paths in it: its `texts`, those with keys among them `guarded`, and where its `files` stand."""

    texts: Mapping[str, str]
    guarded: Mapping[str, str] = field(default_factory=dict)
    files: Mapping[str, str] = field(default_factory=dict)


def write_carried(
    texts: Iterable[tuple[str, str]], guarded: Mapping[str, str], files: Mapping[str, str]
) -> bytes | LongDocument:
    """Return the document of a source, whose texts are asked for one after another; it is compressed if it is long."""
    whole = {
        "version": _VERSION,
        "texts": {"": ""},  # in the place of all
        "sealed": {path: sealed({"text": text}, path) for path, text in guarded.items()},
        "files": dict(files),
    }
    before, _, after = json.dumps(whole, ensure_ascii=False, indent=0).partition('"": ""')
    pieces = chain([before], _entries(texts), [after, "\n"])
    return gathered(piece.encode("utf-8", "replace") for piece in pieces)


def _entries(texts: Iterable[tuple[str, str]]) -> Iterator[str]:
    separator = ""
    for path, text in texts:
        yield f"{separator}{_quoted(path)}: {_quoted(text)}"
        separator = ",\n"


_quoted = json.JSONEncoder(ensure_ascii=False).encode


def read_carried_document(document: bytes) -> CarriedSource | None:
    """Return the source in a document; None where it is none that can be read, or a path in it leads elsewhere."""
    whole = read_json(document)
    if not isinstance(whole, dict) or whole.get("version") != _VERSION:
        return None
    texts, locked, files = (_texts(whole.get(name)) for name in ("texts", "sealed", "files"))
    guarded = {path: _opened(text, path) for path, text in locked.items()}
    paths = [*texts, *guarded, *files, *files.values()]
    if (
        not texts
        or None in guarded.values()
        or len({*texts, *guarded, *files}) < len(texts) + len(guarded) + len(files)
    ):
        return None
    known = {path: text for path, text in guarded.items() if text is not None}
    return CarriedSource(texts, known, files) if all(map(is_harmless, paths)) else None


def _texts(value: Any) -> dict[str, str]:
    """Return what is a text by a text of a value."""
    return {name: one for name, one in value.items() if isinstance(one, str)} if isinstance(value, dict) else {}


def _opened(text: str, path: str) -> str | None:
    key = unsealed(text, path)
    found = key.get("text") if key else None
    return found if isinstance(found, str) else None
