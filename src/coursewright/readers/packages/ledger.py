"""What became of each element of a package, and what is to be said of those that are damaged."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import field, replace
from enum import Enum
from typing import TypeVar

from coursewright.course.model import About, Curriculum, Unit
from coursewright.findings import messages
from coursewright.findings.finding import Finding, Place
from coursewright.frozen import slotted
from coursewright.packages.files.budget import MOST_LISTED
from coursewright.readers.packages.reasons import NO_DATES
from coursewright.readers.packages.recovery import Element, ElementKind, Fate, Recovery
from coursewright.text.names import few, shortened

_MOST_TOLD, _MOST_NAMED = 20, 3
Listed = TypeVar("Listed")


class _Lead(Enum):
    """Where a link leads that does not lead on, in words, and what becomes of it."""

    NOWHERE = ("to nothing in the package", Fate.DROPPED)
    OUTSIDE = ("to the LMS that the course is from", Fate.CHANGED)
    BEHIND = ("to files of the package, from a page that comes along as a file by itself", Fate.DROPPED)


@slotted
class Ledger:
    """The elements of a package as they are read. `shown` is its name in findings.

    `findings` are those of what is damaged, and `standins` how many pages stand for such parts.
    """

    shown: str
    findings: list[Finding] = field(default_factory=list)
    standins: int = 0
    _elements: list[Element] = field(default_factory=list)
    _led: dict[_Lead, dict[str, list[str]]] = field(default_factory=lambda: {lead: {} for lead in _Lead})

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

    def first(self, found: Sequence[Listed], what: str, owner: Element, most: int = MOST_LISTED) -> Sequence[Listed]:
        """Return as many of what an element lists as are read; that there are more is entered as dropped."""
        if (more := len(found) - most) > 0:
            title = f"{owner.title}: {more} more {what}"
            self.dropped(owner.kind, owner.identifier, title, f"of one list, {most} are read", owner.file)
        return found[:most]

    def unkept(self, identifier: str, title: str, dates: Iterable[str] = (), settings: Iterable[str] = ()) -> None:
        """Enter what is set for something and no course here can hold, in words."""
        for lost, why in ((dates, NO_DATES), (settings, "no course here has such settings")):
            if said := ", ".join(lost):
                self.dropped(ElementKind.SETTING, identifier, f"{title}: {said}", why)

    def asked(self, question: Element) -> None:
        """Enter a question: what is lost of it, the reader of quizzes has told."""
        self.note(replace(question, told=True))

    def damaged(self, element: Element) -> None:
        """Enter an element that could not be read, so that a page stands in its place."""
        self.standins += 1
        why = f"{element.why}; a page stands in its place"
        self.note(replace(element, fate=Fate.CHANGED, why=why, told=True))
        place = Place(f"{self.shown}/{element.file}" if element.file else self.shown)
        title = shortened(element.title, 80)
        self.findings.append(
            messages.ELEMENT_DAMAGED.at(place, kind=str(element.kind), title=title, reason=element.why)
        )

    def nowhere(self, address: str, where: str) -> None:
        """Enter a link that leads to nothing in the package."""
        self._led[_Lead.NOWHERE].setdefault(where, []).append(address)

    def outside(self, address: str, where: str) -> None:
        """Enter a link that leads to the LMS that the course is from."""
        self._led[_Lead.OUTSIDE].setdefault(where, []).append(address)

    def behind(self, address: str, where: str) -> None:
        """Enter a link on a page that comes along as a file, to what is not beside that here."""
        self._led[_Lead.BEHIND].setdefault(where, []).append(address)

    def _told_of_links(self) -> Iterator[Finding]:
        for lead, found in self._led.items():
            if found:
                pages = _named(found)
                count = sum(map(len, found.values()))
                yield messages.LINKS_LOST.at(Place(self.shown), count=count, why=lead.value[0], pages=pages)

    def recovery(
        self, units: Iterable[Unit], about: About, metadata: Mapping[str, str], findings: Iterable[Finding] = ()
    ) -> Recovery:
        """Return a course that was read, with what was found in it before, and what became of each element."""
        curriculum = Curriculum(tuple(units), (*findings, *self.findings, *self._told_of_links()), (about,))
        return Recovery(curriculum, self.elements(), metadata=dict(metadata), standins=self.standins)

    def elements(self) -> tuple[Element, ...]:
        """Return all elements, and for each page the links on it that do not lead on in the course."""
        links = (_links(where, found, lead) for lead, pages in self._led.items() for where, found in pages.items())
        return (*self._elements, *links)


def told(elements: Iterable[Element], shown: str) -> Iterator[Finding]:
    """Yield what is not kept as it was, once for each kind of element and each reason."""
    reasons: dict[tuple[Fate, ElementKind, str], list[str]] = {}
    for one in elements:
        if one.fate is not Fate.KEPT and not one.told:
            reasons.setdefault((one.fate, one.kind, one.why), []).append(one.title or one.identifier)
    for (fate, kind, why), titles in reasons.items():
        message = messages.ELEMENTS_DROPPED if fate is Fate.DROPPED else messages.ELEMENTS_CHANGED
        yield message.at(Place(shown), kind=str(kind), count=len(titles), why=why, names=_named(titles))


def _named(titles: Iterable[str]) -> str:
    return few((f"'{shortened(title, 60)}'" for title in titles), _MOST_NAMED)


def _links(where: str, found: list[str], lead: _Lead) -> Element:
    """Return the links on a page that do not lead on, as an element."""
    named = few(dict.fromkeys(found), _MOST_TOLD)
    count = "1 link leads" if len(found) == 1 else f"{len(found)} links lead"
    words, fate = lead.value
    return Element(ElementKind.REFERENCE, where, where, fate, f"{count} {words}: {named}", told=True)
