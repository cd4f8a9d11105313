"""A unit as a sharable content object: one page of HTML with its script, for any version of SCORM."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence

from markupsafe import Markup

from coursewright.course.identifiers import course_identifier, identifier
from coursewright.course.model import Course, Step, Unit
from coursewright.frozen import frozen
from coursewright.pages.certificate import CERTIFICATE, certificate_files
from coursewright.pages.choices import entry_of
from coursewright.pages.once import NEVER, Once
from coursewright.pages.renderer import Content, Renderer
from coursewright.pages.theme.rules import SHARED
from coursewright.pages.theme.static import rules, script, style
from coursewright.pages.theme.theme import Theme, ThemeError, broken, style_files
from coursewright.pages.website import SiteView
from coursewright.text.names import cut, digest, slug
from coursewright.text.patterns import later

OVERVIEW = "index.html"  # of the course, at the top of the package
SEARCH_INDEX = f"{SHARED}/search-index.js"
_TEMPLATE, _INSIDE = "scorm/unit.html.j2", "scorm/unit-inside.html.j2"
_COMPLETING = {
    "the script sco.js": later(r"<script\b[^>]*\bsrc=[\"'][^\"']*/sco\.js[\"']"),
    "a section with data-page": later(r"<\w+\b[^>]*\bdata-page="),
    "the button with data-do='complete'": later(r"<button\b[^>]*\bdata-do=[\"']?complete\b"),
}
_ASKING = {
    "the scripts quiz.js": later(
        r"<script\b[^>]*\bsrc=[\"']quiz\.js[\"'].*?\bsrc=[\"'][^\"']*/quiz\.js[\"']", re.DOTALL
    ),
    "the words of quizzes": later(r"<template\b[^>]*\bid=[\"']?cw-quiz-words\b"),
}
_LONGEST_GOAL = 250  # of cmi.objectives.n.description
_MOST_LISTED = 400  # units that the end of each names for the certificate; in longer courses it is on the home alone


@frozen
class Runtime:
    """The run-time that a page speaks: its version (`1.2`, `2004`), and how long a learner's state may be there.

    On a `site` there is none: the browser keeps the state.

    `most_objectives` is how many it lists for a unit, those of required units included: 0 where it lists none.
    """

    api: str
    longest_state: int
    most_objectives: int = 0
    site: SiteView | None = None


@frozen
class Goal:
    """A learning objective as the LMS lists it: its name there, and its text."""

    name: str
    text: str


@frozen
class Skill:
    """A learning objective that learners may tick for themselves, and the name of its box."""

    tick: str
    text: str


@frozen
class Onward:
    """The unit that comes next. It `follows` if it is next in the course, too; `needs` are what else it waits for."""

    title: Markup
    href: str
    unit: str
    follows: bool
    needs: Sequence[str]


@frozen
class UnitLink:
    """Another unit as a page names it. `unit` is its identifier; without an `href` it is not in this course."""

    id: str
    title: Markup
    href: str | None = None
    unit: str = ""


@frozen
class Before:
    """What a learner needs before a unit: units of the course, and requirements it cannot check."""

    units: Sequence[UnitLink]
    entry: Sequence[Markup]


@frozen
class Near:
    """The units right before and after a unit on the map."""

    before: Sequence[UnitLink]
    after: Sequence[UnitLink]


def answers_path(unit: Unit) -> str:
    """Return where the sheets of a unit's quizzes stand, beside its page."""
    return f"units/{identifier(unit.identity)}/quiz.js"


def shared_files(theme: Theme, *, with_quizzes: bool = False, certified: bool = False) -> list[tuple[str, bytes]]:
    """Return the files that all units of a package share."""
    names = ("sco.js", "overview.js", *(("quiz.js",) if with_quizzes else ()))
    scripts = [(f"{SHARED}/{name}", script(name)) for name in ("reader.js", "lesson.js")]
    scripts += [(f"{SHARED}/{name}", script(f"scorm/{name}")) for name in names]
    scripts += [(f"{SHARED}/{name}", script(name)) for name in ("search.js", "search-box.js")]
    styles = [(f"{SHARED}/{name}.css", rules(name)) for name in ("home", "lesson")]
    styles += [(f"{SHARED}/search.css", style("search.css"))]
    styles += [(f"{SHARED}/quiz.css", style("scorm/quiz.css"))] if with_quizzes else []
    own_page = _TEMPLATE in theme.templates  # which need not link what ours does
    course, *rest = style_files(theme, rules("lesson") if own_page else b"")
    return [course, *styles, *scripts, *(certificate_files() if certified else ()), *rest]


def own(unit: Unit) -> str:
    """Return the name of the objective that a unit itself satisfies (sco.js knows it too)."""
    return f"obj.{identifier(unit.identity)}"


def need(unit: Unit) -> str:
    """Return the name that this unit's objective has in the units that wait for it (sco.js knows it too)."""
    return f"need.{identifier(unit.identity)}"


def goals(unit: Unit, plain: Callable[[str], str]) -> list[Goal]:
    """Return the learning objectives of a unit; reports list them by name, so a name says what it is about."""
    texts = filter(None, dict.fromkeys(plain(text) for text in unit.objectives))
    return [Goal(f"goal.{slug(text)}.{digest(text)}", text) for text in texts]


def watched(course: Course, step: Step, runtime: Runtime) -> tuple[Unit, ...]:
    """Return the other units that a unit learns the state of from a run-time: all, where they are few enough."""
    near = {step.unit.identity, *(need.identity for need in step.needs)}
    if len(course.units) - len(near) > runtime.most_objectives // 2:
        return ()
    return tuple(unit for unit in course.units if unit.identity not in near)


def listed_goals(step: Step, plain: Callable[[str], str], runtime: Runtime, others: int = 0) -> list[Goal]:
    """Return those learning objectives for which a run-time has room beside the unit's own and those of other units.

    `others` is how many are watched, the required ones not among them.
    """
    return goals(step.unit, plain)[: max(0, runtime.most_objectives - 1 - len(step.needs) - others)]


def skills(unit: Unit, plain: Callable[[str], str]) -> list[Skill]:
    """Return what learners of a unit may tick at its end.

    The names of the boxes begin with `g`, and are those of no other box.
    """
    taken: dict[str, str] = {}
    for text in filter(None, dict.fromkeys(map(plain, unit.objectives))):
        whole = digest(text, 64)
        taken[next(name for size in range(3, 65) if (name := f"g{whole[:size]}") not in taken)] = text
    return [Skill(tick, text) for tick, text in taken.items()]


def box_names(unit: Unit, content: Content, plain: Callable[[str], str]) -> list[str]:
    """Return the names of all boxes on a unit's page, those for what learners think of themselves last."""
    return [*content.ticks, *(skill.tick for skill in skills(unit, plain))]


def _onward(course: Course, step: Step, inline: Callable[[str], Markup]) -> Onward | None:
    """Return the unit that its author sends learners to next, or else the one after it in the course."""
    after = course.after(step.unit)
    ahead = next((course.step(unit) for unit in step.next), after)
    if ahead is None:
        return None
    name = identifier(ahead.unit.identity)
    needs = [identifier(need.identity) for need in ahead.needs if need.identity != step.unit.identity]
    return Onward(inline(ahead.unit.title), f"../{name}/index.html", name, ahead is after, needs)


def _ending(renderer: Renderer, course: Course, step: Step, *, certified: bool) -> dict[str, object]:
    """Return what the end of a unit shows besides what every page knows."""
    certified = certified and len(course.units) <= _MOST_LISTED
    return {
        "can_do": skills(step.unit, renderer.plain),
        "next": _onward(course, step, renderer.inline),
        "certificate": CERTIFICATE if certified else "",
        "all_units": [identifier(other.identity) for other in course.units] if certified else [],
    }


def sco_page(
    renderer: Renderer,
    course: Course,
    step: Step,
    content: Content,
    runtime: Runtime,
    *,
    certified: bool = False,
    once: Once = NEVER,
) -> bytes:
    """Return the HTML of a unit's SCO, for a run-time; a course that is `certified` ends with a certificate.

    `once` keeps what is the same for other run-times.
    """
    seen = watched(course, step, runtime) if certified else ()

    def made() -> tuple[Mapping[str, object], Markup]:
        said = _said(renderer, course, step, content, runtime.site, certified=certified)
        return said, Markup(renderer.render(_INSIDE, **said))  # noqa: S704 - escaped there

    said, inside = once.made((step.unit.identity, "inside"), made)
    goals = _goals_json(listed_goals(step, renderer.plain, runtime, len(seen)))
    page = renderer.render(_TEMPLATE, runtime=runtime, goals=goals, inside=inside, **said)
    _can_be_completed(page, renderer.theme, asks=bool(content.quizzes))
    return page.encode()


def _said(
    renderer: Renderer, course: Course, step: Step, content: Content, site: SiteView | None, *, certified: bool
) -> Mapping[str, object]:
    """Return what the page of a unit says, whatever the run-time."""
    unit, needs = step.unit, _links(step.needs, renderer.inline)
    return {
        "site": site,
        "shared": f"../../{SHARED}",
        "course": {
            "identifier": course_identifier(course.name),
            "title": renderer.inline(course.title),
            "plain_title": renderer.plain(course.title),
        },
        "unit": {
            "identifier": identifier(unit.identity),
            "id": unit.id if unit.given_id else "",
            "title": content.title,
            "plain_title": renderer.plain(unit.title),
            "kind_label": renderer.labels[f"kind_{unit.kind}"],
            "roles": [] if "".join(unit.roles) == course.title else [str(role) for role in unit.roles],
            "summary": content.summary,
            "hours": content.hours,
        },
        "pages": content.pages,
        "quizzes": content.quizzes,
        "is_lesson": content.is_lesson,
        "near": Near(needs, _links(course.opened_by(unit), renderer.inline)),
        "overview": OVERVIEW,
        **_ending(renderer, course, step, certified=certified),
        "before": Before(needs, entry_of(renderer, course, step)),
        "after": [
            *_links(step.next, renderer.inline),
            *(UnitLink("", renderer.inline(text)) for text in step.beyond),
        ],
    }


def _can_be_completed(page: str, theme: Theme, *, asks: bool) -> None:
    """Raise ThemeError for a theme's page without what completes a unit: its learners could never go on."""
    if not theme.templates:
        return
    needed = {**_COMPLETING, **(_ASKING if asks else {})}
    missing = [what for what, pattern in needed.items() if not pattern.search(page)]
    if missing and (found := broken(theme, _TEMPLATE, f"a unit can never be completed without {', '.join(missing)}")):
        raise ThemeError(found)


def _goals_json(found: Sequence[Goal]) -> str:
    pairs = [[goal.name, cut(goal.text, _LONGEST_GOAL)] for goal in found]
    return json.dumps(pairs, ensure_ascii=False) if pairs else ""


def _links(units: Iterable[Unit], inline: Callable[[str], Markup]) -> list[UnitLink]:
    names = [(unit, identifier(unit.identity)) for unit in units]
    return [
        UnitLink(unit.id if unit.given_id else "", inline(unit.title), f"../{name}/index.html", name)
        for unit, name in names
    ]


def state_size(pages: Sequence[str], ticks: Sequence[str]) -> int:
    """Return how many characters a learner's state takes at most: every page read, every box ticked.

    The script writes `1;p=overview,topics;t=a1b2,c3d4` (see `encode` in sco.js).
    """
    return len("1;p=;t=") + len(",".join(pages)) + len(",".join(ticks))


def ticks_kept(pages: Sequence[str], ticks: Sequence[str], limit: int) -> int:
    """Return how many ticks fit into a state of `limit` characters, the script leaving out the last ones."""
    kept, size = len(ticks), state_size(pages, ticks)
    while kept and size > limit:
        kept -= 1
        size -= len(ticks[kept]) + (1 if kept else 0)
    return kept
