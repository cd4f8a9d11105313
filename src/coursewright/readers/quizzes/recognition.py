"""Lists of questions in JSON and YAML, wherever they stand."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from coursewright.readers.quizzes.fields import KEY, OPTIONS, STEM, TEXT, first_of, options_in, spelt

_DEPTH = 12


def is_question(value: object) -> bool:
    """Say whether a value is a question: it asks, and has options or an answer."""
    if not isinstance(value, Mapping):
        return False
    found = spelt(value)
    asks = first_of(found, STEM, str)
    kind = str(found.get("type", "")).lower()
    answered = any(isinstance(found.get(name), list | Mapping) and found.get(name) for name in OPTIONS)
    keyed = any(found.get(name) is not None for name in KEY if name not in ("key", "right"))
    return bool(asks) and (
        (answered and _is_said(found)) or (keyed and "question" in " ".join(found)) or "question" in kind
    )


def _is_said(found: Mapping[str, Any]) -> bool:
    """Say whether what may be options are texts, or mappings with texts."""
    options = options_in(found)
    if isinstance(options, Mapping):
        return all(isinstance(one, str | int | float) for one in options.values())
    return all(
        isinstance(one, str | int | float) or (isinstance(one, Mapping) and _answer_like(one)) for one in options
    )


def _answer_like(value: Mapping[Any, Any]) -> bool:
    found = spelt(value)
    return any(name in found for name in (*TEXT, "range", "code", "type")) and len(found) < 16


def question_lists(value: object, depth: int = 0) -> Iterator[tuple[Mapping[str, Any], list[Any]]]:
    """Yield the lists of questions in a value, each with the mapping that holds it."""
    if depth > _DEPTH:
        return
    if isinstance(value, list):
        asked = [one for one in value if is_question(one)]
        if asked and len(asked) * 5 >= len(value) * 3:
            yield {}, value
        else:
            for one in value:
                yield from question_lists(one, depth + 1)
    elif isinstance(value, Mapping):
        yield from _lists_in(value, depth)


def _lists_in(value: Mapping[Any, Any], depth: int) -> Iterator[tuple[Mapping[str, Any], list[Any]]]:
    if depth == 0 and is_question(value):
        yield {}, [value]
        return
    for inner in value.values():
        if isinstance(inner, Mapping) and inner and all(map(is_question, inner.values())):
            yield spelt(value), list(inner.values())
            continue
        for holder, found in question_lists(inner, depth + 1):
            yield holder or spelt(value), found
