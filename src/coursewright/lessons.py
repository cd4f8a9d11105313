"""A unit as what a teacher edits in an LMS: pages, assignments, discussions and links, each a thing of its own.

Formats without a page of ours in the LMS (cartridges, backups) are made from lessons; SCORM has one page a unit.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

from markupsafe import Markup

from coursewright.edition import texts
from coursewright.identity import identifier, part_key
from coursewright.ims import cut
from coursewright.model import Competency, Component, Course, Section, Text, Unit
from coursewright.pages import Renderer
from coursewright.wording import is_assessing, is_discussed, lead, normal, threshold

_LONGEST_TITLE = 120
_LINK = re.compile(r"(?<!!)\[(?P<label>[^\]]+)\]\((?P<url>https?://[^\s)]+)[^)]*\)|<(?P<bare>https?://[^\s<>]+)>")
_CODE = re.compile(r"`[^`]*`")
_GENERIC = re.compile(r"(?:lab|project|assessment|component|exercise|activity|portfolio|capstone|task|part)s?\s*[\d.]*")


class Group(StrEnum):
    """What kind of work an assignment is."""

    LABS = "labs"
    PROJECTS = "projects"
    ASSESSMENTS = "assessments"


@dataclass(frozen=True, slots=True)
class Reading:
    """A page. `key` is its name within the unit, as in a SCO."""

    identifier: str
    key: str
    title: str
    body: Markup


@dataclass(frozen=True, slots=True)
class Assignment:
    """Something a learner does and hands in. `key` is its name within the unit.

    `criterion` is what counts as done, `threshold` the percentage it demands; `graded` says that it gets points, and
    `competencies` are those of its unit that it shows.
    """

    identifier: str
    key: str
    title: str
    body: Markup
    group: Group
    graded: bool
    criterion: str
    threshold: float | None
    competencies: tuple[Competency, ...]


@dataclass(frozen=True, slots=True)
class Discussion:
    """Something learners write about to one another."""

    identifier: str
    title: str
    body: Markup


@dataclass(frozen=True, slots=True)
class WebLink:
    """A place on the web that a unit refers to."""

    identifier: str
    title: str
    url: str


Part = Reading | Assignment | Discussion | WebLink


@dataclass(frozen=True, slots=True)
class Lesson:
    """A unit: its parts in the order to be worked through, and its pages for staff, if they were asked for."""

    unit: Unit
    identifier: str
    title: str
    parts: tuple[Part, ...]
    staff: tuple[Reading, ...]


Address = Callable[[Unit], str]
"""Says where a page finds another unit; an empty text where pages cannot link."""


def lesson(renderer: Renderer, course: Course, unit: Unit, address: Address) -> Lesson:
    """Return a unit of a course as a lesson."""
    maker = _Maker(renderer, course, unit, address)
    return Lesson(
        unit=unit,
        identifier=identifier(unit.identity),
        title=f"{unit.id} {renderer.plain(unit.title)}",
        parts=tuple(maker.parts()),
        staff=tuple(maker.staff(course.staff.get(unit.identity, ()))),
    )


@dataclass(frozen=True, slots=True)
class _Work:
    """A piece of work as its document has it. `name` is what it is known by."""

    name: str
    text: Text
    group: Group
    criterion: Text = Text("")  # noqa: RUF009 - a Text is immutable
    validation: Text = Text("")  # noqa: RUF009
    detail: Text = Text("")  # noqa: RUF009
    graded: bool = True


@dataclass(slots=True)
class _Maker:
    """Makes the parts of one unit."""

    renderer: Renderer
    course: Course
    unit: Unit
    address: Address
    named: Counter[tuple[str, str]] = field(default_factory=Counter)

    def parts(self) -> Iterator[Part]:
        """Yield what learners get: work stands after the page it would otherwise stand on."""
        labs = [*_components(self.unit, assessing=False), *_activities(self.unit), *_deliverables(self.unit)]
        tests = [*_components(self.unit, assessing=True), *_assessments(self.unit)]
        pages = {page.key: page for page in self._pages()}
        for key in ("overview", "objectives", "topics", "activities"):
            yield from filter(None, [pages.get(key)])
        yield from self._work(labs, showing=() if tests else self.unit.competencies)
        yield from filter(None, [pages.get("assessment")])
        yield from self._work(tests, showing=self.unit.competencies)
        for key in ("checklist", "more"):
            yield from filter(None, [pages.get(key)])
        yield from self._links()

    def staff(self, sections: Sequence[Section]) -> Iterator[Reading]:
        """Yield a page for each section that is for staff."""
        for section in sections:
            title = self.renderer.plain(section.title)
            body = self.renderer.converter.block(section.markdown)
            key = self._key("staff", section.title)
            yield Reading(self._identifier(key), key, cut(title, _LONGEST_TITLE), body)

    def _pages(self) -> Iterator[Reading]:
        rest = replace(self.unit, components=(), activities=(), deliverables=(), assessments=())
        for page in self.renderer.native_pages(rest):
            body = self._introduced(page.body) if page.key == "overview" else page.body
            yield Reading(self._identifier(f"page-{page.key}"), page.key, page.title, body)

    def _introduced(self, body: Markup) -> Markup:
        """Return the overview with what stands in the head of a unit elsewhere."""
        identity = self.unit.identity
        inline = self.renderer.inline
        html = self.renderer.render(
            "native/overview.html.j2",
            unit=self.unit,
            summary=inline(self.unit.summary),
            hours=self.renderer.hours(self.unit),
            before=[self._linked(found) for found in self.course.gates[identity]],
            entry=[inline(text) for text in self.course.entry[identity]],
            after=[self._linked(found) for found in self.course.after[identity]],
            beyond=[inline(text) for text in self.course.beyond[identity]],
            body=body,
        )
        return Markup(html)  # noqa: S704 - escaped there

    def _linked(self, unit: Unit) -> tuple[str, Markup, str]:
        return unit.id, self.renderer.inline(unit.title), self.address(unit)

    def _work(self, work: Sequence[_Work], showing: tuple[Competency, ...]) -> Iterator[Part]:
        for found in work:
            if is_discussed(found.text) and not found.criterion and threshold(found.text) is None:
                name = self._identifier(self._key("topic", found.name))
                yield Discussion(name, self._title(found), Markup("<p>{}</p>").format(self.renderer.inline(found.text)))
            else:
                yield self._assignment(found, self._key("work", found.name), showing)

    def _assignment(self, work: _Work, key: str, showing: tuple[Competency, ...]) -> Assignment:
        inline = self.renderer.inline
        body = self.renderer.render(
            "native/assignment.html.j2",
            text=inline(work.detail or work.text),
            facts=[
                (self.renderer.labels[label], inline(text))
                for label, text in (("criteria", work.criterion), ("validation", work.validation))
                if text
            ],
            competencies=[(inline(row.name), inline(row.target)) for row in showing if work.graded],
        )
        return Assignment(
            identifier=self._identifier(key),
            key=key,
            title=self._title(work),
            body=Markup(body),  # noqa: S704 - escaped there
            group=work.group,
            graded=work.graded,
            criterion=self.renderer.plain(work.criterion or (work.text if work.group is Group.ASSESSMENTS else "")),
            threshold=threshold(work.criterion or work.text),
            competencies=showing if work.graded else (),
        )

    def _title(self, work: _Work) -> str:
        """Return a name that tells one piece of work from another: `Lab 1` says too little."""
        name = self.renderer.plain(work.name)
        if work.detail and _GENERIC.fullmatch(name.lower()):
            name = f"{name}: {self.renderer.plain(lead(work.detail))}"
        return cut(name, _LONGEST_TITLE)

    def _links(self) -> Iterator[WebLink]:
        seen: set[str] = set()
        for text in texts(self.unit):
            for found in _LINK.finditer(_CODE.sub("", text)) if "http" in text else ():
                url = found["url"] or found["bare"]
                if url not in seen:
                    seen.add(url)
                    title = self.renderer.plain(found["label"] or url)
                    yield WebLink(self._identifier(part_key("link", url)), cut(title, _LONGEST_TITLE), url)

    def _key(self, role: str, name: str) -> str:
        """Return the key of a part; a second one of a name is known by that and its number."""
        self.named[role, normal(name)] += 1
        number = self.named[role, normal(name)]
        return part_key(role, name if number == 1 else f"{name} {number}")

    def _identifier(self, key: str) -> str:
        return identifier(self.unit.identity, key)


def _components(unit: Unit, *, assessing: bool) -> Iterator[_Work]:
    group = Group.ASSESSMENTS if assessing else Group.LABS
    for found in unit.components:
        if is_assessing(found.asset) is assessing:
            yield _component(found, group)


def _component(found: Component, group: Group) -> _Work:
    return _Work(found.asset, found.asset, group, found.criteria, found.validation, found.description)


def _activities(unit: Unit) -> Iterator[_Work]:
    return (_Work(lead(text), text, Group.LABS, graded=False) for text in unit.activities)


def _deliverables(unit: Unit) -> Iterator[_Work]:
    return (_Work(lead(text), text, Group.PROJECTS) for text in unit.deliverables)


def _assessments(unit: Unit) -> Iterator[_Work]:
    return (_Work(lead(text), text, Group.ASSESSMENTS) for text in unit.assessments)
