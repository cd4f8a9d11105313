"""The certificate of a course: a page for whoever has completed every unit, who may print it."""

from __future__ import annotations

from markupsafe import Markup

from coursewright.course.identifiers import course_identifier, identifier
from coursewright.course.model import Course
from coursewright.frozen import frozen
from coursewright.pages.competencies import competencies_of
from coursewright.pages.hours import hours_together
from coursewright.pages.renderer import Renderer
from coursewright.pages.theme.rules import SHARED
from coursewright.pages.theme.static import script, style

CERTIFICATE = "certificate.html"  # of the course, beside its home
_MOST_LISTED = 18  # that one printed page has room for


@frozen
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
    skills = [row.name for row in competencies_of(course, renderer)]
    shown = skills or [renderer.inline(unit.title) for unit in course.units]
    return renderer.render(
        "scorm/certificate.html.j2",
        shared=SHARED,
        home=home,
        course={
            "identifier": course_identifier(course.name),
            "title": renderer.inline(course.title),
            "plain_title": renderer.plain(course.title),
            "hours": hours_together(course.units, renderer),
        },
        units=[CertifiedUnit(identifier(unit.identity), renderer.inline(unit.title)) for unit in course.units],
        heading=renderer.labels["certificate_skills" if skills else "course_units"],
        listed=shown[:_MOST_LISTED],
        more=len(shown[_MOST_LISTED:]),
    ).encode()
