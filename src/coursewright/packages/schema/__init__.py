"""Validation against the project's XSDs, offline: lxml judges, and xmlschema explains what lxml refuses."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from io import BytesIO
from itertools import islice
from typing import Any, cast

from lxml import etree

from coursewright.findings import messages
from coursewright.findings.finding import Finding, Place
from coursewright.packages.schema.log import is_violation, logged, subject_of, told
from coursewright.packages.schema.words import Against, Violation
from coursewright.resources import resource
from coursewright.text.patterns import later

LARGE = 40_000  # signs "<" in a document: from there on it is judged as it is read
MOST_EXPLAINED = 200
_MOST_READ = 20_000  # signs "<" and "=" in a document that xmlschema explains
# It takes a time that grows with the square of these, of an element.
_MOST_CHILDREN = 4_000
_MOST_ATTRIBUTES = 100
_MOST_NAMESPACES = 100
_TO_A_TAG, _TO_SOME_TAGS = later(rb"[^<]*<?[^<>]*>?"), later(rb"(?:[^<]*<?[^<>]*>?){1,100}")
_MOST_LOGGED = 2_000  # warnings among them: the log is copied whenever it is looked at
SAFELY: Mapping[str, Any] = {"resolve_entities": False, "no_network": True, "load_dtd": False}
"""The options with which lxml expands no entity, loads no DTD and opens no connection."""


def parser() -> etree.XMLParser:
    """Return a parser with these options."""
    return etree.XMLParser(**SAFELY)


def validate(document: bytes, schema: str, shown: str, parsed: etree._Element | None = None) -> list[Finding]:
    """Return what is wrong with a document by a schema such as `scorm12/imscp_rootv1p1p2.xsd`, if there is one.

    `parsed` is the root of the document, if one is at hand that is not changed since.
    """
    return list(violations(document, schema, shown, parsed))


def violations(
    document: bytes, schema: str, shown: str, parsed: etree._Element | None = None
) -> dict[Finding, list[Violation]]:
    """Return the same with the violations that each finding is of; nothing where the document cannot be read, or an
    entity stands where libxml2 wants an element, which is said when it is parsed."""
    try:
        return _violations(document, schema, shown, parsed) if schema else {}
    except (etree.XMLSyntaxError, etree.XMLSchemaValidateError):
        return {}


def _violations(
    document: bytes, schema: str, shown: str, parsed: etree._Element | None
) -> dict[Finding, list[Violation]]:
    is_large = document.count(b"<") > LARGE
    if is_large and _is_valid(document, schema):
        return {}
    root = etree.fromstring(document, parser()) if parsed is None or is_large else parsed
    if is_large:
        return _findings(_streamed(document, root, schema), shown)
    judge = _schema(schema)
    if judge.validate(root):
        return {}
    known: list[Violation] = []
    if _is_small(document, root):
        from coursewright.packages.schema.explanations import explained  # it loads xmlschema, which few runs need

        known = explained(root, schema, 2 * MOST_EXPLAINED)
    return _findings(_completed(known, judge.error_log, root), shown)


def _is_valid(document: bytes, schema: str) -> bool:
    """Say whether a large document is valid, without a tree of it: that takes ten times its size in memory."""
    try:
        for _, element in etree.iterparse(BytesIO(document), schema=_schema(schema), **SAFELY):
            if (parent := element.getparent()) is not None and parent.getparent() is not None:
                _let_go(element)
    except etree.XMLSyntaxError:
        return False
    return True


def _let_go(element: etree._Element) -> None:
    """Let go of what is in an element that has been read, and of those before it."""
    element.clear()
    while element.getprevious() is not None:
        del element.getparent()[0]  # type: ignore[union-attr]


def _streamed(document: bytes, root: etree._Element, schema: str) -> list[Violation]:
    """Return the first violations of a large document. It takes lxml a time that grows with the square of the
    violations to judge a tree, but not to judge what it reads; then it does not say of which element they are, which is
    one of the last tag."""
    reading = etree.XMLPullParser(("start", "end"), schema=_schema(schema), **SAFELY)
    found: list[Violation] = []
    seen = 0
    for piece in _pieces(document, schema):
        reading.feed(piece)
        events = cast("Iterator[tuple[str, etree._Element]]", reading.read_events())
        last = {element.tag: element for _, element in events}
        log = reading.feed_error_log  # another copy each time
        if len(log) > seen:
            more = [one for one in islice(log, seen, None) if is_violation(one)]
            found += [told(one, last.get(subject_of(one)[0]), root) for one in more]
            seen = len(log)
        if len(found) >= 2 * MOST_EXPLAINED or seen >= _MOST_LOGGED:
            break
    return sorted(found, key=lambda one: one.line)


def _pieces(document: bytes, schema: str) -> Iterator[bytes]:
    """Yield a document tag by tag where a reader that goes ahead finds something, and many tags at once elsewhere."""
    ahead = etree.XMLPullParser((), schema=_schema(schema), **SAFELY)
    seen = 0
    for tags in _TO_SOME_TAGS.finditer(document):
        ahead.feed(tags[0])
        known, seen = seen, len(ahead.feed_error_log)
        if seen > known:
            yield from (tag[0] for tag in _TO_A_TAG.finditer(tags[0]))
        else:
            yield tags[0]


@cache
def _schema(name: str) -> etree.XMLSchema:
    return etree.XMLSchema(etree.parse(str(resource("schemas") / name), parser()))


def _is_small(document: bytes, root: etree._Element) -> bool:
    """Return whether xmlschema is done with a document in a second or two, whatever is wrong with it."""
    return document.count(b"<") + document.count(b"=") <= _MOST_READ and all(
        len(element) <= _MOST_CHILDREN
        and len(element.attrib) <= _MOST_ATTRIBUTES
        and len(element.nsmap) <= _MOST_NAMESPACES
        for element in root.iter("*")
    )


def _completed(known: list[Violation], log: object, root: etree._Element) -> list[Violation]:
    """Return the violations that are known, and those of lxml's log of an element or attribute that none is known of:
    xmlschema is not as strict everywhere."""
    seen = {(found.line, found.element, found.attribute) for found in known}
    more = logged(log, root, lambda *subject: subject in seen)
    return sorted([*known, *islice(more, 2 * MOST_EXPLAINED)], key=lambda found: found.line)


def _findings(found: list[Violation], shown: str) -> dict[Finding, list[Violation]]:
    """Return a finding for each violation, once, with all that it is of; a value may be said to be none of a list, and
    again to be none of the type."""
    every: dict[tuple[int, str], list[Violation]] = {}
    listed: set[tuple[int, str, str]] = set()
    for violation in found:
        line, said = violation.line, violation.said
        wrong = (line, violation.attribute, said.value)
        if said.taken:
            listed.add(wrong)
        elif said.of is Against.VALUE and wrong in listed:
            continue
        every.setdefault((line, said.words), []).append(violation)
    first = islice(every.items(), MOST_EXPLAINED)
    return {messages.SCHEMA_VIOLATED.at(Place(shown, line), reason=reason): of for (line, reason), of in first}
