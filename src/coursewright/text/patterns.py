"""Patterns that are compiled when they are first used: of hundreds in the modules of a build, it needs some dozens."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
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


class _Lettered:
    def __init__(self, made: Callable[[str], str], plain: str, elsewhere: str, flags: int) -> None:
        self._plain = later(made(plain), flags)
        self._whole = later(made(f"{plain}|{elsewhere}"), flags)

    def _of(self, text: str) -> re.Pattern[str]:
        is_plain = text.isascii() or not any(sign > "\x7f" and sign.isalpha() for sign in text)  # it may have dashes
        return self._plain if is_plain else self._whole

    def search(self, text: str) -> re.Match[str] | None:
        return self._of(text).search(text)

    def match(self, text: str) -> re.Match[str] | None:
        return self._of(text).match(text)

    def fullmatch(self, text: str) -> re.Match[str] | None:
        return self._of(text).fullmatch(text)

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        return self._of(text).finditer(text)

    def sub(self, to: str, text: str) -> str:
        return self._of(text).sub(to, text)


def lettered(made: Callable[[str], str], plain: str, elsewhere: str, flags: int = 0) -> re.Pattern[str]:
    """Return what searches, matches and replaces as a pattern that is made of words: of either kind.

    Each of those `elsewhere` has a letter beyond ASCII that no letter of ASCII can match, which "ı" and "ſ" are not
    where capitals do not count. Most texts have none, and need no pattern of them.
    """
    return cast("re.Pattern[str]", _Lettered(made, plain, elsewhere, flags))
