"""Files that a document includes: in whole, by lines, or by named sections, in the forms of six site generators."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Sequence

from coursewright.findings import messages
from coursewright.frozen import frozen
from coursewright.readers.folder.lines import Fences, Lines, on_line, without_comments
from coursewright.readers.folder.names import MARKDOWN
from coursewright.readers.folder.rewriting import Rewriting
from coursewright.readers.folder.sourcefolder import RefusedError, joined
from coursewright.readers.frontmatter import front_matter
from coursewright.readers.quizzes.dialects import mdbook
from coursewright.readers.quizzes.fences import fenced
from coursewright.text.markdown.values import Text

MAX_INCLUDED = 60_000  # lines, for one document
MAX_DEPTH = 12
_MDBOOK = re.compile(
    r"(?<!\\)\{\{\s*#(?P<how>include|rustdoc_include|playground"
    r"|playpen)\s+(?P<name>[^}\n]+?)\s*\}\}"
)
_QUIZ = re.compile(r"(?<!\\)\{\{\s*#quiz\s+(?P<name>[^}\n]+?)\s*\}\}")
_COURSE = re.compile(r"\{\{%\s*(?:course|session|segment)\b[^{}]*\}\}")
_TITLE = re.compile(r"(?<!\\)\{\{\s*#title\s+(?P<title>[^}\n]+?)\s*\}\}")
_SNIPPET = re.compile(r"\s*(?:;)?-{1,}8<-{1,}\s+(?P<quote>[\"'])(?P<name>[^\"'\n]+)(?P=quote)\s*$")
_SNIPPETS = re.compile(r"\s*-{1,}8<-{1,}\s*$")
_OTHERS = (
    re.compile(r"\s*\{%-?\s*include_relative\s+(?P<name>[^\s%]+)[^%]*-?%\}\s*$"),
    re.compile(r"\s*\{\{<\s*include\s+[\"']?(?P<name>[^\"'>\s]+)[\"']?\s*>\}\}\s*$"),
    re.compile(r"\s*\{\{[<%]\s*readfile\s+(?:file\s*=\s*)?[\"']?(?P<name>[^\"'>%\s]+)[\"']?[^>%]*[%>]\}\}\s*$"),
    re.compile(r"\s*<!--\s*@include:\s*(?P<name>[^\s>]+?)\s*-->\s*$"),
    re.compile(r"<<<\s+(?P<name>[@./][^\s{]*)(?:\s*\{[^}]*\})?\s*$"),
)
_ANCHOR = re.compile(r"ANCHOR(?P<end>_END)?:\s*(?P<name>[\w-]+)")
_SECTION = re.compile(r"-{1,}8<-{1,}\s+\[(?P<at>start|end):\s*(?P<name>[\w-]+)\s*\]")
_RANGE = re.compile(r"(?P<first>\d*)(?P<colon>:?)(?P<last>-?\d*)$")


@frozen
class Wanted:
    """A file that is included at a line: its name, and which part of it (`main`, `2:10`, or nothing for all)."""

    name: str
    part: str
    line: int
    markdown: bool = True


def with_includes(lines: Sequence[Text], rewriting: Rewriting, above: tuple[str, ...] = ()) -> Lines:
    """Return lines with what they include in its place, each with the line of the document that includes it."""
    fences = Fences(rewriting.notebook)
    kept: Lines = []
    block: list[Text] | None = None
    for line in lines:
        if block is not None:
            if _SNIPPETS.match(line):
                kept += [
                    one for name in block for one in _snippet(name.strip(), name.line, rewriting, above, fences.open)
                ]
                block = None
            elif line.strip():
                block.append(line)
            continue
        fences.feed(line)
        if "8<" in line and _SNIPPETS.match(line):
            block = []
        elif "{" in line or "8<" in line or "<<<" in line or "@include" in line:
            kept += _expanded(line, rewriting, above, code=fences.open)
        else:
            kept.append(line)
    return kept if block is None else [*kept, *block]


def _expanded(line: Text, rewriting: Rewriting, above: tuple[str, ...], *, code: bool) -> Iterable[Text]:
    if "{{%" in line and not code and _COURSE.search(line):
        text = _COURSE.sub(lambda found: rewriting.leave_out(found[0], line.line), line)
        return [Text(text, line.line)] if text.strip() else []
    if "#" in line and "{{" in line:
        if found := _TITLE.search(line):
            rewriting.title = rewriting.title or found["title"]
            line = Text(_TITLE.sub("", line), line.line)
            return [line] if line.strip() else []
        if not code and (found := _QUIZ.search(line)) and not _in_span(line, found.start()):
            return _asked(line, found, rewriting, above)
        if (found := _MDBOOK.search(line)) and not (not code and _in_span(line, found.start())):
            name, _, part = found["name"].partition(":")
            wanted = Wanted(name.split()[0], part.split(",")[0].strip(), line.line, markdown=not code)
            inner = included(wanted, rewriting, above)
            return _within(line, found, inner if inner is not None else [])
        return [Text(line.replace("\\{{#", "{{#"), line.line)]
    if found := _SNIPPET.match(line):
        return _snippet(found["name"], line.line, rewriting, above, code)
    for form in _OTHERS:
        if found := form.match(line):
            name = found["name"].removeprefix("@/")
            inner = included(Wanted(name, "", line.line, markdown=not code), rewriting, above)
            return _fenced(name, inner or []) if line.startswith("<<<") else inner or []
    return [line]


def _asked(line: Text, found: re.Match[str], rewriting: Rewriting, above: tuple[str, ...]) -> Lines:
    """Return a line with the file of questions that it asks for in a fence of its own."""
    inner = included(Wanted(found["name"], "", line.line, markdown=False), rewriting, above)
    before, after = line[: found.start()].strip(), line[found.end() :].strip()
    opening, closing = fenced(mdbook.NAME, inner or [])
    shown = [Text(opening, line.line), *inner, Text(closing, line.line)] if inner else []
    return [*_apart(before, line.line), *shown, *_apart(after, line.line)]


def _apart(text: str, line: int) -> Lines:
    return on_line(("", text, ""), line) if text else []


def _in_span(line: str, place: int) -> bool:
    """Say whether a place of a line stands in a code span."""
    return line[:place].count("`") % 2 == 1


def _within(line: Text, found: re.Match[str], inner: Lines) -> Iterable[Text]:
    """Return an include's lines with what stands before and after it on its own."""
    before, after = line[: found.start()], line[found.end() :]
    if not before.strip() and not after.strip():
        return [Text(f"{before}{one}" if one else one, line.line) for one in inner]
    whole = f"{before}{' '.join(inner)}{after}"
    return [Text(whole, line.line)] if whole.strip() else []


def _snippet(name: str, line: int, rewriting: Rewriting, above: tuple[str, ...], code: bool) -> Lines:
    path, _, part = name.partition(":")
    return included(Wanted(path, part, line, markdown=not code), rewriting, above) or []


def _fenced(name: str, inner: Lines) -> Lines:
    line = inner[0].line if inner else 0
    return [Text(f"```{posixpath.splitext(name)[1][1:]}", line), *inner, Text("```", line)]


def included(wanted: Wanted, rewriting: Rewriting, above: tuple[str, ...] = ()) -> Lines | None:
    """Return the lines that a document includes, or None where they cannot be had, with a finding."""
    path = located(wanted.name, rewriting, above)
    if path is None:
        if wanted.name not in rewriting.missing:
            rewriting.missing.add(wanted.name)
            rewriting.found(messages.INCLUDE_MISSING, wanted.line, name=wanted.name)
        return None
    try:
        lines = _read(path, wanted, rewriting, above)
    except RefusedError as error:
        rewriting.found(messages.INCLUDE_REFUSED, wanted.line, name=wanted.name, reason=error.reason)
        return None
    rewriting.included += len(lines)
    return lines


def asked_of(name: str, line: int, rewriting: Rewriting) -> Lines | None:
    """Return the lines of a file whose questions a document asks, or None where they cannot be had, with a finding."""
    path = located(name, rewriting)
    lines = included(Wanted(name, "", line, markdown=False), rewriting)
    if path is not None and lines is not None:
        rewriting.asked.append(path)
    return lines


def _read(path: str, wanted: Wanted, rewriting: Rewriting, above: tuple[str, ...]) -> Lines:
    """Return what is wanted of a file; raises RefusedError."""
    if path in (*above, rewriting.document.relative) or len(above) >= MAX_DEPTH:
        raise RefusedError("includes itself")
    lines, findings = rewriting.folder.lines(path, path)
    rewriting.findings += findings
    if rewriting.included + len(lines) > MAX_INCLUDED:
        raise RefusedError(f"would make the document longer than {MAX_INCLUDED} lines")
    markdown = wanted.markdown and path.lower().endswith(MARKDOWN)
    body = front_matter("\n".join(lines)).lines if markdown and not wanted.part else lines
    chosen = on_line(_chosen(list(body), wanted, path, rewriting), wanted.line)
    while chosen and not chosen[-1].strip():
        chosen.pop()
    return with_includes(without_comments(chosen), rewriting, (*above, path)) if markdown else chosen


def _chosen(lines: list[str], wanted: Wanted, path: str, rewriting: Rewriting) -> list[str]:
    """Return the part of a file that is wanted; a part that is not there is a finding, and nothing."""
    part = wanted.part.strip()
    if not part:
        return [line for line in lines if not _ANCHOR.search(line) and not _SECTION.search(line)]
    if found := _RANGE.match(part):
        first = int(found["first"] or 1)
        last = int(found["last"]) if found["last"] else len(lines) if found["colon"] else first
        return lines[max(first - 1, 0) : last]
    chosen = _section(lines, part)
    if chosen is None:
        rewriting.found(messages.INCLUDE_MISSING, wanted.line, name=f"{wanted.name}:{part}")
        return []
    return chosen


def _section(lines: Sequence[str], name: str) -> list[str] | None:
    """Return the lines between the marks of a section, without marks; None where there is no such section."""
    chosen: list[str] = []
    inside = seen = False
    for line in lines:
        if found := _ANCHOR.search(line):
            if found["name"] == name:
                inside, seen = not found["end"], True
        elif found := _SECTION.search(line):
            if found["name"] == name:
                inside, seen = found["at"] == "start", True
        elif inside:
            chosen.append(line)
    return chosen if seen else None


def located(name: str, rewriting: Rewriting, above: tuple[str, ...] = ()) -> str | None:
    """Return the path of a file that is included: beside the file that includes it, the document, or in the course."""
    names = [name, *(f"{name}{ending}" for ending in (".md", ".mdx", ".qmd") if "." not in posixpath.basename(name))]
    homes = [posixpath.dirname(above[-1])] if above else []
    home = rewriting.home
    homes += [home, "", "_includes", "docs", "includes", "snippets", "docs/snippets", "content", "src", "source"]
    while home:
        home = posixpath.dirname(home)
        homes.append(home)
    paths = [joined(base, each.lstrip("/")) for base in homes for each in names]
    outside = paths[0] is None
    found = next((path for path in paths if path and rewriting.folder.is_file(path)), None) or _only(name, rewriting)
    return found or (posixpath.normpath(posixpath.join(rewriting.home, name)) if outside else None)


def _only(name: str, rewriting: Rewriting) -> str | None:
    """Return the one file of the course whose path ends with a name: a generator's settings may say where to look."""
    end = f"/{name.lstrip('./')}"
    found = [path for path in rewriting.folder.named(posixpath.basename(name)) if path.endswith(end)]
    return found[0] if len(found) == 1 else None
