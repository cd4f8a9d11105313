"""The documents of a package, for those who show it: found by what their resources are made of."""

from __future__ import annotations

from collections.abc import Iterable

from lxml import etree
from markupsafe import Markup

from coursewright.packages.documents.reading import LARGEST_PAGE, is_page, read_document
from coursewright.packages.files.container import Container


class ShownDocuments:
    """The documents of a package."""

    def __init__(self, container: Container) -> None:
        self.container = container

    def root(self, name: str) -> etree._Element | None:
        """Return the root of a document, or None where it is not there or cannot be read."""
        return read_document(name, self.container)

    def first(self, files: Iterable[str], name: str) -> etree._Element | None:
        """Return the first of these documents whose root has a name, or None."""
        for file in files:
            root = self.root(file) if file.endswith((".xml", ".qti")) else None
            if root is not None and etree.QName(root).localname == name:
                return root
        return None

    def page(self, files: Iterable[str]) -> str:
        """Return the first page of some files as it was written; "" where there is none."""
        name = next(filter(is_page, files), "")
        return (self.container.read(name, LARGEST_PAGE) or b"").decode("utf-8", "replace") if name else ""


def html_of(text: str, *, rich: bool) -> str:
    """Return a text as HTML: as it is, or with its lines kept."""
    return text if rich else str(Markup('<p style="white-space: pre-line">{}</p>').format(text)) if text else ""
