"""What a package format is. The course and the pages that go into a package are not loaded to know of it."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from importlib import import_module
from typing import TYPE_CHECKING

from coursewright.frozen import frozen

if TYPE_CHECKING:
    from coursewright.course.model import Course
    from coursewright.findings.finding import Finding
    from coursewright.packages.files.writing import Package
    from coursewright.writers.writer import Materials

Writer = Callable[["Package", "Course", "Materials"], "list[Finding]"]


class Records(StrEnum):
    """Of what an LMS keeps learners' records, by identifiers that stay from one import to the next.

    Of `COPIES` each import is a new course, whose parts have the same identifiers.
    """

    UNITS = "units"
    PARTS = "parts"
    COPIES = "copies"
    NOTHING = "nothing"


@frozen
class Format:
    """A kind of package: its names on the command line, what it is, where it goes, and where its writer stands.

    `writer` is a module of this room, and the name in it. It is loaded when something is to be written.
    One of `only_quizzes` holds these alone, and nothing else of a course. One that is not
    `is_judged` is read by people and is no package to the validator. `goes` says to whom and how, in the LMS's words,
    and `records` of what an LMS keeps records when a later package is imported.
    """

    name: str
    title: str
    about: str
    goes: str
    extension: str
    writer: str
    aliases: tuple[str, ...] = ()
    only_quizzes: bool = False
    is_judged: bool = True
    records: Records = Records.NOTHING

    def write(self, package: Package, course: Course, materials: Materials) -> list[Finding]:
        """Fill a package; return a finding for whatever the format cannot carry, or that is wrong."""
        module, name = self.writer.split(":")
        writer: Writer = getattr(import_module(f"coursewright.writers.{module}"), name)
        return writer(package, course, materials)

    def file_name(self, course: Course) -> str:
        """Return the name of the file a course is written to."""
        return f"{course.file or course.name}-{self.name}{self.extension}"
