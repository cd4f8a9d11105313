"""What a schema has against a document, in words for who wrote the course. `explanations` says it of what xmlschema
finds, and `log` of what libxml2 does; each phrase stands here, once."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import field
from enum import StrEnum
from typing import NamedTuple

from lxml import etree

from coursewright.frozen import frozen
from coursewright.text.names import cut, plural
from coursewright.text.patterns import later

LONGEST = 300
NOTHING = "nothing"
"""The name that `mistyped` has for a type whose only value is empty."""

_LONGEST_VALUE = 80
_MOST_NAMED = 8
_XML = "http://www.w3.org/XML/1998/namespace"
NCNAME = later(r"[^\W\d][\w.-]*")
"""A name without a colon, as identifiers are."""

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
    NOTHING: "nothing",
}
# The same of the patterns in the project's schemas.
_DATE = "a date such as 2024, 2024-05-31 or 2024-05-31T14:00:00"
_FORMS = {
    r"[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01])(T([01][0-9]|2[0-3])(:[0-5][0-9](:[0-5][0-9]"
    r"(\.[0-9]+(Z|[+\-]([01][0-9]|2[0-3]):[0-5][0-9])?)?)?)?)?)?)?": _DATE,
    r"0{0,3}[1-9].*": _DATE,  # its year is not 0
    r"0*[1-9][0-9]*(-.*)?": _DATE,
    r"P([0-9]+Y)?([0-9]+M)?([0-9]+D)?(T([0-9]+H)?([0-9]+M)?([0-9]+(\.[0-9]+)?S)?)?": _TYPES["xs:duration"],
    r"[0-9]{1,2}(\.[0-9]{1,2})?|100(\.0{1,2})?": "a number from 0 to 100, with at most two digits after the point",
    r"[0-9]{2,4}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,2})?": "a time such as 00:30:00",
    r"[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2}:[0-9]{2} UTC": "a date and time such as 2024-05-31 14:00:00 UTC",
}
_NAMES = {"xs:ID", "xs:IDREF", "xs:NCName", "xs:Name", "xs:NMTOKEN"}


@frozen
class Spot:
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

    @property
    def inside(self) -> str:
        """Return what it is in."""
        return f"in {tag(self.parent)}" if self.parent else "here"

    def named(self, attribute: str) -> str:
        """Return the name of an attribute as the document would write it."""
        namespace, name = _parts(attribute)
        prefix = "xml" if namespace == _XML else self.prefixes.get(namespace, "")
        if not namespace:
            return f"'{clipped(name)}'"
        return f"'{prefix}:{clipped(name)}'" if prefix else f"'{clipped(name)}' of {clipped(namespace)}"


class Against(StrEnum):
    """What a schema has something against."""

    CONTENT = "content"  # elements, attributes or text that stand somewhere, or are missing
    ATTRIBUTE = "attribute"  # one that an element lacks; its name is the value
    VALUE = "value"
    TWICE = "twice"  # a name that something else has, too


class Said(NamedTuple):
    """What is said of a violation, and as values: what of, the value that is wrong, and what it may be, if known."""

    words: str
    of: Against = Against.CONTENT
    value: str = ""
    taken: str = ""


@frozen
class Violation:
    """One thing that is wrong: its line, the names of the element and of the attribute, if any, what is said of it, and
    the element itself, where it is known."""

    line: int
    element: str
    attribute: str
    said: Said
    where: etree._Element | None = field(default=None, compare=False)


def around(element: etree._Element | None) -> tuple[str, bool]:
    """Return the name of the element around one, "" if not known, and whether the like of it stands there before it."""
    parent = element.getparent() if element is not None else None
    if element is None or parent is None:
        return "", False
    return str(parent.tag), next(element.itersiblings(element.tag, preceding=True), None) is not None


def tag(name: str) -> str:
    """Return an element's name without its namespace, as a tag."""
    return f"<{clipped(_parts(name)[1])}>"


def clipped(text: str) -> str:
    """Return a value or a name as it is shown, cut where it is long."""
    return cut(text, _LONGEST_VALUE)


def shortened(said: Said) -> Said:
    """Return what is said, in words that are not too long."""
    return said._replace(words=cut(said.words, LONGEST))


def _parts(name: str) -> tuple[str, str]:
    namespace, brace, short = name.rpartition("}")
    return namespace.lstrip("{") if brace else "", short


def _whole(name: str) -> str:
    namespace, _ = _parts(name)
    return f"{tag(name)} of {clipped(namespace)}" if namespace else f"{tag(name)} without a namespace"


def _listed(names: Iterable[str]) -> str:
    """Return names in a row, such as `<a>, <b> or <c>`; many are not all named."""
    every = list(dict.fromkeys(names))
    if len(every) > _MOST_NAMED:
        return f"{', '.join(every[:_MOST_NAMED])} or {len(every) - _MOST_NAMED} more"
    return " or ".join([", ".join(every[:-1]), every[-1]] if len(every) > 1 else every)


# Elements.


def stray(spot: Spot, expected: Iterable[str] | None) -> Said:
    """Say that an element stands where it may not. `expected` names those that may; None is for not known."""
    what, again = f"{tag(spot.element)} is not allowed {spot.inside}", " again" if spot.again else ""
    names = list(expected or ())
    if expected is not None and not names:
        return Said(f"{what}{again}: nothing more may follow")
    if alike := [name for name in names if tag(name) == tag(spot.element)]:  # it is the namespace that is wrong
        return Said(f"{_whole(spot.element)} is not allowed {spot.inside}; expected: {_listed(map(_whole, alike))}")
    place = again or (" at this place" if spot.parent else "")
    return Said(f"{what}{place}; expected: {_listed(map(tag, names))}" if names else f"{what}{place}")


def no_beginning(spot: Spot, alike: Iterable[str] = ()) -> Said:
    """Say that a document may not begin so. `alike` are names as it has, of other namespaces, with which it may."""
    what, names = f"the document may not begin with {_whole(spot.element)}", _listed(map(_whole, alike))
    return Said(f"{what}; expected: {names}" if names else what)


def incomplete(spot: Spot, expected: Iterable[str] | None) -> Said:
    return Said(f"{tag(spot.element)} lacks {'an element' if expected is None else _listed(map(tag, expected))}")


def unknown(spot: Spot) -> Said:
    """Say that nothing declares an element, or an attribute, that would have to be declared."""
    if spot.attribute:
        return Said(f"the attribute {spot.what} on {tag(spot.element)} is not known here")
    return Said(f"{_whole(spot.element)} is not known here")


# Attributes.


def unadorned(spot: Spot, attribute: str) -> Said:
    """Say that an element has not an attribute that it needs."""
    return Said(f"{tag(spot.element)} lacks the attribute {spot.named(attribute)}", Against.ATTRIBUTE, attribute)


# Values, which are an attribute's or the text of an element.


def unlisted(spot: Spot, value: str, values: Iterable[str]) -> Said:
    return _no_value(spot, value, _listed(clipped(taken) or NOTHING for taken in values))


def mistyped(spot: Spot, value: str, types: Collection[str]) -> Said:
    """Say that a value is of none of these types, such as `xs:boolean`; the ones that are not known are not named."""
    if "xs:ID" in types and NCNAME.fullmatch(value.strip()):
        return Said(f"the identifier '{clipped(value)}' is used twice", Against.TWICE, value)
    if not _NAMES.isdisjoint(types):
        form = "a name begins with a letter or _, and has only letters, digits, - . and _"
        shown = f"'{clipped(value)}'" if value.strip() else "empty"
        return Said(f"{spot.what} is {shown}: {form}", Against.CONTENT, value)
    return _no_value(spot, value, _listed(_TYPES[name] for name in types if name in _TYPES))


def misformed(spot: Spot, value: str, pattern: str) -> Said:
    return _no_value(spot, value, _FORMS.get(pattern, "another form"))


def _no_value(spot: Spot, value: str, taken: str) -> Said:
    wrong = f"'{clipped(value)}' is not a valid value for {spot.what}" if value.strip() else f"{spot.what} is empty"
    return Said(f"{wrong}: it takes {taken}" if taken else wrong, Against.VALUE, value, taken)


def too_long(spot: Spot, length: int, limit: int) -> Said:
    return Said(
        f"{spot.what} has {plural(length, 'character')}; at most {limit} {'is' if limit == 1 else 'are'} allowed",
        Against.VALUE,
    )


def too_short(spot: Spot, length: int, limit: int) -> Said:
    if not length:
        return _no_value(spot, "", "")
    return Said(f"{spot.what} has {plural(length, 'character')}; at least {limit} are needed", Against.VALUE)


def of_another_length(spot: Spot, length: int, limit: int) -> Said:
    return Said(f"{spot.what} has {plural(length, 'character')}; it takes {limit}", Against.VALUE)


def too_large(spot: Spot, value: str, most: str) -> Said:
    return _no_value(spot, value, f"at most {most}")


def too_small(spot: Spot, value: str, least: str) -> Said:
    return _no_value(spot, value, f"at least {least}")


# What takes no more than names and a value.


def _phrase(form: str) -> Callable[..., Said]:
    """Return what says this of a spot, and of a value, if it is given one."""

    def say(spot: Spot, value: str = "") -> Said:
        names = {"tag": tag(spot.element), "whole": _whole(spot.element), "what": spot.what, "inside": spot.inside}
        return Said(form.format(**names, value=clipped(value)))

    return say


misplaced = _phrase("{tag} is not allowed {inside}: write it as an attribute")
doubled = _phrase("{tag} appears twice {inside}; one is allowed")
filled = _phrase("{tag} must be empty")
nested = _phrase("{tag} contains elements, but only text is allowed")
worded = _phrase("{tag} contains text between its elements, where none is allowed")
disallowed = _phrase("the attribute {what} is not allowed on {tag}")
repeated = _phrase("'{value}' appears twice where only one is allowed: {what}")
unmatched = _phrase("{what} names '{value}', which is not there")
unkeyed = _phrase("{tag} lacks what it is known by")
