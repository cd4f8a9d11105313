"""Patterns that are compiled when they are first used: of hundreds in the modules of a build, it needs some dozens."""

from __future__ import annotations

import re
from typing import Any, AnyStr, cast

_WAYS = ("search", "match", "fullmatch", "split", "findall", "finditer", "sub", "subn")


class _Later:
    def __init__(self, expression: str | bytes, flags: int) -> None:
        self.pattern = expression
        self._flags = flags

    def __getattr__(self, name: str) -> Any:
        """Return what a pattern has by this name, which is there from now on."""
        if name.startswith("__"):
            raise AttributeError(name)
        found = re.compile(self.pattern, self._flags)
        self.__dict__.update({way: getattr(found, way) for way in _WAYS})
        return getattr(found, name)


def later(expression: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
    """Return what works as a pattern, and is compiled when it is first used."""
    return cast("re.Pattern[AnyStr]", _Later(expression, flags))
