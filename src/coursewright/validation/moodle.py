"""Rules over Moodle backups: whether all that they list is there, and is what they say."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import replace

from lxml import etree

from coursewright import messages
from coursewright.diagnostics import Finding, Place, Severity
from coursewright.validation.container import Container
from coursewright.validation.kinds import parsed
from coursewright.validation.subject import Rule, Subject

_ALWAYS = ("files.xml", "roles.xml", "scales.xml", "outcomes.xml")
_HASHED = 100_000_000  # bytes of files whose hash is looked at


def backups_are_whole(subject: Subject) -> Iterator[Finding]:
    """A backup has all that its contents and its list of files name, and its files are what that list says."""
    found, container = subject.found, subject.container
    if container.alone:
        return
    place = Place(container.path_of(found.file))
    contents = found.root.find("information/contents")
    for name in _ALWAYS if contents is not None else ():
        if name not in container.sizes:
            yield messages.BACKUP_INCOMPLETE.at(place, name=name, why="without which no restore goes through")
    yield from _parts(contents, container, place)
    yield from _files(container)


def _parts(contents: etree._Element | None, container: Container, place: Place) -> Iterator[Finding]:
    """Yield a finding for each part of the course that is listed and has no document."""
    if contents is None:
        return
    activities = {activity.findtext("moduleid", "") for activity in contents.iterfind("activities/activity")}
    for path, document in (("course", "course"), ("sections/section", "section"), ("activities/activity", "module")):
        for part in contents.iterfind(path):
            name = f"{part.findtext('directory', '')}/{document}.xml"
            if name not in container.sizes:
                yield messages.BACKUP_INCOMPLETE.at(place, name=name, why="which its contents list")
            elif document == "section":
                yield from _sequence(name, activities, container)


def _sequence(name: str, activities: set[str], container: Container) -> Iterator[Finding]:
    """Yield a finding for each activity of a section that the backup does not list: it may have been left out."""
    document = parsed(container, name)
    if document is None:
        return
    for shown in document[1].findtext("sequence", "").split(","):
        if shown.strip().isdigit() and shown.strip() not in activities:
            place = Place(container.path_of(name))
            dangling = messages.REFERENCE_DANGLES.at(place, element="<sequence>", reference=shown.strip())
            yield replace(dangling, severity=Severity.INFO)


def _files(container: Container) -> Iterator[Finding]:
    """Yield a finding for each file that is listed and not there, or not what its name says."""
    document = parsed(container, "files.xml") if "files.xml" in container.sizes else None
    left = _HASHED
    hashes = {} if document is None else {file.findtext("contenthash", ""): file for file in document[1].iter("file")}
    for digest, file in hashes.items():
        name = f"files/{digest[:2]}/{digest}"
        if name in container.sizes:
            left -= container.sizes[name]
            yield from _content(name, digest, container) if left > 0 else ()
        elif file.findtext("filename") != "." and not file.findtext("repositoryid", "$@NULL@$").isdigit():
            place = Place(container.path_of("files.xml"), file.sourceline if isinstance(file.sourceline, int) else 0)
            yield messages.BACKUP_INCOMPLETE.at(place, name=name, why=f"which is {file.findtext('filename')}")


def _content(name: str, digest: str, container: Container) -> Iterator[Finding]:
    content = container.read(name)
    if content is None:
        return
    found = hashlib.sha1(content, usedforsecurity=False).hexdigest()
    if found != digest:
        yield messages.CONTENT_DIFFERS.at(Place(container.path_of(name)), found=found)


RULES: tuple[Rule, ...] = (backups_are_whole,)
