"""Headings as they stand on a line of Markdown: with `#`."""

from __future__ import annotations

from coursewright.text.patterns import later

_ATX = later(r" {0,3}(?P<marks>#{1,6})(?:[ \t]+(?P<title>.*?))?(?:[ \t]+#+)?[ \t]*$")


def heading_on(line: str) -> tuple[int, str] | None:
    """Return the level and the title of the heading that a line is, as written, or None. In code it is none."""
    found = _ATX.match(line) if "#" in line else None
    return (len(found["marks"]), (found["title"] or "").strip()) if found else None
