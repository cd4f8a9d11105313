"""Patterns that are compiled when they are first used, and kept from one run to the next, are as Python's own."""

from __future__ import annotations

import importlib
import marshal
import os
import pkgutil
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from conftest import roadmap

import coursewright.readers.roadmap
from coursewright.text import patterns
from coursewright.text.patterns import Library, later


def _all_later() -> list[patterns.Asked]:
    names = (found.name for found in pkgutil.iter_modules(coursewright.readers.roadmap.__path__))
    modules = (importlib.import_module(f"coursewright.readers.roadmap.{name}") for name in names)
    values = (value for module in modules for value in vars(module).values())
    return [value._asked for value in values if isinstance(value, patterns._Later)]


def test_a_kept_pattern_is_the_one_that_python_compiles() -> None:
    first, again = Library(), Library()
    first.found = dict
    known: patterns.Known = {}
    for asked in _all_later():
        assert first.pattern(asked) == re.compile(*asked), asked
    again.found = lambda: known
    known = marshal.loads(marshal.dumps(first.made))
    for asked in _all_later():
        kept, own = again.pattern(asked), re.compile(*asked)
        assert kept == own
        assert (kept.groups, kept.groupindex, kept.flags) == (own.groups, own.groupindex, own.flags)
    assert not again.made


def test_what_is_kept_and_is_no_pattern_is_compiled_anew() -> None:
    wrong: tuple[Any, ...] = ((32, b"\1\0\0\0" * 9, 0, {}), (32, b"\1", 0, {}), ())
    for damaged in wrong:
        library = Library()
        library.found = lambda damaged=damaged: {("a+b", 0): damaged}
        assert library.pattern(("a+b", 0)).search("caab")


def test_a_pattern_can_do_what_any_can_and_one_that_is_wrong_says_so() -> None:
    found = later(r"(?P<word>\w)x", re.IGNORECASE)
    assert found.sub("-", "axBX") == "--"
    assert found.fullmatch("aX")
    assert (found.pattern, dict(found.groupindex)) == (r"(?P<word>\w)x", {"word": 1})
    with pytest.raises(re.error):
        later("(").search("")


def test_a_command_keeps_what_it_has_compiled_and_the_next_takes_it(tmp_path: Path) -> None:
    (tmp_path / "a-roadmap.md").write_text(roadmap(101), encoding="utf-8")
    kept = os.environ | {"PYTHONPYCACHEPREFIX": str(tmp_path / "code")}
    kept.pop("PYTHONDONTWRITEBYTECODE", None)
    said = []
    for damage in (None, lambda file: None, lambda file: file.write_bytes(file.read_bytes()[:-1])):
        files = [*tmp_path.rglob("*.patterns")]
        before = [(file.read_bytes(), file.stat().st_mtime_ns) for file in files]
        for file in files:
            damage(file)  # type: ignore[misc]
        done = subprocess.run(
            [sys.executable, "-m", "coursewright", "lint", "a-roadmap.md"],
            cwd=tmp_path,
            env=kept,
            capture_output=True,
            text=True,
            check=False,
        )
        said.append((done.returncode, done.stdout, done.stderr))
        (file,) = tmp_path.rglob("*.patterns")
        if before:
            assert file.read_bytes() == before[0][0]
    assert said[0] == said[1] == said[2]
