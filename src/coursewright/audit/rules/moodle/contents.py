"""Rules over what a Moodle backup lists: it is there, and is what it is said to be."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from lxml import etree

from coursewright.audit.rule import rule
from coursewright.audit.rules.moodle.backup import Backup, Part
from coursewright.findings import messages
from coursewright.findings.finding import Finding, Place
from coursewright.packages.documents.moodle.xml import NULL
from coursewright.packages.documents.parsing import parsed
from coursewright.packages.documents.reading import place_of
from coursewright.packages.files.container import Container

_ALWAYS = ("files.xml", "roles.xml", "scales.xml", "outcomes.xml")
_FEW = 5
_HASHED = 100_000_000  # bytes of files whose hash is looked at


@rule("P262", over=Backup)
def backup_is_whole(backup: Backup) -> Iterator[Finding]:
    """A backup has all that its contents list."""
    place = Place(backup.container.path_of("moodle_backup.xml"))
    for name in _ALWAYS if backup.contents is not None else ():
        if name not in backup.container.sizes:
            yield messages.BACKUP_INCOMPLETE.at(place, name=name, why="without which no restore goes through")
    if backup.contents is not None:
        yield from _parts(backup, backup.contents, place)


def _parts(backup: Backup, contents: etree._Element, place: Place) -> Iterator[Finding]:
    """Yield a finding for each part of the course that is listed and has no document, or another than it should."""
    wanted = [f"{part.findtext('directory', '')}/course.xml" for part in contents.iterfind("course")]
    wanted += [name for part in backup.parts.values() for name in _needed(part)]
    for name in wanted:
        if name not in backup.container.sizes:
            yield messages.BACKUP_INCOMPLETE.at(place, name=name, why="which its contents list")
    yield from backup.findings


def _needed(part: Part) -> Iterator[str]:
    """Yield the documents of a part without which no restore goes through; the first says what the others are."""
    yield part.document
    if part.texts is not None and part.kind == "activity":
        yield from (f"{part.directory}/{name}.xml" for name in filter(None, (part.module, "grades", "roles")))


@rule("P330 P331", over=Backup)
def sections_show_their_activities(backup: Backup) -> Iterator[Finding]:
    """The order of a section names each of its activities, and no other."""
    shown: set[str] = set()
    for part in [part for part in backup.parts.values() if part.kind == "section"]:
        sequence = [number.strip() for number in part.says("sequence").split(",") if number.strip().isdigit()]
        shown.update(sequence)
        if others := [number for number in sequence if ("activity", number) not in backup.parts]:
            first = ", ".join(others[:_FEW]) + (" …" if others[_FEW:] else "")
            found = messages.SEQUENCE_NAMES_OTHERS
            yield found.at(part.place, section=part.shown, count=len(others), numbers=first)
    for part in backup.parts.values():
        around = backup.parts.get(part.around)
        if part.kind == "activity" and part.id not in shown and around is not None and around.texts is not None:
            yield messages.SEQUENCE_LACKS.at(around.place, activity=part.shown, section=around.shown)


@rule("P263 P375", over=Backup, is_slow=True)
def files_are_kept(backup: Backup) -> Iterator[Finding]:
    """Every file that is listed is there, and is what its name says."""
    container = backup.container
    document = parsed(container, "files.xml") if "files.xml" in container.sizes else None
    left = _HASHED
    hashes = {} if document is None else {file.findtext("contenthash", ""): file for file in document[1].iter("file")}
    for digest, file in hashes.items():
        name = f"files/{digest[:2]}/{digest}"
        if name in container.sizes:
            left -= container.sizes[name]
            yield from _content(name, digest, container) if left > 0 else ()
        elif file.findtext("filename") != "." and not file.findtext("repositoryid", NULL).isdigit():
            place = place_of("files.xml", container, file)
            yield messages.FILE_NOT_KEPT.at(place, file=file.findtext("filename", ""), name=name)


def _content(name: str, digest: str, container: Container) -> Iterator[Finding]:
    content = container.read(name)
    if content is None:
        return
    found = hashlib.sha1(content, usedforsecurity=False).hexdigest()
    if found != digest:
        yield messages.CONTENT_DIFFERS.at(Place(container.path_of(name)), found=found)
