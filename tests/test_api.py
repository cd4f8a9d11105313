"""The public API: its examples hold, importing it costs nothing, and every name of it is there."""

from __future__ import annotations

import doctest
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest
from conftest import ROOT

import coursewright
from coursewright import api


@pytest.mark.parametrize("module", [coursewright, api], ids=lambda module: module.__name__)
def test_the_examples_hold(module: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    done = doctest.testmod(module, extraglobs={"folder": tmp_path}, report=True)
    assert done.attempted > 0 and done.failed == 0


def test_every_name_is_there() -> None:
    assert [name for name in coursewright.__all__ if not hasattr(coursewright, name)] == []
    assert dir(coursewright) == sorted(coursewright.__all__)
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        coursewright.nothing  # type: ignore[attr-defined] # noqa: B018


def test_importing_it_costs_nothing() -> None:
    script = "import sys, coursewright; print([name for name in sys.modules if name.startswith('coursewright.')])"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_what_is_named_is_loaded_alone() -> None:
    script = "import sys; from coursewright import Finding; print({'lxml', 'jinja2', 'markdown'} & {*sys.modules})"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"
