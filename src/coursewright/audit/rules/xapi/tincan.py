"""Rules over xAPI (Tin Can) packages, whose tincan.xml no schema of a standard describes."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from coursewright.audit.flaw import Flaw, flaw
from coursewright.audit.rule import rule
from coursewright.audit.rules.names import is_iri, launch_flaws, name_flaws
from coursewright.findings import messages
from coursewright.findings.finding import Severity
from coursewright.packages.documents.parsing import text_of
from coursewright.packages.kinds import Family
from coursewright.packages.subject import Subject

NAMESPACE = "http://projecttincan.com/tincan.xsd"
_LAUNCH_NAMES = ("endpoint", "auth", "actor", "registration", "activity_id", "activity_platform", "grouping", "fetch")


def _activities(subject: Subject) -> list[etree._Element]:
    return list(subject.found.root.iterfind("{*}activities/{*}activity"))


@rule("P286", family=Family.XAPI)
def the_document_is_tincan(subject: Subject) -> Iterator[Flaw]:
    """The outermost element is `tincan`, in the one namespace that launchers look for."""
    root = subject.found.root
    if root.tag != f"{{{NAMESPACE}}}tincan":
        found = f"<{etree.QName(root).localname}> in the namespace '{etree.QName(root).namespace or ''}'"
        yield flaw(messages.ROOT_WRONG, root, found=found, wanted=f"<tincan> in '{NAMESPACE}'")


@rule("P235 P244", family=Family.XAPI)
def activities_are_named_by_iris(subject: Subject) -> Iterator[Flaw]:
    """Every activity has an id, which is an absolute IRI and names nothing else."""
    return name_flaws(_activities(subject))


@rule("P287", family=Family.XAPI)
def one_activity_is_launched(subject: Subject) -> Iterator[Flaw]:
    """One activity says what is launched; the others only describe what statements speak of."""
    activities = _activities(subject)
    launched = [found for found in activities if found.find("{*}launch") is not None]
    if len(launched) > 1:
        yield flaw(messages.LAUNCHES, launched[1], Severity.WARNING, count=len(launched))
    elif not launched and not any(found.find("{*}resource") is not None for found in activities):
        yield flaw(messages.LAUNCHES, subject.found.root, count="no")


@rule("P204 P245 P255 P340", family=Family.XAPI, serves="P248")
def launches_lead_somewhere(subject: Subject) -> Iterator[Flaw]:
    """What is launched is an address, or a file of the package."""
    for launch in subject.found.root.iterfind("{*}activities/{*}activity/{*}launch"):
        yield from launch_flaws(text_of(launch).strip(), _LAUNCH_NAMES, launch, subject)


@rule("P288", family=Family.XAPI)
def activities_are_described(subject: Subject) -> Iterator[Flaw]:
    """What is launched has a name to be shown by, and every type is an IRI, as statements want it."""
    for activity in _activities(subject):
        name = activity.get("id", "?")
        if activity.find("{*}launch") is not None and not activity.findtext("{*}name", "").strip():
            yield flaw(messages.ACTIVITY_WRONG, activity, activity=name, problem="has no name")
        kind = activity.get("type")
        if kind is not None and not is_iri(kind.strip()):
            problem = f"has a type that is not an IRI: '{kind}'"
            yield flaw(messages.ACTIVITY_WRONG, activity, Severity.INFO, activity=name, problem=problem)
