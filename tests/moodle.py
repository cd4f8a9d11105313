"""What Moodle's SCORM importer was seen to need: it reads literal prefixes, no namespaces, and stores 255 characters."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path
from xml.parsers import expat

from lxml import etree

SCORM_VERSIONS = {"1.2", "1.3", "CAM 1.3", "2004 3rd Edition", "2004 4th Edition"}
PREFIXES = {"adlcp", "adlseq", "adlnav", "imsss"}
PASSED_BY = {"imsmd", "lom", "ims2"}
"""Prefixes that the importer does not know, and that bring it no harm."""


def moodle_takes(package: Path) -> None:
    """Hold a SCORM package to these needs."""
    with zipfile.ZipFile(package) as archive:
        assert archive.namelist()[0] == "imsmanifest.xml"
        text = archive.read("imsmanifest.xml").decode("utf-8")
        held = set(archive.namelist())
    assert "&#" not in text  # numeric references come out escaped twice
    assert all(path.isascii() and len(path) < 255 for path in held)
    names = _literal_names(text)
    assert {name for name in names if ":" not in name} <= {
        "manifest", "metadata", "schema", "schemaversion", "organizations", "organization", "title", "item",
        "resources", "resource", "file", "dependency",
    }  # fmt: skip
    assert {name.partition(":")[0] for name in names if ":" in name} <= PREFIXES | PASSED_BY
    assert "imsss:mapInfo" not in names  # a fatal error under PHP 8
    _versions_and_identifiers(etree.fromstring(text.encode()), held)


def _literal_names(text: str) -> set[str]:
    """Return the names of all elements, prefixes included, as a reader without namespaces sees them."""
    names: set[str] = set()
    reader = expat.ParserCreate()
    reader.StartElementHandler = lambda name, attributes: names.add(name)
    reader.Parse(text.encode(), True)
    return names


def _versions_and_identifiers(root: etree._Element, held: set[str]) -> None:
    default = {"cp": root.nsmap[None]}
    assert root.findtext("cp:metadata/cp:schemaversion", "", default) in SCORM_VERSIONS
    identifiers = [element.get("identifier", "") for element in root.iter() if element.get("identifier")]
    assert len(identifiers) == len(set(identifiers))
    assert all(re.fullmatch(r"[A-Za-z_][A-Za-z0-9_-]{0,63}", found) for found in identifiers)
    titles = [title.text or "" for title in root.iterfind(".//cp:title", default)]
    assert titles and all(0 < len(title) <= 255 and title.strip() not in ("", "0") for title in titles)
    assert {element.get("href") for element in root.iterfind(".//cp:file", default)} <= held
    launchable = {item.get("identifier") for item in root.iterfind(".//cp:item", default) if item.get("identifierref")}
    for element in root.iterfind(".//{*}prerequisites"):
        assert set((element.text or "").split("&")) <= launchable
