"""What is said of a course as a whole: by the file that orders it, and by the document that opens it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from coursewright.course.assets import Asset
from coursewright.course.model import About
from coursewright.findings.finding import Finding, Place
from coursewright.readers.folder.addressing import Paths
from coursewright.readers.folder.cover import read_cover
from coursewright.readers.folder.document import Document
from coursewright.readers.folder.listed import Ordering
from coursewright.readers.folder.orders.lookup import said
from coursewright.readers.folder.tree import Tree
from coursewright.text.names import slug

_TITLE = re.compile(r"\s*(?:# [^\n]+|[^\n]+\n=+[ \t]*)\n\s*\n")
_PLAIN = re.compile(r"[^\W\d_](?!.*(?:[\[\]<{|]|://|^[-*+#>`]|^\d+[.)]|^=+$))", re.DOTALL | re.MULTILINE)
_LONGEST, _SHORTEST = 420, 40  # characters of what a document about a course opens with


def about_of(
    order: Ordering, title: str, tree: Tree, opening: Document | None, ways: Paths
) -> tuple[About, list[Finding]]:
    """Return what is said of a course, and what was found; `opening` is the document about it, if there is one."""
    told = order.about
    cover, findings = _cover(order, tree, opening, ways)
    about = About(
        told.get("id") or slug(title),
        title,
        told.get("language") or tree.language,
        told.get("rights", ""),
        tuple(_listed(told.get("keywords", ""))),
        str(order.convention),
        order.file,
        told.get("url", ""),
        told.get("description") or (_summary(opening) if opening else ""),
        cover,
        bool(told.get("certificate")),
    )
    return about, findings


def _listed(keywords: str) -> Iterator[str]:
    """Yield keywords that stand on lines of their own, or between commas."""
    for word in keywords.split("\n" if "\n" in keywords else ","):
        if found := " ".join(word.split()):
            yield found


def _summary(opening: Document) -> str:
    """Return what the front matter of a document says that it is about, else its first words below its title."""
    if told := said(opening.front.get("description")):
        return told
    text = "\n".join(opening.lines[:60])
    title = _TITLE.match(text)
    first = text[title.end() :].split("\n\n")[0].strip() if title else ""
    return " ".join(first.split()) if _SHORTEST <= len(first) <= _LONGEST and _PLAIN.match(first) else ""


def _cover(order: Ordering, tree: Tree, opening: Document | None, ways: Paths) -> tuple[Asset | None, list[Finding]]:
    """Return the cover that the file of the order names, else the front matter of the document about the course."""
    own = order.about.get("cover", "")
    front = opening.front if opening else {}
    inside = ways.within(own or said(front.get("cover")) or said(front.get("image")))
    if inside is None:
        return None, []
    home = opening.relative if opening and not own else ""
    place = Place(order.file) if own or not opening else Place(opening.path, 1)
    return read_cover(ways.folder, tree.shown, ways.found(inside, home) or inside.lstrip("/"), place)
