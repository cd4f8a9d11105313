"""The body of a page as elements."""

from __future__ import annotations

from lxml import etree

_PARSER = etree.HTMLParser()


def fragment(body: str) -> etree._Element:
    """Return the body of a page as an element that holds it; blank space before it is left out."""
    found = etree.fromstring(f"<html><body>{body}</body></html>", _PARSER).find("body")
    assert found is not None  # noqa: S101 - it is written right above
    found.tag = "div"
    found.text = found.text if found.text and found.text.strip() else None
    return found
