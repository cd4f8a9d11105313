"""A release: packages under stable names and with the version, their sums, what they are known by, and notes."""

from __future__ import annotations

import hashlib
import re
import shutil
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Executor
from dataclasses import replace
from pathlib import Path

from coursewright.building.pipeline import Planned, Progress, build_all, silent
from coursewright.building.release.changes import Changes, changes_between
from coursewright.building.release.identities import IDENTITIES, identities_text
from coursewright.building.release.losses import allowed, losses
from coursewright.building.release.notes import notes
from coursewright.building.release.record import ReleaseRecord, recorded
from coursewright.building.report import CHECKSUMS, Report
from coursewright.building.settings import Config
from coursewright.findings.finding import Finding, has_errors, in_order
from coursewright.frozen import frozen
from coursewright.packages.files.writing import replaced
from coursewright.pages.theme.theme import OURS, labels_of
from coursewright.text.markdown.html import Converter
from coursewright.writers import FORMATS

NOTES = "RELEASE-NOTES.md"
VERSION = re.compile(r"[0-9A-Za-z][0-9A-Za-z.+_-]{0,63}")
"""What a version may look like, since files are named by it."""
_PIECE = 1 << 20


@frozen
class Released:
    """A release that was made: what changes, what was found about it, and the report of its build.

    Without a report nothing was written, since records would be lost. `files` are all that it consists of.
    """

    changes: Changes
    findings: list[Finding]
    report: Report | None = None
    files: tuple[str, ...] = ()


def record_of(plans: Iterable[tuple[Planned, Config]], version: str) -> ReleaseRecord:
    """Return what a release records of planned courses."""
    courses = []
    for plan, config in plans:
        formats = list(dict.fromkeys(FORMATS[name] for name in config.formats))
        words, (labels, _) = Converter(math=config.math), labels_of(config.language, plan.theme or OURS)
        courses += [recorded(course, formats, words, labels) for course in plan.courses]
    return ReleaseRecord(version, tuple(sorted(courses, key=lambda course: course.name)))


def release(
    plans: Sequence[tuple[Planned, Config]],
    folder: Path,
    version: str = "",
    since: tuple[ReleaseRecord, str] | None = None,
    allow: Sequence[str] = (),
    progress: Progress = silent,
    *,
    count: int = 0,
    executor: Executor | None = None,
) -> Released:
    """Build courses and write them as a release, unless learners would lose records and that is not allowed.

    `since` is the record of the release before it, and where it was read.
    """
    versioned = [(plan, replace(config, version=version or config.version)) for plan, config in plans]
    changes = changes_between(since[0] if since else None, record_of(versioned, version))
    lost = allowed(losses(changes, since[1]), allow) if since else []
    findings = in_order(loss.finding for loss in lost)
    if has_errors(findings):
        return Released(changes, findings)
    report = build_all(versioned, folder, progress, count=count, executor=executor)
    if not report.written or has_errors(report.findings):
        return Released(changes, findings, report)
    files = _files(report, folder, version)
    _write(folder / IDENTITIES, identities_text(changes.new))
    _write(folder / NOTES, notes(changes, lost, [package.name for package in report.written]))
    _write(folder / CHECKSUMS, "".join(_sums(folder, sorted({*files, IDENTITIES, NOTES}))))
    return Released(changes, findings, report, (*files, IDENTITIES, NOTES))


def _files(report: Report, folder: Path, version: str) -> list[str]:
    """Return the files of a build, and of copies of them that have the version in their names."""
    stable = [name for name in report.names if (folder / name).is_file()]
    copies = {name: versioned_name(name, version) for name in stable} if version else {}
    for name, copy in copies.items():
        with (folder / name).open("rb") as source, replaced(folder / copy) as target:
            shutil.copyfileobj(source, target, _PIECE)
    return [*stable, *copies.values()]


def versioned_name(name: str, version: str) -> str:
    """Return the name of a file with the version before its extension."""
    path = Path(name)
    return f"{path.stem}-{version}{path.suffix}"


def _write(path: Path, text: str) -> None:
    with replaced(path) as stream:
        stream.write(text.encode("utf-8", "replace"))


def _sums(folder: Path, names: Iterable[str]) -> Iterator[str]:
    for name in names:
        with (folder / name).open("rb") as stream:
            yield f"{hashlib.file_digest(stream, 'sha256').hexdigest()}  {name}\n"
