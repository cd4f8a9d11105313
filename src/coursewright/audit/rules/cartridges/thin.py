"""Rules over thin cartridges: they hold links alone, each in its resource of the manifest and not in a file."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from coursewright.audit.flaw import Flaw, flaw
from coursewright.audit.rule import rule
from coursewright.findings import messages
from coursewright.packages.documents.addresses import local_name, name_of
from coursewright.packages.documents.reading import child_text
from coursewright.packages.kinds import Family
from coursewright.packages.subject import Subject
from coursewright.text.addresses import has_scheme

_TOOL, _LINK = "imsbasiclti_", "imswl_"
WEB_LINK, TOOL_LINK = "webLink", "cartridge_basiclti_link"
"""The elements that are links."""
ADDRESSES = ("launch_url", "secure_launch_url")
"""Those that have the address of a tool."""


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
        link = resource.find(f"{{*}}{WEB_LINK if kind.startswith(_LINK) else TOOL_LINK}")
        address = address_of(link) if link is not None else ""
        if not address:
            yield flaw(messages.LINK_MISSING, resource, name=name_of(resource))
        elif kind.startswith(_LINK) and not has_scheme(address):
            yield flaw(messages.LINK_WITHOUT_SCHEME, resource, url=address)


def address_of(link: etree._Element) -> str:
    """Return the address of a link to the web or to a tool, or ""."""
    if local_name(link) != TOOL_LINK:
        url = link.find("{*}url")
        return (url.get("href") or "").strip() if url is not None else ""
    return next(filter(None, (child_text(link, name) for name in ADDRESSES)), "")
