"""Rules over the course structure of cmi5, which its schema does not say."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import unquote, urlsplit

from coursewright import messages
from coursewright.diagnostics import Finding
from coursewright.validation.subject import Rule, Subject


def names_are_unique_iris(subject: Subject) -> Iterator[Finding]:
    """Every id of a course, block, unit or objective is an absolute IRI, and names one thing."""
    seen: set[str] = set()
    for element in subject.found.root.iter("{*}course", "{*}block", "{*}au", "{*}objective"):
        name = element.get("id")
        if name is None:
            continue
        if not urlsplit(name).scheme or " " in name:
            yield messages.ID_NO_IRI.at(subject.place(element), name=name)
        if name in seen:
            yield messages.IDENTIFIER_TWICE.at(subject.place(element), name=name)
        seen.add(name)


_LAUNCH_NAMES = ("endpoint", "fetch", "actor", "registration", "activityId")


def units_can_be_launched(subject: Subject) -> Iterator[Finding]:
    """Every unit's address is one, leads to a file of the package if relative, and leaves the launch its names."""
    for url in subject.found.root.iter("{*}url"):
        address = (url.text or "").strip()
        place = subject.place(url)
        if problem := _address_problem(address):
            yield messages.URL_INVALID.at(place, url=address, reason=problem)
            continue
        parts = urlsplit(address)
        if not parts.scheme and subject.container.alone:
            reason = "it leads to a file, and there is no package around this document"
            yield messages.URL_INVALID.at(place, url=address, reason=reason)
        elif not parts.scheme and unquote(parts.path) not in subject.container.sizes:
            yield messages.FILE_MISSING.at(place, name=parts.path)
        if taken := [name for name in _LAUNCH_NAMES if f"&{name}=" in f"&{parts.query}"]:
            yield messages.URL_INVALID.at(place, url=address, reason=f"its query holds '{taken[0]}', which launch adds")


def _address_problem(address: str) -> str:
    if not address:
        return "it is empty"
    if any(character.isspace() for character in address):
        return "it has a blank in it"
    try:
        parts = urlsplit(address)
    except ValueError as error:
        return str(error)
    return "it has no host" if parts.scheme in ("http", "https") and not parts.hostname else ""


def objectives_are_declared(subject: Subject) -> Iterator[Finding]:
    """Every objective that a unit refers to is one of the course."""
    declared = {found.get("id") for found in subject.found.root.iterfind("{*}objectives/{*}objective")}
    for reference in subject.found.root.iter("{*}objective"):
        name = reference.get("idref")
        if name is not None and name not in declared:
            yield messages.REFERENCE_DANGLES.at(subject.place(reference), element="<objective>", reference=name)


RULES: tuple[Rule, ...] = (names_are_unique_iris, units_can_be_launched, objectives_are_declared)
