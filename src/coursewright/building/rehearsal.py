"""What writing would find, without writing: what the formats of the settings cannot carry."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from coursewright.building.jobs import Job, Workshop
from coursewright.building.pipeline import Planned, jobs
from coursewright.building.settings import Config
from coursewright.building.withdrawals import Output
from coursewright.findings.finding import Finding, has_errors, regraded
from coursewright.packages.files.writing import Package
from coursewright.pages.theme.theme import ThemeError
from coursewright.writers import FORMATS


def rehearsed(plans: Sequence[tuple[Planned, Config]]) -> Iterator[Finding]:
    """Yield what the writers of each course would say of it; none says anything of a course with an error."""
    workshop = Workshop(keep=any(len(config.formats) > 1 for _, config in plans))
    for plan, config in plans:
        for job in jobs(plan, config, Output(Path())):
            if not has_errors(job.findings):
                yield from regraded(_problems(job, workshop), job.severities)


def _problems(job: Job, workshop: Workshop) -> list[Finding]:
    try:
        materials = workshop.materials(job.course, job.options)
        return FORMATS[job.format].write(Package(job.file_name), job.course, materials)
    except ThemeError as error:
        return [error.finding]
