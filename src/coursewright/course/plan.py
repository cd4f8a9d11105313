"""From a curriculum to courses: which units one package holds, in which order, and what gates them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from enum import StrEnum
from functools import partial

from coursewright.course.edition import Edition
from coursewright.course.gates import (
    All,
    Condition,
    Done,
    Gate,
    Score,
    each,
    mapped,
    mentioned,
    simplified,
    through,
    waits_for,
)
from coursewright.course.graph import Graph, LinkedMention, in_order, with_prerequisites
from coursewright.course.identifiers import readable
from coursewright.course.model import About, Course, Section, Step, Unit
from coursewright.course.values import Audience, Identity, Kind, References
from coursewright.findings import messages
from coursewright.findings.finding import Finding
from coursewright.frozen import frozen
from coursewright.text.names import digest, few, normal, slug


class Grouping(StrEnum):
    """How units are put into packages."""

    TRACK = "track"
    UNIT = "unit"
    ALL = "all"


@frozen
class Selection:
    """What the user wants built. Without `only` it is everything; without a grouping, chosen units make one course.

    `staff` asks for the sections for staff, too.
    """

    grouping: Grouping | None = None
    only: tuple[Unit, ...] = ()
    with_prerequisites: bool = False
    title: str = ""
    staff: bool = False


@frozen
class _Group:
    name: str
    title: str
    units: list[Unit]
    file: str = ""


def plan(
    graph: Graph, editions: Mapping[Identity, Edition], selection: Selection
) -> tuple[list[Course], list[Finding]]:
    """Return the courses of a selection, and a finding for each prerequisite that its course cannot gate."""
    courses, findings = [], []
    for group in _filed(_groups(graph, selection)):
        course, problems = _course(group, graph, editions, staff=selection.staff)
        courses.append(course)
        findings += problems
    return courses, findings


def _groups(graph: Graph, selection: Selection) -> list[_Group]:
    chosen = list(selection.only) or list(graph.units.values())
    if selection.with_prerequisites:
        chosen = with_prerequisites(chosen, graph)
    grouping = selection.grouping or (Grouping.ALL if selection.only else Grouping.TRACK)
    if not chosen:
        return []
    if grouping is Grouping.UNIT:
        return _uniquely_named([_Group(f"{unit.track}-{slug(unit.id)}", unit.title, [unit]) for unit in chosen])
    if grouping is Grouping.ALL:
        return [_whole(chosen, selection, graph)]
    return _tracks(chosen, selection.title, graph)


def _whole(chosen: list[Unit], selection: Selection, graph: Graph) -> _Group:
    if not selection.only:
        about = graph.about(chosen)
        title = selection.title or (about.title if about else "Curriculum")
        return _Group(about.track if about else slug(title), title, chosen)
    ids = "-".join(slug(unit.id) for unit in selection.only)
    name = slug(f"{ids}-path" if selection.with_prerequisites else ids)
    return _Group(name, selection.title or ", ".join(unit.title for unit in selection.only), chosen)


def _tracks(chosen: Iterable[Unit], title: str, graph: Graph) -> list[_Group]:
    by_track: dict[str, list[Unit]] = {}
    for unit in chosen:
        by_track.setdefault(unit.track, []).append(unit)
    single = len(by_track) == 1
    return [
        _Group(track, (title if single and title else " – ".join(filter(None, [title, _named(units, graph)]))), units)
        for track, units in sorted(by_track.items())
    ]


def _named(units: Sequence[Unit], graph: Graph) -> str:
    """Return what the units of a track are called as a course."""
    about = graph.about(units)
    return about.title if about else _role(units[0])


def _role(unit: Unit) -> str:
    return unit.roles[0] if unit.roles else unit.track.replace("-", " ").capitalize()


def _filed(groups: list[_Group]) -> Iterator[_Group]:
    """Yield the groups with a name for their files, which two never share."""
    taken = {group.name for group in groups}
    for group in groups:
        file = readable(group.title)
        if file == slug(group.title):
            unnamed = group.name.startswith(digest(_role(group.units[0])))
            yield replace(group, file=f"course-{group.name}") if unnamed else group
            continue
        file = f"{file}-{digest(group.name)}" if file in taken else file
        taken.add(file)
        yield replace(group, file=file)


def _uniquely_named(groups: list[_Group]) -> list[_Group]:
    seen: set[str] = set()
    named = []
    for group in groups:
        name = group.name if group.name not in seen else f"{group.name}-{digest(str(group.units[0].identity))}"
        seen.add(name)
        named.append(_Group(name, group.title, group.units))
    return named


def _course(
    group: _Group, graph: Graph, editions: Mapping[Identity, Edition], *, staff: bool
) -> tuple[Course, list[Finding]]:
    inside = {unit.identity for unit in group.units}
    ordered = in_order(group.units, graph)
    steps = tuple(_step(unit, graph, editions, inside, staff=staff) for unit in ordered)
    findings = [found for step in steps for found in _ungated(step.unit, graph, inside)]
    about = graph.about(group.units) or About("", "")
    said = (about.language, about.rights, about.summary, about.cover, about.certificate, about.keywords, about.url)
    return Course(group.name, group.title, steps, group.file, *said), findings


def _step(
    unit: Unit,
    graph: Graph,
    editions: Mapping[Identity, Edition],
    inside: Collection[Identity],
    *,
    staff: bool,
) -> Step:
    """Return a unit as written as a step: the learners' edition of it, and what of it is for staff, if asked for."""
    identity, edited = unit.identity, editions[unit.identity].unit
    needs = _inside(graph.required(unit), inside, editions)
    return Step(
        edited,
        gate=_gate(needs, unit, inside),
        needs=needs,
        entry=tuple(_outside(graph.prerequisites[identity], edited.prerequisites, inside)),
        next=_inside(graph.following(unit), inside, editions),
        beyond=tuple(_outside(graph.next[identity], edited.next, inside)),
        staff=_staff(unit) if staff else (),
        staff_parts=tuple(part for part in unit.parts if staff and part.audience is Audience.STAFF),
    )


def _gate(needs: Iterable[Unit], unit: Unit, inside: Collection[Identity]) -> Gate:
    """Return what must hold before a unit opens: its prerequisites, and what of its own gate the course can hold."""
    waits = waits_for(found.identity for found in needs)
    held = tuple(one for one in each(unit.gate) if not _missing(one, unit, inside))
    if not held:
        return waits
    gate = simplified(All((waits, *(mapped(one, partial(_by_identity, unit.track)) for one in held))))
    return gate if isinstance(gate, All) else All((gate,))


def _by_identity(track: str, condition: Condition) -> Gate:
    """Return a condition on a unit of a track that names it by its identity."""
    named = through(condition)
    return replace(named, of=str(Identity(track, named.of))) if isinstance(named, Done | Score) else named


def _missing(gate: Gate, unit: Unit, inside: Collection[Identity]) -> list[str]:
    """Return the ids that a gate of a unit names, and no unit of its course has."""
    return [id for id in dict.fromkeys(mentioned(gate)) if Identity(unit.track, id) not in inside]


def alone(course: Course, step: Step) -> Course:
    """Return one step of a course as a course by itself; what it gates or waits for is in words then."""
    needed, following = (tuple(unit.called(unit.title) for unit in units) for units in (step.needs, step.next))
    only = Step(step.unit, entry=(*needed, *step.entry), beyond=(*following, *step.beyond))
    return Course(slug(str(step.unit.identity)), course.title, (only,))


def _staff(unit: Unit) -> tuple[Section, ...]:
    """Return the sections for staff of a unit as written."""
    return tuple(section for section in unit.sections if section.audience is Audience.STAFF)


def _inside(
    units: Iterable[Unit], inside: Collection[Identity], editions: Mapping[Identity, Edition]
) -> tuple[Unit, ...]:
    return tuple(editions[unit.identity].unit for unit in units if unit.identity in inside)


def _outside(links: Iterable[LinkedMention], references: References, inside: Collection[Identity]) -> Iterable[str]:
    """Yield, as a learner reads them, the references that lead out of the course."""
    for link in links:
        if link.target is None:
            yield f"{link.mention.id} {link.mention.label}".strip()
        elif link.target.identity not in inside:
            name = link.target.called(link.target.title)
            yield name if link.target.kind is Kind.UNIT else f"{name} ({_role(link.target)})"
    yield from references.text


def _ungated(unit: Unit, graph: Graph, inside: Collection[Identity]) -> Iterable[Finding]:
    for required in graph.required(unit):
        if required.identity not in inside:
            found = messages.PREREQUISITE_OUTSIDE.at(
                unit.place(unit.prerequisites.raw), id=required.id, track=required.track, own=unit.track, unit=unit.id
            )
            yield found.about(unit.identity, related=[required.place()])
    sure = {need.id for need in graph.required(unit)}
    for gate in each(graph.units[unit.identity].gate):
        missing = [id for id in _missing(gate, unit, inside) if id not in sure]
        if missing:
            found = messages.GATE_OUTSIDE.at(unit.place(), unit=unit.named(unit.title), ids=few(missing))
            yield found.about(unit.identity)


def chosen_units(graph: Graph, names: Iterable[str]) -> tuple[list[Unit], dict[str, list[Unit]]]:
    """Return the units that ids name (`MOD-602`, or `track/MOD-602`), and for each other name what it could mean."""
    found: list[Unit] = []
    unclear: dict[str, list[Unit]] = {}
    for name in names:
        track, _, id = name.rpartition("/")
        meant = [
            unit
            for unit in graph.units.values()
            if unit.id.upper() == id.upper() and (not track or normal(track) == normal(unit.track))
        ]
        meant = [unit for unit in meant if unit.id == id] or meant
        if len(meant) == 1:
            found.append(meant[0])
        else:
            unclear[name] = meant
    return found, unclear
