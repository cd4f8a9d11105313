"""Rules over a curriculum: each function states what should hold and yields a finding where it does not."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import chain

from coursewright import messages
from coursewright.audience import withheld
from coursewright.diagnostics import Finding
from coursewright.graph import Graph, Link, cycles
from coursewright.model import Audience, Curriculum, Item, Listing, Prose, Text, Unit
from coursewright.wording import intricacy, is_placeholder, plain_number

_NOT_CARRIED = re.compile(r"!\[[^\]]*\]\(([^)\s]+)|(?<!!)\[[^\]]*\]\((?!https?://|mailto:|tel:)([^)\s]+)")

Rule = Callable[[Curriculum, Graph], Iterator[Finding]]


def lint(curriculum: Curriculum, graph: Graph) -> list[Finding]:
    """Return what every rule finds."""
    return list(chain.from_iterable(rule(curriculum, graph) for rule in RULES))


def identities_are_unique(curriculum: Curriculum, graph: Graph) -> Iterator[Finding]:
    """No two units have one id in one track."""
    for unit in curriculum.units:
        first = graph.units[unit.identity]
        if first is not unit:
            found = messages.DUPLICATE_IDENTITY.at(unit.place(), id=unit.id, track=unit.track, other=first.place())
            yield found.about(unit.identity, related=[first.place()])


def prerequisites_are_acyclic(curriculum: Curriculum, graph: Graph) -> Iterator[Finding]:
    """No unit waits for itself, directly or through others."""
    for circle in cycles(graph):
        places = [unit.place(unit.prerequisites.raw) for unit in circle]
        way = " → ".join(f"{unit.id} ({place})" for unit, place in zip(circle, places, strict=True))
        found = messages.PREREQUISITE_CYCLE.at(places[0], cycle=f"{way} → {circle[0].id}")
        yield found.about(*(unit.identity for unit in circle), related=places)


def prerequisites_exist(curriculum: Curriculum, graph: Graph) -> Iterator[Finding]:
    """Every prerequisite names exactly one unit."""
    for unit in graph.units.values():
        place = unit.place(unit.prerequisites.raw)
        for link in graph.prerequisites[unit.identity]:
            if not link.candidates:
                yield messages.PREREQUISITE_UNKNOWN.at(place, id=link.mention.id).about(unit.identity)
            elif len(link.candidates) > 1:
                yield _ambiguous(unit, link)


def _ambiguous(unit: Unit, link: Link) -> Finding:
    tracks = [candidate.track for candidate in link.candidates]
    example = f"{tracks[0].replace('-', ' ')} {link.mention.id}"
    found = messages.PREREQUISITE_AMBIGUOUS.at(
        unit.place(unit.prerequisites.raw), id=link.mention.id, candidates=" or ".join(tracks), example=example
    )
    return found.about(unit.identity, related=[candidate.place() for candidate in link.candidates])


def prerequisites_are_units(curriculum: Curriculum, graph: Graph) -> Iterator[Finding]:
    """Every prerequisite is a unit rather than words."""
    for unit in graph.units.values():
        for text in unit.prerequisites.text:
            found = messages.PREREQUISITE_IN_WORDS.at(unit.place(unit.prerequisites.raw), text=text)
            yield found.about(unit.identity)


def next_units_require_this_one(curriculum: Curriculum, graph: Graph) -> Iterator[Finding]:
    """What a unit names as next has it as a prerequisite."""
    for unit in graph.units.values():
        place = unit.place(unit.next.raw)
        for link in graph.next[unit.identity]:
            if link.target is None:
                yield messages.NEXT_UNKNOWN.at(place, id=link.mention.id).about(unit.identity)
            elif unit not in graph.required(link.target):
                found = messages.NEXT_NOT_REQUIRED.at(place, id=link.target.id, unit=unit.id)
                yield found.about(unit.identity, related=[link.target.place()])


def prerequisites_are_next(curriculum: Curriculum, graph: Graph) -> Iterator[Finding]:
    """What a unit requires names it as next, where it names anything."""
    for unit in graph.units.values():
        for required in graph.required(unit):
            if required.next.mentions and unit not in graph.following(required):
                found = messages.NOT_IN_NEXT.at(required.place(required.next.raw), unit=required.id, id=unit.id)
                yield found.about(required.identity, related=[unit.place()])


def placement_agrees(curriculum: Curriculum, graph: Graph) -> Iterator[Finding]:
    """What a project is placed after is among its prerequisites."""
    for unit in graph.units.values():
        required = graph.required(unit)
        mentioned = {mention.id for mention in unit.prerequisites.mentions}
        for link in graph.placement[unit.identity]:
            if link.mention.id not in mentioned and link.target not in required:
                found = messages.PLACEMENT_DISAGREES.at(unit.place(unit.placement.raw), id=link.mention.id)
                yield found.about(unit.identity)


def hours_add_up(curriculum: Curriculum, graph: Graph) -> Iterator[Finding]:
    """The hours can be read, and their parts sum to the total."""
    for unit in graph.units.values():
        hours, place = unit.hours, unit.place(unit.hours.raw)
        parts = sum(hours.breakdown.values())
        if hours.total is None:
            if hours.raw and not is_placeholder(hours.raw):
                yield messages.HOURS_UNREADABLE.at(place, text=hours.raw).about(unit.identity)
        elif hours.breakdown and abs(parts - hours.total) > 0.01:
            found = messages.HOURS_DISAGREE.at(place, total=plain_number(hours.total), sum=plain_number(parts))
            yield found.about(unit.identity)


def objectives_are_stated(curriculum: Curriculum, graph: Graph) -> Iterator[Finding]:
    """Every unit says what it is for."""
    for unit in graph.units.values():
        if not unit.objectives:
            yield messages.OBJECTIVES_MISSING.at(unit.place(), id=unit.id).about(unit.identity)


def texts_are_no_placeholders(curriculum: Curriculum, graph: Graph) -> Iterator[Finding]:
    """Texts say something rather than point into plans and templates."""
    for unit in graph.units.values():
        fields = [unit.hours.raw, unit.prerequisites.raw, unit.next.raw, unit.placement.raw]
        for text in chain(fields, learner_texts(unit)):
            if is_placeholder(text):
                yield messages.PLACEHOLDER.at(unit.place(text), text=text).about(unit.identity)


def learners_are_spared_repository_paths(curriculum: Curriculum, graph: Graph) -> Iterator[Finding]:
    """Texts for learners hold no repository paths."""
    for unit in graph.units.values():
        for text in chain([unit.summary], learner_texts(unit)):
            if cut := withheld(text):
                yield messages.STAFF_TEXT_WITHHELD.at(unit.place(text), text=cut).about(unit.identity)


def links_lead_somewhere(curriculum: Curriculum, graph: Graph) -> Iterator[Finding]:
    """Links lead to the web, since the package holds no other file; pictures are not carried at all."""
    for unit in graph.units.values():
        for text in chain([unit.summary], learner_texts(unit)):
            if "](" in text and not intricacy(text):
                for found in _NOT_CARRIED.finditer(text):
                    yield messages.LINK_NOT_CARRIED.at(unit.place(text), target=found[1] or found[2]).about(
                        unit.identity
                    )


def markdown_is_simple(curriculum: Curriculum, graph: Graph) -> Iterator[Finding]:
    """No text takes unbounded time to convert."""
    for unit in graph.units.values():
        for text in chain([unit.summary], learner_texts(unit)):
            if reason := intricacy(text):
                yield messages.TOO_INTRICATE.at(unit.place(text), reason=reason).about(unit.identity)


def learner_texts(unit: Unit) -> Iterator[Text]:
    """Yield every text of a unit that is meant for learners."""
    for field in unit.fields:
        yield Text(f"**{field.label}**: {field.value}", field.line)
        yield from field.children
    yield from unit.objectives
    for competency in unit.competencies:
        yield from (competency.name, competency.target, competency.evidence)
    for topic in unit.outline:
        yield from (topic.title, topic.detail)
    yield from chain(unit.activities, unit.assessments, unit.deliverables)
    for component in unit.components:
        yield from (component.asset, component.description, component.criteria, component.validation)
    yield from (milestone.text for milestone in unit.milestones)
    for risk in unit.risks:
        yield from (risk.risk, risk.mitigation)
    yield from (check.text for check in unit.checklist)
    for section in unit.sections:
        if section.audience is Audience.LEARNER:
            yield from chain.from_iterable(_block_texts(block) for block in section.rest)


def _block_texts(block: object) -> Iterator[Text]:
    if isinstance(block, Listing):
        yield from chain.from_iterable(_item_texts(item) for item in block.items)
    elif isinstance(block, Prose):
        yield Text(block.markdown, block.line)


def _item_texts(item: Item) -> Iterator[Text]:
    yield item.text
    for child in item.children:
        yield from _item_texts(child)


RULES: tuple[Rule, ...] = (
    identities_are_unique,
    prerequisites_are_acyclic,
    prerequisites_exist,
    prerequisites_are_units,
    next_units_require_this_one,
    prerequisites_are_next,
    placement_agrees,
    hours_add_up,
    objectives_are_stated,
    texts_are_no_placeholders,
    learners_are_spared_repository_paths,
    links_lead_somewhere,
    markdown_is_simple,
)
