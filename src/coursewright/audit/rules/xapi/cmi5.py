"""Rules over the course structure of cmi5, which its schema does not say."""

from __future__ import annotations

from collections.abc import Iterator

from coursewright.audit.flaw import Flaw, flaw
from coursewright.audit.rule import rule
from coursewright.audit.rules.names import launch_flaws, name_flaws
from coursewright.findings import messages
from coursewright.packages.documents.parsing import text_of
from coursewright.packages.kinds import Family
from coursewright.packages.subject import Subject

_LAUNCH_NAMES = ("endpoint", "fetch", "actor", "registration", "activityId")


@rule("P235 P244", family=Family.CMI5)
def names_are_unique_iris(subject: Subject) -> Iterator[Flaw]:
    """Every id of a course, block, unit or objective is an absolute IRI, and names one thing."""
    elements = subject.found.root.iter("{*}course", "{*}block", "{*}au", "{*}objective")
    return name_flaws(element for element in elements if element.get("id") is not None)


@rule("P204 P245 P255 P340", family=Family.CMI5, serves="P248")
def units_can_be_launched(subject: Subject) -> Iterator[Flaw]:
    """Every unit's address is one, leads to a file of the package if relative, and leaves the launch its names."""
    for url in subject.found.root.iter("{*}url"):
        yield from launch_flaws(text_of(url).strip(), _LAUNCH_NAMES, url, subject)


@rule("P203", family=Family.CMI5)
def objectives_are_declared(subject: Subject) -> Iterator[Flaw]:
    """Every objective that a unit refers to is one of the course."""
    declared = {(found.get("id") or "").strip() for found in subject.found.root.iterfind("{*}objectives/{*}objective")}
    for reference in subject.found.root.iter("{*}objective"):
        name = reference.get("idref")
        if name is not None and name.strip() not in declared:
            yield flaw(messages.REFERENCE_DANGLES, reference, element="<objective>", reference=name)


@rule("P285", family=Family.CMI5)
def units_say_when_they_are_done(subject: Subject) -> Iterator[Flaw]:
    """Every unit says what satisfies it: one that does not is satisfied before anyone has opened it."""
    units = list(subject.found.root.iter("{*}au"))
    silent = [unit for unit in units if unit.get("moveOn") is None]
    if silent:
        yield flaw(messages.MOVE_ON_LEFT_OUT, silent[0], count=len(silent), total=len(units))


@rule("P234", family=Family.CMI5)
def titles_are_written(subject: Subject) -> Iterator[Flaw]:
    """Courses, blocks and units have titles that can be read."""
    for element in subject.found.root.iter("{*}course", "{*}block", "{*}au"):
        title = element.find("{*}title")  # the schema asks for it
        if title is not None and not any(text_of(text).strip() for text in title.iterfind("{*}langstring")):
            yield flaw(messages.ITEM_WITHOUT_TITLE, element, item=element.get("id", "?"))
