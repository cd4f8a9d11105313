"""Which files of a backup its restore brings along: those of an area that it knows, which their activity names."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from html import unescape
from itertools import chain
from urllib.parse import unquote

from lxml import etree

from coursewright.audit.flaw import Flaw
from coursewright.audit.lms.moodle.losses import Problem, lacks_file, loses_file
from coursewright.audit.lms.moodle.restored import ACTIVITY, activities, bounded, of_backup, of_document, roots, titled
from coursewright.audit.lms.moodle.stock import MODULES
from coursewright.audit.rule import OpenedDocument, is_whole
from coursewright.findings.finding import Severity
from coursewright.frozen import frozen
from coursewright.packages.documents.moodle.activity_rows import InfoReferences
from coursewright.packages.documents.moodle.rows import FileRow, read_row
from coursewright.packages.documents.moodle.xml import OWN_FILE, said
from coursewright.packages.documents.reading import read_document
from coursewright.packages.subject import Subject

_ADDRESS = re.compile(r"@@PLUGINFILE@@(/[^\s\"'<>)?#]{1,2000})")
_COMPONENT = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*")
_LIST, _NAMES, _CONTENT = "files.xml", "inforef.xml", "content"
_OF_QUESTIONS = ("question", "qtype_")
_AGAIN = "add the file, or remove what names it"
# The areas of files that the restore of each kind of activity asks for, besides intro.
_AREAS: Mapping[str, str] = {
    "assign": "introattachment activityattachment",
    "bigbluebuttonbn": "presentation",
    "book": "chapter",
    "data": "content",
    "feedback": "item page_after_submit",
    "folder": "content",
    "forum": "post attachment",
    "glossary": "entry attachment",
    "h5pactivity": "package",
    "imscp": "content backup",
    "lesson": "mediafile page_contents page_answers page_responses essay_answers essay_responses",
    "page": "content",
    "quiz": "feedback",
    "resource": "content",
    "scorm": "content package",
    "wiki": "attachments",
    "workshop": "instructauthors instructreviewers conclusion submission_content submission_attachment "
    "overallfeedback_content overallfeedback_attachment",
}
# The areas whose files Moodle shows under the itemid 0 alone.
_UNNUMBERED = frozenset({("page", "content"), ("resource", "content"), ("folder", "content"), ("scorm", "package")})
# The areas whose files belong to one of an element of the activity's document, by its number.
_OF_PARTS: Mapping[tuple[str, str], str] = {
    ("book", "chapter"): "chapter",
    ("feedback", "item"): "item",
    ("lesson", "page_answers"): "answer",
    ("lesson", "page_contents"): "page",
    ("lesson", "page_responses"): "answer",
    ("quiz", "feedback"): "feedback",
}
_ZIPPED, _ZIP = frozenset({("h5pactivity", "package"), ("scorm", "package")}), b"PK"
# What consists of its files: without them nothing is left.
_ARE_FILES = ("resource", "folder", "scorm", "imscp", "h5pactivity")


@frozen
class _Stored:
    """A file as the list of files has it."""

    id: str
    context: str
    component: str
    area: str
    item: str
    name: str
    element: etree._Element

    @property
    def place(self) -> tuple[str, str, str, str]:
        """Where it belongs: of two files in one place, one is enough."""
        return self.component, self.area, self.item, self.name

    @property
    def is_folder(self) -> bool:
        return self.name.endswith("/.")

    @property
    def is_of_core(self) -> bool:
        """Say whether it is of no activity, but of something that is known."""
        return _COMPONENT.fullmatch(self.component) is not None and not self.component.startswith("mod_")


@frozen
class _Stock:
    """The files that a backup lists, by context, their numbers, and the first document of an activity of a context."""

    by_context: Mapping[str, list[_Stored]]
    ids: frozenset[str]
    owners: Mapping[str, str]
    is_whole: bool
    """Say whether each activity could be read, and has a context of its own."""

    @property
    def files(self) -> Iterator[_Stored]:
        return chain.from_iterable(self.by_context.values())


def _stock(subject: Subject) -> _Stock:
    """Return the files that a backup lists; where nothing lists them, nobody owns any."""
    listed = read_document(_LIST, subject.container)
    by_context: defaultdict[str, list[_Stored]] = defaultdict(list)
    for file in map(_stored, listed.iterfind("file") if listed is not None else ()):
        by_context[file.context].append(file)
    owners: dict[str, str] = {}
    names = [f"{folder}/{kind}.xml" for folder, (_, kind) in subject.once(activities).items()]
    for name in bounded(names, subject) if listed is not None else ():
        root = read_document(name, subject.container)
        if root is not None and (context := root.get("contextid")):
            owners.setdefault(context, name)
    ids = frozenset(file.id for files in by_context.values() for file in files)
    return _Stock(by_context, ids, owners, listed is not None and len(owners) == len(names))


def _stored(file: etree._Element) -> _Stored:
    names = ("contextid", "component", "filearea", "itemid")
    context, component, area, item = (file.findtext(name, "") for name in names)
    path = f"{file.findtext('filepath', '/')}{file.findtext('filename', '')}"
    return _Stored(file.get("id", ""), context, component, area, item, path, file)


# --- of activities ---


@frozen
class _Shelf:
    """An activity with its files: those that the list has in its context, and the numbers that it names."""

    module: str
    title: str
    root: etree._Element
    files: list[_Stored]
    named: set[str]
    is_naming: bool
    places: set[tuple[str, str, str, str]]
    """Where those of its files belong that it names."""

    def names(self, area: str) -> set[str]:
        return {file.name for file in self.files if area in ("", file.area)}


def _shelf(document: OpenedDocument) -> Iterator[_Shelf]:
    """Yield an activity with its files, unless nothing lists them, or they are those of another."""
    stock, context = document.subject.once(_stock), document.root.get("contextid", "")
    if stock.owners.get(context) == document.name:
        module = document.file.removesuffix(".xml")
        name, naming = document.root.find(f"{module}/name"), document.beside(_NAMES)
        title = f"“{document.file if name is None else (name.text or '').strip()}”"
        named, files = {one.id for one in read_row(InfoReferences, naming).files}, stock.by_context.get(context, [])
        places = {one.place for one in files if one.id in named}
        yield _Shelf(module, title, document.root, files, named, naming is not None, places)


@of_document("L534", named=ACTIVITY, most=5)
def files_are_restored(document: OpenedDocument) -> Iterator[Flaw]:
    """Every file of an activity is named by the activity, in an area that is restored, and is of use."""
    for shelf in _shelf(document):
        for file in (one for one in shelf.files if not one.is_folder and not one.is_of_core):
            if told := _lost(file, shelf) or _unusable(file, shelf.module, document.subject):
                found = loses_file(file.element, file.name, shelf.title, *told).within(_LIST)
                yield found.weighing(Severity.ERROR) if shelf.module in _ARE_FILES else found


def _lost(file: _Stored, shelf: _Shelf) -> Problem | None:
    """Return why a file is not restored with its activity."""
    module, areas = shelf.module, ("intro", *_AREAS.get(shelf.module, "").split())
    if file.place in shelf.places:
        if file.id not in shelf.named:
            return None  # the same is restored under another number
    elif not shelf.is_naming:
        reason = "the activity has no inforef.xml that can be read, to name it"
        return reason, f"write one, with {file.id} in <fileref>"
    elif file.id not in shelf.named:
        return f"its inforef.xml does not name it ({file.id})", "name its number in <fileref>"
    if file.component != f"mod_{module}":
        return f"its component is '{file.component}'", f"write <component>mod_{module}</component>"
    if (module, file.area) in _UNNUMBERED and file.item not in ("", "0"):
        return f"Moodle looks for it under the itemid 0, not {file.item}", "write <itemid>0</itemid>"
    part = _OF_PARTS.get((module, file.area))
    if part and file.item not in {one.get("id", "") for one in shelf.root.iter(part)}:
        return f"its itemid ({file.item}) is that of no <{part}>", "write the number of what shows it"
    if module in MODULES and file.area not in areas:
        return f"its area is '{file.area}'", f"write one of {', '.join(areas)} as its <filearea>"
    return None


def _unusable(file: _Stored, module: str, subject: Subject) -> Problem | None:
    """Return why a file is of no use to its activity."""
    name = read_row(FileRow, file.element).file
    size = subject.container.sizes.get(name)
    if size == 0:
        return "the file has no bytes", "replace the file"
    if (module, file.area) in _ZIPPED and size and not (subject.container.read(name) or _ZIP).startswith(_ZIP):
        return "the package is not a zip", "replace the file"
    return None


@of_document("L534", named=ACTIVITY)
def files_that_are_named_are_listed(document: OpenedDocument) -> Iterator[Flaw]:
    """Every file that an activity names by its number is listed."""
    for shelf in _shelf(document):
        if strays := sorted(shelf.named - document.subject.once(_stock).ids):
            more = f" and {len(strays) - 1} more" if len(strays) > 1 else ""
            reason = f"its inforef.xml names it by number{more}, and files.xml does not list it"
            remedy = "add it there, or take its number out"
            yield loses_file(None, strays[0], shelf.title, reason, remedy).within(f"{document.folder}/{_NAMES}")


@of_document("L534", named="scorm.xml", most=1)
def scoes_are_launched_from_files(document: OpenedDocument) -> Iterator[Flaw]:
    """Every SCO of a SCORM activity is launched from a file that is among its own."""
    for shelf in _shelf(document):
        kept = shelf.names(_CONTENT)
        for sco in document.root.iterfind("scorm/scoes/sco") if kept else ():
            launch = said(sco, "launch").partition("?")[0].partition("#")[0].strip()
            if launch and "://" not in launch and not {f"/{launch}", f"/{unquote(launch)}"} & kept:
                reason = "a <sco> is launched from it, and files.xml lists none of that name"
                yield lacks_file(sco, launch, shelf.title, reason, _AGAIN).weighing(Severity.ERROR)


@of_document("L534", named=ACTIVITY, most=5)
def texts_show_files_that_arrive(document: OpenedDocument) -> Iterator[Flaw]:
    """Whatever the texts of an activity show is among its files."""
    for shelf in _shelf(document):
        texts = [(one, one.text) for one in document.root.iter(etree.Element) if one.text and "@@" in one.text]
        if any(OWN_FILE.lower() in text.replace(OWN_FILE, "").lower() for _, text in texts):
            reason, remedy = "a text has the token in other letters", "write @@PLUGINFILE@@ in capitals"
            yield loses_file(None, OWN_FILE, shelf.title, reason, remedy)
        names = {area: shelf.names(area) for area in ("", _CONTENT)}
        shown = dict.fromkeys((path, _area_of(element)) for element, text in texts for path in _shown(text))
        for path in dict.fromkeys(path for path, area in shown if not _is_among(path, names[area])):
            reason, remedy = "files.xml lists none of that name for it", "add the file, or remove the link"
            yield lacks_file(None, path, shelf.title, reason, remedy)


def _shown(text: str) -> list[str]:
    """Return the paths of files that a text shows."""
    return _ADDRESS.findall(text) if OWN_FILE in text else []


def _is_among(path: str, names: set[str]) -> bool:
    return unquote(unescape(path)) in names


def _area_of(element: etree._Element) -> str:
    """Return the one area whose files a text shows, or "" where it may be one of several."""
    is_of_page = element.tag == _CONTENT and element.getroottree().getpath(element) == "/activity/page/content"
    return _CONTENT if is_of_page else ""


@of_backup("L534", when=is_whole)
def files_are_of_activities(subject: Subject) -> Iterator[Flaw]:
    """Every file of an activity is of one in the backup."""
    stock = subject.once(_stock)
    for context, files in stock.by_context.items() if stock.is_whole else ():
        strays = [one for one in files if one.component.startswith("mod_") and not one.is_folder]
        if context not in stock.owners and strays:
            more = f", nor that of {len(strays) - 1} more" if len(strays) > 1 else ""
            reason = f"no activity in the backup has its context ({context}){more}"
            item, remedy = f"an activity of {strays[0].component}", "write the contextid of its activity"
            yield loses_file(strays[0].element, strays[0].name, item, reason, remedy).within(_LIST)


@of_document("L534", named="questions.xml", most=5)
def pictures_of_questions_arrive(document: OpenedDocument) -> Iterator[Flaw]:
    """Whatever the texts of questions show is among the files of questions, which no inforef.xml has to name."""
    kept = {one.name for one in document.subject.once(_stock).files if one.component.startswith(_OF_QUESTIONS)}
    for question in document.root.iter("question"):
        paths = (path for element in question.iter(etree.Element) for path in _shown(element.text or ""))
        for path in (one for one in dict.fromkeys(paths) if not _is_among(one, kept)):
            item = f"the question {titled(question)}"
            yield lacks_file(question, path, item, "files.xml lists none of that name for a question", _AGAIN)


_ON_PICTURES = ("ddimageortext", "ddmarker")


@of_document("L534", named="questions.xml", most=5)
def questions_on_pictures_have_them(document: OpenedDocument) -> Iterator[Flaw]:
    """What is dragged onto a picture comes with the picture."""
    files = document.subject.once(_stock).files
    kept = {(one.component, one.item) for one in files if one.area == "bgimage" and not one.is_folder}
    for question in document.root.iter("question"):
        kind, number = said(question, "qtype"), question.get("id", "")
        if kind in _ON_PICTURES and number and (f"qtype_{kind}", number) not in kept:
            reason = "files.xml lists none in that area, and it asks on a picture"
            yield lacks_file(question, "bgimage", f"the question {titled(question)}", reason, _AGAIN)


@of_document("L534", named="course.xml", most=5)
def files_of_the_course_are_named(document: OpenedDocument) -> Iterator[Flaw]:
    """Every file of the course is named by the inforef.xml of the course or of a section."""
    stock, context = document.subject.once(_stock), document.root.get("contextid", "")
    named = {one.id for root in roots(_NAMES, document.subject) for one in read_row(InfoReferences, root).files}
    for file in stock.by_context.get(context, []):
        if file.component == "course" and not file.is_folder and file.id not in named:
            reason, remedy = f"no inforef.xml names it ({file.id})", "name its number in <fileref>"
            yield loses_file(file.element, file.name, "the course", reason, remedy).within(_LIST)
