"""Values: data classes with slots, most of them frozen, made in a fifth of the time of the standard library's.

Whoever runs a command waits for all classes that it loads. The library compiles a function of each class for every
way to make, compare, hash and show its values; here these are made of the names of its fields, and what makes a value
is compiled once for all classes whose fields are alike.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import MISSING, Field, FrozenInstanceError, dataclass, field, fields
from functools import cache
from inspect import get_annotations
from operator import attrgetter
from types import CodeType, FunctionType
from typing import Any, TypeVar, dataclass_transform

_Class = TypeVar("_Class")
_Values = Callable[[object], Any]
_OF_NO_FIELD = ("ClassVar", "InitVar", "KW_ONLY")
_GIVEN, _MADE, _INSIDE = "given", "made", "inside"
"""How a value gets a field: it is given; it is made, unless it is given; or it is made in any case."""


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
def frozen(kind: type[_Class]) -> type[_Class]:
    """Return a class as a frozen data class with slots, whose values are equal and hashed by their fields."""
    made = _bare(kind)
    return _with_methods(kind, made, _kept, _held, *_methods(made))


@dataclass_transform(field_specifiers=(field,))
def slotted(kind: type[_Class]) -> type[_Class]:
    """Return a class as a data class with slots, whose values change, and are equal by their fields."""
    made = _bare(kind)
    made.__hash__ = None
    return _with_methods(kind, made, _equal(made), _shown)


def _bare(kind: type[Any]) -> Any:
    if not kind.__doc__:
        kind.__doc__ = kind.__name__  # or else the library inspects its signature
    types = get_annotations(kind)
    if not any(mark in name for name in types.values() if isinstance(name, str) for mark in _OF_NO_FIELD):
        kind.__annotations__ = dict.fromkeys(types, object)  # it searches names of types for those marks thrice
    made = dataclass(init=False, slots=True, eq=False, repr=False)(kind)
    made.__annotations__ = types
    for one in fields(made):
        one.type = types.get(one.name, one.type)
    return made


def _with_methods(kind: type[_Class], made: Any, *methods: Callable[..., Any]) -> type[_Class]:
    for method in (_initializer(made), *methods):
        if method.__name__ not in kind.__dict__:
            setattr(made, method.__name__, method)
    return made  # type: ignore[no-any-return]


def _kept(self: object, name: str, _: object) -> None:
    raise FrozenInstanceError(f"cannot assign to field {name!r}")


def _held(self: object, name: str) -> None:
    raise FrozenInstanceError(f"cannot delete field {name!r}")


def _methods(made: Any) -> Iterator[Callable[..., Any]]:
    compared = _compared(made)

    def __hash__(self: object) -> int:  # noqa: N807 - it is named as Python names it
        return hash(compared(self))

    yield from (_equal(made), __hash__, _shown)
    if all(one.init for one in fields(made)):
        values = _values_of([one.name for one in fields(made)])

        def __reduce__(self: object) -> tuple[Any, Any]:  # noqa: N807
            return type(self), values(self)

        yield __reduce__


def _equal(made: Any) -> Callable[[object, object], bool]:
    compared = _compared(made)

    def __eq__(self: object, other: object) -> bool:  # noqa: N807
        return compared(self) == compared(other) if other.__class__ is self.__class__ else NotImplemented

    return __eq__


def _compared(made: Any) -> _Values:
    return _values_of([one.name for one in fields(made) if one.compare])


def _values_of(names: list[str]) -> _Values:
    """Return what gets the values of some fields of anything, as a tuple."""
    if len(names) > 1:
        return attrgetter(*names)
    return lambda one: tuple(getattr(one, name) for name in names)


def _shown(self: Any) -> str:
    said = (f"{one.name}={getattr(self, one.name)!r}" for one in fields(self) if one.repr)
    return f"{type(self).__qualname__}({', '.join(said)})"


_shown.__name__, _kept.__name__, _held.__name__ = "__repr__", "__setattr__", "__delattr__"


def _initializer(made: Any) -> Callable[..., None]:
    """Return the `__init__` of a class: that of all with as many fields, under the names of its own."""
    own: tuple[Field[Any], ...] = fields(made)
    given = [one for one in own if one.init]
    code = _compiled(tuple(map(_way, own)), hasattr(made, "__post_init__"))
    used: dict[str, Any] = {"MISSING": MISSING}
    for number, one in enumerate(own):
        used |= {f"set{number}": getattr(made, one.name).__set__, f"make{number}": one.default_factory}
    names = ("self", *(one.name for one in given))
    found = FunctionType(code.replace(co_varnames=names), used, "__init__", _defaults(given))
    found.__annotations__ = {one.name: one.type for one in given} | {"return": None}
    found.__qualname__ = f"{made.__qualname__}.__init__"
    found.__module__ = made.__module__
    return found


def _way(one: Field[Any]) -> str:
    if one.init:
        return _GIVEN if one.default_factory is MISSING else _MADE
    return _INSIDE if one.default_factory is not MISSING else ""


def _defaults(given: list[Field[Any]]) -> tuple[Any, ...]:
    """Return what the last of some fields are if they are not given; TypeError where one after these has to be."""
    found: list[Any] = []
    for one in given:
        is_wanted = one.default is MISSING and one.default_factory is MISSING
        if is_wanted and found:
            raise TypeError(f"non-default argument {one.name!r} follows default argument")
        found += [] if is_wanted else [one.default]
    return tuple(found)


@cache
def _compiled(ways: tuple[str, ...], is_completed: bool) -> CodeType:
    """Return the code that makes a value by the ways of its fields; its names are numbers."""
    taken = [f"v{number}" for number, way in enumerate(ways) if way in (_GIVEN, _MADE)]
    lines = [f"def __init__({', '.join(['self', *taken])}):"]
    for number, way in enumerate(ways):
        new, old = f"make{number}()", f"v{number}"
        value = {_GIVEN: old, _MADE: f"{new} if {old} is MISSING else {old}", _INSIDE: new}.get(way)
        lines += [f"  set{number}(self, {value})"] if value else []
    lines += ["  self.__post_init__()"] if is_completed else []
    found: dict[str, Any] = {}
    exec("\n".join([*lines, "  pass"]), found)  # noqa: S102 - of numbers alone
    return found["__init__"].__code__  # type: ignore[no-any-return]
