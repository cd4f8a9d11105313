"""What the sections and activities of a backup say of themselves and of one another, restored otherwise than meant."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping

from lxml import etree

from coursewright.audit.flaw import Flaw
from coursewright.audit.lms.moodle.losses import amiss, stops
from coursewright.audit.lms.moodle.restored import (
    ACTIVITY,
    activities,
    bounded,
    kind_of,
    listed,
    of_backup,
    of_document,
)
from coursewright.audit.lms.moodle.stock import MODULES
from coursewright.audit.rule import OpenedDocument, is_whole
from coursewright.audit.rules.moodle.backup import Part, read_backup
from coursewright.packages.documents.moodle.xml import said
from coursewright.packages.documents.reading import read_document
from coursewright.packages.subject import Subject
from coursewright.text.names import nearest

_LINK = re.compile(r"\$@([A-Z0-9]{2,40})VIEWBYID\*(\d{1,18})@\$")
_OTHERS = ("course", "assignment", "chat", "survey")  # what Moodle's own links lead to besides
_WITH_TEXTS = f"{ACTIVITY} section.xml questions.xml"
_PLAIN, _HTML = "2", ("0", "1")  # as the formats of texts
_TAG = re.compile(r"<(?:p|div|h[1-6]|ul|ol|li|table|img|a|strong|em|span|section)\b[^<>]*>", re.IGNORECASE)
_ESCAPED = re.compile(r"\s*&lt;(?:p|div|h[1-6]|ul|ol|table|img|a|strong|span|section)\b")
_OWN_FILES = re.compile(r"https?://[^\s\"'<>]{1,300}?/(?:(draftfile)|(?:pluginfile|file|brokenfile))\.php/")


@of_document("L556", named="module.xml")
def activities_are_of_the_kind_that_is_listed(document: OpenedDocument) -> Iterator[Flaw]:
    """The document of an activity names the kind that the list names."""
    kind, own = kind_of(document), said(document.root, "modulename")
    if own and own != kind:
        reason = f"<modulename> is '{own[:40]}', and the backup lists a {kind}"
        remedy = f"write <modulename>{kind}</modulename>"
        yield amiss(document.root, "the activity", reason, "what is in it is lost", remedy)


@of_document("L556", named="module.xml")
def activities_are_in_the_section_that_is_listed(document: OpenedDocument) -> Iterator[Flaw]:
    """The document of an activity names the section that the list names, and no other of the backup."""
    found = (one for one in listed("activity", document.subject) if one.findtext("directory") == document.folder)
    wanted, own = said(next(found, None), "sectionid"), said(document.root, "sectionid")
    sections = {said(one, "sectionid") for one in listed("section", document.subject)}
    if wanted != own and {wanted, own} <= sections:  # of one that is not there, the restore makes another
        reason = f"<sectionid> is {own[:20]}, and the backup lists it in the section {wanted[:20]}"
        yield amiss(document.root, "the activity", reason, "it stands elsewhere than meant", "write the same in both")


@of_document("L502", named=ACTIVITY)
def documents_hold_their_activity(document: OpenedDocument) -> Iterator[Flaw]:
    """The document of an activity holds the activity: by that the restore knows where its files go."""
    kind = kind_of(document)
    if kind in MODULES and document.root.find(kind) is None:
        yield stops(document.root, f"there is no <{kind}> in it", f"write <{kind}>")


@of_document("L502", named="quiz.xml")
def slots_are_of_one_question(document: OpenedDocument) -> Iterator[Flaw]:
    """No two questions of a quiz have one slot."""
    slots = Counter(one.text for one in document.root.iterfind(".//question_instance/slot"))
    if slot := next((slot for slot, count in slots.items() if slot and count > 1), None):
        yield stops(document.root, f"two questions of a quiz have the slot {slot[:40]}", "number them from 1")


# --- their texts ---


def _texts(document: OpenedDocument, mark: str, *formats: str) -> Iterator[tuple[etree._Element, str]]:
    """Yield the elements with a mark in their texts, each with its text: if any are given, of these formats alone."""
    for element in document.root.iter(etree.Element):
        text = element.text or ""
        if mark in text and (not formats or _format(element) in formats):
            yield element, text


def _format(element: etree._Element) -> str:
    """Return the format that the text of an element is said to have."""
    after = element.getnext()
    return (after.text or "").strip() if after is not None and after.tag == f"{element.tag}format" else ""


@of_document("L556", named=_WITH_TEXTS, most=5)
def plain_texts_are_plain(document: OpenedDocument) -> Iterator[Flaw]:
    """No text that is said to be plain has tags, which learners would see."""
    for element, text in _texts(document, "<", _PLAIN):
        if _TAG.search(text):
            reason = f"it has tags, and its <{element.tag}format> is {_PLAIN}, plain text"
            yield amiss(element, f"<{element.tag}>", reason, "learners see the tags", "write 1, which is HTML")


@of_document("L556", named=_WITH_TEXTS, most=5)
def texts_are_escaped_once(document: OpenedDocument) -> Iterator[Flaw]:
    """No text of HTML consists of tags that were escaped twice, and which learners would see."""
    for element, text in _texts(document, "&lt;", *_HTML):
        if "<" not in text and _ESCAPED.match(text):
            reason = "its tags were escaped twice"
            yield amiss(element, f"<{element.tag}>", reason, "learners see the tags", "escape them once")


@of_document("L556", named=_WITH_TEXTS, most=5)
def files_are_in_the_backup(document: OpenedDocument) -> Iterator[Flaw]:
    """No text shows a file by its address on the site that the backup is from, or in somebody's drafts."""
    site = said(document.subject.found.root, "information", "original_wwwroot")
    for element, text in _texts(document, ".php/"):
        found = _OWN_FILES.finditer(text)
        lost = next((one for one in found if one[1] or (site and one[0].startswith(f"{site}/"))), None)
        if lost is not None:
            reason = f"it shows a file by the address {lost[0]}"
            taken = "it stays on that site, where learners may not see it"
            yield amiss(element, f"<{element.tag}>", reason, taken, "write @@PLUGINFILE@@/ and add the file")


@of_document("L556", named=f"{ACTIVITY} section.xml")
def links_lead_somewhere(document: OpenedDocument) -> Iterator[Flaw]:
    """The links between activities lead to one that is in the backup, of the kind that they name."""
    kinds = dict(document.subject.once(activities).values())
    found = [link for _, text in _texts(document, "VIEWBYID*") for link in _LINK.finditer(text)]
    lost = [(link[0], *told) for link in found if (told := _lost(link[1].lower(), link[2], kinds))]
    if lost:
        link, reason, taken = lost[0]
        what = f"the link {link}" + (f" (and {len(lost) - 1} more like it)" if len(lost) > 1 else "")
        yield amiss(document.root, what, reason, taken, "correct the link, or remove it")


def _lost(kind: str, number: str, kinds: Mapping[str, str]) -> tuple[str, str] | None:
    """Return why a link leads nowhere, and what becomes of it; None where it does lead somewhere."""
    if kind not in MODULES and kind not in _OTHERS and kind not in kinds.values():
        near = nearest(kind, tuple(sorted(MODULES)))
        return f"nothing in Moodle is a '{kind[:40]}'{near}", "it stays as it is written"
    if kind == "course" or kinds.get(number) == kind:
        return None
    if number in kinds:
        return f"the activity {number} is a {kinds[number]}, not a {kind}", "it leads to an error"
    return f"the backup has no activity {number}", "it leads back to the site that the backup is from"


# --- sections ---


def _numbers(subject: Subject) -> dict[str, list[str]]:
    """Return the documents of sections by the numbers of these, in the order of the list."""
    found: dict[str, list[str]] = {}
    names = (f"{one.findtext('directory', '')}/section.xml" for one in listed("section", subject))
    for name in bounded(names, subject):
        if number := said(read_document(name, subject.container), "number"):
            found.setdefault(number, []).append(name)
    return found


@of_document("L556", named="section.xml")
def sections_have_numbers_of_their_own(document: OpenedDocument) -> Iterator[Flaw]:
    """No two sections have one number: Moodle makes one section of them."""
    number = said(document.root, "number")
    first, *others = document.subject.once(_numbers).get(number, [""])
    if document.name in others:
        taken = "it makes one section of both, and the name of one is lost"
        reason = f"{first} has the number {number}, too"
        yield amiss(document.root, "the section", reason, taken, "give each section its own number")


@of_document("L556", named="section.xml")
def subsections_say_whose_they_are(document: OpenedDocument) -> Iterator[Flaw]:
    """A section that is of an activity names the activity's component."""
    if said(document.root, "itemid") not in ("", "0") and not said(document.root, "component"):
        reason, remedy = "it has an <itemid>, and no <component>", "write <component>mod_subsection</component>"
        yield amiss(document.root, "the section", reason, "it is a section of its own", remedy)


@of_backup("L556", when=is_whole)
def sections_follow_one_another(subject: Subject) -> Iterator[Flaw]:
    """The numbers of sections leave no more room than there are sections: Moodle fills it with empty ones."""
    documents = subject.once(_numbers)
    numbers = {int(one): names[-1] for one, names in documents.items() if re.fullmatch(r"\d{1,9}", one)}
    most = max(numbers, default=0)
    if numbers and (empty := most + 1 - min(numbers) - len(numbers)) > len(numbers):
        reason = f"the greatest number of a section is {most}, and there are {len(numbers)} sections"
        taken, remedy = f"it gets {empty} empty sections", "number the sections from 0, without gaps"
        yield amiss(None, "the course", reason, taken, remedy).within(numbers[most])


@of_backup("L556", when=is_whole)
def activities_are_listed_in_their_order(subject: Subject) -> Iterator[Flaw]:
    """The backup lists the activities of each section in the order of its sequence: the restore goes by the list."""
    parts = subject.once(read_backup).parts
    listed_in: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for part in parts.values():
        if part.kind == "activity":
            listed_in[part.around].append(part.id)
    sections = [part for key, part in parts.items() if _is_listed_otherwise(part, listed_in.get(key, []))]
    if sections:
        more = f" and {len(sections) - 1} more" if sections[1:] else ""
        reason = f"the activities of {sections[0].shown}{more} are listed in another order than that of <sequence>"
        taken, remedy = "they stand in the order of the list", "list them in that of <sequence>"
        yield amiss(None, "the course", reason, taken, remedy)


def _is_listed_otherwise(section: Part, found: list[str]) -> bool:
    """Say whether the activities of a section are listed in another order than its own, as far as that names them."""
    places = {name.strip(): place for place, name in enumerate(section.says("sequence").split(","))}
    order = [places[name] for name in found if name in places]
    return order != sorted(order)
