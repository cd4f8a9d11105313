"""Patterns that few documents need: they are compiled when they are first used, or were compiled by an earlier run.

Python compiles patterns by programs in Python, which takes a tenth of a small build, and it cannot keep them. What is
kept here is what its compiler hands to the engine that matches, which looks through it before it takes it.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Callable, Mapping
from typing import Any, cast

try:
    import _sre  # type: ignore[import-not-found]
    from re import _compiler, _parser  # type: ignore[attr-defined]
except ImportError:  # it is another Python, which keeps nothing
    _sre = None

_WAYS = ("search", "match", "fullmatch", "split", "findall", "finditer", "sub", "subn")
Asked = tuple[str, int]
"""An expression and its flags."""
Compiled = tuple[int, bytes, int, dict[str, int]]
"""What it is compiled to: its flags then, its code, how many groups it has, and which of these have names."""
Known = Mapping[Asked, Compiled]


class Library:
    """Patterns that an earlier run has compiled, and those that this one had to. Without `found`, nothing is kept."""

    def __init__(self) -> None:
        self.found: Callable[[], Known] | None = None
        self.made: dict[Asked, Compiled] = {}
        self._known: Known | None = None

    def pattern(self, asked: Asked) -> re.Pattern[str]:
        """Return what works as an expression."""
        if self.found is None or _sre is None:
            return re.compile(*asked)
        if self._known is None:
            self._known = self.found()
        known = self._known.get(asked)
        try:
            if known is None:
                known = self.made[asked] = _compiled(asked)
            return _whole(asked[0], known)
        except (AttributeError, RuntimeError, TypeError, ValueError):  # a Python that does this otherwise
            self.made.pop(asked, None)
            return re.compile(*asked)


LIBRARY = Library()


def _compiled(asked: Asked) -> Compiled:
    read = _parser.parse(*asked)
    flags, code = asked[1] | read.state.flags, _compiler._code(read, asked[1])
    return int(flags), array("I", code).tobytes(), read.state.groups - 1, dict(read.state.groupdict)


def _whole(expression: str, compiled: Compiled) -> re.Pattern[str]:
    flags, code, groups, names = compiled
    by_number = {number: name for name, number in names.items()}
    named = tuple(by_number.get(number) for number in range(groups + 1))
    found: re.Pattern[str] = _sre.compile(expression, flags, array("I", code).tolist(), groups, names, named)
    return found


class _Later:
    def __init__(self, expression: str, flags: int) -> None:
        self._asked = expression, int(flags)

    def __getattr__(self, name: str) -> Any:
        """Return what a pattern has by this name, which is there from now on."""
        if name.startswith("__"):
            raise AttributeError(name)
        found = LIBRARY.pattern(self._asked)
        self.__dict__.update({way: getattr(found, way) for way in _WAYS})
        self.__dict__["pattern"] = found.pattern
        return getattr(found, name)


def later(expression: str, flags: int = 0) -> re.Pattern[str]:
    """Return what works as a pattern, and is compiled when it is first used. For those that take a millisecond."""
    return cast("re.Pattern[str]", _Later(expression, flags))
