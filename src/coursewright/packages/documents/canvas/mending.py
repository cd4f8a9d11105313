"""How Canvas reads on over a document of its own that is not XML, and what of it arrives all the same."""

from __future__ import annotations

import re
from functools import cache

from lxml import etree

from coursewright.findings.finding import Severity
from coursewright.packages.documents.elements import canonical
from coursewright.packages.documents.parsing import mended
from coursewright.packages.documents.reading import read_document
from coursewright.packages.files.container import Container
from coursewright.packages.schema import SAFELY, parser
from coursewright.resources import resource

SCHEMA = "canvas/cccv1p0.xsd"
"""The schema of Canvas's own documents."""
# What is not closed goes on to the end: else it would be looked for again from each place at which it begins.
_TAG = re.compile(
    rb"<!--(?:.*?-->|.*)|<!\[CDATA\[(?:.*?\]\]>|.*)|<\?(?:.*?\?>|.*)|<![^>]*+>?"
    rb"|<(?P<closing>/?)(?P<name>[^\s<>/!?]++)[^<>]*+>",
    re.DOTALL,
)
_WHOLE = re.compile(
    rb"<([^\s<>/!?]++)(?:\s[^<>]*+)?+>[^<]*+</\1\s*+>"
)  # what has nothing but words in it, and is closed
_ESCAPED = re.compile(rb"&(?:#?\w{1,30};)?")
_AND = re.compile(rb"&(?=\s)")
_UNSEEN = bytes(code for code in range(1, 32) if code not in (9, 10, 13))  # control characters, blanks aside


def read_if_it_arrives(name: str, container: Container) -> etree._Element | None:
    """Return the root of a document, or what libxml2 makes of one that is not XML where nothing but signs is lost of
    that; None where there is none, or nobody knows what is missing."""
    root = read_document(name, container)
    if root is not None or name not in container.sizes or mending(container.read(name) or b"")[0] is None:
        return root
    found = mended(container, name)
    return found[1] if found else None


def mending(content: bytes) -> tuple[Severity | None, str]:
    """Return how little a document weighs that is XML but for little, and what Canvas reads of it.

    It drops signs that nobody sees, and & between words, takes any closing tag for that of what is open, and passes
    over what comes after the end; but after an error it knows no &lt; and the like any more.
    """
    seen = content.translate(None, _UNSEEN)
    mended = (
        (seen, Severity.INFO, "reads it without that"),
        (_AND.sub(b"", seen), Severity.WARNING, "leaves that sign out"),
        (_closed(content), Severity.INFO, "reads it as it is meant"),
        (content[: content.rfind(b">") + 1], Severity.INFO, "reads it as it is meant"),
    )
    if found := next(((weight, read) for one, weight, read in mended if _arrives(one, content)), None):
        return found
    bare = _ESCAPED.sub(b"", content)
    if any(_arrives(_ESCAPED.sub(b"", one), bare) for one, _, _ in mended):
        return None, "drops each & with its word from there on, so that texts lose letters or markup"
    return None, "reads only what it can make out"


def _arrives(mended: bytes, content: bytes) -> bool:
    """Say whether a document is XML once it is mended so, and what libxml2 makes of it is just that."""
    try:
        meant = etree.fromstring(mended, parser())
    except etree.XMLSyntaxError:
        return False
    made = etree.fromstring(content, etree.XMLParser(**SAFELY, recover=True))
    return made is not None and canonical(made) == canonical(meant)


def _closed(content: bytes) -> bytes:
    """Return a document in which closing tags that name nothing known close what was opened last, if that is known; or
    if all are right, and what was opened first is not closed, with its closing tag."""
    opened: list[bytes] = []
    known = _names_in_schema() | set(_WHOLE.findall(content))

    def mended(tag: re.Match[bytes]) -> bytes:
        name, is_closing = tag["name"], tag["closing"]
        if name is None or tag[0].endswith(b"/>"):
            return tag[0]
        if not is_closing:
            opened.append(name)
        elif opened and (last := opened.pop()) in known and name not in known:
            return b"</%b>" % last
        return tag[0]

    closed = _TAG.sub(mended, content)
    return closed + b"</%b>" % opened[0] if len(opened) == 1 and closed == content else closed


@cache
def _names_in_schema() -> frozenset[bytes]:
    return frozenset(name.encode() for name in names_in_schema())


@cache
def names_in_schema() -> frozenset[str]:
    """Return the names of all elements in the schema of Canvas's own documents."""
    schema = etree.parse(resource("schemas") / SCHEMA)
    return frozenset(str(one.get("name")) for one in schema.iter("{*}element") if one.get("name"))
