"""What values say, as a digest: equal for equal values, however and in whichever run they came to be.

Pickles differ where two values are one and the same object, and texts compare as equal wherever they stand.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from functools import cache
from typing import Any

from coursewright.building.digests import digest
from coursewright.text.markdown.values import Text


def digest_of_content(value: object) -> str:
    """Return a value of the model as a digest, with the lines that its texts stand on."""
    return digest(*_said(value))


def _said(value: object) -> Iterator[str]:
    if isinstance(value, Text):
        yield f"{value.line}:{value}"
    elif isinstance(value, str):
        yield value
    elif isinstance(value, tuple | list):
        yield f"{len(value)}["
        for one in value:
            yield from _said(one)
    elif isinstance(value, Mapping):
        yield from _said([*value.items()])
    elif names := _names(type(value)):  # type: ignore[arg-type]
        yield type(value).__name__
        for name in names:
            yield from _said(getattr(value, name))
    else:
        yield repr(value)


@cache
def _names(kind: Any) -> tuple[str, ...]:
    return tuple(one.name for one in fields(kind)) if is_dataclass(kind) else ()
