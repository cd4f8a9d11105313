"""Values: data classes that are frozen, have slots, and take half as long to make as those of the standard library.

Whoever runs a command waits for all classes that it loads. The library compiles a function of each class for every
way to compare, hash and show its values; here these are made of the names of its fields.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, fields
from operator import attrgetter
from typing import Any, TypeVar, dataclass_transform

_Class = TypeVar("_Class")


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
def frozen(kind: type[_Class]) -> type[_Class]:
    """Return a class as a frozen data class with slots, whose values are equal and hashed by their fields."""
    if not kind.__doc__:
        kind.__doc__ = kind.__name__  # or else the library inspects its signature
    made = dataclass(frozen=True, slots=True, eq=False, repr=False)(kind)
    for method in _methods([one.name for one in fields(made) if one.compare]):  # type: ignore[arg-type]
        if method.__name__ not in kind.__dict__:
            setattr(made, method.__name__, method)
    return made


def _methods(names: list[str]) -> list[Callable[..., Any]]:
    whole: Callable[[object], object] = attrgetter(*names) if names else lambda one: ()

    def __eq__(self: object, other: object) -> bool:  # noqa: N807 - it is named as Python names it
        return whole(self) == whole(other) if other.__class__ is self.__class__ else NotImplemented

    def __hash__(self: object) -> int:  # noqa: N807
        return hash(whole(self))

    return [__eq__, __hash__, _shown]


def _shown(self: Any) -> str:
    said = (f"{one.name}={getattr(self, one.name)!r}" for one in fields(self) if one.repr)
    return f"{type(self).__qualname__}({', '.join(said)})"


_shown.__name__ = "__repr__"
