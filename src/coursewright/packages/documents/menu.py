"""Reads the manifest of any SCORM package as a tree of items, for the player and for people.

It is more patient than an LMS: prefixes and namespaces may be of any edition, and what is missing gets a usual value.
Whatever it had to guess is said under `problems`, and whatever the player does not simulate under `not_simulated`.
"""

from __future__ import annotations

import posixpath
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields, is_dataclass, replace
from typing import Any

from lxml import etree

from coursewright.course.gates import mentioned
from coursewright.frozen import frozen
from coursewright.packages.documents.addresses import bases_of
from coursewright.packages.documents.elements import (
    all_within,
    attribute,
    children,
    flag,
    local_name,
    number,
    words,
)
from coursewright.packages.documents.manifest import ADLCP_1_2, ADLCP_1_3
from coursewright.packages.documents.parsing import text_at
from coursewright.packages.documents.scorm.item_rules import (
    ItemTerms,
    MenuItem,
    completion_maps,
    is_of_adl,
    left_out,
    objective,
    rule,
)
from coursewright.packages.documents.scorm.prerequisites import UnreadableError, read_expression
from coursewright.packages.files.names import printable
from coursewright.packages.schema import parser
from coursewright.text.addresses import has_scheme, is_address


class ManifestError(Exception):
    """The manifest cannot be played: `str(error)` says why."""


@frozen
class Menu:
    """What a manifest says of its course."""

    identifier: str
    title: str
    version: str
    edition: str
    root: MenuItem
    problems: tuple[str, ...]
    not_simulated: tuple[str, ...]

    def in_json(self) -> dict[str, Any]:
        """Return it for the player, as values that JSON can hold."""
        found: dict[str, Any] = _in_json(self)
        return found


_KEYS = {"negated": "not"}
_WORD = re.compile(r"_(\w)")


def _in_json(value: Any) -> Any:
    if isinstance(value, tuple):
        listed = []
        for one in value:
            listed.append(_in_json(one))
        return listed
    if not is_dataclass(value):
        return value
    found: dict[str, Any] = {}
    for name in (one.name for one in fields(value) if one.repr):
        inner = _in_json(getattr(value, name))
        if name == "terms":
            found |= inner
        else:
            found[_KEYS.get(name) or _WORD.sub(lambda word: word[1].upper(), name)] = inner
    return found


def read_manifest(document: bytes) -> Menu:
    """Return what a manifest says. Raises ManifestError."""
    try:
        root = etree.fromstring(document, parser())
    except etree.XMLSyntaxError as error:
        raise ManifestError(f"imsmanifest.xml is not well-formed: line {error.lineno}: {error.msg}") from error
    return read_menu(root)


def read_menu(root: etree._Element) -> Menu:
    """Return what a manifest says that is parsed already. Raises ManifestError."""
    if local_name(root) != "manifest":
        raise ManifestError(f"imsmanifest.xml contains <{local_name(root)}>, not <manifest>")
    return _Reader(root).menu()


class _Reader:
    """One manifest while it is read: its resources, its shared sequencing, and what was found wrong."""

    def __init__(self, root: etree._Element) -> None:
        self.root = root
        self.problems: list[str] = []
        self.edition = text_at(root, "metadata", "schemaversion")
        self.version = _version(root, self.edition)
        self.resources = {one.get("identifier", ""): one for one in root.iterfind("{*}resources/{*}resource")}
        self.collections = {
            found.get("ID", ""): found for found in root.iterfind("{*}sequencingCollection/{*}sequencing")
        }

    def menu(self) -> Menu:
        organization = self._organization()
        items = self._loose() if organization is None else self._item(organization)
        if self.version == "1.2":
            self.problems += _prerequisite_problems(items)
        return Menu(
            self.root.get("identifier", ""),
            items.title,
            self.version,
            self.edition,
            items,
            tuple(dict.fromkeys(self.problems)),
            () if organization is None else tuple(self._not_simulated(organization)),
        )

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

    def _loose(self) -> MenuItem:
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

    def _item(self, element: etree._Element) -> MenuItem:
        parts = self._sequencing(element)
        control, delivery = parts.get("controlMode"), parts.get("deliveryControls")
        href, kind = self._launch(element)
        return MenuItem(
            element,
            element.get("identifier", ""),
            text_at(element, "title") or element.get("identifier", ""),
            element.get("isvisible", "true") not in ("false", "0"),
            href,
            kind,
            _terms(element),
            self._prerequisites(element),
            flag(control, "choice", True),
            flag(control, "flow", False),
            flag(delivery, "completionSetByContent", False),
            flag(delivery, "objectiveSetByContent", False),
            tuple(map(rule, all_within(parts.get("sequencingRules"), "preConditionRule"))),
            tuple(map(objective, children(parts.get("objectives")))),
            tuple(completion_maps(parts.get("adl objectives"))),
            tuple(map(self._item, element.iterfind("{*}item"))),
        )

    def _launch(self, element: etree._Element) -> tuple[str | None, str]:
        """Return where an item starts, and whether it speaks to an API: `sco`, `asset`, or nothing to start."""
        reference = element.get("identifierref")
        resource = self.resources.get(reference or "")
        if reference and resource is None:
            self.problems.append(
                f"item {element.get('identifier')} refers to a resource '{reference}' that is not there"
            )
        href = _address(resource) if resource is not None else ""
        if resource is None or not href:
            return None, ""
        return _with_parameters(href, element.get("parameters", "")), self._kind(resource)

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
        parts = {local_name(part): part for whole in (shared, own) for part in children(whole) if not is_of_adl(part)}
        adl = [part for whole in (shared, own) for part in children(whole) if is_of_adl(part)]
        return parts | {f"adl {local_name(part)}": part for part in adl}

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


def _address(resource: etree._Element) -> str:
    """Return where a resource starts, from the top of the package; empty if it is nothing to start."""
    href = resource.get("href", "").strip()
    if not href or has_scheme(href) or not is_address(href):
        return href
    path = "".join(base if base.endswith("/") else f"{base}/" for base in bases_of(resource) if base) + href
    place, mark, rest = re.match(r"([^?#]*)([?#]?)(.*)$", path, re.DOTALL).groups()  # type: ignore[union-attr]
    return posixpath.normpath(place).lstrip("/") + mark + rest


def _with_parameters(href: str, parameters: str) -> str:
    """Return an address with an item's parameters, put together as SCORM says."""
    rest = parameters.strip().lstrip("?&")
    if not rest or (rest.startswith("#") and "#" in href):
        return href
    if rest.startswith("#"):
        return href + rest
    place, mark, fragment = href.partition("#")
    return f"{place}{'&' if '?' in place else '?'}{rest}{mark}{fragment}"


def _terms(element: etree._Element) -> ItemTerms:
    """Return what a unit is told; both versions write these with other capitals."""
    found = {local_name(child).lower(): child for child in children(element)}
    progress = found.get("completionthreshold")
    return ItemTerms(
        words(found.get("datafromlms")),
        number(words(found.get("masteryscore"))),
        words(found.get("maxtimeallowed")),
        words(found.get("timelimitaction")),
        None if progress is None else threshold(progress),
    )


def threshold(element: etree._Element) -> float | None:
    """Return the progress that completes a unit: a text up to the third edition, an attribute in the fourth."""
    if flag(element, "completedByMeasure", False):
        return number(element.get("minProgressMeasure", "1.0"))
    return number(words(element))


def _prerequisite_problems(root: MenuItem) -> Iterator[str]:
    """Yield what in the prerequisites LMSs will read in different ways."""
    items = {item.identifier: item for item in _below(root)}
    for item in items.values():
        for name in dict.fromkeys(_waited_for(item.prerequisites)):
            if name not in items:
                yield f"item {item.identifier} waits for '{name}', which is not an item: it will never open"
            elif not items[name].href:
                yield f"item {item.identifier} waits for the heading '{name}': some LMSs never open it"
        if item.prerequisites and not item.href:
            yield f"the heading {item.identifier} has prerequisites: some LMSs do not lock what is under it"


def _waited_for(prerequisites: str) -> tuple[str, ...]:
    """Return the items that prerequisites name; none where they cannot be read, which the player says itself."""
    try:
        return mentioned(read_expression(prerequisites)) if prerequisites else ()
    except UnreadableError:
        return ()


def _below(item: MenuItem) -> Iterator[MenuItem]:
    for child in item.children:
        yield child
        yield from _below(child)


def plain_menu(title: str, pages: Iterable[tuple[str, str]], edition: str) -> Menu:
    """Return the menu of what has no manifest: its pages by title and address, none of which is tracked."""
    root = etree.Element("manifest", identifier="pages")
    organization = etree.SubElement(etree.SubElement(root, "organizations"), "organization", identifier="O")
    etree.SubElement(organization, "title").text = printable(title)
    resources = etree.SubElement(root, "resources")
    for at, (name, href) in enumerate(pages):
        names = {"identifier": f"page-{at}", "identifierref": f"R{at}"}
        item = etree.SubElement(organization, "item", names)
        etree.SubElement(item, "title").text = printable(name)
        etree.SubElement(resources, "resource", identifier=f"R{at}", href=href)
    return replace(read_menu(root), edition=edition)
