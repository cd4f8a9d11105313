"""How a unit is divided into parts, in the order to be worked through."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from urllib.parse import urlsplit

from coursewright.course.blocks import Headed, line_of, texts
from coursewright.course.identifiers import part_key
from coursewright.course.layout import PAGES, laid_out, tick_names, without_work
from coursewright.course.model import Audience, Kind, Section, Unit
from coursewright.course.parts import File, Keys, Link, Page, Part, Words
from coursewright.course.quiz import Quiz, asked
from coursewright.course.work import work_of
from coursewright.text.markdown.values import Prose, Text
from coursewright.text.names import known_as


def parts_of(unit: Unit, words: Words) -> tuple[Part, ...]:
    """Return what learners get of their edition of a unit: work stands after the page it would otherwise stand on.

    A unit of a folder keeps the parts that its reader made; those of lessons beside a roadmap come after its own.
    """
    if unit.kind is Kind.UNIT:
        return unit.parts
    labs, tests = work_of(unit, words.plain)
    after = {"activities": labs, "assessment": tests}
    laid = laid_out(without_work(unit), words.plain, tick_names(unit))
    parts: list[Part] = []
    for key in PAGES:
        if key == "overview" or key in laid:
            parts.append(_page(key, unit, laid.get(key, ())))
        parts += after.get(key, [])
    return (*parts, *_links(unit, parts, words), *unit.parts)


def staff_parts(unit: Unit, sections: Iterable[Section], words: Words) -> tuple[Page, ...]:
    """Return a page for each section of a unit that is for staff."""
    keys = Keys()
    return tuple(
        Page(
            key=keys.key("staff", known_as(found.title)),
            title=words.plain(found.title),
            lead=Text(""),
            body=(Headed(Prose(found.line, found.markdown)),),
            path=unit.path,
            line=found.line,
            audience=Audience.STAFF,
        )
        for found in sections
    )


def _page(key: str, unit: Unit, body: tuple[Headed, ...]) -> Page:
    opens = key == "overview"
    lines = [unit.line if opens else 0, *(line_of(found.block) for found in body)]
    return Page(
        key=key,
        title="",
        lead=unit.summary if opens else Text(""),
        body=body,
        path=unit.path,
        line=next(filter(None, lines), unit.line),
    )


def _links(unit: Unit, parts: Sequence[Part], words: Words) -> Iterator[Link]:
    """Yield the places on the web that the parts link to, once each."""
    seen: set[str] = set()
    for part in parts:
        for text in said(unit, part):
            for url, title in words.links(text):
                if url not in seen and _is_address(url):
                    seen.add(url)
                    line = text.line if isinstance(text, Text | Prose) else 0
                    yield Link(part_key("link", url), title or url, url, unit.path, line or part.line)


def said(unit: Unit, part: Part) -> Iterator[str | Prose]:
    """Yield all that a part of a unit says, in its order; the overview tells what a unit requires, and what is next."""
    if isinstance(part, Link | File):
        return
    if isinstance(part, Quiz):
        yield from (part.instructions, *(question.stem for question in asked(part)))
        return
    opens = part.key == "overview" and part.audience is Audience.LEARNER
    if isinstance(part, Page):
        yield from (part.lead, *(unit.prerequisites.text if opens else ()))
    yield from (text for headed in part.body for text in texts(headed.block))
    yield from unit.next.text if opens else ()


def _is_address(url: str) -> bool:
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname)
