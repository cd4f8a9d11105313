"""The documents of QTI 2 and 3, as rules look at them: 3 writes the names of 2 in another way, and means the same."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import lru_cache

from lxml import etree

from coursewright.audit.rules.questions.quizzes import quiz_document
from coursewright.findings import messages
from coursewright.packages.documents.addresses import local_name
from coursewright.packages.subject import Subject, parsed_apart, within_bounds
from coursewright.text.patterns import later

_CHOICES = (
    "simpleChoice",
    "simpleAssociableChoice",
    "gap",
    "gapText",
    "gapImg",
    "hotspotChoice",
    "associableHotspot",
    "inlineChoice",
    "hottext",
)
_TYPE = later(r"imsqti_([a-z]+)_xmlv[23]p\d+$")
_ROOTS = {
    "item": "assessmentItem",
    "test": "assessmentTest",
    "assessment": "assessmentTest",
    "section": "assessmentSection",
    "stimulus": "assessmentStimulus",
}


class Assessment:
    """An item, a test or a part of one: its elements by the names of QTI 2, and where it stands in its package."""

    def __init__(self, name: str, root: etree._Element) -> None:
        self.name, self.root = name, root
        self.elements: dict[str, list[etree._Element]] = defaultdict(list)
        for element in root.iter():
            if isinstance(element.tag, str):
                self.elements[plain(element)].append(element)

    @property
    def title(self) -> str:
        """Return what findings call it: its title if it has one, and its identifier."""
        title, name = (self.root.get("title") or "").strip(), self.root.get("identifier", "?")
        return f"{title} ({name})" if title else name

    def interactions(self) -> dict[etree._Element, list[etree._Element]]:
        """Return what asks for an answer, with the choices that it offers."""
        found: dict[etree._Element, list[etree._Element]] = {}
        inside: list[etree._Element] = []
        for event, element in etree.iterwalk(self.root, events=("start", "end")):
            name = plain(element)
            if name.endswith("Interaction"):
                if event == "start":
                    found[element] = []
                    inside.append(element)
                else:
                    inside.pop()
            elif event == "start" and inside and name in _CHOICES:
                found[inside[-1]].append(element)
        return found

    def all(self, *names: str) -> Iterator[etree._Element]:
        """Yield the elements of these names."""
        for name in names:
            yield from self.elements.get(name, ())


def assessments(subject: Subject) -> Iterator[tuple[etree._Element, str, Assessment]]:
    """Yield each resource of QTI 2 or 3 whose document can be read, with the root that it should have.

    What a document takes in is left to rules: items may share a text by XInclude.
    """
    container = subject.container
    found = _documents(subject)
    for name in within_bounds(found, container, "items and tests"):
        document, findings = parsed_apart(container, name)
        container.findings += [one for one in findings if one.code != messages.TAKES_IN.code or not document]
        if document:
            yield *found[name], Assessment(name, document[1])


def _documents(subject: Subject) -> dict[str, tuple[etree._Element, str]]:
    """Return the documents of QTI 2 and 3, with their resources and the roots that they should have."""
    found: dict[str, tuple[etree._Element, str]] = {}
    for resource in () if subject.container.alone else subject.resources:
        kind = _TYPE.match(resource.get("type", ""))
        name = quiz_document(resource, subject.container) if kind and kind[1] in _ROOTS else None
        if kind and name:
            found.setdefault(name, (resource, _ROOTS[kind[1]]))
    return found


def plain(element: etree._Element) -> str:
    """Return the name of an element as QTI 2 has it."""
    return _plain(local_name(element))


@lru_cache(4_096)
def _plain(name: str) -> str:
    if not name.startswith("qti-"):
        return name
    first, *others = name[4:].split("-")
    return first + "".join(part.capitalize() for part in others)


def attribute(element: etree._Element, name: str) -> str:
    """Return the value of an attribute, whose name is given as QTI 2 has it."""
    return (element.get(name) or element.get(_kebab(name)) or "").strip()


@lru_cache(4_096)
def _kebab(name: str) -> str:
    return re.sub("[A-Z]", lambda found: f"-{found[0].lower()}", name)
