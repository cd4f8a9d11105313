"""Validation against the project's XSDs, offline, by lxml; `schemawords` says what it finds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from itertools import islice
from typing import cast

from lxml import etree

from coursewright import messages
from coursewright.diagnostics import Finding, Place
from coursewright.resources import resource
from coursewright.schemawords import in_words

LARGE = 40_000  # signs "<" in a document: from there on it is judged as it is read
MOST_EXPLAINED = 200


def parser() -> etree.XMLParser:
    """Return a parser that expands no entity, loads no DTD and opens no connection."""
    return etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)


def validate(document: bytes, schema: str, shown: str) -> list[Finding]:
    """Return what is wrong with a document by a schema such as `scorm12/imscp_rootv1p1p2.xsd`."""
    try:
        root = etree.fromstring(document, parser())
    except etree.XMLSyntaxError as error:
        return [messages.NOT_WELL_FORMED.at(Place(shown, error.lineno or 0), reason=error.msg)]
    if document.count(b"<") > LARGE:
        return _streamed(document, root, schema, shown)
    judge = _schema(schema)
    return [] if judge.validate(root) else _findings(judge.error_log, root, shown)


def _streamed(document: bytes, root: etree._Element, schema: str, shown: str) -> list[Finding]:
    """Return the findings of a large document. It takes lxml a time that grows with the square of the violations to
    judge a tree, but not to judge what it reads."""
    judging = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, schema=_schema(schema))
    try:
        etree.fromstring(document, judging)
    except etree.XMLSyntaxError:
        return _findings(judging.error_log, root, shown)
    return []


@cache
def _schema(name: str) -> etree.XMLSchema:
    return etree.XMLSchema(etree.parse(str(resource("schemas") / name), parser()))


def _findings(log: object, root: etree._Element, shown: str) -> list[Finding]:
    """Return a finding in plain words for each violation, once; libxml2 may say of a value that it is none of a list,
    and again that it is none of the type."""
    worded = islice(_worded(cast("Iterable[etree._LogEntry]", log), root), 2 * MOST_EXPLAINED)
    found: dict[tuple[int, str], Finding] = {}
    for line, reason in worded:
        known = any(at == line and other.startswith(f"{reason}: ") for at, other in found)
        if not known:
            found[line, reason] = messages.SCHEMA_VIOLATED.at(Place(shown, line), reason=reason)
    return list(found.values())[:MOST_EXPLAINED]


def _worded(log: Iterable[etree._LogEntry], root: etree._Element) -> Iterator[tuple[int, str]]:
    """Yield the line of each violation, and what it is."""
    prefixes = {namespace: prefix for prefix, namespace in root.nsmap.items() if prefix}
    for entry in log:
        if ": Warning: " not in entry.message:
            around, again = _around(_element(entry, root))
            yield entry.line, in_words(entry.message, around, prefixes, again=again)


def _around(element: etree._Element | None) -> tuple[str, bool]:
    """Return the name of the element around one, "" if not known, and whether the like of it stands there before it."""
    parent = element.getparent() if element is not None else None
    if element is None or parent is None:
        return "", False
    return str(parent.tag), next(element.itersiblings(element.tag, preceding=True), None) is not None


def _element(entry: etree._LogEntry, root: etree._Element) -> etree._Element | None:
    """Return the element that a violation is of, or None where that cannot be told."""
    path = cast("str | None", entry.path)  # there is none where a document was judged as it was read
    if not path:
        return None
    try:
        found = root.xpath(path, namespaces={prefix: uri for prefix, uri in root.nsmap.items() if prefix})
    except etree.XPathEvalError:  # it has a prefix that is not declared at the root
        return None
    return found[0] if isinstance(found, list) and found and isinstance(found[0], etree._Element) else None
