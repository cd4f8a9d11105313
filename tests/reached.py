"""A plugin of pytest that notes what each test takes, and which functions of coursewright it calls.

    REACHED=FOLDER pytest -p reached        (with tests/ on PYTHONPATH)

Each process writes a line of JSON for each test into a file of its own. What a test starts as another command is not
seen. `faults.py` chooses tests by these lines.
"""

from __future__ import annotations

import json
import os
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from types import CodeType, FrameType
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parent.parent
_SOURCE = f"{ROOT / 'src'}{os.sep}"
_called: dict[int, CodeType] = {}  # by id, since codes take long to hash
_by_fixture: dict[tuple[str, str], set[str]] = {}


def _note(frame: FrameType, event: str, argument: Any) -> None:
    _called[id(frame.f_code)] = frame.f_code


def _names() -> set[str]:
    """Return the functions called so far, each as its file and its qualified name."""
    inside = [code for code in list(_called.values()) if code.co_filename.startswith(_SOURCE)]
    return {f"{Path(code.co_filename).relative_to(ROOT).as_posix()}:{code.co_qualname}" for code in inside}


@pytest.hookimpl(wrapper=True)
def pytest_fixture_setup(fixturedef: Any) -> Iterator[None]:
    """Note what a fixture that several tests share calls, since each of them depends on it."""
    if fixturedef.scope == "function":
        return (yield)
    before = dict(_called)
    _called.clear()
    try:
        return (yield)
    finally:
        _by_fixture[fixturedef.argname, fixturedef.baseid] = _names()
        _called.update(before)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Function) -> Iterator[None]:
    """Write the line of a test."""
    _called.clear()
    began = time.process_time()
    threading.settrace(_note)
    sys.settrace(_note)
    try:
        return (yield)
    finally:
        sys.settrace(None)
        threading.settrace(None)
        seconds = time.process_time() - began
        shared = [defined for found in item._fixtureinfo.name2fixturedefs.values() for defined in found]
        reached = _names().union(*(_by_fixture.get((one.argname, one.baseid), set()) for one in shared))
        line = json.dumps({"test": item.nodeid, "seconds": round(seconds, 3), "reached": sorted(reached)})
        with (Path(os.environ["REACHED"]) / f"{os.getpid()}.jsonl").open("a", encoding="utf-8") as written:
            written.write(f"{line}\n")
