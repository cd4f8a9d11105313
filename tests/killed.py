"""Builds that are killed: a script that forks a build for each place, and lets it die there. By tests/test_safety.py.

    python killed.py SOURCE WHERE PLACE...

WHERE holds a copy of a folder of packages under the name of each PLACE: `event-N`, at the N-th time that something is
opened, moved or deleted; `byte-N`, while the N-th byte of a file is written. Before `cached-event-N` and the like, the
build keeps a cache beside the copy, and nothing is loaded before. It prints the places that nobody reached.
"""

from __future__ import annotations

import gc
import os
import resource
import signal
import sys
from pathlib import Path
from typing import Any

from coursewright.building.cache import Cache
from coursewright.building.copies import Copies
from coursewright.building.pipeline import Linted, build, build_all, planned, read
from coursewright.building.readings import Readings
from coursewright.building.settings import Config
from coursewright.course.plan import Selection

CONFIG = Config(formats=("scorm12", "moodle", "site"), unzipped=True)
_CHANGES = ("open", "os.rename", "os.remove", "os.mkdir", "os.rmdir")


def make(linted: Linted, folder: Path) -> None:
    """Build everything into a folder."""
    build(planned(linted, Selection(), CONFIG), CONFIG, folder, count=1)


def make_cached(source: Path, folder: Path) -> None:
    """Build everything into a folder, with a cache beside it, as the command does."""
    cache = Cache(folder.with_name(f"{folder.name}-cache"))
    readings = Readings(cache, "program", "sources")
    plan = planned(read([source], CONFIG, readings=readings), Selection(), CONFIG)
    copies = Copies(cache, "program", readings)
    build_all([(plan, CONFIG)], folder, count=1, copies=copies)
    copies.keep()
    cache.shrink()


def _die_at_event(number: int, folder: Path) -> None:
    left = number

    def hook(event: str, arguments: tuple[Any, ...]) -> None:
        nonlocal left
        if event in _CHANGES and str(arguments[0]).startswith(str(folder)):
            left -= 1
            if left == 0:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(hook)


def _die_at_byte(number: int) -> None:
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    signal.signal(signal.SIGXFSZ, signal.SIG_DFL)  # Python ignores it
    resource.setrlimit(resource.RLIMIT_FSIZE, (number, number))


def _die(source: Path, linted: Linted, folder: Path) -> None:
    kind, _, number = folder.name.rpartition("-")
    if kind.endswith("event"):
        _die_at_event(int(number), folder)
    else:
        _die_at_byte(int(number))
    if kind.startswith("cached"):
        make_cached(source, folder)
    else:
        make(linted, folder)


def main(source: str, where: str, places: list[str]) -> None:
    """Fork a build for each place, and wait for its end."""
    linted = read([Path(source)], CONFIG)
    make(linted, Path(where, "warm"))  # what is loaded and compiled once need not be in each
    gc.freeze()
    for place in places:
        if child := os.fork():
            _, status = os.waitpid(child, 0)
            if not os.WIFSIGNALED(status):
                print(place)
        else:
            try:
                _die(Path(source), linted, Path(where, place))
            finally:
                os._exit(0)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], sys.argv[3:])
