"""What every cartridge is made of, Canvas's included: the versions of IMS Common Cartridge, and their small files."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from lxml.etree import SubElement, _Element
from markupsafe import Markup

from coursewright.checks import check_manifest
from coursewright.diagnostics import Finding
from coursewright.ims import Dialect, Item, Resource, document, element
from coursewright.lessons import Discussion, WebLink
from coursewright.lom import (
    Cartridge11Lom,
    Cartridge12Lom,
    Cartridge13Lom,
    CartridgeLom,
    Resource11Lom,
    Resource12Lom,
    Resource13Lom,
)
from coursewright.package import Content, Package
from coursewright.pages import Renderer
from coursewright.schema import validate

HOME, START = "course-home", "course-start"
ASSIGNMENT = "http://www.imsglobal.org/xsd/imscc_extensions/assignment"


@dataclass(frozen=True, slots=True)
class Version:
    """What differs between the versions of Common Cartridge.

    `tag` is how namespaces and types name a version. `links_pages` says whether its importers keep links between pages,
    `assignment_use` what marks a page as an assignment, `assignments` whether there is a resource for one, and
    `standards` whether resources name what they teach, `moodle` whether Moodle reads it.
    """

    tag: str
    number: str
    lom: type[CartridgeLom]
    resource_lom: type[CartridgeLom]
    links_pages: bool = True
    assignment_use: str = ""
    assignments: bool = False
    standards: bool = False
    moodle: bool = False

    def namespace(self, name: str) -> str:
        """Return one of the cartridge's own namespaces."""
        return f"http://www.imsglobal.org/xsd/imscc{self.tag}/{name}"

    @property
    def web_links(self) -> str:
        """The namespace of web links."""
        return self.namespace(f"imswl_{self.tag}")

    @property
    def topics(self) -> str:
        """The namespace of discussion topics."""
        return self.namespace(f"imsdt_{self.tag}")

    @property
    def schema(self) -> str:
        """The schema of the manifest."""
        return f"cc{self.number[0]}{self.number[2]}/imscp_v1p1.xsd"

    @property
    def schemas(self) -> dict[str, str]:
        """The schemas of the small files, by their namespaces."""
        folder = f"cc{self.number[0]}{self.number[2]}"
        return {
            self.web_links: f"{folder}/imswl_{self.tag}.xsd",
            self.topics: f"{folder}/imsdt_{self.tag}.xsd",
            ASSIGNMENT: "cc/assignment.xsd",
        }

    @property
    def dialect(self) -> Dialect:
        """The dialect of the manifest."""
        folder = f"http://www.imsglobal.org/profile/cc/cc{self.tag}"
        return Dialect(
            schema="IMS Common Cartridge",
            schemaversion=self.number,
            prefixes={
                None: self.namespace("imscp_v1p1"),
                self.lom.prefix: self.lom.namespace,
                self.resource_lom.prefix: self.resource_lom.namespace,
            },
            locations={
                self.namespace("imscp_v1p1"): f"{folder}/cc{self.tag}_imscp_v1p2_v1p0.xsd",
                self.lom.namespace: f"{folder}/LOM/cc{self.tag}_lommanifest_v1p0.xsd",
                self.resource_lom.namespace: f"{folder}/LOM/cc{self.tag}_lomresource_v1p0.xsd",
            },
            longest_title=255,
            rooted=True,
        )


V11 = Version("v1p1", "1.1.0", Cartridge11Lom, Resource11Lom, links_pages=False, moodle=True)
V12 = Version("v1p2", "1.2.0", Cartridge12Lom, Resource12Lom, assignment_use="assignment", standards=True)
V13 = Version("v1p3", "1.3.0", Cartridge13Lom, Resource13Lom, assignments=True, standards=True)

_NAMESPACE = re.compile(rb'<\w+ xmlns="([^"]+)"')

File = tuple[str, Content]


@dataclass(slots=True)
class Draft:
    """A cartridge while it is made: its menu, its resources and its files."""

    items: list[Item] = field(default_factory=list)
    resources: list[Resource] = field(default_factory=list)
    files: list[File] = field(default_factory=list)

    def add(self, resource: Resource, *files: File) -> None:
        """Add a resource with its files."""
        self.resources.append(resource)
        self.files += files

    def fill(
        self, package: Package, manifest: bytes, version: Version, schemas: Mapping[str, str]
    ) -> Iterator[Finding]:
        """Put everything into a package, the manifest first, and yield what is wrong with it."""
        for path, content in [("imsmanifest.xml", manifest), *self.files]:
            package.add(path, content)
        shown = f"{package.name}/imsmanifest.xml"
        own = [path for path, _ in self.files]
        yield from validate(manifest, version.schema, shown) or check_manifest(manifest, own, shown)
        yield from invalid(self.files, {**version.schemas, **schemas}, package.name)
        yield from package.problems()


def web_link(version: Version, link: WebLink) -> tuple[Resource, File]:
    """Return a web link as a resource and its file."""
    root = element(version.web_links, "webLink")
    child(root, "title", link.title)
    child(root, "url").set("href", link.url)
    path = f"{link.identifier}.xml"
    return Resource(link.identifier, [path], type=f"imswl_xml{version.tag}"), (path, document(root))


def topic(version: Version, discussion: Discussion) -> tuple[Resource, File]:
    """Return a discussion topic as a resource and its file, at the top: Moodle looks for pictures beside it."""
    root = element(version.topics, "topic")
    child(root, "title", discussion.title)
    child(root, "text", str(discussion.body)).set("texttype", "text/html")
    path = f"{discussion.identifier}.xml"
    return Resource(discussion.identifier, [path], type=f"imsdt_xml{version.tag}"), (path, document(root))


def invalid(files: Iterable[File], schemas: Mapping[str, str], package: str) -> Iterator[Finding]:
    """Yield what is wrong with a package's files by the schema of the namespace each declares, where there is one."""
    for path, content in files:
        if isinstance(content, bytes) and path.endswith(".xml"):
            declared = _NAMESPACE.search(content[:500])
            schema = schemas.get(declared[1].decode()) if declared else None
            yield from validate(content, schema, f"{package}/{path}") if schema else ()


def child(parent: _Element, name: str, text: str = "") -> _Element:
    """Append an element of its parent's namespace, with a text if there is one."""
    namespace = str(parent.tag).partition("}")[0]
    added = SubElement(parent, f"{namespace}}}{name}")
    added.text = text or None
    return added


def page_file(
    renderer: Renderer, title: str, body: Markup, *, style: str = "", meta: tuple[tuple[str, str], ...] = ()
) -> bytes:
    """Return a page as a file of its own, with an address of its stylesheet, or bare."""
    return renderer.render("native/page.html.j2", title=title, body=body, style=style, meta=meta).encode()
