"""Rules over cartridges with Canvas's own files: what its modules name is there, and in the order that it wants.

No other LMS reads these files, so the rules are about what Canvas does, whomever the package is judged for.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from urllib.parse import urlsplit

from coursewright.audit.flaw import PACKAGE, Flaw, flaw
from coursewright.audit.rule import ask_of, of_canvas, rule
from coursewright.findings import messages
from coursewright.packages.documents.canvas.cartridge import CanvasCourse, number, read_course
from coursewright.packages.documents.canvas.modules import (
    REQUIREMENTS,
    SCORED,
    CanvasModule,
    CompletionRequirement,
    ModuleItem,
    Modules,
)
from coursewright.packages.documents.canvas.names import MODULES, WIKI
from coursewright.packages.files.budget import MOST_DOCUMENTS
from coursewright.packages.kinds import Family
from coursewright.packages.subject import Subject
from coursewright.text.names import few, nearest, plain_number
from coursewright.text.patterns import later

_MOST_NAMED, _LONGEST_TYPE = 3, 100
_UNSCORED = ("WikiPage", "Attachment", "ExternalUrl", "ContextExternalTool")
# By what is in the word for it, Canvas knows what an item shows.
_SHOWING = "wiki_type|wikipage|page_type|file_type|attachment|assignment|project|discussion|topic|assessment|quiz"
_OF_CONTENT = later(_SHOWING, re.IGNORECASE)
_KINDS = later(f"{_SHOWING}|contextexternaltool|folder|heading|contextmodulesubheader|url", re.IGNORECASE)
_KNOWN = (
    *("WikiPage", "Attachment", "Assignment", "DiscussionTopic", "Quizzes::Quiz", "ExternalUrl"),
    "ContextExternalTool",
)
_NOTHING_TO_SUBMIT = ("none", "on_paper", "not_graded")
_HEADING = "ContextModuleSubHeader"
_SIGNS = r"(?:[\w.~!$&'()*+,;=:@/?-]|%[0-9a-f]{2})*"
# An address of ASCII that Ruby takes for one.
_ADDRESS = later(
    rf"(?:https?://(?:[\w.-]+@)?[\w.~-]+(?::\d*)?|[\w.~-]+)(?:[/?]{_SIGNS})?(?:#{_SIGNS})?", re.IGNORECASE | re.ASCII
)
_WHOLE = later(r"\s*[+-]?\d{1,9}")
_Shown = tuple[str, Mapping[str, str]]
"""A word for what items show, and the titles of what there is of it, by identifiers."""
_UNSEEN = "unpublished"  # whatever else a module says, Canvas publishes it


@rule("P350", family=Family.CARTRIDGE, through=(CanvasCourse,), when=of_canvas)
def canvas_finds_everything(subject: Subject) -> Iterator[Flaw]:
    """Whatever a cartridge of Canvas's own names is there, and is written so that Canvas takes it."""
    course = read_course(subject)
    if len(course.read) >= MOST_DOCUMENTS:  # that there are more pages is said by what reads them
        subject.container.budget.leave_out("documents of Canvas", count=MOST_DOCUMENTS)
    yield from ask_of(course, subject)
    if names := course.unreadable:
        yield flaw(messages.UNREAD_JUDGED_APART, names=few(names, _MOST_NAMED)).within(PACKAGE)


@rule("P290 P291 P292 P293 P302 P303 P306 P351 P377 P378 P381 P382 P387 P393", over=CanvasCourse)
def modules_can_be_worked_through(course: CanvasCourse) -> Iterator[Flaw]:
    """There are modules, and what they show, ask for and wait for is there and can be done."""
    listed = course.value(Modules, MODULES)
    if listed is None:
        if MODULES not in course.subject.container.sizes and len(course.subject.items) > 1:
            yield flaw(messages.MODULES_MISSING)
        return
    yield from (one.within(MODULES) for one in _judged(listed.modules, course))


def _judged(modules: Sequence[CanvasModule], course: CanvasCourse) -> Iterator[Flaw]:
    content = _content(course) if course.is_all_read else {}
    yield from _waiting(modules)
    for module in modules:
        for item in module.items:
            yield from _item_flaws(item, content, course.announcements)
        yield from _required(module, course)
        yield from _replaced(module)
        wanted, count = number(module.requirement_count), len(module.requirements)
        if wanted and wanted > count:
            about = {"wanted": plain_number(wanted), "count": count}
            yield flaw(messages.MODULE_ASKS_TOO_MUCH, module.line, module=_title(module), **about)


def _title(one: CanvasModule | ModuleItem) -> str:
    return one.title or one.identifier or "?"


def _content(course: CanvasCourse) -> dict[str, _Shown]:
    """Return what an item can show, by the types of items: a word for it, and the identifiers that there are, each with
    a title.

    What may be in documents that cannot be read is not among the types.
    """
    graded_tools = course.resources("imsbasiclti_")  # a tool with points becomes an assignment
    addresses = {name: one.get("href") or "" for name, one in course.subject.by_identifier.items()}
    content = course.resources("webcontent", "associatedcontent/")
    files = (name for name, address in addresses.items() if name in content and not address.startswith(WIKI))
    found: dict[str, _Shown] = {"Attachment": ("file", {name: addresses[name].rpartition("/")[2] for name in files})}
    if course.knows_its_pages:
        # of two with one identifier, either may have lost its own
        count = Counter(page.identifier for page in course.pages)
        titles = {one.identifier: one.title or "" for one in course.pages}
        found["WikiPage"] = ("page", {name: title if count[name] == 1 else "" for name, title in titles.items()})
    if not course.unread:
        graded = {one.identifier: one.settings.title for one in course.assignments}
        titles = {topic.topic_id: topic.title for topic in course.discussions.values()}
        found["Assignment"] = ("assignment", {**dict.fromkeys(graded_tools, ""), **graded})
        found["DiscussionTopic"] = ("discussion", {name: titles.get(name, "") for name in course.topics})
        found["Quizzes::Quiz"] = ("quiz", course.known_quizzes)
    return found


# --- items ---


def _item_flaws(item: ModuleItem, content: dict[str, _Shown], announcements: set[str]) -> Iterator[Flaw]:
    line, title, kind, reference = item.line, _title(item), item.content_type, item.identifierref
    word, known = content.get(kind, ("", {}))
    if kind == "DiscussionTopic" and reference in announcements:
        about = {"kind": "announcement", "near": "", "remedy": "take it out, and link to it from a page"}
        yield flaw(messages.ITEM_OF_NO_KIND, line, item=title, **about)
    elif word and (not reference or reference not in known):
        about = {"kind": word, "reference": reference, "remedy": _meant(item, content)}
        yield flaw(messages.MODULE_ITEM_DANGLES, line, item=title, **about)
    if not _KINDS.search(kind):
        near = nearest(kind[:_LONGEST_TYPE], (*_KNOWN, _HEADING))
        remedy = "write a <content_type> that Canvas knows, such as WikiPage, Assignment, Quizzes::Quiz or ExternalUrl"
        yield flaw(messages.ITEM_OF_NO_KIND, line, item=title, kind=kind[:_LONGEST_TYPE], near=near, remedy=remedy)
    is_toolless = kind == "ContextExternalTool" and not item.url
    if is_toolless or (kind == "ExternalUrl" and not takes_address(item.url)):
        yield flaw(messages.ITEM_WITHOUT_ADDRESS, line, item=title, url=item.url)
    if has_its_own_state(kind) and not (item.workflow_state or "").strip():
        yield flaw(messages.ITEM_STAYS_HIDDEN, line, item=title)


def _meant(item: ModuleItem, content: dict[str, _Shown]) -> str:
    """Return what to write for an identifier that leads to nothing of its kind."""
    word, known = content[item.content_type]
    if there := _renamed(item, word, known):
        return there
    for kind, (other, names) in content.items() if item.identifierref else ():
        title = names.get(item.identifierref)
        may_be_part = kind == "Attachment" and (title or "").endswith((".html", ".xml", ".txt"))  # of something else
        if title is not None and not may_be_part:
            meant = f"write <content_type>{kind}</content_type>, or name {_article(word)} {word}"
            return f"this is {_article(other)} {other}, so {meant}"
    return f"write the identifier of {_article(word)} {word} of the cartridge, or add this one"


def _renamed(item: ModuleItem, word: str, known: Mapping[str, str]) -> str:
    """Return under which identifier there is what an item calls by its title; "" where that is not one thing."""
    alike = [name for name, title in known.items() if name and title.strip() == item.title.strip() != ""]
    return f"the {word} '{item.title.strip()[:60]}' is there as '{alike[0]}'" if len(alike) == 1 else ""


def renamed(course: CanvasCourse) -> dict[str, str]:
    """Return what names that modules show, and that nothing has, are called now, in words."""
    listed = course.value(Modules, MODULES) if course.is_all_read else None
    content = _content(course) if listed else {}
    items = (item for module in listed.modules for item in module.items) if listed else ()
    asked = (item for item in items if item.content_type in content)
    lost = {one.identifierref: one for one in asked if one.identifierref not in content[one.content_type][1]}
    return {name: there for name, one in lost.items() if (there := _renamed(one, *content[one.content_type]))}


def _article(word: str) -> str:
    return "an" if word[0] in "aeiou" else "a"


def has_its_own_state(kind: str) -> bool:
    """Say whether Canvas shows an item of a kind by what the item says: others have the state of what they show."""
    return bool(_KINDS.search(kind)) and not _OF_CONTENT.search(kind)


def takes_address(url: str) -> bool:
    """Say whether Canvas takes an address; where it has no scheme, Canvas puts http:// before it."""
    address = url.strip()
    if address.isascii():
        return bool(_ADDRESS.fullmatch(address))
    try:
        scheme = urlsplit(address).scheme
    except ValueError:
        return False
    return scheme.lower() in ("", "http", "https") and not any(sign.isspace() for sign in address)


# --- what waits for what ---


def _waiting(modules: Sequence[CanvasModule]) -> Iterator[Flaw]:
    """Yield a flaw for each module that waits for one that does not stand before it."""
    known = {module.identifier: module for module in modules}
    before: set[str] = set()
    for module in modules:
        for prerequisite in module.prerequisites:
            name, line, reason = prerequisite.identifierref, prerequisite.line, ""
            waited = known.get(name)
            shown = (_title(waited) if waited else prerequisite.title) or name
            if name not in before:
                reason = "which comes later" if waited else "which is not a module of this cartridge"
                reason = "which is itself" if name == module.identifier else reason
            elif waited and _stands_before(module, waited):
                places = [one.position.strip()[:20] or "(empty)" for one in (waited, module)]
                reason = f"whose <position> {places[0]} is not before its own, {places[1]}"
            if reason:
                found = messages.MODULE_WAITS_FOR_NOTHING
                yield flaw(found, line, module=_title(module), reference=shown, reason=reason)
            elif waited and (state := waited.workflow_state) == _UNSEEN:
                yield flaw(messages.WAITS_FOR_UNPUBLISHED, line, module=_title(module), reference=shown, state=state)
        before.add(module.identifier)


def _stands_before(module: CanvasModule, waited: CanvasModule) -> bool:
    """Say whether a module has no later position than another, before which Canvas then puts it, if either has one."""
    is_said = module.position.strip() or waited.position.strip()
    return bool(is_said) and _position(module) <= _position(waited)


def _position(module: CanvasModule) -> int:
    """Return the number that a position begins with, or 0; 1 where it is empty, which is where Canvas begins."""
    found = _WHOLE.match(module.position.strip() or "1")
    return int(found[0]) if found else 0


def _required(module: CanvasModule, course: CanvasCourse) -> Iterator[Flaw]:
    """Yield a flaw for each requirement of a module that Canvas drops."""
    items = {item.identifier: item for item in module.items}
    showing = {item.identifierref: _title(item) for item in items.values()}
    for one in module.requirements:
        name, item = one.identifierref, items.get(one.identifierref)
        if item is None:
            shown = f"which is what its item '{showing[name]}' shows, and no item" if name in showing else ""
            reason = shown or "which is none of its items"
            yield flaw(messages.REQUIREMENT_DANGLES, one.line, module=_title(module), reference=name, reason=reason)
        elif reason := _unfit(one.type, item, course):
            yield flaw(messages.REQUIREMENT_UNFIT, one.line, type=one.type, item=_title(item), reason=reason)
        elif reason := _never_met(one.type, item, course):
            yield flaw(messages.REQUIREMENT_IMPOSSIBLE, one.line, item=_title(item), type=one.type, reason=reason)
        else:
            yield from _reachable(one, item, course)


def _replaced(module: CanvasModule) -> Iterator[Flaw]:
    """Yield a flaw for each requirement of an item in whose place another comes."""
    items, asked = {item.identifier: item for item in module.items}, dict[str, CompletionRequirement]()
    for one in module.requirements:
        before, item = asked.get(one.identifierref), items.get(one.identifierref)
        if before and item and (before.type, before.wanted) != (one.type, one.wanted):
            about = {"first": before.type[:_LONGEST_TYPE], "second": one.type[:_LONGEST_TYPE]}
            yield flaw(messages.REQUIREMENT_REPLACED, one.line, module=_title(module), item=_title(item), **about)
        asked[one.identifierref] = one


def _reachable(one: CompletionRequirement, item: ModuleItem, course: CanvasCourse) -> Iterator[Flaw]:
    """Yield a flaw where a requirement asks for more points than there are."""
    if one.type not in ("min_score", "min_percentage"):
        return
    wanted = number(one.wanted)
    if not wanted:
        reason = f"says '{one.wanted[:40]}'" if one.wanted else "says no score"
        yield flaw(messages.SCORE_UNSAID, one.line, item=_title(item), type=one.type, reason=reason)
    most = course.worth.get(item.identifierref) if one.type == "min_score" else 100.0
    if most is not None and wanted is not None and wanted > most:
        unit = " %" if one.type == "min_percentage" else " points"
        shown = {"wanted": f"{plain_number(wanted)}{unit}", "points": f"{plain_number(most)}{unit}"}
        yield flaw(messages.SCORE_OUT_OF_REACH, one.line, item=_title(item), type=one.type, **shown)


def _unfit(requirement: str, item: ModuleItem, course: CanvasCourse) -> str:
    """Return why an item cannot meet a requirement, or ""."""
    kind = item.content_type
    if not requirement:
        return "it has no type"
    if requirement not in REQUIREMENTS:
        return f"Canvas knows none of this name{nearest(requirement[:_LONGEST_TYPE], REQUIREMENTS)}"
    if kind == _HEADING:
        return "a heading cannot be completed"
    if requirement not in SCORED:
        return ""
    if kind in _UNSCORED:
        return "there is nothing to submit or to score"
    is_ungraded = kind == "DiscussionTopic" and item.identifierref in course.ungraded
    return "the discussion is not graded" if is_ungraded else ""


def _never_met(requirement: str, item: ModuleItem, course: CanvasCourse) -> str:
    """Return why nobody meets a requirement that Canvas keeps, or ""."""
    if item.content_type == "Quizzes::Quiz" and requirement in ("must_contribute", "must_mark_done"):
        is_contributing = requirement == "must_contribute"
        return "a quiz has nothing to contribute to" if is_contributing else "a quiz has no such button"
    if requirement == "must_contribute" and item.content_type == "WikiPage":
        is_closed = item.identifierref in course.pages_of_teachers
        return "only teachers edit the page" if is_closed else ""
    work = course.works.get(item.identifierref)
    if work is None:
        return ""
    types = set(work.ways)
    if requirement == "must_contribute" and "discussion_topic" not in types:
        return "only a discussion or a page can be contributed to"
    if requirement == "must_submit" and types <= {*_NOTHING_TO_SUBMIT}:
        return f"its submission type is {', '.join(sorted(types))}, so there is nothing to submit"
    is_ungraded = work.grading_type == "not_graded" or "not_graded" in types
    return "it is not graded" if requirement in ("min_score", "min_percentage") and is_ungraded else ""
