"""What becomes of whole quizzes of general cartridges in Canvas: of which it makes none, their titles and limits."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import unquote

from lxml import etree

from coursewright.audit.lms.canvas.consequences import LONGEST
from coursewright.audit.lms.canvas.groups import ROOT, strays
from coursewright.findings import messages
from coursewright.findings.finding import Finding
from coursewright.packages.documents.addresses import address_in_package, found_as, local_name
from coursewright.packages.documents.fields import read_as
from coursewright.packages.documents.parsing import text_of
from coursewright.packages.documents.qti12.values import MetadataField, QtiMetadata
from coursewright.packages.documents.reading import has_scheme, place_of
from coursewright.packages.subject import Subject

_WHAT = "the quiz in this file"
_MOST_TOLD = 20
_LINK = re.compile(r"""(?:src|href|data)\s*=\s*["']([^"'<>]{1,500})["']""")
_OF_QUIZZES = ("assessment", "objectbank", "section", "item", "qticomment")
# Labels of the profile, the values that Canvas reads of them, what it takes other ones for, and which it knows.
_LABELS = {
    "cc_maxattempts": (r"\d{1,9}|unlimited|examination", "there is no limit to attempts", "1 to 5, or unlimited"),
    "qmd_timelimit": (r"\d{1,9}", "there is no time limit", "a whole number of minutes"),
    "cc_weighting": (r"\d{1,9}(\.\d*)?", "the question is worth nothing", "a number of points"),
}  # fmt: skip


def quiz_arrives(name: str, root: etree._Element, subject: Subject) -> Iterator[Finding]:
    """Yield why Canvas makes no quiz of a document, or one without its questions, its title, or its limits."""
    place = place_of(name, subject.container, root)
    reason, remedy = _unmade(name, root, subject)
    if reason:
        yield messages.CANVAS_LEAVES_OUT.at(place, what=_WHAT, reason=reason, remedy=remedy)
        return
    if stray := strays(root):
        what, reason = f"the questions of a quiz ({stray})", "they stand in no <section>"
        yield messages.CANVAS_LEAVES_OUT.at(place, what=what, reason=reason, remedy="put them into a <section>")
    yield from named(root.find("{*}assessment"), name, subject)
    for more in root.findall("{*}assessment")[1:]:
        what, reason = f"the quiz '{more.get('title', '')[:60]}'", "another stands before it in the same file"
        place, remedy = place_of(name, subject.container, more), "put it into a file of its own"
        yield messages.CANVAS_LEAVES_OUT.at(place, what=what, reason=reason, remedy=remedy)
    for one in (*root.iter("{*}assessment"), *root.iter("{*}item")):
        yield from (found for field in read_as(QtiMetadata, one).fields for found in _limited(field, name, subject))


def pictures_are_listed(name: str, root: etree._Element, subject: Subject) -> Iterator[Finding]:
    """Yield a finding for each picture of a package of QTI that is not there, or that no resource lists."""
    listed = {unquote(one.get("href", "")) for one in subject.found.root.iter("{*}file", "{*}resource")} - {""}
    lost: dict[str, etree._Element] = {}
    for element in root.iter("{*}mattext"):
        text = text_of(element)
        for link in _LINK.findall(text) if "<" in text else ():
            path = unquote(unquote(link)).rpartition("$")[2].lstrip("/")
            is_named = len(path) > 1 and not any(one.endswith(path) for one in listed)
            if is_named and not has_scheme(path) and not link.startswith(("#", "//", "{")):
                lost.setdefault(path, element)
    for path, element in list(lost.items())[:_MOST_TOLD]:
        place = place_of(name, subject.container, element)
        is_there = any(one.endswith(path) for one in subject.container.sizes)
        reason = "no resource of the manifest lists it" if is_there else "it is not in the package"
        remedy = "give it a resource of the type webcontent"
        yield messages.CANVAS_LEAVES_OUT.at(place, what=f"the file '{path}'", reason=reason, remedy=remedy)


def limits_are_read(name: str, root: etree._Element, subject: Subject) -> Iterator[Finding]:
    """Yield that the time for a quiz of QTI is lost: Canvas takes what is written as in ISO 8601 for 0."""
    for one in root.iterfind("{*}assessment/{*}duration"):
        if text_of(one).strip()[:1].upper() == "P":
            reason, place = f"its <duration> is '{text_of(one).strip()[:20]}'", place_of(name, subject.container, one)
            about = {"reason": reason, "taken": "there is no time limit", "known": "qmd_timelimit in its metadata"}
            yield messages.CANVAS_KNOWS_NO_SUCH_VALUE.at(place, what=_WHAT, **about)


def _unmade(name: str, root: etree._Element, subject: Subject) -> tuple[str, str]:
    """Return why Canvas makes no quiz of a document, and what to do."""
    if local_name(root) != ROOT:
        return f"it begins with <{local_name(root)[:40]}>", f"begin it with <{ROOT}>"
    if name not in _of_quizzes(subject):
        return "", ""
    if root.find("{*}assessment") is None:
        return "it has no <assessment>", "put its sections into one"
    odd = next((local_name(one) for one in root.iterchildren(etree.Element) if local_name(one) not in _OF_QUIZZES), "")
    return (f"<{odd[:40]}> stands right in its <{ROOT}>", "put it into the <assessment>") if odd else ("", "")


def _of_quizzes(subject: Subject) -> set[str | None]:
    """Return the documents of resources that are quizzes, and no banks."""
    quizzes = (one for one in subject.resources if one.get("type", "").endswith("/assessment"))
    return {
        found_as(address_in_package(part), subject.container)
        for one in quizzes
        for part in (one, *one.iterfind("{*}file"))
    }


def named(quiz: etree._Element | None, name: str, subject: Subject) -> Iterator[Finding]:
    """Yield that a quiz has no title, or one for which there is no room."""
    title = quiz.get("title", "").strip() if quiz is not None else "?"
    place = place_of(name, subject.container, quiz)
    if len(title) > LONGEST:
        reason = f"its title has {len(title)} characters, and there is room for {LONGEST}"
        yield messages.CANVAS_LEAVES_OUT.at(place, what=_WHAT, reason=reason, remedy="shorten it")
    elif not title:
        yield messages.CANVAS_KNOWS_NO_SUCH_VALUE.at(
            place, what=_WHAT, reason="it has no title", taken="it is called 'Unnamed Quiz'", known="a title"
        )


def _limited(field: MetadataField, name: str, subject: Subject) -> Iterator[Finding]:
    """Yield a finding for a limit that Canvas cannot read."""
    form, taken, known = _LABELS.get(field.fieldlabel, ("", "", ""))
    value = field.fieldentry.strip()
    if form and value and not re.fullmatch(form, value, re.IGNORECASE):
        reason = f"{field.fieldlabel} is '{value[:40]}'"
        place = place_of(name, subject.container)
        yield messages.CANVAS_KNOWS_NO_SUCH_VALUE.at(place, what=_WHAT, reason=reason, taken=taken, known=known)
