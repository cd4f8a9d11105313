"""Reads the manifest of any SCORM package into a tree of items, for the player and for people: plain values, for JSON.

It is more patient than an LMS: prefixes and namespaces may be of any edition, and what is missing gets a usual value.
Whatever it had to guess is said under `problems`, and whatever the player does not simulate under `notSimulated`.
"""

from __future__ import annotations

import posixpath
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from urllib.parse import urlsplit

from lxml import etree

from coursewright.course.gates import mentioned
from coursewright.packages.documents.elements import (
    all_within,
    attribute,
    children,
    flag,
    name_of,
    number,
    words,
)
from coursewright.packages.documents.manifest import ADLCP_1_2, ADLCP_1_3, XML
from coursewright.packages.documents.parsing import text_at
from coursewright.packages.documents.scorm.item_rules import Tree, completion_maps, is_of_adl, left_out, objective, rule
from coursewright.packages.documents.scorm.prerequisites import UnreadableError, read_expression
from coursewright.packages.files.names import printable
from coursewright.packages.schema import parser


class ManifestError(Exception):
    """The manifest cannot be played: `str(error)` says why."""


def read_manifest(document: bytes) -> Tree:
    """Return what a manifest says, as values that JSON can hold. Raises ManifestError."""
    try:
        root = etree.fromstring(document, parser())
    except etree.XMLSyntaxError as error:
        raise ManifestError(f"imsmanifest.xml is not well-formed: line {error.lineno}: {error.msg}") from error
    tree = read_menu(root)
    waiting = [tree["root"]]
    while waiting:  # what JSON cannot hold
        item = waiting.pop()
        del item["element"]
        waiting += item["children"]
    return tree


def read_menu(root: etree._Element) -> Tree:
    """Return what a manifest says that is parsed already; each item holds its `element`. Raises ManifestError."""
    if name_of(root) != "manifest":
        raise ManifestError(f"imsmanifest.xml contains <{name_of(root)}>, not <manifest>")
    return _Reader(root).tree()


class _Reader:
    """One manifest while it is read: its resources, its shared sequencing, and what was found wrong."""

    def __init__(self, root: etree._Element) -> None:
        self.root = root
        self.problems: list[str] = []
        self.edition = text_at(root, "metadata", "schemaversion")
        self.version = _version(root, self.edition)
        self.resources = dict(_resources(root))
        self.collections = {
            found.get("ID", ""): found for found in root.iterfind("{*}sequencingCollection/{*}sequencing")
        }

    def tree(self) -> Tree:
        organization = self._organization()
        items = self._loose() if organization is None else self._item(organization)
        if self.version == "1.2":
            self.problems += _prerequisite_problems(items)
        return {
            "identifier": self.root.get("identifier", ""),
            "title": items["title"],
            "version": self.version,
            "edition": self.edition,
            "root": items,
            "problems": list(dict.fromkeys(self.problems)),
            "notSimulated": [] if organization is None else list(self._not_simulated(organization)),
        }

    def _organization(self) -> etree._Element | None:
        """Return the default organization, the first one where the default names none; None where there is none."""
        organizations = self.root.find("{*}organizations")
        found = list(organizations.iterfind("{*}organization")) if organizations is not None else []
        if organizations is None or not found:
            return None
        default = organizations.get("default")
        named = [element for element in found if element.get("identifier") == default]
        if len(found) > 1:
            self.problems.append(f"there are {len(found)} organizations; only the default one is played")
        if default and not named:
            self.problems.append(f"the default organization '{default}' does not exist; the first one is played")
        return (named or found)[0]

    def _loose(self) -> Tree:
        """Return a menu of all resources that can be started, for a package without an organization."""
        self.problems.append("there is no organization, so no menu: the resources that can be started are listed")
        manifest = etree.Element("organization", identifier=self.root.get("identifier", ""))
        for name, resource in self.resources.items():
            if _address(resource):
                item = etree.SubElement(manifest, "item", identifier=name, identifierref=name)
                etree.SubElement(item, "title").text = resource.get("href")
        if not len(manifest):
            raise ManifestError(
                "imsmanifest.xml has no organization and no resource to start: there is nothing to play"
            )
        return self._item(manifest)

    def _item(self, element: etree._Element) -> Tree:
        parts = self._sequencing(element)
        control = parts.get("controlMode")
        delivery = parts.get("deliveryControls")
        return {
            "element": element,
            "identifier": element.get("identifier", ""),
            "title": text_at(element, "title") or element.get("identifier", ""),
            "visible": element.get("isvisible", "true") not in ("false", "0"),
            **self._launch(element),
            **_told(element),
            "prerequisites": self._prerequisites(element),
            "choice": flag(control, "choice", True),
            "flow": flag(control, "flow", False),
            "completionSetByContent": flag(delivery, "completionSetByContent", False),
            "objectiveSetByContent": flag(delivery, "objectiveSetByContent", False),
            "rules": [rule(found) for found in all_within(parts.get("sequencingRules"), "preConditionRule")],
            "objectives": [objective(found) for found in children(parts.get("objectives"))],
            "completionMaps": list(completion_maps(parts.get("adl objectives"))),
            "children": [self._item(child) for child in element.iterfind("{*}item")],
        }

    def _launch(self, element: etree._Element) -> Tree:
        """Return where an item starts, and whether it speaks to an API: `sco`, `asset`, or nothing to start."""
        reference = element.get("identifierref")
        resource = self.resources.get(reference or "")
        if reference and resource is None:
            self.problems.append(
                f"item {element.get('identifier')} refers to a resource '{reference}' that is not there"
            )
        href = _address(resource) if resource is not None else ""
        if resource is None or not href:
            return {"href": None, "kind": ""}
        return {"href": _with_parameters(href, element.get("parameters", "")), "kind": self._kind(resource)}

    def _kind(self, resource: etree._Element) -> str:
        if not self.version:
            return "asset"
        kinds = [value for name, value in resource.items() if etree.QName(name).localname.lower() == "scormtype"]
        if not kinds:
            self.problems.append(f"resource {resource.get('identifier')} has no scormtype; it is played as a SCO")
        return "asset" if kinds and str(kinds[0]).strip().lower() == "asset" else "sco"

    def _prerequisites(self, element: etree._Element) -> str:
        if self.version != "1.2":
            return ""
        found = element.find("{*}prerequisites")
        if found is not None and found.get("type", "aicc_script") != "aicc_script":
            self.problems.append(f"prerequisites of type '{found.get('type')}' are passed over")
            return ""
        return words(found)

    def _sequencing(self, element: etree._Element) -> Mapping[str, etree._Element]:
        """Return the parts of an element's sequencing by name; its own come over those of a shared collection."""
        own = element.find("{*}sequencing") if self.version == "2004" else None
        if own is None:
            return {}
        shared = self.collections.get(own.get("IDRef", ""))
        if own.get("IDRef") and shared is None:
            self.problems.append(f"the sequencing '{own.get('IDRef')}' is not in the manifest's collection")
        parts = {name_of(part): part for whole in (shared, own) for part in children(whole) if not is_of_adl(part)}
        adl = [part for whole in (shared, own) for part in children(whole) if is_of_adl(part)]
        return parts | {f"adl {name_of(part)}": part for part in adl}

    def _not_simulated(self, organization: etree._Element) -> Iterator[str]:
        """Yield in words what the manifest asks for and the player leaves out, with how often it stands there."""
        shared = self.collections.values()
        elements = [element for start in (organization, *shared) for element in start.iter("{*}*")]
        counted = Counter(what for element in elements for what in left_out(element, self.version))
        yield from (f"{what}: {count}" for what, count in counted.items())
        if self.root.find("{*}manifest") is not None:
            yield "manifests within the manifest"
        system = attribute(organization, "objectivesGlobalToSystem")
        if self.version == "2004" and system not in ("false", "0") and organization.find(".//{*}mapInfo") is not None:
            yield "objectives shared with other courses (they are kept for this one only)"


# --- items and resources ---


def _version(root: etree._Element, edition: str) -> str:
    """Return "1.2" or "2004", or nothing for a content package that is no SCORM."""
    if "2004" in edition or edition.upper().startswith("CAM"):
        return "2004"
    used = {etree.QName(name).namespace for element in root.iter("{*}*") for name in (element.tag, *element.keys())}
    if ADLCP_1_3 in used:
        return "2004"
    scorm = "SCORM" in text_at(root, "metadata", "schema").upper()
    return "1.2" if ADLCP_1_2 in used or (scorm and edition == "1.2") else ""


def _resources(root: etree._Element) -> Iterator[tuple[str, etree._Element]]:
    for element in root.iterfind("{*}resources/{*}resource"):
        yield element.get("identifier", ""), element


def _address(resource: etree._Element) -> str:
    """Return where a resource starts, from the top of the package; empty if it is nothing to start."""
    href = resource.get("href", "").strip()
    if not href or _leads_out(href):
        return href
    bases = [element.get(f"{{{XML}}}base", "") for element in (resource, *resource.iterancestors())]
    path = "".join(base if base.endswith("/") else f"{base}/" for base in reversed(bases) if base) + href
    place, mark, rest = re.match(r"([^?#]*)([?#]?)(.*)$", path, re.DOTALL).groups()  # type: ignore[union-attr]
    return posixpath.normpath(place).lstrip("/") + mark + rest


def _leads_out(href: str) -> bool:
    try:
        return bool(urlsplit(href).scheme)
    except ValueError:  # no address at all
        return True


def _with_parameters(href: str, parameters: str) -> str:
    """Return an address with an item's parameters, put together as SCORM says."""
    rest = parameters.strip().lstrip("?&")
    if not rest or (rest.startswith("#") and "#" in href):
        return href
    if rest.startswith("#"):
        return href + rest
    place, mark, fragment = href.partition("#")
    return f"{place}{'&' if '?' in place else '?'}{rest}{mark}{fragment}"


def _told(element: etree._Element) -> Tree:
    """Return what the LMS tells the unit, and judges it by; both versions write these with other capitals."""
    found = {name_of(child).lower(): child for child in children(element)}
    threshold = found.get("completionthreshold")
    return {
        "launchData": words(found.get("datafromlms")),
        "masteryScore": number(words(found.get("masteryscore"))),
        "maxTimeAllowed": words(found.get("maxtimeallowed")),
        "timeLimitAction": words(found.get("timelimitaction")),
        "completionThreshold": None if threshold is None else _threshold(threshold),
    }


def _threshold(element: etree._Element) -> float | None:
    """Return the progress that completes a unit: the text up to the third edition, an attribute in the fourth."""
    if flag(element, "completedByMeasure", False):
        return number(element.get("minProgressMeasure", "1.0"))
    return number(words(element))


def _prerequisite_problems(root: Tree) -> Iterator[str]:
    """Yield what in the prerequisites LMSs will read in different ways."""
    items = {item["identifier"]: item for item in _below(root)}
    for item in items.values():
        for name in dict.fromkeys(_waited_for(item["prerequisites"])):
            if name not in items:
                yield f"item {item['identifier']} waits for '{name}', which is not an item: it will never open"
            elif not items[name]["href"]:
                yield f"item {item['identifier']} waits for the heading '{name}': some LMSs never open it"
        if item["prerequisites"] and not item["href"]:
            yield f"the heading {item['identifier']} has prerequisites: some LMSs do not lock what is under it"


def _waited_for(prerequisites: str) -> tuple[str, ...]:
    """Return the items that prerequisites name; none where they cannot be read, which the player says itself."""
    try:
        return mentioned(read_expression(prerequisites)) if prerequisites else ()
    except UnreadableError:
        return ()


def _below(item: Tree) -> Iterator[Tree]:
    for child in item["children"]:
        yield child
        yield from _below(child)


def plain_menu(title: str, pages: Iterable[tuple[str, str]], edition: str) -> Tree:
    """Return the tree of what has no manifest: its pages by title and address, none of which is tracked."""
    root = etree.Element("manifest", identifier="pages")
    organization = etree.SubElement(etree.SubElement(root, "organizations"), "organization", identifier="O")
    etree.SubElement(organization, "title").text = printable(title)
    resources = etree.SubElement(root, "resources")
    for at, (name, href) in enumerate(pages):
        names = {"identifier": f"page-{at}", "identifierref": f"R{at}"}
        item = etree.SubElement(organization, "item", names)
        etree.SubElement(item, "title").text = printable(name)
        etree.SubElement(resources, "resource", identifier=f"R{at}", href=href)
    tree = read_manifest(etree.tostring(root))
    return {**tree, "edition": edition}
