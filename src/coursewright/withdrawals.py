"""What earlier builds put into packages of a folder, so that a build can say what an LMS keeps of them.

Canvas deletes nothing when a newer package is imported: what is renamed, removed or for staff only now stays there.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from coursewright import messages
from coursewright.diagnostics import Finding, Place, Severity
from coursewright.package import Kept, Package

REPORT = "report.json"
KEY = "kept"


@dataclass(frozen=True, slots=True)
class Output:
    """The folder that packages go to, what earlier builds put into them, and the names of files that were there."""

    folder: Path
    kept: Mapping[str, Mapping[str, Kept]] = field(default_factory=dict)
    names: frozenset[str] = frozenset()

    def withdrawn(self, package: Package) -> Iterator[Finding]:
        """Yield a finding for each thing that an earlier package of this name held, and that this one does not."""
        place = Place(package.name)
        before = self.kept.get(package.name)
        if before is None and package.kept and package.name in self.names:
            yield messages.EARLIER_UNKNOWN.at(place)
        for identifier, (kind, title) in (before or {}).items():
            if identifier not in package.kept:
                finding = messages.WITHDRAWN.at(place, kind=kind, title=title)
                yield replace(finding, severity=Severity.INFO) if kind.startswith("unpublished") else finding

    def with_all(self, written: Iterable[tuple[str, Mapping[str, Kept]]]) -> dict[str, dict[str, Kept]]:
        """Return what packages of each name have held so far, those of this build included, as it is recorded."""
        found = {name: dict(parts) for name, parts in self.kept.items()}
        for name, parts in written:
            if parts:
                found[name] = {**found.get(name, {}), **parts}
        return found


def output_of(folder: Path) -> Output:
    """Return what there is in a folder that packages go to; what cannot be read counts as unknown."""
    try:
        names = frozenset(path.name for path in folder.iterdir())
    except OSError:
        return Output(folder)
    try:
        report = json.loads((folder / REPORT).read_bytes()) if REPORT in names else {}
    except (OSError, ValueError, RecursionError):
        return Output(folder, names=names)
    recorded = report.get(KEY) if isinstance(report, dict) else None
    packages = recorded.items() if isinstance(recorded, dict) else ()
    kept = {_text(name): dict(_parts(parts)) for name, parts in packages if isinstance(parts, dict)}
    return Output(folder, kept, names)


def _parts(recorded: Mapping[str, object]) -> Iterator[tuple[str, Kept]]:
    for identifier, value in recorded.items():
        if isinstance(value, list) and len(value) == 2 and all(isinstance(text, str) for text in value):
            yield _text(identifier), (_text(value[0]), _text(value[1]))


def _text(recorded: str) -> str:
    """Return a text that can be written again: JSON can hold half a character."""
    return recorded.encode("utf-8", "replace").decode()
