"""Kramdown's attributes, as Carpentries' and other Jekyll lessons use them: a quote that `{: .challenge}` names."""

from __future__ import annotations

import re

from coursewright.readers.folder.forms import callout, callout_kind
from coursewright.readers.folder.lines import Lines, code_marks, hold, outside_code
from coursewright.text.markdown.values import Text

_ATTRIBUTES = re.compile(r"\s*\{:(?P<what>[^{}]*)\}\s*$")
_INLINE = re.compile(r"\{:(?=[\s.#\w])(?P<what>[^{}\n]*)\}")
_INLINE_KNOWN = re.compile(r"[.#]|[\w-]+=|target|toc|no_toc")
_CLASS = re.compile(r"\.([\w-]+)")
_ID = re.compile(r"#([\w:.-]+)")
_LANGUAGE = re.compile(r"(?:language|lang)-(\w+)")
_MARKS = re.compile(r"(?:```+|~~~+)\s*$")
_TOC = re.compile(r"\s*(?:[-*+]|\d+\.)\s+\S.*$")
MAX_DEPTH = 6


def without_kramdown(lines: Lines) -> Lines:
    """Return lines with quotes that have a class as callouts, and without other attributes of kramdown."""
    if not hold(lines, "{:"):
        return lines
    return _without_attributes(_called(lines, 0))


def _called(lines: Lines, depth: int) -> Lines:
    """Return lines with each quote that is followed by `{: .class}` as a callout, and those within it."""
    kept: Lines = []
    index = 0
    while index < len(lines):
        if not lines[index].lstrip().startswith(">") or depth > MAX_DEPTH:
            kept.append(lines[index])
            index += 1
            continue
        end = index
        while end < len(lines) and lines[end].lstrip().startswith(">"):
            end += 1
        inner = [Text(re.sub(r"^\s*> ?", "", line), line.line) for line in lines[index:end]]
        found = _ATTRIBUTES.match(lines[end]) if end < len(lines) else None
        kind = _kind(found["what"]) if found else ""
        if kind:
            content = _called(inner, depth + 1)
            colons = ":" * (
                1 + max([3, *(len(line) - len(line.lstrip(":")) for line in content if line.startswith(":::"))])
            )
            kept += [
                Text(callout(kind, colons=len(colons)), lines[index].line),
                *content,
                Text(colons, lines[end].line),
                Text("", lines[end].line),
            ]
            end += 1
        else:
            kept += lines[index:end]
        index = end
    return kept


def _kind(attributes: str) -> str:
    return next((kind for name in _CLASS.findall(attributes) if (kind := callout_kind(name))), "")


def _without_attributes(lines: Lines) -> Lines:
    """Return lines without attributes of kramdown, which are a language, an anchor, a callout, or only looks."""
    kept: Lines = []
    marks = code_marks(lines)
    closing = -1  # the line before which a callout ends
    for index, (line, code) in enumerate(zip(lines, marks, strict=True)):
        if index == closing:
            kept.append(Text("::::", line.line))
        found = _ATTRIBUTES.match(line) if not code or line.startswith("{:") else None
        if not found:
            kept.append(Text(outside_code(line, _without_inline), line.line) if "{:" in line and not code else line)
            continue
        kind = _kind(found["what"])
        if kind and index + 1 < len(lines) and lines[index + 1].strip():
            kept.append(Text(callout(kind), line.line))
            closing = next((at for at in range(index + 1, len(lines)) if not lines[at].strip()), len(lines))
        else:
            _apply(found["what"], kind, kept)
    return [*kept, Text("::::", lines[-1].line)] if closing == len(lines) else kept


def _apply(attributes: str, kind: str, kept: Lines) -> None:
    """Give what stands last its attributes: a fence its language, a heading its anchor, a paragraph its callout."""
    if not kept or not kept[-1].strip():
        return
    last = kept[-1]
    if "toc" in attributes.split() and _TOC.match(last):
        kept.pop()
    elif (language := _LANGUAGE.search(attributes)) and _MARKS.match(last):
        opening = next((at for at in range(len(kept) - 2, -1, -1) if _MARKS.match(kept[at])), None)
        if opening is not None:
            kept[opening] = Text(f"{kept[opening].rstrip()}{language[1]}", kept[opening].line)
    elif last.startswith("#") and (anchor := _ID.search(attributes)):
        kept[-1] = Text(f"{last.rstrip()} {{#{anchor[1]}}}", last.line)
    elif kind:
        start = next((at + 1 for at in range(len(kept) - 1, -1, -1) if not kept[at].strip()), 0)
        kept[start:] = [Text(callout(kind), kept[start].line), *kept[start:], Text("::::", last.line)]


def _without_inline(text: str) -> str:
    return _INLINE.sub(lambda found: "" if _INLINE_KNOWN.match(found["what"].strip()) else found[0], text)
