"""Packages that earlier builds wrote, as the cache keeps them: known by all that they are made of."""

from __future__ import annotations

import hashlib
import json
import os
import pickle
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import field, fields, replace
from itertools import chain
from pathlib import Path
from typing import Any

from coursewright.building.bundles import PACKAGES, bundled, unbundled
from coursewright.building.cache import Cache
from coursewright.building.content import digest_of_content
from coursewright.building.digests import digest, digest_of_file, digest_of_trees
from coursewright.building.jobs import Job
from coursewright.building.readings import Readings
from coursewright.building.report import Built
from coursewright.course.model import Course, Step, Unit
from coursewright.course.values import Identity
from coursewright.findings.finding import Finding, Place, Severity, has_errors, regraded
from coursewright.frozen import slotted
from coursewright.packages.files.writing import Package, replaced
from coursewright.pages.compiled import CompiledTemplates

_TOLD, _LATEST = "told", "latest"
_FAST = 1  # of zlib's levels
Told = bytes
"""What is said of a package, and the sums of its files: lines of JSON, the first for the package, then one a finding,
compressed, since those of a large curriculum are at hand at the same time."""


@slotted
class Copies:
    """Packages in a cache, for one run of a program that a digest tells from all others.

    What is made is only noted, and kept by `keep`: once it is sure that no source has changed in between.
    """

    cache: Cache
    program: str
    readings: Readings | None = None
    _keys: dict[str, str] = field(default_factory=dict)
    _made: list[tuple[Path, str, Built]] = field(default_factory=list)
    _last: tuple[Course, str] | None = None
    _themes: dict[Path, str | None] = field(default_factory=dict)
    _latest: dict[str, Mapping[str, tuple[str, Told]]] = field(default_factory=dict)
    _now: dict[str, tuple[str, Told]] = field(default_factory=dict)
    """What is said of the packages of this build, by their names, each after its key."""

    @property
    def compiled(self) -> CompiledTemplates:
        """Where the same program keeps its templates compiled."""
        return CompiledTemplates(self.cache, self.program)

    def taken(self, job: Job) -> Built | None:
        """Write the package of a job as an earlier build wrote it; None where none has."""
        key = self._key(job)
        told = self._told(job, key) if key and not has_errors(job.findings) else None
        if told is None:
            return None
        built, files = _built(told)
        if built.name != job.file_name:
            return None
        gone = regraded(job.output.withdrawn(Package(built.name, kept=dict(built.kept))), job.severities)
        if has_errors(gone):
            return None
        if not self._put(job, key, files):
            return None
        self._now[job.file_name] = key, told
        return replace(built, findings=[*job.findings, *built.findings, *gone])

    def _told(self, job: Job, key: str) -> Told | None:
        """Return what is said of a package, by its key: by the latest build here, or by any other."""
        latest, told = self._before(job.output.folder).get(job.file_name, ("", b""))
        return told if latest == key else self.cache.found(_TOLD, key)

    def _put(self, job: Job, key: str, files: Mapping[str, str]) -> bool:
        """Write files, by their sums, where a job writes, unless all are in their places; say whether they could be."""
        if all(digest_of_file(job.output.folder / name) == known for name, known in files.items()):
            return True
        entry = self.cache.found(PACKAGES, key)
        if entry is None:
            return False
        for name, content in zip(files, unbundled(entry), strict=True):
            with replaced(job.output.target / name) as stream:
                stream.write(content)
        return True

    def informed(self, job: Job) -> Job:
        """Return a job that knows the package that an earlier build wrote in its place.

        Only then does it know the names of its units, for pages that last: who builds a course once needs none.
        """
        earlier, _ = self._before(job.output.folder).get(job.file_name, ("", b""))
        return replace(job, earlier=earlier, names=self._names(job.course)) if earlier else job

    def _names(self, course: Course) -> tuple[str, ...]:
        """Return the names of the units of a course, if all were read with names."""
        names = tuple(self.readings.name_of(unit) for unit in course.units) if self.readings else ()
        return names if all(names) else ()

    def _before(self, folder: Path) -> Mapping[str, tuple[str, Told]]:
        """Return the keys of the packages that the latest build wrote into a folder, and what is said of each."""
        named = os.path.abspath(folder)  # noqa: PTH100 - as it is called, wherever that leads
        if named not in self._latest:
            entry = self.cache.own(_LATEST, digest(self.program, named))
            keys, *told = unbundled(entry) if entry else (b"{}",)
            named_keys = json.loads(keys).items()
            self._latest[named] = {name: (key, one) for (name, key), one in zip(named_keys, told, strict=True)}
        return self._latest[named]

    def note(self, job: Job, built: Built) -> None:
        """Note what came of a job. What is said of earlier packages is not of this one alone: that is made again."""
        key = self._keys.get(job.file_name)
        gone = any(True for _ in job.output.withdrawn(Package(built.name, kept=dict(built.kept))))
        if key and built.sha256 and not gone:
            own = built.findings[len(job.findings) :]  # those of the sources are found anew
            self._made.append((job.output.folder, key, replace(built, findings=own)))

    def keep(self) -> None:
        """Keep what was noted."""
        for folder, key, built in self._made:
            fits = self.cache.fits(built.size or 0)  # or else it would fill the memory for nothing
            if files := _whole(folder, built) if fits else {}:
                sums = {name: hashlib.sha256(content).hexdigest() for name, content in files.items()}
                self.cache.keep(PACKAGES, key, bundled([*files.values()]))
                told = _told(built, sums)
                self._now[built.name] = key, told
                self.cache.keep(_TOLD, key, told)
        keys = json.dumps({name: key for name, (key, _) in self._now.items()}).encode()
        latest = bundled([keys, *(told for _, told in self._now.values())])
        for folder in {folder for folder, _, _ in self._made}:
            self.cache.keep(_LATEST, digest(self.program, os.path.abspath(folder)), latest)  # noqa: PTH100
        self._made.clear()

    def _course_parts(self, course: Course) -> Iterator[bytes | str]:
        """Yield what a course is made of, by the names of its units if all were read with names.

        Pickles tell of values that are one and the same, so those of values that were kept are others than of new ones.
        """
        if names := self._names(course):
            yield digest_of_content(replace(course, steps=()))
            yield from map(_named_step, course.steps, names)
        else:
            yield from _course_pickles(course)

    def _key(self, job: Job) -> str:
        """Return all that a package is made of as a digest, or an empty text where that cannot be said."""
        theme = job.options.theme.folder
        if theme and theme not in self._themes:
            self._themes[theme] = digest_of_trees([theme])
        looks = self._themes[theme] if theme else ""
        if looks is None:
            return ""
        if self._last is None or self._last[0] is not job.course:
            said = pickle.dumps((job.options, dict(job.severities)))
            self._last = job.course, digest(*self._course_parts(job.course), said)
        epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
        key = digest(self.program, epoch, looks, self._last[1], job.format)
        self._keys[job.file_name] = key
        return key


def _named_step(step: Step, name: str) -> str:
    """Return what a step is made of, its unit by its name."""
    near = [[unit.identity for unit in units] for _, units in _others(step)]
    return digest_of_content((name, step.gate, near, step.entry, step.beyond, step.staff, step.staff_parts))


def _course_pickles(course: Course) -> Iterator[bytes]:
    """Yield a course as bytes, unit by unit: in one go, a large one would need as much memory again."""
    own = {step.unit.identity for step in course.steps}
    yield pickle.dumps(_values(replace(course, steps=())))
    for step in course.steps:
        yield pickle.dumps(_values(step) | {kind: _named(units, own) for kind, units in _others(step)})


def _values(value: Course | Step) -> dict[str, Any]:
    return {one.name: getattr(value, one.name) for one in fields(value)}


def _others(step: Step) -> Iterator[tuple[str, tuple[Unit, ...]]]:
    yield from (("needs", step.needs), ("next", step.next))


def _named(units: tuple[Unit, ...], own: set[Identity]) -> list[Unit | Identity]:
    """Return units by their names, where the course holds them anyway."""
    return [unit.identity if unit.identity in own else unit for unit in units]


def _whole(folder: Path, built: Built) -> dict[str, bytes]:
    """Return a package and its companions by their names; nothing where it is no longer what was written."""
    try:
        files = {name: (folder / name).read_bytes() for name in (built.name, *built.companions)}
    except OSError:
        return {}
    return files if hashlib.sha256(files[built.name]).hexdigest() == built.sha256 else {}


def _told(built: Built, sums: Mapping[str, str]) -> Told:
    """Return what is said of a package, with the sums of its files."""
    head: dict[str, object] = {one.name: getattr(built, one.name) for one in fields(built) if one.name != "findings"}
    lines = chain([head | {"kept": dict(built.kept), "sums": sums}], map(_finding_values, built.findings))
    packing = zlib.compressobj(_FAST)
    return b"".join([*(packing.compress(json.dumps(line).encode() + b"\n") for line in lines), packing.flush()])


def _built(told: Told) -> tuple[Built, Mapping[str, str]]:
    """Return what was written, and the sums of its files."""
    head, *findings = zlib.decompress(told).splitlines()
    values: dict[str, Any] = json.loads(head)
    sums: Mapping[str, str] = values.pop("sums")
    values["units"] = tuple((Identity(*identity), path) for identity, path in values["units"])
    values["findings"] = [_finding(*json.loads(found)) for found in findings]
    values["kept"] = {name: (kind, title) for name, (kind, title) in values["kept"].items()}
    values["companions"] = tuple(values["companions"])
    return Built(**values), sums


def _finding_values(found: Finding) -> list[object]:
    place, related = (found.place.path, found.place.line), [(other.path, other.line) for other in found.related]
    return [found.code, found.severity, place, found.text, found.hint, related, found.units, found.words]


def _finding(
    code: str, severity: str, place: list[Any], text: str, hint: str, related: list[Any], units: list[Any], words: Any
) -> Finding:
    """Return a finding of its values."""
    return Finding(
        *(code, Severity(severity), Place(*place), text, hint),
        tuple(Place(*other) for other in related),
        tuple((track, identifier) for track, identifier in units),
        tuple(words),
    )
