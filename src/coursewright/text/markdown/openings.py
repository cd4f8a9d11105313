"""Where the introduction of a text ends, so that something may stand between it and the rest."""

from __future__ import annotations

import re

from coursewright.text.markdown.headings import heading_on
from coursewright.text.patterns import later

_FENCE = later(r" {0,3}(`{3,}|~{3,})")
# What reaches over several blocks, or is explained elsewhere: HTML, boxes, tabs, notes, links by name.
_REACHING = later(r"^ {0,3}(?:<|:::|!!!|===|\?\?\?|\{)|\[(?!!)[^\]\n]*\](?!\()", re.MULTILINE)


def introduction_lines(markdown: str) -> int:
    """Return how many lines stand before the first heading with a text above it; 0 if they cannot stand alone."""
    lines = markdown.split("\n")
    fence, told = "", False
    for number, line in enumerate(lines):
        found = _FENCE.match(line)
        if found and (not fence or found[1].startswith(fence)):
            fence = "" if fence else found[1]
        heading = not fence and heading_on(line)
        if heading and told:
            return 0 if _REACHING.search("\n".join(lines[:number])) else number
        told = told or bool(line.strip() and not heading)
    return 0
