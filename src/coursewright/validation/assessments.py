"""The documents of QTI 2 and 3, as rules look at them: 3 writes the names of 2 in another way, and means the same."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from itertools import islice

from lxml import etree

from coursewright import messages
from coursewright.diagnostics import Place
from coursewright.validation.quizzes import quiz_document
from coursewright.validation.subject import Subject, local_name, parsed_apart

MOST_DOCUMENTS = 2_000
_TYPE = re.compile(r"imsqti_([a-z]+)_xmlv[23]p\d+$")
_ROOTS = {
    "item": "assessmentItem",
    "test": "assessmentTest",
    "assessment": "assessmentTest",
    "section": "assessmentSection",
    "stimulus": "assessmentStimulus",
}


class Assessment:
    """An item, a test or a part of one: its elements by the names of QTI 2, and where it stands in its package."""

    def __init__(self, name: str, root: etree._Element, shown: str) -> None:
        self.name, self.root, self.shown = name, root, shown
        self.elements: dict[str, list[etree._Element]] = defaultdict(list)
        for element in root.iter():
            if isinstance(element.tag, str):
                self.elements[plain(element)].append(element)

    @property
    def title(self) -> str:
        """Return what findings call it: its title if it has one, and its identifier."""
        title, name = (self.root.get("title") or "").strip(), self.root.get("identifier", "?")
        return f"{title} ({name})" if title else name

    def place(self, element: etree._Element) -> Place:
        """Return where an element stands."""
        line = element.sourceline
        return Place(self.shown, line if isinstance(line, int) else 0)

    def all(self, *names: str) -> Iterator[etree._Element]:
        """Yield the elements of these names."""
        for name in names:
            yield from self.elements.get(name, ())


def assessments(subject: Subject) -> Iterator[tuple[etree._Element, str, Assessment]]:
    """Yield each resource of QTI 2 or 3 whose document can be read, with the root that it should have.

    What a document takes in is left to rules: items may share a text by XInclude.
    """
    container = subject.container
    seen: set[str] = set()
    kinds = ((resource, _TYPE.match(resource.get("type", ""))) for resource in subject.resources)
    for resource, kind in islice(((one, found) for one, found in kinds if found), MOST_DOCUMENTS):
        name = None if container.alone else quiz_document(resource, container)
        if name and name not in seen and kind[1] in _ROOTS:
            seen.add(name)
            document, findings = parsed_apart(container, name)
            container.findings += [found for found in findings if found.code != messages.TAKES_IN.code or not document]
            if document:
                yield resource, _ROOTS[kind[1]], Assessment(name, document[1], container.path_of(name))


def plain(element: etree._Element) -> str:
    """Return the name of an element as QTI 2 has it."""
    name = local_name(element)
    return _camel(name[4:]) if name.startswith("qti-") else name


def attribute(element: etree._Element, name: str) -> str:
    """Return the value of an attribute, whose name is given as QTI 2 has it."""
    return (element.get(name) or element.get(_kebab(name)) or "").strip()


def _camel(name: str) -> str:
    first, *others = name.split("-")
    return first + "".join(part.capitalize() for part in others)


@cache
def _kebab(name: str) -> str:
    return re.sub("[A-Z]", lambda found: f"-{found[0].lower()}", name)
