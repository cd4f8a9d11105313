"""What Canvas makes of the pages in its own cartridges: texts that it loses, and what their heads say."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from coursewright.audit.lms.field_bounds import Moment
from coursewright.audit.rule import of_canvas, rule
from coursewright.audit.rules.canvas.course import CanvasPage, read_course, read_pages_of
from coursewright.audit.rules.canvas.settings import may_have_settings
from coursewright.findings import messages
from coursewright.findings.finding import Finding
from coursewright.packages.documents.canvas.names import EVENTS, QUIZ, SYLLABUS, WIKI
from coursewright.packages.documents.reading import is_page, place_of, read_document
from coursewright.packages.files.budget import LARGEST_PAGE, MOST_DOCUMENTS
from coursewright.packages.kinds import Family
from coursewright.packages.subject import Subject

_HOLDING = ("{*}text", "{*}description")
_TIMES = ("todo_date", "publish_at", "unlock_at", "lock_at")
_ROLES = ("teachers", "students", "members", "public")
_BEGINS, _ENDS = re.compile(rb"<html[\s>]", re.IGNORECASE), re.compile(rb"</html\s*>", re.IGNORECASE)
# An attribute, none of whose values has tags in it, that goes on over one.
_UNQUOTED = re.compile(rb"""<[a-z][^<>"']{0,200}\s(class|id|href|src|style|width|height)="[^"<]{0,2000}<[/a-z]""", re.I)
_TAGS = re.compile(rb"<[^<>]*>")
_HEAD_ENDS = re.compile(rb"</head\s*>", re.IGNORECASE)
_BODY = re.compile(rb"<body[\s/>]", re.IGNORECASE)


@rule("L573", family=Family.CARTRIDGE, lms="canvas")
def texts_are_whole(subject: Subject) -> Iterator[Finding]:
    """Pages, assignments and the syllabus have a text, and it goes on to its end."""
    container = subject.container
    if container.alone or not subject.found.is_canvas:
        return
    names = {name: f"the page '{name.removeprefix(WIKI)}'" for name in sorted(container.sizes) if _is_page(name)}
    for work in read_course(subject).assignments:
        texts = [name for name in work.files if name.endswith("html")]
        if texts:
            names[texts[0]] = f"the assignment '{work.title[:60]}'"
        if len(texts) > 1:
            reason, what = f"its text is {texts[0]}, and {texts[1]} is left out", f"the assignment '{work.title[:60]}'"
            yield messages.CANVAS_TEXT_LOST.at(place_of(texts[1], container), what=what, reason=reason)
    if SYLLABUS in container.sizes:
        names[SYLLABUS] = "the syllabus"
    for name in list(names)[:MOST_DOCUMENTS]:  # that there are more, others tell
        content = container.read(name, LARGEST_PAGE) if name in container.sizes else None
        if content is not None and (reason := _lost(content, name)):
            yield messages.CANVAS_TEXT_LOST.at(place_of(name, container), what=names[name], reason=reason)


def _is_page(name: str) -> bool:
    return name.startswith(WIKI) and is_page(name)


def _lost(content: bytes, name: str) -> str:
    """Return why a text arrives in part, or not at all; pages of which nothing is there are told of elsewhere."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return ""
    if not content.strip():
        return "" if name.startswith(WIKI) else "there is nothing in its file"
    if re.search(rb"[^\s>]", _TAGS.sub(b"", content.partition(b"\0")[2])):
        return "there is a zero byte in its file, and Canvas reads no further"
    if _BEGINS.search(content) and not _ENDS.search(content) and not content.rstrip().endswith(b">"):
        return "its file ends before </html>"
    if quote := _UNQUOTED.search(content):
        return (
            f"the quote after the {quote[1].decode()} of a tag is missing, and what follows is taken for a part of it"
        )
    is_bodiless = _BEGINS.search(content) and not _BODY.search(content) and not _shown(content)
    return "it has no <body>" if is_bodiless else ""


def _shown(content: bytes) -> bytes:
    """Return what a page without a body shows all the same: whatever comes after its head."""
    head = _HEAD_ENDS.search(content)
    return _TAGS.sub(b"", content[head.end() :]).strip() if head else b""


@rule("L573", family=(Family.CARTRIDGE, Family.QTI), lms="canvas")
def markup_is_escaped(subject: Subject) -> Iterator[Finding]:
    """HTML in a document is text, and no elements of the document: of those, Canvas takes the words alone."""
    container = subject.container
    if not may_have_settings(subject):
        return
    topics = (one for one in subject.resources if one.get("type") == "imsdt_xmlv1p1")
    names = [file.get("href", "") for one in topics for file in one.iterfind("{*}file")]
    for name in (*names[:MOST_DOCUMENTS], *sorted(name for name in container.sizes if name.endswith(QUIZ)), EVENTS):
        root = read_document(name, container)
        found = next((one for one in root.iter(*_HOLDING) if len(one)), None) if root is not None else None
        if found is not None:
            what = f"the <{etree.QName(found).localname}> in this document"
            place, reason = place_of(name, container, found), "its HTML is not escaped, so that the words alone arrive"
            yield messages.CANVAS_TEXT_LOST.at(place, what=what, reason=reason)


@rule("L527 L552", family=Family.CARTRIDGE, lms="canvas", when=of_canvas)
def heads_of_pages_are_read(subject: Subject) -> Iterator[Finding]:
    """What the head of a page says of times, of who may edit it and of the front page is what Canvas knows."""
    for page in read_pages_of(subject):
        yield from _times(page, subject)
        roles = [one for one in page.meta.get("editing_roles", "").split(",") if one not in ("", *_ROLES)]
        if roles:
            reason, known = f"its editing_roles are '{roles[0][:40]}'", ", ".join(_ROLES)
            yield _unknown(page, reason, "teachers alone may edit it", known, subject)
        front = page.meta.get("front_page", "")
        if front not in ("", "true", "false"):
            yield _unknown(
                page, f"its front_page is '{front[:40]}'", "it is not the front page", "true or false", subject
            )


def _times(page: CanvasPage, subject: Subject) -> Iterator[Finding]:
    for name in _TIMES:
        said = page.meta.get(name, "")
        reason = Moment().breach(said)
        if reason and re.search(r"\d\D", said):  # what looks like a time, and cannot be one, stops the page
            place, what = place_of(page.name, subject.container), f"the page '{page.title or page.identifier}'"
            remedy = f"write {Moment().told}"
            yield messages.CANVAS_LEAVES_OUT.at(place, what=what, reason=f"its {name} {reason}", remedy=remedy)
        elif reason:
            yield _unknown(page, f"its {name} {reason}", "it has no such time", Moment().told, subject)


def _unknown(page: CanvasPage, reason: str, taken: str, known: str, subject: Subject) -> Finding:
    return messages.CANVAS_KNOWS_NO_SUCH_VALUE.at(
        place_of(page.name, subject.container),
        what=f"the page '{page.title or page.identifier}'",
        reason=reason,
        taken=taken,
        known=known,
    )
