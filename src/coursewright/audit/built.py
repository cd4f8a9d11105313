"""A folder that a build of ours wrote: whether its files are those that its checksums are of, and its packages."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from coursewright.findings import messages
from coursewright.findings.finding import Finding, Place, in_order
from coursewright.frozen import frozen
from coursewright.packages.words import clipped

REPORT, SUMS = "report.json", "SHA256SUMS"
_LINE = re.compile(r"([0-9a-f]{64}) [ *]([^/\\\0\n]{1,255})\n?", re.ASCII)
_PACKAGES = (".zip", ".imscc", ".mbz")
_SITE = "-site.zip"  # which no LMS imports, whatever its copy with a version is called
_MOST_LINES, _LONGEST = 100_000, 400


@frozen
class Folder:
    """What is in such a folder: the packages of each content once, and what its checksums tell."""

    path: Path
    packages: tuple[Path, ...]
    findings: tuple[Finding, ...]

    @property
    def summary(self) -> str:
        """What it is, on one line."""
        return clipped(f"{self.path}: packages of coursewright, since it has {REPORT} and {SUMS}")


def is_built(path: Path) -> bool:
    """Say whether a folder is one that a build of ours wrote."""
    return all((path / name).is_file() for name in (REPORT, SUMS))


def look_into(path: Path) -> Folder:
    """Return the packages of a folder, and a finding for each file that is not what its checksum is of."""
    findings: list[Finding] = []
    packages: dict[str, Path] = {}
    sites: set[str] = set()
    seen: set[str] = set()
    for number, line in _lines(path / SUMS):
        if line in seen:
            continue
        seen.add(line)
        found = _LINE.fullmatch(line)
        if found is None or found[2] in (".", ".."):
            findings.append(messages.SUMS_UNREADABLE.at(Place((path / SUMS).as_posix(), number)))
            continue
        file = path / found[2]
        if file.name.endswith(_SITE):
            sites.add(found[1])
        if not file.is_file():
            findings.append(messages.SUM_WITHOUT_FILE.at(Place((path / SUMS).as_posix(), number), name=found[2]))
            continue
        if _digest(file) != found[1]:
            findings.append(messages.SUM_DIFFERS.at(Place(file.as_posix())))
        if file.suffix in _PACKAGES:
            packages[found[1]] = min(file, packages.get(found[1], file), key=lambda one: (len(one.name), one.name))
    judged = sorted(file for digest, file in packages.items() if digest not in sites)
    return Folder(path, tuple(judged), tuple(in_order(findings)))


def _lines(path: Path) -> Iterator[tuple[int, str]]:
    with path.open(encoding="utf-8", errors="replace", newline="\n") as stream:
        yield from enumerate(islice(iter(lambda: stream.readline(_LONGEST), ""), _MOST_LINES), 1)


def _digest(file: Path) -> str:
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
