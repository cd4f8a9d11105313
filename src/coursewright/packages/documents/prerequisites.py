"""Prerequisites of SCORM 1.2 as conditions: `A&(B|~C)` in words."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from coursewright.course.outline import ALL_OF, ANY_OF, NONE_OF, NOT_ALL_OF, Condition

_LONGEST_EXPRESSION = 5_000
_LONGEST_COUNT = 99
_TOKEN = re.compile(r'\s*(\d+\s*\*\s*\{|"[^"]*"|<>|[&|~()=,}]|[^\s&|~()=<>{},*"]+)')
_JOINS = ("&", "|")
_DONE = ("passed", "p", "completed", "c")
_STATUS_OF = (*_DONE, "failed", "f", "incomplete", "i", "browsed", "b", "notattempted", "n")
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


class UnreadableError(Exception):
    """An expression is none: `str(error)` says why."""


@dataclass(frozen=True, slots=True)
class Expression:
    """A prerequisite: the items that it names, and whether it wants all of them, and nothing else.

    Without those that are `needed` it never holds, nor with one of those that are `refused`.
    """

    operands: tuple[str, ...]
    is_conjunction: bool
    needed: tuple[str, ...] = ()
    refused: tuple[str, ...] = ()


@lru_cache(1_024)
def read_expression(text: str) -> Expression:
    """Read an aicc_script such as A&(B|C), A="passed" or 2*{A,B,C}. Raises UnreadableError."""
    operands: list[str] = []
    opened: list[str] = []
    wanted = "an item"
    words = list(_words(text))
    for word in words:
        if wanted == "an item":
            wanted = _read_operand(word, operands, opened)
        elif wanted == "a status":
            wanted = _read_status(word)
        else:
            wanted = _read_operator(word, opened, wanted)
    if not wanted.startswith("an operator") or opened:
        raise UnreadableError("a bracket is not closed" if opened else f"it ends where {wanted} must follow")
    named = set(operands)
    is_conjunction = all(word == "&" or word.strip('"') in named for word in words)
    return Expression(tuple(operands), is_conjunction, *_needed_and_refused(words))


@dataclass(slots=True)
class _Group:
    """What stands between brackets, while it is read: how many of it must hold, and from where on it is needed."""

    wanted: int = 0
    is_negated: bool = False
    needed: int = 0
    refused: int = 0
    members: int = 1
    has_bar: bool = False


def _needed_and_refused(words: list[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return what must hold and what must not, by whatever else does: neither bars nor sets let it go."""
    needed: list[str] = []
    refused: list[str] = []
    groups = [_Group()]
    is_negated = False
    for at, word in enumerate(words):
        if word == "~":
            is_negated = not is_negated
        elif word == "(" or word.endswith("{"):
            groups.append(_Group(_count(word), is_negated, len(needed), len(refused)))
            is_negated = False
        elif word in (")", "}"):
            _close(groups.pop(), needed, refused)
        elif word == "|":
            groups[-1].has_bar = True
        elif word == ",":
            groups[-1].members += 1
        elif word not in ("&", "=", "<>") and words[at - 1 : at] not in (["="], ["<>"]):
            sign, status = (*words[at + 1 : at + 3], "", "")[:2]
            if sign == "=" and status.strip('"').lower() in _DONE and not is_negated:
                needed.append(word.strip('"'))
            elif sign not in ("=", "<>"):
                (refused if is_negated else needed).append(word.strip('"'))
            is_negated = False
    _close(groups.pop(), needed, refused)
    return tuple(needed), tuple(refused)


def _count(word: str) -> int:
    """Return how many of a set must hold; none is said of what stands in brackets."""
    digits = word.partition("*")[0].strip()
    if digits == "(":
        return 0
    return int(digits) if len(digits) < _LONGEST_COUNT else _LONGEST_EXPRESSION


def _close(group: _Group, needed: list[str], refused: list[str]) -> None:
    """Forget what a group named unless all of it must hold. Raises UnreadableError where it wants more than it has."""
    if group.wanted > group.members:
        raise UnreadableError(f"{group.wanted} of {group.members} can never be true")
    if group.is_negated or group.has_bar or 0 < group.wanted < group.members:
        del needed[group.needed :], refused[group.refused :]


def _words(text: str) -> Iterator[str]:
    if len(text) > _LONGEST_EXPRESSION:
        raise UnreadableError(f"it has {len(text)} characters")
    text, at = text.strip(), 0
    while at < len(text):
        found = _TOKEN.match(text, at)
        if not found:
            raise UnreadableError(f"nothing is known to begin with '{text[at : at + 10]}'")
        at = found.end()
        yield found[1]


def _read_operand(word: str, operands: list[str], opened: list[str]) -> str:
    if word == "~":
        return "an item"
    if word == "(" or word.endswith("{"):
        opened.append(word[-1])
        return "an item"
    if word in ("&", "|", ")", "=", "<>", ",", "}"):
        raise UnreadableError(f"an item must stand before '{word}'")
    operands.append(word.strip('"'))
    return "an operator"


def _read_status(word: str) -> str:
    if word in ("&", "|", "~", "(", ")", "=", "<>", ",", "}"):
        raise UnreadableError(f"a status must stand before '{word}'")
    if re.sub(r"[\s_]", "", word.strip('"')).lower() not in _STATUS_OF:
        raise UnreadableError(f"no item ever has the status {word}")
    return "an operator after a status"


def _read_operator(word: str, opened: list[str], wanted: str) -> str:
    if word in _JOINS or (word == "," and opened[-1:] == ["{"]):
        return "an item"
    if word in ("=", "<>") and wanted == "an operator":
        return "a status"
    if word in (")", "}") and opened[-1:] == [{")": "(", "}": "{"}[word]]:
        opened.pop()
        return "an operator"
    raise UnreadableError(f"an operator must stand before '{word}'")


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
