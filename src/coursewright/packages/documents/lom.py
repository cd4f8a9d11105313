"""Learning object metadata: what a unit or a course says of itself, in either of the two bindings of LOM."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from copy import deepcopy
from functools import cache, lru_cache

from lxml.etree import Element, SubElement, _Element

from coursewright.course.description import Description, Publication
from coursewright.frozen import frozen
from coursewright.packages.documents.manifest import LOM, MD_1_2_1, XML
from coursewright.packages.documents.parsing import text_at
from coursewright.text.names import cut

_LONGEST_TEXT = 1000
CATALOG, TRACKS = "coursewright", "coursewright-track"
_VOCABULARY = "LOMv1.0"
_CARTRIDGE_ROLES = "IMSGLC_CC_Rolesv1p1"
# What the older binding calls elements, where that is more than their names in small letters.
_OLD_NAMES = {"metadataSchema": "metadatascheme", "duration": "datetime", "string": "langstring"}
_OF_NO_LANGUAGE = "x-none"


@frozen
class Binding:
    """How LOM is written as XML: under which names; an `old` one, IMS metadata 1.2.1, has others for some.

    A `narrow` binding takes a part of LOM only: nothing educational, and no sources. `schema` names the metadata's own
    scheme where it has a place, `roles` the vocabulary of those that a cartridge knows.
    """

    prefix: str
    namespace: str
    schema: str = ""
    roles: str = ""
    narrow: bool = False
    old: bool = False


IEEE_LOM = Binding("lom", LOM, "LOMv1.0")
"""The binding of IEEE 1484.12.3, as SCORM 2004 has it."""
IMS_METADATA = Binding("imsmd", MD_1_2_1, "ADL SCORM 1.2", old=True)
"""The older binding, as SCORM 1.2 has it (CAM 2.2)."""


def cartridge_lom(tag: str, what: str, *, narrow: bool) -> Binding:
    """Return the binding of the `manifest` of a version of Common Cartridge, or of a `resource`."""
    return Binding(f"lom{what[0]}", f"http://ltsc.ieee.org/xsd/imscc{tag}/LOM/{what}", "", _CARTRIDGE_ROLES, narrow)


@cache
def _tag(namespace: str, name: str, *, old: bool) -> str:
    """Return the qualified name of an element, which goes by its IEEE name."""
    return f"{{{namespace}}}{_OLD_NAMES.get(name, name.lower()) if old else name}"


@frozen
class _Writing:
    """Metadata while they are written, in a binding and a language."""

    binding: Binding
    language: str = ""

    def _tag(self, name: str) -> str:
        return _tag(self.binding.namespace, name, old=self.binding.old)

    def lom(self) -> _Element:
        """Return the element around them."""
        return Element(self._tag("lom"), nsmap={self.binding.prefix: self.binding.namespace})

    def child(self, parent: _Element, name: str, text: str | None = None) -> _Element:
        """Append an element, and return it."""
        added = SubElement(parent, self._tag(name))
        added.text = text
        return added

    def text(self, parent: _Element, name: str, text: str, language: str = "") -> None:
        """Append a text for people, in their language."""
        string = self.child(self.child(parent, name), "string", cut(text, _LONGEST_TEXT))
        string.set(f"{{{XML}}}lang" if self.binding.old else "language", language or self.language)

    def term(self, parent: _Element, name: str, value: str) -> None:
        """Append a word of the LOM vocabulary."""
        if not self.binding.old:
            self.sourced(parent, name, "" if self.binding.narrow else _VOCABULARY, value)
            return
        element = self.child(parent, name)
        self.text(element, "source", _VOCABULARY, _OF_NO_LANGUAGE)
        self.text(element, "value", value if value in ("yes", "no") else value.title(), _OF_NO_LANGUAGE)

    def sourced(self, parent: _Element, name: str, source: str, value: str) -> None:
        """Append a word of a vocabulary."""
        element = self.child(parent, name)
        if source:
            self.child(element, "source", source)
        self.child(element, "value", value)

    def identifier(self, general: _Element, catalog: str, entry: str) -> None:
        """Append what the thing is known by."""
        element = self.child(general, "catalogentry" if self.binding.old else "identifier")
        self.child(element, "catalog", catalog)
        if self.binding.old:
            self.text(element, "entry", entry, _OF_NO_LANGUAGE)
        else:
            self.child(element, "entry", entry)


def write_lom(described: Description, publication: Publication, binding: Binding) -> _Element:
    """Return a `lom` element that says all this, in a binding."""
    write = _Writing(binding, publication.language)
    lom = deepcopy(_usual(publication, binding))
    _general(lom[0], described, write)
    if not binding.narrow:
        _educational(next(lom.iterchildren("{*}educational")), described, write)
    for purpose, source, entries in _classifications(described):
        _classification(write.child(lom, "classification"), purpose, source, entries, write)
    return lom


@lru_cache(maxsize=16)
def _usual(publication: Publication, binding: Binding) -> _Element:
    """Return what the metadata of all units say: it is made once, and copied, which takes a seventh of the time."""
    write = _Writing(binding, publication.language)
    lom = write.lom()
    write.child(lom, "general")
    _life_cycle(lom, publication, write)
    if binding.schema:
        write.child(write.child(lom, "metaMetadata"), "metadataSchema", binding.schema)
    write.child(write.child(lom, "technical"), "format", "text/html")
    if not binding.narrow:
        _for_whom(write.child(lom, "educational"), write)
    if publication.rights:
        rights = write.child(lom, "rights")
        write.term(rights, "copyrightAndOtherRestrictions", "yes")
        write.text(rights, "description", publication.rights)
    return lom


def write_audience(binding: Binding, role: str) -> _Element:
    """Return a `lom` element of a cartridge's resource that only says for whom it is, such as `Instructor`."""
    write = _Writing(binding)
    lom = write.lom()
    write.sourced(write.child(lom, "educational"), "intendedEndUserRole", binding.roles, role)
    return lom


def _general(general: _Element, described: Description, write: _Writing) -> None:
    for track in described.tracks if write.binding.roles else ():  # by which units have their identifiers
        write.identifier(general, TRACKS, track)
    if not write.binding.old:
        write.identifier(general, CATALOG, described.identifier)
    write.text(general, "title", described.title)
    if write.binding.old:
        write.identifier(general, CATALOG, described.identifier)
    write.child(general, "language", write.language)
    write.text(general, "description", described.summary or described.title)
    for keyword in described.keywords:
        write.text(general, "keyword", keyword)


def _life_cycle(lom: _Element, publication: Publication, write: _Writing) -> None:
    version = "" if write.binding.narrow else publication.version
    if not (version or publication.publisher):
        return
    life_cycle = write.child(lom, "lifeCycle")
    if version:
        write.text(life_cycle, "version", version)
        write.term(life_cycle, "status", "final")
    if publication.publisher:
        contribute = write.child(life_cycle, "contribute")
        write.term(contribute, "role", "publisher")
        card = f"BEGIN:VCARD\nVERSION:2.1\nFN:{_card_text(publication.publisher)}\nEND:VCARD"
        if write.binding.old:
            write.child(write.child(contribute, "centity"), "vcard", card)
        else:
            write.child(contribute, "entity", card)


def _card_text(text: str) -> str:
    return " ".join(text.split()).replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")


def _for_whom(educational: _Element, write: _Writing) -> None:
    write.term(educational, "learningResourceType", "narrative text")
    if write.binding.roles:
        write.sourced(educational, "intendedEndUserRole", write.binding.roles, "Learner")
    else:
        write.term(educational, "intendedEndUserRole", "learner")


def _educational(educational: _Element, described: Description, write: _Writing) -> None:
    if described.hours is not None:
        write.child(write.child(educational, "typicalLearningTime"), "duration", _duration(described.hours))
    if described.roles:
        write.text(educational, "description", ", ".join(described.roles))
    write.child(educational, "language", write.language)


def _duration(hours: float) -> str:
    whole, rest = divmod(round(hours * 60), 60)
    return f"PT{whole}H{rest}M" if whole and rest else f"PT{rest}M" if rest else f"PT{whole}H"


def _classifications(described: Description) -> Iterable[tuple[str, str, Sequence[str]]]:
    """Yield (purpose, source of the taxonomy, entries) for each purpose that has entries."""
    levels = [f"{name}: {target}" if target else name for name, target in described.levels]
    for purpose, source, entries in (
        ("educational objective", "Learning objectives", described.objectives),
        ("prerequisite", "Prerequisites", described.prerequisites),
        ("competency", "Competencies", levels),
        ("discipline", "Target roles", described.roles),
    ):
        if entries:
            yield purpose, source, entries


def _classification(element: _Element, purpose: str, source: str, entries: Sequence[str], write: _Writing) -> None:
    write.term(element, "purpose", purpose)
    path = write.child(element, "taxonPath")
    if not write.binding.narrow:
        write.text(path, "source", source)
    write.text(write.child(path, "taxon"), "entry", entries[0])
    for entry in entries[1:]:
        path = deepcopy(path)
        path[-1][0][0].text = cut(entry, _LONGEST_TEXT)
        element.append(path)
    write.text(element, "description", "; ".join(entries))


@frozen
class Lom:
    """What metadata say, in whatever binding they are written; of several languages, the first.

    `identifiers` are those of IEEE's binding, as (catalog, entry).
    """

    title: str
    language: str
    description: str
    keywords: tuple[str, ...]
    version: str
    learning_time: str
    rights: str
    identifiers: tuple[tuple[str, str], ...]


def read_lom(lom: _Element) -> Lom:
    """Return what a `lom` element says."""

    def first(place: str) -> str:
        return _first_words(_at(lom, place)[:1])

    return Lom(
        first("general/title"),
        first("general/language"),
        first("general/description"),
        tuple(filter(None, (_first_words([one]) for one in _at(lom, "general/keyword")))),
        first("lifeCycle/version"),
        first("educational/typicalLearningTime"),
        first("rights/description"),
        tuple((text_at(one, "catalog"), text_at(one, "entry")) for one in _at(lom, "general/identifier")),
    )


def _at(lom: _Element, place: str) -> list[_Element]:
    """Return the elements at a place; in the older binding, its capitals are small ones."""
    paths = ("/".join(f"{{*}}{name}" for name in one.split("/")) for one in (place, place.lower()))
    return next((found for path in paths if (found := lom.findall(path))), [])


def _first_words(elements: list[_Element]) -> str:
    """Return the first text in elements that has any words."""
    texts = (str(text) for element in elements for text in element.itertext())
    return next((words for text in texts if (words := " ".join(text.split()))), "")
