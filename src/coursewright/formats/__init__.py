"""The package formats, by each name that they have on the command line."""

from __future__ import annotations

from coursewright.formats import canvas, cartridge, moodle, scorm12, scorm2004
from coursewright.formats.format import Format

ALL: tuple[Format, ...] = (
    scorm12.FORMAT,
    scorm2004.THIRD,
    scorm2004.FOURTH,
    cartridge.CC11,
    cartridge.CC12,
    cartridge.CC13,
    canvas.FORMAT,
    moodle.FORMAT,
)
FORMATS: dict[str, Format] = {name: found for found in ALL for name in (found.name, *found.aliases)}
