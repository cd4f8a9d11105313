"""A course in the plain dialect: course.toml says all, documents are GitHub Markdown, and nothing is guessed."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterator, Sequence
from dataclasses import field, replace

from coursewright.course.assets import Asset, ToFile
from coursewright.course.blocks import Headed
from coursewright.course.gates import mentioned
from coursewright.course.model import Curriculum, Unit
from coursewright.course.parts import File, Keys, Leading, Link, Page, Part
from coursewright.course.quiz import Quiz
from coursewright.course.values import Audience, Identity, Kind, Mention, References
from coursewright.findings import messages
from coursewright.findings.finding import Finding, Place, has_errors
from coursewright.frozen import slotted
from coursewright.readers.decoding import read_lines
from coursewright.readers.folder.about import about_of
from coursewright.readers.folder.addressing import Paths
from coursewright.readers.folder.assembly import MadePart, hours_of, leading, placed, shown_by, unlike
from coursewright.readers.folder.assigned import discussion_of, work_of
from coursewright.readers.folder.document import Document, Piece
from coursewright.readers.folder.listed import Convention, Listed, Ordering
from coursewright.readers.folder.names import titled, without_number
from coursewright.readers.folder.orders.lookup import items, said
from coursewright.readers.folder.placing import not_listed
from coursewright.readers.folder.plain_documents import of_others, plain_document
from coursewright.readers.folder.plain_links import PlainLinks
from coursewright.readers.folder.sourcefolder import SourceFolder
from coursewright.readers.folder.told import PartKind, PartTold, told_of
from coursewright.readers.folder.tree import Tree
from coursewright.readers.folder.units import ids_of
from coursewright.readers.quizzes.own import quiz_in_any_notation
from coursewright.readers.roadmap.units import read_units
from coursewright.text.markdown.values import Prose, Text

OnFile = Callable[[int], None]
_MOST_MINUTES = 1_000_000
_NOTHING = Asset("", "", "", "", 0, "")


def read_plain(tree: Tree, order: Ordering, title: str, findings: list[Finding], on_file: OnFile) -> Curriculum:
    """Return the course that an order in the plain dialect lists; `title` is what the user calls it.

    `findings` are those of who made the order: what they say of documents in it is left to be found again.
    """
    findings = [*of_others(order, tree, findings)]
    folder = SourceFolder(tree.root)
    title = title or order.title or titled(tree.root.resolve().name)
    about, found = about_of(order, title, tree, None, Paths(folder, frozenset()))
    findings += found
    opening = [Listed(title, "", 0, order.opening, name=order.opening[0].path)] if order.opening else []
    listed = [*opening, *order.listed]
    reading = _Reading(tree, order.file, folder, findings, on_file)
    units = [
        reading.unit(one, Identity(about.track, id), given)
        for one, (id, given) in zip(listed, ids_of(listed), strict=True)
    ]
    units = reading.linked(reading.joined(units, listed))
    findings += reading.unlisted()
    if not units and not has_errors(findings):
        findings.append(messages.SOURCE_EMPTY.at(Place(tree.shown)))
    return Curriculum(tuple(units), tuple(findings), (about,) if units else ())


@slotted
class _Reading:
    """A course while it is read."""

    tree: Tree
    file: str
    folder: SourceFolder
    findings: list[Finding]
    on_file: OnFile
    made: dict[Identity, list[MadePart]] = field(default_factory=dict)
    homes: dict[str, Identity] = field(default_factory=dict)
    seen: set[str] = field(default_factory=set)

    # --- units ---

    def unit(self, listed: Listed, identity: Identity, given: bool) -> Unit:
        """Return a unit without what it waits for; its parts do not know yet where they lead."""
        keys = Keys()
        made = [part for place in _places(listed) if (part := self._part(place, keys))]
        parts = list(unlike(one.part for one in made))
        self.made[identity] = [replace(one, part=part) for one, part in zip(made, parts, strict=True)]
        first = next((one for one in made if one.relative), None)
        home = listed.folder or posixpath.dirname(listed.roadmap or (first.relative if first else ""))
        if home:
            self.homes.setdefault(home, identity)
        if roadmap := self._roadmap(listed):
            title = Text(listed.title) if listed.title else roadmap.title
            own = replace(roadmap, id=identity.id, track=identity.track, title=title, given_id=given)
            return replace(own, gate=listed.gate, parts=tuple(parts))
        return Unit(
            path=first.part.path if first else self.file,
            line=1 if first else listed.line,
            kind=Kind.UNIT,
            id=identity.id,
            title=Text(listed.title or (first.part.title if first else "") or identity.id),
            track=identity.track,
            roles=tuple(map(Text, listed.roles)),
            summary=Text(listed.summary),
            hours=replace(hours_of(listed.minutes or 0), breakdown=listed.hours),
            objectives=tuple(map(Text, listed.objectives)),
            competencies=shown_by(parts, listed.competencies),
            parts=tuple(parts),
            given_id=given,
            gate=listed.gate,
        )

    def _roadmap(self, listed: Listed) -> Unit | None:
        """Return the module or the project that the roadmap of a unit is."""
        if not listed.roadmap:
            return None
        self.seen.add(listed.roadmap)
        shown = self.tree.named(listed.roadmap)
        lines, problems = read_lines(self.tree.root / listed.roadmap, shown)
        units = read_units(lines, shown, {}, problems) if lines is not None else []
        self.findings += problems
        if lines is not None and not units:
            self.findings.append(messages.NOT_A_UNIT.at(Place(shown, 1)))
        return units[0] if units else None

    def joined(self, units: Sequence[Unit], listed: Sequence[Listed]) -> list[Unit]:
        """Return units with what they wait for, and what comes after them: by their ids alone."""
        ids = {unit.id for unit in units}
        pairs = zip(units, listed, strict=True)
        found = [
            replace(
                unit, prerequisites=_references(one.requires, ids, one.line), next=_references(one.next, ids, one.line)
            )
            for unit, one in pairs
        ]
        self.findings += unknown_in_gates(units, [Place(self.file, one.line) for one in listed])
        return found

    def linked(self, units: Sequence[Unit]) -> list[Unit]:
        """Return units whose parts know where they lead."""
        made = [(unit, one) for unit in units for one in self.made[unit.identity]]
        ways = PlainLinks(self.folder, self.tree, self.homes, [placed(unit, one) for unit, one in made if one.relative])
        for _, one in made:
            if isinstance(one.part, File):
                ways.enter(one.part.path)
        found = {(unit.identity, one.part.key): ways.targets(placed(unit, one)) for unit, one in made if leading(one)}
        final = ways.named()
        self.seen |= set(ways.found)
        self.findings += ways.findings

        def led(unit: Unit, part: Part) -> Part | None:
            if isinstance(part, File):
                asset = final.get(self.tree.named(part.path))
                return replace(part, asset=asset, path=self.file) if asset else None
            targets = found.get((unit.identity, part.key), {})
            settled = {
                href: replace(one, asset=final[one.asset.path]) if isinstance(one, ToFile) else one
                for href, one in targets.items()
            }
            return replace(part, targets=settled) if isinstance(part, Leading) else part

        return [replace(unit, parts=tuple(part for one in unit.parts if (part := led(unit, one)))) for unit in units]

    def unlisted(self) -> Iterator[Finding]:
        """Return a finding for the documents of each folder that no unit lists, and no text leads to."""
        unknown = (path for path in self.tree.documents if path not in self.seen)
        return not_listed(unknown, Convention.OWN, self.tree)

    # --- parts ---

    def _part(self, place: Listed, keys: Keys) -> MadePart | None:
        if place.url:
            key = place.key or keys.key("link", place.url)
            return MadePart(Link(key, place.title or place.url, place.url, self.file, place.line, place.audience), "")
        if place.file:
            key = place.key or keys.key("file", place.file)
            title = place.title or posixpath.basename(place.file)
            return MadePart(File(key, title, _NOTHING, place.file, place.line, place.audience), "")
        if place.path in self.seen:
            return None
        self.seen.add(place.path)
        self.on_file(len(self.seen))
        document = plain_document(self.tree, self.folder, place.path, self.findings)
        return self._of(document, place, keys) if document else None

    def _of(self, document: Document, place: Listed, keys: Keys) -> MadePart:
        """Return the part that a document is."""
        told = told_of(document, self.findings, plain=True)
        told = replace(told, audience=place.audience) if place.audience is Audience.STAFF else told
        title, piece = _titled(document, place.title)
        key = told.key or keys.key(told.kind, "/".join(map(without_number, document.relative.split("/"))))
        if told.kind is PartKind.QUIZ:
            quiz = replace(self._quiz(document, title), key=key, audience=told.audience)
            return MadePart(quiz, document.relative)
        part = _written(document, told, key, title, piece)
        return MadePart(part, document.relative, (piece,) if piece else ())

    def _quiz(self, document: Document, title: str) -> Quiz:
        quiz, findings = quiz_in_any_notation(document.front, document.lines, document.path, document.start)
        self.findings += findings
        return replace(quiz, title=title)


def unknown_in_gates(units: Sequence[Unit], places: Sequence[Place]) -> Iterator[Finding]:
    """Yield a finding for each id that the gate of a unit names, and no unit of its course has."""
    ids = {unit.id for unit in units}
    for unit, place in zip(units, places, strict=True):
        for id in dict.fromkeys(mentioned(unit.gate)):
            if id not in ids:
                reason = f"'opens' of '{unit.title}' names '{id}', which is the id of no unit"
                yield messages.COURSE_FILE.at(place, reason=reason)


def _places(listed: Listed) -> Iterator[Listed]:
    """Yield the documents, links and files of a unit in order, those for staff that are listed apart last."""
    waiting = [listed]
    while waiting:
        place = waiting.pop()
        if place.path or place.url or place.file:
            yield place
        waiting += reversed(place.children)
    yield from (Listed("", path, audience=Audience.STAFF) for path in listed.staff)


def _references(texts: Sequence[str], ids: set[str], line: int) -> References:
    words = tuple(text for text in texts if text not in ids)
    mentions = tuple(Mention(text) for text in texts if text in ids)
    return References(Text("; ".join(texts), line), mentions, words, skills=words)


def _titled(document: Document, listed: str) -> tuple[str, Piece | None]:
    """Return the title of a document, and its text: without its first line, if that is what gives the title."""
    lines = list(document.lines)
    while lines and not lines[-1].strip():
        lines.pop()
    blank = next((at for at, line in enumerate(lines) if line.strip()), 0)
    lines, start = lines[blank:], document.start + blank
    title = said(document.front.get("title")) if "title" in document.front else listed
    if "title" not in document.front and not listed:
        title = titled(posixpath.basename(document.relative))
        if lines and lines[0].startswith("# "):
            title = lines[0][2:].strip(" #")
            rest = Document(document.path, document.relative, tuple(lines[1:]), {"title": title}, start + 1)
            return _titled(rest, listed)
    text = "\n".join(lines)
    return title, Piece(Prose(start, text), lines=tuple(range(start, start + len(lines)))) if lines else None


def _written(document: Document, told: PartTold, key: str, title: str, piece: Piece | None) -> Part:
    body = (Headed(piece.content),) if piece and isinstance(piece.content, Prose) else ()
    line = document.start
    match told.kind:
        case PartKind.ASSIGNMENT:
            return work_of(told, key, title, body, document.path, line)
        case PartKind.DISCUSSION:
            return discussion_of(told, key, title, body, document.path, line)
    goals = tuple(Text(text) for text in map(said, items(document.front.get("objectives"))) if text)
    timed = _minutes(document.front.get("minutes"))
    return Page(key, title, Text(""), body, document.path, line, told.audience, objectives=goals, minutes=timed)


def _minutes(value: object) -> float | None:
    """Return how many minutes a page says that it takes; None where it says nothing that can be."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return float(value) if 0 < value < _MOST_MINUTES else None
