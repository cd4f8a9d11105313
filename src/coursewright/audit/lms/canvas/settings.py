"""What Canvas does not save, or reads otherwise, of the documents of its own cartridges."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import islice

from lxml import etree

from coursewright.audit.lms.canvas.limits import FILE, REFERENCES, TABLE, WORK
from coursewright.audit.lms.field_bounds import Filled, There, Written
from coursewright.audit.lms.limits import Breach, Effect, breaches, named
from coursewright.audit.rule import rule
from coursewright.audit.rules.canvas.course import CanvasPage, read_course, read_pages_of
from coursewright.audit.rules.canvas.settings import documents_of_canvas, may_have_settings
from coursewright.findings import messages
from coursewright.findings.finding import Finding, Place
from coursewright.packages.documents.canvas.names import FILES, SETTINGS
from coursewright.packages.documents.parsing import text_of
from coursewright.packages.documents.reading import child_text, place_of, read_document
from coursewright.packages.kinds import Family
from coursewright.packages.subject import Subject, within_bounds

_MOST_TOLD = 20  # of a document
_WHAT = {
    "assignment": "the assignment",
    "quiz": "the quiz",
    "topicMeta": "the discussion",
    "module": "the module",
    "item": "the module item",
    "course": "the course",
    "event": "the event",
    "rating": "the rating",
    "rule": "the rule of a group",
    "criterion": "the criterion",
    "rubric": "the rubric",
    "cartridge_basiclti_link": "the tool",
    "assignmentGroup": "the assignment group",
    "learningOutcome": "the outcome",
    "learningOutcomeGroup": "the group of outcomes",
    "late_policy": "the policy for late work",
    "gradingStandard": "the grading scheme",
    "externalFeed": "the feed",
    "track": "the track",
    "media": "the tracks of a film",
    "file": "the settings of the file",
    "folder": "the folder",
    "usage_rights": "the settings of a file, with its usage rights",
    "alignment": "the outcome",
    "default_post_policy": "the course",
}
_OF_THEIR_OWN = ("ExternalUrl", "ContextModuleSubHeader", "ContextExternalTool")
_PAGE_STATES = ("active", "unpublished")
# What Canvas makes of a value that it does not know.
# What to write where a bound says no more than that.
_WANTED: Mapping[type, str] = {
    There: "the field, even an empty one",
    Written: "the field, even an empty one",
    Filled: "something into the field",
}
_TAKEN_FOR = {
    ("module", "workflow_state"): "it publishes the module",
    ("topicMeta", "type"): "it makes a discussion",
    ("gradingStandard", "@version"): "it takes it for an old one, and shifts all its limits by a grade",
}


@rule("L527 L552 L571", family=(Family.CARTRIDGE, Family.QTI), lms="canvas")
def values_are_known(subject: Subject) -> Iterator[Finding]:
    """Every field of Canvas's own documents has a value that it saves, and knows."""
    if not may_have_settings(subject):
        return
    identified: dict[tuple[str, str], set[str] | None] = {("", ""): set(subject.by_identifier)}
    for name in within_bounds(sorted(documents_of_canvas(subject)), subject.container, "documents of Canvas"):
        root = read_document(name, subject.container)
        file = name.rpartition("/")[2]
        key = file if TABLE.of(file) or root is None else etree.QName(root).localname
        found = filter(_counts, breaches(root, key, TABLE)) if root is not None else ()
        for breach in islice(found, _MOST_TOLD):
            yield beyond(breach, place_of(name, subject.container, breach.element))
        is_whole = root is not None and subject.found.is_canvas  # a quiz alone names what is in its course
        yield from _dangling(name, key, root, identified, subject) if root is not None and is_whole else ()
    yield from _pages(subject)


def _counts(breach: Breach) -> bool:
    """Say whether a value matters: what shows content of the course has the state of that content, and nothing is
    borrowed of what is not there."""
    if breach.limit.effect is Effect.BORROWED:
        lent = next(breach.element.iter(f"{{*}}{breach.limit.field}"), None)
        is_usual = breach.limit.field == "workflow_state" and text_of(lent).strip() in ("", "active")
        return lent is not None and not is_usual
    is_state = breach.limit.element == "item" and breach.limit.field == "workflow_state"
    return not is_state or child_text(breach.element, "content_type") in _OF_THEIR_OWN


def _dangling(
    name: str, key: str, root: etree._Element, identified: dict[tuple[str, str], set[str] | None], subject: Subject
) -> Iterator[Finding]:
    """Yield a finding for each field that names what is not in the cartridge."""
    for document, element, field, other, kind in REFERENCES:
        for found in root.iter(f"{{*}}{element}") if document == key else ():
            reference = found.get(field[1:], "") if field.startswith("@") else child_text(found, field)
            if (other, kind) not in identified:
                identified[other, kind] = _identifiers(other, kind, subject)
            known = identified[other, kind]
            if reference and known is not None and reference not in known:
                title = child_text(found, "title") or child_text(found, "description")
                where = f"{SETTINGS}{other}" if other else "the manifest"
                yield messages.CANVAS_KNOWS_NO_SUCH_VALUE.at(
                    place_of(name, subject.container, found),
                    what=f"{_WHAT.get(element, element)} '{title[:60]}'",
                    reason=f"{named(field)} names '{reference[:60]}', which is not in {where}",
                    taken="the connection is lost",
                    known="the identifier of what is meant",
                )


def _identifiers(document: str, kind: str, subject: Subject) -> set[str] | None:
    """Return the identifiers of elements in a document of settings; None where it cannot be read."""
    if kind == FILE:
        files = (one for one in subject.resources if (one.get("href") or "").startswith(FILES))
        return {one.get("identifier", "") for one in files if one.get("type") == "webcontent"}
    if kind == WORK:
        course = read_course(subject)
        return None if course.unread else {*subject.by_identifier, *(one.identifier for one in course.assignments)}
    name = f"{SETTINGS}{document}"
    root = read_document(name, subject.container)
    if root is None:
        return None if name in subject.container.sizes else set()
    return {one.get("identifier", "") for one in root.iter(f"{{*}}{kind}")}


def beyond(breach: Breach, place: Place) -> Finding:
    """Return the finding for a value beyond a limit, by what becomes of it."""
    limit = breach.limit
    title = child_text(breach.element, "title")[:60] or breach.element.get("identifier", "?")
    what = f"{_WHAT.get(limit.element, limit.element)} '{title}'"
    known = _WANTED.get(type(limit.bound)) or limit.bound.told
    if limit.effect is Effect.LEFT_OUT:
        remedy = f"write {known}"
        return messages.CANVAS_LEAVES_OUT.at(place, what=what, reason=breach.reason, remedy=remedy)
    if limit.effect is Effect.FAILS:
        return messages.CANVAS_FAILS_LATE.at(place, what=what, reason=breach.reason, known=known)
    taken = _TAKEN_FOR.get((limit.element, limit.field), str(limit.effect))
    return messages.CANVAS_KNOWS_NO_SUCH_VALUE.at(place, what=what, reason=breach.reason, taken=taken, known=known)


def _pages(subject: Subject) -> Iterator[Finding]:
    pages: list[CanvasPage] = list(read_pages_of(subject))
    for page in pages:
        state = page.meta.get("workflow_state", "active")
        if state not in _PAGE_STATES:
            reason = f"<meta name=\"workflow_state\"> is '{state[:40]}'"
            what, known = f"the page '{page.title or page.identifier}'", "active or unpublished"
            place = place_of(page.name, subject.container)
            taken = "it does not publish the page"
            yield messages.CANVAS_KNOWS_NO_SUCH_VALUE.at(place, what=what, reason=reason, taken=taken, known=known)
    yield from _fronts(pages, subject)


def _fronts(pages: list[CanvasPage], subject: Subject) -> Iterator[Finding]:
    """Yield a finding for each page that is said to be the front page, and cannot be."""
    first = ""
    for page in pages:
        if page.meta.get("front_page") != "true":
            continue
        is_shown = page.meta.get("workflow_state", "active") == "active"
        reason = f"{first} is the front page, too" if first else "" if is_shown else "the front page is not published"
        if reason:
            place, what = place_of(page.name, subject.container), f"the page '{page.title or page.identifier}'"
            found, known = messages.CANVAS_KNOWS_NO_SUCH_VALUE, "front_page on one published page alone"
            yield found.at(place, what=what, reason=reason, taken="it is not the front page", known=known)
        first = first or page.name
