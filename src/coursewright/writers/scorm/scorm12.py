"""SCORM 1.2: the gates are `adlcp:prerequisites` on each item, which an LMS may heed or not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate

from lxml.etree import QName, SubElement, _Element

from coursewright.course.gates import OPEN, All, Done, Gate, UnwritableError, conditions, renamed, simplified
from coursewright.course.identifiers import identifier
from coursewright.course.model import Course, Step, Unit
from coursewright.findings import messages
from coursewright.findings.finding import Finding
from coursewright.packages.documents.lom import IMS_METADATA
from coursewright.packages.documents.manifest import ADLCP_1_2, CP_1_1_2, MD_1_2_1, Dialect, Rules
from coursewright.packages.documents.scorm.prerequisites import written_expression
from coursewright.text.names import plain_number
from coursewright.writers.losses import gates_reduced
from coursewright.writers.scorm.scores import mastery
from coursewright.writers.scorm.scorm import ScormProfile, scorm_writer
from coursewright.writers.scorm.unit_page import Runtime
from coursewright.writers.writer import Materials

_LONGEST_PREREQUISITES = 200


def _rules(course: Course, step: Step, materials: Materials) -> Rules | None:
    """Return what writes the prerequisites of a unit and the score from which it is passed, if it has either.

    A unit with a score to reach is never "completed" without it, so that a plain operand waits for "passed" as well.
    """
    (enforced, _), (held, _) = _enforced(course, step), _held(course, step)
    expression, least = _expression(course, step, enforced, held), mastery(step.unit)

    def write(item: _Element) -> None:
        if expression:
            SubElement(item, QName(ADLCP_1_2, "prerequisites"), type="aicc_script").text = expression
        if least:
            SubElement(item, QName(ADLCP_1_2, "masteryscore")).text = plain_number(least)

    return write if expression or least else None


def _expression(course: Course, step: Step, units: Iterable[Unit], others: Iterable[Gate] = ()) -> str:
    """Return the gate of a step as far as it is about these units, and these other conditions of its."""
    items = {str(unit.identity): identifier(unit.identity) for unit in units}
    gate = simplified(All((renamed(All(step.waits), items), *(_of_items(course, one) for one in others))))
    return "" if gate == OPEN else written_expression(gate)


def _of_items(course: Course, gate: Gate) -> Gate:
    """Return a condition on units as one on the items that they are."""
    return renamed(gate, {str(unit.identity): identifier(unit.identity) for unit in course.named_by(gate)})


def _held(course: Course, step: Step) -> tuple[list[Gate], list[Gate]]:
    """Return the conditions of a step besides what it needs that have a form and room, and those that have not."""
    held: list[Gate] = []
    lost: list[Gate] = []
    for gate in step.others:
        (held if _fits(course, step, (), [*held, gate]) else lost).append(gate)
    return held, lost


def _fits(course: Course, step: Step, units: Iterable[Unit], gates: Sequence[Gate]) -> bool:
    """Say whether units and other conditions have a form, and fit into the characters that the schema gives."""
    if not all(isinstance(one, Done) for gate in gates for one in conditions(gate)):
        return False
    try:
        return len(_expression(course, step, units, gates)) <= _LONGEST_PREREQUISITES
    except UnwritableError:
        return False


def _enforced(course: Course, step: Step) -> tuple[list[Unit], list[Unit]]:
    """Return the prerequisites that fit into the 200 characters the schema gives, and those that do not.

    When they do not all fit, those that others of them already require are left to those others.
    """
    required, (held, _) = list(step.needs), _held(course, step)
    if _fits(course, step, required, held):
        return required, []
    taken = len(_expression(course, step, (), held)) + 3 if held else 0  # with brackets and a sign between
    needed = [found for found in required if not _implied(found, required, course)]
    lengths = accumulate(len(identifier(found.identity)) + 1 for found in needed)
    fitting = sum(length - 1 <= _LONGEST_PREREQUISITES - taken for length in lengths)
    return needed[:fitting], needed[fitting:]


def _implied(unit: Unit, required: list[Unit], course: Course) -> bool:
    """Say whether another required unit cannot be open before this one is complete."""
    seen = set()
    waiting = [other for other in required if other is not unit]
    while waiting:
        for found in course.step(waiting.pop()).needs:
            if found is unit:
                return True
            if found.identity not in seen:
                seen.add(found.identity)
                waiting.append(found)
    return False


def _too_long(course: Course, step: Step, materials: Materials) -> Iterator[Finding]:
    unit, (_, left_out) = step.unit, _enforced(course, step)
    yield from gates_reduced(unit, _held(course, step)[1], "SCORM 1.2")
    if left_out:
        ids = ", ".join(found.id for found in left_out)
        yield messages.GATE_TOO_LONG.at(unit.place(unit.prerequisites.raw), left_out=ids, id=unit.id)


write = scorm_writer(
    ScormProfile(
        name="scorm12",
        dialect=Dialect(
            schema="ADL SCORM",
            schemaversion="1.2",
            prefixes={None: CP_1_1_2, "adlcp": ADLCP_1_2, "imsmd": MD_1_2_1},
            locations={
                CP_1_1_2: "imscp_rootv1p1p2.xsd",
                MD_1_2_1: "imsmd_rootv1p2p1.xsd",
                ADLCP_1_2: "adlcp_rootv1p2.xsd",
            },
            sco_attribute=QName(ADLCP_1_2, "scormtype"),
            longest_title=200,
        ),
        binding=IMS_METADATA,
        schemas="scorm12",
        runtime=Runtime(api="1.2", longest_state=4096),
        unit_rules=_rules,
        losses=_too_long,
    )
)
