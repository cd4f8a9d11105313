"""Which of the places that an order lists are units: the lowest groups that hold pages."""

from __future__ import annotations

import posixpath
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from coursewright.readers.folder.listed import Listed
from coursewright.readers.folder.names import identified, is_overview
from coursewright.text.names import digest, normal

_LONELY = frozenset(
    {"introduction", "intro", "overview", "conclusion", "summary", "welcome", "about", "exercises", "quiz"}
)


def grouped(listed: Sequence[Listed]) -> list[Listed]:
    """Return the units of a list: what holds pages, whatever parts of a book it stands in."""
    units = list(_apart(list(_groups(listed, ""))))
    total = len(list(_all(units)))
    return [one for unit in units for one in (_alone(unit.children) if _is_whole_book(unit, total) else [unit])]


def _is_whole_book(unit: Listed, total: int) -> bool:
    """Say whether a heading is over most of a book, so that what is below it are its chapters: `Contents`."""
    size = len(unit.children)
    return not unit.path and ((size > 2 and size * 10 >= total * 8) or (size > 7 and size * 10 >= total * 6))


def _all(places: Iterable[Listed]) -> Iterator[Listed]:
    for place in places:
        yield from place.documents()


def _alone(children: Iterable[Listed]) -> list[Listed]:
    """Return each document as a unit, with what stands below it."""
    return [child for child in children if child.path or child.children]


def _groups(listed: Iterable[Listed], part: str) -> Iterator[tuple[str, Listed]]:
    """Yield the units of a list, each with the title of the part of the book that it stands in."""
    for place in listed:
        if not any(True for _ in place.documents()):
            continue
        if not _is_part(place):
            yield part, place
            continue
        if place.path:
            yield part, replace(place, children=())
        yield from _groups(place.children, place.title or part)


def _apart(units: Sequence[tuple[str, Listed]]) -> Iterator[Listed]:
    """Yield units, those with their part in front whose titles say nothing without it, or are those of several."""
    shared = Counter(normal(unit.title) for _, unit in units)
    for part, unit in units:
        title = normal(unit.title)
        vague = title in _LONELY or (shared[title] > 1 and title != normal(part))
        yield replace(unit, title=f"{part}: {unit.title}") if part and title and vague else unit


def _is_part(place: Listed) -> bool:
    """Say whether most of what a place holds stands in groups of its own."""
    sizes = [(len(list(child.documents())), bool(child.children)) for child in place.children]
    groups = [size for size, is_group in sizes if is_group]
    return len(groups) > 1 and len(groups) * 2 > len(sizes) and sum(groups) * 2 > sum(size for size, _ in sizes)


def ids_of(units: Sequence[Listed]) -> list[tuple[str, bool]]:
    """Return the id of each unit, and whether its author gave it: else it comes from the path, whatever the order."""
    paths = [_path(unit) for unit in units]
    shared = Counter(paths)
    found: list[tuple[str, bool]] = []
    taken: set[str] = set()
    for unit, path in zip(units, paths, strict=True):
        own = path if shared[path] == 1 else _first(unit)
        id = unit.id or unit.slug or identified(own)
        if id in taken:
            id = f"{id}-{digest(own)}"
        taken.add(id)
        found.append((id, bool(unit.id)))
    return found


def _path(unit: Listed) -> str:
    """Return the folder that holds all of a unit, or its only document."""
    if unit.name or unit.folder:
        return unit.name or unit.folder
    paths = [place.path for place in unit.documents()] or list(unit.staff)
    if len(paths) == 1:
        return paths[0]
    folder = posixpath.commonpath([posixpath.dirname(path) for path in paths]) if paths else ""
    return folder or _first(unit)


def _first(unit: Listed) -> str:
    paths = [place.path for place in unit.documents()] or list(unit.staff)
    named = [path for path in paths if not is_overview(posixpath.basename(path))]
    return (paths or [""])[0] if not named else named[0] if paths[0] not in named and len(paths) > 1 else paths[0]
