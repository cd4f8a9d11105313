"""Units of which only the head is at hand: what others ask of many of them. The rest is packed until it is asked for.

A large curriculum is too much for the memory, and few of its units are looked into at one time.
"""

from __future__ import annotations

import pickle
import zlib
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import fields, replace
from functools import partial
from typing import Any, Protocol

from coursewright.course.model import Unit
from coursewright.frozen import frozen

_OF_HEAD = (
    *("path", "line", "kind", "id", "title", "track", "roles", "given_id"),
    *("prerequisites", "next", "placement", "gate"),
)
_OF_BODY = tuple(one.name for one in fields(Unit) if one.name not in _OF_HEAD)
_MOST_AT_HAND = 64  # bodies that were packed or unpacked last
_at_hand: OrderedDict[int, tuple[Packed, tuple[Any, ...]]] = OrderedDict()
"""These, by the `id` of where they are packed."""
_FAST = 1  # of zlib's levels
_set = object.__setattr__


class Packed(Protocol):
    """Bytes that are kept somewhere."""

    def content(self) -> bytes:
        """Return the bytes."""

    def beside(self, content: bytes) -> Packed:
        """Keep other bytes where these are."""


Pack = Callable[[bytes], Packed]


@frozen
class Held:
    """Bytes that are kept in memory."""

    held: bytes

    def content(self) -> bytes:
        """Return the bytes."""
        return self.held

    def beside(self, content: bytes) -> Packed:
        """Keep other bytes in memory."""
        return Held(content)


class PackedUnit(Unit):
    """A unit that is equal to one that is not packed; whoever asks for a value of its body unpacks that.

    What of its body is empty is known without. With a value replaced, it is no longer packed.
    """

    __slots__ = ("_filled", "_packed")
    _packed: Packed
    _filled: int
    """A bit for each value of the body that is no empty tuple."""

    def __new__(cls, *values: Any, **named: Any) -> Unit:  # type: ignore[misc]  # as `replace` calls it
        """Return a unit that is not packed."""
        return Unit(*values, **named)

    def __eq__(self, other: object) -> bool:
        """Say whether another unit is the same, packed or not."""
        if not isinstance(other, Unit):
            return NotImplemented
        return _head(self) == _head(other) and _body(self) == _body(other)

    __hash__ = Unit.__hash__

    def __reduce__(self) -> tuple[Any, ...]:
        """Return how another process makes it: there it has its bytes in memory."""
        return _joined, (_head(self), self._filled, Held(self._packed.content()))


def packed(unit: Unit, pack: Pack) -> Unit:
    """Return a unit with its body packed."""
    if isinstance(unit, PackedUnit):
        return unit
    body = _body(unit)
    where = pack(zlib.compress(pickle.dumps(body, pickle.HIGHEST_PROTOCOL), _FAST))
    _noted(where, body)
    return _joined(_head(unit), sum(1 << place for place, value in enumerate(body) if value != ()), where)


def is_packed(unit: Unit) -> bool:
    """Say whether a unit is one of very many."""
    return isinstance(unit, PackedUnit)


def packed_beside(unit: Unit, other: Unit) -> Unit:
    """Return a unit with its body packed where that of another is, if that is packed at all."""
    return packed(unit, other._packed.beside) if isinstance(other, PackedUnit) else unit


def with_head(unit: Unit, **changes: Any) -> Unit:
    """Return a unit with some values of its head replaced; its body stays packed."""
    if not isinstance(unit, PackedUnit):
        return replace(unit, **changes)
    head = (changes.get(name, value) for name, value in zip(_OF_HEAD, _head(unit), strict=True))
    return _joined(tuple(head), unit._filled, unit._packed)


def _head(unit: Unit) -> tuple[Any, ...]:
    return tuple(getattr(unit, name) for name in _OF_HEAD)


def _body(unit: Unit) -> tuple[Any, ...]:
    return tuple(getattr(unit, name) for name in _OF_BODY)


def _joined(head: tuple[Any, ...], filled: int, body: Packed) -> Unit:
    made: Any = object.__new__(PackedUnit)
    for name, value in zip((*_OF_HEAD, "_filled", "_packed"), (*head, filled, body), strict=True):
        _set(made, name, value)
    return made  # type: ignore[no-any-return]


def _unpacked(unit: PackedUnit) -> tuple[Any, ...]:
    """Return the values of a body that this program has packed."""
    where = unit._packed
    known = _at_hand.get(id(where))
    return known[1] if known else _noted(where, pickle.loads(zlib.decompress(where.content())))  # noqa: S301


def _noted(where: Packed, body: tuple[Any, ...]) -> tuple[Any, ...]:
    """Return a body, and have it at hand for whoever asks next."""
    _at_hand[id(where)] = where, body
    if len(_at_hand) > _MOST_AT_HAND:
        _at_hand.popitem(last=False)
    return body


def _of_body(place: int, unit: PackedUnit) -> Any:
    return _unpacked(unit)[place] if unit._filled >> place & 1 else ()


for _place, _name in enumerate(_OF_BODY):
    setattr(PackedUnit, _name, property(partial(_of_body, _place)))
