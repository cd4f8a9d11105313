"""What Moodle's unpackers do not read of an archive that others read."""

from __future__ import annotations

from collections.abc import Iterator

from coursewright.audit.rule import ANY_SCORM, rule
from coursewright.findings import messages
from coursewright.findings.finding import Finding, Place
from coursewright.packages.files.container import Holding
from coursewright.packages.kinds import Family
from coursewright.packages.subject import Subject

_TAKEN = (*ANY_SCORM, Family.CARTRIDGE, Family.CONTENT, Family.MOODLE)


@rule("L502", family=_TAKEN, lms="moodle")
def zips_stand_alone(subject: Subject) -> Iterator[Finding]:
    """Nothing stands before a zip in its file, such as a line of a server that sent it."""
    if count := subject.container.before:
        reason, remedy = f"{count} bytes stand before the zip in its file", "fetch or zip it again"
        yield messages.MOODLE_STOPS.at(Place(subject.container.shown), reason=reason, remedy=remedy)


@rule("L502", family=_TAKEN, lms="moodle")
def tarballs_are_compressed(subject: Subject) -> Iterator[Finding]:
    """A tarball is compressed: a plain one it takes for a zip."""
    if subject.container.holding is Holding.TARBALL and not subject.container.is_compressed:
        reason, remedy = "it is a tarball that is not compressed", "compress it by gzip, or make a zip of it"
        yield messages.MOODLE_STOPS.at(Place(subject.container.shown), reason=reason, remedy=remedy)
