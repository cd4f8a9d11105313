"""From an address as an author writes it to a path in the course: beside the page, from the root, as built."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from urllib.parse import unquote, urlsplit

from coursewright.readers.decoding import NOTEBOOK
from coursewright.readers.folder.sourcefolder import SourceFolder, joined
from coursewright.text.addresses import is_web

ENDINGS = (".md", ".markdown", ".mdx", ".qmd", ".Rmd", ".rmd")
_KNOWN = (*ENDINGS, NOTEBOOK)
HOMES = ("README", "index", "_index", "readme", "Readme")
_STATIC = (
    "",
    "static",
    "public",
    "assets",
    "docs",
    "content",
    "src",
    "source",
    "website/static",
    "docs/assets",
    "images",
)
_NUMBER = re.compile(r"^\d+(?:\.\d+)*[a-z]?[-_. ]+")
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_LIASCRIPT = re.compile(
    r"https?://liascript\.github\.io/course/\?https?://raw\.githubusercontent\.com/[^/]+/[^/]+/(?:refs/heads/)?[^/]+/(?P<path>[^#?]+)"
)
_GITHUB = re.compile(r"/(?:blob|tree|raw|edit)/(?P<branch>[^/]+)/?")


@dataclass(frozen=True)
class Wayfinding:
    """How addresses lead within a course.

    `sites` are the addresses under which the course is published, such as `https://site.example/course/`: of a
    repository on GitHub, `https://github.com/owner/name`. `merged` are folders that a site generator makes one of.
    """

    sites: Sequence[str] = ()
    merged: Sequence[str] = ()


@dataclass
class Paths:
    """Where addresses lead, of the documents of a course and of its files. `documents` are those of its pages."""

    folder: SourceFolder
    documents: frozenset[str]
    wayfinding: Wayfinding = field(default_factory=Wayfinding)

    def within(self, href: str) -> str | None:
        """Return an address as one within the course, from the root if it was absolute; None of one that is not."""
        href = href.strip()
        if not href or href.startswith(("//", "\\\\")):
            return None
        for mark in ("{filename}", "{attach}", "{static}"):  # Pelican's
            href = href.removeprefix(mark)
        if not _SCHEME.match(href):
            return href
        if found := _LIASCRIPT.match(href):  # a lesson that LiaScript's player shows, by its file in this very folder
            return f"/{found['path']}" if self.folder.is_file(unquote(found["path"])) else None
        return self._under_a_site(href) if is_web(href) else None

    def _under_a_site(self, href: str) -> str | None:
        try:
            parts = urlsplit(href)
        except ValueError:
            return None
        for site in self.wayfinding.sites:
            known = urlsplit(site)
            if not known.netloc:
                continue
            home = known.path.rstrip("/")
            hosts = {known.netloc, known.netloc.removeprefix("www."), f"www.{known.netloc}"}
            if parts.netloc == "raw.githubusercontent.com" and known.netloc == "github.com":
                path = parts.path.removeprefix(home).lstrip("/") if parts.path.startswith(f"{home}/") else ""
                inside = path.split("/", 1)[1] if "/" in path else None
            elif parts.netloc in hosts and (parts.path == home or parts.path.startswith(f"{home}/")):
                inside = self._of_site(parts.path[len(home) :], github=known.netloc == "github.com")
            else:
                continue
            if inside is not None:
                return f"/{inside.lstrip('/')}" + (f"#{parts.fragment}" if parts.fragment else "")
        return None

    @staticmethod
    def _of_site(path: str, *, github: bool) -> str | None:
        """Return a path on a site as one in the course; on GitHub, only what shows a file is one."""
        if not github:
            return path
        found = _GITHUB.match(path)
        return path[found.end() :] if found else None

    def found(self, address: str, relative: str) -> str | None:
        """Return the path of the document or file that an address on a page leads to, or None.

        `relative` is the page's own path; the address has no anchor and no query any more.
        """
        path = unquote(address)
        if not path:
            return relative
        for base in self._bases(path, posixpath.dirname(relative), relative):
            for candidate in _forms(base):
                if candidate in self.documents or self.folder.is_file(candidate):
                    return candidate
        return next(filter(None, map(self._by_number, self._bases(path, posixpath.dirname(relative), relative))), None)

    def folder_of(self, address: str, relative: str) -> str | None:
        """Return the folder that an address leads to, if it is one that has no document of its own."""
        path = unquote(address)
        base = joined("", path) if path.startswith("/") else joined(posixpath.dirname(relative), path)
        return base if base and self.folder.is_folder(base) else None

    def _bases(self, path: str, home: str, relative: str) -> Iterator[str]:
        """Yield the paths that an address may mean, the likeliest first."""
        if path.startswith("/"):
            yield from self._rooted(path.lstrip("/"), home)
            return
        plain = joined(home, path)
        if plain is not None:
            yield plain
        stem = posixpath.splitext(relative)[0]
        built = joined(stem if posixpath.basename(stem) not in HOMES else home, path)  # as `a/b.md` is shown as `a/b/`
        if built is not None:
            yield built
        for folder in self.wayfinding.merged:
            flat = joined(folder, path.removeprefix("../").removeprefix("./"))
            if flat is not None:
                yield flat
        if plain is None or home.startswith("_"):
            climbed = joined("", re.sub(r"^(?:\.\./)+", "", path))
            if climbed:
                yield climbed

    def _rooted(self, path: str, home: str) -> Iterator[str]:
        """Yield what an address from the root of a site may mean: from the course's root, or the site's within it."""
        bases = [""]
        parts = home.split("/") if home else []
        bases += ["/".join(parts[:count]) for count in range(1, len(parts) + 1)]
        for base in bases:
            for static in _STATIC:
                found = joined(posixpath.join(base, static), path)
                if found is not None:
                    yield found
        yield f"_{posixpath.normpath(path)}"  # what a collection of Jekyll's becomes: `_guides/a.md` is `/guides/a/`

    def _by_number(self, base: str) -> str | None:
        """Return the document whose path is the same but for the numbers before names, which sites leave out."""
        return self._unnumbered.get(_unnumbered(base)) if base else None

    @cached_property
    def _unnumbered(self) -> Mapping[str, str]:
        found: dict[str, str] = {}
        for document in sorted(self.documents):
            name = _unnumbered(document)
            if name != posixpath.splitext(document)[0].lower():
                found.setdefault(name, document)
        return found


def _unnumbered(path: str) -> str:
    """Return a path in lower case without the numbers before its names, and without its ending or `index`."""
    parts = [_NUMBER.sub("", part) for part in path.strip("/").split("/")]
    stem, ending = posixpath.splitext(parts[-1])
    parts[-1] = stem if ending in (*_KNOWN, ".html") else parts[-1]
    if parts[-1] in HOMES and len(parts) > 1:
        parts.pop()
    return "/".join(parts).lower()


def _forms(base: str) -> Iterator[str]:
    """Yield the files that a path may mean: itself, with an ending, as built, or the document of a folder."""
    yield base
    stem, ending = posixpath.splitext(base)
    if ending.lower() in (".html", ".htm"):
        yield from (f"{stem}{one}" for one in _KNOWN)
        if posixpath.basename(stem) in HOMES:
            yield from (
                posixpath.join(posixpath.dirname(stem), f"{home}{one}") for home in HOMES for one in ENDINGS[:4]
            )
    yield from (f"{base}{one}" for one in _KNOWN)
    yield from (posixpath.join(base, f"{home}{one}") for home in HOMES for one in ENDINGS[:4])


def parted(address: str) -> tuple[str, str]:
    """Return an address without its query, and what stands after `#`."""
    path, _, anchor = address.partition("#")
    return path.split("?", 1)[0], unquote(anchor)
