"""The files of a backup by what they belong to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import field
from urllib.parse import unquote

from lxml import etree

from coursewright.course.assets import Asset
from coursewright.frozen import slotted
from coursewright.packages.documents.moodle.rows import FileRow, stored_files
from coursewright.readers.packages.materials import PackageFiles
from coursewright.text.addresses import pieces_of


@slotted
class Stored:
    """The files of a backup."""

    materials: PackageFiles
    listed: list[FileRow] = field(default_factory=list)
    _by_context: dict[str, list[FileRow]] = field(default_factory=dict)
    _by_path: dict[str, list[FileRow]] = field(default_factory=dict)

    def enter(self, root: etree._Element | None) -> None:
        """Enter the files that `files.xml` lists."""
        for one in stored_files(root):
            self.listed.append(one)
            self._by_context.setdefault(one.contextid, []).append(one)
            self._by_path.setdefault(one.path, []).append(one)

    def of(self, context: str, *areas: str) -> Iterator[FileRow]:
        """Yield the files of a context, in some areas or all, the main one first."""
        found = self._by_context.get(context, ())
        wanted = [one for one in found if not areas or one.filearea in areas]
        yield from sorted(wanted, key=lambda one: (not one.is_main, one.path))

    def dragged_onto(self) -> dict[str, str]:
        """Return the names of the pictures onto which things are dragged, by the numbers of their questions."""
        return {
            one.itemid: one.path.lstrip("/")
            for one in self.listed
            if one.component.startswith("qtype_dd") and one.filearea == "bgimage"
        }

    def asset(self, one: FileRow) -> Asset | None:
        """Return a file as an asset under the name that it had."""
        return self.materials.asset(one.file, one.path.rsplit("/", 1)[-1])

    def at(self, address: str, context: str, item: str = "") -> Asset | None:
        """Return the file that an address after `@@PLUGINFILE@@` names; of several, that of an item."""
        return self._best([one for one in self._called(address) if one.contextid == context], item)

    def of_question(self, address: str, number: str) -> Asset | None:
        """Return a file in the texts of a question: those of its answers belong to their numbers."""
        return self._best([one for one in self._called(address) if one.component.startswith("q")], number)

    def _best(self, found: list[FileRow], item: str) -> Asset | None:
        best = min(found, key=lambda one: (one.itemid != item, not one.is_main), default=None)
        return self.asset(best) if best else None

    def _called(self, address: str) -> list[FileRow]:
        return self._by_path.get("/" + unquote(pieces_of(address).path).lstrip("/"), [])
