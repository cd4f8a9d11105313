"""Orders that are written in Markdown: SUMMARY.md of mdBook and GitBook, docsify's sidebar, and Sphinx's toctrees."""

from __future__ import annotations

import posixpath
import re
import tomllib
from collections.abc import Iterator
from dataclasses import field, replace

from coursewright.findings.finding import Finding
from coursewright.frozen import slotted
from coursewright.readers.decoding import read_lines
from coursewright.readers.folder.listed import Convention, Listed, Ordering
from coursewright.readers.folder.orders.lookup import Lookup, said, texts
from coursewright.readers.folder.tree import Tree
from coursewright.text.jsons import parsed_json

_ITEM = re.compile(r"([ \t]*)(?:[-*+]|\d+[.)])[ \t]+(.*)")
_LINK = re.compile(
    r"\[((?:\\.|[^\]\\])*)\]\(\s*(?:<([^>]*)>|((?:[^()\s]|\([^()]*\)|\s(?![\"']))*))(?:\s+[\"'].*)?\s*\)"
)
_HEADING = re.compile(r"#{1,6}[ \t]+(.*?)[ \t#]*$")
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_FENCE = re.compile(r"(`{3,}|~{3,}|:{3,})[ \t]*\{toctree\}")
_TITLED = re.compile(r"(.+?)\s*<([^<>]+)>$")
_DEEPEST = 12


@slotted
class _Level:
    indent: int
    title: str
    target: str | None
    line: int
    children: list[_Level] = field(default_factory=list)


def read_summary(tree: Tree, file: str, findings: list[Finding]) -> Ordering | None:
    """Return the order that a SUMMARY.md or a sidebar lists: nested links, with headings as parts."""
    lookup = Lookup(tree, file, findings, posixpath.dirname(file))
    if not lookup.read():
        return None
    top = _levels(lookup.lines)
    listed = tuple(found for level in top for found in _listed(level, lookup))
    if not any(True for found in listed for _ in found.documents()):
        lookup.broken("it lists no document that is there")
        return None
    title, about = _book(tree, lookup.base)
    is_mdbook = any(tree.has(posixpath.join(folder, "book.toml")) for folder in ("", posixpath.dirname(lookup.base)))
    opening = "" if is_mdbook else lookup.path("README.md")
    known = {found.path for each in listed for found in each.documents()}
    if opening and opening not in (*known, file):
        listed = (Listed("", opening, 0), *listed)
    convention = Convention.DOCSIFY if posixpath.basename(file) == "_sidebar.md" else Convention.SUMMARY
    return Ordering(convention, tree.named(file), listed, lookup.base, title, about)


def read_gitbook(tree: Tree, file: str, findings: list[Finding]) -> Ordering | None:
    """Return the order of a book of GitBook whose book.json says that its summary is called otherwise."""
    lines = read_lines(tree.root / file, tree.named(file))[0]
    try:
        told = texts(parsed_json("\n".join(lines or [])))
    except (ValueError, RecursionError):
        return None
    name = said(texts(told.get("structure")).get("summary"))
    path = posixpath.normpath(posixpath.join(posixpath.dirname(file), said(told.get("root")), name))
    return read_summary(tree, path, findings) if name and tree.has(path) else None


def _levels(lines: list[str]) -> list[_Level]:
    """Return the entries as they are nested; a heading, but for the first, holds those below it."""
    top: list[_Level] = []
    part: _Level | None = None
    stack: list[_Level] = []
    headings = 0
    text = _COMMENT.sub(lambda found: "\n" * found[0].count("\n"), "\n".join(lines))
    for number, line in enumerate(text.split("\n"), 1):
        if heading := _HEADING.match(line):
            headings += 1
            is_name = headings == 1 and not top
            part = None if is_name else _Level(-1, heading[1], None, number)
            stack = []
            top += [part] if part else []
        elif item := _ITEM.match(line):
            indent = len(item[1].expandtabs(4))
            while stack and stack[-1].indent >= indent:
                stack.pop()
            level = _level(indent, item[2], number)
            (stack[-1].children if stack else part.children if part else top).append(level)
            stack = [*stack, level][-_DEEPEST:]
        elif _LINK.match(line.strip()):
            stack = []
            (part.children if part else top).append(_level(0, line.strip(), number))
    return top


def _level(indent: int, text: str, line: int) -> _Level:
    if link := _LINK.search(text):
        return _Level(indent, _plain(link[1]), link[2] or link[3] or "", line)
    return _Level(indent, _plain(text), None, line)


def _plain(text: str) -> str:
    """Return a title without the marks of Markdown around it."""
    return re.sub(r"\\(.)", r"\1", re.sub(r"^(\*\*|__|\*)(.*)\1$", r"\2", text.strip()))


def _listed(level: _Level, lookup: Lookup) -> Iterator[Listed]:
    children = [found for child in level.children for found in _listed(child, lookup)]
    if level.target or children:
        yield from lookup.listed(level.title, level.target, children, level.line)


def _book(tree: Tree, base: str) -> tuple[str, dict[str, str]]:
    """Return what the files beside a summary say of the book: book.toml, or book.json."""
    for folder in dict.fromkeys((base, posixpath.dirname(base), "")):
        for name, parse in (("book.toml", tomllib.loads), ("book.json", parsed_json)):
            path = posixpath.join(folder, name)
            lines = read_lines(tree.root / path, path)[0] if tree.has(path) else None
            try:
                found = texts(parse("\n".join(lines))) if lines else {}
            except (ValueError, RecursionError):
                continue
            if book := texts(found.get("book", found)):
                return said(book.get("title")), {"language": said(book.get("language"))}
    return "", {}


# --- Sphinx ---


def read_toctrees(tree: Tree, file: str, findings: list[Finding]) -> Ordering | None:
    """Return the order of the toctrees of an index, and of the documents that these name; None where it has none."""
    lookup = Lookup(tree, file, findings, posixpath.dirname(file))
    lines = read_lines(tree.root / file, tree.named(file))[0]
    if lines is None or not any(_FENCE.match(line.lstrip()) for line in lines):
        return None
    lookup.lines = lines
    seen = {file}
    listed = tuple(_toctrees(lookup, lines, seen, 0))
    if not listed:
        lookup.broken("its toctrees list no document that is there")
        return None
    return Ordering(Convention.TOCTREE, tree.named(file), (Listed("", file), *listed), lookup.base)


def _toctrees(lookup: Lookup, lines: list[str], seen: set[str], depth: int) -> Iterator[Listed]:
    """Yield what the toctrees in lines list; a caption holds the documents of its toctree."""
    for caption, line, entries in _fenced(lines):
        inner = [found for entry, number in entries for found in _entry(lookup, entry, number, seen, depth)]
        if caption and inner:
            yield Listed(caption, "", line, tuple(inner))
        else:
            yield from inner


def _fenced(lines: list[str]) -> Iterator[tuple[str, int, list[tuple[str, int]]]]:
    """Yield each toctree: its caption, its line, and its entries with theirs."""
    number = 0
    while number < len(lines):
        opening = _FENCE.match(lines[number].strip())
        number += 1
        if not opening:
            continue
        start, caption, entries, options = number, "", [], False
        while number < len(lines) and not lines[number].strip().startswith(opening[1]):
            text = lines[number].strip()
            number += 1
            if text == "---":
                options = not options
            elif found := re.match(r":?caption:\s*(.*)", text):
                caption = found[1].strip("\"' ")
            elif text and not options and not re.match(r":\w+:", text):
                entries.append((text, number))
        yield caption, start, entries


def _entry(lookup: Lookup, entry: str, line: int, seen: set[str], depth: int) -> Iterator[Listed]:
    """Yield the document that an entry names, with what its own toctrees list."""
    titled = _TITLED.match(entry)
    title, target = (titled[1], titled[2]) if titled else ("", entry)
    if target == "self":
        return
    if "*" in target:
        yield from (Listed("", path, line) for path in lookup.matching(f"{target}*") if path not in seen)
        return
    for found in lookup.listed(title, target, (), line):
        if found.path in seen and not found.url:
            continue
        seen.add(found.path)
        yield replace(found, children=tuple(_below(lookup, found.path, seen, depth + 1))) if found.path else found


def _below(lookup: Lookup, path: str, seen: set[str], depth: int) -> Iterator[Listed]:
    lines = read_lines(lookup.tree.root / path, path)[0]
    if lines and depth < _DEEPEST and any(_FENCE.match(line.strip()) for line in lines):
        inner = Lookup(lookup.tree, path, lookup.findings, posixpath.dirname(path), lines)
        yield from _toctrees(inner, lines, seen, depth)
