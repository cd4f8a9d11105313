"""Folders in the navigation of MkDocs: patterns in `nav`, and files in the folders, `.nav.yml` and `.pages`."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import field
from fnmatch import fnmatchcase

from coursewright.frozen import slotted
from coursewright.readers.folder.listed import Listed
from coursewright.readers.folder.names import is_overview, natural, titled
from coursewright.readers.folder.orders.lookup import MOST, Lookup, items, quiet, said, texts
from coursewright.readers.folder.tree import Tree

_FILES = (".nav.yml", ".nav.yaml", ".pages")
_REST, _ALL = "...", "*"
_DEEPEST = 20


@slotted
class Navigation:
    """The folders of a site, with what files in them say of their order. Paths are relative to the tree."""

    lookup: Lookup
    _named: set[str] = field(default_factory=set)
    _left: int = MOST  # entries that may yet be listed: patterns in folders of folders multiply
    _below: dict[str, list[str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        base = self.lookup.base
        for path in self.lookup.tree.documents:
            while path.startswith(f"{base}/") or (not base and path):
                folder = posixpath.dirname(path)
                known = self._below.setdefault(folder, [])
                if path in known[-1:]:
                    break
                known.append(path)
                path = folder

    @property
    def is_told(self) -> bool:
        """Whether a file in any folder says its order."""
        return any(_told(folder, self.lookup.tree) for folder in self._below)

    def folder(self, folder: str, depth: int = 0) -> list[Listed]:
        """Return what is in a folder: as its file says, or by names, the index first."""
        told = _told(folder, self.lookup.tree)
        entries = items(told.get("nav") or told.get("arrange"))
        listed = self.entries(entries, folder, depth) if entries else []
        if not entries or told.get("arrange") or told.get("append_unmatched"):
            listed += self._matching(folder, _ALL, depth)
        return listed

    def entries(self, entries: Sequence[object], folder: str, depth: int = 0) -> list[Listed]:
        """Return what entries mean whose paths start in a folder; what one names by itself is in no pattern."""
        self._named |= {path for entry in _targets(entries) if (path := self._path(folder, entry))}
        return list(self._listed(entries, folder, depth)) if depth < _DEEPEST else []

    def _listed(self, entries: Sequence[object], folder: str, depth: int) -> Iterator[Listed]:
        for entry in entries:
            if not isinstance(entry, dict):
                yield from self._entry("", said(entry), folder, depth)
                continue
            for title, value in texts(entry).items():
                if isinstance(value, list):
                    yield from self._group(title, self.entries(value, folder, depth + 1))
                elif title == "glob":
                    yield from self._entry("", said(value), folder, depth)
                else:
                    yield from self._entry(title, said(value), folder, depth)

    def _group(self, title: str, inner: Sequence[Listed]) -> Iterator[Listed]:
        if inner:
            yield Listed(title, "", self.lookup.line(title), tuple(inner))

    def _entry(self, title: str, target: str, folder: str, depth: int) -> Iterator[Listed]:
        """Yield what an entry means: a document, a folder with all that is in it, or all that a pattern matches."""
        path = self._path(folder, target)
        if path in self._below:
            yield from self._section(path, title, depth)
        elif path or not (target.startswith(_REST) or "*" in target):
            yield from self.lookup.listed(title, f"/{path}" if path else target, line=self.lookup.line(target))
        elif (pattern := _pattern(target)) is None:
            self.lookup.strange(target, self.lookup.line(target))
        else:
            above, _, name = pattern.rpartition("/")
            inner = posixpath.normpath(posixpath.join(folder, above)) if above else folder
            found = list(self._matching(inner, name, depth))
            yield from self._group(title, found) if title else found

    def _section(self, folder: str, title: str, depth: int) -> Iterator[Listed]:
        told = _told(folder, self.lookup.tree)
        if told.get("hide") is not True and depth < _DEEPEST:
            name = title or said(told.get("title")) or titled(posixpath.basename(folder))
            yield from self._group(name, self.folder(folder, depth + 1))

    def _matching(self, folder: str, pattern: str, depth: int) -> Iterator[Listed]:
        """Yield what is in a folder, under a name that a pattern matches, and is not named by itself."""
        for path in self._children(folder):
            if self._left <= 0 or path in self._named or not fnmatchcase(posixpath.basename(path), pattern):
                continue
            self._left -= 1
            if path in self._below:
                yield from self._section(path, "", depth)
            else:
                yield Listed("", path)

    def _children(self, folder: str) -> list[str]:
        names = self._below.get(folder, ())
        return sorted(names, key=lambda path: (not is_overview(posixpath.basename(path)), natural(path)))

    def _path(self, folder: str, target: str) -> str:
        """Return the document or the folder that an entry in a folder names, or nothing."""
        path = posixpath.normpath(posixpath.join(folder, target)) if target else ""
        return path if path in self._below else self.lookup.path(target, folder)


def _pattern(target: str) -> str | None:
    """Return the pattern that an entry is: `labs/*`, `...` for all that is left, `... | lab*.md`; None of others."""
    pattern = target.rstrip("/")
    if pattern.startswith(_REST):
        pattern = pattern.rpartition("|")[2].strip() if "|" in pattern else _ALL
    above, slash, name = pattern.rpartition("/")
    known = "*" not in above and not pattern.startswith(("regex=", "glob="))
    return f"{above}{slash}{_ALL if name == '**' else name}" if known else None


def _targets(entries: Iterable[object]) -> Iterator[str]:
    """Yield what entries name at their own level, titles aside."""
    for entry in entries:
        for value in texts(entry).values() if isinstance(entry, dict) else (entry,):
            yield from _targets(value) if isinstance(value, list) else filter(None, [said(value)])


def _told(folder: str, tree: Tree) -> Mapping[str, object]:
    """Return what the file in a folder says, empty where there is none that can be read."""
    names = (posixpath.join(folder, name) for name in _FILES)
    return next((quiet(tree, name) for name in names if tree.has(name)), {})
