"""Where the units, parts and files of a course stand in its folder, and what leads from one to another."""

from __future__ import annotations

import posixpath
from collections.abc import Mapping, Sequence

from coursewright.course.assets import Target, ToFile
from coursewright.course.identifiers import readable
from coursewright.course.model import Course
from coursewright.course.parts import File, Leading, Link, Part
from coursewright.course.values import Identity
from coursewright.frozen import frozen
from coursewright.pages.renderer import Renderer
from coursewright.writers.files import PackedFiles

UNITS, FILES = "units", "files"
ROADMAP = "roadmap.md"


@frozen
class ShelvedPart:
    """A part; `path` is where its document stands, if it is one."""

    part: Part
    path: str = ""


@frozen
class Shelves:
    """The folder of a course: the folders of its units, their parts in order, and its files."""

    packed: PackedFiles
    folders: Mapping[Identity, str]
    parts: Mapping[Identity, Sequence[ShelvedPart]]
    places: Mapping[tuple[Identity, str], ShelvedPart]

    def file(self, found: File | ToFile) -> str:
        """Return where a file stands."""
        return f"{FILES}/{self.packed.name(found.asset)}"

    def roadmap(self, unit: Identity) -> str:
        """Return where the roadmap of a unit stands."""
        return f"{self.folders[unit]}/{ROADMAP}"

    def address(self, target: Target, path: str) -> str:
        """Return the address of a target in the document at a path; an empty text where the folder has it not."""
        anchor = f"#{target.anchor}" if target.anchor else ""
        if isinstance(target, ToFile):
            return f"{_from(path, self.file(target))}{anchor}"
        if target.unit not in self.folders:
            return ""
        if not target.part:
            return f"{_from(path, self.folders[target.unit])}/{anchor}"
        shelved = self.places.get((target.unit, target.part))
        match shelved.part if shelved else None:
            case Link(url=url):
                return url
            case File() as file:
                return _from(path, self.file(file))
            case _:
                place = shelved.path if shelved else ""
        return "" if not place else anchor if anchor and place == path else f"{_from(path, place)}{anchor}"


def _from(path: str, place: str) -> str:
    return posixpath.relpath(place, posixpath.dirname(path))


def shelved(
    course: Course, parts: Mapping[Identity, Sequence[Part]], packed: PackedFiles, renderer: Renderer
) -> Shelves:
    """Return where everything of a course stands; `parts` are those of its units."""
    width = max(2, len(str(len(course.steps))))
    folders = {
        unit.identity: f"{UNITS}/{number:0{width}d}-{_named(renderer.plain(unit.title), 'unit')}"
        for number, unit in enumerate(course.units, start=1)
    }
    placed = {identity: _placed(folders[identity], found, renderer) for identity, found in parts.items()}
    places = {(identity, one.part.key): one for identity, found in placed.items() for one in found}
    return Shelves(packed, folders, placed, places)


def _placed(folder: str, parts: Sequence[Part], renderer: Renderer) -> list[ShelvedPart]:
    width = max(2, len(str(len(parts))))
    placed = []
    for number, part in enumerate(parts, start=1):
        named = ""
        if isinstance(part, Leading):
            title = part.title or renderer.labels.get(part.label, "")
            named = f"{folder}/{number:0{width}d}-{_named(title, type(part).__name__.lower())}.md"
        placed.append(ShelvedPart(part, named))
    return placed


def _named(title: str, usual: str) -> str:
    """Return what a file or folder is called after its number: its title in its own script."""
    return readable(title) if any(sign.isalnum() for sign in title) else usual
