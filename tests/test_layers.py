"""The shape of the code: imports point down, functions are short, and nothing catches everything."""

from __future__ import annotations

import ast
import statistics
from collections.abc import Iterator

import pytest
from conftest import ROOT

SOURCE = ROOT / "src" / "coursewright"
LAYERS = [
    {"diagnostics", "resources"},
    {"bidi"},
    {"messages"},
    {"model", "package", "archive", "reports"},
    {
        "wording",
        "numbering",
        "identity",
        "answers",
        "storage",
        "audience",
        "edition",
        "views",
        "colour",
        "formulas",
        "targets",
        "toml",
        "elements",
    },
    {"palette"},
    {"themerules"},
    {"theme"},
    {"language"},
    {"reading", "graph", "lint", "markup", "pages", "ims", "schema", "checks", "coursemap"},
    {"plan", "lom", "sco", "overview", "interchange", "lessons", "menus", "sequencing"},
    {"formats"},
    {"config", "withdrawals"},
    {"build"},
    {"preview", "validation"},
    {"inspection"},
    {"cli"},
    {"__main__"},
]
# What one module of a layer may know of another of the same layer.
NEIGHBOURS = {
    ("answers", "wording"),
    ("audience", "answers"),
    ("audience", "storage"),
    ("audience", "wording"),
    ("edition", "answers"),
    ("edition", "audience"),
    ("formulas", "wording"),
    ("edition", "targets"),
    ("edition", "wording"),
    ("targets", "wording"),
    ("lint", "graph"),
    ("pages", "coursemap"),
    ("pages", "markup"),
    ("checks", "ims"),
    ("checks", "schema"),
    ("menus", "sequencing"),
    ("preview", "validation"),
}
MODULES = sorted(SOURCE.rglob("*.py"))


def _layer(name: str) -> int:
    return next(level for level, names in enumerate(LAYERS) if name in names)


def _own(module: str) -> str:
    return module.removeprefix("coursewright.").split(".")[0]


def _imports(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module == "coursewright":
            yield from (alias.name for alias in node.names if alias.name != "__version__")
        elif isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("coursewright."):
            yield _own(node.module)


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(SOURCE)))
def test_imports_point_down(path: object) -> None:
    assert hasattr(path, "relative_to") and hasattr(path, "read_text")
    name = path.relative_to(SOURCE).parts[0].removesuffix(".py")
    if name == "__init__":
        return
    for imported in _imports(ast.parse(path.read_text(encoding="utf-8"))):
        allowed = imported == name or _layer(imported) < _layer(name) or (name, imported) in NEIGHBOURS
        assert allowed, f"{name} imports {imported}"


def _functions() -> Iterator[tuple[str, int]]:
    for path in MODULES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef):
                yield f"{path.name}:{node.name}", (node.end_lineno or 0) - node.lineno + 1


def test_functions_are_short() -> None:
    sizes = dict(_functions())
    assert statistics.median(sizes.values()) < 10
    assert {name: size for name, size in sizes.items() if size > 50} == {}


def test_nothing_catches_everything() -> None:
    for path in MODULES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ExceptHandler):
                caught = ast.unparse(node.type) if node.type else "everything"
                assert caught not in ("everything", "Exception", "BaseException"), f"{path.name}:{node.lineno}"
