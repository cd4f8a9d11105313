"""Plants faults in the code, one at a time, and says which of them the tests do not notice. By hand, not in CI.

    python tests/faults.py GROUP [--count 20] [--seed 1] [--list] [--reached FOLDER | --tests FILE ...]

A fault is a condition turned round, a comparison off by one, an item dropped, arguments swapped, a result that is
nothing; in Python by its syntax, in scripts by patterns. The same seed plants the same faults. It works on a copy, in
which tests run until one fails: those that call the function with the fault, by what `reached.py` notes of them (kept
in a folder between runs, since it takes a run of all tests); for scripts, those of the group. What is not noticed is
shown, for somebody to judge: some faults change nothing that anybody could see.
"""

from __future__ import annotations

import argparse
import ast
import contextlib
import difflib
import io
import json
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path

import pytest
from planted import Planter, Planting

ROOT = Path(__file__).resolve().parent.parent
_LEFT = shutil.ignore_patterns(".git", ".venv", "node_modules", "dist", ".*_cache", ".venv-mkdocs")
_EACH = 2  # tests of a file before those of another get their turn
_AT_ONCE = 30  # tests of a file that holds all that comes out, which notice most
_HOLDING = frozenset(
    f"tests/test_{name}.py"
    for name in (
        "commands", "containers", "findings", "golden", "quiz_reading", "readings", "screens", "tables", "whole",
    )
)  # fmt: skip
_LEAST, _WORTH = (
    80,
    20,
)  # tests for one fault; and more of them up to so many seconds of work, however busy the machine is


@dataclass(frozen=True, slots=True)
class Group:
    """Code in which faults are planted, and tests that should notice those that no test is known to reach."""

    code: tuple[str, ...]
    tests: tuple[str, ...]


GROUPS = {
    "reading": Group(
        ("src/coursewright/readers", "src/coursewright/course/graph.py", "src/coursewright/course/plan.py"),
        ("reading", "folder_course", "folder_content", "quiz_reading", "findings"),
    ),
    "writers": Group(
        ("src/coursewright/writers", "src/coursewright/packages/documents"),
        ("golden", "scorm12", "canvas", "cartridges", "moodle_backup", "epub", "quiz_round_trips"),
    ),
    "audit": Group(
        ("src/coursewright/audit", "src/coursewright/packages/schema"),
        ("validation", "inspection", "findings", "schema_words"),
    ),
    "building": Group(
        (
            "src/coursewright/building", "src/coursewright/cli", "src/coursewright/packages/files",
            "src/coursewright/course/progress.py",
        ),
        ("jobs", "cli", "cache", "release", "reports", "preview", "preview_lms"),
    ),
    "script": Group(
        ("packaging_templates/scorm",),
        (
            "browser/test_plays", "certificate", "browser/test_play_scorm12", "browser/test_play_quizzes", "browser/test_play_scorm2004",
            "browser/test_certificate", "browser/test_visits", "browser/test_play_authored",
        ),
    ),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Fault:
    """Text of a file that another takes the place of, from one offset to another."""

    path: Path
    start: int
    end: int
    text: str
    kind: str

    def planted(self, source: str) -> str:
        """Return the file with the fault."""
        return source[: self.start] + self.text + source[self.end :]


# --- Python, by its syntax ---

_OTHER: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq, ast.NotEq: ast.Eq, ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.IsNot: ast.Is,
}  # fmt: skip


def of_python(path: Path) -> Iterator[Fault]:
    """Yield every fault that a module of Python may have."""
    source = path.read_text(encoding="utf-8")
    starts = [0]
    for line in source.splitlines(keepends=True):
        starts.append(starts[-1] + len(line))
    lines = source.splitlines()

    def offset(row: int, column: int) -> int:
        return starts[row - 1] + len(lines[row - 1].encode()[:column].decode())

    for node in _inner(ast.parse(source)):
        for place, text, kind in _changes(node):
            start = offset(place.lineno, place.col_offset)
            end = offset(place.end_lineno or 0, place.end_col_offset or 0)
            if source[start:end] != text:
                yield Fault(path, start, end, text, kind)


def _inner(tree: ast.Module) -> Iterator[ast.AST]:
    """Yield what stands in functions, but for annotations."""
    for function in ast.walk(tree):
        if isinstance(function, ast.FunctionDef):
            for statement in function.body:
                nodes = list(ast.walk(statement))
                types = {
                    id(inner)
                    for node in nodes
                    if isinstance(node, ast.AnnAssign)
                    for inner in ast.walk(node.annotation)
                }
                yield from (node for node in nodes if id(node) not in types)


def _changes(node: ast.AST) -> Iterator[tuple[ast.expr, str, str]]:
    """Yield what may stand in place of an expression in a node."""
    match node:
        case ast.If(test=test) | ast.IfExp(test=test) | ast.While(test=test):
            yield test, f"(not ({ast.unparse(test)}))", "a condition turned round"
        case ast.comprehension(ifs=[test, *_]):
            yield test, f"(not ({ast.unparse(test)}))", "a condition turned round"
        case ast.BoolOp(op=op, values=values):
            other = ast.Or() if isinstance(op, ast.And) else ast.And()
            yield node, f"({ast.unparse(ast.BoolOp(other, values))})", "and for or"
        case ast.Compare(left=left, ops=[op], comparators=[right]):
            changed = ast.Compare(left, [_OTHER[type(op)]()], [right])
            yield node, f"({ast.unparse(changed)})", "a comparison off by one"
        case ast.List(elts=[_, _, *_]) | ast.Tuple(elts=[_, _, *_], ctx=ast.Load()) | ast.Set(elts=[_, _, *_]):
            fewer = type(node)(node.elts[:-1]) if isinstance(node, ast.Set) else type(node)(node.elts[:-1], ast.Load())
            yield node, ast.unparse(fewer), "an item dropped"
        case ast.For(iter=over) | ast.comprehension(iter=over):
            yield over, f"list({ast.unparse(over)})[1:]", "an item dropped"
        case ast.Call(args=[first, second, *rest]) if not isinstance(first, ast.Starred):
            swapped = ast.Call(node.func, [second, first, *rest], node.keywords)
            yield node, ast.unparse(swapped), "arguments swapped"
        case ast.Return(value=ast.expr() as value) if not isinstance(value, ast.Constant):
            yield value, "None", "a result that is nothing"
        case ast.YieldFrom(value=value):
            yield value, "()", "a result that is nothing"


# --- scripts, by patterns ---

_PATTERNS = (
    (re.compile(r"(?<=\bif \()[^()\n]+(?:\([^()\n]*\)[^()\n]*)*(?=\))"), r"!(\g<0>)", "a condition turned round"),
    (re.compile(r"==="), "!==", "a comparison turned round"),
    (re.compile(r"!=="), "===", "a comparison turned round"),
    (re.compile(r" && "), " || ", "and for or"),
    (re.compile(r" \|\| "), " && ", "and for or"),
    (re.compile(r"(?<= )<=(?= )"), "<", "a comparison off by one"),
    (re.compile(r"(?<= )>=(?= )"), ">", "a comparison off by one"),
    (re.compile(r"(?<= )[<>](?= )"), r"\g<0>=", "a comparison off by one"),
    (re.compile(r"\btrue\b"), "false", "a value turned round"),
    (re.compile(r"\bfalse\b"), "true", "a value turned round"),
    (re.compile(r"(?<=\breturn )[^;\n{(]+(?=;)"), "null", "a result that is nothing"),
    (re.compile(r"(?<=\n)[ \t]+[\w.]+\([^\n]*\);(?=\n)"), "", "a step dropped"),
    (re.compile(r"(?<=\()(\w+), (\w+)(?=\);)"), r"\2, \1", "arguments swapped"),
)


def of_script(path: Path) -> Iterator[Fault]:
    """Yield every fault that a script may have."""
    source = path.read_text(encoding="utf-8")
    remarks = [found.span() for found in re.finditer(r"/\*.*?\*/|//[^\n]*|'[^'\n]*'|\"[^\"\n]*\"", source, re.S)]
    for pattern, text, kind in _PATTERNS:
        for found in pattern.finditer(source):
            if found.expand(text) != found[0] and not any(start <= found.start() < end for start, end in remarks):
                yield Fault(path, *found.span(), found.expand(text), kind)


# --- which tests ---


@dataclass(frozen=True, slots=True)
class Reached:
    """A test, what it takes, and the functions that it calls."""

    test: str
    seconds: float
    functions: frozenset[str]


def reached(folder: Path, root: Path) -> list[Reached]:
    """Return what the tests reach, by a run of all of them unless the folder holds one already."""
    if not folder.exists():
        folder.mkdir(parents=True)
        path = os.pathsep.join((str(root / "src"), str(root / "tests")))
        command = [sys.executable, "-m", "pytest", "-n", "auto", "-p", "reached", "--ignore", "tests/browser", "tests"]
        subprocess.run(command, cwd=root, env={**os.environ, "PYTHONPATH": path, "REACHED": str(folder)}, check=False)
    lines = [json.loads(line) for path in sorted(folder.glob("*.jsonl")) for line in path.open(encoding="utf-8")]
    return [Reached(line["test"], line["seconds"], frozenset(line["reached"])) for line in lines]


def function_at(fault: Fault, root: Path) -> str:
    """Return the function that a fault is in, as its file and its qualified name."""
    source = fault.path.read_text(encoding="utf-8")
    row, names = source.count("\n", 0, fault.start) + 1, []
    within: list[ast.AST] = [ast.parse(source)]
    while within:
        node = within.pop()
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and node.lineno <= row <= (node.end_lineno or 0):
            names += [node.name] if isinstance(node, ast.ClassDef) else [node.name, "<locals>"]
        within += ast.iter_child_nodes(node)
    return f"{fault.path.relative_to(root).as_posix()}:{'.'.join(names).removesuffix('.<locals>')}"


def tests_for(fault: Fault, group: Group, known: list[Reached], root: Path) -> list[str]:
    """Return the tests to run for a fault: those that notice most, a few of each file, more as long as it is worth it."""
    function = function_at(fault, root) if known else ""
    found = sorted((one for one in known if function in one.functions), key=lambda one: one.seconds)
    if not found:
        return [f"tests/{name if '/' in name else f'test_{name}'}.py" for name in group.tests]
    place = Counter[str]()
    ordered: list[tuple[tuple[int, bool], Reached]] = []
    for one in found:
        file = one.test.partition("::")[0]
        place[file] += 1
        is_holding = file in _HOLDING
        ordered.append(((place[file] // (_AT_ONCE if is_holding else _EACH), not is_holding), one))
    ordered.sort(key=lambda pair: pair[0])
    spent = accumulate(one.seconds for _, one in ordered)
    return [
        one.test
        for number, ((_, one), seconds) in enumerate(zip(ordered, spent, strict=True))
        if number < _LEAST or seconds <= _WORTH
    ]


# --- planting ---


def chosen(group: Group, root: Path, count: int, seed: str) -> list[Fault]:
    """Return faults of a group: as many of one kind as of another, as far as there are."""
    paths = [path for code in group.code for path in _files(root / code)]
    every = [found for path in paths for found in (of_python if path.suffix == ".py" else of_script)(path)]
    chance = random.Random(seed)
    by_kind = {kind: [fault for fault in every if fault.kind == kind] for kind in dict.fromkeys(f.kind for f in every)}
    drawn = (chance.choice(by_kind[chance.choice(list(by_kind))]) for _ in range(10 * count))
    return list(dict.fromkeys(drawn))[:count]


def _files(path: Path) -> list[Path]:
    return [path] if path.is_file() else sorted([*path.rglob("*.py"), *path.rglob("*.js")])


def shown(fault: Fault, root: Path) -> str:
    """Return where a fault is, of which kind, and how its lines read before and after."""
    source = fault.path.read_text(encoding="utf-8")
    changed = difflib.unified_diff(source.splitlines(), fault.planted(source).splitlines(), n=0, lineterm="")
    lines = [line for line in changed if not line.startswith(("---", "+++", "@@"))]
    row = source.count("\n", 0, fault.start) + 1
    return f"{fault.path.relative_to(root)}:{row}: {fault.kind}\n" + "\n".join(f"    {line}" for line in lines)


def main() -> int:
    """Plant faults, and say how many were noticed."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("group", choices=GROUPS)
    parser.add_argument("--count", type=int, default=20)
    parser.add_argument("--seed", default="1")
    parser.add_argument("--list", action="store_true", help="only show the faults")
    parser.add_argument("--reached", type=Path, help="a folder for what the tests reach, kept for the next time")
    parser.add_argument("--tests", nargs="+", help="run these tests, whatever they reach")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="coursewright-faults-") as folder:
        root = _copied(Path(folder) / "coursewright")
        faults = chosen(GROUPS[options.group], root, options.count, options.seed)
        if options.list:
            print(*(shown(fault, root) for fault in faults), sep="\n")
            return 0
        if options.tests:
            _try(faults, [options.tests] * len(faults), root)
            return 0
        in_python = any(fault.path.suffix == ".py" for fault in faults)
        known = reached(options.reached or Path(folder) / "reached", root) if in_python else []
        found = [tests_for(fault, GROUPS[options.group], known, root) for fault in faults]
        _try(faults, found, root, is_known=bool(known))
    return 0


def _copied(root: Path) -> Path:
    shutil.copytree(ROOT, root, ignore=_LEFT, symlinks=True)
    if (modules := ROOT / "tests" / "browser" / "node_modules").exists():
        shutil.copytree(modules, root / "tests" / "browser" / "node_modules")
    return root


def _is_of_files(fault: Fault, tests: list[str]) -> bool:
    """Say whether no test is known to call a function of Python, so that whole files of them are run."""
    return fault.path.suffix == ".py" and all("::" not in test for test in tests)


def _try(faults: list[Fault], tests: list[list[str]], root: Path, *, is_known: bool = False) -> None:
    """Run the tests of each fault, and say what noticed it; it may be known which functions they call."""
    sources = [fault.path.read_text(encoding="utf-8") for fault in faults]
    plantings = [
        Planting(f.path, f.planted(source), found, is_known and _is_of_files(f, found))
        for f, source, found in zip(faults, sources, tests, strict=True)
    ]
    every = list(dict.fromkeys(test for found in tests for test in found))
    os.chdir(root)
    os.environ["PYTHONPATH"] = str(root / "src")
    sys.path[:0] = [str(root / "src"), str(root / "tests")]

    def tell(number: int, by: str) -> None:
        print(f"noticed by {by}" if by else "NOT NOTICED", shown(faults[number], root), sep=": ", file=out, flush=True)

    out = sys.stdout
    planter = Planter(plantings, tell)
    files = dict.fromkeys(test.partition("::")[0] for test in every)
    with contextlib.redirect_stdout(io.StringIO()):
        pytest.main(["-q", "--no-header", "-p", "no:cacheprovider", *files], plugins=[planter])
    print(f"{sum(map(bool, planter.noticed))} of {len(faults)} faults were noticed")


if __name__ == "__main__":
    sys.exit(main())
