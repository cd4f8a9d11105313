"""course_settings.xml: what a course is called, and how it opens; files_meta.xml: which files are locked."""

from __future__ import annotations

from typing import ClassVar

from coursewright.frozen import frozen
from coursewright.packages.documents.canvas.switches import says_yes
from coursewright.packages.documents.fields import attribute, line, listed, others


@frozen
class CourseSettings:
    """The settings of a course, of which all but these are among the `others`."""

    ROOT: ClassVar[str] = "course"
    identifier: str = attribute()
    title: str = ""
    course_code: str = ""
    default_view: str = ""
    image_identifier_ref: str = ""
    is_public: str = ""
    license: str = ""
    tab_configuration: str = ""
    others: tuple[tuple[str, str], ...] = others()
    line: int = line()


@frozen
class FileSettings:
    """What is special about a file."""

    identifier: str = attribute()
    locked: str = ""
    others: tuple[tuple[str, str], ...] = others()


@frozen
class FilesMeta:
    """What is special about the files of a course."""

    ROOT: ClassVar[str] = "fileMeta"
    files: tuple[FileSettings, ...] = listed("file", "files", always=True)

    @property
    def locked(self) -> set[str]:
        """The identifiers of files that learners do not get."""
        return {one.identifier for one in self.files if says_yes(one.locked)}
