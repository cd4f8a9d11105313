"""Our stylesheet and scripts as packages hold them: joined, and without the comments, which no learner reads."""

from __future__ import annotations

import re
from functools import cache

from coursewright.resources import resource

_FOLDER = "packaging_templates"
_PAPER = "90-print.css"  # what a theme adds goes before it
_BLOCK = re.compile(rb"[ \t]*/\*.*?\*/\n?", re.DOTALL)
_LINES = re.compile(rb"^[ \t]*(?://[^\n]*|/\*.*?\*/[ \t]*)\n", re.DOTALL | re.MULTILINE)  # those that stand alone
_JOINED = b'(function () {\n"use strict";\n\n%s})();\n'
_ASIDE = re.compile(rb"(?<=[;{},\]]) // [^\n]*")


@cache
def screen() -> bytes:
    """Return the rules of our stylesheet for the screen: the files of style/, in the order of their names."""
    folder = resource(_FOLDER) / "style"
    files = sorted(path for path in folder.iterdir() if path.suffix == ".css" and path.name != _PAPER)
    return _BLOCK.sub(b"", b"\n".join(path.read_bytes() for path in files))


@cache
def paper() -> bytes:
    """Return the rules of our stylesheet for print."""
    return _BLOCK.sub(b"", (resource(_FOLDER) / "style" / _PAPER).read_bytes())


@cache
def script(name: str) -> bytes:
    """Return a script of `packaging_templates/`, by its name there: comments stand alone or after code.

    One that fills a folder of its name, without the suffix, is joined from its files into one function.
    """
    path = resource(_FOLDER) / name
    parts = sorted(path.with_suffix("").glob("*.js"))
    text = _JOINED % b"\n".join(part.read_bytes() for part in parts) if parts else path.read_bytes()
    return _ASIDE.sub(b"", _LINES.sub(b"", text))
