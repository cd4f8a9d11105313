"""The order of a book of bookdown: documents of R Markdown by their names, or as listed; parts by their headings."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Iterator

from coursewright.findings.finding import Finding
from coursewright.readers.decoding import read_lines
from coursewright.readers.folder.bookdown import part_named
from coursewright.readers.folder.listed import Convention, Listed, Ordering
from coursewright.readers.folder.names import stem
from coursewright.readers.folder.orders.lookup import Lookup, items, said, texts
from coursewright.readers.folder.tree import Tree

_HEAD = 40  # lines in which a document names the part that begins with it


def read_bookdown(tree: Tree, file: str, findings: list[Finding]) -> Ordering | None:
    """Return the order of a book; None where there is no document of one beside the file."""
    lookup = Lookup(tree, file, findings, posixpath.dirname(file))
    top = texts(lookup.yaml())
    named = top.get("rmd_files")
    if isinstance(named, dict):  # those of each format
        named = named.get("html") or next(iter(named.values()), None)
    listed = [found for name in items(named) for found in lookup.listed("", name)] or _by_names(top, lookup)
    if not listed:
        return None
    about = {"url": said(top.get("site")), "language": ""}
    return Ordering(Convention.BOOKDOWN, tree.named(file), tuple(_in_parts(listed, lookup)), lookup.base, "", about)


def _by_names(top: dict[str, object], lookup: Lookup) -> list[Listed]:
    """Return the documents of the folder of a book, and of those below it if it says so: the index, then by names."""
    subfolders = [said(one) for one in items(top.get("rmd_subdir")) if isinstance(one, str)]
    found = []
    for path in lookup.tree.documents:
        if not path.lower().endswith(".rmd"):
            continue
        inner = posixpath.relpath(path, lookup.base or ".")
        folder = posixpath.dirname(inner)
        below = top.get("rmd_subdir") is True or any(f"{inner}/".startswith(f"{one}/") for one in subfolders if one)
        if not folder or (below and not inner.startswith("../")):
            found.append((bool(folder), stem(inner).casefold() != "index", inner, path))
    return [Listed("", path) for *_, path in sorted(found)] if any(not one[1] for one in found) else []


def _in_parts(listed: Iterable[Listed], lookup: Lookup) -> Iterator[Listed]:
    """Yield documents, those from where a part begins to where the next does under its heading."""
    title, inside = "", list[Listed]()
    for one in listed:
        lines = read_lines(lookup.tree.root / one.path, one.path)[0] if one.path else None
        part = next(filter(None, map(part_named, (lines or [])[:_HEAD])), "")
        if part:
            yield from _part(title, inside)
            title, inside = part, []
        inside.append(one)
    yield from _part(title, inside)


def _part(title: str, inside: list[Listed]) -> Iterator[Listed]:
    if title and inside:
        yield Listed(title, "", 0, tuple(inside))
    else:
        yield from inside
