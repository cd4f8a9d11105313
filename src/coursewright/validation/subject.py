"""A package under judgement, and where the names in its manifest lead."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterator
from urllib.parse import unquote

from lxml import etree

from coursewright import messages
from coursewright.diagnostics import Finding, Place
from coursewright.ims import XML
from coursewright.schema import validate
from coursewright.validation.container import Container
from coursewright.validation.kinds import Recognised

_BASE = f"{{{XML}}}base"
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+:|//")

Rule = Callable[["Subject"], Iterator[Finding]]


class Subject:
    """A package under judgement: what it is, its files, and the elements that rules ask for most."""

    def __init__(self, found: Recognised, container: Container) -> None:
        self.found, self.container = found, container
        self.shown = container.path_of(found.file)
        self.resources = list(found.root.iter("{*}resource"))
        namespace = etree.QName(found.root).namespace or ""
        self.items = list(found.root.iter(f"{{{namespace}}}item"))  # questions have items, too

    def place(self, element: etree._Element) -> Place:
        """Return where an element stands."""
        line = element.sourceline
        return Place(self.shown, line if isinstance(line, int) else 0)


def address_in_package(element: etree._Element) -> str:
    """Return the path in the package that an element names, from the bases it stands under; "" for what is outside."""
    href = (element.get("href") or "").strip()
    if etree.QName(element).localname == "location":
        href = (element.text or "").strip()
    if not href or _SCHEME.match(href):
        return ""
    bases = [above.get(_BASE, "") for above in (*reversed(list(element.iterancestors())), element)]
    path = "".join(base for base in bases if not _SCHEME.match(base)) + href.split("?")[0].split("#")[0]
    return posixpath.normpath(path) if path else ""


def leads_elsewhere(element: etree._Element) -> bool:
    """Say whether an element's address, or a base that it stands under, is one outside the package."""
    bases = (above.get(_BASE, "") for above in (element, *element.iterancestors()))
    return any(_SCHEME.match(address.strip()) for address in (element.get("href", ""), *bases))


def found_as(name: str, container: Container) -> str | None:
    """Return the file of a package that a name in a manifest stands for: as it is written, or as an address."""
    return next((one for one in (name, unquote(name)) if one in container.sizes), None)


def scorm_type(resource: etree._Element) -> str:
    """Return whether a resource is a `sco` or an `asset`, in whatever spelling and namespace its edition has it."""
    values = (value for name, value in resource.attrib.items() if str(name).lower().endswith("scormtype"))
    return str(next(values, "")).lower()


def shown_name(item: etree._Element) -> str:
    title = item.find("{*}title")
    return ((title.text or "").strip() if title is not None else "") or item.get("identifier", "?")


def schema_findings(document: bytes, schema: str, shown: str) -> list[Finding]:
    """Return what a schema, if there is one, has against a document."""
    try:
        found = validate(document, schema, shown) if schema else []
    except etree.XMLSchemaValidateError:  # an entity stands where libxml2 wants an element; that is said already
        return []
    return [one for one in found if one.code != messages.NOT_WELL_FORMED.code]  # that was said when it was parsed
