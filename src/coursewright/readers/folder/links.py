"""Which documents the links of a document lead to, as far as order and prerequisites need to know."""

from __future__ import annotations

import posixpath
import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from urllib.parse import unquote

from coursewright.readers.folder.document import Document
from coursewright.readers.folder.names import is_overview, stem
from coursewright.readers.folder.orders.lookup import candidates
from coursewright.text.addresses import is_absolute
from coursewright.text.markdown.addresses import addresses, headings
from coursewright.text.names import normal

_REPOSITORY = re.compile(r"https?://(?:www\.)?(?:github|gitlab)\.com/[^/]+/[^/]+/(?:-/)?(?:blob|tree|raw)/[^/]+/(.+)")
_BLOB = re.compile(r"(https?://github\.com/[\w.-]+/[\w.-]+)/(?:blob|tree)/[\w.-]+/([^\s)#?\"'<>]+)")
_WIKI = re.compile(r"(?<!!)\[\[([^\[\]|#\n]{1,200})(?:[|#][^\[\]\n]*)?\]\]")
_ROW = re.compile(r"^\s*\|(.+)\|\s*$")
_RULE = re.compile(r"^\s*\|?[\s:|-]+\|[\s:|-]*$")
_UNIT_COLUMN = re.compile(r"(?:module|unit|section|chapter|part|week|theme|topic group)(?: (?:name|title))?")
_LINKED = re.compile(r"\[[^\]]*\]\(\s*(?:<(?P<bracketed>[^<>\n]+)>|(?P<plain>[^)\s<>]+))")


@dataclass(frozen=True)
class Routes:
    """Where links lead among the documents of a course; `url` is where its site is, of the documents in `base`."""

    known: Collection[str]
    url: str = ""
    by_name: Mapping[str, str] = field(default_factory=dict)
    base: str = ""

    def document(self, href: str, origin: str) -> str:
        """Return the document that an address in another one leads to, or nothing."""
        href = href.strip()
        if self.url and href.startswith(self.url):
            path = href[len(self.url) :].lstrip("/")
            return self._at(path, self.base) or self._at(path, "")
        if found := _REPOSITORY.match(href):
            path = self._at(found[1], "")
            return path if "/" in path or not path.lower().startswith(("readme", "index")) else ""
        if is_absolute(href) or href.startswith("#"):
            return ""
        return self._at(href, "" if href.startswith("/") else posixpath.dirname(origin))

    def repositories(self, documents: Iterable[Document]) -> list[str]:
        """Return the addresses of the repository that holds the course: its indexes link to its documents there."""
        found: dict[str, None] = {}
        for document in documents:
            if "github.com/" in (text := "\n".join(document.lines)) and is_overview(posixpath.basename(document.path)):
                for link in _BLOB.finditer(text):
                    if unquote(link[2]) in self.known and "/" in link[2] + "/" * (not is_overview(link[2])):
                        found[link[1]] = None
        return list(found)

    def _at(self, href: str, folder: str) -> str:
        path = unquote(re.split("[#?]", href)[0]).strip()
        if not path.strip("/") and not folder:
            path = "./"
        whole = posixpath.normpath(posixpath.join(folder, path.lstrip("/")))
        return next((found for found in candidates(whole) if found in self.known), "")

    def of(self, document: Document) -> list[str]:
        """Return the documents that one links to, in the order of the links."""
        text = "\n".join(document.lines)
        found = [
            (one.line, self.document(one.href, document.relative)) for one in addresses(text) if not one.is_picture
        ]
        if "[[" in text:
            found += self._wiki(document)
            found.sort(key=lambda pair: pair[0])
        return [path for _, path in found if path and path != document.relative]

    def _wiki(self, document: Document) -> Iterator[tuple[int, str]]:
        for number, line in enumerate(document.lines, 1):
            for link in _WIKI.finditer(line):
                name = stem(link[1].strip()).lower()
                yield number, self.by_name.get(name, "") or self.by_name.get(posixpath.basename(name), "")

    def folders_named(self, document: Document) -> dict[str, str]:
        """Return the headings over links that lead into one folder each, by that folder, where there are several.

        A folder that is linked to below several headings has none of them for its name.
        """
        text = "\n".join(document.lines)
        titles = [*headings(text)]
        lines = [found.line for found in titles]
        over: dict[str, list[int]] = {}
        for one in addresses(text):
            if not one.is_picture and (path := self.document(one.href, document.relative)):
                over.setdefault(posixpath.dirname(path), []).append(bisect_right(lines, one.line) - 1)
        alone = {folder: set(places) for folder, places in over.items() if folder and len(places) > 1}
        taken = Counter(at for folder, places in over.items() for at in set(places))
        named = {folder: min(at) for folder, at in alone.items() if len(at) == 1 and min(at) >= 0}
        found = {folder: titles[at].text for folder, at in named.items() if taken[at] == 1 and titles[at].level > 1}
        return found if len(found) > 1 else {}

    def units_named(self, document: Document) -> dict[str, str]:
        """Return the units that the tables of a document name, by the documents that their rows link to."""
        found: dict[str, str] = {}
        column = -1
        for line, after in zip(document.lines, (*document.lines[1:], ""), strict=False):
            row = _ROW.match(line) if "|" in line else None
            if not row:
                column = -1
            elif _RULE.match(after):
                column = _unit_column(_cells(row[1]))
            elif column >= 0 and not _RULE.match(line):
                cells = _cells(row[1])
                name = cells[column] if column < len(cells) else ""
                if name and not _LINKED.search(name):
                    for link in _LINKED.finditer(row[1]):
                        if path := self.document(link["bracketed"] or link["plain"], document.relative):
                            found.setdefault(path, name)
        return found


def _cells(row: str) -> list[str]:
    return [re.sub(r"[*_`]+", "", cell).strip() for cell in re.split(r"(?<!\\)\|", row)]


def _unit_column(cells: list[str]) -> int:
    return next((at for at, cell in enumerate(cells) if _UNIT_COLUMN.fullmatch(normal(cell))), -1)
