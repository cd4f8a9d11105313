"""Lessons that lie beside roadmaps: `modules/<track>/module-005-slug/` belongs to the module 005 of that track."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from coursewright.course.model import Curriculum, Unit
from coursewright.course.values import Kind
from coursewright.findings import messages
from coursewright.findings.finding import Finding, Place
from coursewright.frozen import frozen
from coursewright.readers.decoding import read_lines
from coursewright.readers.folder.options import FolderOptions
from coursewright.text.names import slug

if TYPE_CHECKING:
    from coursewright.readers.folder.tree import Tree

_NAME = re.compile(r"(module|mod|project|proj)[-_ ]?(\d{1,6})(?:[-_ ].*)?$", re.IGNORECASE)
_KINDS = {"m": Kind.MODULE, "p": Kind.PROJECT}
_DEEPEST = 6
_MOST = 2_000


@frozen
class _Lessons:
    """A folder of lessons: where it is, how findings name it, and which unit its name means."""

    path: Path
    shown: str
    kind: Kind
    number: int
    id: str


def with_content(
    curriculum: Curriculum, sources: Iterable[tuple[Path, str]], options: FolderOptions, no_unit: str
) -> Curriculum:
    """Return roadmaps with the lessons that lie beside them as further parts.

    `no_unit` is the code of the finding that a document is no roadmap, which joined lessons need not be.
    """
    roadmaps = {unit.path for unit in curriculum.units}
    units = {id(unit): unit for unit in curriculum.units}
    findings: list[Finding] = []
    joined: list[str] = []
    for folder in _folders(sources):
        tree = _lessons_in(folder, roadmaps)
        if not tree.documents:
            continue
        unit = _unit_of(folder, list(units.values()))
        if unit is None:
            count = len(tree.documents)
            findings.append(messages.CONTENT_WITHOUT_UNIT.at(Place(folder.shown), count=count))
            continue
        from coursewright.readers.folder.course import FolderReading  # with all their patterns: where there are lessons
        from coursewright.readers.folder.library import Library

        reading = FolderReading(Library(tree, options, findings))
        key = next(key for key, one in units.items() if one is unit)
        units[key] = replace(unit, parts=(*unit.parts, *reading.parts(unit.identity)))
        joined.append(f"{folder.shown}/")
    left = (found for found in curriculum.findings if not (found.code == no_unit and _is_in(found, joined)))
    return Curriculum(tuple(units.values()), (*left, *findings), curriculum.courses)


def _is_in(found: Finding, folders: Sequence[str]) -> bool:
    return found.place.path.startswith(tuple(folders))


def _lessons_in(folder: _Lessons, roadmaps: Iterable[str]) -> Tree:
    """Return the documents of a folder that are no roadmaps."""
    from coursewright.readers.folder.tree import walked

    known = set(roadmaps)
    tree = walked(folder.path, folder.shown, "", [])
    return replace(tree, documents=tuple(path for path in tree.documents if tree.named(path) not in known))


def _folders(sources: Iterable[tuple[Path, str]]) -> Iterator[_Lessons]:
    """Yield the folders whose names say of which unit their lessons are; nothing below them is looked into."""
    count = 0
    for source, shown in sources:
        for root, folders, names in os.walk(source):
            below = os.path.relpath(root, source).replace(os.sep, "/")
            named = shown if below == "." else f"{shown}/{below}"
            folders[:] = sorted(name for name in folders if not name.startswith("."))
            found = _NAME.match(os.path.basename(root))  # noqa: PTH119
            if found and below != "." and any(name.lower().endswith(".md") for name in names):
                count += 1
                folders[:] = []
                kind = _KINDS[found[1][0].lower()]
                yield _Lessons(Path(root), named, kind, int(found[2]), _metadata_id(Path(root)))
            if below.count("/") >= _DEEPEST or count > _MOST:
                folders[:] = []


def _metadata_id(folder: Path) -> str:
    path = folder / "metadata.yaml"
    lines = read_lines(path, path.as_posix())[0] if path.is_file() else None
    if not lines:
        return ""
    from coursewright.readers.folder.orders.lookup import said, texts
    from coursewright.text.yaml import YamlError, read_yaml

    try:
        return said(texts(read_yaml("\n".join(lines))).get("id"))
    except YamlError:
        return ""


def _unit_of(folder: _Lessons, units: Sequence[Unit]) -> Unit | None:
    """Return the unit of a folder: that of its number in the track that its path names, else of its metadata's id."""
    names = [slug(part) for part in folder.shown.split("/")[:-1]]
    like = [unit for unit in units if unit.kind is folder.kind and _number(unit) == folder.number]
    own = [unit for unit in like if unit.track in names] or (like if len(like) == 1 else [])
    stated = [unit for unit in units if folder.id and unit.id.casefold() == folder.id.casefold()]
    stated = [unit for unit in stated if unit.track in names] or stated
    found = own or stated
    return found[0] if len(found) == 1 else None


def _number(unit: Unit) -> int:
    found = re.search(r"(\d{1,6})$", unit.id)
    return int(found[1]) if found else -1
