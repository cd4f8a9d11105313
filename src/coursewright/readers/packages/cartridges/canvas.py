"""The course of a Canvas export: its modules are units; Canvas's own files count for more than the manifest."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from coursewright.course.outline import FOLDER, Entry
from coursewright.packages.documents.canvas import names
from coursewright.packages.documents.canvas.course import CourseSettings, FilesMeta
from coursewright.packages.documents.canvas.modules import Modules
from coursewright.packages.documents.canvas.pages import read_pages_of
from coursewright.packages.documents.parsing import text_at
from coursewright.packages.subject import Subject
from coursewright.readers.packages.canvas import read_canvas
from coursewright.readers.packages.cartridges.cartridge import recover_cartridge, unlisted
from coursewright.readers.packages.cartridges.gathering import Gathering, cover_of
from coursewright.readers.packages.cartridges.ways import SYLLABUS
from coursewright.readers.packages.documents import PackageDocuments
from coursewright.readers.packages.naming import parted
from coursewright.readers.packages.reasons import NO_DATES
from coursewright.readers.packages.recovery import Element, ElementKind, Recovery
from coursewright.readers.packages.texts import body_of, head_of, plain_of

_HOME = "course-home"


def recover_canvas(subject: Subject, folder: Path) -> Recovery:
    """Return the course of a Canvas export that lies unpacked in a folder."""
    outline = read_canvas(subject)
    modules = [one for one in outline.entries if not _is_outside(one)]
    listed = PackageDocuments(subject).value(Modules, names.MODULES)
    if listed is None:
        modules = []
    if not modules and not any(map(_is_outside, outline.entries)):
        return recover_cartridge(subject, folder)
    gathered = Gathering(subject, folder, outline, modules)
    documents = gathered.documents
    gathered.ways.items = _items(listed)
    loose = [entry for one in outline.entries if _is_outside(one) for entry in one.children]
    loose += unlisted(documents, {one.identifier for one, _ in outline.walk()}, gathered.ledger)
    loose = list(_without_tools(gathered, _without_home(gathered, loose)))
    shown_first = {page.name for page in read_pages_of(subject) if page.is_front}
    front = [one for one in loose if not shown_first.isdisjoint(one.files)]
    loose = [one for one in loose if shown_first.isdisjoint(one.files)]
    if syllabus := _syllabus(documents):
        front.append(syllabus)
    if front:
        gathered.add("start", gathered.about.title, front)
    files = documents.value(FilesMeta, names.FILES_META)
    locked = files.locked if files else set()
    for module in modules:
        children = [replace(one, hidden=one.hidden or one.identifier in locked) for one in module.children]
        gathered.add(module.identifier, module.title, children, module)
    gathered.add_loose(loose)
    _tell_settings(gathered, documents)
    return gathered.recovered()


def _is_outside(entry: Entry) -> bool:
    """Say whether an entry is the folder of what no module shows."""
    return entry.kind == FOLDER and not entry.identifier


def _items(listed: Modules | None) -> dict[str, str]:
    """Return what the lines of modules show, by their own identifiers."""
    modules = listed.modules if listed else ()
    return {one.identifier: one.identifierref for module in modules for one in module.items}


def _without_home(gathered: Gathering, loose: list[Entry]) -> Iterator[Entry]:
    """Yield entries without the home of a course of ours, which is made anew; it says what the course is about."""
    for entry in loose:
        own = entry.identifier == _HOME or entry.identifier.startswith(f"{_HOME}-")
        if not (gathered.naming.ours and own and not parted(entry.identifier)[1]):
            yield entry
            continue
        gathered.take_home(entry)


def _without_tools(gathered: Gathering, loose: Iterable[Entry]) -> Iterator[Entry]:
    """Yield entries without the external tools, which a course has beside its modules."""
    for entry in loose:
        if entry.kind != "tool":
            yield entry
        elif not gathered.naming.ours:
            why = "no module shows it: set it up in the new LMS, where learners need it"
            gathered.ledger.dropped(ElementKind.TOOL, entry.identifier, entry.title, why, next(iter(entry.files), ""))


def _syllabus(documents: PackageDocuments) -> Entry | None:
    """Return the syllabus, where there is one that says anything."""
    page = documents.page([names.SYLLABUS]) if names.SYLLABUS in documents.container.sizes else None
    if page is None or not plain_of(body_of(page[1])):
        return None
    return Entry(SYLLABUS, head_of(page[1]).get("title", "") or "Syllabus", "page", files=(names.SYLLABUS,))


def _tell_settings(gathered: Gathering, documents: PackageDocuments) -> None:
    """Enter in the ledger what Canvas keeps for a course as a whole; its picture stays."""
    settings, ledger = documents.value(CourseSettings, names.COURSE), gathered.ledger
    if settings is not None:
        if picture := cover_of(gathered, settings.image_identifier_ref):
            gathered.about = replace(gathered.about, cover=picture)
        if not gathered.naming.ours:
            why = "a course here has no such settings"
            ledger.dropped(ElementKind.SETTING, "course", "course settings", why, names.COURSE)
    if gathered.naming.ours:
        return
    for file, path, kind, why in _COURSE_WIDE:
        root = documents.root(file)
        listed = [] if root is None else list(root.iter(f"{{*}}{path}"))
        for found in ledger.first(listed, "things", Element(kind, "course", file, file=file)):
            ledger.dropped(kind, found.get("identifier", ""), text_at(found, "title"), why, file)


_COURSE_WIDE = (
    (names.OUTCOMES, "learningOutcome", ElementKind.OUTCOME, "no course here keeps outcomes apart from its rubrics"),
    (names.GROUPS, "assignmentGroup", ElementKind.SETTING, "no course here weighs groups of assignments"),
    (names.EVENTS, "event", ElementKind.EVENT, NO_DATES),
)
