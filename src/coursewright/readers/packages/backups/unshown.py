"""The files of a backup that nothing in it shows: the picture of the course, and what was left behind."""

from __future__ import annotations

from coursewright.course.assets import Asset
from coursewright.packages.documents.moodle.rows import FileRow
from coursewright.packages.files.names import printable
from coursewright.readers.packages.backups.stored import Stored
from coursewright.readers.packages.ledger import Ledger
from coursewright.readers.packages.recovery import Element, ElementKind

_PICTURES = ("image/png", "image/jpeg", "image/svg+xml", "image/webp")
_MATTER = ("course", "mod_", "question", "qtype_")
# What is unpacked of a package that is kept as a file, or left out with what plays it.
_UNPACKED = ("mod_scorm", "mod_imscp", "mod_h5pactivity", "mod_hvp")
_OF_USERS = ("attachment", "post", "submission", "submission_files", "submissions_files", "feedback_files", "response_")


def cover_of(stored: Stored) -> Asset | None:
    """Return the picture of a course as lists of courses show it; None where it has none."""
    rows = [one for one in stored.listed if (one.component, one.filearea) == ("course", "overviewfiles")]
    found = filter(None, map(stored.asset, rows))
    return next((one for one in found if one.media_type in _PICTURES), None)


def tell_of_unshown(stored: Stored, ledger: Ledger) -> None:
    """Enter the files that belong to something of the course and that nothing of it shows, each content once.

    They stand in the report alone, since no learner has seen them.
    """
    left = {one.file: one for one in stored.listed if _is_matter(one) and one.file not in stored.materials.used}
    there = [one for one in left.values() if stored.materials.container.sizes.get(one.file)]
    owner = Element(ElementKind.FILE, "files.xml", "files.xml", file="files.xml")
    for one in ledger.first(there, "files", owner):
        name = printable(one.path.strip("/"))
        element = Element(ElementKind.FILE, one.file, name, file=one.file, told=True)
        ledger.note(element.dropped("nothing in the course shows it"))


def _is_matter(one: FileRow) -> bool:
    is_of_course = one.component.startswith(_MATTER) and not one.component.startswith(_UNPACKED)
    return is_of_course and not one.filearea.startswith(_OF_USERS)
