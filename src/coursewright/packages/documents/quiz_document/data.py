"""A question as data, whatever it holds: mappings, lists and plain values, those that say nothing left out."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import MISSING, Field, fields
from enum import Enum
from typing import Any

from coursewright.course.quiz import Answer, Blank, Feedback, Option, Pair, Question, QuestionKind

_LISTED: Mapping[tuple[type, str], type] = {
    (Question, "options"): Option,
    (Question, "answers"): Answer,
    (Question, "pairs"): Pair,
    (Question, "blanks"): Blank,
    (Question, "feedback"): Feedback,
    (Blank, "answers"): Answer,
}
_UNSAID = frozenset({"line"})


class DataError(Exception):
    """Data is no question: `str(error)` says why."""


def data_of(value: Any) -> dict[str, Any]:
    """Return a question, or a part of one, as data."""
    found = ((one.name, getattr(value, one.name)) for one in fields(value) if one.name not in _UNSAID)
    usual = {one.name: _usual(one) for one in fields(value)}
    return {name: _plain(one) for name, one in found if one != usual[name]}


def _usual(field: Field[Any]) -> Any:
    if field.default is not MISSING:
        return field.default
    return field.default_factory() if field.default_factory is not MISSING else MISSING


def _plain(value: Any) -> Any:
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    return value if isinstance(value, str | int | float | None) else data_of(value)


def question_of(data: Any, usual: Mapping[str, Any]) -> Question:
    """Return the question that data is, with what is usual where it says nothing. Raises DataError."""
    found = _made(Question, {"key": "", **usual, **_mapping(data, "a question")})
    assert isinstance(found, Question)  # noqa: S101 - for the type checker
    return found


def _mapping(data: Any, what: str) -> Mapping[str, Any]:
    if not isinstance(data, Mapping):
        raise DataError(f"{what} takes names with values, such as `kind: choice`")
    return data


def _made(sort: type, data: Mapping[str, Any]) -> Any:
    known = {one.name: one for one in fields(sort) if one.name not in _UNSAID}
    for wrong in data.keys() - known.keys():
        raise DataError(f"there is no '{wrong}'; there are {', '.join(known)}")
    missing = next((name for name, one in known.items() if name not in data and _usual(one) is MISSING), None)
    if missing:
        raise DataError(f"'{missing}' is missing")
    return sort(**{name: _read(sort, known[name], value) for name, value in data.items()})


def _read(sort: type, field: Field[Any], value: Any) -> Any:
    """Return the value of a field from data."""
    inner = _LISTED.get((sort, field.name))
    if inner is Feedback:
        return _made(Feedback, _mapping(value, f"'{field.name}'"))
    if inner:
        return tuple(_made(inner, _mapping(one, f"'{field.name}'")) for one in _list(field.name, value))
    reads, takes = _READS[str(field.type)]
    try:
        return reads(value)
    except (ValueError, TypeError) as error:
        raise DataError(f"'{field.name}' takes {takes}") from error


def _list(name: str, value: Any) -> list[Any]:
    if not isinstance(value, list):
        raise DataError(f"'{name}' takes a list")
    return value


def _text(value: Any) -> str:
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        raise TypeError
    return str(value)


def _number(value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise TypeError
    if not math.isfinite(value):
        raise ValueError
    return float(value)


def _flag(value: Any) -> bool:
    if not isinstance(value, bool):
        raise TypeError
    return value


def _texts(value: Any) -> tuple[str, ...]:
    if not isinstance(value, list):
        raise TypeError
    return tuple(map(_text, value))


_READS: Mapping[str, tuple[Callable[[Any], Any], str]] = {
    "str": (_text, "a text"),
    "float": (_number, "a number"),
    "float | None": (lambda value: None if value is None else _number(value), "a number"),
    "bool": (_flag, "true or false"),
    "bool | None": (lambda value: None if value is None else _flag(value), "true or false"),
    "tuple[str, ...]": (_texts, "a list of texts"),
    "QuestionKind": (QuestionKind, f"one of {', '.join(QuestionKind)}"),
}
