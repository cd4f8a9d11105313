"""What a schema has against a document, in words for who wrote the course: libxml2's own are for who knows schemas."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

LONGEST = 300
_LONGEST_READ = 20_000  # characters of libxml2's words that are read: a document may hold values of any length
_LONGEST_VALUE = 80
_MOST_NAMED = 8
_LONGEST_PATTERN = 40

_SUBJECT = re.compile(r"Element '(?P<element>[^']*)'(?:, attribute '(?P<attribute>[^']*)')?: (?P<rest>.*)", re.DOTALL)
_BRACES = re.compile(r"\{[^{}]*\}")
_XML = "http://www.w3.org/XML/1998/namespace"
_NCNAME = re.compile(r"[^\W\d][\w.-]*")

# What values of a type look like; the names are those of XML Schema.
_TYPES = {
    "xs:anyURI": "an address",
    "xs:boolean": "true or false",
    "xs:date": "a date such as 2024-05-31",
    "xs:dateTime": "a date and time such as 2024-05-31T14:00:00",
    "xs:decimal": "a number",
    "xs:double": "a number",
    "xs:duration": "a duration such as PT1H30M",
    "xs:float": "a number",
    "xs:int": "a whole number",
    "xs:integer": "a whole number",
    "xs:language": "a language such as en or pt-BR",
    "xs:nonNegativeInteger": "a whole number from 0 on",
    "xs:positiveInteger": "a whole number from 1 on",
}
_NAMES = ("xs:ID", "xs:IDREF", "xs:NCName", "xs:Name", "xs:NMTOKEN")


@dataclass(frozen=True, slots=True)
class Place:
    """Where something is wrong: an element, one of its attributes or none, and the element around it, if known.

    All names are as lxml writes them: `{namespace}name`. `prefixes` are those of the document, by namespace; `again`
    says that another of the same name stands before it.
    """

    element: str
    attribute: str
    parent: str
    again: bool
    prefixes: Mapping[str, str]

    @property
    def what(self) -> str:
        """Return what has a value that is wrong: the attribute, or else the element."""
        return self.named(self.attribute) if self.attribute else tag(self.element)

    def named(self, attribute: str) -> str:
        """Return the name of an attribute as the document would write it."""
        namespace, name = _parts(attribute)
        prefix = "xml" if namespace == _XML else self.prefixes.get(namespace, "")
        if not namespace:
            return f"'{_clipped(name)}'"
        return f"'{prefix}:{_clipped(name)}'" if prefix else f"'{_clipped(name)}' of {_clipped(namespace)}"


def in_words(message: str, parent: str = "", prefixes: Mapping[str, str] | None = None, *, again: bool = False) -> str:
    """Return in plain words what libxml2 says of a violation; its own, shortened, where they are not known.

    `parent` is the element around the one it speaks of, and `again` whether its like stands there before it;
    `prefixes` are the document's, by namespace.
    """
    found = _SUBJECT.fullmatch(message) if len(message) <= _LONGEST_READ else None
    if not found:
        return _clipped(_BRACES.sub("", message[:_LONGEST_READ]), LONGEST)
    place = Place(found["element"], found["attribute"] or "", parent, again, prefixes or {})
    for pattern, worded in _WORDED:
        if known := pattern.fullmatch(found["rest"]):
            return _clipped(worded(place, known), LONGEST)
    return _clipped(f"{place.what}: {_BRACES.sub('', found['rest'])}", LONGEST)


def tag(name: str) -> str:
    """Return an element's name without its namespace, as a tag."""
    return f"<{_clipped(_parts(name)[1])}>"


def _parts(name: str) -> tuple[str, str]:
    namespace, brace, short = name.rpartition("}")
    return namespace.lstrip("{") if brace else "", short


def _clipped(text: str, length: int = _LONGEST_VALUE) -> str:
    return text if len(text) <= length else f"{text[: length - 1]}…"


def _listed(names: Iterable[str], last: str) -> str:
    """Return names in a row, such as `<a>, <b> or <c>`; many are not all named."""
    every = list(dict.fromkeys(names))
    if len(every) > _MOST_NAMED:
        return f"{', '.join(every[:_MOST_NAMED])} {last} {len(every) - _MOST_NAMED} more"
    return f" {last} ".join([", ".join(every[:-1]), every[-1]] if len(every) > 1 else every)


def _stray(place: Place, found: re.Match[str]) -> str:
    expected = [name for name in (found["expected"] or "").split(", ") if name and not name.startswith("##")]
    where = f"in {tag(place.parent)}" if place.parent else "here"
    again = " again" if place.again else ""
    if not expected:
        return f"{tag(place.element)} may not stand {where}{again}: nothing more may follow"
    short = [tag(name) for name in expected]
    if tag(place.element) in short:  # it is the namespace that is wrong
        return f"{_whole(place.element)} may not stand {where}; expected: {_listed(map(_whole, expected), 'or')}"
    return f"{tag(place.element)} may not stand {where}{again or ' at this place'}; expected: {_listed(short, 'or')}"


def _whole(name: str) -> str:
    namespace, _ = _parts(name)
    return f"{tag(name)} of {_clipped(namespace)}" if namespace else f"{tag(name)} without a namespace"


def _incomplete(place: Place, found: re.Match[str]) -> str:
    return f"{tag(place.element)} lacks {_listed(map(tag, found['expected'].split(', ')), 'or')}"


def _unlisted(place: Place, found: re.Match[str]) -> str:
    values = _listed((_clipped(value) for value in found["set"].split("', '")), "or")
    return f"'{_clipped(found['value'])}' is no value of {place.what}: it takes {values}"


def _mistyped(place: Place, found: re.Match[str]) -> str:
    value, kind = _clipped(found["value"]), found["type"] or ""
    if kind == "xs:ID" and _NCNAME.fullmatch(found["value"]):
        return f"the identifier '{value}' stands twice"
    if kind in _NAMES:
        return f"{place.what} is '{value}': a name begins with a letter or _, and has only letters, digits, - . and _"
    known = f": it takes {_TYPES[kind]}" if kind in _TYPES else ""
    return f"'{value}' is no value of {place.what}{known}"


def _misformed(place: Place, found: re.Match[str]) -> str:
    pattern = found["form"]
    form = f"the form {pattern}" if len(pattern) <= _LONGEST_PATTERN else "another form"
    return f"'{_clipped(found['value'])}' is no value of {place.what}: it takes {form}"


def _too_long(place: Place, found: re.Match[str]) -> str:
    return f"{place.what} has {found['length']} characters; at most {found['limit']} are allowed"


def _too_short(place: Place, found: re.Match[str]) -> str:
    if found["length"] == "0":
        return f"{place.what} is empty"
    return f"{place.what} has {found['length']} characters; at least {found['limit']} are needed"


def _too_large(place: Place, found: re.Match[str]) -> str:
    return f"'{_clipped(found['value'])}' is no value of {place.what}: it takes at most {found['limit']}"


def _too_small(place: Place, found: re.Match[str]) -> str:
    return f"'{_clipped(found['value'])}' is no value of {place.what}: it takes at least {found['limit']}"


def _unknown(place: Place, _: re.Match[str]) -> str:
    if place.attribute:
        return f"the attribute {place.named(place.attribute)} on {tag(place.element)} is not known here"
    return f"{_whole(place.element)} is not known here"


_Words = Callable[[Place, re.Match[str]], str]
_WORDED: tuple[tuple[re.Pattern[str], _Words], ...] = tuple(
    (re.compile(pattern, re.DOTALL), worded)
    for pattern, worded in (
        (r"This element is not expected\.(?: Expected is (?:one of )?\( (?P<expected>.*) \)\.)?", _stray),
        (r"Missing child element\(s\)\. Expected is (?:one of )?\( (?P<expected>.*) \)\.", _incomplete),
        (
            r"The attribute '.*' is not allowed\.",
            lambda place, _: f"the attribute {place.named(place.attribute)} is not allowed on {tag(place.element)}",
        ),
        (
            r"The attribute '(?P<name>.*)' is required but missing\.",
            lambda place, found: f"{tag(place.element)} lacks the attribute {place.named(found['name'])}",
        ),
        (
            r"\[facet 'enumeration'\] The value '(?P<value>.*)' is not an element of the set \{'(?P<set>.*)'\}\.",
            _unlisted,
        ),
        (r"The (?:actual )?value '(?P<value>.*)' does not match the fixed value constraint '(?P<set>.*)'\.", _unlisted),
        (r"'(?P<value>.*)' is not a valid value of the (?:\w+ )+type(?: '(?P<type>[^']*)')?\.", _mistyped),
        (
            r"\[facet 'pattern'\] The value '(?P<value>.*)' is not .* pattern '(?P<form>.*)'\.",
            _misformed,
        ),
        (
            r"\[facet 'maxLength'\] The value .*has a length of '(?P<length>\d+)'; this .* '(?P<limit>\d+)'\.",
            _too_long,
        ),
        (
            r"\[facet 'minLength'\] The value .*has a length of '(?P<length>\d+)'; this .* '(?P<limit>\d+)'\.",
            _too_short,
        ),
        (r"\[facet '\w+'\] The value '(?P<value>.*)' is greater than the .* \('(?P<limit>[^']*)'\)\.", _too_large),
        (r"\[facet '\w+'\] The value '(?P<value>.*)' is less than the .* \('(?P<limit>[^']*)'\)\.", _too_small),
        (
            r"Character content other than whitespace is not allowed because the content type is 'element-only'\.",
            lambda place, _: f"{tag(place.element)} holds text beside its elements, where none may stand",
        ),
        (
            r"(?:Character|Element) content is not allowed, because the content type is empty\.",
            lambda place, _: f"{tag(place.element)} must be empty",
        ),
        (
            r"Element content is not allowed, because the (?:type definition is simple|content type is a simple .*)\.",
            lambda place, _: f"{tag(place.element)} holds elements, and takes text only",
        ),
        (
            r"No matching global declaration available for the validation root\.",
            lambda place, _: f"the document may not begin with {_whole(place.element)}",
        ),
        (r"No matching global (?:element|attribute) declaration available.*", _unknown),
        (
            r"Duplicate key-sequence \['(?P<value>.*)'\] in .*",
            lambda place, found: f"'{_clipped(found['value'])}' stands twice where it may stand once: {place.what}",
        ),
        (
            r"No match found for key-sequence \['(?P<value>.*)'\] of keyref .*",
            lambda place, found: f"{place.what} names '{_clipped(found['value'])}', which is not there",
        ),
        (
            r"Not all fields of key identity-constraint .* evaluate to a node\.",
            lambda place, _: f"{tag(place.element)} lacks what it is known by",
        ),
    )
)
