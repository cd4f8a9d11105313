"""Orders that are written in YAML for books: Jupyter Book, Hugging Face, MyST, Quarto, MkDocs."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from fnmatch import fnmatchcase
from typing import Any

from coursewright.findings.finding import Finding
from coursewright.readers.folder.listed import Convention, Listed, Ordering
from coursewright.readers.folder.orders.lookup import Lookup, items, quiet, said, texts
from coursewright.readers.folder.orders.navigation import Navigation
from coursewright.readers.folder.tree import Tree

_DEEPEST = 20
_FEWEST = 4  # documents that make a bar of menus an order


def _ordering(convention: Convention, lookup: Lookup, listed: Iterable[Listed], **more: Any) -> Ordering | None:
    found = tuple(listed)
    if not any(True for one in found for _ in one.documents()):
        lookup.broken("it lists no document that is there")
        return None
    return Ordering(convention, lookup.tree.named(lookup.file), found, lookup.base, **more)


def read_toc(tree: Tree, file: str, findings: list[Finding]) -> Ordering | None:
    """Return the order of a Jupyter Book: of today's shape (root, parts, chapters) or the older one, a list."""
    lookup = Lookup(tree, file, findings, posixpath.dirname(file))
    found = lookup.yaml()
    if found is None:
        if lookup.lines:
            _told_broken(lookup, "it is empty")
        return None
    top = texts(found)
    listed = [*_toc([{"file": top["root"]}] if "root" in top else [], lookup, 0), *_toc_below(top, lookup, 0)]
    if isinstance(found, list):
        listed = list(_under_headers(list(_toc(found, lookup, 0))))
    title, about = _configured(tree, lookup.base)
    return _ordering(Convention.TOC, lookup, listed, title=title, about=about)


def _told_broken(lookup: Lookup, reason: str) -> None:
    """Tell of a file that says nothing, unless something was told of it before."""
    if not any(found.place.path == lookup.place().path for found in lookup.findings):
        lookup.broken(reason)


def _toc(entries: Iterable[Any], lookup: Lookup, depth: int) -> Iterator[Listed]:
    for entry in entries:
        one = texts(entry) if isinstance(entry, dict) else {"file": entry}
        if pattern := one.get("glob") or one.get("pattern"):
            yield from (Listed("", path) for path in lookup.matching(f"{pattern}*"))
            continue
        title = one.get("title") or one.get("caption") or one.get("part") or one.get("header") or one.get("text")
        below = _toc_below(one, lookup, depth + 1) if depth < _DEEPEST else ()
        yield from lookup.listed(title, one.get("file") or one.get("local") or one.get("url") or "", below)


def _toc_below(one: dict[str, Any], lookup: Lookup, depth: int) -> list[Listed]:
    keys = ("parts", "chapters", "sections", "subtrees", "entries", "children")
    return [found for key in keys for found in _toc(items(one.get(key)), lookup, depth)]


def _under_headers(listed: list[Listed]) -> Iterator[Listed]:
    """Yield the entries of an older list, in which a heading stands before those that it is over."""
    heading: Listed | None = None
    for found in listed:
        if not found.path and not found.children and not found.url:
            if heading:
                yield heading
            heading = found
        elif heading:
            heading = replace(heading, children=(*heading.children, found))
        else:
            yield found
    if heading:
        yield heading


def _configured(tree: Tree, base: str) -> tuple[str, dict[str, str]]:
    """Return what the configuration of a Jupyter Book says."""
    found = quiet(tree, posixpath.join(base, "_config.yml"))
    language = said(texts(texts(found.get("sphinx")).get("config")).get("language"))
    rights = said(found.get("copyright"))  # a year alone, as in the generator's example, says of nobody
    return said(found.get("title")), {"rights": "" if rights.isdigit() else rights, "language": language}


def variables_of(tree: Tree, base: str) -> dict[str, Any]:
    """Return the values that the generator of a site knows by name, for documents that ask for them."""
    found: dict[str, Any] = {}
    for folder in dict.fromkeys(("", base)):
        for name in ("_config.yml", "_quarto.yml", "_variables.yml"):
            found |= quiet(tree, posixpath.join(folder, name))
    return found


def read_toctree_file(tree: Tree, file: str, findings: list[Finding]) -> Ordering | None:
    """Return the order of a course on Hugging Face: sections of local documents."""
    lookup = Lookup(tree, file, findings, posixpath.dirname(file))
    found = lookup.yaml()
    if not isinstance(found, list):
        _told_broken(lookup, "it is not a list of sections")
        return None
    language = posixpath.basename(lookup.base)
    about = {"language": language} if len(language) == 2 else {}
    return _ordering(Convention.TOCTREE_FILE, lookup, _toc(found, lookup, 0), about=about)


def read_myst(tree: Tree, file: str, findings: list[Finding]) -> Ordering | None:
    """Return the order of a MyST project; one without a table of contents says only what the course is called."""
    lookup = Lookup(tree, file, findings, posixpath.dirname(file))
    project = texts(texts(lookup.yaml()).get("project"))
    title = said(project.get("title"))
    licence = project.get("license")
    about = {
        "rights": said(texts(licence).get("content") if isinstance(licence, dict) else licence),
        "keywords": said(project.get("keywords")),
        "language": said(project.get("language")),
        "description": said(project.get("description")),
    }
    if not project.get("toc"):
        return Ordering(Convention.MYST, tree.named(file), (), lookup.base, title, about) if project else None
    return _ordering(Convention.MYST, lookup, _toc(items(project["toc"]), lookup, 0), title=title, about=about)


# --- Quarto ---


def read_quarto(tree: Tree, file: str, findings: list[Finding]) -> Ordering | None:
    """Return the order of a Quarto book, or of a site: of its sidebar, or of the bar above it that leads to most."""
    lookup = Lookup(tree, file, findings, posixpath.dirname(file))
    top = texts(lookup.yaml())
    book, site = texts(top.get("book")), texts(top.get("website"))
    title = said(book.get("title") or site.get("title"))
    about = {
        "language": said(top.get("lang")),
        "url": said(book.get("site-url") or site.get("site-url")),
        "description": said(book.get("description") or site.get("description")),
    }
    if book:
        listed = [*_quarto(items(book.get("chapters")), lookup, 0), *_quarto(items(book.get("appendices")), lookup, 0)]
        return _ordering(Convention.QUARTO, lookup, listed, title=title, about=about)
    listed = [found for sidebar in items(site.get("sidebar")) for found in _sidebar(texts(sidebar), lookup)]
    bar = texts(site.get("navbar"))
    listed = _with_bar(listed, bar, lookup) if listed else _bar(bar, texts(top.get("project")), lookup, title)
    if not listed:
        return Ordering(Convention.QUARTO, tree.named(file), (), lookup.base, title, about) if top else None
    return _ordering(Convention.QUARTO, lookup, listed, title=title, about=about)


def _bar(bar: dict[str, Any], project: dict[str, Any], lookup: Lookup, title: str) -> list[Listed]:
    """Return what the menus of the bar above a site list; nothing where they leave out most of what is rendered."""
    quiet = Lookup(lookup.tree, lookup.file, [], lookup.base, lookup.lines)
    entries = [
        {**one, "contents": one["menu"]} if (one := texts(entry)).get("menu") else entry
        for entry in (*items(bar.get("left")), *items(bar.get("right")))
    ]
    found = list(_quarto(entries, quiet, 0))
    places = [place.path for one in found for place in one.documents()]
    out = [name[1:].strip("/") for name in map(said, items(project.get("render"))) if name.startswith("!")]
    kept = [path for path in lookup.tree.documents if not any(_is_under(path, name, lookup.base) for name in out)]
    if len(places) < _FEWEST or len(set(places)) * 2 < len(kept):
        return []
    home = quiet.path("index.qmd")
    opening = [Listed(title, home)] if home and home not in places else []
    return [*opening, *(one for one in found if any(True for _ in one.documents()))]


def _is_under(path: str, name: str, base: str) -> bool:
    """Say whether a document is what a pattern names, or is in a folder that it names."""
    inner = posixpath.relpath(path, base) if base else path
    return inner.startswith(f"{name}/") or fnmatchcase(inner, name)


def _with_bar(listed: list[Listed], bar: dict[str, Any], lookup: Lookup) -> list[Listed]:
    """Return what sidebars list with the documents that the bar above a site leads to besides: its home first."""
    known = {place.path for one in listed for place in one.documents()}
    entries = [*items(bar.get("left")), *items(bar.get("right"))]
    entries = [inner for entry in entries for inner in items(texts(entry).get("menu")) or [entry]]
    quiet = Lookup(lookup.tree, lookup.file, [], lookup.base, lookup.lines)
    found = [place for place in _quarto(entries, quiet, 0) if place.path and place.path not in known]
    home = [place for place in found if place.path == quiet.path("index.qmd")]
    return [*home, *listed, *(place for place in found if place not in home)]


def _sidebar(sidebar: dict[str, Any], lookup: Lookup) -> list[Listed]:
    inner = list(_quarto(items(sidebar.get("contents")), lookup, 0))
    title = said(sidebar.get("title"))
    return [Listed(title, "", lookup.line(title), tuple(inner))] if title and inner and "id" in sidebar else inner


def _quarto(entries: Iterable[Any], lookup: Lookup, depth: int) -> Iterator[Listed]:
    for entry in entries:
        one = texts(entry) if isinstance(entry, dict) else {"file": entry}
        target = one.get("file") or one.get("href") or ""
        heading = one.get("part") or one.get("section")
        if heading and not target and lookup.path(str(heading)):
            target, heading = heading, one.get("text")
        inner = items(one.get("chapters") or one.get("contents"))
        if isinstance(target, str) and ("*" in target or target == "auto"):
            pattern = "*.qmd" if target == "auto" else target
            yield from (Listed("", path) for path in lookup.matching(pattern))
            continue
        if set(one) == {"text"} or said(target).startswith("---"):
            continue
        below = list(_quarto(inner, lookup, depth + 1)) if depth < _DEEPEST else []
        yield from lookup.listed(heading or one.get("text"), target, below)


# --- MkDocs ---


def read_mkdocs(tree: Tree, file: str, findings: list[Finding]) -> Ordering | None:
    """Return the order of MkDocs' `nav`; without one the documents' names say it."""
    lookup = Lookup(tree, file, findings, posixpath.dirname(file))
    top = texts(lookup.yaml())
    if not top:
        _told_broken(lookup, "it is empty")
        return None
    lookup.base = posixpath.normpath(posixpath.join(lookup.base, said(top.get("docs_dir")) or "docs"))
    title = said(top.get("site_name"))
    theme = texts(top.get("theme"))
    about = {
        "url": said(top.get("site_url")),
        "rights": said(top.get("copyright")),
        "language": said(theme.get("language")),
        "description": said(top.get("site_description")),
    }
    navigation = Navigation(lookup)
    if top.get("nav"):
        listed = navigation.entries(items(top["nav"]), lookup.base)
    elif navigation.is_told:
        listed = navigation.folder(lookup.base)
    else:
        return Ordering(Convention.MKDOCS, tree.named(file), (), lookup.base, title, about)
    return _ordering(Convention.MKDOCS, lookup, listed, title=title, about=about)


Reader = Callable[[Tree, str, list[Finding]], Ordering | None]
