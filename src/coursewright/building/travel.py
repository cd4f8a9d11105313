"""Jobs for other machines: they take along the bytes of the files that they pack, and bring back those of packages."""

from __future__ import annotations

import io
import os
import pickle
from collections.abc import Sequence
from concurrent.futures import Executor, Future
from dataclasses import replace
from typing import Any

from coursewright.building.jobs import Job
from coursewright.building.pool import run_course
from coursewright.building.report import Built
from coursewright.course.assets import Asset


class _Packer(pickle.Pickler):
    """Pickles each asset with its content, once."""

    def reducer_override(self, value: object) -> Any:
        if not isinstance(value, Asset):
            return NotImplemented
        held = value.content()
        return Asset, (value.path, value.source, value.name, value.digest, value.size, value.media_type, held)


def travel(executor: Executor, course: Sequence[Job]) -> Future[list[Built]]:
    """Hand the jobs of a course to an executor whose workers may see none of our files."""
    stream = io.BytesIO()
    _Packer(stream, pickle.HIGHEST_PROTOCOL).dump(list(course))
    return executor.submit(run_elsewhere, stream.getvalue())


def run_elsewhere(packed: bytes) -> list[Built]:
    """Return what comes of jobs that came as bytes.

    FileNotFoundError where their theme is not on this machine: its templates are read from its folder.
    """
    course: list[Job] = pickle.loads(packed)  # noqa: S301 - by the build that handed them out
    for job in course:
        if (folder := job.options.theme.folder) and not folder.is_dir():
            raise FileNotFoundError(2, os.strerror(2), str(folder))
    return run_course(course)


def received(job: Job, built: Built) -> Built:
    """Return what came of a job, without the bytes that were carried here: they are written where the job says."""
    folder = job.output.target
    for name, content in built.carried.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    return replace(built, carried={})
