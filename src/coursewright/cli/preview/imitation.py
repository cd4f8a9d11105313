"""A package that no run-time plays, as its LMS would show it: Canvas, Moodle, or the menu of any cartridge."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path

from coursewright.audit.inspect import outline_of
from coursewright.cli.preview.contents import ContainedFiles, PackageError, refusal
from coursewright.course.outline import Act, Entry, Outline
from coursewright.course.progress import Deeds, Standing
from coursewright.packages.files.opening import open_container
from coursewright.packages.kinds import Family, recognise
from coursewright.packages.subject import Subject
from coursewright.readers.packages.bodies.opening import Bodies, bodies_of

IMITATED = (Family.MOODLE, Family.CARTRIDGE, Family.QTI, Family.VENDOR)
MOST_ENTRIES = 3_000
CANVAS, MOODLE, MENU = "canvas", "moodle", "cartridge"


@dataclass(frozen=True)
class Imitation:
    """An open package with its course. `lms` names what is imitated; entries go by their numbers in the menu."""

    lms: str
    kind: str
    outline: Outline
    bodies: Bodies
    files: ContainedFiles
    entries: tuple[Entry, ...]

    @property
    def numbers(self) -> dict[str, int]:
        """The numbers of entries by their identifiers; of several with one, the first counts."""
        return {entry.identifier: number for number, entry in reversed(list(enumerate(self.entries)))}

    @property
    def home(self) -> Entry | None:
        """The page that the course opens with, or None where that is its menu."""
        wanted = self.bodies.home
        return next((one for one in self.entries if wanted and one.identifier == wanted), None)

    def entry(self, number: str) -> Entry | None:
        """Return an entry that learners see by its number, or None."""
        at = int(number) if number.isascii() and number.isdecimal() and len(number) < 9 else len(self.entries)
        return self.entries[at] if at < len(self.entries) else None

    def file_names(self) -> list[str]:
        """Return the names of its files, in order."""
        return sorted(self.files.names)

    def standing(self, deeds: Mapping[str, Deeds]) -> Standing:
        """Return where a learner stands who has done this."""
        return Standing(self.outline, deeds, datetime.now(UTC))

    def manifest(self) -> dict[str, str]:
        """Return what the player wants to know of the package."""
        return {"identifier": self.kind, "title": self.outline.title, "version": self.lms, "edition": self.kind}


def imitate(path: Path) -> Imitation:
    """Open a package for as long as the preview shows it. Raises PackageError."""
    container = open_container(path)
    found = recognise(container)
    if found is None or found.kind.family not in IMITATED or container.alone:
        container.close()
        raise PackageError(refusal(path, container))
    subject = Subject(found, container)
    outline = outline_of(found, container)
    bodies = bodies_of(subject, outline)
    lms = MOODLE if found.kind.family is Family.MOODLE else CANVAS if found.is_canvas else MENU
    files = ContainedFiles(container, bodies.names)
    entries = tuple(islice(_shown(outline), MOST_ENTRIES))
    if not entries:
        container.close()
        raise PackageError(f"{path}: is {found.kind.title}, with nothing in it that learners see")
    return Imitation(lms, found.kind.title, outline, bodies, files, entries)


def _shown(outline: Outline) -> Iterator[Entry]:
    """Yield the entries that learners see: not those that are hidden, or in what is."""
    hidden: set[int] = set()
    for entry, parent in outline.walk():
        if entry.hidden or id(parent) in hidden:
            hidden.add(id(entry))
        else:
            yield entry


def done(deeds: Deeds, act: str, score: str) -> Deeds:
    """Return what a learner has done after one act more; an unknown act takes all back."""
    if act not in set(Act):
        return Deeds()
    try:
        given = min(100.0, max(0.0, float(score or "100"))) if act == Act.GRADE else deeds.score
    except ValueError:
        given = deeds.score
    return replace(deeds, acts=deeds.acts | {Act(act)}, score=given)
