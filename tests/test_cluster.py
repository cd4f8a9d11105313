"""Builds on a cluster of Dask's, with workers that share no folder with us, and that get lost."""

from __future__ import annotations

import os
import shutil
import signal
from collections.abc import Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from dataclasses import replace
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT, SEEDS
from packages import files_in

import coursewright
from coursewright.building.travel import run_elsewhere

FORMATS = ("scorm12", "moodle")
BEES = ROOT / "examples" / "pixels"  # it has pictures


class _Far(Executor):
    """Runs jobs in another process, that has none of our files: it is in an empty folder, and sees no other."""

    def __init__(self, folder: Path, courses: Path) -> None:
        self.pool = ProcessPoolExecutor(1, mp_context=get_context("spawn"), initializer=os.chdir, initargs=(folder,))
        self.courses = courses

    def submit(self, run: Any, /, *given: Any, **named: Any) -> Future[Any]:
        hidden = self.courses.rename(self.courses.with_name("hidden"))
        drafts = next(folder for folder in (self.courses.parent / "out").iterdir() if folder.name.endswith(".part"))
        away = drafts.rename(drafts.with_name("away"))
        try:
            future = self.pool.submit(run, *given, **named)
            future.exception()
        finally:
            hidden.rename(self.courses)
            away.rename(drafts)
        return future


def test_workers_that_see_none_of_our_files_make_the_same_packages(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    shutil.copytree(BEES, "course")
    (tmp_path / "elsewhere").mkdir()
    plan = coursewright.plan(coursewright.read("course"))
    config = coursewright.Config(formats=("scorm12", "moodle", "site"), unzipped=True)
    expected = coursewright.build(plan, "expected", config=config)
    far = _Far(tmp_path / "elsewhere", tmp_path / "course")
    with far.pool:
        report = coursewright.build(plan, "out", config=config, executor=far)
    assert report == expected
    assert len(report.written) == 3 and files_in(Path("out")) == files_in(Path("expected"))


def test_a_theme_that_a_worker_does_not_have_is_refused_there_and_used_here(tmp_path: Path) -> None:
    (tmp_path / "theme").mkdir()
    (tmp_path / "theme" / "theme.css").write_text("p { color: teal }")
    config = coursewright.Config(formats=("scorm12",), theme=tmp_path / "theme")
    plan = coursewright.plan(coursewright.read(SEEDS), config=config)

    class _Themeless(Executor):
        def submit(self, run: Any, /, *given: Any, **named: Any) -> Future[Any]:
            future: Future[Any] = Future()
            theme = (tmp_path / "theme").rename(tmp_path / "gone")
            with pytest.raises(FileNotFoundError) as caught:
                run_elsewhere(*given)
            theme.rename(tmp_path / "theme")
            future.set_exception(caught.value)
            return future

    coursewright.build(plan, tmp_path / "expected", config=config)
    coursewright.build(plan, tmp_path / "out", config=config, executor=_Themeless())
    assert files_in(tmp_path / "out") == files_in(tmp_path / "expected")


@pytest.fixture(scope="module")
def cluster() -> Iterator[Any]:
    distributed = pytest.importorskip("distributed", reason="coursewright[cluster] is not installed")
    dask = pytest.importorskip("dask")
    with (
        dask.config.set({"distributed.scheduler.allowed-failures": 1}),
        distributed.LocalCluster(2, processes=True, threads_per_worker=1, dashboard_address=None) as local,
        distributed.Client(local) as client,
    ):
        yield client


@pytest.mark.filterwarnings("default")  # Dask's own
def test_a_cluster_makes_the_same_bytes_even_when_it_loses_a_worker(cluster: Any, tmp_path: Path) -> None:
    plan = coursewright.plan(coursewright.read(SEEDS))
    coursewright.build(plan, tmp_path / "expected", FORMATS)
    with cluster.get_executor() as executor:
        coursewright.build(plan, tmp_path / "out", FORMATS, executor=executor, workers=2)
    assert files_in(tmp_path / "out") == files_in(tmp_path / "expected")
    os.kill(next(iter(cluster.run(os.getpid).values())), signal.SIGKILL)
    with cluster.get_executor() as executor:
        coursewright.build(plan, tmp_path / "again", FORMATS, executor=executor, workers=2)
    assert files_in(tmp_path / "again") == files_in(tmp_path / "expected")


class _Deadly(str):
    """A title that ends the process which unpacks it, as a course would that takes all its memory."""

    __slots__ = ()

    def __reduce__(self) -> tuple[Any, ...]:
        return os._exit, (1,)


@pytest.mark.filterwarnings("default")
def test_a_course_that_ends_every_worker_stops_no_other(cluster: Any, tmp_path: Path) -> None:
    plan = coursewright.plan(coursewright.read(SEEDS))
    deadly = replace(plan.courses[0], title=_Deadly("Deadly"))
    plan = replace(plan, courses=[deadly, *plan.courses[1:]])
    with cluster.get_executor() as executor:
        report = coursewright.build(plan, tmp_path / "out", ("scorm12",), executor=executor, workers=1)
    held_back = [package.size is None for package in report.packages]
    assert not held_back[
        -1
    ]  # a busy scheduler may lose the deadly one, and then it is made here, or blame its neighbour
    assert [found.code for found in report.findings if found.severity == "error"] == ["S090"] * sum(held_back)
