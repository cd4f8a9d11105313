"""Packages of ours, judged before they are written, by the rules for those of others."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import cast

from lxml import etree

from coursewright.audit.judging import judge
from coursewright.findings.finding import Finding, in_order
from coursewright.packages.documents.parsing import keep
from coursewright.packages.files.budget import MOST_MARKS
from coursewright.packages.files.container import Container, Holding
from coursewright.packages.files.long_document import LongDocument
from coursewright.packages.files.paths import MANIFEST
from coursewright.packages.files.writing import Content, Package, whole
from coursewright.packages.files.written import WrittenDocument
from coursewright.packages.kinds import recognise
from coursewright.packages.schema import LARGE, SAFELY
from coursewright.packages.subject import Subject


def judge_own(package: Package) -> list[Finding]:
    """Return what is wrong with a package that is not written yet. Its pages are not looked at: they are made later.

    Its documents are judged as the trees that they were written from. Where anything is wrong, they are parsed and
    judged again, for only then is it known on which lines.
    """
    return _judged(package) and _judged(replace(package, files=[*map(_without_tree, package.files)]))


def _without_tree(file: tuple[str, Content]) -> tuple[str, Content]:
    path, content = file
    return path, bytes(content) if isinstance(content, WrittenDocument) else content


def _judged(package: Package) -> list[Finding]:
    container = _hold(package)
    _lighten(container)
    found = recognise(container)
    judged = list(judge(Subject(found, container))) if found else []
    return in_order([*judged, *container.found])


def _lighten(container: Container) -> None:
    """Keep the tree of a large manifest without what it says of its items, which is most of it and judged by the schema
    alone: a tree takes ten times the memory of its document."""
    document = container.read(MANIFEST) if MANIFEST in container.sizes else None
    if document is not None and LARGE < document.count(b"<") <= MOST_MARKS:
        reading = etree.iterparse(BytesIO(document), tag="{*}lom", **SAFELY)
        for _, element in reading:
            element.clear()
        keep(container, MANIFEST, (document, cast("etree._Element", reading.root)), [])


def _hold(package: Package) -> Container:
    """Return the files of a package; what is made only as it is written counts as a byte until somebody reads it."""
    contents = dict(package.files)
    sizes = {path: _size(content) for path, content in contents.items()}
    return Container(package.name, Path(package.name), Holding.MEMORY, sizes, reader=lambda name: whole(contents[name]))


def _size(content: Content) -> int:
    if isinstance(content, LongDocument):
        return content.size
    return len(content) if isinstance(content, bytes) else 1
