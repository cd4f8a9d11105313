"""Rules over cartridges with Canvas's own files: what its modules name is there, and in the order that it wants.

No other LMS reads these files, so the rules are about what Canvas does, whomever the package is judged for.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from lxml import etree

from coursewright.audit.rule import checks_over, rule
from coursewright.audit.rules.canvas.course import (
    QUESTIONS,
    REQUIREMENTS,
    SCORED,
    SETTINGS,
    CanvasCourse,
    number,
    read_course,
)
from coursewright.findings import messages
from coursewright.findings.finding import Finding, Place
from coursewright.packages.documents.reading import child_text, place_of
from coursewright.packages.kinds import Family
from coursewright.packages.subject import MOST_DOCUMENTS, Subject
from coursewright.text.names import few, nearest, plain_number

_MODULES = "module_meta.xml"
_MOST_NAMED, _LONGEST_TYPE = 3, 100
_UNSCORED = ("WikiPage", "Attachment", "ExternalUrl", "ContextExternalTool")
# By what is in the word for it, Canvas knows what an item shows.
_KINDS = re.compile(
    "wiki_type|wikipage|page_type|file_type|attachment|assignment|project|discussion|topic|assessment|quiz|"
    "contextexternaltool|folder|heading|contextmodulesubheader|url",
    re.IGNORECASE,
)
_KNOWN = (
    "WikiPage",
    "Attachment",
    "Assignment",
    "DiscussionTopic",
    "Quizzes::Quiz",
    "ExternalUrl",
    "ContextExternalTool",
)
_NOTHING_TO_SUBMIT = ("none", "on_paper", "not_graded")
_HEADING = "ContextModuleSubHeader"
_UNSEEN = ("unpublished", "deleted")


@rule("P350", family=Family.CARTRIDGE, through=(CanvasCourse,))
def canvas_finds_everything(subject: Subject) -> Iterator[Finding]:
    """Whatever a cartridge of Canvas's own names is there, and is written so that Canvas takes it."""
    if not subject.found.is_canvas or subject.container.alone:
        return
    course = read_course(subject)
    if len(course.read) >= MOST_DOCUMENTS:  # that there are more pages is said by what reads them
        subject.container.leave_out(f"of the documents of Canvas, {MOST_DOCUMENTS} are read")
    for check in checks_over(CanvasCourse, subject):
        yield from check(course)
    if names := course.unreadable:
        yield messages.UNREAD_JUDGED_APART.at(Place(course.subject.container.shown), names=few(names, _MOST_NAMED))


@rule("P290 P291 P292 P293 P302 P303 P306 P351 P377 P378 P381 P382 P387", over=CanvasCourse)
def modules_can_be_worked_through(course: CanvasCourse) -> Iterator[Finding]:
    """There are modules, and what they show, ask for and wait for is there and can be done."""
    root = course.document(_MODULES)
    if root is None:
        if SETTINGS + _MODULES not in course.subject.container.sizes and len(course.subject.items) > 1:
            yield messages.MODULES_MISSING.at(Place(course.subject.shown))
        return
    modules = list(root.iter("{*}module"))
    content = _content(course)
    yield from _waiting(modules, course)
    for module in modules:
        for item in module.iter("{*}item"):
            yield from _item_findings(
                item, content if course.is_all_read else {}, _place(item, course), course.announcements
            )
        yield from _requirements(module, course)
        yield from _counted(module, course)


def _counted(module: etree._Element, course: CanvasCourse) -> Iterator[Finding]:
    """Yield a finding where a module asks that more requirements are met than it has."""
    wanted = number(child_text(module, "requirement_count"))
    count = sum(1 for _ in module.iter("{*}completionRequirement"))
    if wanted and wanted > count:
        found, place = messages.MODULE_ASKS_TOO_MUCH, _place(module, course)
        yield found.at(place, module=_title(module), wanted=plain_number(wanted), count=count)


def _place(element: etree._Element, course: CanvasCourse) -> Place:
    return place_of(SETTINGS + _MODULES, course.subject.container, element)


def _title(element: etree._Element) -> str:
    return child_text(element, "title") or element.get("identifier", "?")


def _content(course: CanvasCourse) -> dict[str, tuple[str, set[str]]]:
    """Return what an item can show, by the types of items: a word for it, and the identifiers that there are.

    What may be in documents that cannot be read is not among the types.
    """
    container = course.subject.container
    stems = {name.removeprefix(QUESTIONS).partition(".")[0] for name in container.sizes if name.startswith(QUESTIONS)}
    graded_tools = course.resources("imsbasiclti_")  # a tool with points becomes an assignment
    quizzes = course.idents or {*course.quizzes, *course.resources("imsqti_"), *stems}
    found = {"Attachment": ("file", course.resources("webcontent", "associatedcontent/"))}
    if course.knows_its_pages:
        found["WikiPage"] = ("page", {page.identifier for page in course.pages})
    if not course.unread:
        graded = {found.identifier for found in course.assignments}
        found["Assignment"] = ("assignment", graded | quizzes | graded_tools)
        found["DiscussionTopic"] = ("discussion", course.topics)
        found["Quizzes::Quiz"] = ("quiz", quizzes)
    return found


# --- items ---


def _item_findings(
    item: etree._Element, content: dict[str, tuple[str, set[str]]], place: Place, announcements: set[str]
) -> Iterator[Finding]:
    kind, reference = child_text(item, "content_type"), child_text(item, "identifierref")
    word, known = content.get(kind, ("", set()))
    if kind == "DiscussionTopic" and reference in announcements:
        yield messages.ITEM_OF_NO_KIND.at(
            place, item=_title(item), kind="announcement", near="; link to it from a page"
        )
    elif word and (not reference or reference not in known):
        yield messages.MODULE_ITEM_DANGLES.at(place, item=_title(item), kind=word, reference=reference)
    if not _KINDS.search(kind):
        near = nearest(kind[:_LONGEST_TYPE], (*_KNOWN, _HEADING))
        yield messages.ITEM_OF_NO_KIND.at(place, item=_title(item), kind=kind[:_LONGEST_TYPE], near=near)
    if kind == "ContextExternalTool" and not child_text(item, "url"):
        yield messages.ITEM_WITHOUT_ADDRESS.at(place, item=_title(item), url="")
    if kind == "ExternalUrl" and not _is_address(child_text(item, "url")):
        yield messages.ITEM_WITHOUT_ADDRESS.at(place, item=_title(item), url=child_text(item, "url"))
    if kind in ("ExternalUrl", _HEADING) and item.find("{*}workflow_state") is None:
        yield messages.ITEM_STAYS_HIDDEN.at(place, item=_title(item))


def _is_address(url: str) -> bool:
    """Say whether Canvas takes an address; where it has no scheme, Canvas puts http:// before it."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    if any(sign.isspace() for sign in url.strip()):
        return False
    return bool(url) and parts.scheme.lower() in ("", "http", "https") and not url.startswith(("/", "#", "$"))


# --- what waits for what ---


def _waiting(modules: list[etree._Element], course: CanvasCourse) -> Iterator[Finding]:
    """Yield a finding for each module that waits for one that does not stand before it."""
    names = {module.get("identifier"): _title(module) for module in modules}
    states = {module.get("identifier"): child_text(module, "workflow_state") for module in modules}
    before: set[str | None] = set()
    for module in modules:
        for prerequisite in module.iter("{*}prerequisite"):
            name = child_text(prerequisite, "identifierref")
            if name not in before:
                reason = "which comes later" if name in names else "which is not a module of this cartridge"
                reason = "which is itself" if name == module.get("identifier") else reason
                place, shown = _place(prerequisite, course), names.get(name) or child_text(prerequisite, "title")
                found = messages.MODULE_WAITS_FOR_NOTHING
                yield found.at(place, module=_title(module), reference=shown or name, reason=reason)
            elif (state := states.get(name)) in _UNSEEN:
                shown = names.get(name) or name
                found = messages.WAITS_FOR_UNPUBLISHED
                yield found.at(_place(prerequisite, course), module=_title(module), reference=shown, state=state)
        before.add(module.get("identifier"))


def _requirements(module: etree._Element, course: CanvasCourse) -> Iterator[Finding]:
    """Yield a finding for each requirement of a module that Canvas drops."""
    items = {item.get("identifier"): item for item in module.iter("{*}item")}
    showing = {child_text(item, "identifierref"): _title(item) for item in items.values()}
    for requirement in module.iter("{*}completionRequirement"):
        name, place = child_text(requirement, "identifierref"), _place(requirement, course)
        item = items.get(name)
        if item is None:
            shown = f"which is what its item '{showing[name]}' shows, and no item" if name in showing else ""
            reason = shown or "which is none of its items"
            yield messages.REQUIREMENT_DANGLES.at(place, module=_title(module), reference=name, reason=reason)
        elif reason := _unfit(requirement.get("type", ""), item, course):
            kind = requirement.get("type", "")
            yield messages.REQUIREMENT_UNFIT.at(place, type=kind, item=_title(item), reason=reason)
        else:
            yield from _reachable(requirement, item, course)


def _reachable(requirement: etree._Element, item: etree._Element, course: CanvasCourse) -> Iterator[Finding]:
    """Yield a finding where a requirement asks for more points than there are."""
    kind, points = requirement.get("type", ""), course.worth.get(child_text(item, "identifierref"))
    if reason := _never_met(kind, child_text(item, "identifierref"), course):
        yield messages.REQUIREMENT_IMPOSSIBLE.at(
            _place(requirement, course), item=_title(item), type=kind, reason=reason
        )
        return
    most = {"min_score": points, "min_percentage": 100.0}.get(kind)
    said = child_text(requirement, kind).strip()
    wanted = number(said)
    if kind in ("min_score", "min_percentage") and not wanted:
        reason = f"says '{said[:40]}'" if said else "says no score"
        yield messages.SCORE_UNSAID.at(_place(requirement, course), item=_title(item), type=kind, reason=reason)
    if most is not None and wanted is not None and wanted > most:
        unit = " %" if kind == "min_percentage" else " points"
        shown = {"wanted": f"{plain_number(wanted)}{unit}", "points": f"{plain_number(most)}{unit}"}
        place = _place(requirement, course)
        yield messages.SCORE_OUT_OF_REACH.at(place, item=_title(item), type=kind, **shown)


def _unfit(requirement: str, item: etree._Element, course: CanvasCourse) -> str:
    """Return why an item cannot meet a requirement, or ""."""
    kind, shown = child_text(item, "content_type"), child_text(item, "identifierref")
    if requirement not in REQUIREMENTS:
        return f"Canvas knows none of this name{nearest(requirement[:_LONGEST_TYPE], REQUIREMENTS)}"
    if kind == _HEADING:
        return "a heading cannot be completed"
    if requirement not in SCORED:
        return ""
    if kind in _UNSCORED:
        return "there is nothing to submit or to score"
    return "the discussion is not graded" if kind == "DiscussionTopic" and shown in course.ungraded else ""


def _never_met(requirement: str, shown: str, course: CanvasCourse) -> str:
    """Return why nobody meets a requirement that Canvas keeps, or ""."""
    work = course.works.get(shown)
    if work is None:
        return ""
    types = {one.strip() for one in child_text(work, "submission_types").split(",")}
    if requirement == "must_submit" and types <= {*_NOTHING_TO_SUBMIT} and types:
        return f"its submission type is {', '.join(sorted(types))}, so there is nothing to submit"
    is_ungraded = child_text(work, "grading_type") == "not_graded" or "not_graded" in types
    return "it is not graded" if requirement in ("min_score", "min_percentage") and is_ungraded else ""
