"""The certificate of a course: a page for whoever has completed every unit, who may print it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from markupsafe import Markup

from coursewright.course.identifiers import course_identifier, identifier
from coursewright.course.model import Course
from coursewright.pages.overview import total_hours
from coursewright.pages.renderer import Renderer
from coursewright.pages.theme.rules import SHARED
from coursewright.pages.theme.static import script, style
from coursewright.text.names import known_as

CERTIFICATE = "certificate.html"  # of the course, beside its home
_MOST_LISTED = 18  # that one printed page has room for


@dataclass(frozen=True, slots=True)
class CertifiedUnit:
    """A unit that must be completed: its name, and its title."""

    unit: str
    title: Markup


def certificate_files() -> list[tuple[str, bytes]]:
    """Return what the certificate needs beside the stylesheet of all pages."""
    return [
        (f"{SHARED}/certificate.js", script("scorm/certificate.js")),
        (f"{SHARED}/certificate.css", style("scorm/certificate.css")),
    ]


def certificate_page(renderer: Renderer, course: Course, home: str) -> bytes:
    """Return the HTML of a course's certificate; `home` is the address of the course's home from there."""
    skills = _skills(course, renderer.inline)
    shown = skills or [renderer.inline(unit.title) for unit in course.units]
    return renderer.render(
        "scorm/certificate.html.j2",
        shared=SHARED,
        home=home,
        course={
            "identifier": course_identifier(course.name),
            "title": renderer.inline(course.title),
            "plain_title": renderer.plain(course.title),
            "hours": total_hours(renderer, course),
        },
        units=[CertifiedUnit(identifier(unit.identity), renderer.inline(unit.title)) for unit in course.units],
        heading=renderer.labels["certificate_skills" if skills else "course_units"],
        listed=shown[:_MOST_LISTED],
        more=len(shown[_MOST_LISTED:]),
    ).encode()


def _skills(course: Course, inline: Callable[[str], Markup]) -> list[Markup]:
    """Return the competencies that the units of a course work on, each once."""
    rows = [row for unit in course.units for row in unit.competencies]
    return list({known_as(row.name): inline(row.name) for row in rows}.values())
