"""What units and parts are known by: by what our own identifiers say, else by titles and the package's identifiers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import field
from itertools import chain, islice, product

from lxml import etree

from coursewright.course.identifiers import identifier, part_key
from coursewright.course.values import Identity
from coursewright.frozen import frozen, slotted
from coursewright.packages.documents.lom import CATALOG, TRACKS, read_lom
from coursewright.text.names import slug

_OWN = re.compile(r"(?P<unit>(?P<id>[A-Za-z][A-Za-z0-9-]{0,33})-(?P<digest>[0-9a-f]{6}))(?:-(?P<part>.+))?")
_SIGNS, _MOST_PIECES = "/._ ", 8
_MOST_TRACKS, _MOST_UNITS = 100, 500  # of which it is tried whether our identifiers are theirs


@frozen
class UnitName:
    """What a unit is known by and called; `given` says that its author gave it its id."""

    id: str
    title: str
    given: bool = False


def is_ours(manifest: etree._Element) -> bool:
    """Say whether a package was written here: its metadata names its identifier as one of ours."""
    return bool(_told(manifest, CATALOG))


def told_tracks(manifest: etree._Element) -> tuple[str, ...]:
    """Return the tracks that the metadata of a package of ours name."""
    return _told(manifest, TRACKS)


def _told(manifest: etree._Element, catalog: str) -> tuple[str, ...]:
    said = (pair for lom in manifest.iterfind("{*}metadata/{*}lom") for pair in read_lom(lom).identifiers)
    return tuple(entry for found, entry in said if found == catalog)[:_MOST_TRACKS]


def tracks_of(name: str, title: str) -> tuple[str, ...]:
    """Return the tracks that units of a course of ours may be of."""
    return tuple(dict.fromkeys(filter(None, (name, slug(title), name.removeprefix("course-")))))


def own_track(units: Iterable[tuple[str, str]], tracks: Iterable[str]) -> str:
    """Return the track that most units of ours, as (identifier, title), have their identifiers by; "" for none."""
    known = list(islice(units, _MOST_UNITS))
    counts = {track: sum(bool(_verified(*unit, track)) for unit in known) for track in tracks}
    best = max(counts, key=lambda track: counts[track], default="")
    return best if counts.get(best) else ""


def _verified(name: str, title: str, track: str) -> str:
    """Return the id of a unit whose identifier and title are known, if it is of a track; "" where it is not."""
    return next((id for id in _ids(name, title) if identifier(Identity(track, id)) == name), "")


def _ids(name: str, title: str) -> Iterator[str]:
    """Yield what may be the id in an identifier of ours: a title begins with one that its author gave."""
    found = _OWN.fullmatch(name)
    if not found or found["part"]:
        return
    words = title.split(" ")
    yield from (" ".join(words[:count]) for count in range(1, min(len(words), 5) + 1))
    yield found["id"]
    yield found["id"].lower()
    yield found["id"].removeprefix("u")
    yield slug(title)
    yield from _spelt(found["id"])


def _spelt(readable: str) -> Iterator[str]:
    """Yield what may have been written where an identifier has hyphens: an id of a path has slashes."""
    pieces = readable.split("-")
    if len(pieces) <= _MOST_PIECES:
        for sign in _SIGNS:
            for signs in product(("-", sign), repeat=len(pieces) - 1):
                yield "".join(chain.from_iterable(zip(pieces, (*signs, ""), strict=True)))


def parted(name: str) -> tuple[str, str]:
    """Return the identifier of a unit and the key of a part in an identifier of ours; "" for what is none."""
    found = _OWN.fullmatch(name)
    return (found["unit"], found["part"] or "") if found else ("", "")


@slotted
class PackageNames:
    """Gives units their ids and parts their keys. `track` is that of all units; `ours`: we wrote the package."""

    track: str
    ours: bool
    _ids: set[str] = field(default_factory=set)
    _numbers: dict[str, int] = field(default_factory=dict)
    _keys: dict[str, set[str]] = field(default_factory=dict)
    _latest: dict[tuple[str, str, str], str] = field(default_factory=dict)

    def unit(self, name: str, title: str) -> UnitName:
        """Return what a unit is known by; one that has no title goes by what the package knows it by."""
        title = title.strip() or name
        found = self._own(name, title) if self.ours else None
        if found is None or found.id in self._ids:
            found = UnitName(self._free(slug(title)), title)
        self._ids.add(found.id)
        return found

    def _own(self, name: str, title: str) -> UnitName | None:
        known = _OWN.fullmatch(name)
        if not known or known["part"]:
            return None
        id = _verified(name, title, self.track) or known["id"]
        given = title.startswith(f"{id} ") and len(title) > len(id) + 1
        return UnitName(id, title[len(id) + 1 :] if given else title, given)

    def _free(self, id: str) -> str:
        """Return an id, or where another unit has it, with the next number that is free."""
        if id not in self._ids:
            return id
        number = self._numbers.get(id, 2)
        while f"{id}-{number}" in self._ids:
            number += 1
        self._numbers[id] = number
        return f"{id}-{number}"

    def key(self, unit: str, role: str, name: str) -> str:
        """Return the key of a part within a unit, by the identifier that the package gives it."""
        taken = self._keys.setdefault(unit, set())
        own = parted(name)[1] if self.ours else ""
        key = self._latest.get((unit, role, name)) or own.removesuffix("-item") or part_key(role, name)
        while key in taken:
            key = part_key(role, f"{key}\n{name}")
        taken.add(key)
        self._latest[unit, role, name] = key
        return key
