"""What Moodle's unpackers do not read of an archive that others read."""

from __future__ import annotations

from collections.abc import Iterator

from coursewright.audit.flaw import PACKAGE, Flaw
from coursewright.audit.lms.moodle.losses import stops
from coursewright.audit.rule import ANY_SCORM, rule
from coursewright.packages.files.container import Holding
from coursewright.packages.kinds import Family
from coursewright.packages.subject import Subject

_TAKEN = (*ANY_SCORM, Family.CARTRIDGE, Family.CONTENT, Family.MOODLE)


@rule("L502", family=_TAKEN, lms="moodle")
def archives_are_read(subject: Subject) -> Iterator[Flaw]:
    """Nothing stands before a zip, and a tarball is compressed: a plain one is taken for a zip."""
    container = subject.container
    if container.before:
        reason, remedy = f"{container.before} bytes stand before the zip in its file", "fetch or zip it again"
        yield stops(None, reason, remedy).within(PACKAGE)
    if container.holding is Holding.TARBALL and not container.is_compressed:
        remedy = "compress it by gzip, or make a zip of it"
        yield stops(None, "it is a tarball that is not compressed", remedy).within(PACKAGE)
