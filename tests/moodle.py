"""What Moodle's SCORM importer was seen to need: it reads literal prefixes, no namespaces, and stores 255 characters."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from xml.parsers import expat

from lxml import etree

SCORM_1_2, SCORM_2004 = "1.2", ("2004 3rd Edition", "2004 4th Edition")
NAMES = {
    *("manifest", "metadata", "schema", "schemaversion", "organizations", "organization", "title", "item"),
    *("resources", "resource", "file", "dependency"),
}
"""The elements of content packaging, which have to be in the default namespace."""
PASSED_BY = {"imsmd", "lom"}
"""Prefixes that the importer does not know, and that bring it no harm."""


def moodle_takes(package: Path) -> None:
    """Hold a SCORM package to these needs."""
    with zipfile.ZipFile(package) as archive:
        assert archive.namelist()[0] == "imsmanifest.xml"
        text = archive.read("imsmanifest.xml").decode("utf-8")
        held = set(archive.namelist())
    assert "&#" not in text  # numeric references come out escaped twice
    assert all(path.isascii() and len(path) < 255 for path in held)
    root = etree.fromstring(text.encode())
    _names(text, root.find("./{*}metadata/{*}schemaversion"))
    _identifiers(root, held)


def _names(text: str, schemaversion: etree._Element | None) -> None:
    """Every element and attribute has the literal name that the importer looks for in this version."""
    version = schemaversion.text if schemaversion is not None else ""
    newer = version in SCORM_2004
    assert newer or version == SCORM_1_2
    known = {"adlcp", "adlseq", "adlnav", "imsss"} if newer else {"adlcp"}
    own = "adlcp:scormType" if newer else "adlcp:scormtype"
    for name, attributes in _literally(text):
        prefix, _, local = name.rpartition(":")
        if local == "mapInfo":
            assert prefix not in known  # a fatal error under PHP 8
        else:
            assert name in NAMES or prefix in known | PASSED_BY, name
        assert name != "resource" or attributes.get(own) in ("sco", "asset")
        assert {attribute.rpartition(":")[0] for attribute in attributes} <= {"", "xmlns", "xsi", "xml"} | known


def _literally(text: str) -> Iterator[tuple[str, dict[str, str]]]:
    """Yield the names of all elements and their attributes as a reader without namespaces sees them."""
    found: list[tuple[str, dict[str, str]]] = []
    reader = expat.ParserCreate()
    reader.StartElementHandler = lambda name, attributes: found.append((name, attributes))
    reader.Parse(text.encode(), True)
    yield from found


def _identifiers(root: etree._Element, held: set[str]) -> None:
    default = {"cp": root.nsmap[None]}
    identifiers = [element.get("identifier", "") for element in root.iter() if element.get("identifier")]
    assert len(identifiers) == len(set(identifiers))
    assert all(re.fullmatch(r"[A-Za-z_][A-Za-z0-9_-]{0,63}", found) for found in identifiers)
    titles = [title.text or "" for title in root.iterfind(".//cp:title", default)]
    assert titles and all(0 < len(title) <= 255 and title.strip() not in ("", "0") for title in titles)
    assert {element.get("href") for element in root.iterfind(".//cp:file", default)} <= held
    launchable = {item.get("identifier") for item in root.iterfind(".//cp:item", default) if item.get("identifierref")}
    for element in root.iterfind(".//{*}prerequisites"):
        assert set((element.text or "").split("&")) <= launchable
