"""Addresses in the texts of packages, however they are written, and how Markdown names the places in a course."""

from __future__ import annotations

import re
from urllib.parse import quote

from coursewright.course.assets import Target, ToFile
from coursewright.text.addresses import pieces_of

NO_PLACES = ("javascript:", "vbscript:", "about:")
"""How addresses begin that lead to no place at all."""

_UNUSUAL = re.compile(r"[^A-Za-z0-9._-]+")


def written_as(target: Target) -> str:
    """Return how Markdown names a place in the course."""
    anchor = f"#{quote(target.anchor)}" if target.anchor else ""
    if isinstance(target, ToFile):
        return f"files/{target.asset.name}{anchor}"
    return f"{'/'.join(filter(None, ('units', _UNUSUAL.sub('-', target.unit.id), target.part)))}{anchor}"


def without_secrets(address: str) -> str:
    """Return the address of a tool without what may be a key: what it is asked with, and who asks; "" for none."""
    parts = pieces_of(address)
    place = parts.netloc.rpartition("@")[2]
    return f"{parts.scheme}://{place}{parts.path}" if place else ""
