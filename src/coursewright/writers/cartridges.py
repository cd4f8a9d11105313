"""What the writers of all cartridges share, Canvas's too: a draft of resources and items, and the HTML of a page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import field

from lxml.etree import _Element
from markupsafe import Markup

from coursewright.findings.finding import Finding
from coursewright.frozen import slotted
from coursewright.packages.documents.cartridge import File
from coursewright.packages.documents.manifest import ManifestItem, Resource
from coursewright.packages.files.writing import Content, Package
from coursewright.pages.renderer import Renderer
from coursewright.writers.files import PackedFile

HOME = "course-home"
START = "course-start"


@slotted
class CartridgeDraft:
    """A cartridge while it is made: its menu, its resources and its files, those `stored` as they are."""

    items: list[ManifestItem] = field(default_factory=list)
    resources: list[Resource] = field(default_factory=list)
    files: list[File] = field(default_factory=list)
    stored: set[str] = field(default_factory=set)

    def add_file(self, found: PackedFile, identifier: str, path: str, metadata: Sequence[_Element] = ()) -> None:
        """Add a file that pages refer to."""
        self.add(Resource(identifier, [path], True, metadata=metadata), (path, found.asset.content))
        if found.is_shrunk:
            self.stored.add(path)

    def add(self, resource: Resource, *files: File) -> None:
        """Add a resource with its files."""
        self.resources.append(resource)
        self.files += files

    def fill(self, package: Package, manifest: Content) -> list[Finding]:
        """Put everything into a package, the manifest first, and return what is wrong with its paths."""
        for path, content in [("imsmanifest.xml", manifest), *self.files]:
            package.add(path, content, stored=path in self.stored)
        return package.problems()


def page_file(
    renderer: Renderer, title: str, body: Markup, *, style: str = "", meta: tuple[tuple[str, str], ...] = ()
) -> bytes:
    """Return a page as a file of its own, with an address of its stylesheet, or bare."""
    return renderer.render("native/page.html.j2", title=title, body=body, style=style, meta=meta).encode()
