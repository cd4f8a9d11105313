"""What Canvas makes of the pages in its own cartridges: texts and tags that it loses, and what their heads say."""

from __future__ import annotations

import re
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE
from collections import Counter
from collections.abc import Iterator
from itertools import islice

from lxml import etree

from coursewright.audit.flaw import PACKAGE, Flaw, flaw
from coursewright.audit.lms.canvas.limits import ROLES
from coursewright.audit.lms.canvas.losses import (
    ANY,
    LONGEST,
    LONGEST_TEXT,
    TAGS,
    left_out,
    of_document,
    of_own,
    taken_for,
    text_lost,
)
from coursewright.audit.lms.field_bounds import HtmlLength, Moment
from coursewright.audit.rule import OpenedDocument, of_canvas, rule
from coursewright.audit.rules.canvas.settings import may_have_settings
from coursewright.findings import messages
from coursewright.packages.documents.addresses import address_in_package, found_as, hrefs, local_name
from coursewright.packages.documents.canvas.cartridge import read_course
from coursewright.packages.documents.canvas.names import ASSIGNMENT, EVENTS, QUIZ, SYLLABUS, TOPIC_TYPE, WIKI
from coursewright.packages.documents.canvas.pages import CanvasPage, read_pages_of
from coursewright.packages.documents.canvas.switches import says_yes
from coursewright.packages.documents.parsing import text_of
from coursewright.packages.documents.reading import child_text, is_page, read_document, read_pages
from coursewright.packages.files.budget import LARGEST_PAGE, MOST_DOCUMENTS
from coursewright.packages.kinds import Family
from coursewright.packages.subject import Subject

_TIMES = ("todo_date", "publish_at", "unlock_at", "lock_at")
# What Canvas knows by the word true alone, to the letter, and what becomes of a page otherwise.
_SWITCHES = {"hide_from_students": "learners see it", "only_visible_to_overrides": "everyone sees it"}
_BEGINS, _ENDS = re.compile(rb"<html[\s>]", re.IGNORECASE), re.compile(rb"</html\s*>", re.IGNORECASE)
# An attribute, none of whose values has tags in it, that goes on over one.
_UNQUOTED = re.compile(
    rb"""<[a-z][^<>"']{0,200}\s(class|id|href|src|style|width|height)="(?!data:)[^"<]{0,2000}<[/a-z]""", re.I
)
_TWICE = re.compile(r"\s*&lt;[a-z][a-z0-9]{0,9}(?:\s[^&]{0,200})?&gt;", re.IGNORECASE)  # a tag that is a text
_HEAD_ENDS, _BODY = re.compile(rb"</head\s*>", re.IGNORECASE), re.compile(rb"<body[\s/>]", re.IGNORECASE)
_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([\w-]{3,30})", re.IGNORECASE)
_BOMS_UTF16 = (BOM_UTF16_LE, BOM_UTF16_BE)
_HEAD = 4096  # bytes in which a page names its letters
_REMOVED = ("script", "style", "svg", "canvas", "form", "input", "select", "button")
_RUNNING = {"img": ("src", "data:"), "a": ("href", "javascript:")}  # addresses that are removed
_EMBEDDED = re.compile(r"data:([-\w]+/[-\w+.]+)?;base64,", re.IGNORECASE)  # of a picture that Canvas makes a file of
# No address that Canvas leaves in a style.
_DRAWN = re.compile(r"url\(\s*(?!https?:[^'\"?&=@_~+$\s]+\))", re.IGNORECASE)


@of_own("L527 L559 L571 L573")
def texts_are_whole(subject: Subject) -> Iterator[Flaw]:
    """Pages, assignments and the syllabus have a text which goes on to its end, is not too long, and is in the letters
    that it says."""
    container = subject.container
    pages = (name for name in sorted(container.sizes) if name.startswith(WIKI) and is_page(name))
    names = {name: f"the page '{name.removeprefix(WIKI)}'" for name in pages}
    for work in read_course(subject).assignments:
        what, texts = f"the assignment '{work.title[:60]}'", [name for name in work.files if name.endswith("html")]
        names.update((name, what) for name in texts[:1])
        if len(texts) > 1:
            reason = f"its text is {texts[0]}, and {texts[1]} is left out"
            yield text_lost(None, what, reason).within(texts[1])
    names[SYLLABUS] = "the syllabus"
    there = (name for name in names if name in container.sizes)
    for name in islice(there, MOST_DOCUMENTS):  # that there are more, others tell
        if (content := container.read(name, LARGEST_PAGE)) is not None:
            yield from (found.within(name) for found in _amiss(content, name, names[name]))


def _amiss(content: bytes, name: str, what: str) -> Iterator[Flaw]:
    """Yield what becomes of a text that does not arrive as it is."""
    if reason := _lost(content, name):
        yield text_lost(None, what, reason)
    if reason := _misread(content):
        yield flaw(messages.CANVAS_GARBLES_PAGE, None, reason=reason)
    limit = HtmlLength(LONGEST_TEXT)
    if len(content) > LONGEST_TEXT and (reason := limit.breach(_body(content))):
        if name == SYLLABUS:
            yield flaw(messages.CANVAS_FAILS_LATE, None, what=what, reason=f"it {reason}", known=limit.told)
        else:
            yield left_out(None, what, f"it {reason}", "divide it")


def _body(content: bytes) -> str:
    """Return the text of a page with its markup, without its head."""
    body = _BODY.search(content)
    return content[body.start() if body else 0 :].decode("utf-8", "replace")


@of_document("L573", named=ANY, when=of_canvas)
def work_is_told_on_its_page(document: OpenedDocument) -> Iterator[Flaw]:
    """What is to be done stands on the page of an assignment, and not among its settings."""
    for one in document.root.iterfind("{*}description") if document.file == ASSIGNMENT else ():
        if text_of(one).strip():
            what = f"the assignment '{child_text(document.root, 'title')[:60]}'"
            yield text_lost(one, what, "Canvas reads no <description> here, but the page beside it")


def _lost(content: bytes, name: str) -> str:
    """Return why a text arrives in part, or not at all; pages of which nothing is there are told of elsewhere."""
    if content.startswith(_BOMS_UTF16):
        return ""
    if not content.strip():
        return "" if name.startswith(WIKI) else "there is nothing in its file"
    if re.search(rb"[^\s>]", TAGS.sub(b"", content.partition(b"\0")[2])):
        return "there is a zero byte in its file, and Canvas reads no further"
    if _BEGINS.search(content) and not _ENDS.search(content) and not content.rstrip().endswith(b">"):
        return "its file ends before </html>"
    if quote := _UNQUOTED.search(content):
        found = quote[1].decode()
        return f"the quote after the {found} of a tag is missing, and what follows is taken for a part of it"
    is_bodiless = _BEGINS.search(content) and not _BODY.search(content) and not _shown(content)
    return "it has no <body>" if is_bodiless else ""


def _shown(content: bytes) -> bytes:
    """Return what a page without a body shows all the same: whatever comes after its head."""
    head = _HEAD_ENDS.search(content)
    return TAGS.sub(b"", content[head.end() :]).strip() if head else b""


@rule("L552 L573", family=(Family.CARTRIDGE, Family.QTI), lms="canvas", when=may_have_settings)
def markup_is_escaped(subject: Subject) -> Iterator[Flaw]:
    """HTML in a document is text, and no elements of the document: of those, Canvas takes the words alone."""
    container = subject.container
    topics = [name for one in subject.resources if one.get("type") == TOPIC_TYPE for name in hrefs(one)]
    quizzes = sorted(name for name in container.sizes if name.endswith(QUIZ))
    for name in (*topics[:MOST_DOCUMENTS], *quizzes, EVENTS):
        root = read_document(name, container)
        told = list(root.iter("{*}text", "{*}description")) if root is not None else []
        if (twice := next((one for one in told if _TWICE.match(text_of(one))), None)) is not None:
            what, reason = f"the <{local_name(twice)}> in this document", "its HTML is escaped twice"
            yield taken_for(twice, what, reason, "learners see its tags", "it escaped once").within(name)
        if (found := next((one for one in told if len(one)), None)) is not None:
            what, reason = f"the <{local_name(found)}> in this document", "its HTML is not escaped"
            yield text_lost(found, what, f"{reason}, so that the words alone arrive").within(name)


@of_own("L527 L552")
def heads_of_pages_are_read(subject: Subject) -> Iterator[Flaw]:
    """What the head of a page says of its state, of times, of who may edit it and of the front page is what Canvas
    knows; no more than one page is the front page."""
    front, titled = "", dict[str, str]()
    for page in read_pages_of(subject):
        yield from (one.within(page.name) for one in _misjudged(page, front))
        front = front or (page.name if page.is_front else "")
        if page.title and titled.setdefault(page.title, page.identifier) != page.identifier:
            taken, known = f"it is called '{page.title[:60]}-2'", "a title of its own"
            what, reason = f"the page '{page.title[:60]}'", "another page has this title"
            yield taken_for(None, what, reason, taken, known).within(page.name)


def _misjudged(page: CanvasPage, other: str) -> Iterator[Flaw]:
    what = f"the page '{page.title or page.identifier}'"
    for name in _TIMES:
        said = page.meta.get(name, "")
        reason = Moment().breach(said)
        if reason and re.search(r"\d\D", said):  # what looks like a time, and cannot be one, stops the page
            yield left_out(None, what, f"its {name} {reason}", f"write {Moment().told}")
        elif reason:
            yield taken_for(None, what, f"its {name} {reason}", "it has no such time", Moment().told)
    yield from (taken_for(None, what, *amiss) for amiss in _unknown(page, other))


def _unknown(page: CanvasPage, other: str) -> Iterator[tuple[str, str, str]]:
    """Yield what the head of a page says that Canvas does not know, what it makes of it, and what it knows; `other` is
    the front page, if that stands before it."""
    state, front = page.state, page.meta.get("front_page", "")
    if page.title == "":
        yield "it has no title", f"it is called '{page.address[:60]}'", "a title"
    if state not in ("active", "unpublished"):
        reason = f"<meta name=\"workflow_state\"> is '{state[:40]}'"
        yield reason, "it does not publish the page", "active or unpublished"
    if roles := [one for one in page.meta.get("editing_roles", "").split(",") if one not in ("", *ROLES)]:
        yield f"its editing_roles are '{roles[0][:40]}'", "teachers alone may edit it", ", ".join(ROLES)
    for name, taken in _SWITCHES.items():
        said = page.meta.get(name, "")
        if said != "true" and says_yes(said):
            yield f"its {name} is '{said[:40]}'", taken, "true or false"
    if front not in ("", "true", "false"):
        yield f"its front_page is '{front[:40]}'", "it is not the front page", "true or false"
    elif front == "true" and (other or state != "active"):
        reason = f"{other} is the front page, too" if other else "the front page is not published"
        yield reason, "it is not the front page", "front_page on one published page alone"


def _misread(content: bytes) -> str:
    """Return why Canvas takes the letters of a page for others, or ""."""
    if content.isascii() or content.startswith((BOM_UTF8, *_BOMS_UTF16)):
        return ""
    said = _CHARSET.search(content[:_HEAD])
    if said is None:
        return "it has letters beyond ASCII, and does not say how it is written"
    is_utf8 = content.decode("utf-8", "ignore").encode() == content
    return "it says that it is UTF-8, and is not" if said[1].lower() in (b"utf-8", b"utf8") and not is_utf8 else ""


@of_own("L525 L528", when=lambda subject: subject.found.is_canvas)
def pages_keep_what_is_on_them(subject: Subject) -> Iterator[Flaw]:
    """Pages that Canvas shows as its own hold what it lets through, and have titles that fit."""
    removed: Counter[str] = Counter()
    for name, root in read_pages(sorted(set(_own_pages(subject))), subject.container):
        removed.update(sorted(set(_removed(root))))
        title = next(root.iter("title"), None)
        length = len(title.text or "") if title is not None else 0
        if name.startswith(WIKI) and length > LONGEST:
            yield flaw(messages.CANVAS_TITLE_TOO_LONG, title, length=length, limit=LONGEST).within(name)
    if removed:
        what = ", ".join(f"<{tag}> (on {count})" for tag, count in removed.most_common())
        yield flaw(messages.CANVAS_SANITISES, None, what=what).within(PACKAGE)


def _own_pages(subject: Subject) -> Iterator[str]:
    """Yield the files that become a text in Canvas: pages, the syllabus, and what assignments say."""
    yield from (name for name in subject.container.sizes if name.startswith((WIKI, SYLLABUS)))
    for resource in subject.resources:
        files = [found_as(address_in_package(file), subject.container) or "" for file in resource.iterfind("{*}file")]
        if any(file.endswith(ASSIGNMENT) for file in files):
            yield from files


def _removed(root: etree._Element) -> Iterator[str]:
    """Yield what of a page Canvas does not let through."""
    body = next(root.iter("body"), None)
    yield from ("style" for head in root.iter("head") if next(head.iter("style"), None) is not None)
    for one in body.iter(etree.Element) if body is not None else ():
        tag = str(one.tag)
        if tag in _REMOVED:
            yield tag
        name, begin = _RUNNING.get(tag, ("", ""))
        address = (one.get(name) or "").strip() if name else ""
        if name and address.lower().startswith(begin) and not _EMBEDDED.match(address):
            yield f"{tag} {name}={begin}"
        if _DRAWN.search(one.get("style") or ""):
            yield f"{tag} style=url()"
        if any(str(name).startswith("on") for name in one.attrib):
            yield "on..."
        if tag == "iframe" and one.get("srcdoc") is not None:
            yield "iframe srcdoc"
