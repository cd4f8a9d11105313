"""Jobs: values alone, which any process can run, to the same bytes."""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from collections.abc import Sequence
from concurrent.futures import Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import replace
from importlib import import_module
from itertools import islice
from multiprocessing import get_context
from pathlib import Path
from shutil import rmtree
from typing import Any

import pytest
from conftest import SEEDS, linted

from coursewright.building.jobs import Job, Workshop, run
from coursewright.building.pipeline import build, jobs, planned
from coursewright.building.pool import workers
from coursewright.building.settings import Config
from coursewright.building.travel import received
from coursewright.building.withdrawals import Output, output_of
from coursewright.course.plan import Selection
from coursewright.writers import WHOLE

PACKAGES = [format for format in WHOLE if format.extension]  # the others are folders
CONFIG = Config(formats=tuple(format.name for format in PACKAGES), staff=True, with_scorm=True, canvas_home=True)


@pytest.fixture(scope="module")
def seeds() -> Sequence[Job]:
    plan = planned(linted(SEEDS), Selection(staff=True), CONFIG)
    return list(jobs(plan, CONFIG, output_of(Path("out"))))


def _elsewhere(job: Job, folder: Path) -> Job:
    return replace(job, output=Output(folder))


def test_a_job_from_its_pickle_writes_the_same_bytes(seeds: Sequence[Job], tmp_path: Path) -> None:
    assert [job.format for job in seeds] == [*CONFIG.formats] * 3  # a course a track
    here, there = Workshop(), Workshop()
    for job in seeds:
        made = run(_elsewhere(job, tmp_path / "here"), here)
        again = run(_elsewhere(pickle.loads(pickle.dumps(job)), tmp_path / "there"), there)
        assert made.size and again == made == pickle.loads(pickle.dumps(made))
        for name in (made.name, *made.companions):
            assert (tmp_path / "here" / name).read_bytes() == (tmp_path / "there" / name).read_bytes()


def test_what_is_carried_from_elsewhere_is_what_would_have_been_written(tmp_path: Path) -> None:
    config = replace(CONFIG, formats=tuple(format.name for format in WHOLE))  # folders, too
    here, there = Output(tmp_path / "here"), Output(tmp_path / "there", drafts=tmp_path / "seen" / "nowhere")
    every, workshop = jobs(planned(linted(SEEDS), Selection(), config), config, output_of(Path("out"))), Workshop()
    for job in islice(every, len(WHOLE)):
        made = run(replace(job, output=here), workshop)
        carried = run(replace(job, output=there), workshop)
        assert made.size and not made.carried and carried.carried and not there.target.exists()
        assert replace(carried, carried={}) == received(replace(job, output=there), carried) == made
        for path in [path for path in there.target.rglob("*") if path.is_file()]:
            assert path.read_bytes() == (here.target / path.relative_to(there.target)).read_bytes()
        rmtree(there.target)


def test_a_package_is_the_same_whatever_else_is_made_of_its_course(seeds: Sequence[Job], tmp_path: Path) -> None:
    of_one = seeds[: len(CONFIG.formats)]
    for name, order in (("first", of_one), ("last", of_one[::-1])):
        workshop = Workshop()
        for job in order:
            run(_elsewhere(job, tmp_path / name), workshop)
    for job in of_one:
        run(_elsewhere(job, tmp_path / "alone"), Workshop(keep=False))
    assert _folder(tmp_path / "first") == _folder(tmp_path / "last") == _folder(tmp_path / "alone")


def test_a_job_and_what_comes_of_it_can_be_put_off(seeds: Sequence[Job]) -> None:
    assert all(pickle.loads(pickle.dumps(job)) == job for job in seeds)


def test_units_are_converted_once_for_jobs_of_one_course(seeds: Sequence[Job]) -> None:
    workshop = Workshop()
    one, other = (pickle.loads(pickle.dumps(job)) for job in seeds[:2])
    unit = one.course.units[0]
    content = workshop.materials(one.course, one.options).content(unit)
    assert workshop.materials(other.course, other.options).content(unit) is content
    assert workshop.materials(replace(other.course, name="another"), other.options).content(unit) is not content


def test_each_format_names_what_writes_it() -> None:
    for format in PACKAGES:
        module, name = format.writer.split(":")
        assert callable(getattr(import_module(f"coursewright.writers.{module}"), name))


def _folder(path: Path) -> dict[str, bytes]:
    return {found.name: found.read_bytes() for found in path.iterdir()}


@pytest.mark.parametrize("how", ["two processes", "threads", "one after another"])
def test_whoever_runs_the_jobs_the_folder_is_the_same(how: str, tmp_path: Path) -> None:
    plan, config = planned(linted(SEEDS), Selection(), CONFIG), replace(CONFIG, formats=("scorm12", "moodle"))
    expected = build(plan, config, tmp_path / "expected", count=1)
    seen: list[str] = []
    if how == "threads":
        with ThreadPoolExecutor(2) as executor:
            report = build(plan, config, tmp_path / "made", seen.append, count=2, executor=executor)
    else:
        report = build(plan, config, tmp_path / "made", seen.append, count=2 if how == "two processes" else 1)
    assert report.packages == expected.packages and len(seen) == 3  # a course a track
    assert _folder(tmp_path / "made") == _folder(tmp_path / "expected")


class _Lost(Executor):
    """Loses every worker that it had."""

    def submit(self, *_: object, **__: object) -> Future[Any]:
        future: Future[Any] = Future()
        future.set_exception(BrokenProcessPool("a worker is gone"))
        return future


def test_what_a_lost_worker_had_is_made_all_the_same(tmp_path: Path) -> None:
    plan, config = planned(linted(SEEDS), Selection(), CONFIG), replace(CONFIG, formats=("cc13",))
    report = build(plan, config, tmp_path, executor=_Lost())
    assert len(report.written) == 3


def test_an_executor_that_takes_nothing_more_stops_no_build(tmp_path: Path) -> None:
    plan, config = planned(linted(SEEDS), Selection(), CONFIG), replace(CONFIG, formats=("cc13",))
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as executor:
        assert isinstance(executor.submit(os._exit, 1).exception(), BrokenProcessPool)
        report = build(plan, config, tmp_path, executor=executor)
    assert len(report.written) == 3


def test_small_builds_start_no_processes(seeds: Sequence[Job]) -> None:
    assert (workers(0, seeds), workers(2, seeds), workers(9, seeds)) == (1, 2, 3)  # there are three courses


ASKED = """
from threading import Event, Thread
from coursewright.building.pool import start_method
done = Event()
before = start_method()
other = Thread(target=done.wait)
other.start()
print(before, start_method())
done.set()
"""


def test_workers_are_copies_of_a_process_with_one_thread_and_of_no_other() -> None:
    said = subprocess.run([sys.executable, "-c", ASKED], capture_output=True, text=True, check=True).stdout.split()
    assert said == ["fork" if sys.platform == "linux" else "spawn", "spawn"]
