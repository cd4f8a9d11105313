"""Documents as values: the fields of a class say from which attributes and elements a value is read, and as which it is
written, in their order.

A field of type `str` is the text of an element of the same name, with single blanks, "" where there is none; one of
another such class, or None, is the first element of its name. Whatever else a field is, it says by a function here.
What stands mixed in an element is read by the names that its classes have in `TAGS`; one without is for all others.
Documents that have a word for nothing at all have it in `NOTHING`: every text of them is written, and one that is not
there is read as "".
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import field, fields, is_dataclass, replace
from enum import Enum, auto
from functools import cache
from types import UnionType
from typing import Any, TypeVar, cast, get_args, get_origin, get_type_hints

from lxml.etree import SubElement, _Element

from coursewright.frozen import frozen
from coursewright.packages.documents.elements import words
from coursewright.packages.documents.manifest import child, document, element, space_of
from coursewright.packages.documents.parsing import line_of, text_of

Value = TypeVar("Value")
_ROLE = "role"


class _Role(Enum):
    TEXT = auto()
    LONG = auto()
    ATTRIBUTE = auto()
    CONTENT = auto()
    INNER = auto()
    LISTED = auto()
    MIXED = auto()
    TAG = auto()
    LINE = auto()
    OTHERS = auto()


@frozen
class _Slot:
    """Where a field stands: in an attribute or an element `name`, which may stand `within` another."""

    role: _Role
    name: str = ""
    within: str = ""
    always: bool = False
    anywhere: bool = False

    @property
    def path(self) -> str:
        """Return where it stands in the outermost element around it."""
        return "/".join(f"{{*}}{one}" for one in (*self.within.split("/")[1:], self.name))


def attribute(name: str = "", default: str | None = "") -> Any:
    """Return a field that is an attribute, as it stands there."""
    return field(default=default, metadata={_ROLE: _Slot(_Role.ATTRIBUTE, name)})


def long_text() -> Any:
    """Return a field that is the text of an element of its name, with its lines and blanks."""
    return field(default="", metadata={_ROLE: _Slot(_Role.LONG)})


def content() -> Any:
    """Return a field that is the text of the element itself."""
    return field(default="", metadata={_ROLE: _Slot(_Role.CONTENT)})


def tag(default: str) -> Any:
    """Return a field that is the name of the element itself."""
    return field(default=default, metadata={_ROLE: _Slot(_Role.TAG)})


def mixed() -> Any:
    """Return a field that is every element that no other field is, in their order, as values of several classes."""
    return field(default=(), metadata={_ROLE: _Slot(_Role.MIXED)})


def listed(name: str, within: str = "", *, always: bool = False, anywhere: bool = False) -> Any:
    """Return a field that is all elements of a name, in an element around them (`a/b` for two), which may be written
    `always`; or wherever they stand, but for those in another element of the class."""
    return field(default=(), metadata={_ROLE: _Slot(_Role.LISTED, name, within, always, anywhere)})


def line() -> Any:
    """Return a field that is the line on which the element begins, 0 where it was not read; it makes no difference."""
    return field(default=0, compare=False, metadata={_ROLE: _Slot(_Role.LINE)})


def others() -> Any:
    """Return a field that is every text that no other field is, by the name of its element."""
    return field(default=(), metadata={_ROLE: _Slot(_Role.OTHERS)})


@frozen
class _Shape:
    """The slots of a class by the names of its fields, with the classes of what stands in them."""

    slots: Mapping[str, _Slot]
    kinds: Mapping[str, type]
    own: tuple[tuple[str, _Slot], ...]
    """The fields that are read from the element itself."""
    many: tuple[str, ...]
    """Those that are read from any number of children."""
    below: tuple[tuple[str, _Slot], ...]
    """Those that are read from elements wherever they stand."""
    children: Mapping[str, tuple[str, ...]]
    """Those that are read from a child, by the name of the child."""
    mixed: str
    others: str
    """Those that are read from all other children: as values of classes, and as texts."""
    tagged: Mapping[str, type]
    untagged: type | None
    """The classes of what is mixed, by the names of their elements, and that of all others."""
    tag: str
    """The field that is the name of the element."""
    written: tuple[tuple[str, _Role, _Slot], ...]
    """All that is written."""
    nothing: str
    """What stands for nothing at all."""
    blank: Mapping[str, str]
    """What is read where nothing is said."""


_ATTRIBUTE, _CONTENT, _MIXED, _OTHERS = _Role.ATTRIBUTE, _Role.CONTENT, _Role.MIXED, _Role.OTHERS
_TEXTS = (_Role.TEXT, _Role.LONG)
_OWN = (_Role.ATTRIBUTE, _Role.CONTENT, _Role.TAG, _Role.LINE)
_REST = (_Role.MIXED, _Role.OTHERS)


@cache
def _shape(kind: type) -> _Shape:
    hints = get_type_hints(kind)
    kinds = {name: _inside(hint)[0] for name, hint in hints.items()}
    slots: dict[str, _Slot] = {}
    children: dict[str, tuple[str, ...]] = {}
    for one in fields(kind):
        usual = _Slot(_Role.INNER if is_dataclass(kinds[one.name]) else _Role.TEXT)
        slot = slots[one.name] = one.metadata.get(_ROLE, usual)
        slots[one.name] = slot = replace(slot, name=slot.name or one.name)
        if slot.role not in (*_OWN, *_REST):
            name = slot.within.partition("/")[0] or slot.name
            children[name] = (*children.get(name, ()), one.name)
    own = tuple((name, slot) for name, slot in slots.items() if slot.role in _OWN)
    many = tuple(name for name, slot in slots.items() if slot.role in (_Role.LISTED, *_REST))
    below = tuple((name, slot) for name, slot in slots.items() if slot.anywhere)
    mixed, others = (next((name for name, slot in slots.items() if slot.role is role), "") for role in _REST)
    classes = _inside(hints[mixed]) if mixed else ()
    tagged = {name: one for one in classes for name in getattr(one, "TAGS", ())}
    untagged = next((one for one in classes if not hasattr(one, "TAGS")), None)
    written = tuple((name, slot.role, slot) for name, slot in slots.items() if slot.role not in (_Role.LINE, _Role.TAG))
    tag = next((name for name, slot in own if slot.role is _Role.TAG), "")
    nothing = getattr(kind, "NOTHING", "")
    blank = {name: "" for name, slot in slots.items() if nothing and slot.role in (_ATTRIBUTE, *_TEXTS)}
    rest = (mixed, others, tagged, untagged)
    return _Shape(slots, kinds, own, many, below, children, *rest, tag, written, nothing, blank)


def _inside(hint: Any) -> tuple[type, ...]:
    """Return the classes in `Class | None`, `tuple[Class, ...]` or `tuple[One | Other, ...]`."""
    if get_origin(hint) is tuple:
        return _inside(get_args(hint)[0])
    return tuple(one for one in get_args(hint) if one is not type(None)) if get_origin(hint) is UnionType else (hint,)


def read_as(kind: type[Value], root: _Element) -> Value:
    """Return what an element says. The first of a name counts; what is of no field is left out, unless of `others`."""
    shape = _shape(cast("Any", kind))
    said: dict[str, Any] = {name: [] for name in shape.many}
    for name, slot in shape.own:
        if (value := _of_itself(root, slot)) is not None:
            said[name] = value
    for found in root.iterchildren("*"):
        local = found.tag.rpartition("}")[2]
        if local in shape.children:
            for name in shape.children[local]:
                _take(found, name, shape, said)
        elif (other := shape.tagged.get(local, shape.untagged)) is not None:
            said[shape.mixed].append(read_as(other, found))
        elif shape.others and not len(found):
            said[shape.others].append((local, words(found)))
    for name, slot in shape.below:
        said[name] += (read_as(shape.kinds[name], one) for one in _below(root, slot.name))
    for name in shape.many:
        said[name] = tuple(said[name])
    return kind(**{**shape.blank, **said}) if shape.blank else kind(**said)


def _of_itself(root: _Element, slot: _Slot) -> str | int | None:
    if slot.role is _Role.ATTRIBUTE:
        return root.get(slot.name)
    if slot.role is _Role.LINE:
        return line_of(root)
    return text_of(root) if slot.role is _Role.CONTENT else root.tag.rpartition("}")[2]


def _below(root: _Element, name: str) -> Iterator[_Element]:
    """Yield the elements of a name wherever they stand, but for those in another element of the root's name."""
    own = f"{{*}}{root.tag.rpartition('}')[2]}"
    for one in root.iterdescendants(f"{{*}}{name}"):
        if next(one.iterancestors(own)) is root:
            yield one


def _take(found: _Element, name: str, shape: _Shape, said: dict[str, Any]) -> None:
    slot = shape.slots[name]
    if slot.anywhere:
        return
    if slot.role is _Role.LISTED:
        every = found.iterfind(slot.path) if slot.within else (found,)
        said[name] += (read_as(shape.kinds[name], one) for one in every)
    elif name in said:
        return
    elif slot.role is _Role.INNER:
        said[name] = read_as(shape.kinds[name], found)
    else:
        text = text_of(found) if slot.role is _Role.LONG else words(found)
        said[name] = text if text != shape.nothing else ""


def written_as(value: Any, name: str, namespace: str) -> _Element:
    """Return a value as an element of no other. What is empty is left out."""
    root = element(namespace, name)
    fill_as(root, value)
    return root


def document_of(value: Any, namespace: str) -> bytes:
    """Return a value as a document, whose root is called as its class says."""
    return document(written_as(value, value.ROOT, namespace))


def as_flag(value: bool) -> str:
    """Return what these documents write for what is true or false."""
    return "true" if value else "false"


def or_nothing(said: object, nothing: str) -> str:
    """Return what is said, or the word for nothing at all; a text that is this word gets a mark that nobody sees."""
    text = nothing if said is None else str(said)
    return text if said is None or text != nothing else f"{nothing}\N{WORD JOINER}"


def fill_as(parent: _Element, value: Any, space: str = "") -> None:
    """Write a value into an element; `space` is its namespace, in braces."""
    space = space or space_of(parent)
    shape = _shape(value.__class__)
    for name, role, slot in shape.written:
        said = getattr(value, name)
        if shape.nothing and role in _TEXTS:
            SubElement(parent, space + slot.name).text = or_nothing(said, shape.nothing)
        elif not said and not slot.always:
            continue
        elif role in _TEXTS:
            SubElement(parent, space + slot.name).text = said
        elif role is _ATTRIBUTE:
            parent.set(slot.name, said)
        elif role is _CONTENT:
            parent.text = said
        elif role is _OTHERS:
            for other, text in said:
                child(parent, other, text)
        else:
            _add(parent, slot, said, space)


def _add(parent: _Element, slot: _Slot, said: Any, space: str) -> None:
    around = _around(parent, slot.within) if slot.within else parent
    for one in said if isinstance(said, tuple) else (said,):
        name = tag_of(one) if slot.role is _MIXED else slot.name
        fill_as(SubElement(around, space + name), one, space)


def _around(parent: _Element, path: str) -> _Element:
    """Return the element around what is listed, which may hold more than one kind."""
    for name in path.split("/"):
        found = next(parent.iterchildren(f"{{*}}{name}"), None)
        parent = child(parent, name) if found is None else found
    return parent


def tag_of(value: Any) -> str:
    """Return the name of the element that a value of a class with `TAGS`, or with a field for it, is written as."""
    name = _shape(value.__class__).tag
    return str(getattr(value, name) if name else value.TAGS[0])
