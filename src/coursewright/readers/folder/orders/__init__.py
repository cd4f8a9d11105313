"""Files that say the order of a course: a module a family, and the table of them all."""

from __future__ import annotations

import posixpath
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import replace

from coursewright.findings.finding import Finding, has_errors
from coursewright.readers.folder.listed import Ordering
from coursewright.readers.folder.options import FolderOptions
from coursewright.readers.folder.orders import bookdown, books, lessons, own, summaries, vue
from coursewright.readers.folder.orders.lookup import Lookup, said, texts
from coursewright.readers.folder.orders.own import read_table
from coursewright.readers.folder.tree import HIDDEN_ORDERS, Tree, order_home, order_name

OrderReader = Callable[[Tree, str, list[Finding]], Ordering | None]

READERS: Mapping[str, OrderReader] = {
    "course.toml": own.read_own,
    "SUMMARY.md": summaries.read_summary,
    "mkdocs.yml": books.read_mkdocs,
    "mkdocs.yaml": books.read_mkdocs,
    "_toc.yml": books.read_toc,
    "_toctree.yml": books.read_toctree_file,
    "_quarto.yml": books.read_quarto,
    "_quarto.yaml": books.read_quarto,
    "myst.yml": books.read_myst,
    "_bookdown.yml": bookdown.read_bookdown,
    "config.yaml": lessons.read_sandpaper,
    "sidebars.js": lessons.read_sidebars,
    "sidebars.ts": lessons.read_sidebars,
    "book.json": summaries.read_gitbook,
    "_sidebar.md": summaries.read_summary,
    "index.md": summaries.read_toctrees,
    "_config.yml": lessons.read_jekyll,
    **dict.fromkeys(HIDDEN_ORDERS, vue.read_vue),
}


def stated_order(tree: Tree, options: FolderOptions, findings: list[Finding]) -> tuple[Ordering | None, bool]:
    """Return the order that the author's own settings or a file say, and whether one cannot be read."""
    if options.course:
        lookup = Lookup(tree, posixpath.basename(options.settings), findings)
        found = read_table(options.course, tree, lookup)
        if found is None or found.listed:
            return found, found is None
        ordering, broken = read_order(tree, findings)
        return (_merged(found, ordering) if ordering else found), broken
    return read_order(tree, findings)


def _merged(own: Ordering, other: Ordering) -> Ordering:
    """Return an order with what the author's own settings say of the course as a whole."""
    about = {**other.about, **{key: value for key, value in own.about.items() if value}}
    return replace(other, title=own.title or other.title, about=about, opening=own.opening or other.opening)


def read_order(tree: Tree, findings: list[Finding]) -> tuple[Ordering | None, bool]:
    """Return the order that a file of the course says, and whether one could not be read, which is an error.

    A file in an inner folder counts where that folder holds most of the documents.
    """
    for file in tree.orders:
        folder = order_home(file)
        inner = folder != tree.start
        if inner and (file.endswith("course.toml") or not (_holds_most(folder, tree) or _is_book(folder, tree))):
            continue
        found: list[Finding] = []
        ordering = READERS[order_name(file)](tree, file, found)
        findings += found
        if ordering or has_errors(found):
            return ordering, ordering is None
    return None, False


def _holds_most(folder: str, tree: Tree) -> bool:
    inside = sum(path.startswith(f"{folder}/") for path in tree.documents)
    return inside * 2 > len(tree.documents)


def _is_book(folder: str, tree: Tree) -> bool:
    """Say whether the course is the mdBook whose text is in a folder: other editions may lie beside it."""
    lookup = Lookup(tree, posixpath.join(tree.start, "book.toml"), [])
    if not tree.has(lookup.file) or not lookup.read():
        return False
    try:
        told = tomllib.loads("\n".join(lookup.lines)).get("book")
    except (ValueError, RecursionError):
        return False
    return folder == posixpath.normpath(posixpath.join(tree.start, said(texts(told).get("src")) or "src"))
