"""Rules over thin cartridges: they hold links alone, each in its resource of the manifest and not in a file."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from coursewright.audit.flaw import Flaw, flaw
from coursewright.audit.rule import rule
from coursewright.findings import messages
from coursewright.packages.documents.addresses import name_of
from coursewright.packages.kinds import Family
from coursewright.packages.subject import Subject
from coursewright.text.addresses import has_scheme

_TOOL, _LINK = "imsbasiclti_", "imswl_"
ADDRESSES = ("launch_url", "secure_launch_url")
"""The elements that have the address of a tool."""


@rule("P264", family=Family.CARTRIDGE)
def resources_are_links(subject: Subject) -> Iterator[Flaw]:
    """Every resource of a thin cartridge is a web link or one to a tool."""
    for resource in subject.resources if subject.found.is_thin else ():
        kind = resource.get("type", "")
        if not kind.startswith((_TOOL, _LINK)):
            yield flaw(messages.THIN_HOLDS_MORE, resource, name=name_of(resource), type=kind)


@rule("P265 P353", family=Family.CARTRIDGE)
def links_lead_somewhere(subject: Subject) -> Iterator[Flaw]:
    """Every link of a thin cartridge stands in its resource, or in its file, and has an address."""
    for resource in subject.resources if subject.found.is_thin else ():
        kind = resource.get("type", "")
        in_file = resource.find("{*}file") is not None
        if not kind.startswith((_TOOL, _LINK)) or in_file:
            continue
        address = _address(resource, kind)
        if not address:
            yield flaw(messages.LINK_MISSING, resource, name=name_of(resource))
        elif kind.startswith(_LINK) and not has_scheme(address):
            yield flaw(messages.LINK_WITHOUT_SCHEME, resource, url=address)


def _address(resource: etree._Element, kind: str) -> str:
    """Return the address of the link in a resource, or ""."""
    if kind.startswith(_LINK):
        url = resource.find("{*}webLink/{*}url")
        return (url.get("href") or "").strip() if url is not None else ""
    found = (resource.find(f"{{*}}cartridge_basiclti_link/{{*}}{name}") for name in ADDRESSES)
    return next((text for one in found if one is not None and (text := (one.text or "").strip())), "")
