"""The shape of the code: ten rooms, imports that point one way, short functions, and nothing that catches everything."""

from __future__ import annotations

import ast
import statistics
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

from conftest import ROOT

SOURCE = ROOT / "src" / "coursewright"
# Each room may import the rooms before it. Rooms of one line do not know each other.
ROOMS = [
    {"resources", "version", "frozen"},
    {"findings"},
    {"text"},
    {"course"},
    {"pages"},
    {"packages"},
    {"readers", "writers"},
    {"audit"},
    {"building"},
    {"cli"},
    {"api"},
    {"__init__", "__main__"},
]
# Libraries that only these rooms may import.
LIBRARIES = {
    "lxml": {"findings", "text", "pages", "packages", "readers", "writers", "audit"},
    "xmlschema": {"packages"},
    "markdown": {"text", "pages"},
    "markdown_it": {"text"},
    "mdit_py_plugins": {"text"},
    "pymdownx": {"text"},
    "nh3": {"text"},
    "yaml": {"text"},
    "json5": {"text"},
    "pygments": {"text"},
    "latex2mathml": {"text"},
    "ftfy": {"readers"},
    "jinja2": {"text", "pages"},
    "typer": {"cli"},
    "click": {"cli"},
}
MODULES = sorted(SOURCE.rglob("*.py"))


@cache
def _nodes(path: Path) -> list[ast.AST]:
    return list(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))


def _parts(path: Path) -> tuple[str, ...]:
    """Return the names that lead to a module; those of a room's own `__init__` are those of the room."""
    parts = path.relative_to(SOURCE).with_suffix("").parts
    return parts[:-1] if parts[-1] == "__init__" and len(parts) > 1 else parts


KNOWN = {_parts(path) for path in MODULES}
FOLDERS = {path.parent.relative_to(SOURCE).parts for path in MODULES}


def _level(room: str) -> int:
    return next(level for level, names in enumerate(ROOMS) if room in names)


def _imported(nodes: Iterable[ast.AST]) -> Iterator[tuple[str, ...]]:
    """Yield the modules of ours that are imported, wherever in the file."""
    for node in nodes:
        if isinstance(node, ast.ImportFrom) and node.module and f"{node.module}.".startswith("coursewright."):
            package = tuple(node.module.split(".")[1:])
            for alias in node.names:
                module = (*package, alias.name)
                if module in KNOWN or package:
                    yield module if module in KNOWN else package


def _libraries(nodes: Iterable[ast.AST]) -> Iterator[str]:
    for node in nodes:
        if isinstance(node, ast.Import):
            yield from (alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module.split(".")[0]


def _strangers(own: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Say whether two modules stand in different folders of one level."""
    at = next((at for at, pair in enumerate(zip(own, other, strict=False)) if pair[0] != pair[1]), None)
    return at is not None and at > 0 and all(each[: at + 1] in FOLDERS for each in (own, other))


# Rooms in rooms that have an order of their own, the lower one first.
FLOORS = {
    "packages": ["schema", "files", "documents"],
    "readers": ["quizzes", "roadmap", "folder", "packages"],  # a package may be read as a folder is
    "writers": ["scorm", "moodle"],  # a backup may hold units as SCORM packages
    "audit": ["rules", "lms", "diff"],
    "cli": ["preview"],
}


def _may(own: tuple[str, ...], other: tuple[str, ...]) -> bool:
    if own[0] != other[0]:
        return _level(other[0]) < _level(own[0])
    if not _strangers(own, other):
        return True
    floors = FLOORS.get(own[0], [])
    return own[1] in floors and other[1] in floors and floors.index(other[1]) < floors.index(own[1])


def test_imports_point_one_way() -> None:
    wrong = [
        f"{'.'.join(own)} imports {'.'.join(other)}"
        for own, nodes in ((_parts(path), _nodes(path)) for path in MODULES)
        for other in _imported(nodes)
        if not _may(own, other)
    ]
    assert wrong == []


def test_libraries_are_imported_where_they_may_be() -> None:
    rooms = ((_parts(path)[0], path) for path in MODULES)
    wrong = [
        f"{path.relative_to(SOURCE)} imports {name}"
        for room, path in rooms
        for name in _libraries(_nodes(path))
        if room not in LIBRARIES.get(name, {room})
    ]
    assert wrong == []


def test_every_module_stands_in_a_room() -> None:
    assert {_parts(path)[0] for path in MODULES} == set().union(*ROOMS)


def _functions() -> Iterator[tuple[str, int]]:
    for path in MODULES:
        for node in _nodes(path):
            if isinstance(node, ast.FunctionDef):
                yield f"{path.name}:{node.name}", (node.end_lineno or 0) - node.lineno + 1


def test_functions_are_short() -> None:
    sizes = dict(_functions())
    assert statistics.median(sizes.values()) <= 8
    assert {name: size for name, size in sizes.items() if size > 50} == {}


def _classes() -> Iterator[str]:
    for path in MODULES:
        for node in _nodes(path):
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                yield node.name


def test_no_name_stands_for_two_classes() -> None:
    assert [name for name, count in Counter(_classes()).items() if count > 1] == []


def test_files_are_short() -> None:
    sizes = {path.name: len(path.read_text(encoding="utf-8").splitlines()) for path in MODULES}
    assert {name: size for name, size in sizes.items() if size > 400} == {}


def test_nothing_catches_everything() -> None:
    for path in MODULES:
        for node in _nodes(path):
            if isinstance(node, ast.ExceptHandler):
                caught = ast.unparse(node.type) if node.type else "everything"
                assert caught not in ("everything", "Exception", "BaseException"), f"{path.name}:{node.lineno}"


def test_values_are_made_in_one_way() -> None:
    for path in MODULES:
        for node in _nodes(path):
            if isinstance(node, ast.ClassDef):
                ways = map(ast.unparse, node.decorator_list)
                assert "dataclass(frozen=True, slots=True)" not in ways, f"{path.name}:{node.lineno} is not @frozen"
