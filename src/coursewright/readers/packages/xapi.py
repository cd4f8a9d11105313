"""The outlines of cmi5 courses and of xAPI packages: blocks and units, by their IRIs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from lxml import etree

from coursewright.course.outline import FILE_MISSING, Entry, Outline
from coursewright.packages.documents.addresses import found_as
from coursewright.packages.documents.parsing import text_at
from coursewright.packages.subject import Subject

_MOVE_ON: Mapping[str, str] = {
    "Passed": "when it is passed",
    "Completed": "when it is complete",
    "CompletedAndPassed": "when it is complete and passed",
    "CompletedOrPassed": "when it is complete or passed",
    "NotApplicable": "at once, since nothing is asked",
}


def read_cmi5(subject: Subject) -> Outline:
    """Return the outline of a cmi5 course."""
    root, sizes = subject.found.root, subject.container.sizes

    def entry(element: etree._Element) -> Entry:
        is_block = etree.QName(element).localname == "block"
        address = text_at(element, "url")
        return Entry(
            identifier=element.get("id", ""),
            title=_words(element, "title"),
            kind="block" if is_block else "AU",
            children=tuple(map(entry, _parts(element))),
            completion="" if is_block else _completion(element),
            files=(address.split("?")[0],) if address.split("?")[0] in sizes else (),
            address=address,
            fault="" if is_block else _fault(address, subject),
        )

    course = root.find("{*}course")
    metadata = {} if course is None else {"id": course.get("id", ""), "description": _words(course, "description")}
    title = "" if course is None else _words(course, "title")
    return Outline(title, tuple(map(entry, _parts(root))), {name: value for name, value in metadata.items() if value})


def _parts(element: etree._Element) -> list[etree._Element]:
    return [found for found in element.iterfind("{*}*") if etree.QName(found).localname in ("au", "block")]


def _completion(au: etree._Element) -> str:
    words = _MOVE_ON.get(au.get("moveOn", "NotApplicable"), au.get("moveOn", ""))
    return f"{words}, passed from a score of {au.get('masteryScore')}" if au.get("masteryScore") else words


def _words(element: etree._Element, name: str) -> str:
    return text_at(element, name, "langstring")


def read_xapi(subject: Subject) -> Outline:
    """Return the outline of an xAPI package: its activities."""
    activities = subject.found.root.findall("{*}activities/{*}activity")
    entries = [_activity(found, subject) for found in activities]
    launched = [entry for entry in entries if entry.address]
    if len(launched) == 1:  # the others are parts of it, which it speaks of in its statements
        entries = [replace(launched[0], children=tuple(entry for entry in entries if not entry.address))]
    return Outline(next((entry.title for entry in [*launched, *entries]), ""), tuple(entries))


def _activity(found: etree._Element, subject: Subject) -> Entry:
    address = text_at(found, "launch")
    return Entry(
        identifier=found.get("id", ""),
        title=text_at(found, "name") or found.get("id", ""),
        kind=found.get("type", "").rpartition("/")[2] or "activity",
        completion="when it reports so to the LMS" if address else "",
        files=(address,) if address in subject.container.sizes else (),
        address=address,
        fault=_fault(address, subject),
    )


def _fault(address: str, subject: Subject) -> str:
    """Return in words whether what an address names in the package is not there."""
    name = address.split("?")[0].split("#")[0]
    known = not name or ":" in name or name.startswith("/") or subject.container.alone
    return "" if known or found_as(name, subject.container) else FILE_MISSING
