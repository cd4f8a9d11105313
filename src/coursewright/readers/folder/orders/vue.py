"""Orders of VitePress and VuePress: the sidebar in the settings of a site, which are code."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Iterator
from dataclasses import field
from typing import Any

from coursewright.findings.finding import Finding
from coursewright.frozen import slotted
from coursewright.readers.folder.listed import Convention, Listed, Ordering
from coursewright.readers.folder.names import is_overview, natural
from coursewright.readers.folder.orders.lookup import Lookup, items, said, texts
from coursewright.readers.folder.tree import Tree, order_home, order_name
from coursewright.text.javascript import block_end, read_json5

_DEEPEST = 12
_LONGEST = 200_000
_SIDEBAR = re.compile(r"(?<![\w.'\"])['\"]?sidebar['\"]?\s*(?=[:,])")
_TEXT = re.compile(
    r"(?<![\w.])['\"]?(?P<name>title|description|lang|srcDir)['\"]?\s*:\s*(['\"`])(?P<text>[^'\"`\n]*)\2"
)
_NAME = re.compile(r"(?P<before>[:,\[(]\s*|\.\.\.)(?P<name>[A-Za-z_$][\w$]*)(?:\(\s*\))?(?=\s*(?:[,}\])]|$))")
# Where a constant or a function of a name begins to say its value.
_DEFINED = (
    r"(?:(?:const|let|var)\s+{name}\b[^=\n]{{0,200}}=\s*(?:\([^()]{{0,200}}\)[^=\n]{{0,200}}=>\s*\(?\s*(?:\{{\s*return\s*)?)?"
    r"|function\s+{name}\s*\([^()]{{0,200}}\)[^{{]{{0,200}}\{{\s*return\s*\(?\s*)(?=[\[{{])"
)
_VALUES = frozenset({"true", "false", "null", "undefined"})


def read_vue(tree: Tree, file: str, findings: list[Finding]) -> Ordering | None:
    """Return the order that the sidebar of a site says; without one, the documents say it. None if it cannot be read.

    A sidebar may stand apart from the settings, in a constant or a function of the same file that returns it.
    """
    lookup = Lookup(tree, file, findings, order_home(file))
    if not lookup.read():
        return None
    source = "\n".join(lookup.lines)[:_LONGEST]
    told = {found["name"]: found["text"] for found in reversed(list(_TEXT.finditer(source)))}
    lookup.base = posixpath.normpath(posixpath.join(lookup.base, told.get("srcDir", ""))).removeprefix(".")
    about = {"language": told.get("lang", "").split("-")[0], "description": told.get("description", "")}
    bare = Ordering(_convention(file), tree.named(file), (), lookup.base, told.get("title", ""), about)
    found = _SIDEBAR.search(source)
    if not found:
        return bare
    value = _Code(source).value(found.end())
    if value is None:
        lookup.broken("its sidebar is code that cannot be read as plain values")
        return None
    listed = tuple(_sidebar(value, lookup))
    known = any(True for one in listed for _ in one.documents())
    return Ordering(bare.convention, bare.file, listed, lookup.base, bare.title, about) if known else bare


def _convention(file: str) -> Convention:
    return Convention.VITEPRESS if "vitepress" in order_name(file) else Convention.VUEPRESS


@slotted
class _Code:
    """The settings of a site as code, in which values may be written elsewhere, by name."""

    source: str
    _known: dict[str, str] = field(default_factory=dict)
    _left: int = _LONGEST  # characters that names may yet stand for

    def value(self, at: int) -> Any:
        """Return what stands behind a key, by its own words or by the name of what is written elsewhere, or None."""
        rest = self.source[at:].lstrip()
        name = "sidebar" if rest.startswith(",") else ""
        rest = rest[1:].lstrip()
        named = re.match(r"[A-Za-z_$][\w$]*", rest)
        text = self._named(name or (named[0] if named else ""))
        text = text or (rest[: block_end(rest)] if rest[:1] in ("[", "{") else "")
        try:
            return read_json5(self._resolved(text, 0)) if text else None
        except ValueError:
            return None

    def _named(self, name: str) -> str:
        """Return the list or mapping that a constant is, or that a function returns; nothing where there is none."""
        if name and name not in self._known:
            found = re.search(_DEFINED.format(name=re.escape(name)), self.source)
            rest = self.source[found.end() :] if found else ""
            self._known[name] = rest[: block_end(rest)] if rest else ""
        return self._known.get(name, "")

    def _resolved(self, text: str, depth: int) -> str:
        """Return a value as written with what it names in its place."""

        def one(found: re.Match[str]) -> str:
            name = found["name"]
            text = "" if name in _VALUES or depth > _DEEPEST or self._left <= 0 else self._named(name)
            self._left -= len(text)
            inner = self._resolved(text, depth + 1) if text else ""
            spread = found["before"] == "..."
            return (inner[1:-1].strip().rstrip(",") if spread else f"{found['before']}{inner}") if inner else found[0]

        return _NAME.sub(one, text)


# --- entries ---


def _sidebar(value: Any, lookup: Lookup) -> Iterator[Listed]:
    """Yield what a sidebar lists: that of the site, or those of its parts, by the paths that they begin with."""
    if not isinstance(value, dict):
        yield from _entries(items(value), "", lookup, 0)
        return
    for path, part in texts(value).items():
        told = texts(part)
        base = said(told.get("base")) or path
        entries = items(told["items"]) if "items" in told else items(part)
        if said(part) == "auto" or entries == [True]:
            yield from _in_folder(path.strip("/"), lookup)
        else:
            yield from _entries(entries, base, lookup, 0)


def _entries(entries: Iterable[Any], base: str, lookup: Lookup, depth: int) -> Iterator[Listed]:
    if depth > _DEEPEST:
        return
    for entry in entries:
        if isinstance(entry, list):
            title, target = said(entry[1] if len(entry) > 1 else ""), said(entry[0] if entry else "")
            yield from _listed(title, target, base, (), lookup)
        elif isinstance(entry, dict):
            one = texts(entry)
            own = f"{base.rstrip('/')}/{said(one['base']).strip('/')}/" if one.get("base") else base
            below = tuple(_entries(items(one.get("items") or one.get("children")), own, lookup, depth + 1))
            title, target = said(one.get("text") or one.get("title")), said(one.get("link") or one.get("path"))
            yield from _listed(title, target, own, below, lookup)
        elif isinstance(entry, str):
            yield from _listed("", entry, base, (), lookup)


def _listed(title: str, target: str, base: str, below: tuple[Listed, ...], lookup: Lookup) -> Iterator[Listed]:
    line = lookup.line(target) if target else 0
    if not target and title:
        yield from lookup.listed(title, "", below)
    elif re.match(r"[a-z][a-z0-9+.-]*:|//", target):
        yield from lookup.listed(title, target, below, line)
    else:
        path = target.lstrip("/") if target.startswith("/") else f"{base}{target}".lstrip("/")
        yield from lookup.listed(title, path or ".", below, line)


def _in_folder(folder: str, lookup: Lookup) -> Iterator[Listed]:
    """Yield the documents of a folder whose sidebar is made of them."""
    home = posixpath.normpath(posixpath.join(lookup.base, folder))
    paths = [path for path in lookup.tree.documents if posixpath.dirname(path) == home]
    ordered = sorted(paths, key=lambda path: (not is_overview(posixpath.basename(path)), natural(path)))
    yield from (Listed("", path) for path in ordered)
