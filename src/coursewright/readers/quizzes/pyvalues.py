"""What cells of Python set and call, as values: nothing is run, and what takes more than plain values is not known."""

from __future__ import annotations

import ast
import posixpath
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import field
from typing import Any

from coursewright.frozen import frozen, slotted
from coursewright.text.jsons import parsed_json

_LONGEST = 200_000  # of a text that is put together, and of how much one value holds
_MOST_LOOKED_AT = 2_000_000


@frozen
class PyFile:
    """A file that a cell opens."""

    name: str


@frozen
class PyCall:
    """A call that a cell makes: what it is given first and by name, None where that is not known; and on which line."""

    given: Any
    named: Mapping[str, Any]
    line: int


@slotted
class PyCells:
    """What the cells of a document know, in their order: the values of names, and the calls of some functions."""

    functions: set[str]
    values: dict[str, Any] = field(default_factory=dict)
    needs: dict[str, set[str]] = field(default_factory=dict)
    given: set[str] = field(default_factory=set)
    looked_at: int = 0

    def read(self, body: Sequence[ast.stmt]) -> Iterator[PyCall]:
        """Take the statements of a cell and yield the calls among them."""
        for statement in body:
            calls = self.calls(statement)
            for call in calls:
                self.given |= {name for one in call.args[:1] for name in names_in(one)}
                plain = isinstance(statement, ast.Expr | ast.Assign)
                given = self._value(call.args[0]) if plain and call.args else None
                yield PyCall(given, {one.arg: self._value(one.value) for one in call.keywords if one.arg}, call.lineno)
            if not calls:
                self._take(statement)

    def calls(self, statement: ast.stmt) -> list[ast.Call]:
        """Return the calls of the functions in a statement."""
        every = (one for one in ast.walk(statement) if isinstance(one, ast.Call))
        return [one for one in every if _name_of(one.func) in self.functions]

    def tells(self, statement: ast.stmt, reached: set[str]) -> bool:
        """Say whether a statement calls one of the functions, or changes what they are given."""
        return bool(self.calls(statement)) or not reached.isdisjoint(_changed_by(statement))

    def reached(self) -> set[str]:
        """Return the names of what is given to the functions, and of what that is made of."""
        reached, left = set(self.given), list(self.given)
        while left:
            more = self.needs.get(left.pop(), set()) - reached
            reached |= more
            left += more
        return reached

    def _take(self, statement: ast.stmt) -> None:
        for name in _changed_by(statement):
            self.needs.setdefault(name, set()).update(names_in(statement))
        match statement:
            case ast.Assign(targets=[ast.Name(id=name)], value=value):
                self.values[name] = self._value(value)
            case ast.AnnAssign(target=ast.Name(id=name), value=ast.expr() as value):
                self.values[name] = self._value(value)
            case ast.AugAssign(target=ast.Name(id=name), op=ast.Add(), value=value):
                self.values[name] = self._sum(self.values.get(name), self._value(value))
            case ast.Expr(ast.Call(func=ast.Attribute(value=ast.Name(id=name), attr="append"), args=[value])):
                self.values[name] = self._sum(self.values.get(name), [self._value(value)])
            case ast.With(items=[ast.withitem(opened, ast.Name(id=name))], body=body):
                self.values[name] = self._value(opened)
                for one in body:
                    self._take(one)
            case _:
                self.values |= dict.fromkeys(_changed_by(statement))

    def _value(self, node: ast.expr) -> Any:
        """Return what an expression is; None where that is not known."""
        try:
            value = self._of(node)
            return value if self._is_bounded(value) else None
        except (_UnknownError, ValueError, RecursionError, MemoryError):
            return None

    def _of(self, node: ast.expr) -> Any:
        match node:
            case ast.Constant(value=value) if value is None or isinstance(value, str | int | float):
                return value
            case ast.List(elts=items) | ast.Tuple(elts=items):
                return [self._of(one) for one in items]
            case ast.Dict(keys=keys, values=values) if all(keys):
                pairs = zip(keys, values, strict=True)
                return {str(self._of(key)): self._of(value) for key, value in pairs if key}
            case ast.Name(id=name) if self.values.get(name) is not None:
                return self.values[name]
            case ast.UnaryOp(op=ast.USub(), operand=one) if isinstance(number := self._of(one), int | float):
                return -number
            case ast.Call():
                return self._called(node)
            case _:
                return self._joined(node)

    def _joined(self, node: ast.expr) -> Any:
        match node:
            case ast.BinOp(left=left, op=ast.Add(), right=right):
                return self._sum(self._of(left), self._of(right), strict=True)
            case ast.BinOp(left=left, op=ast.Div(), right=right):
                return posixpath.join(_text(self._of(left)), _text(self._of(right)))
            case ast.JoinedStr(values=parts):
                return "".join(_text(self._of(one)) for one in parts)
            case ast.FormattedValue(value=value):
                return self._of(value)
        raise _UnknownError

    def _called(self, call: ast.Call) -> Any:
        name, given = _name_of(call.func), [self._of(one) for one in call.args]
        reader = call.func.value if isinstance(call.func, ast.Attribute) else None
        if name in ("join", "Path", "str") and given:
            return posixpath.join(*map(_text, given))
        if name == "open" and given:
            return PyFile(_text(given[0]))
        if name == "open" and reader is not None:
            return PyFile(_text(self._of(reader)))
        if name in ("read", "read_text") and reader is not None:
            found = self._of(reader)
            return found if isinstance(found, PyFile) else PyFile(_text(found))
        if name in ("load", "loads") and len(given) == 1:
            return parsed_json(given[0]) if isinstance(given[0], str) else given[0]
        raise _UnknownError

    def _sum(self, one: Any, other: Any, *, strict: bool = False) -> Any:
        match one, other:
            case (str(), str()) | (list(), list()) if len(one) + len(other) <= _LONGEST:
                return one + other
            case (int() | float(), int() | float()):
                return one + other
        if strict:
            raise _UnknownError
        return None

    def _is_bounded(self, value: Any) -> bool:
        """Say whether a value, in which others may stand many times, is no more than a document can hold."""
        left, size = [value], 0
        while left:
            one = left.pop()
            size += len(one) + 1 if isinstance(one, str) else 1
            if size > _LONGEST * 10:
                return False
            self.looked_at += 1
            if self.looked_at > _MOST_LOOKED_AT:
                return False
            left += one if isinstance(one, list) else one.values() if isinstance(one, dict) else ()
        return True


class _UnknownError(Exception):
    """What an expression is takes more than its text tells."""


def _text(value: Any) -> str:
    if isinstance(value, str | int | float) and not isinstance(value, bool):
        return str(value)
    raise _UnknownError


def _name_of(function: ast.expr) -> str:
    return function.id if isinstance(function, ast.Name) else getattr(function, "attr", "")


def names_in(node: ast.AST) -> set[str]:
    """Return the names that an expression or a statement speaks of."""
    return {one.id for one in ast.walk(node) if isinstance(one, ast.Name)}


def _changed_by(statement: ast.stmt) -> set[str]:
    """Return the names that a statement sets, and those of what it changes, by a method or in part."""
    changed: set[str] = set()
    for one in ast.walk(statement):
        match one:
            case ast.Name(id=name, ctx=ast.Store()) | ast.FunctionDef(name=name):
                changed.add(name)
            case ast.Call(func=ast.Attribute(value=ast.Name(id=name))):
                changed.add(name)
            case ast.Subscript(value=inner, ctx=ast.Store()) | ast.Attribute(value=inner, ctx=ast.Store()):
                changed |= names_in(inner)
    return changed


def imported_as(body: Sequence[ast.stmt], function: str) -> set[str]:
    """Return by what names a function is known to some statements."""
    told = [one for statement in body if isinstance(statement, ast.ImportFrom) for one in statement.names]
    return {function, *(one.asname for one in told if one.name == function and one.asname)}


def statements_in(lines: Sequence[str], plain: Callable[[str], str]) -> list[ast.stmt] | None:
    """Return the statements of a cell, None if it is no Python; `plain` makes lines such as Python knows."""
    text = "\n".join(map(plain, lines))
    if len(text) > _LONGEST * 10:
        return None
    try:
        return ast.parse(text).body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None
