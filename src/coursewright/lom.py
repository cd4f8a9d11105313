"""Learning object metadata: what a unit or a course says of itself, and its IMS metadata 1.2.1 form."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from lxml.etree import Element, SubElement, _Element

from coursewright.ims import MD_1_2_1, XML, cut
from coursewright.model import Course, Unit

_LONGEST_TEXT = 1000


@dataclass(frozen=True, slots=True)
class Description:
    """What is said of a unit or a course, as plain text.

    `levels` pairs a competency with its target; `hours` is the typical learning time.
    """

    identifier: str
    title: str
    summary: str = ""
    keywords: Sequence[str] = ()
    hours: float | None = None
    objectives: Sequence[str] = ()
    prerequisites: Sequence[str] = ()
    levels: Sequence[tuple[str, str]] = ()
    roles: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Publication:
    """What the user says of everything published: language, version, publisher and rights."""

    language: str
    version: str = ""
    publisher: str = ""
    rights: str = ""


def describe_unit(unit: Unit, course: Course, identifier: str, plain: Callable[[str], str]) -> Description:
    """Return what a unit says of itself, for learners; `plain` takes the Markdown out of a text."""
    objectives = [plain(text) for text in unit.objectives]
    required = [f"{found.id} {plain(found.title)}" for found in course.gates[unit.identity]]
    return Description(
        identifier=identifier,
        title=plain(unit.title),
        summary=plain(unit.summary) or " ".join(objectives),
        keywords=[unit.id, *(plain(row.name) for row in unit.competencies)],
        hours=unit.hours.total,
        objectives=objectives,
        prerequisites=[*required, *(plain(text) for text in course.entry[unit.identity])],
        levels=[(plain(row.name), plain(row.target)) for row in unit.competencies],
        roles=unit.roles,
    )


def describe_course(course: Course, identifier: str, plain: Callable[[str], str]) -> Description:
    """Return what a course says of itself: the sums of its units."""
    hours = [unit.hours.total for unit in course.units if unit.hours.total is not None]
    names = (plain(row.name) for unit in course.units for row in unit.competencies)
    return Description(
        identifier=identifier,
        title=plain(course.title),
        summary="; ".join(plain(unit.title) for unit in course.units),
        keywords=list(dict.fromkeys(names)),
        hours=sum(hours) if hours else None,
        roles=list(dict.fromkeys(role for unit in course.units for role in unit.roles)),
    )


def imsmd(described: Description, publication: Publication) -> _Element:
    """Return the description as an IMS metadata 1.2.1 `lom` element (IMS MD binding 1.2.1; SCORM 1.2 CAM 2.2)."""
    write = _Writer(publication.language)
    lom = Element(_md("lom"), nsmap={"imsmd": MD_1_2_1})
    general = write.child(lom, "general")
    write.text(general, "title", described.title)
    entry = write.child(general, "catalogentry")
    write.child(entry, "catalog").text = "coursewright"
    write.text(entry, "entry", described.identifier, language="x-none")
    write.child(general, "language").text = publication.language
    write.text(general, "description", described.summary or described.title)
    for keyword in described.keywords:
        write.text(general, "keyword", keyword)
    _lifecycle(lom, publication, write)
    write.child(write.child(lom, "metametadata"), "metadatascheme").text = "ADL SCORM 1.2"
    write.child(write.child(lom, "technical"), "format").text = "text/html"
    _educational(lom, described, publication, write)
    _rights(lom, publication, write)
    for purpose, source, entries in _classifications(described):
        write.classification(lom, purpose, source, entries)
    return lom


def _lifecycle(lom: _Element, publication: Publication, write: _Writer) -> None:
    if not (publication.version or publication.publisher):
        return
    lifecycle = write.child(lom, "lifecycle")
    if publication.version:
        write.text(lifecycle, "version", publication.version)
        write.term(lifecycle, "status", "Final")
    if publication.publisher:
        contribute = write.child(lifecycle, "contribute")
        write.term(contribute, "role", "Publisher")
        card = f"BEGIN:VCARD\nVERSION:2.1\nFN:{_card_text(publication.publisher)}\nEND:VCARD"
        write.child(write.child(contribute, "centity"), "vcard").text = card


def _card_text(text: str) -> str:
    return " ".join(text.split()).replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")


def _educational(lom: _Element, described: Description, publication: Publication, write: _Writer) -> None:
    educational = write.child(lom, "educational")
    write.term(educational, "learningresourcetype", "Narrative Text")
    write.term(educational, "intendedenduserrole", "Learner")
    if described.hours is not None:
        minutes = round(described.hours * 60)
        hours, rest = divmod(minutes, 60)
        duration = f"PT{hours}H{rest}M" if hours and rest else f"PT{rest}M" if rest else f"PT{hours}H"
        write.child(write.child(educational, "typicallearningtime"), "datetime").text = duration
    if described.roles:
        write.text(educational, "description", ", ".join(described.roles))
    write.child(educational, "language").text = publication.language


def _rights(lom: _Element, publication: Publication, write: _Writer) -> None:
    if publication.rights:
        rights = write.child(lom, "rights")
        write.term(rights, "copyrightandotherrestrictions", "yes")
        write.text(rights, "description", publication.rights)


def _classifications(described: Description) -> Iterable[tuple[str, str, Sequence[str]]]:
    """Yield (purpose, source of the taxonomy, entries) for each purpose that has entries."""
    levels = [f"{name}: {target}" if target else name for name, target in described.levels]
    for purpose, source, entries in (
        ("Educational Objective", "Learning objectives", described.objectives),
        ("Prerequisite", "Prerequisites", described.prerequisites),
        ("Competency", "Competencies", levels),
        ("Discipline", "Target roles", described.roles),
    ):
        if entries:
            yield purpose, source, entries


def _md(name: str) -> str:
    return f"{{{MD_1_2_1}}}{name}"


class _Writer:
    """Writes elements of IMS metadata, whose texts all bear a language."""

    def __init__(self, language: str) -> None:
        self._language = language

    def child(self, parent: _Element, name: str) -> _Element:
        return SubElement(parent, _md(name))

    def text(self, parent: _Element, name: str, text: str, language: str = "") -> _Element:
        element = self.child(parent, name)
        langstring = self.child(element, "langstring")
        langstring.set(f"{{{XML}}}lang", language or self._language)
        langstring.text = cut(text, _LONGEST_TEXT)
        return element

    def term(self, parent: _Element, name: str, value: str) -> None:
        """Write a word of the LOM vocabulary."""
        element = self.child(parent, name)
        self.text(element, "source", "LOMv1.0", language="x-none")
        self.text(element, "value", value, language="x-none")

    def classification(self, lom: _Element, purpose: str, source: str, entries: Sequence[str]) -> None:
        element = self.child(lom, "classification")
        self.term(element, "purpose", purpose)
        for entry in entries:
            path = self.child(element, "taxonpath")
            self.text(path, "source", source)
            self.text(self.child(path, "taxon"), "entry", entry)
        self.text(element, "description", "; ".join(entries))
