"""What cartridges are made of: the versions of Common Cartridge, and their small files."""

from __future__ import annotations

from coursewright.frozen import frozen
from coursewright.packages.documents.cartridge_files import (
    RICH,
    CartridgeLink,
    CartridgeText,
    CartridgeTopic,
    LinkAddress,
)
from coursewright.packages.documents.fields import document_of
from coursewright.packages.documents.lom import Binding, cartridge_lom
from coursewright.packages.documents.manifest import Dialect, Resource
from coursewright.packages.files.writing import Content
from coursewright.pages.parts import Talk, WebLink

ASSIGNMENT = "http://www.imsglobal.org/xsd/imscc_extensions/assignment"
File = tuple[str, Content]


@frozen
class Version:
    """What differs between the versions of Common Cartridge.

    `tag` is how namespaces and types name a version. `narrow_lom` says whether its metadata are a part of LOM only,
    `links_pages` whether its importers keep links between pages, `assignment_use` what marks a page as an assignment,
    `assignments` whether there is a resource for one, and `standards` whether resources name what they teach, `moodle`
    whether Moodle reads it.
    """

    tag: str
    number: str
    narrow_lom: bool = False
    links_pages: bool = True
    assignment_use: str = ""
    assignments: bool = False
    standards: bool = False
    moodle: bool = False

    def namespace(self, name: str) -> str:
        """Return one of the cartridge's own namespaces."""
        return f"http://www.imsglobal.org/xsd/imscc{self.tag}/{name}"

    @property
    def lom(self) -> Binding:
        """How the manifest says what the course is about."""
        return cartridge_lom(self.tag, "manifest", narrow=self.narrow_lom)

    @property
    def resource_lom(self) -> Binding:
        """How a resource says what it is about, and for whom."""
        return cartridge_lom(self.tag, "resource", narrow=self.narrow_lom)

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

    def questions(self, kind: str) -> str:
        """Return the type of a resource that is an assessment or a question-bank."""
        return f"imsqti_xmlv1p2/imscc_xml{self.tag}/{kind}"


V11 = Version("v1p1", "1.1.0", narrow_lom=True, links_pages=False, moodle=True)
V12 = Version("v1p2", "1.2.0", assignment_use="assignment", standards=True)
V13 = Version("v1p3", "1.3.0", assignments=True, standards=True)


def web_link(version: Version, link: WebLink) -> tuple[Resource, File]:
    """Return a web link as a resource and its file."""
    said = CartridgeLink(link.title, LinkAddress(link.url))
    path = f"{link.identifier}.xml"
    file = (path, document_of(said, version.web_links))
    return Resource(link.identifier, [path], type=f"imswl_xml{version.tag}"), file


def topic(version: Version, discussion: Talk) -> tuple[Resource, File]:
    """Return a discussion topic as a resource and its file, at the top: Moodle looks for pictures beside it."""
    said = CartridgeTopic(discussion.title, CartridgeText(RICH, str(discussion.body)))
    path = f"{discussion.identifier}.xml"
    file = (path, document_of(said, version.topics))
    return Resource(discussion.identifier, [path], type=f"imsdt_xml{version.tag}"), file
