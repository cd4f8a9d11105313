"""The course of anybody's package, read back: from the source that it carries, or else by its kind, with a finding for
what is lost on the way."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import replace
from importlib import import_module
from pathlib import Path

from coursewright.course.division import parts_of_all
from coursewright.course.model import Curriculum, Unit
from coursewright.course.parts import Words
from coursewright.course.quiz import Quiz, asked
from coursewright.findings import messages
from coursewright.findings.finding import Finding, Place, Severity, in_order
from coursewright.frozen import frozen
from coursewright.packages.files.opening import open_container
from coursewright.packages.files.unpacking import Unpacked
from coursewright.packages.kinds import Family, Recognised, recognise
from coursewright.packages.subject import Subject
from coursewright.readers.folder.course import read_course
from coursewright.readers.folder.options import FolderOptions
from coursewright.readers.packages.ledger import told
from coursewright.readers.packages.recovery import PART_KINDS, Element, ElementKind, PackageReader, Recovery
from coursewright.text.markdown.html import Converter

CANVAS = "canvas"
# By the family of a package, or `CANVAS`: the module of this room that reads it back, and the name in it.
_READERS: Mapping[str, str] = {
    Family.SCORM11: "courseware.reading:read_courseware",
    Family.SCORM12: "courseware.reading:read_courseware",
    Family.SCORM2004: "courseware.reading:read_courseware",
    Family.CMI5: "courseware.reading:read_courseware",
    Family.XAPI: "courseware.reading:read_courseware",
    Family.CONTENT: "cartridges.cartridge:recover_cartridge",
    Family.CARTRIDGE: "cartridges.cartridge:recover_cartridge",
    Family.QTI: "cartridges.questions:recover_qti",
    Family.MOODLE: "backups.reading:recover_moodle",
    CANVAS: "cartridges.canvas:recover_canvas",
}
# What brings its own pages, of which no answer is read.
_WITHOUT_KEYS = (Family.SCORM11, Family.SCORM12, Family.SCORM2004, Family.CMI5, Family.XAPI)


@frozen
class Recovered:
    """A package that was read back: its name, what kind it is, and its course, None where it could not be read."""

    shown: str
    kind: str
    recovery: Recovery | None
    findings: tuple[Finding, ...] = ()

    @property
    def curriculum(self) -> Curriculum:
        """What was read, with everything that was found on the way."""
        read = self.recovery.curriculum if self.recovery else Curriculum((), ())
        return replace(read, findings=tuple(in_order([*self.findings, *read.findings])))


def recovered(package: Path, unpacked: Unpacked, options: FolderOptions) -> Recovered:
    """Return the course of a package that lies in a folder."""
    shown = package.as_posix()
    with closing(open_container(unpacked.folder)) as container:
        container.shown, container.findings = shown, []
        found = recognise(container)
        if found is None:
            return Recovered(shown, "", None, _why_none(package))
        reader = _reader(found)
        if reader is None:
            unread = messages.PACKAGE_NOT_READ.at(Place(shown), kind=found.kind.title)
            return Recovered(shown, found.kind.title, None, _findings(unpacked, [unread]))
        recovery = _carried(unpacked, shown, options) or reader(Subject(found, container), unpacked.folder)
        findings = _findings(unpacked, [*container.found, *told(recovery.elements, shown)])
    return Recovered(shown, found.kind.title, recovery, findings)


def units_as_they_stand(package: Path, unpacked: Unpacked, options: FolderOptions) -> tuple[Unit, ...]:
    """Return the units of a package by its own documents, which may have been edited since they were written; the
    source that it carries is asked where these do not say what is right."""
    with closing(open_container(unpacked.folder)) as container:
        container.shown, container.findings = package.as_posix(), []
        found = recognise(container)
        reader = _reader(found) if found else None
        if found is None or reader is None:
            return ()
        if found.kind.family in _WITHOUT_KEYS:
            recovery = _carried(unpacked, container.shown, options)
        else:
            recovery = reader(Subject(found, container), unpacked.folder)
        return recovery.curriculum.units if recovery else ()


def _why_none(package: Path) -> tuple[Finding, ...]:
    """Return why something is no package, told by what it is before it is unpacked."""
    with closing(open_container(package)) as container:
        recognise(container)
        return tuple(found for found in container.found if found.severity is Severity.ERROR)


def _findings(unpacked: Unpacked, found: list[Finding]) -> tuple[Finding, ...]:
    return tuple(dict.fromkeys([*unpacked.findings, *found]))


def _reader(found: Recognised) -> PackageReader | None:
    named = _READERS.get(CANVAS if found.is_canvas else found.kind.family)
    if named is None:
        return None
    module, name = named.split(":")
    reader: PackageReader = getattr(import_module(f"coursewright.readers.packages.{module}"), name)
    return reader


# --- the source that a package of ours carries ---


def _carried(unpacked: Unpacked, shown: str, options: FolderOptions) -> Recovery | None:
    """Return the course as its author wrote it, with nothing guessed, where the package carries its source."""
    curriculum = read_course(unpacked.source, shown, options) if unpacked.source else None
    if curriculum is None or not curriculum.units:
        return None
    words = Converter()
    elements = tuple(one for unit in curriculum.units for one in _elements(unit, words))
    return Recovery(curriculum, elements, exact=True)


def _elements(unit: Unit, words: Words) -> Iterator[Element]:
    yield Element(ElementKind.UNIT, unit.id, str(unit.title))
    for part in parts_of_all(unit, words):
        yield Element(PART_KINDS[type(part)], part.key, part.title, file=part.path)
        for question in asked(part) if isinstance(part, Quiz) else ():
            yield Element(ElementKind.QUESTION, question.key, question.title or question.stem[:80], file=part.path)
