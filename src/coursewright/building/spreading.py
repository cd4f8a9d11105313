"""Work that several processes share: copies of this one, which have at hand all that it has, and hand back values."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from itertools import pairwise
from typing import TYPE_CHECKING, Any, TypeVar

from coursewright.building.pool import cores, end_at_once, interrupts_waiting, start_method
from coursewright.frozen import frozen

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

T = TypeVar("T")
_WORTH_A_COPY = 20  # pieces of work for each process, below which a copy of this one takes longer than it saves
_WORTH_COPIES = 250  # pieces, from which copies are made although nobody has asked for them


@frozen
class Spread:
    """How many processes may share work; with 0, as many as there are cores, where that is worth it."""

    count: int = 1

    def made(self, make: Callable[[int], T], total: int) -> list[T]:
        """Return what is made of each number below a total, in their order, by as many processes as are worth it."""
        count = self._processes(total)
        ends = [total * number // count for number in range(1, count + 1)]
        with ExitStack() as copies:
            others = [(share, copies.enter_context(_copy(make, *share))) for share in pairwise(ends)]
            found = _made(make, 0, ends[0])
            for share, answers in others:
                found += _answer(answers) or _made(make, *share)
        return found

    def _processes(self, total: int) -> int:
        wanted = self.count or (cores() if total >= _WORTH_COPIES else 1)
        worth = min(wanted, total // _WORTH_A_COPY)
        return worth if worth > 1 and start_method() == "fork" else 1


@contextmanager
def _copy(make: Callable[[int], Any], start: int, stop: int) -> Iterator[Connection]:
    """Start a copy of this process that does a share of the work, and open what it hands it back by."""
    from multiprocessing import get_context  # few builds are so large

    context = get_context("fork")
    answers, way = context.Pipe(duplex=False)
    process = context.Process(target=_do, args=(way, make, start, stop), daemon=True)
    with answers:
        with way, interrupts_waiting():
            process.start()
        try:
            yield answers
        finally:
            process.kill()
            process.join()


def _do(way: Connection, make: Callable[[int], Any], start: int, stop: int) -> None:
    """Do a share of the work, in a copy; what keeps it from that, the process it is a copy of will find, too."""
    end_at_once()
    with open(os.devnull, "w", encoding="utf-8") as sys.stderr:  # noqa: PTH123
        way.send(_made(make, start, stop))


def _answer(answers: Connection) -> list[Any] | None:
    """Return what a copy has handed back, or None if it has ended before."""
    try:
        found: list[Any] = answers.recv()
    except (EOFError, OSError):
        return None
    return found


def _made(make: Callable[[int], T], start: int, stop: int) -> list[T]:
    return [make(number) for number in range(start, stop)]
