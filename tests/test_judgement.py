"""Packages of ours are judged before they are written, each set of documents once."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import etree

from coursewright.building.cache import Cache
from coursewright.building.judgement import judged
from coursewright.packages.documents.manifest import (
    ADLCP_1_2,
    CP_1_1_2,
    Dialect,
    Manifest,
    ManifestItem,
    Resource,
    write_manifest,
)
from coursewright.packages.files.writing import Package
from coursewright.packages.files.written import WrittenDocument, written
from coursewright.pages.compiled import CompiledTemplates

MANIFEST = b"""<?xml version="1.0"?>
<manifest xmlns="http://www.imsproject.org/xsd/imscp_rootv1p1p2" xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_rootv1p2"
  identifier="m" version="1"><metadata><schema>ADL SCORM</schema><schemaversion>1.2</schemaversion></metadata>
<organizations default="o"><organization identifier="o"><title>Bees</title>%s</organization></organizations>
<resources><resource identifier="r" type="webcontent" adlcp:scormtype="sco" href="index.html"><file href="index.html"/>
</resource></resources></manifest>"""
ITEM = b'<item identifier="i" identifierref="%s"><title>Bees</title></item>'


def package(reference: bytes, page: bytes = b"<html>", more: bytes = b"") -> Package:
    """Return a package whose page is made only as it is written."""
    manifest = MANIFEST % (ITEM % reference + more)
    return Package("bees.zip", [("imsmanifest.xml", manifest), ("index.html", lambda: page)])


@pytest.fixture
def kept(tmp_path: Path) -> CompiledTemplates:
    return CompiledTemplates(Cache(tmp_path), "program")


def _known(kept: CompiledTemplates) -> int:
    cache = kept.keeper
    assert isinstance(cache, Cache)
    return sum(path.is_file() for path in (cache.folder / "sound").rglob("*"))


def test_documents_without_a_fault_are_known_and_others_are_judged_each_time(kept: CompiledTemplates) -> None:
    assert judged(package(b"r"), kept) == [] and _known(kept) == 1
    assert judged(package(b"r", b"<html lang='en'>"), kept) == [] and _known(kept) == 1
    codes = [[found.code for found in judged(package(b"gone"), kept)] for _ in range(2)]
    assert codes[0] == codes[1] != [] and _known(kept) == 1
    assert [found.code for found in judged(package(b"gone"), None)] == codes[0]


def test_a_package_too_large_to_be_judged_is_written_with_a_warning() -> None:
    found = judged(package(b"r", more=b" " * 21_000_000), None)
    assert {one.code: str(one.severity) for one in found} == {"P224": "warning", "P254": "warning"}


def test_documents_are_judged_as_their_trees_and_what_is_wrong_in_them_has_its_line() -> None:
    dialect = Dialect("ADL SCORM", "1.2", {None: CP_1_1_2, "adlcp": ADLCP_1_2}, {}, 200)
    items = [ManifestItem(name, "Bees", resource) for name, resource in (("i", "r"), ("j", "gone"))]
    manifest = write_manifest(Manifest("m", "Bees", items, [Resource("r", ["index.html"], True)]), dialect)
    assert isinstance(manifest, WrittenDocument)
    found = [judged(Package("bees.zip", [("imsmanifest.xml", one)]), None) for one in (manifest, bytes(manifest))]
    assert found[0] == found[1] and any(one.place.line for one in found[0])


def test_a_package_keeps_the_trees_of_documents_only_as_far_as_memory_allows() -> None:
    package, document = Package("bees.zip"), written(b"<a>" + b" " * 1_000_000 + b"</a>", etree.Element("a"))
    for number in range(4):
        package.add(f"{number}.xml", document)
    assert [isinstance(content, WrittenDocument) for _, content in package.files] == [True, True, False, False]
    assert {content for _, content in package.files} == {bytes(document)}
