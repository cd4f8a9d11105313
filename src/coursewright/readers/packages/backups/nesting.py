"""Sections of a backup that stand in others, as formats of courses and subsections have them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from coursewright.course.outline import Entry
from coursewright.frozen import frozen
from coursewright.packages.documents.moodle.activity_rows import ActivityDocument
from coursewright.packages.documents.moodle.rows import SectionRow, read_row
from coursewright.packages.documents.reading import read_document
from coursewright.packages.subject import Subject
from coursewright.readers.packages.moodle import part_at

UNSHOWN = ("qbank", "subsection")
"""The modules of activities that show nothing by themselves."""
_SUBSECTION = "mod_subsection"


@frozen
class Nesting:
    """The sections of a backup: their folders, and their rows by these. `holders` are those that hold others, by the
    numbers of sections and of subsections; `empty` are those in which no activity stands."""

    rows: Mapping[str, SectionRow]
    holders: Mapping[tuple[str, str], str]
    empty: frozenset[str]

    def above(self, folder: str) -> list[str]:
        """Return the folders of the empty sections with names around a section, from the outermost in: no units are
        made of these."""
        found = [folder]
        while (folder := self._holder(folder)) and folder not in found:
            found.append(folder)
        return [one for one in reversed(found[1:]) if one in self.empty and self.rows[one].name]

    def _holder(self, folder: str) -> str:
        row = self.rows.get(folder)
        if row is None:
            return ""
        if row.component == _SUBSECTION:
            return self.holders.get((_SUBSECTION, row.itemid or ""), "")
        number = next((one.value for one in row.options if one.name == "parent"), "0")
        return "" if number == "0" else self.holders.get(("section", number), "")

    def heads(self) -> frozenset[str]:
        """Return the folders of all sections that are above others which hold something."""
        return frozenset(one for folder in self.rows if folder not in self.empty for one in self.above(folder))


def nesting_of(subject: Subject, entries: Iterable[Entry]) -> Nesting:
    """Return how the sections of an outline stand in one another."""
    sections = {place["folder"]: entry for entry in entries if entry.kind == "section" and (place := part_at(entry))}
    rows = {
        folder: read_row(SectionRow, read_document(f"{folder}/section.xml", subject.container)) for folder in sections
    }
    holders = {("section", row.number): folder for folder, row in rows.items()}
    for folder, entry in sections.items():
        holders |= {(_SUBSECTION, one): folder for one in _subsections(subject, entry)}
    empty = (folder for folder, entry in sections.items() if all(map(is_unshown, entry.children)))
    return Nesting(rows, holders, frozenset(empty))


def is_unshown(entry: Entry) -> bool:
    """Say whether an activity shows nothing by itself."""
    place = part_at(entry)
    return place is None or place["module"] in UNSHOWN


def _subsections(subject: Subject, section: Entry) -> Iterator[str]:
    """Yield the numbers of the subsections that stand in a section."""
    for child in section.children:
        place = part_at(child)
        if place is not None and place["module"] == "subsection":
            root = read_document(f"{place['folder']}/subsection.xml", subject.container)
            yield read_row(ActivityDocument, root).id
