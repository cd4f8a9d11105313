"""The package formats, by the name they have on the command line."""

from __future__ import annotations

from coursewright.formats import scorm12
from coursewright.formats.format import Format

FORMATS: dict[str, Format] = {found.name: found for found in (scorm12.FORMAT,)}
