"""Material for MkDocs' own: icons by their names, keys between plus signs, and what abbreviations stand for."""

from __future__ import annotations

import re

from coursewright.readers.folder.lines import Lines, code_marks, outside_code
from coursewright.readers.folder.rewriting import Rewriting
from coursewright.text.markdown.values import Text

_ICON = re.compile(r"(?<![\w:]):(?:material|fontawesome|octicons|simple)-[a-z0-9-]{1,80}:(?:\{[^{}\n]*\})? ?")
_VERDICT = re.compile(  # before an item of a list
    r"^(?P<item>[ \t]*(?:[-*+]|\d{1,3}[.)])[ \t]+):(?:material|fontawesome|octicons|simple)-(?:[a-z0-9]+-)*?"
    r"(?:(?P<right>check)|close|xmark|times)(?:-[a-z0-9]+)*:(?:\{[^{}\n]*\})?"
)
_KEYS = re.compile(r"(?<![\w+])\+\+(?P<keys>[A-Za-z][\w-]*(?:\+[\w-]+)*|\d)\+\+(?![\w+])")
_ABBREVIATION = re.compile(r"\*\[(?P<short>[^\]\n]+)\]:")


def without_material(lines: Lines, rewriting: Rewriting) -> Lines:
    """Return lines without icons and what abbreviations stand for; keys are as HTML has them.

    An icon that judges an item of a list becomes a sign.
    """
    kept: Lines = []
    for line, code in zip(lines, code_marks(lines, notebook=rewriting.notebook), strict=True):
        if code or (":" not in line and "++" not in line):
            kept.append(line)
        elif _ABBREVIATION.match(line):
            rewriting.leave_out(line, line.line)
        else:
            kept.append(Text(outside_code(line, _plain), line.line))
    return kept


def _plain(text: str) -> str:
    text = _VERDICT.sub(lambda found: f"{found['item']}{'✅' if found['right'] else '❌'}", text, count=1)
    return _KEYS.sub(_keys, _ICON.sub("", text))


def _keys(found: re.Match[str]) -> str:
    """Return keys that are pressed together, each by its name: Ctrl+C."""
    return "+".join(f"<kbd>{one.replace('-', ' ').capitalize()}</kbd>" for one in found["keys"].split("+"))
