"""Whether what the items of SCORM packages ask for can be reached: scores from which they are passed, and progress."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence

from lxml import etree

from coursewright.audit.flaw import Flaw, flaw
from coursewright.audit.rule import SCORM, rule
from coursewright.audit.rules.scorm.objectives import locks_of
from coursewright.course.gates import needed
from coursewright.findings import messages
from coursewright.findings.finding import Severity
from coursewright.frozen import frozen
from coursewright.packages.documents.elements import flag, local_name, number
from coursewright.packages.documents.manifest import ADLCP_1_2, ADLCP_1_3, SS, named
from coursewright.packages.documents.menu import threshold
from coursewright.packages.documents.parsing import text_of
from coursewright.packages.documents.scorm.prerequisites import UnreadableError, read_expression
from coursewright.packages.documents.scorm.sequencing import Sequencing, iri, sequencings
from coursewright.packages.kinds import Family
from coursewright.packages.subject import Subject, shown_name
from coursewright.text.names import first_of

_MOST_NAMED = 5
_PROGRESS = ("progress", "completes")
_WRITES = ("writeSatisfiedStatus", "writeNormalizedMeasure")
MOST_OF_A_SCORE = 100.0
"""What a score of SCORM 1.2 can be at most; none is below 0."""


@frozen
class _Bar:
    """What has to be reached: where it stands, in which item, what it is called, and what learners can have."""

    element: etree._Element
    item: etree._Element
    what: str
    value: float
    least: float
    most: float
    words: tuple[str, str]
    """What learners have, and what they do once they have enough."""

    @property
    def counts_alone(self) -> bool:
        """Say whether nothing else will do: an item of SCORM 1.2 without a score may be complete all the same."""
        return local_name(self.element) != "masteryscore"


@rule("P392", family=SCORM)
def bars_can_be_reached(subject: Subject) -> Iterator[Flaw]:
    """What items ask for is within the range of what learners can have."""
    bars = [one for one in _bars(subject) if not one.least <= one.value <= one.most]
    too_high = [one.element for one in bars if one.value > one.most and one.words != _PROGRESS]
    waiting = behind(subject, too_high) if too_high else {}
    for one in bars:
        is_high, shut = one.value > one.most, waiting.get(one.element, [])
        has, does = one.words
        about = {
            "who": f"nobody with a {has}" if is_high else f"whoever has a {has}",
            "does": does,
            "item": shown_name(one.item),
            "what": one.what,
            "value": f"{one.value:g}",
            "has": has,
            "end": f"is {one.most:g} at most" if is_high else f"is {one.least:g} at least",
            "waiting": never_open(shut, "" if one.counts_alone else SCORED),
            "least": f"{one.least:g}",
            "most": f"{one.most:g}",
        }
        yield flaw(messages.BAR_BEYOND, one.element, Severity.ERROR if shut else None, **about)


def _bars(subject: Subject) -> Iterator[_Bar]:
    root = subject.found.root
    for element in root.iter(f"{{{ADLCP_1_2}}}masteryscore"):
        item, value = element.getparent(), number(text_of(element))
        if item is not None and value is not None:
            yield _Bar(element, item, "mastery score", value, 0, MOST_OF_A_SCORE, ("score", "passes"))
    for element in root.iter(f"{{{ADLCP_1_3}}}completionThreshold"):
        item, value = element.getparent(), threshold(element)
        if item is not None and value is not None:
            yield _Bar(element, item, "completion threshold", value, 0, 1, _PROGRESS)
    for one in sequencings(root) if subject.found.kind.family is Family.SCORM2004 else ():
        for element, value in _measures(one):
            yield _Bar(element, one.item, "<minNormalizedMeasure>", value, -1, 1, ("score", "satisfies"))


def _measures(sequencing: Sequencing) -> Iterator[tuple[etree._Element, float]]:
    """Yield the measures by which objectives of an item are satisfied, where they are by that."""
    for objective in sequencing.find("objectives/*"):
        found = objective.find(f"{{{SS}}}minNormalizedMeasure")
        value = number(text_of(found)) if flag(objective, "satisfiedByMeasure", False) else None
        if found is not None and value is not None:
            yield found, value


# --- what waits for them ---


SCORED = "whoever has a score"


def never_open(shut: Collection[str], whom: str = "") -> str:
    """Return in words that items never open, or to whom, to stand at the end of a text; "" of none."""
    if not shut:
        return ""
    names = first_of(shut, _MOST_NAMED)
    waits, opens = ("waits", "opens") if len(shut) == 1 else ("wait", "open")
    return f"; {names} {waits} for that, and never {opens}" + (f" to {whom}" if whom else "")


Node = etree._Element | str
"""An item, an objective of one, what is written of it, or a global objective by its name."""
_Step = tuple[Collection[Node], Node]
"""Nodes, of which one has to come about for another to."""


def behind(subject: Subject, bars: Collection[etree._Element]) -> Mapping[etree._Element, list[str]]:
    """Return for each bar that nobody reaches the items that wait for it, and never open, by their names."""
    is_2004 = subject.found.kind.family is Family.SCORM2004
    steps = list((_sequenced if is_2004 else _by_prerequisites)(subject.found.root))
    shut: dict[etree._Element, list[str]] = {}
    for node, bar in _spread(bars, steps).items():
        if isinstance(node, etree._Element) and local_name(node) == "item" and node is not bar.getparent():
            shut.setdefault(bar, []).append(named(node))
    return shut


def _spread(bars: Collection[etree._Element], steps: Sequence[_Step]) -> Mapping[Node, etree._Element]:
    """Return what never comes about since bars are not reached, each with the bar that is the last of its reasons."""
    after: defaultdict[Node, list[int]] = defaultdict(list)
    left = [len(set(before)) for before, _ in steps]
    for index, (before, _) in enumerate(steps):
        for node in set(before):
            after[node].append(index)
    never: dict[Node, etree._Element] = {}
    ahead: list[tuple[Node, etree._Element]] = [(above, bar) for bar in bars if (above := bar.getparent()) is not None]
    while ahead:
        node, bar = ahead.pop()
        if node in never:
            continue
        never[node] = bar
        for index in after[node]:
            left[index] -= 1
            if not left[index]:
                ahead.append((steps[index][1], bar))
    return never


def _by_prerequisites(root: etree._Element) -> Iterator[_Step]:
    """Yield what keeps items of SCORM 1.2 shut: each item without which their prerequisites do not hold."""
    items = {name: item for item in root.iter("{*}item") if (name := item.get("identifier"))}
    for element in root.iter(f"{{{ADLCP_1_2}}}prerequisites"):
        item = element.getparent()
        try:
            wanted = needed(read_expression(text_of(element).strip()))
        except UnreadableError:
            continue  # which is told
        if item is not None:
            yield from (((items[name],), item) for name in wanted if name in items)


def _sequenced(root: etree._Element) -> Iterator[_Step]:
    """Yield what keeps items of SCORM 2004 shut: global objectives, each unless something else writes it."""
    writing: defaultdict[str, list[Node]] = defaultdict(list)
    ordered = sequencings(root)
    for one in ordered:
        for objective in one.find("objectives/*"):
            for found in objective.iterfind(f"{{{SS}}}mapInfo"):
                if any(flag(found, name, False) for name in _WRITES):
                    writing[iri(found.get("targetObjectiveID", ""))].append(found)
                    yield (objective,), found
                    yield (one.item,), found
    yield from ((maps, target) for target, maps in writing.items())
    for one in ordered:
        for lock in locks_of(one):
            if lock.targets and lock.targets <= writing.keys():
                yield lock.targets, lock.item
