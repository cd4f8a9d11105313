"""What earlier builds put into packages of a folder, so that a build can say what an LMS keeps of them.

Canvas deletes nothing when a newer package is imported: what is renamed, removed or for staff only now stays there.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import field, replace
from functools import lru_cache
from pathlib import Path

from coursewright.findings import messages
from coursewright.findings.finding import Finding, Place, Severity
from coursewright.frozen import frozen
from coursewright.packages.files.writing import Kept, Package
from coursewright.text.jsons import read_json

REPORT = "report.json"
KEPT, GONE = "kept", "withdrawn"

Recorded = Mapping[str, Mapping[str, Kept]]
"""What packages hold, by their names and its identifiers."""


@frozen
class Output:
    """The folder that packages go to, and the names of files that were there.

    `kept` is what packages of each name held when they were built last, `gone` what earlier ones held. `ours` are the
    names of files that earlier builds wrote, as their report lists them. `drafts` is where packages are written before
    they take their places; without it, they are written to the folder itself.
    """

    folder: Path
    kept: Recorded = field(default_factory=dict)
    gone: Recorded = field(default_factory=dict)
    names: frozenset[str] = frozenset()
    ours: frozenset[str] = frozenset()
    drafts: Path | None = None

    @property
    def target(self) -> Path:
        """The folder that packages are written to."""
        return self.drafts or self.folder

    def of(self, name: str) -> Output:
        """Return what there is of packages of one name."""
        kept, gone = ({name: known[name]} if name in known else {} for known in (self.kept, self.gone))
        return Output(self.folder, kept, gone, self.names & {name}, drafts=self.drafts)

    def withdrawn(self, package: Package) -> Iterator[Finding]:
        """Yield a finding for each thing that an earlier package of this name held, and that this one does not.

        What goes with this build is a warning, what went before is for information.
        """
        place = Place(package.name)
        before, gone = self.kept.get(package.name), self.gone.get(package.name, {})
        if before is None and package.kept and package.name in self.names:
            yield messages.EARLIER_UNKNOWN.at(place)
        for identifier, (kind, title) in {**gone, **(before or {})}.items():
            if identifier not in package.kept:
                finding = messages.WITHDRAWN.at(place, kind=kind, title=title)
                is_known = identifier not in (before or {}) or kind.startswith("unpublished")
                yield replace(finding, severity=Severity.INFO) if is_known else finding

    def recorded(self, written: Iterable[tuple[str, Mapping[str, Kept]]]) -> dict[str, dict[str, dict[str, Kept]]]:
        """Return what packages of each name hold and held, those of this build included, as a report records it."""
        kept = {name: dict(parts) for name, parts in self.kept.items()}
        gone = {name: dict(parts) for name, parts in self.gone.items()}
        for name, parts in written:
            if parts:
                earlier = {**gone.pop(name, {}), **kept.get(name, {})}
                kept[name] = dict(parts)
                if left := {key: value for key, value in earlier.items() if key not in parts}:
                    gone[name] = left
        return {key: value for key, value in ((KEPT, kept), (GONE, gone)) if value}


def output_of(folder: Path) -> Output:
    """Return what there is in a folder that packages go to; what cannot be read counts as unknown."""
    try:
        names = frozenset(path.name for path in folder.iterdir())
    except OSError:
        return Output(folder)
    try:
        kept, gone, files = _recorded((folder / REPORT).read_bytes() if REPORT in names else b"{}")
    except OSError:
        return Output(folder, names=names)
    return Output(folder, kept, gone, names, names & files)


@lru_cache(maxsize=1)
def _recorded(said: bytes) -> tuple[Recorded, Recorded, frozenset[str]]:
    """Return what a report records: what packages held and hold, and the names of files; a build asks twice."""
    report = read_json(said)
    if not isinstance(report, dict):
        return {}, {}, frozenset()
    return _packages(report.get(KEPT)), _packages(report.get(GONE)), frozenset(_files(report))


def _files(report: Mapping[str, object]) -> Iterator[str]:
    """Yield the names of files that a report says its build, and those before it, wrote."""
    packages, older = (report.get(key) for key in ("packages", "older"))
    listed = packages if isinstance(packages, list) else []
    rows = [row for row in listed if isinstance(row, dict) and row.get("written")]
    for names in ([row.get("file") for row in rows], *(row.get("beside") for row in rows), older):
        yield from (name for name in names if isinstance(name, str)) if isinstance(names, list) else ()


def _packages(recorded: object) -> Recorded:
    packages = recorded.items() if isinstance(recorded, dict) else ()
    return {_text(name): dict(_parts(parts)) for name, parts in packages if isinstance(parts, dict)}


def _parts(recorded: Mapping[str, object]) -> Iterator[tuple[str, Kept]]:
    for identifier, value in recorded.items():
        if isinstance(value, list) and len(value) == 2 and all(isinstance(text, str) for text in value):
            yield _text(identifier), (_text(value[0]), _text(value[1]))


def _text(recorded: str) -> str:
    """Return a text that can be written again: JSON can hold half a character."""
    return recorded if recorded.isascii() else recorded.encode("utf-8", "replace").decode()
