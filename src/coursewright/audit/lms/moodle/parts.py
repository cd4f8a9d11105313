"""What the parts of a backup say of one another, and Moodle restores otherwise than meant where they disagree."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping

from lxml import etree

from coursewright.audit.flaw import Flaw
from coursewright.audit.lms.moodle.losses import amiss, stops
from coursewright.audit.lms.moodle.restored import ACTIVITY, activities, kind_of, listed, of_document
from coursewright.audit.lms.moodle.stock import MODULES
from coursewright.audit.rule import OpenedDocument
from coursewright.packages.documents.moodle.xml import said
from coursewright.text.names import nearest

_LINK = re.compile(r"\$@([A-Z0-9]{2,40})VIEWBYID\*(\d{1,18})@\$")
_OTHERS = ("course", "assignment", "chat", "survey")  # what Moodle's own links lead to besides
_PLAIN = "2"  # as the format of a text
_TAG = re.compile(r"<(?:p|div|h[1-6]|ul|ol|li|table|img|a|strong|em|span|section)\b[^<>]*>", re.IGNORECASE)


@of_document("L556", named="module.xml")
def activities_are_of_the_kind_that_is_listed(document: OpenedDocument) -> Iterator[Flaw]:
    """The document of an activity names the kind that the list names."""
    kind, own = kind_of(document), said(document.root, "modulename")
    if own and own != kind:
        reason, remedy = (
            f"<modulename> is '{own[:40]}', and the backup lists a {kind}",
            f"write <modulename>{kind}</modulename>",
        )
        yield amiss(document.root, "the activity", reason, "what is in it is lost", remedy)


@of_document("L556", named="module.xml")
def activities_are_in_the_section_that_is_listed(document: OpenedDocument) -> Iterator[Flaw]:
    """The document of an activity names the section that the list names, and no other of the backup."""
    listing = next(
        (one for one in listed("activity", document.subject) if one.findtext("directory") == document.folder), None
    )
    wanted, own = said(listing, "sectionid"), said(document.root, "sectionid")
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


@of_document("L556", named=f"{ACTIVITY} section.xml")
def links_lead_somewhere(document: OpenedDocument) -> Iterator[Flaw]:
    """The links between activities lead to one that is in the backup, of the kind that they name."""
    kinds = dict(document.subject.once(activities).values())
    texts = (element.text or "" for element in document.root.iter(etree.Element))
    found = [link for text in texts if "VIEWBYID*" in text for link in _LINK.finditer(text)]
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


@of_document("L556", named=f"{ACTIVITY} section.xml questions.xml", most=5)
def plain_texts_are_plain(document: OpenedDocument) -> Iterator[Flaw]:
    """No text that is said to be plain has tags, which learners would see."""
    for element in document.root.iter(etree.Element):
        after = element.getnext() if element.text and "<" in element.text else None
        is_plain = after is not None and after.tag == f"{element.tag}format" and (after.text or "").strip() == _PLAIN
        if is_plain and _TAG.search(element.text or ""):
            reason = f"it has tags, and its <{element.tag}format> is {_PLAIN}, plain text"
            yield amiss(element, f"<{element.tag}>", reason, "learners see the tags", "write 1, which is HTML")


_ESCAPED = re.compile(r"\s*&lt;(?:p|div|h[1-6]|ul|ol|table|img|a|strong|span|section)\b")
_HTML = ("0", "1")


@of_document("L556", named=f"{ACTIVITY} section.xml questions.xml", most=5)
def texts_are_escaped_once(document: OpenedDocument) -> Iterator[Flaw]:
    """No text of HTML consists of tags that were escaped twice, and which learners would see."""
    for element in document.root.iter(etree.Element):
        text = element.text or ""
        after = element.getnext() if "&lt;" in text and "<" not in text else None
        is_html = after is not None and after.tag == f"{element.tag}format" and (after.text or "").strip() in _HTML
        if is_html and _ESCAPED.match(text):
            reason = "its tags were escaped twice"
            yield amiss(element, f"<{element.tag}>", reason, "learners see the tags", "escape them once")


_OWN_FILES = re.compile(r"https?://[^\s\"'<>]{1,300}?/(?:(draftfile)|(?:pluginfile|file|brokenfile))\.php/")


@of_document("L556", named=f"{ACTIVITY} section.xml questions.xml", most=5)
def files_are_in_the_backup(document: OpenedDocument) -> Iterator[Flaw]:
    """No text shows a file by its address on the site that the backup is from, or in somebody's drafts."""
    site = said(document.subject.found.root, "information", "original_wwwroot")
    for element in document.root.iter(etree.Element):
        found = _OWN_FILES.finditer(element.text or "") if ".php/" in (element.text or "") else ()
        lost = next((one for one in found if one[1] or (site and one[0].startswith(f"{site}/"))), None)
        if lost is not None:
            reason = f"it shows a file by the address {lost[0]}"
            taken = "it stays on that site, where learners may not see it"
            yield amiss(element, f"<{element.tag}>", reason, taken, "write @@PLUGINFILE@@/ and add the file")
