"""Validation against the project's XSDs, offline: lxml judges, and xmlschema explains what lxml refuses."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from itertools import islice
from typing import TYPE_CHECKING, cast

from lxml import etree

from coursewright import messages
from coursewright.diagnostics import Finding, Place
from coursewright.resources import resource

if TYPE_CHECKING:
    from xmlschema import XMLSchema

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
        return list(islice(_streamed(document, schema, shown), MOST_EXPLAINED))
    if _schema(schema).validate(root):
        return []
    return list(islice(_explained(root, schema, shown), MOST_EXPLAINED))


def _streamed(document: bytes, schema: str, shown: str) -> Iterator[Finding]:
    """Yield lxml's own words. It takes a time that grows with the square of the violations to judge a tree, but not to
    judge what it reads; xmlschema takes long for any large document."""
    judging = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, schema=_schema(schema))
    try:
        etree.fromstring(document, judging)
    except etree.XMLSyntaxError:
        for entry in cast("Iterable[etree._LogEntry]", judging.error_log):
            yield messages.SCHEMA_VIOLATED.at(Place(shown, entry.line), reason=entry.message)


@cache
def _schema(name: str) -> etree.XMLSchema:
    return etree.XMLSchema(etree.parse(str(resource("schemas") / name), parser()))


@cache
def _worded(name: str) -> XMLSchema:
    from xmlschema import XMLSchema  # a quarter of a second to import, and a clean build never needs it

    return XMLSchema(str(resource("schemas") / name), allow="local")


def _explained(root: etree._Element, name: str, shown: str) -> Iterator[Finding]:
    """Yield a finding in words for each violation; lxml's own words serve where xmlschema sees none."""
    found = False
    for error in _worded(name).iter_errors(root):
        found = True
        reason = f"{error.path}: {error.reason}" if error.reason else str(error.path)
        yield messages.SCHEMA_VIOLATED.at(Place(shown, error.sourceline or 0), reason=reason)
    if not found:
        for entry in cast("Iterable[etree._LogEntry]", _schema(name).error_log):
            yield messages.SCHEMA_VIOLATED.at(Place(shown, entry.line), reason=entry.message)
