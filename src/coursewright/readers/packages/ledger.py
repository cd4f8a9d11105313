"""What became of each element of a package, and what is to be said of those that are damaged."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from coursewright.findings import messages
from coursewright.findings.finding import Finding, Place
from coursewright.readers.packages.recovery import Element, ElementKind, Fate
from coursewright.text.names import few, shortened

_MOST_TOLD = 20


@dataclass(slots=True)
class Ledger:
    """The elements of a package as they are read. `shown` is its name in findings.

    `broken` and `left` are the addresses on each page that lead nowhere, and to the LMS that the course is from.
    """

    shown: str
    findings: list[Finding] = field(default_factory=list)
    standins: int = 0
    _elements: list[Element] = field(default_factory=list)
    _broken: dict[str, list[str]] = field(default_factory=dict)
    _left: dict[str, list[str]] = field(default_factory=dict)

    def note(self, element: Element) -> None:
        """Enter an element."""
        self._elements.append(element)

    def kept(self, kind: ElementKind, identifier: str, title: str, file: str = "") -> None:
        """Enter an element that is kept as it is."""
        self.note(Element(kind, identifier, title, file=file))

    def changed(self, kind: ElementKind, identifier: str, title: str, why: str, file: str = "") -> None:
        """Enter an element of which something is lost, or that becomes another."""
        self.note(Element(kind, identifier, title, Fate.CHANGED, why, file))

    def dropped(self, kind: ElementKind, identifier: str, title: str, why: str, file: str = "") -> None:
        """Enter an element that is not kept."""
        self.note(Element(kind, identifier, title, Fate.DROPPED, why, file))

    def damaged(self, element: Element) -> None:
        """Enter an element that could not be read, so that a page stands in its place."""
        self.standins += 1
        self.note(replace(element, fate=Fate.CHANGED, why=f"{element.why}; a page stands in its place"))
        place = Place(f"{self.shown}/{element.file}" if element.file else self.shown)
        title = shortened(element.title, 80)
        self.findings.append(
            messages.ELEMENT_DAMAGED.at(place, kind=str(element.kind), title=title, reason=element.why)
        )

    def nowhere(self, address: str, where: str) -> None:
        """Enter a link that leads to nothing in the package."""
        self._broken.setdefault(where, []).append(address)

    def outside(self, address: str, where: str) -> None:
        """Enter a link that leads to the LMS that the course is from."""
        self._left.setdefault(where, []).append(address)

    def elements(self) -> tuple[Element, ...]:
        """Return all elements, and for each page the links on it that do not lead on in the course."""
        broken = (
            _links(where, found, Fate.DROPPED, "leads to nothing in the package")
            for where, found in self._broken.items()
        )
        left = (
            _links(where, found, Fate.CHANGED, "leads to the LMS that the course is from")
            for where, found in self._left.items()
        )
        return (*self._elements, *broken, *left)


def _links(where: str, found: list[str], fate: Fate, why: str) -> Element:
    """Return the links on a page that do not lead on, as an element."""
    named = few(dict.fromkeys(found), _MOST_TOLD)
    count = "1 link" if len(found) == 1 else f"{len(found)} links, each of which"
    return Element(ElementKind.REFERENCE, where, where, fate, f"{count} {why}: {named}")
