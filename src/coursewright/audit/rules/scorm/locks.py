"""Rules over what locks and orders the items of SCORM packages: prerequisites of 1.2, sequencing of 2004."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice

from lxml import etree

from coursewright.audit.flaw import Flaw, flaw
from coursewright.audit.rule import rule
from coursewright.audit.rules.names import shared_names, twice_flaws
from coursewright.audit.rules.scorm.objectives import always_shut, check_sequencing
from coursewright.course.circles import circles, way_round
from coursewright.course.gates import mentioned, needed, refused
from coursewright.findings import messages
from coursewright.findings.finding import Severity
from coursewright.packages.documents.elements import flag
from coursewright.packages.documents.manifest import ADLCP_1_2, SS, named
from coursewright.packages.documents.parsing import text_of
from coursewright.packages.documents.scorm.prerequisites import UnreadableError, read_expression
from coursewright.packages.documents.scorm.sequencing import Sequencing, combined_by_any, iri, sequencings
from coursewright.packages.kinds import Family
from coursewright.packages.subject import Subject
from coursewright.text.patterns import later

_LONGEST_WAY = 10
_MOST_CIRCLES = 500
_BETWEEN = later(r"[\s,;]+")  # the items of a list, which is no expression


@rule("P206 P207 P257 P258 P356", family=Family.SCORM12)
def prerequisites_can_be_met(subject: Subject) -> Iterator[Flaw]:
    """Every prerequisite can be read, names items of the manifest, and waits for nothing that waits for it."""
    root = subject.found.root
    items = {name: item for item in root.iter("{*}item") if (name := item.get("identifier"))}
    launchable = set(_launchable(items, root))
    waits: defaultdict[str, list[str]] = defaultdict(list)
    for element in root.iter(f"{{{ADLCP_1_2}}}prerequisites"):
        parent = element.getparent()
        item = parent.get("identifier", "") if parent is not None else ""
        text = text_of(element).strip()
        if not text:
            continue
        shown_as = named(items[item]) if item in items else "?"
        try:
            gate = read_expression(text)
        except UnreadableError as error:
            listed = all(one in items for one in _BETWEEN.split(text))
            found = messages.PREREQUISITE_SYNTAX if listed else messages.EXPRESSION_UNREADABLE
            yield flaw(found, element, item=shown_as, reason=error, expression=text)
            continue
        for operand in (one for one in dict.fromkeys(mentioned(gate)) if one not in launchable):
            waiting, wanted = (named(items[name]) if name in items else f"'{name}'" for name in (item, operand))
            is_heading = operand in items and not items[operand].get("identifierref")
            weight = Severity.WARNING if is_heading else None  # some LMSs know whether all in it is done
            yield flaw(messages.PREREQUISITE_NOT_LAUNCHABLE, element, weight, item=waiting, operand=wanted)
        waits_on, contradicted = needed(gate), set(refused(gate))
        for operand in islice((one for one in waits_on if one in contradicted), 1):
            why = f"its prerequisites want '{operand}' to be done, and not to be done"
            yield flaw(messages.ALWAYS_LOCKED, element, item=shown_as, why=why)
        waits[item] += dict.fromkeys(waits_on)
    for name, heading in items.items():
        if not heading.get("identifierref"):  # it is done once all of what it holds is
            waits[name] += [child.get("identifier", "") for child in heading.iterfind("{*}item")]
    yield from islice(_circles(waits, items), _MOST_CIRCLES)


def _launchable(items: Mapping[str, etree._Element], root: etree._Element) -> Iterator[str]:
    """Yield the items that launch something: the page of a resource, or a manifest inside this one."""
    targets = {
        one.get("identifier", "").strip()
        for one in root.iter("{*}resource", "{*}manifest")
        if one.get("href") or one.find("{*}resources") is not None
    }
    for name, item in items.items():
        if item.get("identifierref", "").strip() in targets - {""}:
            yield name


def _circles(waits: Mapping[str, Sequence[str]], items: Mapping[str, etree._Element]) -> Iterator[Flaw]:
    """Yield a flaw for each circle, at the item of it that stands first."""
    for circle in circles(waits):
        names = [named(items[one]) if one in items else one for one in circle]
        way = way_round(names, _LONGEST_WAY)
        yield flaw(messages.PREREQUISITE_CIRCLE, items.get(circle[0]), item=names[0], way=way)


@rule("P203 P208 P209 P235 P258 P259 P260 P261 P356 P357", family=Family.SCORM2004)
def sequencing_works(subject: Subject) -> Iterator[Flaw]:
    """Whatever can be reached is, locks lock from the start, and no two objectives of an item write to one place."""
    yield from check_sequencing(subject.found.root)
    ordered = sequencings(subject.found.root)
    of_item: dict[etree._Element | None, Sequencing] = {one.item: one for one in ordered}
    for one in ordered:
        yield from _unreachable(one)
        if not any(always_shut(one)):
            yield from _open_at_first(one)
        yield from _lets_through(one, of_item.get(one.item.getparent()))
        yield from _written_twice(one)
        yield from _named_twice(one)


def _unreachable(sequencing: Sequencing) -> Iterator[Flaw]:
    if sequencing.item.find("{*}item") is None:
        return
    for mode in sequencing.find("controlMode"):
        if not flag(mode, "choice", True) and not flag(mode, "flow", False):
            yield flaw(messages.UNREACHABLE, mode, item=named(sequencing.item))


def _open_at_first(sequencing: Sequencing) -> Iterator[Flaw]:
    """Yield a flaw where an item is disabled until something is satisfied, but not while its status is unknown."""
    rules = sequencing.locking("disabled")
    if any(_may_lock(condition) for one in rules for condition in one.iter(f"{{{SS}}}ruleCondition")):
        return
    locking = {name for one in rules if _fires_at_first(one) for name in _asked(one, "objectiveStatusKnown")}
    for one in rules:
        for objective, condition in _asked(one, "satisfied").items():
            if objective not in locking:
                yield flaw(messages.OPEN_AT_FIRST, condition, item=named(sequencing.item), objective=objective)
                return


def _may_lock(condition: etree._Element) -> bool:
    """Say whether a condition is another than those of a lock, and may lock what nobody has tried, or is meant to."""
    asked, is_negated = condition.get("condition"), condition.get("operator") == "not"
    if is_negated:
        return asked not in ("satisfied", "objectiveStatusKnown")
    return asked not in ("satisfied", "attemptLimitExceeded", "attempted", "completed")


def _fires_at_first(rule: etree._Element) -> bool:
    """Say whether a rule that asks for unknown statuses fires where all are: any will do, or it asks nothing else."""
    asked = {found.get("condition") for found in rule.iter(f"{{{SS}}}ruleCondition")}
    return combined_by_any(rule) or asked == {"objectiveStatusKnown"}


def _lets_through(sequencing: Sequencing, parent: Sequencing | None) -> Iterator[Flaw]:
    """Yield a flaw where a lock only hides an item to which Next leads, or only skips one that can be chosen."""
    actions: dict[str, set[str]] = {}
    places: dict[str, etree._Element] = {}
    for action in ("skip", "hiddenFromChoice", "disabled"):
        for one in sequencing.locking(action):
            known = _asked(one, "objectiveStatusKnown") if combined_by_any(one) or action == "disabled" else {}
            for objective, condition in _asked(one, "satisfied").items():
                if objective in known or action == "disabled":
                    actions.setdefault(objective, set()).add(action)
                    places.setdefault(objective, condition)
    modes = parent.find("controlMode") if parent else []
    may_choose = all(flag(mode, "choice", True) for mode in modes)
    may_flow = any(flag(mode, "flow", False) for mode in modes)
    is_shown = flag(sequencing.item, "isvisible", True)
    for objective, taken in actions.items():
        does, way = "", ""
        if taken == {"skip"} and may_choose and is_shown:
            does, way = "skipped", "it can be chosen in the menu"
        elif taken == {"hiddenFromChoice"} and may_flow:
            does, way = "hidden", "the Next button leads to it"
        if does:
            item = named(sequencing.item)
            yield flaw(messages.LOCK_LETS_THROUGH, places[objective], item=item, does=does, way=way)
            return


def _asked(rule: etree._Element, what: str) -> dict[str, etree._Element]:
    """Return the objectives by which a rule fires where something is not so, each with its condition."""
    return {
        objective: found
        for found in rule.iter(f"{{{SS}}}ruleCondition")
        if found.get("operator") == "not" and found.get("condition") == what
        if (objective := found.get("referencedObjective"))
    }


def _written_twice(sequencing: Sequencing) -> Iterator[Flaw]:
    for what in ("writeSatisfiedStatus", "writeNormalizedMeasure"):
        writing = (one for one in sequencing.find("objectives/*/mapInfo") if flag(one, what, False))
        for target, one in shared_names((iri(one.get("targetObjectiveID", "")), one) for one in writing):
            yield flaw(messages.WRITTEN_TWICE, one, item=named(sequencing.item), objective=target)


def _named_twice(sequencing: Sequencing) -> Iterator[Flaw]:
    """Yield a flaw for each name that two objectives of an item share; rules look at the one or the other."""
    return twice_flaws((iri(one.get("objectiveID", "")) or None, one) for one in sequencing.find("objectives/*"))
