"""What cells of Python set and call, as values: nothing is run, and what takes more than plain values is not known."""

from __future__ import annotations

import ast
import posixpath
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import field
from typing import Any

from coursewright.frozen import frozen, slotted
from coursewright.text.jsons import parsed_json

_LONGEST = 200_000  # of a text that is put together, and of how much one value holds
_MOST_LOOKED_AT = 2_000_000
_DEEPEST = 20  # functions in one another


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
    """What the cells of a document know, in their order: the values of names, and the calls of some functions.

    `functions` are names that are imported, `bound` those that stand for one of these or for what calls one; of what
    is given to `unread` ones it is not known what it comes to. `first` is how the first of what is given is called.
    """

    functions: set[str]
    first: str
    bound: set[str] = field(default_factory=set)
    unread: set[str] = field(default_factory=set)
    values: dict[str, Any] = field(default_factory=dict)
    needs: dict[str, set[str]] = field(default_factory=dict)
    given: set[str] = field(default_factory=set)
    looked_at: int = 0

    def read(self, body: Sequence[ast.stmt]) -> Iterator[PyCall]:
        """Take the statements of a cell and yield the calls among them."""
        for statement in body:
            if self._binds(statement):
                continue
            calls = self.calls(statement)
            for call in calls:
                named = {one.arg: one.value for one in call.keywords if one.arg}
                self.given |= {name for one in [*call.args, *named.values()] for name in names_in(one)}
                plain = isinstance(statement, ast.Expr | ast.Assign) and _name_of(call.func) not in self.unread
                first = call.args[0] if call.args else named.get(self.first)
                given = self._value(first) if plain and first else None
                yield PyCall(given, {name: self._value(one) for name, one in named.items()}, call.lineno)
            self._note(statement)
            if calls:
                self._forget(_changed_by(statement))
            else:
                self._take(statement)

    def calls(self, statement: ast.stmt) -> list[ast.Call]:
        """Return the calls of the functions in a statement."""
        return [one for one in ast.walk(statement) if isinstance(one, ast.Call) and self._is_one(one.func)]

    def _is_one(self, node: ast.AST) -> bool:
        """Say whether an expression is one of the functions."""
        if isinstance(node, ast.Name):
            return node.id in self.functions or node.id in self.bound
        return isinstance(node, ast.Attribute) and node.attr in self.functions

    def _binds(self, statement: ast.stmt) -> bool:
        """Say whether a statement makes a name stand for one of the functions, or for what calls one."""
        match statement:
            case ast.Assign(targets=[ast.Name(id=name)], value=value) if self._is_one(value):
                is_read = not (isinstance(value, ast.Name) and value.id in self.unread)
            case ast.Assign(targets=[ast.Name(id=name)], value=ast.Call(func=function, args=[one])) if _name_of(
                function
            ) == "partial" and self._is_one(one):
                is_read = not (isinstance(one, ast.Name) and one.id in self.unread)
            case ast.Assign(targets=[ast.Name(id=name)], value=ast.Lambda() as made) if self._calls_within(made):
                is_read = _hands_on(made.args, self._calls_within(made))
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) if calls := self.calls(statement):
                is_read = _hands_on(statement.args, calls)
            case _:
                return False
        self.bound.add(name)
        self.unread -= {name}
        self.unread |= set() if is_read else {name}
        self.given |= names_in(statement)
        self._note(statement)
        return True

    def _calls_within(self, node: ast.expr) -> list[ast.Call]:
        return self.calls(ast.Expr(node))

    def tells(self, statement: ast.stmt, reached: set[str]) -> bool:
        """Say whether a statement speaks of one of the functions, or changes what they are given."""
        return any(map(self._is_one, ast.walk(statement))) or not reached.isdisjoint(_changed_by(statement))

    def reached(self) -> set[str]:
        """Return the names of what is given to the functions, and of what that is made of."""
        reached, left = set(self.given), list(self.given)
        while left:
            more = self.needs.get(left.pop(), set()) - reached
            reached |= more
            left += more
        return reached

    def _note(self, statement: ast.stmt) -> None:
        """Note what the names are made of that a statement sets or changes."""
        spoken = names_in(statement)
        for name in _changed_by(statement):
            self.needs.setdefault(name, set()).update(spoken)

    def _forget(self, names: Iterable[str]) -> None:
        """Note that values are not known any longer, by whatever names."""
        gone = {id(self.values[name]) for name in names if isinstance(self.values.get(name), list | dict)}
        self.values |= dict.fromkeys(names)
        self.values |= dict.fromkeys(name for name, value in self.values.items() if id(value) in gone)

    def _take(self, statement: ast.stmt) -> None:
        match statement:
            case ast.Assign(targets=[ast.Name(id=name)], value=value):
                self.values[name] = self._value(value)
            case ast.AnnAssign(target=ast.Name(id=name), value=ast.expr() as value):
                self.values[name] = self._value(value)
            case ast.AugAssign(target=ast.Name(id=name), op=ast.Add(), value=value):
                self._add(name, self._value(value))
            case ast.Expr(ast.Call(func=ast.Attribute(value=ast.Name(id=name), attr="append"), args=[value])):
                self._add(name, [self._value(value)])
            case ast.With(items=[ast.withitem(opened, ast.Name(id=name))], body=body):
                self.values[name] = self._value(opened)
                for one in body:
                    self._take(one)
            case _:
                self._forget(_changed_by(statement))

    def _add(self, name: str, more: Any) -> None:
        """Add to what a name stands for; a list grows wherever it stands."""
        known, total = self.values.get(name), self._sum(self.values.get(name), more)
        if isinstance(known, list) and isinstance(more, list) and total is not None:
            known += more
        elif total is None:
            self._forget([name])
        else:
            self.values[name] = total

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
            case ast.FormattedValue(value=value, conversion=-1, format_spec=None):
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


def _changed_by(statement: ast.AST) -> set[str]:
    """Return the names that a statement sets, and those of what it changes, by a method or in part.

    What a function sets is its own.
    """
    changed: set[str] = set()
    left: list[tuple[ast.AST, frozenset[str], int]] = [(statement, frozenset(), 0)]
    while left:
        one, own, depth = left.pop()
        match one:
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
                changed |= {name} - own
            case ast.Name(id=name, ctx=ast.Store()) | ast.Call(func=ast.Attribute(value=ast.Name(id=name))):
                changed |= {name} - own
            case ast.Subscript(value=inner, ctx=ast.Store()) | ast.Attribute(value=inner, ctx=ast.Store()):
                changed |= names_in(inner) - own
        if isinstance(one, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda) and depth < _DEEPEST:
            own, depth = own | _own_names(one), depth + 1
        left += ((child, own, depth) for child in ast.iter_child_nodes(one))
    return changed


def _own_names(function: ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda) -> frozenset[str]:
    """Return the names that stand for something within a function only."""
    every = list(ast.walk(function))
    shared = {name for one in every if isinstance(one, ast.Global | ast.Nonlocal) for name in one.names}
    own = {one.id for one in every if isinstance(one, ast.Name) and isinstance(one.ctx, ast.Store)}
    return frozenset((own | {one.arg for one in every if isinstance(one, ast.arg)}) - shared)


def _hands_on(given: ast.arguments, calls: Sequence[ast.Call]) -> bool:
    """Say whether a function calls once, with the first of what it is given as it is."""
    names = [one.arg for one in (*given.posonlyargs, *given.args)]
    first = calls[0].args[:1]
    return (
        len(calls) == 1 and bool(names) and isinstance(one := next(iter(first), None), ast.Name) and one.id == names[0]
    )


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
