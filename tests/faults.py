"""Plants faults in the code, one at a time, and says which of them the tests do not notice. By hand, not in CI.

    python tests/faults.py GROUP [--count 20] [--seed 1] [--list]

A fault is a condition turned round, a comparison off by one, an item dropped, arguments swapped, a result that is
nothing; in Python by its syntax, in scripts by patterns. The same seed plants the same faults. It works on a copy, in
which the tests of the group run until one fails. What is not noticed is shown, for somebody to judge: some faults
change nothing that anybody could see.
"""

from __future__ import annotations

import argparse
import ast
import difflib
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
_LEFT = shutil.ignore_patterns(".git", ".venv", "node_modules", "dist", "__pycache__", ".*_cache", ".venv-mkdocs")
_LONGEST = 600  # seconds, after which a fault counts as noticed: the tests hang


@dataclass(frozen=True, slots=True)
class Group:
    """Code in which faults are planted, and the tests that should notice them."""

    code: tuple[str, ...]
    tests: tuple[str, ...]


GROUPS = {
    "reading": Group(
        ("src/coursewright/readers", "src/coursewright/course/graph.py", "src/coursewright/course/plan.py"),
        (
            "reading", "sources", "graph", "folder_course", "folder_content", "folder_links", "folder_frontmatter", "gates",
            "quiz_reading", "quiz_documents", "frontmatter", "encodings", "roadmap_languages", "nothing_lost", "findings",
        ),
    ),
    "writers": Group(
        ("src/coursewright/writers", "src/coursewright/packages/documents"),
        (
            "scorm12", "scorm2004", "canvas", "cartridges", "moodle_backup", "epub", "quiz_forms", "quiz_packages", "gate_forms",
            "package", "golden", "quiz_round_trips",
        ),
    ),
    "audit": Group(
        ("src/coursewright/audit", "src/coursewright/packages/schema"),
        ("validation", "inspection", "kinds", "one_cause", "references", "validator_bounds", "findings", "schema_words"),
    ),
    "building": Group(
        (
            "src/coursewright/building", "src/coursewright/cli", "src/coursewright/packages/files",
            "src/coursewright/course/progress.py",
        ),
        (
            "jobs", "withdrawals", "config", "zipping", "package", "api", "new", "reports", "site", "preview", "preview_lms",
            "safety", "cli",
        ),
    ),
    "script": Group(
        ("packaging_templates/scorm",),
        (
            "scripts", "certificate", "browser/test_play_scorm12", "browser/test_play_scorm2004", "browser/test_play_quizzes",
            "browser/test_certificate", "browser/test_visits",
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
                yield from ast.walk(statement)


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
            if not any(start <= found.start() < end for start, end in remarks):
                yield Fault(path, *found.span(), found.expand(text), kind)


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


def noticed(fault: Fault, group: Group, root: Path) -> str:
    """Return what noticed a fault, or nothing."""
    source = fault.path.read_text(encoding="utf-8")
    try:
        fault.path.write_text(fault.planted(source), encoding="utf-8")
        return _failed(group, root)
    finally:
        fault.path.write_text(source, encoding="utf-8")


def _failed(group: Group, root: Path) -> str:
    """Return the first test of a group that fails, or nothing."""
    names = [name if "/" in name else f"test_{name}" for name in group.tests]
    tests = [f"tests/{name}.py" for name in names]
    command = [sys.executable, "-m", "pytest", "-x", "-q", "--no-header", "-p", "no:cacheprovider", *tests]
    environment = {**os.environ, "PYTHONPATH": str(root / "src"), "PYTHONDONTWRITEBYTECODE": "1"}
    try:
        done = subprocess.run(
            command, cwd=root, env=environment, capture_output=True, text=True, timeout=_LONGEST, check=False
        )
    except subprocess.TimeoutExpired:
        return "tests that do not end"
    if done.returncode == 0:
        return ""
    found = re.search(r"^(?:FAILED|ERROR) (\S+)", done.stdout, re.M)
    return found[1] if found else f"pytest, with status {done.returncode}"


def shown(fault: Fault, root: Path) -> str:
    """Return where a fault is, of which kind, and how its lines read before and after."""
    source = fault.path.read_text(encoding="utf-8")
    changed = difflib.unified_diff(source.splitlines(), fault.planted(source).splitlines(), n=0, lineterm="")
    lines = [line for line in changed if not line.startswith(("---", "+++", "@@"))]
    row = source.count("\n", 0, fault.start) + 1
    return f"{fault.path.relative_to(root)}:{row}: {fault.kind}\n" + "\n".join(f"    {line}" for line in lines)


def main() -> int:
    """Plant faults, and say how many were noticed; 1 where the tests fail without any."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("group", choices=GROUPS)
    parser.add_argument("--count", type=int, default=20)
    parser.add_argument("--seed", default="1")
    parser.add_argument("--list", action="store_true", help="only show the faults")
    options = parser.parse_args()
    group = GROUPS[options.group]
    with tempfile.TemporaryDirectory(prefix="coursewright-faults-") as folder:
        root = Path(folder) / "coursewright"
        shutil.copytree(ROOT, root, ignore=_LEFT, symlinks=True)
        if (modules := ROOT / "tests" / "browser" / "node_modules").exists():
            (root / "tests" / "browser" / "node_modules").symlink_to(modules)
        faults = chosen(group, root, options.count, options.seed)
        if options.list:
            print(*(shown(fault, root) for fault in faults), sep="\n")
            return 0
        if broken := _failed(group, root):
            print(f"without any fault, this fails: {broken}", file=sys.stderr)
            return 1
        found = [_tried(fault, group, root) for fault in faults]
    print(f"{options.group}: {sum(found)} of {len(found)} faults were noticed")
    return 0


def _tried(fault: Fault, group: Group, root: Path) -> bool:
    by = noticed(fault, group, root)
    print(f"noticed by {by}" if by else "NOT NOTICED", shown(fault, root), sep=": ", flush=True)
    return bool(by)


if __name__ == "__main__":
    sys.exit(main())
