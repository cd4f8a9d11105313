"""What the metadata of a manifest says of its course, in whatever binding of LOM it is written."""

from __future__ import annotations

from collections.abc import Mapping

from lxml import etree

from coursewright.packages.documents.parsing import text_at
from coursewright.packages.words import duration

# Names for people, and where LOM has them; the capitals of the older binding are small ones.
_PLACES: Mapping[str, str] = {
    "title": "general/title",
    "language": "general/language",
    "description": "general/description",
    "keywords": "general/keyword",
    "version": "lifeCycle/version",
    "learning time": "educational/typicalLearningTime",
    "rights": "rights/description",
}
_SEVERAL = ("keywords",)


def metadata_of(root: etree._Element) -> dict[str, str]:
    """Return what a manifest's metadata says by names for people, without what it leaves out."""
    lom = root.find("{*}metadata/{*}lom")
    found = {} if lom is None else {name: _value(lom, place, name in _SEVERAL) for name, place in _PLACES.items()}
    if "learning time" in found:
        found["learning time"] = duration(found["learning time"])
    found["schema"] = " ".join(filter(None, (text_at(root, "metadata", name) for name in ("schema", "schemaversion"))))
    return {"identifier": root.get("identifier", ""), **{name: value for name, value in found.items() if value}}


def _value(lom: etree._Element, place: str, several: bool) -> str:
    elements = lom.findall(_path(place)) or lom.findall(_path(place.lower()))
    return ", ".join(filter(None, map(_first_words, elements if several else elements[:1])))


def _path(place: str) -> str:
    return "/".join(f"{{*}}{name}" for name in place.split("/"))


def _first_words(element: etree._Element) -> str:
    """Return the first text in an element that has any: of several languages, the first."""
    return next((words for text in element.itertext() if (words := " ".join(str(text).split()))), "")
