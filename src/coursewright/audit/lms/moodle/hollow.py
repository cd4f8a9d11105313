"""Activities of a backup in which learners find nothing, or nothing that they can do."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

from lxml import etree

from coursewright.audit.lms.moodle.parts import folders
from coursewright.audit.rule import rule
from coursewright.findings import messages
from coursewright.findings.finding import Finding, Severity
from coursewright.packages.documents.moodle.availability import said
from coursewright.packages.documents.reading import place_of, read_document
from coursewright.packages.kinds import Family
from coursewright.packages.subject import Subject

# By the kind of activity: what it consists of, the folder of that, and what that is called.
_PARTS: Mapping[str, tuple[str, str, str]] = {
    "book": ("chapters", "chapter", "chapters"),
    "choice": ("options", "option", "options to choose from"),
    "data": ("fields", "field", "fields"),
    "feedback": ("items", "item", "questions"),
    "lesson": ("pages", "page", "pages"),
}
_ON, _OFF = "1", "0"
_CHOSEN = ("multichoice", "multichoicerated")


@rule("L562", family=Family.MOODLE, lms="moodle")
def activities_have_contents(subject: Subject) -> Iterator[Finding]:
    """What consists of chapters, pages, options or questions has some, and learners can choose among them."""
    for folder in folders("activities/activity", subject):
        kind = folder.rpartition("/")[2].partition("_")[0]
        name = f"{folder}/{kind}.xml"
        root = read_document(name, subject.container) if kind in _PARTS else None
        activity = root.find(kind) if root is not None else None
        for reason in _reasons(kind, activity) if activity is not None else ():
            title = (activity.findtext("name") or "").strip()[:60] if activity is not None else ""
            place = place_of(name, subject.container, activity)
            found = messages.MOODLE_SHOWS_NOTHING.at(place, title=title, reason=reason)
            yield replace(found, severity=Severity.INFO) if _is_hidden(folder, subject) else found


def _is_hidden(folder: str, subject: Subject) -> bool:
    """Say whether learners do not see an activity, so that its author may fill it yet."""
    module = read_document(f"{folder}/module.xml", subject.container)
    return module is not None and said(module, "visible") == _OFF


def _reasons(kind: str, found: etree._Element) -> Iterator[str]:
    around, name, what = _PARTS[kind]
    parts = found.findall(f"{around}/{name}")
    if not parts:
        if found.find(around) is not None:
            yield f"it has no {what} yet"
    elif judge := _JUDGES.get(kind):
        yield from judge(found, parts)


def _hidden(found: etree._Element, parts: list[etree._Element]) -> Iterator[str]:
    if all(said(one, "hidden") == _ON for one in parts):
        yield "all its chapters are hidden"


def _full(found: etree._Element, parts: list[etree._Element]) -> Iterator[str]:
    if said(found, "limitanswers") == _ON and all(said(one, "maxanswers") == "0" for one in parts):
        yield "its answers are limited, to 0 of each option"


def _bare(found: etree._Element, parts: list[etree._Element]) -> Iterator[str]:
    for one in parts:
        asked = (one.findtext("presentation") or "").partition(">>>>>")
        if said(one, "typ") in _CHOSEN and not asked[2].strip("| \r\n"):
            yield f"its question “{(one.findtext('name') or '').strip()[:60]}” has nothing to choose from"


_JUDGES: Mapping[str, Callable[[etree._Element, list[etree._Element]], Iterator[str]]] = {
    "book": _hidden,
    "choice": _full,
    "feedback": _bare,
}
