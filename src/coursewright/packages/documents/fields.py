"""Documents as values: the fields of a class say from which attributes and elements a value is read, and as which it is
written, in their order.

A field of type `str` is the text of an element of the same name, with single blanks, "" where there is none; one of
another such class, or None, is the first element of its name. Whatever else a field is, it says by a function here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import field, fields, is_dataclass, replace
from enum import Enum, auto
from functools import cache
from types import UnionType
from typing import Any, TypeVar, cast, get_args, get_origin, get_type_hints

from lxml.etree import _Element

from coursewright.frozen import frozen
from coursewright.packages.documents.manifest import child, document, element
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
    LINE = auto()
    OTHERS = auto()


@frozen
class _Slot:
    """Where a field stands: in an attribute or an element `name`, which may stand `within` another."""

    role: _Role
    name: str = ""
    within: str = ""
    always: bool = False


def attribute(name: str = "", default: str | None = "") -> Any:
    """Return a field that is an attribute, as it stands there."""
    return field(default=default, metadata={_ROLE: _Slot(_Role.ATTRIBUTE, name)})


def long_text() -> Any:
    """Return a field that is the text of an element of its name, with its lines and blanks."""
    return field(default="", metadata={_ROLE: _Slot(_Role.LONG)})


def content() -> Any:
    """Return a field that is the text of the element itself."""
    return field(default="", metadata={_ROLE: _Slot(_Role.CONTENT)})


def listed(name: str, within: str = "", *, always: bool = False) -> Any:
    """Return a field that is all elements of a name, in an element around them, which may be written `always`."""
    return field(default=(), metadata={_ROLE: _Slot(_Role.LISTED, name, within, always)})


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
    children: Mapping[str, tuple[str, ...]]
    """The fields that are read from a child, by the name of the child."""


@cache
def _shape(kind: type) -> _Shape:
    hints = {name: _inside(hint) for name, hint in get_type_hints(kind).items()}
    slots: dict[str, _Slot] = {}
    children: dict[str, tuple[str, ...]] = {}
    for one in fields(kind):
        usual = _Slot(_Role.INNER if is_dataclass(hints[one.name]) else _Role.TEXT)
        slot = one.metadata.get(_ROLE, usual)
        slots[one.name] = replace(slot, name=slot.name or one.name)
        if slot.role in (_Role.TEXT, _Role.LONG, _Role.INNER, _Role.LISTED):
            name = slot.within or slot.name or one.name
            children[name] = (*children.get(name, ()), one.name)
    return _Shape(slots, hints, children)


def _inside(hint: Any) -> type:
    """Return the class in `Class | None` or `tuple[Class, ...]`."""
    is_known = get_origin(hint) in (tuple, UnionType)
    found: type = next(one for one in get_args(hint) if one is not type(None)) if is_known else hint
    return found


def read_as(kind: type[Value], root: _Element) -> Value:
    """Return what an element says. The first of a name counts; what is of no field is left out, unless of `others`."""
    shape = _shape(cast("Any", kind))
    said: dict[str, Any] = {name: [] for name, slot in shape.slots.items() if slot.role in (_Role.LISTED, _Role.OTHERS)}
    rest = next((name for name, slot in shape.slots.items() if slot.role is _Role.OTHERS), "")
    for name, slot in shape.slots.items():
        if slot.role is _Role.ATTRIBUTE and (value := root.get(slot.name)) is not None:
            said[name] = value
        elif slot.role is _Role.LINE:
            said[name] = line_of(root)
        elif slot.role is _Role.CONTENT:
            said[name] = text_of(root)
    for found in root.iterchildren("*"):
        local = str(found.tag).rpartition("}")[2]
        for name in shape.children.get(local, ()):
            _take(found, name, shape, said)
        if rest and local not in shape.children and not len(found):
            said[rest].append((local, _one_line(found)))
    return kind(**{name: tuple(one) if isinstance(one, list) else one for name, one in said.items()})


def _one_line(found: _Element) -> str:
    return " ".join(text_of(found).split())


def _take(found: _Element, name: str, shape: _Shape, said: dict[str, Any]) -> None:
    slot = shape.slots[name]
    if slot.role is _Role.LISTED:
        every = found.iterfind(f"{{*}}{slot.name}") if slot.within else (found,)
        said[name] += (read_as(shape.kinds[name], one) for one in every)
    elif name in said:
        return
    elif slot.role is _Role.INNER:
        said[name] = read_as(shape.kinds[name], found)
    else:
        said[name] = text_of(found) if slot.role is _Role.LONG else _one_line(found)


def written_as(value: Any, name: str, namespace: str) -> _Element:
    """Return a value as an element of no other. What is empty is left out."""
    root = element(namespace, name)
    _fill(root, value)
    return root


def document_of(value: Any, namespace: str) -> bytes:
    """Return a value as a document, whose root is called as its class says."""
    return document(written_as(value, value.ROOT, namespace))


def as_flag(value: bool) -> str:
    """Return what these documents write for what is true or false."""
    return "true" if value else "false"


def add_as(parent: _Element, name: str, value: Any) -> None:
    """Append a value as an element of its parent's namespace."""
    _fill(child(parent, name), value)


def _fill(parent: _Element, value: Any) -> None:
    for name, slot in _shape(cast("Any", type(value))).slots.items():
        said = getattr(value, name)
        if not said and not slot.always:
            continue
        if slot.role is _Role.ATTRIBUTE:
            parent.set(slot.name, said)
        elif slot.role is _Role.CONTENT:
            parent.text = said
        elif slot.role is _Role.OTHERS:
            for other, text in said:
                child(parent, other, text)
        elif slot.role is not _Role.LINE:
            _add(parent, slot, said)


def _add(parent: _Element, slot: _Slot, said: Any) -> None:
    around = _around(parent, slot.within) if slot.within else parent
    if isinstance(said, str):
        child(around, slot.name, said)
        return
    for one in _each(said):
        add_as(around, slot.name, one)


def _around(parent: _Element, name: str) -> _Element:
    """Return the element around what is listed, which may hold more than one kind."""
    found = next(parent.iterchildren(f"{{*}}{name}"), None)
    return child(parent, name) if found is None else found


def _each(said: Any) -> Iterator[Any]:
    yield from said if isinstance(said, tuple) else (said,)
