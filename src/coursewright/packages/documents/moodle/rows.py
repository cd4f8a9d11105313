"""Rows of Moodle's tables as its backups have them: the fields of a class are the columns, both written and read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import ClassVar, TypeVar

from lxml.etree import Element, _Element

from coursewright.frozen import frozen
from coursewright.packages.documents.fields import attribute, listed, long_text, others, read_as
from coursewright.packages.documents.moodle.xml import MOMENT, NULL
from coursewright.text.patterns import later

Row = TypeVar("Row", bound="MoodleRow")
_HASH = later(r"[0-9a-f]{40}")
_MOST_FILES = 50_000
_NOT_THERE = Element("nothing")


class MoodleRow:
    """A row of a table, or a part of one. None is what Moodle writes for nothing at all."""

    __slots__ = ()
    NOTHING: ClassVar[str] = NULL


class OpenRow(MoodleRow):
    """A row that keeps what other versions of Moodle say in columns that its class does not have."""

    __slots__ = ()
    others: tuple[tuple[str, str], ...]

    @property
    def unknown(self) -> Mapping[str, str]:
        """What it says in such columns: Moodle had them before, or other modules have them."""
        return {name: text for name, text in reversed(self.others) if text != NULL}


@frozen
class OfUsers(MoodleRow):
    """Something that users did or wrote, of which a backup of ours has nothing."""

    id: str = attribute()


@frozen
class TagRow(MoodleRow):
    """A tag, and how it was written."""

    id: str = attribute()
    name: str = ""
    rawname: str = ""


@frozen
class FileRow(MoodleRow):
    """Where a file of a backup belongs, and what it is called there."""

    ROOT: ClassVar[str] = "file"
    id: str = attribute()
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
class StoredFiles(MoodleRow):
    """All that `files.xml` says."""

    ROOT: ClassVar[str] = "files"
    files: tuple[FileRow, ...] = listed("file")


@frozen
class GradeItemRow(MoodleRow):
    """What is to be had for an activity, and from which score on it is passed."""

    id: str = attribute()
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
class ModuleRow(OpenRow):
    """What `module.xml` says of an activity: how it is shown, completed and restricted."""

    ROOT: ClassVar[str] = "module"
    id: str = attribute()
    version: str = attribute()
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
    tags: tuple[TagRow, ...] = listed("tag", "tags", always=True)
    others: tuple[tuple[str, str], ...] = others()

    @property
    def is_hidden(self) -> bool:
        """Say whether learners do not see it."""
        return self.visible == "0"


@frozen
class SectionOption(MoodleRow):
    """What the format of a course has set for a section, such as the number of that in which it stands."""

    id: str = attribute()
    format: str = ""
    name: str = ""
    value: str = ""


@frozen
class SectionRow(MoodleRow):
    """What `section.xml` says of a section of the course page."""

    ROOT: ClassVar[str] = "section"
    id: str = attribute()
    number: str = ""
    name: str | None = None
    summary: str = long_text()
    summaryformat: str = "1"
    sequence: str = ""
    visible: str = "1"
    availabilityjson: str | None = None
    component: str | None = None
    itemid: str | None = None
    timemodified: str = str(MOMENT)
    options: tuple[SectionOption, ...] = listed("course_format_options")

    @property
    def is_hidden(self) -> bool:
        """Say whether learners do not see it."""
        return self.visible == "0"


@frozen
class QuestionReference(MoodleRow):
    """The question of the bank that a slot asks; of any version if none is named."""

    id: str = attribute()
    usingcontextid: str = ""
    component: str = "mod_quiz"
    questionarea: str = "slot"
    questionbankentryid: str = ""
    version: str | None = None


@frozen
class QuestionSetReference(MoodleRow):
    """What a slot draws a question from, as JSON."""

    id: str = attribute()
    usingcontextid: str = ""
    component: str = "mod_quiz"
    questionarea: str = "slot"
    questionscontextid: str = ""
    filtercondition: str = ""


@frozen
class SlotTag(MoodleRow):
    """A tag that a slot asks for, as before Moodle 4."""

    tagid: str = ""
    tagname: str = ""


@frozen
class SlotRow(OpenRow):
    """A place of a quiz; what it had before Moodle 4 is among the `others`."""

    id: str = attribute()
    quizid: str = ""
    slot: str = ""
    page: str = "1"
    displaynumber: str | None = None
    requireprevious: str = "0"
    maxmark: str = ""
    quizgradeitemid: str | None = None
    question_reference: QuestionReference | None = None
    question_set_reference: QuestionSetReference | None = None
    tags: tuple[SlotTag, ...] = listed("tag", "tags")
    others: tuple[tuple[str, str], ...] = others()

    @property
    def points(self) -> str:
        """What it is worth."""
        return self.maxmark or self.unknown.get("grade", "")

    @property
    def question(self) -> str:
        """The number of its question before Moodle 4."""
        return self.unknown.get("questionid") or self.unknown.get("question", "")


@frozen
class PluginConfig(MoodleRow):
    """A setting of a plugin that takes work, or comments on it."""

    id: str = attribute()
    plugin: str = ""
    subtype: str = ""
    name: str = ""
    value: str = ""


def read_row(kind: type[Row], element: _Element | None) -> Row:
    """Return a row, with "" for what is not there, and for nothing at all."""
    return read_as(kind, _NOT_THERE if element is None else element)


def stored_files(root: _Element | None) -> Iterator[FileRow]:
    """Yield the files that `files.xml` lists, without its folders."""
    for element in [] if root is None else root.findall(FileRow.ROOT)[:_MOST_FILES]:
        row = read_row(FileRow, element)
        if _HASH.fullmatch(row.contenthash) and not row.path.endswith("/."):
            yield row
