"""What stands where in a book, and the links, pictures and sounds of its pages, led there."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Mapping
from dataclasses import field
from pathlib import PurePosixPath
from urllib.parse import quote, unquote, urlsplit

from lxml.etree import Element, _Element

from coursewright.course.assets import Asset
from coursewright.findings import messages
from coursewright.findings.finding import Finding, Message, Place
from coursewright.frozen import slotted
from coursewright.packages.files.writing import Content
from coursewright.pages.authored import file_path
from coursewright.text.patterns import later
from coursewright.writers.epub.drawings import book_drawing
from coursewright.writers.epub.xhtml import drop, elements
from coursewright.writers.files import PackedFiles

SVG_TYPE = "image/svg+xml"
PICTURES = frozenset(("image/gif", "image/jpeg", "image/png", SVG_TYPE, "image/webp"))
_SOUNDS = frozenset(("audio/mpeg", "audio/mp4", "audio/ogg"))
_FILMS = frozenset(("video/mp4", "video/webm"))
_KINDS: Mapping[str, frozenset[str]] = {"img": PICTURES, "audio": _SOUNDS | _FILMS, "video": _FILMS}
_SCHEMES = ("http", "https", "mailto", "tel")
_STRAY = later(r"%(?![0-9A-Fa-f]{2})")
_SAFE = "/:?@!$&'()*+,;=~-._%"
_DATA = later(r"data:(image/(?:gif|jpeg|png|webp));base64,[A-Za-z0-9+/=\s]+")


@slotted
class BookShelf:
    """What a book holds, by the paths that pages of ours lead to.

    `packed` are the files of its course, `left_out` says that something is not in the book, `sized` what a file is and
    how large. `own` are the pictures that the book brings itself, `parts` the first document of each page, `anchors`
    where each id of a page is. `used` gathers the files that its pages show, with their content, and `findings` say
    what of them a book cannot hold, each once.
    """

    packed: PackedFiles
    left_out: Callable[[str], str]
    sized: Callable[[Asset], str]
    own: frozenset[str] = frozenset()
    parts: dict[str, str] = field(default_factory=dict)
    anchors: dict[tuple[str, str], str] = field(default_factory=dict)
    used: dict[str, tuple[Asset, Content]] = field(default_factory=dict)
    findings: dict[tuple[str, str], Finding] = field(default_factory=dict)
    _files: dict[str, Asset] = field(init=False)

    def __post_init__(self) -> None:
        self._files = {file_path(found.name): found.asset for found in self.packed}

    def settle(self, root: _Element, base: str) -> None:
        """Lead all that a page shows or links to from where it stands among pages of ours to its place in the book."""
        for medium in elements(root, "img", "audio", "video"):
            self._medium(medium, base)
        for link in elements(root, "a"):
            self._link(link, base)

    def _medium(self, medium: _Element, base: str) -> None:
        sources = [medium, *medium.iterfind("source")]
        kinds = _KINDS[medium.tag]
        for one in [source for source in sources if source.get("src") is not None]:
            written = one.get("src", "")
            if written in self.own:
                return None
            asset = self._files.get(_path(written, base))
            if asset and asset.media_type in kinds and self._holds(asset):
                name = self.packed.name(asset)
                one.set("src", file_path(name))
                one.attrib.pop("type", "")
                _describe(medium)
                return self._bare(medium, keep=one)
            if not asset and medium.tag == "img" and _DATA.fullmatch(written):
                return _describe(medium)
            self._misses(asset, messages.NOT_FOR_A_BOOK)
        return _instead(medium, self.left_out(medium.get("alt") or medium.get("title") or _name(sources)))

    def _holds(self, asset: Asset) -> bool:
        """Say whether the book has a file, which it has from now on if it can."""
        name = self.packed.name(asset)
        if name not in self.used:
            content = book_drawing(asset.content()) if asset.media_type == SVG_TYPE else asset.content
            if content:
                self.used[name] = (asset, content)
        return name in self.used

    def _bare(self, medium: _Element, keep: _Element) -> None:
        """Leave a medium with one source, and no track or poster, which would lead elsewhere."""
        for child in list(medium):
            if child is not keep and child.tag in ("source", "track"):
                drop(child)
        medium.attrib.pop("poster", "")

    def _misses(self, asset: Asset | None, message: Message) -> None:
        if asset:
            told = message.at(Place(asset.path), type=asset.media_type, name=PurePosixPath(asset.path).name)
            self.findings.setdefault((message.code, asset.digest), told)

    def _link(self, link: _Element, base: str) -> None:
        written = link.get("href")
        if written is None:
            return
        asset = self._files.get(_path(written, base))
        target = None if asset else self._target(written, base)
        if asset:
            self._misses(asset, messages.HANDOUT_LEFT_OUT)
            noted = Element("span")
            noted.set("class", "left-out")
            noted.text = f" {self.left_out(self.sized(asset))}"
            link.append(noted)
            if (told := link.getnext()) is not None and "hint" in told.get("class", ""):
                drop(told)  # the same
        if target:
            link.set("href", target)
        else:
            link.tag = "span"
            del link.attrib["href"]

    def _target(self, written: str, base: str) -> str | None:
        """Return where a link leads in the book or on the web, None where a book has no such place."""
        address = _split(written)
        if address is None or (address[0] and address[0] not in _SCHEMES):
            return None
        if address[0]:
            return web_address(written)
        path = _path(written, base)
        return self.anchors.get((path, unquote(address[1]))) or self.parts.get(path)


def _split(written: str) -> tuple[str, str] | None:
    """Return the scheme and the anchor of an address, None for what is not one."""
    try:
        found = urlsplit(written.strip())
    except ValueError:
        return None
    return found.scheme.lower(), found.fragment


def _path(written: str, base: str) -> str:
    """Return the path that an address leads to from a page, without what follows it; nothing for one of the web."""
    try:
        found = urlsplit(written.strip())
    except ValueError:
        return ""
    if found.scheme or found.netloc:
        return ""
    path = unquote(found.path)
    return posixpath.normpath(posixpath.join(posixpath.dirname(base), path)) if path else base


def web_address(written: str) -> str | None:
    """Return an address of the web as a validator wants it: what needs an escape has one."""
    try:
        found = urlsplit(written.strip())
        host = found.hostname
    except ValueError:
        return None
    if found.scheme.lower() in ("http", "https") and (
        not host or not re.fullmatch(r"[^\s\"<>\\^`{|}%]+", found.netloc)
    ):
        return None
    parts = {name: quote(_STRAY.sub("%25", value), safe=_SAFE) for name, value in found._asdict().items()}
    return found._replace(**{**parts, "netloc": found.netloc}).geturl()


def _describe(medium: _Element) -> None:
    """Give a picture without a text alternative an empty one: it is there for its looks."""
    if medium.tag == "img" and medium.get("alt") is None:
        medium.set("alt", "")


def _name(sources: list[_Element]) -> str:
    return next((PurePosixPath(one.get("src", "")).name for one in sources if one.get("src")), "")


def _instead(medium: _Element, words: str) -> None:
    """Put words in the place of a medium."""
    noted = Element("span")
    noted.set("class", "left-out")
    noted.text, noted.tail = words, medium.tail
    parent = medium.getparent()
    if parent is not None:
        parent.replace(medium, noted)
