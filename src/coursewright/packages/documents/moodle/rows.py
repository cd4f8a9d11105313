"""Rows of Moodle's tables as its backups have them: the fields of a class are the columns, both written and read."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from dataclasses import fields as fields_of
from functools import cache
from typing import Any, ClassVar, TypeVar

from lxml.etree import Element, SubElement, _Element

from coursewright.frozen import frozen
from coursewright.packages.documents.moodle.availability import said
from coursewright.packages.documents.moodle.xml import MOMENT, as_said, fields
from coursewright.text.patterns import later

Row = TypeVar("Row", bound=Any)
_HASH = later(r"[0-9a-f]{40}")
_MOST_FILES = 50_000


@frozen
class FileRow:
    """Where a file of a backup belongs, and what it is called there. None is what Moodle writes for nothing at all."""

    TABLE: ClassVar[str] = "file"
    id: str = ""
    contenthash: str = ""
    contextid: str = ""
    component: str = ""
    filearea: str = ""
    itemid: str = "0"
    filepath: str = "/"
    filename: str = ""
    userid: str | None = None
    filesize: str = "0"
    mimetype: str = ""
    status: str = "0"
    timecreated: str = str(MOMENT)
    timemodified: str = str(MOMENT)
    source: str = ""
    author: str | None = None
    license: str | None = None
    sortorder: str = "0"
    repositorytype: str | None = None
    repositoryid: str | None = None
    reference: str | None = None

    @property
    def path(self) -> str:
        """Return what it is called there, folders and all."""
        return self.filepath + self.filename

    @property
    def file(self) -> str:
        """Return where it stands in the backup."""
        return f"files/{self.contenthash[:2]}/{self.contenthash}"

    @property
    def is_main(self) -> bool:
        """Say whether it is the one that opens."""
        return self.sortorder == "1"


@frozen
class GradeItemRow:
    """What is to be had for an activity, and from which score on it is passed."""

    TABLE: ClassVar[str] = "grade_item"
    id: str = ""
    categoryid: str | None = None
    itemname: str = ""
    itemtype: str = "mod"
    itemmodule: str = ""
    iteminstance: str = ""
    itemnumber: str = "0"
    iteminfo: str | None = None
    idnumber: str = ""
    calculation: str | None = None
    gradetype: str = "1"
    grademax: str = ""
    grademin: str = "0.00000"
    scaleid: str | None = None
    outcomeid: str | None = None
    gradepass: str = ""
    multfactor: str = "1.00000"
    plusfactor: str = "0.00000"
    aggregationcoef: str = "0.00000"
    aggregationcoef2: str = "0.00000"
    weightoverride: str = "0"
    sortorder: str = ""
    display: str = "0"
    decimals: str | None = None
    hidden: str = "0"
    locked: str = "0"
    locktime: str = "0"
    needsupdate: str = "0"
    timecreated: str = str(MOMENT)
    timemodified: str = str(MOMENT)
    grade_grades: str = ""


@frozen
class ModuleRow:
    """What `module.xml` says of an activity: how it is shown, completed and restricted."""

    modulename: str = ""
    sectionid: str = ""
    sectionnumber: str = ""
    idnumber: str = ""
    added: str = str(MOMENT)
    score: str = "0"
    indent: str = "0"
    visible: str = "1"
    visibleoncoursepage: str = "1"
    visibleold: str = "1"
    groupmode: str = "0"
    groupingid: str = "0"
    completion: str = "0"
    completiongradeitemnumber: str | None = None
    completionpassgrade: str = "0"
    completionview: str = "0"
    completionexpected: str = "0"
    availability: str | None = None
    showdescription: str = "0"
    downloadcontent: str = "1"
    lang: str | None = None

    @property
    def is_hidden(self) -> bool:
        """Say whether learners do not see it."""
        return self.visible == "0"


@frozen
class SectionRow:
    """What `section.xml` says of a section of the course page."""

    number: str = ""
    name: str | None = None
    summary: str = ""
    summaryformat: str = "1"
    sequence: str = ""
    visible: str = "1"
    availabilityjson: str | None = None
    component: str | None = None
    itemid: str | None = None
    timemodified: str = str(MOMENT)

    @property
    def is_hidden(self) -> bool:
        """Say whether learners do not see it."""
        return self.visible == "0"


def fill_row(element: _Element, row: Any) -> None:
    """Append the columns of a row: most are as in any other row of the table, which is copied in half the time."""
    usual, columns = _usual(row.__class__)
    copied = list(deepcopy(usual))
    for column, (name, value) in zip(copied, columns, strict=True):
        if (said := getattr(row, name)) != value:
            column.text = as_said(said)
    element.extend(copied)


@cache
def _usual(kind: type[Any]) -> tuple[_Element, tuple[tuple[str, str | None], ...]]:
    """Return the columns of a row in which nothing was set, and their names with what they say."""
    row, element = kind(), Element("row")
    columns = {one.name: getattr(row, one.name) for one in fields_of(row) if one.name != "id"}
    fields(element, **columns)
    return element, tuple(columns.items())


def add_row(parent: _Element, row: Any) -> None:
    """Append a row."""
    fill_row(SubElement(parent, row.TABLE, id=row.id), row)


def read_row(kind: type[Row], element: _Element | None) -> Row:
    """Return a row, with "" for what is not there, and for nothing at all."""
    said_of = {one.name: said(element, one.name) for one in fields_of(kind)}
    if "id" in said_of:
        said_of["id"] = "" if element is None else element.get("id", "")
    found: Row = kind(**said_of)
    return found


def grade_items(root: _Element | None) -> list[GradeItemRow]:
    """Return what `grades.xml` says of an activity."""
    return [] if root is None else [read_row(GradeItemRow, one) for one in root.iter(GradeItemRow.TABLE)]


def stored_files(root: _Element | None) -> Iterator[FileRow]:
    """Yield the files that `files.xml` lists, without its folders."""
    for element in [] if root is None else root.findall(FileRow.TABLE)[:_MOST_FILES]:
        row = read_row(FileRow, element)
        if _HASH.fullmatch(row.contenthash) and not row.path.endswith("/."):
            yield row
