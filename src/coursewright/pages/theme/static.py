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
_DARK = re.compile(
    rb"@media screen and \(prefers-color-scheme: dark\) \{\n"
    rb'  :where\(:root:not\(\[data-theme="light"\]\)\) \{\n([^{}]*)  \}\n\}\n'
)
_SPACED = re.compile(
    rb"(\"(?:\\.|[^\"\\\n])*\"|'(?:\\.|[^'\\\n])*'|`(?:\\.|[^`\\])*`"
    rb"|/(?![*/ =])(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\\n\[])+/)"
    rb"|[ ]*([=(){}\[\],;?:<>&|])[ ]*"
)
_ASIDE = re.compile(rb"(?<=[;{},\]]) // [^\n]*")


@cache
def screen() -> bytes:
    """Return the rules of our stylesheet for the screen: the files of style/, in the order of their names."""
    folder = resource(_FOLDER) / "style"
    files = sorted(path for path in folder.iterdir() if path.suffix == ".css" and path.name != _PAPER)
    return _squeezed(_chosen(_BLOCK.sub(b"", b"\n".join(path.read_bytes() for path in files))))


def _chosen(css: bytes) -> bytes:
    """Return rules with the colours of dark pages twice: for who prefers dark pages, and for who chose them."""
    return _DARK.sub(rb'\g<0>\n@media screen {\n  :where(:root[data-theme="dark"]) {\n\g<1>  }\n}\n', css, count=1)


@cache
def rules(folder: str) -> bytes:
    """Return the rules in a folder of style/, which few pages need; they stand before those of our stylesheet.

    They are `home`, of the home of a course, and `lesson`, of what `Content.is_lesson` says that a unit holds.
    """
    files = sorted((resource(_FOLDER) / "style" / folder).iterdir())
    return _squeezed(_BLOCK.sub(b"", b"\n".join(path.read_bytes() for path in files)))


@cache
def paper() -> bytes:
    """Return the rules of our stylesheet for print."""
    return _squeezed(_BLOCK.sub(b"", (resource(_FOLDER) / "style" / _PAPER).read_bytes()))


def _squeezed(css: bytes) -> bytes:
    """Return rules without the space that only their authors need, a rule on a line."""
    css = re.sub(rb"\s*\n\s*", b"\n", css)
    css = re.sub(rb"([{;,])\n", rb"\1", css)
    for spaced in (b": ", b", ", b" > ", b" {"):
        css = css.replace(spaced, spaced.strip())
    return css.replace(b";}", b"}")


@cache
def style(name: str) -> bytes:
    """Return a stylesheet of `packaging_templates/` that few pages need, by its name there."""
    return _squeezed(_BLOCK.sub(b"", (resource(_FOLDER) / name).read_bytes()))


@cache
def script(name: str) -> bytes:
    """Return a script of `packaging_templates/`, by its name there: comments stand alone or after code.

    One that fills a folder of its name, without the suffix, is joined from its files into one function. The space
    before its lines goes too, so no text may run over several of them, and divisions stand between spaces.
    """
    path = resource(_FOLDER) / name
    parts = sorted(path.with_suffix("").glob("*.js"))
    text = _JOINED % b"\n".join(part.read_bytes() for part in parts) if parts else path.read_bytes()
    return _tight(_ASIDE.sub(b"", _LINES.sub(b"", text)))


def _tight(code: bytes) -> bytes:
    """Return a script without the space that only its authors need; its texts and patterns stay as they are."""
    code = _SPACED.sub(lambda found: found[1] or found[2], re.sub(rb"\n\s+", b"\n", code))
    return re.sub(rb"(?<=[{;,(\[])\n", b"", code)
