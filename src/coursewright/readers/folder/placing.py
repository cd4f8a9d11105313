"""Where documents stand among the units of a course: each in one place, those for staff beside what is near to them."""

from __future__ import annotations

import posixpath
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from coursewright.findings import messages
from coursewright.findings.finding import Finding, Place
from coursewright.readers.folder.listed import Listed
from coursewright.text.names import alike, few

if TYPE_CHECKING:
    from coursewright.readers.folder.tree import Tree


def not_listed(paths: Iterable[str], order: str, tree: Tree) -> Iterator[Finding]:
    """Yield a finding for each folder of which an order leaves documents out."""
    left: defaultdict[str, list[str]] = defaultdict(list)
    for path in paths:
        left[posixpath.dirname(path)].append(posixpath.basename(path))
    for folder, names in sorted(left.items()):
        place = Place(tree.named(folder) if folder else tree.shown)
        yield messages.NOT_LISTED.at(place, order=order, names=few(names))


def nearest(paths: Sequence[str], units: Sequence[Listed], usual: int) -> dict[int, list[str]]:
    """Return documents by the unit whose folder is the nearest to theirs, `usual` for those far from any."""
    found: defaultdict[int, list[str]] = defaultdict(list)
    folders = [_folders(posixpath.dirname(next(iter(unit.documents()), unit).path)) for unit in units]
    for path in paths:
        shared = [alike(_folders(posixpath.dirname(path)), folder) for folder in folders]
        most = max(shared, default=0)
        found[shared.index(most) if most else usual].append(path)
    return dict(found)


def links_of(listed: Listed) -> Iterator[Listed]:
    if listed.url:
        yield listed
    for child in listed.children:
        yield from links_of(child)


def listed_once(listed: Iterable[Listed], known: Iterable[str]) -> Iterator[Listed]:
    """Yield units with each document in one place only: the first; none that could not be read."""
    left = set(known)

    def kept(place: Listed) -> Listed:
        path = place.path if place.path in left else ""
        left.discard(place.path)
        return replace(place, path=path, children=tuple(map(kept, place.children)))

    for one in listed:
        found = kept(one)
        if any(True for _ in found.documents()) or found.staff:
            yield found


def without(listed: Listed, hidden: set[str], staff: set[str]) -> Listed | None:
    """Return a unit without hidden documents, those for staff beside its pages; None where no page is left."""
    own = tuple(place.path for place in listed.documents() if place.path in hidden)
    if not own:
        return listed

    def kept(place: Listed) -> Listed:
        path = "" if place.path in hidden else place.path
        return replace(place, path=path, children=tuple(map(kept, place.children)))

    found = replace(kept(listed), staff=(*listed.staff, *(path for path in own if path in staff)))
    return found if any(True for _ in found.documents()) else None


def _folders(path: str) -> list[str]:
    return [one for one in path.split("/") if one]


def with_pages(unit: Listed, paths: Sequence[str]) -> Listed:
    return replace(unit, children=(*unit.children, *(Listed("", path) for path in paths))) if paths else unit
