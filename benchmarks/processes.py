"""Runs whole processes and measures them: wall time, processor time, peak memory."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

MIB = 1024 * 1024
_RSS_UNIT = 1 if sys.platform == "darwin" else 1024


@dataclass(frozen=True, slots=True)
class Usage:
    """What a process took: seconds of wall time, of processor time (user and system), and MiB of peak memory."""

    wall: float
    cpu: float
    memory: float


class ProcessError(Exception):
    """A measured process did not do its work: `str(error)` says which, and how it ended."""


Contestant = Callable[[], Usage]


def measure(command: Sequence[str], folder: Path, cache: Path | None = None) -> Usage:
    """Run a command in a folder to its end and return what it took; raises ProcessError when it does not succeed.

    `cache` is where coursewright keeps what it made.

    A child's peak memory starts at its parent's, so the parent has to stay smaller than what it measures.
    """
    with tempfile.TemporaryFile() as log:
        begin = time.perf_counter()
        child = subprocess.Popen(
            command, cwd=folder, env=_environment(cache), stdin=subprocess.DEVNULL, stdout=log, stderr=log
        )
        _, status, used = os.wait4(child.pid, 0)
        wall = time.perf_counter() - begin
        child.returncode = os.waitstatus_to_exitcode(status)
        if child.returncode:
            log.seek(0)
            raise ProcessError(f"{' '.join(command)}\nended with {child.returncode}\n{_end_of(log.read())}")
    return Usage(wall, used.ru_utime + used.ru_stime, used.ru_maxrss * _RSS_UNIT / MIB)


def _environment(cache: Path | None) -> dict[str, str]:
    """Return the environment without what would change how Python or coursewright runs."""
    own = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "COURSEWRIGHT"))}
    return own | ({"COURSEWRIGHT_CACHE": str(cache)} if cache else {})


def _end_of(output: bytes) -> str:
    return "\n".join(output.decode(errors="replace").splitlines()[-10:])


def interleaved(contestants: Mapping[str, Contestant], runs: int, *, warm_up: bool = True) -> dict[str, list[Usage]]:
    """Run the contestants in turn (A, B, A, B ...) and return what each took, by name.

    The warm-up is a turn that does not count, in which bytecode is compiled and files come into the system's cache.
    """
    taken: dict[str, list[Usage]] = {name: [] for name in contestants}
    for turn in range(runs + warm_up):
        for name, contestant in contestants.items():
            used = contestant()
            if turn >= warm_up:
                taken[name].append(used)
    return taken


def typical(usages: Sequence[Usage]) -> Usage:
    """Return the medians of what several runs took."""
    return Usage(
        median(used.wall for used in usages),
        median(used.cpu for used in usages),
        median(used.memory for used in usages),
    )
