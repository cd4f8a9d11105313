"""What is in a package, whoever made it: its course as a tree, with gates, what completes what, metadata and sizes."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping
from contextlib import closing
from dataclasses import field, replace
from pathlib import Path

from coursewright.audit.bounds import bounded, presentable
from coursewright.audit.held import Holdings, held_in, outcomes_in
from coursewright.audit.meanings import is_numbered, meaning_of
from coursewright.course.outline import Outline
from coursewright.findings.finding import Finding, in_order
from coursewright.frozen import frozen
from coursewright.packages.files.container import Container, Holding
from coursewright.packages.files.opening import open_container
from coursewright.packages.kinds import CANVAS, Family, Recognised, recognise
from coursewright.packages.subject import Subject
from coursewright.packages.words import clipped
from coursewright.readers.packages.canvas import read_canvas
from coursewright.readers.packages.manifests import read_manifest_outline
from coursewright.readers.packages.moodle import read_moodle
from coursewright.readers.packages.scorm import read_scorm
from coursewright.readers.packages.xapi import read_cmi5, read_xapi

Reader = Callable[[Subject], Outline]

_READERS: Mapping[Family, Reader] = {
    Family.SCORM12: read_scorm,
    Family.SCORM2004: read_scorm,
    Family.MOODLE: read_moodle,
    Family.CMI5: read_cmi5,
    Family.XAPI: read_xapi,
}


@frozen
class Inspection:
    """A package that was looked into. `outline` is None, and findings say why, where it could not be.

    `sizes` are the bytes of its files as they are unpacked, `manifest` is the one that it is known by, `packed` the
    bytes of the package itself (0 for a folder). `marks` tell the contents of files apart, where that was asked for;
    `meanings` do so for what they are to learners and teachers, whatever numbers a format counts them by. `alone` says
    that it is a manifest without its package. `held` is what stands behind its quizzes and assignments, by their
    identifiers, and `outcomes` what it says that it teaches, unless it was marked.
    """

    path: Path
    kind: str
    why: str
    outline: Outline | None
    manifest: str
    sizes: Mapping[str, int]
    packed: int
    findings: list[Finding]
    marks: Mapping[str, str] = field(default_factory=dict)
    meanings: Mapping[str, str] = field(default_factory=dict)
    alone: bool = False
    family: Family | None = None
    held: Mapping[str, Holdings] = field(default_factory=dict)
    outcomes: tuple[str, ...] = ()

    @property
    def is_canvas(self) -> bool:
        """Say whether it is a cartridge with Canvas's own files."""
        return self.kind == CANVAS

    @property
    def course(self) -> Outline:
        """What it shows, nothing where it could not be looked into."""
        return self.outline or Outline("", ())


def inspect_package(path: Path, *, marked: bool = False, alone: bool = False) -> Inspection:
    """Look into a package, or at its manifest `alone`, as if it had no other file.

    Writes nothing, opens no connection; reads every file only where `marked` asks for it.
    """
    with closing(open_container(path)) as container:
        found = recognise(container)
        if alone and found:
            container.sizes = {found.file: container.sizes[found.file]}
            container.holding = Holding.DOCUMENT
        subject = Subject(found, container) if found else None
        outline = _outline(subject) if subject else None
        held = held_in(subject, outline) if subject and outline and not marked else {}
        outcomes = outcomes_in(subject) if subject and not marked else ()
        marks = _marks(container) if marked and found else {}
        meanings = marks | _meanings(found, container) if marked and found else {}
        findings = [presentable(one) for one in in_order(bounded(container.found, container.shown))]
        packed = path.stat().st_size if path.is_file() else 0
    kind, why, manifest = (clipped(found.kind.title), found.why, found.file) if found else ("", "", "")
    family = found.kind.family if found else None
    sizes, alone = container.sizes, container.alone
    known = Inspection(path, kind, why, outline, manifest, sizes, packed, findings, marks, meanings, alone, family)
    return replace(known, held=held, outcomes=outcomes)


def alike(old: Inspection, new: Inspection) -> tuple[Inspection, Inspection]:
    """Return two inspections that know the same of their packages: the manifest, where one of them is no more."""
    if old.alone == new.alone:
        return old, new
    one, other = (inspect_package(found.path, marked=True, alone=True) for found in (old, new))
    return one, other


def outline_of(found: Recognised, container: Container) -> Outline:
    """Return the course in a package that is open."""
    return _outline(Subject(found, container))


def _outline(subject: Subject) -> Outline:
    found = subject.found
    reader = read_canvas if found.is_canvas else _READERS.get(found.kind.family, read_manifest_outline)
    return reader(subject)


def _marks(container: Container) -> dict[str, str]:
    """Return for each file what changes with its content: its checksum and its size."""
    return {name: f"{container.checksum(name):08x} {size}" for name, size in container.sizes.items()}


def _meanings(found: Recognised, container: Container) -> dict[str, str]:
    """Return what changes with the meaning of files, for those in which a format counts or repeats."""
    numbered = [name for name in container.sizes if is_numbered(name, found)]
    read = ((name, container.read(name)) for name in numbered)
    return {
        name: hashlib.sha256(meaning_of(name, content, found)).hexdigest()
        for name, content in read
        if content is not None
    }


def bytes_of(files: Iterable[str], sizes: Mapping[str, int]) -> int:
    """Return how many bytes files have."""
    return sum(sizes.get(file, 0) for file in files)
