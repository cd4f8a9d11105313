"""The manifest of a Common Cartridge: its resources, and where it leaves the schema of its version."""

from __future__ import annotations

import posixpath
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from lxml import etree

from importers.package import children, decoded, find, find_all, is_id, local, namespace, raw, words

XML = "http://www.w3.org/XML/1998/namespace"
XSI = "http://www.w3.org/2001/XMLSchema-instance"
_BASE = f"{{{XML}}}base"
_KINDS = (
    (r"webcontent", "webcontent"),
    (r"associatedcontent/.*", "associated"),
    (r"imsdt_.*", "topic"),
    (r"imswl_.*", "weblink"),
    (r"imsqti_.*/assessment", "assessment"),
    (r"imsqti_.*/question-bank", "bank"),
    (r"imsbasiclti_.*", "lti"),
    (r"assignment_.*", "assignment"),
)


@dataclass(frozen=True)
class Edition:
    """The names that one version of the specification uses."""

    version: str
    digit: int
    manifest: str
    manifest_lom: str
    resource_lom: str
    weblink: str
    topic: str
    types: frozenset[str]


def _edition(digit: int) -> Edition:
    xsd, ltsc = "http://www.imsglobal.org/xsd", "http://ltsc.ieee.org/xsd"
    cc, lom = (f"{xsd}/imsccv1p{digit}", f"{ltsc}/imsccv1p{digit}/LOM") if digit else (f"{xsd}/imscc", "")
    return Edition(
        f"1.{digit}.0",
        digit,
        f"{cc}/imscp_v1p1",
        f"{lom}/manifest" if digit else f"{ltsc}/imscc/LOM",
        f"{lom}/resource" if digit else f"{ltsc}/LOM",
        f"{cc}/imswl_v1p{digit}" if digit else f"{xsd}/imswl_v1p0",
        f"{cc}/imsdt_v1p{digit}" if digit else f"{xsd}/imsdt_v1p0",
        frozenset(_types(digit)),
    )


def _types(digit: int) -> Iterator[str]:
    yield "webcontent"
    yield f"associatedcontent/imscc_xmlv1p{digit}/learning-application-resource"
    yield from (f"imsqti_xmlv1p2/imscc_xmlv1p{digit}/{kind}" for kind in ("assessment", "question-bank"))
    yield from (f"{kind}_xmlv1p{digit}" for kind in ("imsdt", "imswl"))
    if digit in (1, 2):
        yield "imsbasiclti_xmlv1p0"
    if digit == 3:
        yield from ("imsbasiclti_xmlv1p3", "assignment_xmlv1p0", "imsapip_zipv1p0", "imsiwb_iwbv1p0")
        yield "idpfepub_epubv3p0"


EDITIONS = {edition.manifest: edition for edition in map(_edition, range(4))}


@dataclass(frozen=True)
class Listed:
    """A resource as the manifest lists it; the paths are as the zip would name them."""

    identifier: str
    type: str | None
    kind: str
    href: str
    files: tuple[str, ...]
    dependencies: tuple[str, ...]
    use: str
    roles: tuple[str, ...]
    variants: tuple[str, ...]
    element: etree._Element


def listed(root: etree._Element) -> list[Listed]:
    """Return the resources of a manifest in whatever namespace."""
    return [_resource(element) for element in find_all(root, "resources", "resource")]


def _resource(element: etree._Element) -> Listed:
    href = element.get("href", "")
    return Listed(
        element.get("identifier", ""),
        element.get("type"),
        kind_of(element.get("type", "")),
        located(element, href) if href else "",
        tuple(located(element, file.get("href", "")) for file in find_all(element, "file") if file.get("href")),
        tuple(found.get("identifierref", "") for found in find_all(element, "dependency")),
        element.get("intendeduse", ""),
        tuple(_roles(element)),
        tuple(found.get("identifierref", "") for found in find_all(element, "variant")),
        element,
    )


def kind_of(type: str) -> str:
    """Return in a word what a type of resource is, whatever the version it names."""
    return next((kind for pattern, kind in _KINDS if re.fullmatch(pattern, type)), "other")


def located(element: etree._Element, href: str) -> str:
    """Return the path that an address in the manifest leads to."""
    bases = [parent.get(_BASE, "") for parent in (element, *element.iterancestors())]
    return posixpath.normpath("".join(f"{base.rstrip('/')}/" for base in reversed(bases) if base) + decoded(href))


def _roles(element: etree._Element) -> Iterator[str]:
    for role in find_all(element, "metadata", "lom", "educational", "intendedEndUserRole"):
        yield words(find(role, "value"))


# --- what the schema says, in words ---

_ATTRIBUTES = {
    "manifest": {"identifier", _BASE},
    "organization": {"identifier", "structure"},
    "item": {"identifier", "identifierref"},
    "resources": {_BASE},
    "resource": {"identifier", "type", "href", "intendeduse", _BASE},
    "file": {"href"},
    "dependency": {"identifierref"},
}
_CHILDREN = {
    "manifest": ("metadata", "organizations", "resources", "authorizations"),
    "metadata": ("schema", "schemaversion", "lom", "curriculumStandardsMetadataSet"),
    "organizations": ("organization",),
    "organization": ("title", "item", "metadata"),
    "item": ("title", "item", "metadata"),
    "resources": ("resource",),
    "resource": ("metadata", "file", "dependency"),
    "file": ("metadata",),
}
_NEEDED = {
    "manifest": ("metadata", "organizations", "resources"),
    "metadata": ("schema", "schemaversion", "lom"),
    "organization": ("item",),
}
_ONCE = {"metadata", "organizations", "resources", "organization", "title", "schema", "schemaversion", "lom"}
_MUST_HAVE = {
    "manifest": ("identifier",),
    "organization": ("identifier", "structure"),
    "item": ("identifier",),
    "resource": ("identifier", "type"),
    "file": ("href",),
    "dependency": ("identifierref",),
}
_FOREIGN = {"lom", "curriculumStandardsMetadataSet", "authorizations"}


def named(element: etree._Element) -> str:
    """Return how an issue speaks of an element of the manifest."""
    name = element.get("identifier") or element.get("href") or element.get("identifierref")
    return f"{local(element)} {name}" if name else f"<{local(element)}>"


def structural(root: etree._Element, edition: Edition) -> Iterator[str]:
    """Yield where a manifest leaves the schema of its version."""
    for element in _own(root, edition):
        yield from _attributes(element)
        yield from _content(element, edition)
        for metadata in find_all(element, "metadata") if element is not root else ():
            yield from _metadata(element, metadata, edition)
    yield from _identifiers(root, edition)
    yield from _head(root, edition)
    yield from _tree(root)
    yield from _references(root, edition)
    for resource in find_all(root, "resources", "resource"):
        yield from _uses(resource, edition)


def _own(element: etree._Element, edition: Edition) -> Iterator[etree._Element]:
    """Yield the elements of content packaging; only the manifest's own metadata are looked into."""
    yield element
    for child in children(element):
        if namespace(child) == edition.manifest and (local(child) != "metadata" or local(element) == "manifest"):
            yield from _own(child, edition)


def _attributes(element: etree._Element) -> Iterator[str]:
    allowed = _ATTRIBUTES.get(local(element), set())
    for name in map(str, element.keys()):
        protected = local(element) == "resource" and etree.QName(name).localname == "protected"
        if name not in allowed and not name.startswith(f"{{{XSI}}}") and not protected:
            yield f"{named(element)} has an attribute {etree.QName(name).localname}, which has no place there"
    for name in _MUST_HAVE.get(local(element), ()):
        if element.get(name) is None:
            yield f"{named(element)} has no {name}"


def _content(element: etree._Element, edition: Edition) -> Iterator[str]:
    order = _CHILDREN.get(local(element), ())
    found = [child for child in children(element) if not _extension(child, element, edition)]
    names = [local(child) for child in found]
    for child in found:
        if local(child) not in order or (namespace(child) != edition.manifest and local(child) not in _FOREIGN):
            yield f"{named(element)} has no place for {{{namespace(child)}}}{local(child)}"
    for before, after in pairwise(names):
        if before in order and after in order and order.index(after) < order.index(before):
            yield f"{named(element)} has <{after}> after <{before}>"
    yield from _counted(element, Counter(names))


def _extension(child: etree._Element, element: etree._Element, edition: Edition) -> bool:
    """Whether an element stands where version 1.3 leaves room for others: at the end of a resource."""
    last = local(element) == "resource" and edition.digit == 3 and namespace(child) != edition.manifest
    return last and all(namespace(after) != edition.manifest for after in child.itersiblings())


def _metadata(element: etree._Element, metadata: etree._Element, edition: Edition) -> Iterator[str]:
    """Yield what stands in the metadata of an item, a resource or a file and is not of another namespace."""
    yield from _attributes(metadata)
    allowed = ("schema", "schemaversion") if local(element) == "resource" and edition.digit == 3 else ()
    for child in children(metadata):
        if namespace(child) == edition.manifest and local(child) not in allowed:
            yield f"the metadata of {named(element)} have no place for <{local(child)}>"


def _counted(element: etree._Element, count: Counter[str]) -> Iterator[str]:
    for name in _NEEDED.get(local(element), ()):
        if not count[name]:
            yield f"{named(element)} has no <{name}>"
    for name in sorted(_ONCE & set(count)):
        if count[name] > 1:
            yield f"{named(element)} has {count[name]} <{name}>"


def _identifiers(root: etree._Element, edition: Edition) -> Iterator[str]:
    found = Counter(
        element.get("identifier", "") for element in _own(root, edition) if element.get("identifier") is not None
    )
    for identifier, times in found.items():
        if times > 1:
            yield f"the identifier {identifier} is given {times} times"
        if not is_id(identifier):
            yield f"the identifier '{identifier}' is no xs:ID"


def _head(root: etree._Element, edition: Edition) -> Iterator[str]:
    schema, version = (raw(find(root, "metadata", name)) for name in ("schema", "schemaversion"))
    if schema != "IMS Common Cartridge":
        yield f"the schema is '{schema}'"
    if version != edition.version:
        yield f"the schemaversion is '{version}' in the namespace of {edition.version}"
    lom = find(root, "metadata", "lom")
    if lom is not None and namespace(lom) != edition.manifest_lom:
        yield f"the <lom> of the manifest is in the namespace {namespace(lom)}"
    if find(root, "metadata", "curriculumStandardsMetadataSet") is not None and edition.digit < 2:
        yield f"version {edition.version} has no place for curriculum standards"


def _tree(root: etree._Element) -> Iterator[str]:
    for organization in find_all(root, "organizations", "organization"):
        if organization.get("structure", "rooted-hierarchy") != "rooted-hierarchy":
            yield f"{named(organization)} has the structure '{organization.get('structure')}'"
        tops = find_all(organization, "item")
        if len(tops) > 1:
            yield f"{named(organization)} has {len(tops)} items at the top, not one"
        for top in tops:
            yield from _top(top)


def _top(top: etree._Element) -> Iterator[str]:
    if find(top, "title") is not None:
        yield f"{named(top)} at the top has a title"
    if top.get("identifierref") is not None:
        yield f"{named(top)} at the top refers to a resource"
    for item in top.iterdescendants("{*}item"):
        if find(item, "title") is None:
            yield f"{named(item)} has no title"


def _references(root: etree._Element, edition: Edition) -> Iterator[str]:
    """Yield the references that are no xs:IDREF, as they must be up to version 1.1."""
    for element in _own(root, edition) if edition.digit < 2 else ():
        reference = element.get("identifierref")
        if reference is not None and not is_id(reference):
            yield f"{named(element)} has the identifierref '{reference}', which is no xs:IDREF"


def _uses(resource: etree._Element, edition: Edition) -> Iterator[str]:
    type, use = resource.get("type"), resource.get("intendeduse")
    if type is not None and type not in edition.types:
        yield f"{named(resource)} has the type '{type}', which version {edition.version} does not know"
    uses = {"lessonplan", "syllabus", "unspecified"} | ({"assignment"} if edition.digit > 1 else set())
    if use is not None and use not in uses:
        yield f"{named(resource)} has the use '{use}', which version {edition.version} does not know"
    for element in (resource, *find_all(resource, "file")):
        if re.search(r"%(?![0-9A-Fa-f]{2})|#.*#", element.get("href", "")):
            yield f"{named(element)} has an href that is no URI"
    lom = find(resource, "metadata", "lom")
    if lom is not None and namespace(lom) != edition.resource_lom:
        yield f"the <lom> of {named(resource)} is in the namespace {namespace(lom)}"
