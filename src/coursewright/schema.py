"""Validation against the project's XSDs, offline: lxml judges, and xmlschema explains what lxml refuses."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from typing import cast

from lxml import etree

from coursewright import messages
from coursewright.diagnostics import Finding, Place
from coursewright.resources import resource


def parser() -> etree.XMLParser:
    """Return a parser that expands no entity, loads no DTD and opens no connection."""
    return etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)


def validate(document: bytes, schema: str, shown: str) -> list[Finding]:
    """Return what is wrong with a document by a schema such as `scorm12/imscp_rootv1p1p2.xsd`."""
    try:
        root = etree.fromstring(document, parser())
    except etree.XMLSyntaxError as error:
        return [messages.NOT_WELL_FORMED.at(Place(shown, error.lineno or 0), reason=error.msg)]
    if _schema(schema).validate(root):
        return []
    return list(_explained(root, schema, shown))


@cache
def _schema(name: str) -> etree.XMLSchema:
    return etree.XMLSchema(etree.parse(str(resource("schemas") / name), parser()))


def _explained(root: etree._Element, name: str, shown: str) -> Iterator[Finding]:
    """Yield a finding in words for each violation; lxml's own words serve where xmlschema sees none."""
    from xmlschema import XMLSchema  # a quarter of a second to import, and a clean build never needs it

    found = False
    for error in XMLSchema(str(resource("schemas") / name), allow="local").iter_errors(root):
        found = True
        reason = f"{error.path}: {error.reason}" if error.reason else str(error.path)
        yield messages.SCHEMA_VIOLATED.at(Place(shown, error.sourceline or 0), reason=reason)
    if not found:
        for entry in cast("Iterable[etree._LogEntry]", _schema(name).error_log):
            yield messages.SCHEMA_VIOLATED.at(Place(shown, entry.line), reason=entry.message)
