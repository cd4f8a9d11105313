"""Patterns that few documents need: they are compiled when they are first used."""

from __future__ import annotations

import re
from typing import Any, cast

_WAYS = ("search", "match", "fullmatch", "split", "findall", "finditer", "sub", "subn")


class _Later:
    def __init__(self, expression: str, flags: int) -> None:
        self._asked = expression, flags

    def __getattr__(self, name: str) -> Any:
        """Return what a pattern has by this name, which is there from now on."""
        if name.startswith("__"):
            raise AttributeError(name)
        found = re.compile(*self._asked)
        self.__dict__.update({way: getattr(found, way) for way in _WAYS})
        return getattr(found, name)


def later(expression: str, flags: int = 0) -> re.Pattern[str]:
    """Return what works as a pattern, and is compiled when it is first used. For those that take a millisecond."""
    return cast("re.Pattern[str]", _Later(expression, flags))
