"""Prerequisites of SCORM 1.2 as conditions: `A&(B|~C)` in words."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Mapping

from coursewright.inspection.outline import ALL_OF, ANY_OF, NONE_OF, NOT_ALL_OF, Condition
from coursewright.validation.scorm.locks import UnreadableError, read_expression

_WORD = re.compile(r'\d+\s*\*\s*\{|"[^"]*"|<>|[&|~()=,}]|[^\s&|~()=<>{},*"]+')
_DEEPEST = 50
_STATUSES: Mapping[str, str] = {
    "passed": "passed",
    "p": "passed",
    "completed": "complete",
    "c": "complete",
    "failed": "failed",
    "f": "failed",
    "incomplete": "incomplete",
    "i": "incomplete",
    "browsed": "browsed",
    "b": "browsed",
    "not attempted": "not attempted",
    "n": "not attempted",
}
_OPPOSITES = {ANY_OF: NONE_OF, NONE_OF: ANY_OF, ALL_OF: NOT_ALL_OF, NOT_ALL_OF: ALL_OF}


def conditions_of(text: str) -> tuple[Condition, ...]:
    """Return what must hold by an expression, each alone where all must. Raises UnreadableError."""
    if not text:
        return ()
    read_expression(text)
    whole = _Expression(text).either(0)
    return whole.parts if whole.what == ALL_OF else (whole,)


class _Expression:
    """The words of an expression that is known to be one, while they are read."""

    def __init__(self, text: str) -> None:
        self._words = deque(_WORD.findall(text))

    def either(self, depth: int) -> Condition:
        """Read what stands between bars."""
        parts = [self._every(depth)]
        while self._comes("|"):
            parts.append(self._every(depth))
        return _joined(ANY_OF, parts)

    def _every(self, depth: int) -> Condition:
        parts = [self._single(depth)]
        while self._comes("&"):
            parts.append(self._single(depth))
        return _joined(ALL_OF, parts)

    def _single(self, depth: int) -> Condition:
        if depth > _DEEPEST:
            raise UnreadableError(f"more than {_DEEPEST} brackets are in one another")
        word = self._words.popleft()
        if word == "~":
            return _negated(self._single(depth + 1))
        if word == "(":
            inner = self.either(depth + 1)
            self._comes(")")
            return inner
        return self._several(word, depth) if word.endswith("{") else self._item(word.strip('"'))

    def _several(self, word: str, depth: int) -> Condition:
        parts = [self.either(depth + 1)]
        while self._comes(","):
            parts.append(self.either(depth + 1))
        self._comes("}")
        return Condition(f"at least {word.rstrip('{ ').rstrip('* ')} of", parts=tuple(parts))

    def _item(self, name: str) -> Condition:
        for sign, word in (("=", "is"), ("<>", "is not")):
            if self._comes(sign):
                status = self._words.popleft().strip('"')
                return Condition(f"{word} {_STATUSES.get(status.lower(), status)}", name)
        return Condition("is complete", name)

    def _comes(self, word: str) -> bool:
        """Say whether a word comes next, and pass over it if so."""
        if not self._words or self._words[0] != word:
            return False
        self._words.popleft()
        return True


def _joined(how: str, parts: list[Condition]) -> Condition:
    return parts[0] if len(parts) == 1 else Condition(how, parts=tuple(parts))


def _negated(condition: Condition) -> Condition:
    if condition.parts:
        opposite = _OPPOSITES.get(condition.what)
        return Condition(opposite, parts=condition.parts) if opposite else Condition(NONE_OF, parts=(condition,))
    if condition.what.startswith("is not "):
        return Condition(condition.what.replace("is not ", "is ", 1), condition.of)
    return Condition(condition.what.replace("is ", "is not ", 1), condition.of)
