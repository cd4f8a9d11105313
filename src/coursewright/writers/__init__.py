"""The package formats, by each name that they have on the command line."""

from __future__ import annotations

from coursewright.writers import common_cartridge, moodle, question_files
from coursewright.writers.canvas import canvas
from coursewright.writers.scorm import scorm12, scorm2004
from coursewright.writers.writer import Format

ALL: tuple[Format, ...] = (
    scorm12.FORMAT,
    scorm2004.THIRD,
    scorm2004.FOURTH,
    common_cartridge.CC11,
    common_cartridge.CC12,
    common_cartridge.CC13,
    canvas.FORMAT,
    moodle.FORMAT,
    question_files.MOODLE_XML,
    question_files.GIFT,
    question_files.QTI12,
)
FORMATS: dict[str, Format] = {name: found for found in ALL for name in (found.name, *found.aliases)}
