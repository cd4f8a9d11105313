"""Learning object metadata: what a unit or a course says of itself, in either of the two bindings of LOM."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Sequence
from copy import deepcopy
from functools import cache, lru_cache
from typing import ClassVar

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


def write_lom(described: Description, publication: Publication, binding: type[Binding]) -> _Element:
    """Return a `lom` element that says all this, in a binding."""
    write = binding(publication.language)
    lom = deepcopy(_usual(publication, binding))
    _general(lom[0], described, write)
    if not binding.narrow:
        _educational(next(lom.iterchildren(write.tag("educational"))), described, publication, write)
    for purpose, source, entries in _classifications(described):
        _classification(write.child(lom, "classification"), purpose, source, entries, write)
    return lom


@lru_cache(maxsize=16)
def _usual(publication: Publication, binding: type[Binding]) -> _Element:
    """Return what the metadata of all units say: it is made once, and copied, which takes a seventh of the time."""
    write = binding(publication.language)
    lom = Element(write.tag("lom"), nsmap={binding.prefix: binding.namespace})
    write.child(lom, "general")
    _life_cycle(lom, publication, write)
    if binding.schema:
        write.child(write.child(lom, "metaMetadata"), "metadataSchema").text = binding.schema
    write.child(write.child(lom, "technical"), "format").text = "text/html"
    if not binding.narrow:
        educational = write.child(lom, "educational")
        write.term(educational, "learningResourceType", "narrative text")
        write.audience(educational)
    _rights(lom, publication, write)
    return lom


def _general(general: _Element, described: Description, write: Binding) -> None:
    if isinstance(write, CartridgeLom):
        write.tracks(general, described.tracks)
    write.names(general, described.title, described.identifier)
    write.child(general, "language").text = write.language
    write.text(general, "description", described.summary or described.title)
    for keyword in described.keywords:
        write.text(general, "keyword", keyword)


def _life_cycle(lom: _Element, publication: Publication, write: Binding) -> None:
    version = "" if write.narrow else publication.version
    if not (version or publication.publisher):
        return
    life_cycle = write.child(lom, "lifeCycle")
    if version:
        write.text(life_cycle, "version", version)
        write.term(life_cycle, "status", "final")
    if publication.publisher:
        contribute = write.child(life_cycle, "contribute")
        write.term(contribute, "role", "publisher")
        write.entity(contribute, f"BEGIN:VCARD\nVERSION:2.1\nFN:{_card_text(publication.publisher)}\nEND:VCARD")


def _card_text(text: str) -> str:
    return " ".join(text.split()).replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")


def _educational(educational: _Element, described: Description, publication: Publication, write: Binding) -> None:
    if described.hours is not None:
        write.child(write.child(educational, "typicalLearningTime"), "duration").text = _duration(described.hours)
    if described.roles:
        write.text(educational, "description", ", ".join(described.roles))
    write.child(educational, "language").text = publication.language


def _duration(hours: float) -> str:
    whole, rest = divmod(round(hours * 60), 60)
    return f"PT{whole}H{rest}M" if whole and rest else f"PT{rest}M" if rest else f"PT{whole}H"


def _rights(lom: _Element, publication: Publication, write: Binding) -> None:
    if publication.rights:
        rights = write.child(lom, "rights")
        write.term(rights, "copyrightAndOtherRestrictions", "yes")
        write.text(rights, "description", publication.rights)


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


def _classification(element: _Element, purpose: str, source: str, entries: Sequence[str], write: Binding) -> None:
    write.term(element, "purpose", purpose)
    path = write.child(element, "taxonPath")
    if not write.narrow:
        write.text(path, "source", source)
    write.text(write.child(path, "taxon"), "entry", entries[0])
    for entry in entries[1:]:
        path = deepcopy(path)
        path[-1][0][0].text = cut(entry, _LONGEST_TEXT)
        element.append(path)
    write.text(element, "description", "; ".join(entries))


class Binding(ABC):
    """How LOM is written as XML. Elements go by their IEEE names; texts bear the language given.

    A narrow binding takes a part of LOM only: nothing educational, and no sources. `schema` names the metadata's own
    scheme where it has a place.
    """

    prefix: ClassVar[str]
    namespace: ClassVar[str]
    schema: ClassVar[str]
    narrow: ClassVar[bool] = False

    def __init__(self, language: str) -> None:
        self.language = language

    @classmethod
    @cache
    def tag(cls, name: str) -> str:
        """Return the qualified name of an element."""
        return f"{{{cls.namespace}}}{cls.renamed(name)}"

    @classmethod
    def renamed(cls, name: str) -> str:
        """Return what an element is called here."""
        return name

    def child(self, parent: _Element, name: str) -> _Element:
        """Append an element."""
        return SubElement(parent, self.tag(name))

    @abstractmethod
    def names(self, general: _Element, title: str, identifier: str) -> None:
        """Append title and identifier."""

    @abstractmethod
    def text(self, parent: _Element, name: str, text: str) -> None:
        """Append a text for people, in their language."""

    @abstractmethod
    def term(self, parent: _Element, name: str, value: str) -> None:
        """Append a word of the LOM vocabulary."""

    def audience(self, educational: _Element) -> None:
        """Append that it is for learners."""
        self.term(educational, "intendedEndUserRole", "learner")

    @abstractmethod
    def entity(self, contribute: _Element, card: str) -> None:
        """Append who contributed, as a vCard."""


class IeeeLom(Binding):
    """The binding of IEEE 1484.12.3, as SCORM 2004 has it."""

    prefix = "lom"
    namespace = LOM
    schema = "LOMv1.0"

    def names(self, general: _Element, title: str, identifier: str) -> None:
        element = self.child(general, "identifier")
        self.child(element, "catalog").text = CATALOG
        self.child(element, "entry").text = identifier
        self.text(general, "title", title)

    def text(self, parent: _Element, name: str, text: str) -> None:
        string = self.child(self.child(parent, name), "string")
        string.set("language", self.language)
        string.text = cut(text, _LONGEST_TEXT)

    def term(self, parent: _Element, name: str, value: str) -> None:
        element = self.child(parent, name)
        self.child(element, "source").text = _VOCABULARY
        self.child(element, "value").text = value

    def entity(self, contribute: _Element, card: str) -> None:
        self.child(contribute, "entity").text = card


class CartridgeLom(IeeeLom):
    """What the LOM of all cartridges has in common: roles of its own, and no place for the metadata's scheme."""

    schema = ""

    def tracks(self, general: _Element, tracks: Iterable[str]) -> None:
        """Append the tracks of a course, by which its units have their identifiers."""
        for track in tracks:
            element = self.child(general, "identifier")
            self.child(element, "catalog").text = TRACKS
            self.child(element, "entry").text = track

    def audience(self, educational: _Element, role: str = "Learner") -> None:
        whom = self.child(educational, "intendedEndUserRole")
        self.child(whom, "source").text = _CARTRIDGE_ROLES
        self.child(whom, "value").text = role


class Cartridge13Lom(CartridgeLom):
    """LOM of the manifest of a Common Cartridge 1.3."""

    prefix = "lomm"
    namespace = "http://ltsc.ieee.org/xsd/imsccv1p3/LOM/manifest"


class Cartridge12Lom(Cartridge13Lom):
    """LOM of the manifest of a Common Cartridge 1.2."""

    namespace = "http://ltsc.ieee.org/xsd/imsccv1p2/LOM/manifest"


class Cartridge11Lom(Cartridge13Lom):
    """LOM of the manifest of a Common Cartridge 1.1, which takes a part of it only."""

    namespace = "http://ltsc.ieee.org/xsd/imsccv1p1/LOM/manifest"
    narrow = True

    def term(self, parent: _Element, name: str, value: str) -> None:
        self.child(self.child(parent, name), "value").text = value


class Resource13Lom(CartridgeLom):
    """LOM of a resource of a Common Cartridge 1.3."""

    prefix = "lomr"
    namespace = "http://ltsc.ieee.org/xsd/imsccv1p3/LOM/resource"


class Resource12Lom(Resource13Lom):
    """LOM of a resource of a Common Cartridge 1.2."""

    namespace = "http://ltsc.ieee.org/xsd/imsccv1p2/LOM/resource"


class Resource11Lom(Resource13Lom):
    """LOM of a resource of a Common Cartridge 1.1, which says for whom it is and no more."""

    namespace = "http://ltsc.ieee.org/xsd/imsccv1p1/LOM/resource"
    narrow = True


def write_audience(binding: type[CartridgeLom], role: str) -> _Element:
    """Return a `lom` element of a cartridge's resource that only says for whom it is, such as `Instructor`."""
    write = binding("")
    lom = Element(write.tag("lom"), nsmap={binding.prefix: binding.namespace})
    write.audience(write.child(lom, "educational"), role)
    return lom


class ImsMetadata(Binding):
    """The older binding, IMS metadata 1.2.1 as SCORM 1.2 has it (CAM 2.2)."""

    prefix = "imsmd"
    namespace = MD_1_2_1
    schema = "ADL SCORM 1.2"
    _RENAMED: ClassVar = {"metadataSchema": "metadatascheme", "duration": "datetime", "string": "langstring"}

    @classmethod
    def renamed(cls, name: str) -> str:
        return cls._RENAMED.get(name, name.lower())

    def names(self, general: _Element, title: str, identifier: str) -> None:
        self.text(general, "title", title)
        entry = self.child(general, "catalogentry")
        self.child(entry, "catalog").text = CATALOG
        self.text(entry, "entry", identifier, language="x-none")

    def text(self, parent: _Element, name: str, text: str, language: str = "") -> None:
        string = self.child(self.child(parent, name), "string")
        string.set(f"{{{XML}}}lang", language or self.language)
        string.text = cut(text, _LONGEST_TEXT)

    def term(self, parent: _Element, name: str, value: str) -> None:
        element = self.child(parent, name)
        self.text(element, "source", _VOCABULARY, language="x-none")
        self.text(element, "value", value if value in ("yes", "no") else value.title(), language="x-none")

    def entity(self, contribute: _Element, card: str) -> None:
        self.child(self.child(contribute, "centity"), "vcard").text = card


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
