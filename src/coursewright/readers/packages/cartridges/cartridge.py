"""The course of a Common Cartridge, or of any content package with pages: the folders of its menu are units."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from coursewright.course.outline import ASSOCIATED, Entry
from coursewright.packages.documents.canvas.names import QUESTIONS, QUIZ, SETTINGS
from coursewright.packages.documents.parsing import text_at
from coursewright.packages.documents.qti12.values import QtiSection
from coursewright.packages.subject import Subject
from coursewright.readers.packages.cartridges.gathering import Gathering
from coursewright.readers.packages.cartridges.planning import grouped, top_folders
from coursewright.readers.packages.documents import PackageDocuments
from coursewright.readers.packages.ledger import Ledger
from coursewright.readers.packages.manifests import read_manifest_outline, read_outside
from coursewright.readers.packages.recovery import Element, ElementKind, Recovery
from coursewright.readers.packages.texts import head_of

_START = "course-start"
_BANK = "Question bank"
_MOST_UNNAMED = 500


def recover_cartridge(subject: Subject, folder: Path) -> Recovery:
    """Return the course of a cartridge that lies unpacked in a folder."""
    outline = read_manifest_outline(subject)
    entries = [one for one in top_folders(outline.entries) if not _is_settings(one)]
    gathered = Gathering(subject, folder, outline, entries)
    for own, found in grouped(entries):
        if gathered.naming.ours and own is not None and own.identifier == _START:
            for entry in found:
                gathered.take_home(entry)
            continue
        title = own.title if own else gathered.about.title
        gathered.add(own.identifier if own else "start", title, found, own)
    gathered.add_loose(list(_outside(gathered)))
    if not gathered.naming.ours:
        for guid, label in _standards(gathered).items():
            gathered.ledger.dropped(ElementKind.OUTCOME, guid, label, "no course here names standards of others")
    return gathered.recovered()


def _standards(gathered: Gathering) -> dict[str, str]:
    """Return what the metadata of a cartridge say that it teaches, by the names that standards have."""
    found = list(gathered.subject.found.root.iter("{*}labelledGUID"))
    owner = Element(ElementKind.OUTCOME, "course", gathered.about.title)
    return {text_at(one, "GUID"): text_at(one, "label") for one in gathered.ledger.first(found, "standards", owner)}


def _outside(gathered: Gathering) -> Iterator[Entry]:
    """Yield what a cartridge holds and its menu does not show; of ours, that only helps those who read little."""
    documents = gathered.documents
    planned = {part.entry.identifier for unit in gathered.units for part in unit.parts}
    known = planned | set(gathered.maker.resources.values())
    outside = () if gathered.naming.ours else read_outside(gathered.subject) if gathered.subject.shows else ()
    yield from unlisted(documents, known, gathered.ledger)
    for entry in outside:
        page = documents.page(entry.files[:1])
        title = head_of(page[1]).get("title", "") if page else ""
        yield replace(entry, title=title or entry.title)


def _is_settings(entry: Entry) -> bool:
    """Say whether an entry only tells an LMS more of another."""
    if entry.children or not entry.files:
        return False
    is_data = all(name.lower().endswith((".xml", ".qti")) for name in entry.files)
    return entry.files[0].startswith(SETTINGS) or (entry.kind == ASSOCIATED and is_data)


def unlisted(documents: PackageDocuments, known: set[str], ledger: Ledger) -> Iterator[Entry]:
    """Yield the quizzes and banks that stand in Canvas's folder for them, or that no manifest names.

    Questions that stand in no quiz and in no bank are those of Canvas's own bank, which has no name there.
    """
    names = [name for name in documents.container.sizes if name.startswith(QUESTIONS) and name.endswith(".xml.qti")]
    names += unnamed(documents)
    read = ledger.first(names, "quizzes and banks", Element(ElementKind.QUIZ, QUESTIONS, QUESTIONS))
    roots = {name: root for name in read if (root := documents.value(QtiSection, name)) and root.contents}
    drawn = {text for root in roots.values() for text in _drawn(root)}
    for name, root in roots.items():
        identifier = name.removeprefix(QUESTIONS).removesuffix(".xml.qti")
        own = next(iter((*root.held("objectbank"), *root.held("assessment"))), root)
        if identifier in known or (own.ident and own.ident in drawn | known):
            continue
        is_bank = own.name != "assessment" and name.startswith(QUESTIONS)
        title = own.title or own.known.facts.get("bank_title") or (_BANK if is_bank and own is root else identifier)
        kind = "question bank" if is_bank else "quiz"
        meta = f"{identifier}/{QUIZ}"
        yield Entry(identifier, title, kind, files=(name, *([meta] if meta in documents.container.sizes else ())))


def unnamed(documents: PackageDocuments) -> list[str]:
    """Return the documents of questions at any place that no resource names, as where a program gave them others."""
    subject, container = documents.subject, documents.container
    names = (
        name
        for name in container.sizes
        if name.endswith((".xml", ".qti")) and not name.startswith((QUESTIONS, SETTINGS)) and name != subject.found.file
    )
    unheld = [name for name in names if name not in subject.declared][:_MOST_UNNAMED]
    return [name for name in unheld if documents.first((name,), "questestinterop")]


def _drawn(whole: QtiSection) -> Iterator[str]:
    yield from (one.sourcebank_ref for one in whole.selections)
    for one in whole.contents:
        if isinstance(one, QtiSection):
            yield from _drawn(one)
