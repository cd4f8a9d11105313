"""The pages of a Canvas cartridge: what the head of each says in Canvas's words."""

from __future__ import annotations

import unicodedata

from lxml import etree

from coursewright.frozen import frozen
from coursewright.packages.documents.canvas.names import WIKI
from coursewright.packages.documents.reading import read_pages
from coursewright.packages.subject import Subject
from coursewright.text.patterns import later

_ADDRESS_BREAKS = later(r"[\W_]+")
_SPELT_OUT = str.maketrans(
    {"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ł": "l", "ı": "i", "þ": "th", "ð": "d"}
)


def address_of(name: str) -> str:
    """Return what the name of a page's file makes of its address in Canvas, where letters lose their accents."""
    stem = unicodedata.normalize("NFKD", name.rpartition("/")[2].replace(".html", ""))
    bare = "".join(sign for sign in stem if not unicodedata.combining(sign))
    return _ADDRESS_BREAKS.sub("-", bare.lower().translate(_SPELT_OUT)).strip("-")


@frozen
class CanvasPage:
    """A page of `wiki_content/`: its file and what its head says."""

    name: str
    title: str | None
    meta: dict[str, str]

    @property
    def identifier(self) -> str:
        """The name by which the rest of the cartridge knows it."""
        return self.meta.get("identifier", "")

    @property
    def address(self) -> str:
        """Its address in Canvas."""
        return address_of(self.name)

    @property
    def state(self) -> str:
        """Whether it is published, in Canvas's word."""
        return self.meta.get("workflow_state", "active")

    @property
    def is_hidden(self) -> bool:
        """Say whether learners do not see it."""
        return self.state == "unpublished"

    @property
    def is_front(self) -> bool:
        """Say whether it says that it is the front page."""
        return self.meta.get("front_page") == "true"


def read_pages_of(subject: Subject) -> tuple[CanvasPage, ...]:
    """Return the pages of a cartridge, as far as they can be read."""
    return subject.once(_pages)


def _pages(subject: Subject) -> tuple[CanvasPage, ...]:
    names = sorted(name for name in subject.container.sizes if name.startswith(WIKI))
    return tuple(_page(name, root) for name, root in read_pages(names, subject.container))


def _page(name: str, root: etree._Element) -> CanvasPage:
    head = next(root.iter("head"), root)  # no other part of a page is looked at
    title = next(head.iter("title"), None)
    meta = {str(one.get("name")): one.get("content") or "" for one in head.iter("meta")}
    return CanvasPage(name, None if title is None else (title.text or "").strip(), meta)
