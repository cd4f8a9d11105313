"""What pages of a backup lead to: files, which each activity holds its own of, and activities, by their numbers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import field
from itertools import count

from coursewright.course.assets import Asset
from coursewright.course.division import parts_for
from coursewright.course.model import Step, Unit
from coursewright.course.parts import Assignment, Discussion, Page, Part, is_handed_in
from coursewright.course.quiz import Quiz
from coursewright.course.values import Identity
from coursewright.frozen import frozen
from coursewright.packages.documents.moodle.values import StoredFile
from coursewright.writers.files import PackedFiles
from coursewright.writers.writer import Materials

_KINDS = {Quiz: "QUIZ", Assignment: "ASSIGN", Discussion: "FORUM"}


@frozen
class Filing:
    """The files of a backup, and the numbers of the activities that units' parts are, where their reader made them."""

    packed: PackedFiles
    materials: Materials
    numbers: Iterator[int] = field(default_factory=lambda: count(1))
    parts: dict[tuple[Identity, str], int] = field(default_factory=dict)
    hashes: dict[str, str] = field(default_factory=dict)

    def enter(self, step: Step, first: int) -> None:
        """Note the number of each activity of a unit, from the first one on."""
        if not step.unit.parts:
            return
        with_scorm = self.materials.options.with_scorm
        parts = parts_for(step, self.materials.renderer.converter, locked=True)
        shown = (part for part in parts if not (with_scorm and isinstance(part, Page)))
        for number, part in enumerate(shown, start=first + with_scorm):
            self.parts[step.unit.identity, part.key] = number

    def place(self, unit: Unit, part: Part, anchor: str) -> str:
        """Return where a page finds another; an empty text for a part that is no activity."""
        number = self.parts.get((unit.identity, part.key))
        if not number:
            return ""
        kind = _KINDS.get(type(part), "PAGE")
        if isinstance(part, Assignment) and not (part.graded or is_handed_in(part.submissions)):
            kind = "PAGE"
        return f"$@{kind}VIEWBYID*{number}@$" + (f"#{anchor}" if anchor else "")

    def address(self, asset: Asset) -> str:
        """Return where a page finds a file that its activity holds."""
        return f"@@PLUGINFILE@@/{self.packed.name(asset)}"

    def stored(self, asset: Asset, component: str) -> StoredFile:
        """Return a file as an activity holds it."""
        found = self.packed.packed(asset)
        if asset.digest not in self.hashes:
            self.hashes[asset.digest] = found.sha1()
        known, own = (self.hashes[asset.digest], asset.size), found.asset
        return StoredFile(
            next(self.numbers),
            found.name,
            own.content,
            own.media_type,
            component,
            known=known,
            is_shrunk=found.is_shrunk,
        )
