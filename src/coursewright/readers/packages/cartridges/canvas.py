"""The course of a Canvas export: its modules are units; Canvas's own files count for more than the manifest."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from coursewright.course.outline import FOLDER, Entry
from coursewright.packages.documents.parsing import text_at
from coursewright.packages.subject import Subject
from coursewright.readers.packages.canvas import read_canvas
from coursewright.readers.packages.cartridges.cartridge import recover_cartridge
from coursewright.readers.packages.cartridges.documents import PackageDocuments
from coursewright.readers.packages.cartridges.gathering import Gathering, cover_of, gathering
from coursewright.readers.packages.cartridges.home import take_home
from coursewright.readers.packages.cartridges.unlisted import unlisted
from coursewright.readers.packages.cartridges.ways import SYLLABUS
from coursewright.readers.packages.naming import parted
from coursewright.readers.packages.recovery import ElementKind, Recovery
from coursewright.readers.packages.texts import body_of, head_of, plain_of

_MODULES, _SETTINGS = "course_settings/module_meta.xml", "course_settings/course_settings.xml"
_SYLLABUS, _OUTCOMES = "course_settings/syllabus.html", "course_settings/learning_outcomes.xml"
_GROUPS, _EVENTS = "course_settings/assignment_groups.xml", "course_settings/events.xml"
_FILES, _HOME = "course_settings/files_meta.xml", "course-home"
_MOST = 2_000


def recover_canvas(subject: Subject, folder: Path) -> Recovery:
    """Return the course of a Canvas export that lies unpacked in a folder."""
    outline = read_canvas(subject)
    modules = [one for one in outline.entries if not _is_outside(one)]
    if PackageDocuments(subject).root(_MODULES) is None:
        modules = []
    if not modules and not any(map(_is_outside, outline.entries)):
        return recover_cartridge(subject, folder)
    gathered = gathering(subject, folder, outline, modules)
    documents = gathered.maker.documents
    gathered.ways.items = _items(documents)
    loose = [entry for one in outline.entries if _is_outside(one) for entry in one.children]
    loose += unlisted(documents, {one.identifier for one, _ in outline.walk()})
    loose = list(_without_home(gathered, loose))
    shown_first = {id(one) for one in loose if _is_front(documents, one)}
    front = [one for one in loose if id(one) in shown_first]
    loose = [one for one in loose if id(one) not in shown_first]
    if syllabus := _syllabus(documents):
        front.append(syllabus)
    if front:
        gathered.add("start", gathered.about.title, front)
    locked = _locked(documents)
    for module in modules:
        children = [replace(one, hidden=one.hidden or one.identifier in locked) for one in module.children]
        gathered.add(module.identifier, module.title, children, module)
    gathered.add_loose(loose)
    _tell_settings(gathered, documents)
    return gathered.recovered()


def _locked(documents: PackageDocuments) -> set[str]:
    """Return the identifiers of the files that learners do not get."""
    root = documents.root(_FILES)
    found = () if root is None else root.iterfind("{*}files/{*}file")
    return {one.get("identifier", "") for one in found if text_at(one, "locked") == "true"}


def _is_outside(entry: Entry) -> bool:
    """Say whether an entry is the folder of what no module shows."""
    return entry.kind == FOLDER and not entry.identifier


def _items(documents: PackageDocuments) -> dict[str, str]:
    """Return what the lines of modules show, by their own identifiers."""
    root = documents.root(_MODULES)
    found = () if root is None else root.iterfind("{*}module/{*}items/{*}item")
    return {one.get("identifier", ""): text_at(one, "identifierref") for one in found}


def _without_home(gathered: Gathering, loose: list[Entry]) -> Iterator[Entry]:
    """Yield entries without the home of a course of ours, which is made anew; it says what the course is about."""
    for entry in loose:
        own = entry.identifier == _HOME or entry.identifier.startswith(f"{_HOME}-")
        if not (gathered.naming.ours and own and not parted(entry.identifier)[1]):
            yield entry
            continue
        take_home(gathered, entry)


def _is_front(documents: PackageDocuments, entry: Entry) -> bool:
    page = documents.page(entry.files) if entry.kind == "page" else None
    return page is not None and head_of(page[1]).get("front_page") == "true"


def _syllabus(documents: PackageDocuments) -> Entry | None:
    """Return the syllabus, where there is one that says anything."""
    page = documents.page([_SYLLABUS]) if _SYLLABUS in documents.container.sizes else None
    if page is None or not plain_of(body_of(page[1])):
        return None
    return Entry(SYLLABUS, head_of(page[1]).get("title", "") or "Syllabus", "page", files=(_SYLLABUS,))


def _tell_settings(gathered: Gathering, documents: PackageDocuments) -> None:
    """Enter in the ledger what Canvas keeps for a course as a whole; its picture stays."""
    settings, ledger = documents.root(_SETTINGS), gathered.ledger
    if settings is not None:
        if picture := cover_of(gathered, text_at(settings, "image_identifier_ref")):
            gathered.about = replace(gathered.about, cover=picture)
        if not gathered.naming.ours:
            why = "a course here has no such settings"
            ledger.dropped(ElementKind.SETTING, "course", "course settings", why, _SETTINGS)
    if gathered.naming.ours:
        return
    for file, path, kind, why in _COURSE_WIDE:
        root = documents.root(file)
        for found in [] if root is None else list(root.iter(f"{{*}}{path}"))[:_MOST]:
            ledger.dropped(kind, found.get("identifier", ""), text_at(found, "title"), why, file)


_COURSE_WIDE = (
    (_OUTCOMES, "learningOutcome", ElementKind.OUTCOME, "no course here keeps outcomes apart from its rubrics"),
    (_GROUPS, "assignmentGroup", ElementKind.SETTING, "no course here weighs groups of assignments"),
    (_EVENTS, "event", ElementKind.EVENT, "no course here has dates"),
)
