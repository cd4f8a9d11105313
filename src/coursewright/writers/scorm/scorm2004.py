"""SCORM 2004, third and fourth edition: the gates are IMS simple sequencing, which the LMS's own engine enforces.

Each SCO writes whether it is satisfied to a global objective of the course. A gated item reads those of its
prerequisites into local objectives, and two rules look at them: `disabled` locks the entry in the menu, `skip` lets
Next pass it by. They ask for "not satisfied" or "not known", since an unknown status is not unsatisfied to the engine.
What else is written explicitly here overrides a default that would open a gate early, or close it again.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from lxml.etree import Element, QName, SubElement, _Element

from coursewright.course.gates import REACHED, All, Condition, Done, Gate, Status, UnwritableError, each, mapped
from coursewright.course.identifiers import course_identifier, identifier
from coursewright.course.model import Course, Step, Unit
from coursewright.findings import messages
from coursewright.findings.finding import Finding
from coursewright.packages.documents.lom import IEEE_LOM
from coursewright.packages.documents.manifest import ADLCP_1_3, ADLNAV, ADLSEQ, CP_1_1_4, LOM, SS, Dialect, Rules
from coursewright.packages.documents.scorm.preconditions import add_sequencing, write_locks
from coursewright.writers.losses import gates_reduced
from coursewright.writers.scorm.scores import mastery
from coursewright.writers.scorm.scorm import ScormProfile, scorm_writer
from coursewright.writers.scorm.unit_page import Runtime, goals, listed_goals, need, own, watched
from coursewright.writers.writer import Materials

# Moodle knows elements by their literal names, and its importer crashes on `imsss:mapInfo`. A second prefix of the same
# namespace is another spelling of the same name: Moodle passes it by, and everyone else reads what was meant.
_MAP_PREFIX = "ims2"
_RUNTIME = Runtime(api="2004", longest_state=64_000, most_objectives=100)


def _sequencing(course: Course, step: Step, materials: Materials) -> Rules:
    return partial(_write_sequencing, course=course, step=step, materials=materials)


def _write_sequencing(item: _Element, course: Course, step: Step, materials: Materials) -> None:
    sequencing = add_sequencing(item, "sequencing")
    unit, held = step.unit, _held(course, step)
    write_locks(sequencing, All(tuple(_satisfied(course, gate) for gate in held)))
    objectives = add_sequencing(sequencing, "objectives")
    _write_own(objectives, course, unit)
    near = {need.identity for need in step.needs}
    choices = [other for other in course.named_by(All(tuple(held))) if other.identity not in near]
    for other in (*step.needs, *choices):
        _write_map(
            add_sequencing(objectives, "objective", objectiveID=need(other)), _global(course, other), write=False
        )
    others = watched(course, step, _RUNTIME) if materials.options.certificate else ()
    for other in (one for one in others if one not in choices):  # which lock nothing: the certificate asks for them
        _write_map(
            add_sequencing(objectives, "objective", objectiveID=need(other)), _global(course, other), write=False
        )
    for goal in listed_goals(step, materials.renderer.plain, _RUNTIME, len(others)):
        add_sequencing(objectives, "objective", objectiveID=goal.name)
    add_sequencing(sequencing, "deliveryControls", completionSetByContent="true", objectiveSetByContent="true")


def _held(course: Course, step: Step) -> list[Gate]:
    """Return the conditions of a step that sequencing can hold."""
    return [gate for gate in each(step.gate) if _is_held(_satisfied(course, gate))]


def _is_held(gate: Gate) -> bool:
    try:
        write_locks(Element("sequencing"), gate)
    except UnwritableError:
        return False
    return True


def _satisfied(course: Course, gate: Gate) -> Gate:
    """Return a condition on units as one on the objectives that they satisfy."""
    units = {str(unit.identity): unit for unit in course.named_by(gate)}

    def change(one: Condition) -> Gate:
        unit = units.get(one.of) if isinstance(one, Done) and one.status in REACHED else None
        return Done(identifier(unit.identity), Status.SATISFIED, need(unit)) if unit else one

    return mapped(gate, change)


def _write_own(objectives: _Element, course: Course, unit: Unit) -> None:
    """Add what a unit itself satisfies: by its score, where one number says from which; else by its own word."""
    least = mastery(unit)
    primary = add_sequencing(objectives, "primaryObjective", objectiveID=own(unit))
    if least:
        primary.set("satisfiedByMeasure", "true")
        add_sequencing(primary, "minNormalizedMeasure").text = f"{least / 100:.4f}".rstrip("0").rstrip(".")
    _write_map(primary, _global(course, unit), write=True, measured=bool(least))


def _write_map(objective: _Element, target: str, *, write: bool, measured: bool = False) -> None:
    """Tie an objective to a global one: read always, since an engine might else forget it at the next attempt."""
    element = SubElement(objective, QName(SS, "mapInfo"), nsmap={_MAP_PREFIX: SS}, targetObjectiveID=target)
    element.set("readSatisfiedStatus", "true")
    element.set("readNormalizedMeasure", "true" if measured else "false")
    element.set("writeSatisfiedStatus", "true" if write else "false")
    element.set("writeNormalizedMeasure", "true" if measured else "false")


def _global(course: Course, unit: Unit) -> str:
    """Return the name of a unit's global objective; it is the course's alone, since the organization says so."""
    return f"urn:coursewright:{course_identifier(course.name)}:{identifier(unit.identity)}"


def _write_free_choice(organization: _Element) -> None:
    """Let learners choose and walk on as they like, within the gates, and keep what earlier visits achieved."""
    add_sequencing(
        add_sequencing(organization, "sequencing"),
        "controlMode",
        choice="true",
        flow="true",
        useCurrentAttemptObjectiveInfo="false",
        useCurrentAttemptProgressInfo="false",
    )


def _losses(course: Course, step: Step, materials: Materials) -> Iterator[Finding]:
    held = _held(course, step)
    yield from gates_reduced(step.unit, (gate for gate in step.others if gate not in held), "SCORM 2004")
    yield from _unlisted(course, step, materials)


def _unlisted(course: Course, step: Step, materials: Materials) -> Iterator[Finding]:
    unit, plain = step.unit, materials.renderer.plain
    others = watched(course, step, _RUNTIME) if materials.options.certificate else ()
    total, kept = len(goals(unit, plain)), len(listed_goals(step, plain, _RUNTIME, len(others)))
    if kept < total:
        place = unit.place(unit.objectives[0])
        yield messages.OBJECTIVES_NOT_LISTED.at(place, limit=_RUNTIME.most_objectives, kept=kept, total=total)


def _profile(name: str, edition: str) -> ScormProfile:
    return ScormProfile(
        name=name,
        dialect=Dialect(
            schema="ADL SCORM",
            schemaversion=edition,
            prefixes={  # of two for one namespace, elements get the first, unless they ask for the other
                None: CP_1_1_4,
                "adlcp": ADLCP_1_3,
                "adlseq": ADLSEQ,
                "adlnav": ADLNAV,
                "imsss": SS,
                _MAP_PREFIX: SS,
                "lom": LOM,
            },
            locations={
                CP_1_1_4: "imscp_v1p1.xsd",
                ADLCP_1_3: "adlcp_v1p3.xsd",
                ADLSEQ: "adlseq_v1p3.xsd",
                ADLNAV: "adlnav_v1p3.xsd",
                SS: "imsss_v1p0.xsd",
                LOM: "lom.xsd",
            },
            sco_attribute=QName(ADLCP_1_3, "scormType"),
            longest_title=200,
        ),
        binding=IEEE_LOM,
        schemas=name,
        runtime=_RUNTIME,
        unit_rules=_sequencing,
        losses=_losses,
        course_attributes={QName(ADLSEQ, "objectivesGlobalToSystem"): "false"},
        course_rules=_write_free_choice,
    )


write_third = scorm_writer(_profile("scorm2004-3rd", "2004 3rd Edition"))
write_fourth = scorm_writer(_profile("scorm2004-4th", "2004 4th Edition"))
