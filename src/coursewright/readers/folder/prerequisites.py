"""From what documents name as required to the units that are meant; only what plainly names a unit locks."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from coursewright.course.circles import knots
from coursewright.course.graph import in_order, link
from coursewright.course.model import Curriculum, Unit
from coursewright.course.values import Mention, References
from coursewright.findings import messages
from coursewright.findings.finding import Finding, Place
from coursewright.frozen import frozen
from coursewright.readers.folder.links import Routes
from coursewright.readers.folder.listed import Listed
from coursewright.readers.folder.names import MARKDOWN, number, stem, without_number
from coursewright.text.markdown.values import Text
from coursewright.text.names import normal, shortened

_COUNTED = re.compile(r"(unit|module|lesson|chapter|part|week|episode|session|course|lab|project|day)s? (\d+(?: \d+)*)")
_CODE = re.compile(r"([A-Z]{1,8}[-_ ]?\d[\w.]{0,12}|\d{1,4}(?:\.\d{1,4}){1,3})[:.)]?\s+\S")
_LINK = re.compile(r"\[([^\]]*)\]\(\s*<?([^)\s>]+)>?[^)]*\)")

Places = dict[tuple[str, str], Place]  # where it is said that a unit needs another, by their ids


@frozen
class Requirement:
    """What a document of a unit requires, as written, and the document that says so; `shown`: pages show it."""

    text: Text
    origin: str
    path: str
    shown: bool = True


@dataclass
class UnitNames:
    """The units of a course by all names that may plainly mean one."""

    ways: Routes
    _by_document: dict[str, str] = field(default_factory=dict)
    _by_name: defaultdict[str, dict[str, None]] = field(default_factory=lambda: defaultdict(dict))
    _titles: dict[str, str] = field(default_factory=dict)

    def add(self, unit: Unit, listed: Listed, titles: Iterable[str], position: int) -> None:
        """Take in the names of a unit: its id, its title, those of its folder and its documents, and its number."""
        self._titles[unit.id] = str(unit.title)
        paths = [place.path for place in listed.documents()]
        for path in paths:
            self._by_document.setdefault(path, unit.id)
        folder = listed.folder.rpartition("/")[2]
        names = [unit.id, str(unit.title), folder, without_number(folder) if folder else ""]
        if len(paths) == 1 or not folder:
            names += [stem(paths[0].rpartition("/")[2]) if paths else ""]
            names += [without_number(paths[0].rpartition("/")[2]) if paths else ""]
        names += titles
        names += [found[1]] if (found := _CODE.match(str(unit.title))) else []
        for name in filter(None, map(normal, names)):
            self._by_name[name][unit.id] = None
        self._count(unit, folder or (paths[0].rpartition("/")[2] if paths else ""), position)

    def _count(self, unit: Unit, name: str, position: int) -> None:
        """Take in `unit 3` and the like, as the title says it, or the number of the name."""
        if found := _COUNTED.match(normal(str(unit.title))):
            self._by_name[found[0]][unit.id] = None
        elif digits := number(name):
            plain = ".".join(str(int(part)) for part in digits.split("."))
            for word in ("unit", "module", "lesson", "chapter", "week", "episode"):
                self._by_name[normal(f"{word} {plain}")][unit.id] = None
            if "." in plain:
                self._by_name[normal(plain)][unit.id] = None

    def meant(self, requirement: Requirement) -> tuple[list[str], str]:
        """Return the ids of the units that a text may mean, and what it says."""
        text = str(requirement.text).strip()
        if linked := _LINK.search(text):
            if path := self.ways.document(linked[2], requirement.origin):
                return [self._by_document[path]] if path in self._by_document else [], text
            text = _LINK.sub(r"\1", text)
        elif path := self.ways.document(text, requirement.origin) if _is_address(text) else "":
            return [self._by_document[path]] if path in self._by_document else [], text
        return list(self._by_name.get(normal(text), {})), text

    def title(self, id: str) -> str:
        """Return the title of a unit."""
        return self._titles[id]


def _is_address(text: str) -> bool:
    return "/" in text or text.lower().endswith((*MARKDOWN, ".html"))


def arranged(
    needs: Sequence[tuple[Unit, Sequence[Requirement]]], names: UnitNames, findings: list[Finding], *, sequential: bool
) -> list[Unit]:
    """Return units with what they wait for, in the order to learn; `sequential`: each waits for the one before, too."""
    places: Places = {}
    units = [replace(unit, prerequisites=_required(unit, asked, names, places, findings)) for unit, asked in needs]
    units = _one_after_another(units) if sequential else units
    return _in_learning_order(_without_circles(units, places, findings))


def _required(
    unit: Unit, requirements: Sequence[Requirement], names: UnitNames, places: Places, findings: list[Finding]
) -> References:
    """Return what a unit waits for: the units that its documents name, and what they say that names none."""
    mentions: dict[str, Mention] = {}
    words: dict[str, None] = {}
    for one in requirements:
        found, text = names.meant(one)
        found = [id for id in found if id != unit.id]
        if len(found) == 1:
            mentions.setdefault(found[0], Mention(found[0]))
            places.setdefault((unit.id, found[0]), Place(one.path, one.text.line))
        elif found:
            meant = " or ".join(f"'{names.title(id)}' ({id})" for id in found)
            place = Place(one.path, one.text.line)
            unclear = messages.PREREQUISITE_UNCLEAR.at(place, text=shortened(text), candidates=meant)
            findings.append(unclear.about(unit.identity))
        elif not one.shown:
            words[text] = None
    told = [one.text for one in requirements if one.origin] or [one.text for one in requirements]
    raw = Text("; ".join(told), next((text.line for text in told), 0))
    texts = tuple(words)
    return References(raw, tuple(mentions.values()), texts, skills=texts)


def _one_after_another(units: Sequence[Unit]) -> list[Unit]:
    """Return units of which each waits for the one before, besides what it says itself."""
    found = list(units[:1])
    for before, unit in pairwise(units):
        known = unit.prerequisites.mentions
        if before.id not in {mention.id for mention in known}:
            references = replace(unit.prerequisites, mentions=(*known, Mention(before.id)))
            unit = replace(unit, prerequisites=references)
        found.append(unit)
    return found


def _without_circles(units: Sequence[Unit], places: Places, findings: list[Finding]) -> list[Unit]:
    """Return units of which none waits for itself: their documents may well need one another in a circle of folders.

    Of such units each waits only for those that come before it.
    """
    waits = {unit.id: [one.id for one in unit.prerequisites.mentions] for unit in units}
    titles = {unit.id: str(unit.title) for unit in units}
    before = {id: number for number, id in enumerate(waits)}
    knot_of = {id: number for number, knot in enumerate(knots(waits)) for id in knot}
    found: list[Unit] = []
    for unit in units:
        knot, asked = knot_of.get(unit.id, -1), unit.prerequisites
        back = [one for one in asked.mentions if knot_of.get(one.id) == knot and before[one.id] > before[unit.id]]
        for one in back:
            place = places.get((unit.id, one.id), Place(unit.path, unit.line))
            told = messages.PREREQUISITES_IN_A_CIRCLE.at(place, title=unit.title, other=titles[one.id])
            findings.append(told.about(unit.identity))
        kept = tuple(one for one in asked.mentions if one not in back)
        found.append(replace(unit, prerequisites=replace(asked, mentions=kept)) if back else unit)
    return found


def _in_learning_order(units: Sequence[Unit]) -> list[Unit]:
    """Return units so that each stands after what it requires, and else as they are."""
    if not any(unit.prerequisites.mentions for unit in units):
        return list(units)
    graph = link(Curriculum(tuple(units), ()))
    return in_order(list(units), graph)
