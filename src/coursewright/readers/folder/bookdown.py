"""What only bookdown reads in documents of R Markdown: headings of parts, and references to chapters and figures."""

from __future__ import annotations

import re

from coursewright.readers.folder.forms import link, target
from coursewright.readers.folder.lines import Lines, code_marks, hold, rewritten
from coursewright.readers.folder.rewriting import Rewriting

_PART = re.compile(r"# \((?:PART|APPENDIX)(?:\\?\*)?\)[ \t]*(?P<title>.*?)[ \t]*(?:\{[^{}]*\}[ \t]*)?$")
_REFERENCE = re.compile(r"\\?@ref\((?P<label>[\w:./-]{1,200})\)")
_ANCHOR = re.compile(r"(?<=\])\(#(?P<label>[\w:.-]{1,200})\)")


def part_named(line: str) -> str:
    """Return the title of the part that a heading begins, or nothing."""
    found = _PART.match(line) if line.startswith("# (") else None
    return found["title"] if found else ""


def without_bookdown(lines: Lines, rewriting: Rewriting) -> Lines:
    """Return lines without headings of parts, which are no text, and with references as links or words."""
    if not rewriting.notebook:
        return lines
    if hold(lines, "# (PART", "# (APPENDIX"):
        marks = code_marks(lines, notebook=True)
        lines = [line for line, code in zip(lines, marks, strict=True) if code or not _PART.match(line)]
    if not hold(lines, "@ref(", "](#"):
        return lines
    names, own = rewriting.options.names, rewriting.document.relative

    def reference(found: re.Match[str]) -> str:
        label = found["label"]
        words = label.rpartition(":")[2].replace("-", " ")
        path, anchor = names.labels.get(label, ("", ""))
        title = names.headings.get(label) or names.titles.get(path, "") or words
        return link(title, rewriting.leading_to(path, anchor)) if path else words

    def elsewhere(found: re.Match[str]) -> str:
        path, anchor = names.labels.get(found["label"], (own, ""))
        return found[0] if path == own else f"({target(rewriting.leading_to(path, anchor))})"

    def one(text: str, _: int) -> str:
        text = _REFERENCE.sub(reference, text) if "@ref(" in text else text
        return _ANCHOR.sub(elsewhere, text) if "](#" in text else text

    return rewritten(lines, one, notebook=True)
