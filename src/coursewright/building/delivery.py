"""What a build leaves in its folder: at any moment, whole packages, and sums that hold.

First the sums let go of what changes, then the packages take their places, then come the new sums and the report.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from coursewright.building.drafts import alone
from coursewright.building.report import CHECKSUMS, Report, checksums, report_lines
from coursewright.building.withdrawals import REPORT, Output, output_of
from coursewright.findings import messages
from coursewright.findings.finding import Finding, Place, in_order
from coursewright.packages.files.writing import move_folder
from coursewright.text.names import few

_MOST_NAMED = 5


def deliver(report: Report, folder: Path, drafts: Path, *, clean: bool) -> Report:
    """Move what was built from its drafts to the folder; return the report with what earlier builds left there.

    With `clean`, that is deleted, but for packages that this build would have made.
    """
    with alone(folder):
        there = output_of(folder)  # another build may have ended meanwhile
        report = _with_older(report, there, clean)
        sums = checksums(report)
        _hold(sums, folder, drafts)
        for name in report.names:
            _move(drafts / name, folder / name)
        for name in there.ours - {*report.names} - {*report.older}:
            if not (folder / name).is_dir():  # somebody may write in a folder of Markdown
                (folder / name).unlink(missing_ok=True)
        of_sums = _replace(CHECKSUMS, [sums], folder, drafts)
        of_report = _replace(REPORT, report_lines(report, there), folder, drafts)
    return replace(report, sums={CHECKSUMS: of_sums, REPORT: of_report})


def _with_older(report: Report, there: Output, clean: bool) -> Report:
    held_back = {package.name for package in report.packages} - {*report.names}
    older = there.ours & held_back if clean else there.ours - {*report.names}
    names = tuple(sorted(name for name in older if (there.folder / name).exists()))
    return replace(report, findings=in_order([*report.findings, *of_earlier(names, there.folder)]), older=names)


def of_earlier(names: tuple[str, ...], folder: Path) -> list[Finding]:
    """Return the finding that a folder holds what earlier builds wrote, if it does."""
    if not names:
        return []
    count = "one file is" if len(names) == 1 else f"{len(names)} files are"
    return [messages.OLDER_PACKAGES.at(Place(folder.name or "."), count=count, names=few(names, _MOST_NAMED))]


def _hold(sums: str, folder: Path, drafts: Path) -> None:
    """Let the old sums list only what does not change; they are never empty, which would count as a failure."""
    old = folder / CHECKSUMS
    if not old.is_file():
        return
    before = old.read_text(encoding="utf-8", errors="surrogateescape")
    kept = "".join(sorted({*before.splitlines(keepends=True)} & {*sums.splitlines(keepends=True)}))
    if not kept and (folder / REPORT).is_file():
        kept = f"{hashlib.sha256((folder / REPORT).read_bytes()).hexdigest()}  {REPORT}\n"
    if not kept:
        old.unlink()
    elif kept != before:
        _replace(CHECKSUMS, [kept], folder, drafts)


def _replace(name: str, parts: Iterable[str], folder: Path, drafts: Path) -> str:
    """Write a file part by part, then let it take its place; return the SHA-256 of it."""
    whole = hashlib.sha256()
    with (drafts / name).open("wb") as stream:
        for content in map(str.encode, parts):
            stream.write(content)
            whole.update(content)
    (drafts / name).replace(folder / name)
    return whole.hexdigest()


def _move(draft: Path, target: Path) -> None:
    """Let a draft take its place; without one, what is there already is what was made."""
    if draft.is_dir():
        move_folder(draft, target)
    elif draft.exists():
        draft.replace(target)
