"""How a unit is divided into parts, in the order to be worked through."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from coursewright.course.blocks import Headed, line_of
from coursewright.course.blocks import texts as texts_of
from coursewright.course.edition import learner_edition
from coursewright.course.identifiers import part_key
from coursewright.course.joining import LaidPage
from coursewright.course.layout import PAGES, laid_out, tick_names, without_work
from coursewright.course.model import Section, Step, Unit
from coursewright.course.parts import File, Keys, Link, Page, Part, Words
from coursewright.course.quiz import Quiz, asked
from coursewright.course.values import Audience, Kind
from coursewright.course.work import work_of
from coursewright.text.addresses import pieces_of
from coursewright.text.markdown.values import Item, Listing, Prose, Text
from coursewright.text.names import known_as

INTRODUCTION = "overview"
"""The key of the page that introduces a unit."""
INTRODUCED = f"page-{INTRODUCTION}"
"""The key of an author's page that does: an LMS knows it by the identifier that ours would have."""


def parts_of(unit: Unit, words: Words) -> tuple[Part, ...]:
    """Return what learners get of their edition of a unit: work stands after the page it would otherwise stand on.

    A unit of a folder keeps the parts that its reader made; those of lessons beside a roadmap come after its own.
    """
    if unit.kind is Kind.UNIT:
        return unit.parts
    labs, tests = work_of(unit, words.plain)
    after = {"activities": labs, "assessment": tests}
    laid = {found.key: found for found in laid_out(without_work(unit), words.plain, tick_names(unit), opened=True)}
    parts: list[Part] = []
    for key in PAGES:
        if key in laid:
            parts.append(_page(laid[key], unit, words))
        parts += after.get(key, [])
    return (*parts, *_links(unit, parts, words), *unit.parts)


def parts_of_all(unit: Unit, words: Words) -> tuple[Part, ...]:
    """Return all parts of a unit as it was read: those made of a roadmap's rows, and those for staff, too."""
    if unit.kind is Kind.UNIT:
        return unit.parts
    staff = (part for part in unit.parts if part.audience is Audience.STAFF)
    return (*parts_of(learner_edition(unit).unit, words), *staff)


def parts_for(step: Step, words: Words, *, locked: bool = False) -> tuple[Part, ...]:
    """Return what learners get of a step: the parts of its unit.

    Where its reader made all of them, a page that introduces the unit stands before them, if there is anything to say
    that they don't. `locked` says that the LMS itself tells what a unit waits for.
    """
    unit = step.unit
    if unit.kind is not Kind.UNIT or not unit.parts or any(part.key == INTRODUCED for part in unit.parts):
        return parts_of(unit, words)
    lead = unit.summary if unsaid([unit.summary], unit.parts) else Text("")
    goals = unsaid(unit.objectives, unit.parts)
    if not (lead or goals or step.entry or (step.needs and not locked)):
        return unit.parts
    first = Page(INTRODUCTION, "", lead, tuple(listed_objectives(goals)), unit.path, unit.line)
    return (first, *unit.parts)


def unsaid(texts: Iterable[Text], parts: Iterable[Part]) -> list[Text]:
    """Return those of some texts that the prose of no part says word for word."""
    pages = (part for part in parts if isinstance(part, Page))
    prose = (text for page in pages for headed in page.body for text in texts_of(headed.block))
    told = " ".join(" ".join(one.markdown if isinstance(one, Prose) else one for one in prose).split())
    return [text for text in texts if text and " ".join(text.split()) not in told]


def listed_objectives(objectives: Sequence[Text]) -> Iterator[Headed]:
    """Yield a list of objectives, below a title of ours, if there are any."""
    if objectives:
        yield Headed(Listing(objectives[0].line, tuple(map(Item, objectives))), label="objectives")


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


def _page(laid: LaidPage, unit: Unit, words: Words) -> Page:
    opens = laid.key == "overview"
    lines = [unit.line if opens else 0, *(line_of(found.block) for found in laid.blocks)]
    return Page(
        key=laid.key,
        title=words.plain(laid.title),
        lead=unit.summary if opens else Text(""),
        body=laid.blocks,
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
    yield from (text for headed in part.body for text in texts_of(headed.block))
    yield from unit.next.text if opens else ()


def _is_address(url: str) -> bool:
    parts = pieces_of(url)
    return parts.scheme in ("http", "https") and bool(parts.hostname)
