"""What libxml2's log has against a document, in the words of `words`."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import cast

from lxml import etree

from coursewright.packages.schema import words
from coursewright.packages.schema.words import LONGEST, Said, Spot, Violation, shortened
from coursewright.text.names import cut
from coursewright.text.patterns import later

_LONGEST_READ = 20_000  # characters of libxml2's words that are read: a document may hold values of any length

_SUBJECT = later(r"Element '(?P<element>[^']*)'(?:, attribute '(?P<attribute>[^']*)')?: (?P<rest>.*)", re.DOTALL)
_BRACES = later(r"\{[^{}]*\}")


def logged(log: object, root: etree._Element, known: Callable[[int, str, str], bool]) -> Iterator[Violation]:
    """Yield what a log of lxml's has against the document of this root, but for what is known already: of a line, an
    element and an attribute, or ""."""
    prefixes = {namespace: prefix for prefix, namespace in root.nsmap.items() if prefix}
    for entry in cast("Iterable[etree._LogEntry]", log):
        if ": Warning: " in entry.message:
            continue
        subject = _SUBJECT.match(entry.message, 0, _LONGEST_READ)
        element, attribute = (subject["element"], subject["attribute"] or "") if subject else ("", "")
        if not known(entry.line, element, attribute):
            where = _element(entry, root)
            around, again = _around(where)
            said = in_words(entry.message, around, prefixes, again=again)
            yield Violation(entry.line, element, attribute, said, where)


def in_words(message: str, parent: str = "", prefixes: Mapping[str, str] | None = None, *, again: bool = False) -> Said:
    """Return in plain words what libxml2 says of a violation; its own, shortened, where they are not known.

    `parent` is the element around the one it speaks of, and `again` whether its like stands there before it;
    `prefixes` are the document's, by namespace.
    """
    found = _SUBJECT.fullmatch(message) if len(message) <= _LONGEST_READ else None
    if not found:
        return Said(cut(_BRACES.sub("", message[:_LONGEST_READ]), LONGEST))
    spot = Spot(found["element"], found["attribute"] or "", parent, again, prefixes or {})
    for pattern, say in _SAYINGS:
        if known := pattern.fullmatch(found["rest"]):
            return shortened(say(spot, known))
    return Said(cut(f"{spot.what}: {_BRACES.sub('', found['rest'])}", LONGEST))


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


def _expected(found: re.Match[str]) -> list[str]:
    return [name for name in (found["expected"] or "").split(", ") if name and not name.startswith("##")]


_Saying = Callable[[Spot, re.Match[str]], Said]
_SAYINGS: tuple[tuple[re.Pattern[str], _Saying], ...] = tuple(
    (later(pattern, re.DOTALL), say)
    for pattern, say in (
        (
            r"This element is not expected\.(?: Expected is (?:one of )?\( (?P<expected>.*) \)\.)?",
            lambda spot, found: words.stray(spot, _expected(found) or None),
        ),
        (
            r"Missing child element\(s\)\. Expected is (?:one of )?\( (?P<expected>.*) \)\.",
            lambda spot, found: words.incomplete(spot, _expected(found)),
        ),
        (r"The attribute '.*' is not allowed\.", lambda spot, _: words.disallowed(spot)),
        (
            r"The attribute '(?P<name>.*)' is required but missing\.",
            lambda spot, found: words.unadorned(spot, found["name"]),
        ),
        (
            r"\[facet 'enumeration'\] The value '(?P<value>.*)' is not an element of the set \{'(?P<set>.*)'\}\.",
            lambda spot, found: words.unlisted(spot, found["value"], found["set"].split("', '")),
        ),
        (
            r"The (?:actual )?value '(?P<value>.*)' does not match the fixed value constraint '(?P<fixed>.*)'\.",
            lambda spot, found: words.unlisted(spot, found["value"], [found["fixed"]]),
        ),
        (
            r"'(?P<value>.*)' is not a valid value of the (?:\w+ )+type(?: '(?P<type>[^']*)')?\.",
            lambda spot, found: words.mistyped(spot, found["value"], found["type"] or ""),
        ),
        (
            r"\[facet 'pattern'\] The value '(?P<value>.*)' is not .* pattern '(?P<form>.*)'\.",
            lambda spot, found: words.misformed(spot, found["value"], found["form"]),
        ),
        (
            r"\[facet 'maxLength'\] The value .*has a length of '(?P<length>\d+)'; this .* '(?P<limit>\d+)'\.",
            lambda spot, found: words.too_long(spot, int(found["length"]), int(found["limit"])),
        ),
        (
            r"\[facet 'minLength'\] The value .*has a length of '(?P<length>\d+)'; this .* '(?P<limit>\d+)'\.",
            lambda spot, found: words.too_short(spot, int(found["length"]), int(found["limit"])),
        ),
        (
            r"\[facet 'length'\] The value .*has a length of '(?P<length>\d+)'; this .* '(?P<limit>\d+)'\.",
            lambda spot, found: words.of_another_length(spot, int(found["length"]), int(found["limit"])),
        ),
        (
            r"\[facet '\w+'\] The value '(?P<value>.*)' is greater than the .* \('(?P<limit>[^']*)'\)\.",
            lambda spot, found: words.too_large(spot, found["value"], found["limit"]),
        ),
        (
            r"\[facet '\w+'\] The value '(?P<value>.*)' is less than the .* \('(?P<limit>[^']*)'\)\.",
            lambda spot, found: words.too_small(spot, found["value"], found["limit"]),
        ),
        (
            r"Character content other than whitespace is not allowed because the content type is 'element-only'\.",
            lambda spot, _: words.worded(spot),
        ),
        (
            r"(?:Character|Element) content is not allowed, because the content type is empty\.",
            lambda spot, _: words.filled(spot),
        ),
        (
            r"Element content is not allowed, because the (?:type definition is simple|content type is a simple .*)\.",
            lambda spot, _: words.nested(spot),
        ),
        (
            r"No matching global declaration available for the validation root\.",
            lambda spot, _: words.no_beginning(spot),
        ),
        (r"No matching global (?:element|attribute) declaration available.*", lambda spot, _: words.unknown(spot)),
        (  # where a schema lets the parts come in any order, an attribute of this value sees to it that each comes once
            r"Duplicate key-sequence \['once'\] in unique identity-constraint .*",
            lambda spot, _: words.doubled(spot),
        ),
        (
            r"Duplicate key-sequence \['(?P<value>.*)'\] in .*",
            lambda spot, found: words.repeated(spot, found["value"]),
        ),
        (
            r"No match found for key-sequence \['(?P<value>.*)'\] of keyref .*",
            lambda spot, found: words.unmatched(spot, found["value"]),
        ),
        (r"Not all fields of key identity-constraint .* evaluate to a node\.", lambda spot, _: words.unkeyed(spot)),
    )
)
