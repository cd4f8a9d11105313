"""Jobs: values alone, which any process can run, to the same bytes."""

from __future__ import annotations

import pickle
from collections.abc import Sequence
from dataclasses import replace
from importlib import import_module
from pathlib import Path

import pytest
from conftest import SEEDS, linted

from coursewright.building.jobs import Job, Workshop, run
from coursewright.building.pipeline import jobs, planned
from coursewright.building.settings import Config
from coursewright.building.withdrawals import Output, output_of
from coursewright.course.plan import Selection
from coursewright.writers import ALL

CONFIG = Config(formats=tuple(format.name for format in ALL), staff=True, with_scorm=True, canvas_home=True)


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
    for format in ALL:
        module, name = format.writer.split(":")
        assert callable(getattr(import_module(f"coursewright.writers.{module}"), name))
