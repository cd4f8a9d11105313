"""Runs jobs: in this process, in a pool of processes, or on any executor, to the same bytes."""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import BrokenExecutor, CancelledError, Executor, Future, wait
from contextlib import contextmanager
from itertools import groupby, islice

from coursewright.building.jobs import Job, Workshop, held_back, run
from coursewright.building.report import Built
from coursewright.pages.compiled import CompiledTemplates

OnCourse = Callable[[Sequence[Job]], None]
Submit = Callable[[Executor, Sequence[Job]], Future[list[Built]]]
UNCOUNTED = 32  # workers, where nobody says how many an executor has
_WORTH_A_POOL = 400  # units to be written: below, starting processes takes longer than they save
_own = threading.local()  # the workshop of each thread: no two may share one
_LOST = (BrokenExecutor, CancelledError, OSError)  # the worker's, not the course's
_AHEAD = 2  # courses handed out for each worker, so that a large curriculum is not sent all at once


def workers(wanted: int, jobs: Sequence[Job]) -> int:
    """Return how many processes are to run some jobs: as many as wanted, or if that is 0, as many as are worth it."""
    courses = sum(1 for _ in _by_course(jobs))
    if not wanted:
        units = sum(len(job.course.steps) for job in jobs)
        wanted = cores() if units >= _WORTH_A_POOL else 1
    return max(1, min(wanted, courses))


def run_here(jobs: Sequence[Job], on_course: OnCourse, compiled: CompiledTemplates | None = None) -> Iterator[Built]:
    """Yield what comes of each job, in their order, one after another in this process."""
    for course in _by_course(jobs):
        on_course(course)
        yield from run_course(course, compiled)


def submitted(
    executor: Executor, course: Sequence[Job], compiled: CompiledTemplates | None = None
) -> Future[list[Built]]:
    """Hand the jobs of a course to an executor on this machine."""
    with interrupts_waiting():  # it may start a process, which would end in a traceback before it can do otherwise
        return executor.submit(run_course, course, compiled)


def run_on(
    executor: Executor,
    count: int,
    jobs: Sequence[Job],
    on_course: OnCourse,
    submit: Submit = submitted,
    meanwhile: Callable[[], None] = lambda: None,
) -> Iterator[Built]:
    """Yield what comes of each job, in their order; an executor with so many workers runs a course at a time.

    While the first courses are written, this process does something else, once they are handed out.

    What fails is tried again, with nothing beside it. Where a worker is lost again, or cannot read or write what it
    needs, its course is made in this process. A course that fails otherwise is held back, and the others are made.
    """
    waiting: deque[tuple[Sequence[Job], Future[list[Built]]]] = deque()

    def first() -> list[Built]:
        course, future = waiting.popleft()
        on_course(course)
        if isinstance(_failure(future), Exception):
            wait(other for _, other in waiting)  # alone now: a cluster blames whatever a dead worker had
            future = _handed_out(executor, course, submit)
        return _result(course, future)

    courses = _by_course(jobs)
    waiting += [(course, _handed_out(executor, course, submit)) for course in islice(courses, count * _AHEAD)]
    meanwhile()
    for course in courses:
        yield from first()
        waiting.append((course, _handed_out(executor, course, submit)))
    while waiting:
        yield from first()


@contextmanager
def pool(count: int) -> Iterator[Executor]:
    """Open a pool of processes; when it is left early, what has not begun is let go of."""
    from concurrent.futures import ProcessPoolExecutor  # with the next 10 ms, and most builds have one process
    from multiprocessing import get_context

    executor = ProcessPoolExecutor(count, mp_context=get_context(start_method()), initializer=end_at_once)
    try:
        yield executor
    finally:
        executor.shutdown(cancel_futures=True)


def run_course(jobs: Sequence[Job], compiled: CompiledTemplates | None = None) -> list[Built]:
    """Return what comes of the jobs of one course; each of its parts is converted once for all of them."""
    if not hasattr(_own, "workshop"):
        _own.workshop = Workshop()
    _own.workshop.keep, _own.workshop.compiled = len(jobs) > 1, compiled
    built = [run(job, _own.workshop) for job in jobs]
    _own.workshop.keep_lasting()
    return built


def start_method() -> str:
    """Return how a process starts: as a copy of this one, if the system tells that this has one thread alone, or anew.

    A copy has everything loaded that a new process would load again, which takes as long as writing some packages. Of
    several threads it would have one, and locks that no other would ever open.
    """
    try:
        alone = sys.platform == "linux" and len(os.listdir("/proc/self/task")) == 1  # noqa: PTH208
    except OSError:
        alone = False
    return "fork" if alone else "spawn"


@contextmanager
def interrupts_waiting() -> Iterator[None]:
    """Let Ctrl-C wait, for a process that is started meanwhile, too, until it says how it is to end."""
    if not hasattr(signal, "pthread_sigmask"):  # on Windows
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def end_at_once() -> None:
    """Let Ctrl-C end a worker without a word: the process that started it says that it was stopped."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})


def _handed_out(executor: Executor, course: Sequence[Job], submit: Submit) -> Future[list[Built]]:
    try:
        return submit(executor, course)
    except (BrokenExecutor, OSError) as error:  # it has lost a worker, and takes nothing more; or a file is not there
        refused: Future[list[Built]] = Future()
        refused.set_exception(error)
        return refused


def _failure(future: Future[list[Built]]) -> BaseException | None:
    """Return what kept a future from its result, once that is known."""
    try:
        return future.exception()
    except CancelledError as cancelled:
        return cancelled


def _result(course: Sequence[Job], future: Future[list[Built]]) -> list[Built]:
    error = _failure(future)
    if error is None:
        return future.result()
    if isinstance(error, _LOST):
        return run_course(course)
    if not isinstance(error, Exception):
        raise error
    return [held_back(job, error) for job in course]


def _by_course(jobs: Iterable[Job]) -> Iterator[list[Job]]:
    for _, of_course in groupby(jobs, key=lambda job: id(job.course)):
        yield list(of_course)


def cores() -> int:
    """Return how many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
