"""Values are frozen, compared and shown by their fields, travel between processes, and are made in little time."""

from __future__ import annotations

import pickle
import pkgutil
from dataclasses import FrozenInstanceError, dataclass, field, replace
from importlib import import_module
from inspect import signature
from typing import cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

import coursewright.course
from coursewright.frozen import frozen, slotted


@frozen
class Pair:
    """Two things, and a note that nobody compares."""

    left: int | str
    right: tuple[int, ...] = ()
    note: str = field(default="", compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Twin:
    """The same, as the standard library makes it."""

    left: int | str
    right: tuple[int, ...] = ()
    note: str = field(default="", compare=False, repr=False)


@frozen
class Nothing:
    """A value without fields."""


@frozen
class Named:
    name: str

    def __repr__(self) -> str:
        return self.name


_parts = st.tuples(
    st.integers(0, 3) | st.sampled_from("ab"), st.sampled_from([(), (1,), (1, 2)]), st.sampled_from("xy")
)


@given(_parts, _parts)
def test_a_value_is_as_that_of_the_standard_library(first: tuple[int, tuple[int, ...], str], other: object) -> None:
    one, two = Pair(*first), Pair(*other)  # type: ignore[misc]
    like, alike = Twin(*first), Twin(*other)  # type: ignore[misc]
    assert (one == two) is (like == alike)
    assert len({one, two}) == len({like, alike})
    assert repr(one) == repr(like).replace("Twin", "Pair")
    assert one != cast(object, Nothing())
    assert pickle.loads(pickle.dumps(one)) == one
    assert replace(one, left=9).left == 9


def test_nobody_changes_a_value() -> None:
    with pytest.raises(FrozenInstanceError):
        Pair(1).left = 2  # type: ignore[misc]
    with pytest.raises((AttributeError, TypeError)):
        object.__setattr__(Pair(1), "other", 2)


@frozen
class Wider(Pair):
    """A pair with a list that is made for each, something that nobody gives, and what it says when it is complete."""

    more: list[int] = field(default_factory=list)
    inside: list[int] = field(default_factory=list, init=False, compare=False)

    def __post_init__(self) -> None:
        self.inside.append(len(self.more))


def test_what_nobody_gives_is_made_for_each_value() -> None:
    one, two, named = Wider(1), Wider(1), Wider(right=(2,), left="a", more=[7])
    one.more.append(3)
    assert (two.more, two.inside, named.inside) == ([], [0], [1])
    assert replace(named, left="b") == Wider("b", (2,), more=[7])
    assert str(signature(Pair)) == str(signature(Twin))
    with pytest.raises(TypeError, match="missing 1 required positional argument: 'left'"):
        Wider()  # type: ignore[call-arg]
    with pytest.raises(FrozenInstanceError):
        del one.more


def test_a_field_that_must_be_given_stands_before_those_that_need_not() -> None:
    with pytest.raises(TypeError, match="'later' follows"):

        @frozen
        class _Wrong:
            first: int = 1
            later: int  # type: ignore[misc]


@slotted
class Growing:
    """Something that changes."""

    name: str
    found: list[int] = field(default_factory=list)


def test_what_changes_is_equal_by_its_fields_and_not_hashed() -> None:
    one, other = Growing("a"), Growing("a")
    assert one == other
    one.found.append(1)
    one.name = "b"
    assert one == Growing("b", [1]) != other
    assert repr(one) == "Growing(name='b', found=[1])"
    assert pickle.loads(pickle.dumps(one)) == one
    with pytest.raises(TypeError, match="unhashable"):
        hash(one)
    with pytest.raises(AttributeError):
        one.other = 1  # type: ignore[attr-defined]


def test_values_without_fields_are_equal_and_what_a_class_says_of_itself_counts() -> None:
    assert Nothing() == Nothing()
    assert len({Nothing(), Nothing()}) == 1
    assert repr(Named("a")) == "a"
    assert Named.__doc__


def test_all_values_of_the_model_can_be_told_apart() -> None:
    for found in pkgutil.iter_modules(coursewright.course.__path__):
        module = import_module(f"coursewright.course.{found.name}")
        kinds = [
            kind for kind in vars(module).values() if isinstance(kind, type) and kind.__module__ == module.__name__
        ]
        for kind in kinds:
            if "__dataclass_fields__" in vars(kind) and vars(kind).get("__setattr__") == vars(Pair)["__setattr__"]:
                assert vars(kind)["__eq__"], kind
                assert vars(kind)["__hash__"], kind
