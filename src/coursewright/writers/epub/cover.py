"""The cover of a book, and its colours."""

from __future__ import annotations

import textwrap
import unicodedata

from coursewright.course.model import Course
from coursewright.pages.dress import readable_colours
from coursewright.writers.writer import Materials

_SIZES = ((28, 168), (60, 132), (10_000, 104))  # up to how many letters a title is set how large
_ROOM, _MOST_LINES = 1290, 9
_FIRST_STOP, _LAST_STOP, _MOST_STOPS = 300, 2220, 12


def drawn_cover(materials: Materials, course: Course) -> bytes:
    """Return the cover of a course as SVG: its title, and a stop for each of its units."""
    renderer = materials.renderer
    title = renderer.plain(course.title)
    size, lines = _set(title)
    rtl = renderer.language.flow.turned
    return renderer.render(
        "epub/cover.svg.j2",
        accent=readable_colours(renderer.theme.light)["accent"],
        rtl=rtl,
        side=1420 if rtl else 180,
        start=1310 if rtl else 290,
        stops=_stops(len(course.units)),
        size=size,
        top=560,
        lines=lines,
        publisher=materials.options.publication.publisher[:36],
    ).encode()


def _set(title: str) -> tuple[int, list[str]]:
    """Return the size of the letters of a title, and its lines."""
    wide = any(unicodedata.east_asian_width(letter) in "WF" for letter in title)
    size = next(size for longest, size in _SIZES if len(title) * (2 if wide else 1) <= longest)
    width = int(_ROOM / size / (1.05 if wide else 0.56))
    return size, textwrap.wrap(title, width, max_lines=_MOST_LINES, placeholder="…") or [title]


def _stops(units: int) -> list[int]:
    count = max(2, min(units, _MOST_STOPS))
    return [_FIRST_STOP + number * (_LAST_STOP - _FIRST_STOP) // (count - 1) for number in range(count)]
