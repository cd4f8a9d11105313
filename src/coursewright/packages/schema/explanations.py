"""What xmlschema has against a document, in the words of `words`. To be imported only where there is something to
explain: xmlschema takes a tenth of a second to load, and each schema as long again."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import field
from functools import cache
from itertools import islice
from typing import Any, cast

from lxml import etree
from xmlschema import XMLSchema, XMLSchemaChildrenValidationError, XMLSchemaException, XMLSchemaValidationError
from xmlschema.validators import (
    ModelVisitor,
    XsdAnyAttribute,
    XsdAnyElement,
    XsdAtomicBuiltin,
    XsdAttribute,
    XsdAttributeGroup,
    XsdElement,
    XsdEnumerationFacets,
    XsdFacet,
    XsdGroup,
    XsdLengthFacet,
    XsdMaxInclusiveFacet,
    XsdMaxLengthFacet,
    XsdMinInclusiveFacet,
    XsdMinLengthFacet,
    XsdPatternFacets,
    XsdSimpleType,
    XsdUnion,
)

from coursewright.frozen import frozen
from coursewright.packages.schema import words
from coursewright.packages.schema.words import NOTHING, Said, Spot, Violation, shortened
from coursewright.resources import resource

_XSI = "{http://www.w3.org/2001/XMLSchema-instance}"


def explained(root: etree._Element, schema: str, most: int) -> list[Violation]:
    """Return what xmlschema finds, by line and at most so much; nothing where it gives up or knows no plain words."""
    declarations: dict[Any, XsdElement] = {}
    try:
        errors = list(_schema(schema).iter_errors(root, extra_validator=declarations.__setitem__))
    except XMLSchemaException:  # it does so at an xsi:type that is not there
        return []
    errors.sort(key=lambda error: (error.sourceline or 0, not isinstance(error, XMLSchemaChildrenValidationError)))
    reader = _Reader(declarations, {uri: prefix for prefix, uri in root.nsmap.items() if prefix})
    found: dict[Violation, None] = {}
    for error in errors:
        found |= dict.fromkeys(reader.violations(error))
        if len(found) >= most:
            break
    return list(found)


@cache
def _schema(name: str) -> XMLSchema:
    return XMLSchema(str(resource("schemas") / name), allow="local", use_fallback=False)


@frozen
class _Reader:
    """Reads the errors of one document. `declarations` has what declares each of its elements."""

    declarations: dict[Any, XsdElement]
    prefixes: dict[str, str]
    misfilled: set[Any] = field(default_factory=set)  # elements that were seen to have a child where it may not stand
    strays: set[Any] = field(default_factory=set)  # these children
    adorned: set[Any] = field(default_factory=set)  # elements of which the attributes were read
    valued: set[Any] = field(default_factory=set)  # elements, and the names of attributes, of which the value was read

    def violations(self, error: XMLSchemaValidationError) -> Iterator[Violation]:
        """Yield what an error says in plain words; nothing where there are none for it."""
        element, validator = error.elem, error.validator
        if not isinstance(element, etree._Element):
            return
        match validator:
            case XsdGroup():
                yield from self._of_content(error, element, validator)
            case XsdAttributeGroup():
                yield from self._of_attributes(element, validator)
            case XsdAnyAttribute():
                yield from self._of_stray_attribute(error, element, validator)
            case XsdElement():
                yield from self._of_element(element, validator)
            case XsdAnyElement() if element not in self.strays:
                yield self._said(element, words.unknown)
            case XMLSchema() if element.getparent() is None and element.tag not in validator.maps.elements:
                yield self._said(element, words.no_beginning, _alike(str(element.tag), validator.maps.elements))
            case XsdFacet() | XsdSimpleType() | XsdAttribute():
                yield from self._of_value(error, element)
            case _ if callable(validator):  # a function that checks values of a type that is built in
                yield from self._of_value(error, element)

    # Content.

    def _of_content(
        self, error: XMLSchemaValidationError, element: etree._Element, group: XsdGroup
    ) -> Iterator[Violation]:
        if not len(group):
            yield self._said(element, words.filled)
        elif not isinstance(error, XMLSchemaChildrenValidationError):
            yield self._said(element, words.worded)
        elif error.index < len(element):
            child = element[error.index]
            expected = None if element in self.misfilled else _open(group, element, error.index)
            self.misfilled.add(element)
            self.strays.add(child)
            if self._has_attribute(element, child):
                yield self._said(child, words.misplaced)
            else:
                yield self._said(child, words.stray, expected)
        elif expected := [part.name for part in error.expected or () if part.name]:
            yield self._said(element, words.incomplete, expected)

    def _has_attribute(self, element: etree._Element, child: etree._Element) -> bool:
        """Say whether an element may have an attribute that is called as a child of it is."""
        declared = self.declarations.get(element)
        name = child.tag if isinstance(child.tag, str) else ""
        return declared is not None and name.rpartition("}")[2] in declared.attributes

    def _of_element(self, element: etree._Element, declaration: XsdElement) -> Iterator[Violation]:
        if declaration.type.simple_type is not None and len(element):
            yield self._said(element, words.nested)
        elif declaration.type.is_empty() and (element.text or "").strip():
            yield self._said(element, words.filled)
        elif declaration.fixed is not None and element.text not in (None, declaration.fixed):
            yield self._said(element, words.unlisted, element.text or "", [declaration.fixed])

    # Attributes.

    def _of_attributes(self, element: etree._Element, group: XsdAttributeGroup) -> Iterator[Violation]:
        """Yield all that is wrong with the attributes of an element, once; an error does not say which one it is of."""
        if element in self.adorned:
            return
        self.adorned.add(element)
        for required in group.iter_required():
            if required not in element.attrib:
                yield self._said(element, words.unadorned, required)
        for name in map(str, element.attrib):
            declared = group.get(name)
            unheard = declared is None and None not in group and not name.startswith(_XSI)
            if unheard or (isinstance(declared, XsdAttribute) and declared.use == "prohibited"):
                yield self._said(element, words.disallowed, attribute=name)

    def _of_stray_attribute(
        self, error: XMLSchemaValidationError, element: etree._Element, wildcard: XsdAnyAttribute
    ) -> Iterator[Violation]:
        name = error.obj[0] if isinstance(error.obj, tuple) else _attribute(error, element)
        if name and name in element.attrib:
            say = words.unknown if wildcard.is_matching(name) else words.disallowed
            yield self._said(element, say, attribute=name)

    # Values.

    def _of_value(self, error: XMLSchemaValidationError, element: etree._Element) -> Iterator[Violation]:
        validator = error.validator
        name = validator.name or "" if isinstance(validator, XsdAttribute) else _attribute(error, element)
        if (element, name) in self.valued:  # it is of no type for more than one reason, of which one will do
            return
        self.valued.add((element, name))
        value = (element.get(name) if name else element.text) or ""
        kind = self._type(element, name)
        if isinstance(validator, XsdAttribute):
            if validator.fixed is not None:
                yield self._said(element, words.unlisted, value, [validator.fixed], attribute=name)
        elif isinstance(kind, XsdUnion):  # the error is one of a member's, and says nothing of the others
            yield self._said(element, words.mistyped, value, list(_members(kind)), attribute=name)
        elif isinstance(validator, XsdFacet) and not isinstance(validator.parent, XsdAtomicBuiltin):
            if told := _of_facet(validator, value, error.obj):
                yield self._said(element, *told, attribute=name)
        else:
            yield self._said(element, words.mistyped, value, [_built_in(kind or validator)], attribute=name)

    def _type(self, element: etree._Element, attribute: str) -> XsdSimpleType | None:
        """Return the type of an attribute or, without one, of the text of an element; None if it is not known."""
        declaration = self.declarations.get(element)
        if declaration is None:
            return None
        if not attribute:
            return declaration.type.simple_type
        declared = declaration.attributes.get(attribute)
        return declared.type if isinstance(declared, XsdAttribute) else None

    # Both.

    def _said(self, element: etree._Element, say: Callable[..., Said], *values: Any, attribute: str = "") -> Violation:
        line = cast("int | None", element.sourceline) or 0
        spot = Spot(str(element.tag), attribute, *words.around(element), self.prefixes)
        return Violation(line, spot.element, attribute, shortened(say(spot, *values)), element)


def _open(group: XsdGroup, element: etree._Element, index: int) -> list[str] | None:
    """Return the names of what may stand in an element as the child of this number; None where that cannot be said.
    Those that xmlschema itself names are only the ones that have to."""
    model = ModelVisitor(group)
    for child in islice(element, index):
        if callable(child.tag):  # a comment
            continue
        while model.element is not None and model.match_element(child.tag) is None:
            if any(True for _ in model.advance()):
                return None
        if model.element is None or any(True for _ in model.advance(True)):
            return None
    names: list[str] = []
    while model.element is not None:
        names.append(model.element.name or "")
        if any(True for _ in model.advance()):
            break
    named = list(filter(None, names))  # what has no name is anything of another namespace
    return named if named or not names else None


def _alike(name: str, declared: Iterable[str]) -> list[str]:
    """Return the names among those that are declared which differ from one in their namespace alone."""
    return [one for one in declared if etree.QName(one).localname == etree.QName(name).localname]


def _attribute(error: XMLSchemaValidationError, element: etree._Element) -> str:
    """Return the name of the attribute that has a value that is wrong; "" if it is the element's text."""
    reason = error.reason or ""
    names = map(str, element.attrib) if reason.startswith("attribute ") else ()
    prefixes = {*(error.namespaces or {}).items(), *element.nsmap.items()}  # its own may be declared right there
    return next((name for name in names if reason.startswith(tuple(_beginnings(name, prefixes)))), "")


def _beginnings(name: str, prefixes: Collection[tuple[str | None, str]]) -> Iterator[str]:
    """Yield how a reason may begin that is of a value of the attribute of this name."""
    yield f"attribute {name}="
    parts = etree.QName(name)
    for prefix, namespace in prefixes:
        if namespace == parts.namespace:
            yield f"attribute {prefix}:{parts.localname}=" if prefix else f"attribute {parts.localname}="


def _of_facet(facet: XsdFacet, value: str, read: Any) -> tuple[Any, ...]:
    """Return what says what a facet has against a value, which was read as something, with what is said; nothing where
    there are no words for it."""
    match facet:
        case XsdEnumerationFacets():
            return words.unlisted, value, [str(part.get("value")) for part in facet]
        case XsdPatternFacets():
            return words.misformed, value, "|".join(str(part.get("value")) for part in facet)
        case XsdMaxLengthFacet():
            return words.too_long, len(read), facet.value
        case XsdMinLengthFacet():
            return words.too_short, len(read), facet.value
        case XsdLengthFacet():
            return words.of_another_length, len(read), facet.value
        case XsdMaxInclusiveFacet():
            return words.too_large, value, str(facet.elem.get("value"))
        case XsdMinInclusiveFacet():
            return words.too_small, value, str(facet.elem.get("value"))
    return ()


def _members(kind: XsdUnion) -> Iterator[str]:
    """Yield the names of the types of a union, for what they have one."""
    for member in kind.member_types:
        if isinstance(member, XsdUnion):
            yield from _members(member)
        else:
            yield NOTHING if member.max_length == 0 else _built_in(member)


def _built_in(kind: Any) -> str:
    """Return the name of the type that is built into XML Schema and that a type is made from; "" for a text's."""
    while kind is not None and not isinstance(kind, XsdAtomicBuiltin):
        kind = getattr(kind, "base_type", None)
    return f"xs:{kind.local_name}" if kind is not None else ""
