"""The documents of a package as trees: bounded before they are parsed, and with names that every reader can bear."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import lru_cache
from typing import Any, cast

from lxml import etree

from coursewright.findings import messages
from coursewright.findings.finding import Finding, Place, Severity
from coursewright.packages.documents.elements import words
from coursewright.packages.files.budget import LARGEST_READ, LONGEST_TAG, MOST_MARKS
from coursewright.packages.files.container import Container
from coursewright.packages.files.names import printable
from coursewright.packages.files.written import WrittenDocument
from coursewright.packages.schema import SAFELY, parser
from coursewright.packages.schema.malformed import explained, not_well_formed
from coursewright.text.patterns import later

_KEPT = 3_000_000  # bytes of documents whose trees are kept: a tree takes ten times the memory
_SHORT, _MOST_SHORT = 500, 1_000  # bytes of a document, and how many, whose trees are kept for others of the same bytes
_OF_NAMESPACES = frozenset(
    getattr(etree.ErrorTypes, name) for name in dir(etree.ErrorTypes) if name.startswith(("NS_ERR", "WAR_NS"))
)
_LONG = later(rb"<[^<>!?][^<]{%d}" % LONGEST_TAG)
_TAG = later(rb"""<(?:[^<>"']|"[^"<]*+"|'[^'<]*+')*+""")
_ENCODING = later(rb"""<\?xml[^>]{0,100}?\sencoding\s*=\s*["']([^"']{1,100})["']""")
# Encodings in which the bytes of "<" are what they are in ASCII, so that bounds on it hold.
_KNOWN_ENCODINGS = later(
    r"utf-?(8|16|32)([bl]e)?|iso-10646-ucs-[24]|(us-)?ascii|iso[-_]?8859-\d+|latin-?\d+|(windows|cp)-?125\d|koi8-[ru]"
    r"|shift[-_]jis|sjis|euc-(jp|kr|cn|tw)|gb2312|gbk|gb18030|big5",
    re.IGNORECASE,
)
_STRING = etree.XPath("string()", smart_strings=False)
_ODD_NAMESPACE = later(rb"""xmlns[^=<>]*=\s*(?:"[^"]*[{}&]|'[^']*[{}&])""")
_XINCLUDE = "{http://www.w3.org/2001/XInclude}include"
_LONE = later(rb"&(?!(?:[A-Za-z_][\w.-]*|#\d+|#x[0-9A-Fa-f]+);)")
_NAME_START = later(r"^(?![^\W\d])")
Document = tuple[bytes, etree._Element]
UNDECLARED = "urn:undeclared"
"""The namespace of attributes whose prefix stands for none."""


def text_at(element: etree._Element, *path: str) -> str:
    """Return the text of a descendant, by its names in any namespace, with single blanks; "" where there is none."""
    return words(element.find(_path(path)))


@lru_cache(maxsize=1_000)
def _path(names: tuple[str, ...]) -> str:
    return "/".join(f"{{*}}{name}" for name in names)


def parsed(container: Container, file: str) -> Document | None:
    """Return a document of a package and its root, or None with a finding of why it is not to be had.

    No name of an element or an attribute has a colon or a brace too many: `etree.QName` takes them all. What was parsed
    last is kept for whoever asks next, who finds what the first has found; nobody changes a tree.
    """
    if file in container.trees:
        kept, found = container.trees[file] = container.trees.pop(file)  # it was asked for last
        container.findings += found
        return cast("Document | None", kept)
    before = len(container.findings)
    document = _parsed(container, file)
    found = container.findings[before:]
    if not container.budget.is_spent:  # what was not read for want of room may be said once
        keep(container, file, document, found)
    return document


def with_ampersands(container: Container, file: str) -> Document | None:
    """Return a document and its root with whatever & begins no reference taken for the sign itself, as some importers
    read it; None where nothing else would make it XML, or nothing has to."""
    document = container.read(file) or b""
    mended = _LONE.sub(b"&amp;", document)
    if mended == document or b"\0" in document or _may_hide_names(mended) or _problem(mended, Place(file)) is not None:
        return None
    try:
        return mended, etree.fromstring(mended, parser())
    except etree.XMLSyntaxError:
        return None


def mended(container: Container, file: str) -> Document | None:
    """Return a document that is not XML, and its root, as libxml2 mends it: some importers go on with that. None where
    nothing is left of it, or it is not one to be parsed at all."""
    document = container.read(file) or b""
    if not document.strip() or b"\0" in document or _may_hide_names(document):
        return None
    if _problem(document, Place(file)) is not None:
        return None
    root = cast("etree._Element | None", etree.fromstring(document, etree.XMLParser(**SAFELY, recover=True)))
    if root is None:
        return None
    etree.strip_elements(root, etree.Entity, with_tail=False)  # references to what is declared nowhere
    return etree.tostring(root), root


def keep(container: Container, file: str, document: Document | None, found: list[Finding]) -> None:
    """Keep what reading a document has come to, in the place of what nobody has asked for longest."""
    container.trees[file] = document, found
    container.grown += len(document[0]) if document else 0
    while container.grown > _KEPT and len(container.trees) > 1:
        one, _ = container.trees.pop(next(iter(container.trees)))
        container.grown -= len(one[0]) if one else 0


def sound_root(container: Container, file: str) -> etree._Element | None:
    """Return the root of a document whose tree is kept, if nothing was found in it: it is as it was written."""
    kept, found = container.trees.get(file, (None, []))
    return cast("etree._Element", kept[1]) if kept and not found else None


def _parsed(container: Container, file: str) -> Document | None:
    size = container.sizes[file]
    if size > LARGEST_READ:
        place = Place(container.path_of(file))
        container.findings.append(messages.DOCUMENT_TOO_LARGE.at(place, count=size, what="bytes", limit=LARGEST_READ))
        return None
    document = container.read(file)
    if document is None:
        return None
    place = Place(container.path_of(file))
    if isinstance(document, WrittenDocument) and _is_of_its_tree(document, place):
        return document, document.root
    if (root := container.short.get(document)) is not None:
        return document, root
    before = len(container.findings)
    if (problem := _problem(document, place)) is not None:
        container.findings.append(problem)
        return None
    may_hide = _may_hide_names(document)
    root = _rooted(document, container, place, may_hide=may_hide)
    if root is None:
        return None
    if may_hide or b"XInclude" in document:
        container.findings += _taken_in(root, place)
    if len(document) <= _SHORT and len(container.short) < _MOST_SHORT and len(container.findings) == before:
        container.short[document] = root  # a backup of Moodle's says of most activities that they have no roles
    return document, root


def _is_of_its_tree(document: WrittenDocument, place: Place) -> bool:
    """Say whether parsing a document of ours would come to the tree that it was written from."""
    return document.root is not None and (len(document) <= LONGEST_TAG or _problem(document, place) is None)


def text_of(element: etree._Element | None) -> str:
    """Return all the text in an element, whatever comments stand in it; "" where there is no element."""
    if element is None or not len(element):
        return "" if element is None else element.text or ""
    return cast("str", _STRING(element))


def _problem(document: bytes, place: Place) -> Finding | None:
    """Return what keeps a document from being parsed at all."""
    declared = _ENCODING.search(document[:200])
    if declared and not _KNOWN_ENCODINGS.fullmatch(declared[1].decode("ascii", "replace").strip()):
        encoding = printable(declared[1].decode("ascii", "replace"))
        return messages.NOT_WELL_FORMED.at(
            Place(place.path, 1), reason=f"no importer reads the encoding {encoding}", remedy="save it as UTF-8"
        )
    if (marks := document.count(b"<")) > MOST_MARKS:
        return messages.DOCUMENT_TOO_LARGE.at(place, count=marks, what="tags", limit=MOST_MARKS)
    for found in (
        _LONG.finditer(document) if len(document) > LONGEST_TAG else ()
    ):  # judging attributes takes the square of their number
        tag = _TAG.match(document, found.start())
        if tag and tag.end() - tag.start() > LONGEST_TAG:
            place = Place(place.path, document.count(b"\n", 0, tag.start()) + 1)
            what = "bytes in a tag"
            return messages.DOCUMENT_TOO_LARGE.at(place, count=f"over {LONGEST_TAG}", what=what, limit=LONGEST_TAG)
    return None


def _rooted(document: bytes, container: Container, place: Place, *, may_hide: bool) -> etree._Element | None:
    """Return the root of a document, with a finding where it is none, or breaks the rules of namespaces."""
    try:
        root = etree.fromstring(document, parser())
    except etree.XMLSyntaxError as error:
        return _read_over(error, document, container, place)
    if may_hide and _has_braces(root):
        container.findings.append(messages.PREFIX_UNDECLARED.at(place, reason="a namespace has a brace in its name"))
        return None
    return root


def _read_over(
    error: etree.XMLSyntaxError, document: bytes, container: Container, place: Place
) -> etree._Element | None:
    """Return the root of a document that breaks no rule but those of namespaces, or None, each with a finding."""
    place, code = Place(place.path, error.lineno or 0), cast("Any", error).code  # more than its stubs know
    forgiven = _forgiven(document) if code in _OF_NAMESPACES else None
    if forgiven is None:
        container.findings.append(not_well_formed(error, document, place.path))
        return None
    found = messages.PREFIX_UNDECLARED.at(place, reason=explained(error, document)[0])
    is_read = code == etree.ErrorTypes.WAR_NS_URI  # by all: to them the name of a namespace is no address
    container.findings.append(replace(found, severity=Severity.INFO) if is_read else found)
    return forgiven


def _has_braces(root: etree._Element) -> bool:
    """Say whether a namespace has a brace, which no reader of qualified names can tell from those of lxml."""
    names = (str(name) for element in root.iter(etree.Element) for name in (element.tag, *element.attrib))
    return any(name.count("}") > 1 or name.count("{") > 1 or "{" in name[1:] for name in names)


def _may_hide_names(document: bytes) -> bool:
    """Say whether the name of a namespace may be other than it is written: with a brace or a reference in it, from a
    DTD, or in two bytes a sign."""
    return b"<!DOCTYPE" in document or b"\0" in document or _ODD_NAMESPACE.search(document) is not None


def _forgiven(document: bytes) -> etree._Element | None:
    """Return the root of a document with nothing wrong but its namespaces, as most importers read it: what stands
    before the last colon of a name is not part of it."""
    forgiving = etree.XMLParser(**SAFELY, recover=True)
    root = cast("etree._Element | None", etree.fromstring(document, forgiving))
    errors = cast("Iterable[etree._LogEntry]", forgiving.error_log)
    if root is None or any(entry.type not in _OF_NAMESPACES for entry in errors):
        return None
    if _may_hide_names(document) and _has_braces(root):
        return None
    for element in root.iter(etree.Element):
        if (bare := _bare(str(element.tag))) != element.tag:
            element.tag = bare
        for name in [str(name) for name in element.attrib]:
            if _bare(name) != name:
                element.set(f"{{{UNDECLARED}}}{_bare(name.rpartition('}')[2])}", element.attrib.pop(name))
    return root


def _bare(name: str) -> str:
    """Return a name without prefixes that stand for nothing; its namespace, if it has one, stays."""
    namespace, brace, local = name.rpartition("}")
    return namespace + brace + _NAME_START.sub("_", local.rpartition(":")[2]) if ":" in local else name


def _taken_in(root: etree._Element, place: Place) -> Iterator[Finding]:
    """Yield findings for whatever a document has from elsewhere or would expand. None of it was followed."""
    information: Any = root.getroottree().docinfo  # more than its stubs know
    declared = information.internalDTD
    if declared is not None and next(iter(declared.iterentities()), None) is not None:
        yield messages.ENTITIES_DECLARED.at(Place(place.path, 1))
    if information.system_url:
        yield messages.TAKES_IN.at(Place(place.path, 1), what=f"the DTD {printable(information.system_url)}")
    for element in root.iter(_XINCLUDE):
        what = printable(element.get("href", "by XInclude"))
        yield messages.TAKES_IN.at(Place(place.path, line_of(element)), what=what)


def line_of(element: etree._Element) -> int:
    """Return the line on which an element begins, 0 where none is known."""
    line = element.sourceline
    return line if isinstance(line, int) else 0
