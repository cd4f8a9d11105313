"""The pages of a lesson in the order in which they are read."""

from __future__ import annotations

from lxml import etree

from coursewright.packages.documents.moodle.availability import said

_CONTENT = "20"  # the number of a page that is to be read, which Moodle calls a branch
_MOST = 1_000


def lesson_pages(own: etree._Element) -> tuple[list[tuple[str, etree._Element]], int]:
    """Return the pages of a lesson that are to be read, with their titles, and how many others ask something."""
    pages = {one.get("id", ""): one for one in list(own.iterfind("pages/page"))[:_MOST]}
    first = next((one for one in pages.values() if said(one, "prevpageid") in ("", "0")), None)
    ordered: dict[str, etree._Element] = {}
    while first is not None and first.get("id", "") not in ordered:
        ordered[first.get("id", "")] = first
        first = pages.get(said(first, "nextpageid"))
    ordered |= pages
    read = [(said(one, "title"), one) for one in ordered.values() if said(one, "qtype") == _CONTENT]
    asking = sum(said(one, "qtype") not in (_CONTENT, "21", "30", "31") for one in ordered.values())
    return read, asking
