"""From what an order lists to the units of a course, whose pages know where their links and pictures lead."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain

from coursewright.course.model import About, Unit
from coursewright.course.parts import Leading, Page, Part
from coursewright.course.values import Audience, Identity, Kind
from coursewright.findings import messages
from coursewright.findings.finding import Place
from coursewright.readers.folder.assembly import (
    Leaf,
    MadePart,
    cleaned,
    hours_of,
    is_long,
    made_parts,
    page_title,
    placed,
    shown_by,
    stated_id,
    summary_of,
)
from coursewright.readers.folder.library import Library
from coursewright.readers.folder.linking import linked
from coursewright.readers.folder.listed import Listed, Ordering
from coursewright.readers.folder.macros import is_liascript
from coursewright.readers.folder.names import unit_title
from coursewright.readers.folder.placing import links_of, listed_once
from coursewright.readers.folder.plain import unknown_in_gates
from coursewright.readers.folder.prerequisites import Requirement, UnitNames, arranged
from coursewright.readers.folder.told import told_of
from coursewright.readers.folder.units import ids_of
from coursewright.text.markdown.values import Text


@dataclass
class UnitMaking:
    """Makes units of the documents in a library.

    `file` is where their order is said, as findings name it. `alone` says that the course is one document.
    """

    library: Library
    file: str
    alone: bool = False
    _made: dict[Identity, list[MadePart]] = field(default_factory=dict)

    def units(self, listed: Sequence[Listed], about: About, order: Ordering) -> list[Unit]:
        """Return the units of a course, each document in the first that lists it, in learning order."""
        listed = [self._with_id(one) for one in listed_once(listed, self.library.documents.keys())]
        units: list[Unit] = []
        names = UnitNames(self.library.ways)
        kept: list[Listed] = []
        for one, (id, given) in zip(listed, ids_of(listed), strict=True):
            unit = self._unit(one, Identity(about.track, id), given=given)
            if any(part.audience is Audience.LEARNER for part in unit.parts):
                names.add(unit, one, self._own_titles(one), len(units))
                units.append(unit)
                kept.append(one)
            else:
                told = messages.UNIT_EMPTY.at(Place(unit.path), title=unit.title)
                self.library.findings.append(told)
        self.library.findings += unknown_in_gates(units, [Place(self.file, one.line) for one in kept])
        needs = [(unit, self._needs(one)) for unit, one in zip(units, kept, strict=True)]
        sequential = bool(order.about.get("sequential"))
        return self._linked(arranged(needs, names, self.library.findings, sequential=sequential))

    def parts(self, listed: Listed, identity: Identity) -> tuple[Part, ...]:
        """Return what is listed as parts of a unit that is known already."""
        return self._linked([self._unit(listed, identity, given=True)])[0].parts

    def _linked(self, units: Sequence[Unit]) -> list[Unit]:
        """Return units whose pages know where their links and pictures lead."""
        made = [(unit, one) for unit in units for one in self._made[unit.identity] if isinstance(one.part, Leading)]
        pages = [placed(unit, one) for unit, one in made]
        tree = self.library.tree
        left = (*tree.documents, *chain.from_iterable(tree.left.values()))
        links = linked(pages, self.library.folder, self.library.wayfinding, left_out=left, shown=tree.shown)
        self.library.findings += links.findings
        targets = {(unit.identity, one.part.key): found for (unit, one), found in zip(made, links.targets, strict=True)}

        def own(unit: Unit, part: Part) -> Part:
            return replace(part, targets=targets[unit.identity, part.key]) if isinstance(part, Leading) else part

        return [replace(unit, parts=tuple(own(unit, part) for part in unit.parts)) for unit in units]

    def _with_id(self, listed: Listed) -> Listed:
        """Return a unit with the id that the front matter of its first document gives it, if it looks like one."""
        first = next(iter(listed.documents()), None)
        return replace(listed, id=listed.id or stated_id(self.library.documents[first.path])) if first else listed

    def _own_titles(self, listed: Listed) -> list[str]:
        """Return what the only lesson of a unit is called; nothing where there are several."""
        lessons = [place.path for place in listed.documents() if not self.library.content(place.path).asks_only]
        lessons = lessons or [place.path for place in listed.documents()]
        return [str(self.library.content(path).title) for path in lessons] if len(lessons) == 1 else []

    def _needs(self, listed: Listed) -> list[Requirement]:
        own = [
            Requirement(Text(text, listed.line), "", self.library.tree.shown, shown=False) for text in listed.requires
        ]
        return [*own, *(found for place in listed.documents() for found in self._required_by(place.path))]

    def _required_by(self, path: str) -> Iterator[Requirement]:
        document = self.library.documents[path]
        body = "\n".join(document.lines)
        for text in self.library.content(path).prerequisites:
            yield Requirement(text, path, document.path, shown=str(text) in body)

    def _unit(self, listed: Listed, identity: Identity, *, given: bool) -> Unit:
        leaves = list(self._leaves(listed))
        made = made_parts(leaves, links_of(listed), self.file)
        self._made[identity] = made
        parts = tuple(one.part for one in made)
        first = leaves[0] if leaves else None
        lesson = next((leaf for leaf in leaves if not leaf.content.asks_only or leaf.relative == listed.path), first)
        title = cleaned(unit_title(listed.title, lesson.title if lesson else "", listed.folder) or identity.id)
        pages = [part for part in parts if isinstance(part, Page) and part.audience is Audience.LEARNER]
        objectives = tuple(Text(text) for text in listed.objectives) or tuple(
            dict.fromkeys(text for page in pages for text in page.objectives)
        )
        return Unit(
            path=first.document.path if first else self.library.tree.named(listed.folder),
            line=1,
            kind=Kind.UNIT,
            id=identity.id,
            title=Text(title, lesson.content.title.line if lesson and lesson is first else 0),
            track=identity.track,
            roles=tuple(map(Text, listed.roles)),
            summary=Text(listed.summary) or (summary_of(first.document) if first else Text("")),
            hours=hours_of(listed.minutes or sum(page.minutes or 0 for page in pages)),
            objectives=objectives,
            competencies=shown_by(parts, listed.competencies),
            parts=parts,
            given_id=given,
            gate=listed.gate,
        )

    def _leaves(self, listed: Listed) -> Iterator[Leaf]:
        """Yield the documents of a unit with what they say."""
        documents = self.library.documents
        for place in listed.documents():
            document, content = documents[place.path], self.library.content(place.path)
            parted = is_liascript(document.front) or (self.alone and is_long(document))
            told = told_of(document, self.library.findings)
            yield Leaf(document, content, page_title(place.title, document, content), parted=parted, told=told)
        for path in listed.staff:
            if path in documents:
                document, content = documents[path], self.library.content(path)
                yield Leaf(document, content, page_title("", document, content), staff=True)
