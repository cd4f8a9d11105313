"""Plants faults in a running process of pytest: each in a child of its own, which runs tests until one fails.

The tests are collected once, and coursewright is loaded once; a child changes the file and the functions that were made
of it. So a fault costs what its tests take. Values that a module made as it was loaded stay as they were: what no test
calls, but the loading of modules perhaps, is tried by a new process.
"""

from __future__ import annotations

import contextlib
import functools
import gc
import os
import re
import resource
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from types import CodeType, FunctionType

import pytest
from _pytest.runner import runtestprotocol

LONGEST = 1_800  # seconds of waiting, and of work, after which a fault counts as noticed: the tests hang
WORK = 60


@dataclass(frozen=True, slots=True)
class Planting:
    """A file with a fault, and the tests to run: their ids, or those of files; those of a file in order of its turn."""

    path: Path
    source: str
    tests: Sequence[str]
    is_loaded_anew: bool = False
    """Say whether a process of its own runs the tests, so that modules are made with the fault."""


class Planter:
    """Runs plantings in place of the tests of a session; `noticed` says by what, or that nothing noticed."""

    def __init__(self, plantings: Sequence[Planting], tell: Callable[[int, str], None]) -> None:
        self.plantings, self._tell = plantings, tell
        self.noticed: list[str] = []
        self.keen: dict[str, int] = {}
        self.sound: dict[str, bool] = {}

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Run one planting after the other."""
        for number, planting in enumerate(self.plantings):
            by = self._noticing(planting, self._items(session, planting))
            self._tell(number, by)
            self.noticed.append(by)
            self.keen[by] = self.keen.get(by, 0) + 1
        return True

    def _noticing(self, planting: Planting, items: list[pytest.Item]) -> str:
        """Return what notices a fault, or nothing; a test that fails without the fault too says nothing."""
        while by := _in_child(planting, items):
            item = next((item for item in items if item.nodeid == by), None)
            if item is None:
                return by
            if by not in self.sound:
                self.sound[by] = not _in_child(
                    replace(planting, source=planting.path.read_text(encoding="utf-8")), [item]
                )
            if self.sound[by]:
                return by
            print(f"fails without any fault: {by}", file=sys.stderr)
            items = [item for item in items if self.sound.get(item.nodeid, True)]
        return ""

    def _items(self, session: pytest.Session, planting: Planting) -> list[pytest.Item]:
        """Return the items to run; where they are whole files, those first that noticed most."""
        place = {test: number for number, test in enumerate(planting.tests)}
        whole = [item for item in session.items if item.nodeid.partition("::")[0] in place]
        if whole:
            return sorted(
                whole, key=lambda item: (-self.keen.get(item.nodeid, 0), place[item.nodeid.partition("::")[0]])
            )
        return sorted((item for item in session.items if item.nodeid in place), key=lambda item: place[item.nodeid])


def _in_child(planting: Planting, items: Sequence[pytest.Item]) -> str:
    """Return which test notices a fault, or nothing."""
    source, then = planting.path.read_bytes(), planting.path.stat()
    receiving, sending = os.pipe()
    planting.path.write_text(planting.source, encoding="utf-8")
    try:
        if planting.is_loaded_anew:
            return _in_new_process([item.nodeid for item in items])
        child = os.fork()
        if not child:
            os.close(receiving)
            _live(planting, source.decode(), items, sending)
        os.close(sending)
        with os.fdopen(receiving, encoding="utf-8") as told:
            by = told.read()
        return by if os.waitpid(child, 0)[1] == 0 else "tests that do not end"
    finally:
        planting.path.write_bytes(source)
        os.utime(planting.path, ns=(then.st_atime_ns, then.st_mtime_ns))  # what was compiled of it holds again


def _in_new_process(tests: Sequence[str]) -> str:
    """Return which test fails first where all is loaded anew, or nothing."""
    command = [sys.executable, "-m", "pytest", "-x", "-q", "-p", "no:cacheprovider", *tests]
    done = subprocess.run(command, capture_output=True, text=True, timeout=LONGEST, check=False)
    failed = re.search(r"^(?:FAILED|ERROR) (\S+)", done.stdout, re.M)
    return failed[1] if failed else "what cannot be loaded" if done.returncode else ""


def _live(planting: Planting, before: str, items: Sequence[pytest.Item], sending: int) -> None:
    """Live as a child: plant, run, tell, end. Before, the file was otherwise."""
    signal.alarm(LONGEST)
    resource.setrlimit(resource.RLIMIT_CPU, (WORK, WORK))
    for number in (0, 1, 2):
        os.dup2(os.open(os.devnull, os.O_RDWR), number)
    try:
        if planting.path.suffix == ".py":
            _replace(planting, before)
        by = next(_failing(items), "")
    except BaseException as error:  # whatever it is, a user would notice
        by = f"{type(error).__name__}"
    with contextlib.suppress(BaseException):
        items[0].session._setupstate.teardown_exact(None)
    os.write(sending, by.encode())
    os._exit(0)


def _failing(items: Sequence[pytest.Item]) -> Iterator[str]:
    for item, following in zip(items, [*items[1:], None], strict=True):
        if any(report.failed for report in runtestprotocol(item, log=False, nextitem=following)):
            yield item.nodeid


def _replace(planting: Planting, before: str) -> None:
    """Give the functions of a module the code that a fault makes of them, and forget what they remembered."""
    old, new = (list(_codes(compile(text, str(planting.path), "exec"))) for text in (before, planting.source))
    named = {code.co_qualname: code for code in new}  # which several lambdas share
    is_alike = [code.co_qualname for code in old] == [code.co_qualname for code in new]
    made = dict(zip(old, new, strict=True)) if is_alike else {code: named.get(code.co_qualname) for code in old}
    gc.unfreeze()  # what is frozen is not among the objects
    for found in gc.get_objects():
        if isinstance(found, FunctionType) and found.__code__.co_filename == str(planting.path):
            code = made.get(found.__code__)
            if code and code.co_freevars == found.__code__.co_freevars:
                found.__code__ = code
        elif isinstance(found, functools._lru_cache_wrapper):
            found.cache_clear()


def _codes(code: CodeType) -> Iterator[CodeType]:
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield constant
            yield from _codes(constant)
