"""Prerequisites of SCORM 1.2, such as `A&(B|~C="passed")`: an aicc_script read as a gate, and a gate written as one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import field
from functools import lru_cache

from coursewright.course.gates import (
    OPEN,
    All,
    Any,
    AtLeast,
    Done,
    Gate,
    Not,
    Status,
    UnwritableError,
    opposite,
)
from coursewright.frozen import slotted
from coursewright.text.patterns import later

_LONGEST = 5_000
_LONGEST_COUNT = 99
_DEEPEST = 100
_PLAIN = later(r'[^\s&|~()=<>{},*"]+')
_TOKEN = later(rf'\s*(\d+\s*\*\s*\{{|"[^"]*"|<>|[&|~()=,}}]|{_PLAIN.pattern})')
_BLANKS = later(r"[\s_]")
_STATUSES: Mapping[str, Status] = {
    "completed": Status.COMPLETED,
    "passed": Status.PASSED,
    "failed": Status.FAILED,
    "incomplete": Status.INCOMPLETE,
    "browsed": Status.BROWSED,
}
_UNTRIED = "not attempted"
_SHORT = {name[0]: status for name, status in _STATUSES.items()}


class UnreadableError(Exception):
    """An expression is none: `str(error)` says why."""


@lru_cache(1_024)
def read_expression(text: str) -> Gate:
    """Return an aicc_script such as A&(B|C), A="passed" or 2*{A,B,C} as a gate. Raises UnreadableError.

    An item alone means that it is done: completed, or passed.
    """
    return _Reader().read(list(_words(text)))


def _words(text: str) -> Iterator[str]:
    if len(text) > _LONGEST:
        raise UnreadableError(f"it has {len(text)} characters")
    text, at = text.strip(), 0
    while at < len(text):
        found = _TOKEN.match(text, at)
        if not found:
            raise UnreadableError(f"nothing is known to begin with '{text[at : at + 10]}'")
        at = found.end()
        yield found[1]


@slotted
class _Group:
    """What stands between brackets, while it is read: in a set, between commas; between bars; all that must hold."""

    bracket: str = ""
    count: int = 0
    is_negated: bool = False
    members: list[Gate] = field(default_factory=list)
    ways: list[Gate] = field(default_factory=list)
    every: list[Gate] = field(default_factory=list)

    def end_way(self) -> None:
        """Close what stands before a bar."""
        self.ways.append(self.every[0] if len(self.every) == 1 else All(tuple(self.every)))
        self.every = []

    def end_member(self) -> None:
        """Close what stands before a comma, or before the end."""
        self.end_way()
        self.members.append(self.ways[0] if len(self.ways) == 1 else Any(tuple(self.ways)))
        self.ways = []

    def whole(self) -> Gate:
        """Return the gate that the group is. Raises UnreadableError where a set wants more than it has."""
        self.end_member()
        if self.count > len(self.members):
            raise UnreadableError(f"{self.count} of {len(self.members)} can never be true")
        gate = AtLeast(self.count, tuple(self.members)) if self.bracket == "{" else self.members[0]
        return opposite(gate) if self.is_negated else gate


class _Reader:
    """An expression while it is read: the groups that are open, and what must come next."""

    def __init__(self) -> None:
        self._groups = [_Group()]
        self._wanted = "an item"
        self._is_negated = False
        self._item = self._sign = ""

    def read(self, words: list[str]) -> Gate:
        """Return the gate that the words say. Raises UnreadableError."""
        for word in words:
            if self._wanted == "an item":
                self._wanted = self._operand(word)
            elif self._wanted == "a status":
                self._wanted = self._status(word)
            else:
                self._wanted = self._operator(word)
        if len(self._groups) > 1 or not self._wanted.startswith("an operator"):
            is_open = len(self._groups) > 1
            raise UnreadableError("a bracket is not closed" if is_open else f"it ends where {self._wanted} must follow")
        return self._groups[0].whole()

    def _operand(self, word: str) -> str:
        if word == "~":
            self._is_negated = not self._is_negated
            return "an item"
        if word == "(" or word.endswith("{"):
            self._open(word)
            return "an item"
        if word in ("&", "|", ")", "=", "<>", ",", "}"):
            raise UnreadableError(f"an item must stand before '{word}'")
        self._item = word.strip('"')
        item = Done(self._item)
        self._groups[-1].every.append(Not(item) if self._is_negated else item)
        self._is_negated = False
        return "an operator"

    def _open(self, word: str) -> None:
        if len(self._groups) > _DEEPEST:
            raise UnreadableError(f"more than {_DEEPEST} brackets are in one another")
        self._groups.append(_Group(word[-1], _count(word), self._is_negated))
        self._is_negated = False

    def _status(self, word: str) -> str:
        if word in ("&", "|", "~", "(", ")", "=", "<>", ",", "}"):
            raise UnreadableError(f"a status must stand before '{word}'")
        every = self._groups[-1].every
        gate = _with_status(self._item, word)
        every[-1] = opposite(gate) if isinstance(every[-1], Not) is not (self._sign == "<>") else gate
        return "an operator behind it"

    def _operator(self, word: str) -> str:
        group = self._groups[-1]
        if word == "|":
            group.end_way()
        elif word == "," and group.bracket == "{":
            group.end_member()
        elif word in ("=", "<>") and self._wanted == "an operator":
            self._sign = word
            return "a status"
        elif word in (")", "}") and group.bracket == {")": "(", "}": "{"}[word]:
            self._groups.pop()
            self._groups[-1].every.append(group.whole())
            return "an operator behind it"
        elif word != "&":
            raise UnreadableError(f"an operator must stand before '{word}'")
        return "an item"


def _count(word: str) -> int:
    """Return how many of a set must hold; none is said of what stands in brackets."""
    digits = word.partition("*")[0].strip()
    if digits == "(":
        return 0
    return int(digits) if len(digits) < _LONGEST_COUNT else _LONGEST


def _with_status(of: str, word: str) -> Gate:
    """Return that an item has a status, in whatever spelling. Raises UnreadableError."""
    status = _BLANKS.sub("", word.strip('"')).lower()
    if status in ("notattempted", "n"):
        return Not(Done(of, Status.ATTEMPTED))
    if status not in _STATUSES and status not in _SHORT:
        raise UnreadableError(f"no item ever has the status {word}")
    return Done(of, _STATUSES.get(status) or _SHORT[status])


# --- writing ---


def written_expression(gate: Gate) -> str:
    """Return a gate as an aicc_script, empty for one that is always open. Raises UnwritableError."""
    text = "" if gate == OPEN else _written(gate)
    if len(text) > _LONGEST:
        raise UnwritableError(f"it would have {len(text)} characters")
    return text


def _written(gate: Gate) -> str:
    match gate:
        case Not(Done() as item):
            return _item(item, is_negated=True)
        case Done():
            return _item(gate, is_negated=False)
        case Not(Not(inner)):
            return _written(inner)
        case Not(inner):
            return f"~{_bracketed(inner, All, Any)}"
        case AtLeast(count, parts) if parts:
            return f"{count}*{{{','.join(map(_written, parts))}}}"
        case All(parts) if parts:
            return _written(parts[0]) if len(parts) == 1 else "&".join(_bracketed(part, All, Any) for part in parts)
        case Any(parts) if parts:
            return _written(parts[0]) if len(parts) == 1 else "|".join(_bracketed(part, Any) for part in parts)
    raise UnwritableError(f"SCORM 1.2 cannot say {type(gate).__name__}")


def _bracketed(gate: Gate, *loose: type[Gate]) -> str:
    """Return a part of an expression: in brackets where it would fall apart without."""
    return f"({_written(gate)})" if isinstance(gate, loose) else _written(gate)


def _item(item: Done, is_negated: bool) -> str:
    if '"' in item.of or item.objective:
        raise UnwritableError(f"SCORM 1.2 cannot name {item.of or item.objective}")
    name = item.of if _PLAIN.fullmatch(item.of) else f'"{item.of}"'
    if item.status is Status.DONE:
        return f"{'~' * is_negated}{name}"
    if item.status is Status.ATTEMPTED:
        return f'{name}{"=" if is_negated else "<>"}"{_UNTRIED}"'
    if item.status not in _STATUSES.values():
        raise UnwritableError(f"SCORM 1.2 knows no status {item.status}")
    return f'{name}{"<>" if is_negated else "="}"{item.status}"'
