"""LiaScript's own: macros of the header and of imports within the course, animation marks, spoken text, media links."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from coursewright.readers.folder.lines import Lines, code_marks, outside_code
from coursewright.readers.folder.rewriting import Rewriting
from coursewright.readers.folder.sourcefolder import RefusedError
from coursewright.readers.frontmatter import front_matter
from coursewright.text.markdown.values import Text

_USE = re.compile(r"(?<![\w@/.`\\])@(?P<name>[A-Za-z_][\w.]*)(?:\((?P<arguments>[^()]*)\))?")
_ALONE = re.compile(r"\s*@[A-Za-z_][\w.]*(?:\([^()]*\))?\s*$")
_ANIMATION = re.compile(r"[ \t]*(?:--)?\{\{[\d\s|>+-]*(?:[A-Z]{2}[\w ]*)?\}\}(?:--)?[ \t]*")
_MEDIA = re.compile(r"(?<![\w\\])(?:!\?|\?{1,2})(?=\[[^\]\n]*\]\()")
_INFO = re.compile(r"(?P<mark>\s*(?:```+|~~~+))\s*[+-]?(?P<language>[\w+#-]*).*$")
_RAW = re.compile(r"https?://raw\.githubusercontent\.com/[^/]+/[^/]+/(?:refs/heads/)?[^/]+/(?P<path>[^?#\s]+)")
_BEGUN = re.compile(r"\s*@[A-Za-z_][\w.]*\(")
_MERMAID = re.compile(r"@mermaid\((?P<text>.*)\)", re.DOTALL)
_PARAMETER = re.compile(r"@'?(\d)")
MAX_DEPTH, MAX_TEXT = 6, 200_000


def is_liascript(front: Mapping[str, Any]) -> bool:
    """Say whether front matter is LiaScript's header."""
    return any(name.startswith("@") for name in front) or "narrator" in front


def without_macros(lines: Lines, rewriting: Rewriting) -> Lines:
    """Return lines with the macros of LiaScript's header in full, and without its marks. Quizzes stay as they are."""
    front = rewriting.document.front
    if not is_liascript(front):
        return lines
    macros = {**_imported(rewriting), **_macros(front)}
    kept: Lines = []
    lines = _joined(lines)
    for line, code in zip(lines, code_marks(lines), strict=True):
        if found := None if code else _MERMAID.fullmatch(line.strip()):
            kept += [Text(one, line.line) for one in ("```mermaid", *found["text"].split("\x1f"), "```")]
        elif code and _ANIMATION.fullmatch(line):
            continue
        elif code:
            found = _INFO.match(line) if line.lstrip().startswith(("```", "~~~")) else None
            kept.append(Text(f"{found['mark']}{found['language']}", line.line) if found else line)
        else:
            changed = _line(line, macros, rewriting)
            if changed.strip() or not line.strip():
                kept += [Text(one, line.line) for one in re.split("[\n\x1f]", changed)]
    return kept


def _joined(lines: Lines) -> Lines:
    """Return lines with each use of a macro that stands on several of them on one."""
    kept: Lines = []
    index = 0
    while index < len(lines):
        line, end = lines[index], index + 1
        if _BEGUN.match(line) and line.count("(") > line.count(")"):
            last = min(len(lines), index + 40)
            closed = next((at + 1 for at in range(end, last) if lines[at].rstrip().endswith(")")), None)
            line, end = (Text("\x1f".join(lines[index:closed]), line.line), closed) if closed else (line, end)
        kept.append(line)
        index = end
    return kept


def _line(line: Text, macros: Mapping[str, str], rewriting: Rewriting) -> str:
    """Return a line without macros, but what is code in it; one that is a macro alone has code for its arguments."""
    if _ALONE.match(line):
        return _changed(line, line.line, macros, rewriting)
    return outside_code(line, lambda text: _changed(text, line.line, macros, rewriting))


def _changed(text: str, line: int, macros: Mapping[str, str], rewriting: Rewriting) -> str:
    text = _ANIMATION.sub("", text) if "{{" in text else text
    text = _MEDIA.sub("", text) if "?[" in text else text
    return _expanded(text, line, macros, rewriting, 0) if "@" in text else text


def _expanded(text: str, line: int, macros: Mapping[str, str], rewriting: Rewriting, depth: int) -> str:
    """Return a text with its macros replaced; what nobody defines goes where it is called or stands alone."""
    alone = bool(_ALONE.match(text))

    def one(found: re.Match[str]) -> str:
        body = macros.get(found["name"])
        if body is None:
            return rewriting.leave_out(found[0], line) if alone or found["arguments"] is not None else found[0]
        values = [each.strip().strip("`'\"") for each in (found["arguments"] or "").split(",")]
        filled = _PARAMETER.sub(lambda given: values[int(given[1])] if int(given[1]) < len(values) else "", body)
        if depth >= MAX_DEPTH or len(filled) > MAX_TEXT:
            return rewriting.leave_out(found[0], line)
        return "\n".join(_expanded(each, line, macros, rewriting, depth + 1) for each in filled.split("\n"))

    changed = _USE.sub(one, text)
    return changed if len(changed) <= MAX_TEXT else rewriting.leave_out(text[:40], line)


def _macros(front: Mapping[str, Any]) -> dict[str, str]:
    """Return the macros of a header: its own, and those that its keys are; scripts show nothing."""
    found = {name.removeprefix("@").split("(")[0]: value for name, value in front.items() if isinstance(value, str)}
    return {
        name: re.sub(r"<(script|style)\b.*?(?:</\1>|\Z)", "", value, flags=re.DOTALL) for name, value in found.items()
    }


def _imported(rewriting: Rewriting) -> dict[str, str]:
    """Return the macros of the headers that a document imports, as far as these files are in the course."""
    found: dict[str, str] = {}
    named = rewriting.document.front.get("import", "")
    for address in (named if isinstance(named, str) else "").split():
        raw = _RAW.match(address)
        path = raw["path"] if raw else address
        if "://" in path or not rewriting.folder.is_file(path.lstrip("./")):
            continue
        try:
            lines, _ = rewriting.folder.lines(path.lstrip("./"), path)
        except RefusedError:
            continue
        macros = {name: text for name, text in front_matter("\n".join(lines)).front.items() if name.startswith("@")}
        found.update(_macros(macros))
    return found
