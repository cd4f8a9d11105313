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
    for entry in cast("Iterable[etree._LogEntry]", log):
        if is_violation(entry) and not known(entry.line, *subject_of(entry)):
            yield told(entry, _element(entry, root), root)


def told(entry: etree._LogEntry, where: etree._Element | None, root: etree._Element) -> Violation:
    """Return what an entry of such a log says, of an element of the document, if it is known which."""
    prefixes = {namespace: prefix for prefix, namespace in root.nsmap.items() if prefix}
    said = in_words(entry.message, *words.around(where), prefixes)
    line = entry.line or (cast("int | None", where.sourceline) if where is not None else 0) or 0
    return Violation(line, *subject_of(entry), said, where)


def is_violation(entry: etree._LogEntry) -> bool:
    """Say whether an entry is of a schema, and more than a warning."""
    return entry.domain == etree.ErrorDomains.SCHEMASV and ": Warning: " not in entry.message


def subject_of(entry: etree._LogEntry) -> tuple[str, str]:
    """Return the names of the element and of the attribute that an entry is of; "" for none."""
    found = _SUBJECT.match(entry.message, 0, _LONGEST_READ)
    return (found["element"], found["attribute"] or "") if found else ("", "")


def in_words(message: str, parent: str = "", again: bool = False, prefixes: Mapping[str, str] | None = None) -> Said:
    """Return in plain words what libxml2 says of a violation; its own, shortened, where they are not known.

    `parent` is the element around the one it speaks of, and `again` whether its like stands there before it;
    `prefixes` are the document's, by namespace.
    """
    found = _SUBJECT.fullmatch(message) if len(message) <= _LONGEST_READ else None
    if not found:
        return Said(cut(_BRACES.sub("", message[:_LONGEST_READ]), LONGEST))
    spot = Spot(found["element"], found["attribute"] or "", parent, again, prefixes or {})
    for pattern, say in SAYINGS:
        if known := pattern.fullmatch(found["rest"]):
            taken = ((name, text or "") for name, text in known.groupdict().items())
            return shortened(say(spot, **{name: _TAKEN.get(name, str)(text) for name, text in taken}))
    return Said(cut(f"{spot.what}: {_BRACES.sub('', found['rest'])}", LONGEST))


def _element(entry: etree._LogEntry, root: etree._Element) -> etree._Element | None:
    """Return the element that a violation is of, or None where that cannot be told."""
    path = cast("str | None", entry.path)
    if not path:
        return None
    try:
        found = root.xpath(path, namespaces={prefix: uri for prefix, uri in root.nsmap.items() if prefix})
    except etree.XPathEvalError:  # it has a prefix that is not declared at the root
        return None
    return found[0] if isinstance(found, list) and found and isinstance(found[0], etree._Element) else None


def _names(listed: str) -> list[str] | None:
    """Return the names of elements in a row, None where all of them are wildcards."""
    return [name for name in listed.split(", ") if name and not name.startswith("##")] or None


# How `words` takes what has a name in the patterns below; the rest it takes as it is written.
_TAKEN: Mapping[str, Callable[[str], object]] = {
    "expected": _names,
    "values": lambda listed: listed.split("', '"),
    "types": lambda name: (name,),
    "length": int,
    "limit": int,
}
_LENGTH = r"The value .*has a length of '(?P<length>\d+)'; this .* '(?P<limit>\d+)'\."
SAYINGS: tuple[tuple[re.Pattern[str], Callable[..., Said]], ...] = tuple(
    (later(pattern, re.DOTALL), say)
    for pattern, say in (
        (r"This element is not expected\.(?: Expected is (?:one of )?\( (?P<expected>.*) \)\.)?", words.stray),
        (r"Missing child element\(s\)\. Expected is (?:one of )?\( (?P<expected>.*) \)\.", words.incomplete),
        (r"The attribute '.*' is not allowed\.", words.disallowed),
        (r"The attribute '(?P<attribute>.*)' is required but missing\.", words.unadorned),
        (
            r"\[facet 'enumeration'\] The value '(?P<value>.*)' is not an element of the set \{'(?P<values>.*)'\}\.",
            words.unlisted,
        ),
        (
            r"The (?:actual )?value '(?P<value>.*)' does not match the fixed value constraint '(?P<values>.*)'\.",
            words.unlisted,
        ),
        (r"'(?P<value>.*)' is not a valid value of the (?:\w+ )+type(?: '(?P<types>[^']*)')?\.", words.mistyped),
        (r"\[facet 'pattern'\] The value '(?P<value>.*)' is not .* pattern '(?P<pattern>.*)'\.", words.misformed),
        (rf"\[facet 'maxLength'\] {_LENGTH}", words.too_long),
        (rf"\[facet 'minLength'\] {_LENGTH}", words.too_short),
        (rf"\[facet 'length'\] {_LENGTH}", words.of_another_length),
        (r"\[facet '\w+'\] The value '(?P<value>.*)' is greater than the .* \('(?P<most>[^']*)'\)\.", words.too_large),
        (r"\[facet '\w+'\] The value '(?P<value>.*)' is less than the .* \('(?P<least>[^']*)'\)\.", words.too_small),
        (r"Character content other than whitespace is not allowed because the content type is .*", words.worded),
        (r"(?:Character|Element) content is not allowed, because the content type is empty\.", words.filled),
        (r"Element content is not allowed, because the (?:type definition|content type) is .*simple.*", words.nested),
        (r"No matching global declaration available for the validation root\.", words.no_beginning),
        (r"No matching global (?:element|attribute) declaration available.*", words.unknown),
        # Where a schema lets the parts come in any order, an attribute of this value sees to it that each comes once.
        (r"Duplicate key-sequence \['once'\] in unique identity-constraint .*", words.doubled),
        (r"Duplicate key-sequence \['(?P<value>.*)'\] in .*", words.repeated),
        (r"No match found for key-sequence \['(?P<value>.*)'\] of keyref .*", words.unmatched),
        (r"Not all fields of key identity-constraint .* evaluate to a node\.", words.unkeyed),
    )
)
