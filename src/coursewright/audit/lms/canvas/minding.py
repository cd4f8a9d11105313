"""What Canvas minds of that which general rules find in packages."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from lxml import etree

from coursewright.audit.lms.canvas.leniency import is_ambiguous, minds_of_others
from coursewright.audit.rules.canvas.course import read_course, read_pages_of
from coursewright.findings import messages
from coursewright.findings.finding import Finding
from coursewright.packages.documents.addresses import address_in_package
from coursewright.packages.documents.canvas.names import FILES, QUESTIONS, SETTINGS, WIKI
from coursewright.packages.subject import Subject

# Documents without which Canvas reads on, and of which it lays nothing into a course that it does not have already.
_SPARED = tuple(
    f"{SETTINGS}{name}"
    for name in ("course_settings.xml", "context.xml", "canvas_export.txt", "late_policy.xml", "media_tracks.xml")
)
_FOR_OTHERS = ("imswl_", "imsqti_")  # what Canvas has elsewhere: links among its modules, quizzes in its own form
_ENTITY = re.compile(rb"<!ENTITY\s+([^\s%<>\"']{1,100})\s")
_LARGEST = 3_000_000
_NEVER = frozenset((messages.NAME_CUT.code, messages.ANSWER_BY_TEXT.code))
# What is against the standard, and nothing that Canvas looks at in its own cartridges.
_IN_ITS_OWN = frozenset(
    (
        messages.VERSION_UNKNOWN.code,
        messages.REFERENCE_DANGLES.code,  # it takes its modules from elsewhere than the menu
        messages.SCHEMA_VIOLATED.code,
        messages.HREF_NOT_AMONG_FILES.code,
        messages.RESOURCE_FILES.code,
        messages.ITEM_WITHOUT_TITLE.code,
        messages.ITEM_WITH_BOTH.code,
        messages.NAMED_TWICE.code,
        messages.DEPENDENCY_WRONG.code,
    )
)


def minds(finding: Finding, subject: Subject) -> bool:
    """Say whether Canvas minds what was found: in its own cartridges it looks at few things of the manifest, and it
    takes an address letter by letter."""
    if finding.code in _NEVER:
        return False
    if not subject.found.is_canvas:
        return minds_of_others(finding, subject)
    judge = _JUDGED.get(finding.code)
    return finding.code not in _IN_ITS_OWN if judge is None else judge(finding, subject)


def _misses_file(finding: Finding, subject: Subject) -> bool:
    """Say whether a file that is not there, or not by that name, is one that Canvas looks for."""
    name = str(finding.values.get("name", ""))
    owners = [one for one in subject.resources if name in map(address_in_package, one.iterfind("{*}file"))]
    if not owners and finding.code == messages.FILE_MISSING.code:  # an href alone names it, which counts for files only
        return name.startswith(FILES) or any(
            one.get("type", "").startswith("imsbasiclti_") for one in subject.resources
        )
    if name.startswith(QUESTIONS) and _is_renamed(subject):
        return False
    launched = [one.get("href", "") for one in owners]
    if name.startswith(FILES) and launched and all(one in subject.container.sizes for one in launched):
        return False  # it takes what web content launches, whatever else that lists
    is_for_others = bool(owners) and all(one.get("type", "").startswith(_FOR_OTHERS) for one in owners)
    is_found = name.startswith(WIKI) and (
        finding.code == messages.NAME_DIFFERS.code or _has_page({one.get("identifier") for one in owners}, subject)
    )  # it takes all pages that there are
    return name not in _SPARED and not is_for_others and not is_found


def _is_renamed(subject: Subject) -> bool:
    """Say whether there are quizzes that no resource lists: Canvas reads the whole folder."""
    listed = {one.get("href") for each in subject.resources for one in each.iterfind("{*}file")}
    quizzes = (name for name in subject.container.sizes if name.startswith(QUESTIONS) and name.endswith(".qti"))
    return any(name not in listed for name in quizzes)


def _has_page(identifiers: set[str | None], subject: Subject) -> bool:
    return any(page.identifier in identifiers for page in subject.once(read_pages_of))


def _is_read(finding: Finding, subject: Subject) -> bool:
    """Say whether Canvas reads a document that is not well-formed: of those for other LMSs, that is said, too."""
    return finding.place.path == subject.shown


def _links(finding: Finding, subject: Subject) -> bool:
    """Say whether a link on a page is one that Canvas follows: those of its own pages are judged apart."""
    path = finding.place.path
    works = {name for work in subject.once(read_course).assignments for name in work.files}
    own = path.startswith(tuple(map(subject.container.path_of, (WIKI, SETTINGS))))
    return not own and path not in map(subject.container.path_of, works)


def _uses_entity(finding: Finding, subject: Subject) -> bool:
    """Say whether a document uses an entity that it declares; one that it declares alone does nothing."""
    names = [name for name in subject.container.sizes if subject.container.path_of(name) == finding.place.path]
    content = (subject.container.read(names[0], _LARGEST) if names else None) or b""
    return any(b"&" + found[1] + b";" in content for found in _ENTITY.finditer(content)) or b"%" in content


def _is_replaced(finding: Finding, subject: Subject) -> bool:
    """Say whether one of two resources of one identifier replaces the other: it does among files of the course."""
    name = finding.values.get("name")
    if finding.place.path != subject.shown:
        return is_ambiguous(finding, subject)
    doubles = [one for one in subject.resources if one.get("identifier") == name]
    needed = {one.get("identifierref") for each in subject.resources for one in each.iterfind("{*}dependency")}
    is_file = any((one.get("href") or "").startswith(FILES) for one in doubles)
    return len({_told(one) for one in doubles}) > 1 and (is_file or name in needed)


def _told(resource: etree._Element) -> tuple[str | None, ...]:
    return (resource.get("type"), resource.get("href"), *(one.get("href") for one in resource.iterfind("{*}file")))


_JUDGED: Mapping[str, Callable[[Finding, Subject], bool]] = {
    messages.READ_IN_PART.code: lambda finding, subject: not finding.place.path.endswith(_SPARED[:3]),
    messages.FILE_MISSING.code: _misses_file,
    messages.NAME_DIFFERS.code: _misses_file,
    messages.NOT_WELL_FORMED.code: _is_read,
    messages.IDENTIFIER_TWICE.code: _is_replaced,
    messages.LINK_BROKEN.code: _links,
    messages.ENTITIES_DECLARED.code: _uses_entity,
    messages.TAKES_IN.code: lambda finding, subject: False,  # it reads no DTD
}
