"""A course as the text of a `course.toml` that says explicitly what its reader guessed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from coursewright.course.model import About, Curriculum, Unit
from coursewright.course.parts import Link, Part
from coursewright.course.quiz import Quiz
from coursewright.course.values import Audience
from coursewright.readers.folder.apps import named_quiz
from coursewright.text.toml import written_toml

_HEAD = """\
# The order of this course, as coursewright read it. Change what is wrong: this file counts, not the names of files.
# Units that learners should see with an id take `id = "..."`; `slug` is what an LMS knows a unit by, and never shown.
"""


def course_file(curriculum: Curriculum, shown: str) -> str:
    """Return the text of a course.toml for the course in a folder; `shown` is how findings name that folder."""
    about = curriculum.courses[0]
    lines = [_HEAD, *_about(about)]
    for unit in (unit for unit in curriculum.units if unit.track == about.track):
        lines += ["", "[[unit]]", *_unit(unit, shown)]
    return "\n".join([*lines, ""])


def _about(about: About) -> Iterator[str]:
    yield f"title = {written_toml(about.title)}"
    yield f"id = {written_toml(about.track)}"
    for key, value in (("language", about.language), ("rights", about.rights), ("url", about.url)):
        if value:
            yield f"{key} = {written_toml(value)}"
    if about.keywords:
        yield f"keywords = {written_toml(about.keywords)}"


def _unit(unit: Unit, shown: str) -> Iterator[str]:
    yield f"{'id' if unit.given_id else 'slug'} = {written_toml(unit.id)}"
    yield f"title = {written_toml(str(unit.title))}"
    pages = dict.fromkeys(_page(part, shown) for part in unit.parts if part.audience is Audience.LEARNER)
    yield "pages = ["
    yield from (f"    {page}," for page in _once(pages))
    yield "]"
    learned = {part.path for part in unit.parts if part.audience is Audience.LEARNER}
    staff = [_relative(part.path, shown) for part in unit.parts if part.path not in learned]
    if staff:
        yield f"staff = {written_toml(list(dict.fromkeys(staff)))}"
    if unit.prerequisites.mentions:
        yield f"requires = {written_toml([mention.id for mention in unit.prerequisites.mentions])}"


def _page(part: Part, shown: str) -> tuple[str, str]:
    """Return the path of a part's document, or the address of a link, with its title."""
    path = "" if isinstance(part, Link) else _relative(part.path, shown)
    path = named_quiz(path, part) if isinstance(part, Quiz) else path
    return (part.url if isinstance(part, Link) else path), str(part.title)


def _once(pages: Iterable[tuple[str, str]]) -> Iterator[str]:
    """Yield each document with the title of its first part."""
    seen: set[str] = set()
    for path, title in pages:
        if path not in seen:
            seen.add(path)
            yield f"{{ path = {written_toml(path)}, title = {written_toml(title)} }}" if title else written_toml(path)


def _relative(path: str, shown: str) -> str:
    return path.removeprefix(f"{shown}/") if shown not in ("", ".") else path
