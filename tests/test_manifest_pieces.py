"""A manifest is written some items at a time, to the bytes that one tree of it has."""

from __future__ import annotations

import hashlib
import io
import zipfile

import pytest
from lxml import etree
from lxml.etree import SubElement, _Element

from coursewright.packages.documents.cartridge import V12
from coursewright.packages.documents.manifest import Manifest, ManifestItem, Resource, write_manifest
from coursewright.packages.files.zipping import ZipWriter

DIALECT = V12.dialect


def _metadata(number: int) -> _Element:
    lom = etree.Element(DIALECT.tag("schema"))
    SubElement(lom, DIALECT.tag("title")).text = f"two\nlines of {number} & <more>"
    return lom


def _manifest(items: int, resources: int) -> bytes:
    def rules(organization: _Element) -> None:
        SubElement(organization, DIALECT.tag("metadata"))

    found = (ManifestItem(f"i{at}", f"Unit {at}", f"r{at}", metadata=_metadata(at)) for at in range(items))
    files = (Resource(f"r{at}", [f"units/{at}.html"], launchable=True) for at in range(resources))
    document = write_manifest(Manifest("m", "A course", found, files, rules=rules), DIALECT)
    if isinstance(document, bytes):
        return document
    archive = io.BytesIO()
    packing = ZipWriter(archive, (1980, 1, 1, 0, 0, 0))
    packing.add_long("long.xml", document)
    packing.add("short.xml", document())
    packing.close()
    with zipfile.ZipFile(archive) as opened:
        assert opened.read("long.xml") == opened.read("short.xml") == document() == b"".join(document.pieces())
        sizes = {(one.compress_type, one.compress_size, one.CRC) for one in opened.infolist()}
        assert len(sizes) == 1 and hashlib.sha256(document()).hexdigest() == document.sum
    return document()


@pytest.mark.parametrize(
    ("items", "resources"), [(0, 0), (0, 3), (2, 0), (1, 1), (250, 99), (401, 99), (99, 401), (501, 420)]
)
def test_pieces_of_a_manifest_are_those_of_one_tree(items: int, resources: int) -> None:
    document = _manifest(items, resources)
    root = etree.fromstring(document, etree.XMLParser(remove_blank_text=True))
    assert etree.tostring(root, encoding="UTF-8", xml_declaration=True, pretty_print=True) == document
    assert [item.get("identifier") for item in root.iter("{*}item")][1:] == [f"i{at}" for at in range(items)]
    assert [one.get("identifier") for one in root.iter("{*}resource")] == [f"r{at}" for at in range(resources)]
    organization = next(root.iter("{*}organization"))
    assert [etree.QName(one).localname for one in organization] == ["item", "metadata"]
