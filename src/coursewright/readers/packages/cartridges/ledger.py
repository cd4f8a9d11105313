"""What became of each element of a package, and what is to be said of that: once for each reason."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from coursewright.findings import messages
from coursewright.findings.finding import Finding, Place
from coursewright.readers.packages.recovery import Element, ElementKind, Fate
from coursewright.text.names import few, shortened

_MOST_TOLD = 5


@dataclass(slots=True)
class Ledger:
    """The elements of a package as they are read. `shown` is its name in findings.

    `broken` are addresses that lead nowhere, by the place where they stand; `lost` are the elements that have a finding
    of their own.
    """

    shown: str
    elements: list[Element] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    broken: dict[str, list[str]] = field(default_factory=dict)
    lost: set[Element] = field(default_factory=set)

    def note(self, element: Element) -> None:
        """Enter an element."""
        self.elements.append(element)

    def kept(self, kind: ElementKind, identifier: str, title: str, file: str = "") -> None:
        """Enter an element that is kept as it is."""
        self.note(Element(kind, identifier, title, file=file))

    def changed(self, kind: ElementKind, identifier: str, title: str, why: str, file: str = "") -> None:
        """Enter an element of which something is lost, or that becomes another."""
        self.note(Element(kind, identifier, title, Fate.CHANGED, why, file))

    def dropped(self, kind: ElementKind, identifier: str, title: str, why: str, file: str = "") -> None:
        """Enter an element that is not kept."""
        self.note(Element(kind, identifier, title, Fate.DROPPED, why, file))

    def asked(self, element: Element) -> None:
        """Enter a question, of which the reader of quizzes has told already what is lost."""
        self.note(element)
        self.lost.add(element)

    def nowhere(self, address: str, where: str) -> None:
        """Enter a link that leads to nothing in the package."""
        self.broken.setdefault(where, []).append(address)
        self.asked(Element(ElementKind.REFERENCE, address, where, Fate.DROPPED, "it leads to nothing in the package"))

    def unreadable(self, element: Element) -> None:
        """Enter an element that could not be read, with a finding of its own."""
        element = replace(element, fate=Fate.DROPPED)
        self.note(element)
        self.lost.add(element)
        place = Place(f"{self.shown}/{element.file}" if element.file else self.shown)
        self.findings.append(
            messages.ELEMENT_UNREADABLE.at(
                place, kind=str(element.kind), title=shortened(element.title, 80), reason=element.why
            )
        )

    def told(self) -> Iterator[Finding]:
        """Yield what reading has found: of elements that are not kept as they are, once for each kind and reason."""
        yield from self.findings
        place = Place(self.shown)
        for (kind, fate, why), titles in self._reasons().items():
            values = {"kind": str(kind), "count": len(titles), "why": why, "names": few(titles, _MOST_TOLD)}
            message = messages.ELEMENTS_DROPPED if fate is Fate.DROPPED else messages.ELEMENTS_CHANGED
            yield message.at(place, **values)
        if self.broken:
            yield messages.REFERENCES_BROKEN.at(place, **_listed(self.broken))

    def _reasons(self) -> Mapping[tuple[ElementKind, Fate, str], list[str]]:
        found: dict[tuple[ElementKind, Fate, str], list[str]] = {}
        for one in self.elements:
            if one.fate is not Fate.KEPT and one.why and one not in self.lost:
                found.setdefault((one.kind, one.fate, one.why), []).append(shortened(one.title or one.identifier, 60))
        return found


def _listed(found: Mapping[str, list[str]]) -> dict[str, object]:
    """Return how many addresses there are, and some of them with where they stand."""
    several = [
        f"{shortened(address, 80)} ({shortened(where, 40)})" for where, known in found.items() for address in known
    ]
    return {"count": len(several), "names": few(dict.fromkeys(several), _MOST_TOLD)}
