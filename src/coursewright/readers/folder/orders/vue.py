"""Orders of VitePress and VuePress: the sidebar in the settings of a site, which are code."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Iterator
from dataclasses import field
from itertools import islice
from typing import Any

from coursewright.findings import messages
from coursewright.findings.finding import Finding
from coursewright.frozen import slotted
from coursewright.readers.folder.listed import Convention, Listed, Ordering
from coursewright.readers.folder.names import is_overview, natural
from coursewright.readers.folder.orders.lookup import Lookup, items, said, texts
from coursewright.readers.folder.tree import Tree, order_home, order_name
from coursewright.text.javascript import block_end, read_json5, without_words

_DEEPEST = 12
_LONGEST = 200_000
_MOST = 20  # sidebars that are looked at
_IMPORT = re.compile(r"\bimport\b[^'\"`;()=]{0,400}?\bfrom\b")
_SIDEBAR = re.compile(r"(?<![\w.'\"$])['\"]?sidebar['\"]?\s*(?P<sign>[:,}])")
_TEXT = re.compile(
    r"(?<![\w.])['\"]?(?P<name>title|description|lang|srcDir)['\"]?\s*:\s*(['\"`])(?P<text>[^'\"`\n]*)\2"
)
_NAME = re.compile(r"(?P<before>[:,\[(]\s*|\.\.\.)(?P<name>[A-Za-z_$][\w$]*)(?:\(\s*\))?(?=\s*(?:[,}\])]|$))")
_NAMED = re.compile(r"\s*(?P<name>[A-Za-z_$][\w$]*)")
# Where constants and functions begin to say their values.
_DEFINED = re.compile(
    r"\b(?:(?:const|let|var)\s+(?P<constant>[A-Za-z_$][\w$]*)(?=(?P<is>(?![\w$])[^=\n]{0,200}=\s*"
    r"(?:\([^()]{0,200}\)[^=\n]{0,200}=>\s*\(?\s*(?:\{\s*return\s*)?)?)[\[{])"
    r"|function\s+(?P<function>[A-Za-z_$][\w$]*)\s*"
    r"(?=(?P<returns>\([^()]{0,200}\)[^{]{0,200}\{\s*return\s*\(?\s*)[\[{]))"
)
_OF_FOLDERS = re.compile(r"\s*(?:true|false|null|undefined|''|\"\"|(['\"`])auto\1)\s*(?:[,}]|$)")
_VALUES = frozenset({"true", "false", "null", "undefined"})


def read_vue(tree: Tree, file: str, findings: list[Finding]) -> Ordering | None:
    """Return the order that the sidebar of a site says; without one, the documents say it. None if it cannot be read.

    A sidebar may stand apart from the settings, in a constant or a function of the same file that returns it.
    """
    lookup = Lookup(tree, file, findings, order_home(file))
    if not lookup.read():
        return None
    code = _Code("\n".join(lookup.lines)[:_LONGEST])
    told = code.texts()
    lookup.base = posixpath.normpath(posixpath.join(lookup.base, told.get("srcDir", ""))).removeprefix(".")
    about = {"language": told.get("lang", "").split("-")[0], "description": told.get("description", "")}
    bare = Ordering(_convention(file), tree.named(file), (), lookup.base, told.get("title", ""), about)
    places = code.sidebars()
    value = next((value for at in places if (value := code.value(at)) is not None), None)
    if value is None:
        if unread := [at for at in places if not code.is_of_folders(at)]:
            line = code.source.count("\n", 0, unread[0]) + 1
            findings.append(messages.SIDEBAR_IS_CODE.at(lookup.place(line)))
        return bare
    listed = tuple(_sidebar(value, lookup))
    known = any(True for one in listed for _ in one.documents())
    return Ordering(bare.convention, bare.file, listed, lookup.base, bare.title, about) if known else bare


def _convention(file: str) -> Convention:
    return Convention.VITEPRESS if "vitepress" in order_name(file) else Convention.VUEPRESS


@slotted
class _Code:
    """The settings of a site as code, in which values may be written elsewhere, by name."""

    source: str
    clear: str = ""  # the same without what comments and texts say, in which names are looked for
    _known: dict[str, int] = field(default_factory=dict)
    _left: int = _LONGEST  # characters that names may yet stand for

    def __post_init__(self) -> None:
        self.clear = _IMPORT.sub(lambda found: " " * len(found[0]), without_words(self.source))
        for found in _DEFINED.finditer(self.clear):
            self._known.setdefault(found["constant"] or found["function"], max(found.end("is"), found.end("returns")))

    def texts(self) -> dict[str, str]:
        """Return what the settings say in plain words, by their names."""
        every = reversed(list(_TEXT.finditer(self.clear)))
        told = {found["name"]: self.source[slice(*found.span("text"))] for found in every}
        return {name: text for name, text in told.items() if "\\" not in text and "${" not in text}

    def sidebars(self) -> list[int]:
        """Return where sidebars are said: behind the colon, or at the name that is both key and value."""
        found = islice(_SIDEBAR.finditer(self.clear), _MOST)
        return [one.end() if one["sign"] == ":" else one.start() for one in found]

    def is_of_folders(self, at: int) -> bool:
        """Say whether a sidebar is none, or made of what there is."""
        return bool(_OF_FOLDERS.match(self.source, at))

    def value(self, at: int) -> Any:
        """Return what stands at a place, by its own words or by the name of what is written elsewhere, or None."""
        named = _NAMED.match(self.clear, at)
        begun = self._known.get(named["name"]) if named else at + len(self.clear[at:]) - len(self.clear[at:].lstrip())
        if begun is None or self.clear[begun : begun + 1] not in ("[", "{"):
            return None
        try:
            return read_json5(self._resolved(*self._span(begun), 0))
        except ValueError:
            return None

    def _span(self, begun: int) -> tuple[int, int]:
        return begun, block_end(self.source, begun)

    def _resolved(self, start: int, end: int, depth: int) -> str:
        """Return a value as written with what it names in its place."""
        parts: list[str] = []
        for found in _NAME.finditer(self.clear, start, end):
            begun = self._known.get(found["name"]) if depth <= _DEEPEST and self._left > 0 else None
            if begun is None or found["name"] in _VALUES:
                continue
            span = self._span(begun)
            self._left -= span[1] - span[0]
            inner = self._resolved(*span, depth + 1)
            spread = found["before"] == "..."
            parts += [self.source[start : found.start()], "" if spread else found["before"]]
            parts.append(inner[1:-1].strip().rstrip(",") if spread else inner)
            start = found.end()
        return "".join([*parts, self.source[start:end]])


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
