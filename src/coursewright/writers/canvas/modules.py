"""module_meta.xml: the units of a course as modules of Canvas, what they wait for, and what their items ask for.

Identifiers are those of the lessons.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from coursewright.course.gates import All, Gate, renamed
from coursewright.course.model import Course
from coursewright.course.parts import Group
from coursewright.course.values import Identity
from coursewright.frozen import frozen
from coursewright.packages.documents.canvas.modules import (
    CanvasModule,
    CompletionRequirement,
    ModuleItem,
    Modules,
    prerequisites_of,
)
from coursewright.packages.documents.fields import as_flag
from coursewright.packages.documents.qti12.elements import number_of
from coursewright.pages.parts import Exam, Handout, Lesson, Part, Reading, Talk, WebLink, Work
from coursewright.text.names import cut, plain_number
from coursewright.writers.canvas.rubrics import LONGEST_TITLE, Labels
from coursewright.writers.quiz_settings import canvas_document, score_to_reach

ResourceOf = Callable[[Part], str]
"""Says which resource a line of a module shows."""

_KINDS: Mapping[type[Part], str] = {
    Exam: "Quizzes::Quiz",
    Reading: "WikiPage",
    Work: "Assignment",
    Talk: "DiscussionTopic",
    WebLink: "ExternalUrl",
    Handout: "Attachment",
}


def module_meta(lessons: Sequence[Lesson], course: Course, labels: Labels, resource: ResourceOf) -> bytes:
    """Return the modules: a unit each, with what it waits for, its items, and what each of them asks for."""
    known = {found.unit.identity: found for found in lessons}
    made = (
        CanvasModule(
            found.identifier,
            cut(found.title, LONGEST_TITLE),
            "active",
            str(number),
            require_sequential_progress="false",
            prerequisites=prerequisites_of(*_waits(found, course, known)),
            items=tuple(_items(entries(found, labels, resource))),
            requirements=tuple(_requirements(found.parts)),
        )
        for number, found in enumerate(lessons, start=1)
    )
    return canvas_document(Modules(tuple(made)))


def _waits(found: Lesson, course: Course, known: Mapping[Identity, Lesson]) -> tuple[Gate, dict[str, str]]:
    """Return what a module waits for, by the identifiers of other modules, and their titles."""
    step = course.step(found.unit)
    needed = {str(unit.identity): known[unit.identity] for unit in step.needs}
    titles = {one.identifier: cut(one.title, LONGEST_TITLE) for one in needed.values()}
    return renamed(All(step.waits), {name: one.identifier for name, one in needed.items()}), titles


@frozen
class ModuleLine:
    """A line of a module. `resource` is its part's, if it shows one; an address on the web has a `url`."""

    identifier: str
    kind: str
    title: str
    resource: str = ""
    url: str = ""
    indent: int = 0


def entries(found: Lesson, labels: Labels, resource: ResourceOf) -> Iterator[ModuleLine]:
    """Yield the lines of a module: work under a heading that says of which kind it is."""
    groups: set[Group] = set()
    for part in found.parts:
        if isinstance(part, Work) and part.group not in groups:
            groups.add(part.group)
            heading = f"{found.identifier}-{part.group}"
            yield ModuleLine(heading, "ContextModuleSubHeader", labels[f"group_{part.group}"])
        url = part.url if isinstance(part, WebLink) else ""
        indent = int(isinstance(part, (Work, Talk)))
        yield ModuleLine(item_of(part), _KINDS[type(part)], part.title, resource(part), url, indent)


def item_of(part: Part) -> str:
    """Return the identifier of the module item that shows a part."""
    return f"{part.identifier}-item"


def _items(lines: Iterable[ModuleLine]) -> Iterator[ModuleItem]:
    for position, entry in enumerate(lines, start=1):
        yield ModuleItem(
            entry.identifier,
            entry.kind,
            "active",
            entry.title,
            entry.url,
            "" if entry.url else entry.resource,
            str(position),
            as_flag(bool(entry.url)),
            str(entry.indent),
        )


def _requirements(parts: Iterable[Part]) -> Iterator[CompletionRequirement]:
    """Yield what parts ask for, before the module is complete: to be read, handed in, reached, or joined."""
    for part in parts:
        if not isinstance(part, WebLink | Handout):
            score = _score(part)
            yield CompletionRequirement("min_score" if score else _asked(part), item_of(part), score)


def _score(part: Part) -> str:
    """Return the points that complete a part, "" where none do."""
    if isinstance(part, Exam):
        score = score_to_reach(part.quiz)
        return "" if score is None else number_of(score)
    if isinstance(part, Work) and part.graded and part.threshold is not None:
        return plain_number(part.threshold * part.points / 100)
    return ""


def _asked(part: Part) -> str:
    if isinstance(part, Work):
        by_hand = "must_mark_done" if not part.graded or part.submissions else "must_submit"
        return "must_submit" if part.handed_in else by_hand
    if isinstance(part, Exam):
        return "must_submit"
    return "must_view" if isinstance(part, Reading) else "must_contribute"
