"""Rules over what a Moodle backup lists: it is there, and is what it is said to be."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from functools import partial

from coursewright.audit.flaw import Flaw, flaw
from coursewright.audit.rule import is_whole, rule
from coursewright.audit.rules.moodle.backup import Part, read_backup, wrong_root
from coursewright.findings import messages
from coursewright.packages.documents.moodle.xml import NULL
from coursewright.packages.documents.reading import read_document
from coursewright.packages.kinds import Family
from coursewright.packages.subject import Subject

_FILES = "files.xml"
_ALWAYS = (_FILES, "roles.xml", "scales.xml", "outcomes.xml")
_FEW = 5
_HASHED = 100_000_000  # bytes of files whose hash is looked at


of_moodle = partial(rule, family=Family.MOODLE, when=is_whole)


@of_moodle("P262 P286")
def backup_is_whole(subject: Subject) -> Iterator[Flaw]:
    """A backup has all that its contents list."""
    backup = subject.once(read_backup)
    if backup.contents is not None:
        listed = [f"{course.findtext('directory', '')}/course.xml" for course in backup.contents.iterfind("course")]
        listed += [name for part in backup.parts.values() for name in _needed(part)]
        wanted = [(name, "without which no restore goes through") for name in _ALWAYS]
        for name, why in (*wanted, *((name, "which its contents list") for name in listed)):
            if name not in subject.container.sizes:
                yield flaw(messages.BACKUP_INCOMPLETE, name=name, why=why)
    yield from backup.flaws
    files = read_document(_FILES, subject.container)
    if files is not None and files.tag != "files":
        yield wrong_root(files, "files").within(_FILES)


def _needed(part: Part) -> Iterator[str]:
    """Yield the documents of a part without which no restore goes through; the first says what the others are."""
    yield part.document
    if part.texts is not None and part.kind == "activity":
        yield from (f"{part.directory}/{name}.xml" for name in filter(None, (part.module, "grades", "roles")))


@of_moodle("P330 P331")
def sections_show_their_activities(subject: Subject) -> Iterator[Flaw]:
    """The order of a section names each of its activities, and no other."""
    backup = subject.once(read_backup)
    shown: set[str] = set()
    for part in [part for part in backup.parts.values() if part.kind == "section"]:
        sequence = [number.strip() for number in part.says("sequence").split(",") if number.strip().isdigit()]
        shown.update(sequence)
        if others := [number for number in sequence if ("activity", number) not in backup.parts]:
            first = ", ".join(others[:_FEW]) + (" …" if others[_FEW:] else "")
            about = {"section": part.shown, "count": len(others), "numbers": first}
            yield flaw(messages.SEQUENCE_NAMES_OTHERS, **about).within(part.document)
    for part in backup.parts.values():
        around = backup.parts.get(part.around)
        if part.kind == "activity" and part.id not in shown and around is not None and around.texts is not None:
            yield flaw(messages.SEQUENCE_LACKS, activity=part.shown, section=around.shown).within(around.document)


@of_moodle("P263 P375", reads_files=True)
def files_are_kept(subject: Subject) -> Iterator[Flaw]:
    """Every file that is listed is there, and is what its name says."""
    container, left = subject.container, _HASHED
    root = read_document(_FILES, container, told=True)
    hashes = {file.findtext("contenthash", ""): file for file in (root.iter("file") if root is not None else ())}
    for digest, file in hashes.items():
        name = f"files/{digest[:2]}/{digest}"
        if name in container.sizes:
            left -= container.sizes[name]
            content = container.read(name) if left > 0 else None
            found = digest if content is None else hashlib.sha1(content, usedforsecurity=False).hexdigest()
            if found != digest:
                yield flaw(messages.CONTENT_DIFFERS, found=found).within(name)
        elif file.findtext("filename") != "." and not file.findtext("repositoryid", NULL).isdigit():
            shown = file.findtext("filename", "")
            yield flaw(messages.FILE_NOT_KEPT, file, file=shown, name=name).within(_FILES)
