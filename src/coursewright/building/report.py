"""What was built, as a report and checksums."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import field

from coursewright.building.withdrawals import Output
from coursewright.course.values import Identity
from coursewright.findings.finding import Finding, counts
from coursewright.frozen import frozen
from coursewright.packages.files.writing import Kept
from coursewright.version import __version__

CHECKSUMS = "SHA256SUMS"


@frozen
class Built:
    """One package: written when it has a size, held back when it has not. `companions` are files beside it.

    One that is a folder has no checksum.

    `units` names what is in it, with the document of each. `kept` is what an LMS keeps of it after a later import.
    `carried` are its files by their paths, where it was made on a machine that does not see the folder they go to.
    """

    name: str
    format: str
    title: str
    units: tuple[tuple[Identity, str], ...]
    findings: list[Finding]
    size: int | None = None
    sha256: str = ""
    companions: tuple[str, ...] = ()
    kept: Mapping[str, Kept] = field(default_factory=dict)
    carried: Mapping[str, bytes] = field(default_factory=dict, repr=False)


@frozen
class Report:
    """What a build did: its packages, and all findings once each, in order.

    `older` are the names of files that earlier builds wrote into the folder, and that are still there. `sums` are of
    the files beside the packages.
    """

    packages: list[Built] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    older: tuple[str, ...] = ()
    sums: Mapping[str, str] = field(default_factory=dict)

    @property
    def written(self) -> list[Built]:
        """The packages that were written."""
        return [package for package in self.packages if package.size is not None]

    @property
    def names(self) -> list[str]:
        """The names of the packages that were written, and of the files beside them."""
        return [name for package in self.written for name in (package.name, *package.companions)]


def checksums(report: Report) -> str:
    """Return the sums of the packages that were written, in the form of `sha256sum --check`."""
    return "".join(
        f"{package.sha256}  {package.name}\n"
        for package in sorted(report.written, key=lambda built: built.name)
        if package.sha256
    )


def report_lines(report: Report, output: Output) -> Iterator[str]:
    """Yield the report as JSON, a package or a finding a line: what was written, what was held back, what was found.

    What Canvas keeps is recorded for packages of this build and of those before it, so that none is forgotten.
    """
    yield f'{{\n  "generator": "coursewright {__version__}",\n  "packages": ['
    yield from _rows(map(_package_json, report.packages))
    yield '],\n  "findings": ['
    yield from _rows(found.as_json() for found in report.findings)
    yield "]"
    if report.older:
        yield f',\n  "older": {_json(report.older)}'
    recorded = output.recorded((package.name, package.kept) for package in report.written)
    for key, packages in recorded.items():
        lines = (f"\n    {_json(name)}: {_json(parts)}" for name, parts in sorted(packages.items()))
        yield f',\n  "{key}": {{{",".join(lines)}\n  }}'
    yield "\n}\n"


def _rows(values: Iterable[dict[str, object]]) -> Iterator[str]:
    separator = "\n    "
    for value in values:
        yield separator + _json(value)
        separator = ",\n    "
    yield "\n  "


_json = json.JSONEncoder(ensure_ascii=False).encode


def _package_json(package: Built) -> dict[str, object]:
    return {
        "file": package.name,
        "format": package.format,
        "title": package.title,
        "written": package.size is not None,
        "bytes": package.size,
        "sha256": package.sha256 or None,
        **({"beside": package.companions} if package.companions else {}),
        "units": [{"track": unit.track, "id": unit.id, "path": path} for unit, path in package.units],
        "findings": counts(package.findings),
    }
