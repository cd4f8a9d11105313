"""What Moodle's importer of Common Cartridges does to pages: it takes their body, cleans it, and rewrites links."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import field
from urllib.parse import unquote

from lxml import etree

from coursewright.audit.flaw import PACKAGE, Flaw, flaw
from coursewright.audit.lms.moodle.cartridges import TOKEN, launched, of_cartridge
from coursewright.audit.lms.moodle.losses import amiss, empties, stops
from coursewright.audit.lms.moodle.stock import words_of
from coursewright.findings import messages
from coursewright.frozen import slotted
from coursewright.packages.documents.addresses import followed
from coursewright.packages.documents.reading import has_endless_tag, is_page, read_page
from coursewright.packages.files.budget import LARGEST_PAGE, MOST_READ
from coursewright.packages.subject import Subject, within_bounds
from coursewright.text.addresses import pieces_of

_REMOVED = ("script", "iframe", "svg", "math", "object", "details")
_GONE = (*_REMOVED[:-1], "style")  # with all that is in them
_EMPTIED = ("script", "style", "iframe", "object", "embed", "link", "meta", "title", "template", "noscript", "canvas")
# What is taken off what is in it.
_UNWRAPPED = words_of("""
    svg math details summary section article aside nav header footer main figure figcaption form button input select
    option textarea label picture source path g rect circle line text
""")
_BLANKS = " \t\r\n\f\v"
_ESCAPED_TAG = re.compile(r"<[A-Za-z/!]")
_SHOWING = ("img", "video", "audio", "source", "table", "hr")
_MOST_NAMED = 3
_SAYS_ENCODING = re.compile(rb"charset\s*=|encoding\s*=", re.IGNORECASE)
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_SAYS_UTF_8 = re.compile(rb"""charset\s*=\s*["']?utf-?8""", re.IGNORECASE)
_OF_BACKUPS = re.compile(r"\$@[A-Z0-9]{2,40}(?:\*\d+){0,3}@\$|@@PLUGINFILE@@")
# Kinds of links that come out broken, and what to do about them, if not what is usual.
_BY_TOKEN, _FROM_TOP, _BY_BACKSLASH = f"those that begin with {TOKEN}", "those that begin with /", "those with \\"
_UNDECLARED = "those to files that no resource declares"
_REMEDIES = {
    **dict.fromkeys((_BY_TOKEN, _FROM_TOP), "write relative paths instead"),
    _BY_BACKSLASH: "write / instead",
    _UNDECLARED: "declare each with a <file>",
}


@slotted
class Losses:
    """What is lost, by what it is, on which pages."""

    removed: Counter[str] = field(default_factory=Counter)
    escaped: list[str] = field(default_factory=list)
    links: dict[str, dict[str, None]] = field(default_factory=dict)


@of_cartridge("L502 L512 L513 L514 L556")
def pages_survive(subject: Subject) -> Iterator[Flaw]:
    """Pages hold what the importer leaves, and link to no other page."""
    losses = Losses()
    names = filter(is_page, sorted(set(_pages(subject))))
    for name in within_bounds(names, subject.container, "pages", MOST_READ):
        root = read_page(name, subject.container)
        body = next(root.iter("body"), None) if root is not None else None
        remedy = "put a sentence on it, or take it out of the menu"
        yield from _garbled(name, subject)
        if reason := _end_of(name, root, body, subject):
            yield stops(None, reason, remedy).within(name)
        elif body is None or not _is_seen(body):
            yield empties(None, name, "nothing is left of the page once it is cleaned", remedy).within(name)
        else:
            _collect(name, body, subject, losses)
    yield from (one.within(PACKAGE) for one in _lost(losses))


def _garbled(name: str, subject: Subject) -> Iterator[Flaw]:
    """Yield a flaw where a page says that it is in UTF-8, or nothing of the kind, and is not."""
    content = subject.container.read(name, LARGEST_PAGE) or b""
    says = content[:4096]
    if _SAYS_UTF_8.search(says) or not (_SAYS_ENCODING.search(says) or says.startswith(_UTF_16)):
        try:
            content.decode("utf-8")
        except UnicodeDecodeError as error:
            line = content.count(b"\n", 0, error.start) + 1
            reason = f"it is taken to be in UTF-8, and its byte {error.start + 1} is not"
            yield amiss(line, "a page", reason, "letters are lost", "save it as UTF-8").within(name)
    elif says.startswith(_UTF_16) and not content.decode("utf-16", "replace").isascii():
        yield amiss(None, "a page", "it is in UTF-16", "letters are lost", "save it as UTF-8").within(name)


def _end_of(name: str, root: etree._Element | None, body: etree._Element | None, subject: Subject) -> str:
    """Return why the import stops at a page: what is left of it, once it is cleaned, is an empty text."""
    content = subject.container.read(name, LARGEST_PAGE)
    if root is None and content is not None and not content.strip():
        return "there is nothing in the file of a page"
    if content is None or has_endless_tag(content):
        return ""
    is_told = body is None and root is not None and bool("".join(map(str, root.itertext())).strip())
    if is_told or (body is not None and _is_left(body)):
        return ""  # without a body, the title is taken for the text
    return "nothing is left of a page once it is cleaned"


def _pages(subject: Subject) -> Iterator[str]:
    """Yield the files that the menu shows: no other is imported."""
    for resource in subject.resources:
        if resource.get("type") == "webcontent" and resource.get("identifier") in subject.shows:
            yield launched(resource, subject)


def _is_left(body: etree._Element) -> bool:
    """Say whether a text or an element is left of a body, if only an empty paragraph."""
    gone: set[etree._Element] = set()
    for element in body.iter():
        parent = element.getparent()
        is_gone = element.tag in _EMPTIED or parent in gone or not isinstance(element.tag, str)
        if is_gone:
            gone.add(element)
        elif (element.text or "").strip(_BLANKS) or (element is not body and element.tag not in _UNWRAPPED):
            return True
        if parent is not None and parent not in gone and element is not body and (element.tail or "").strip(_BLANKS):
            return True
    return False


def _is_seen(body: etree._Element) -> bool:
    """Say whether learners see anything of a body: a word, a picture or a rule."""
    if next(body.iter(*_SHOWING), None) is not None:
        return True
    return any(text.strip() for text in _texts(body))


def _collect(name: str, body: etree._Element, subject: Subject, losses: Losses) -> None:
    """Note what is lost of a page."""
    losses.removed.update(sorted({str(element.tag) for element in body.iter(*_REMOVED)}))
    losses.removed["img"] += any((one.get("src") or "").lower().startswith("data:") for one in body.iter("img"))
    if any(_ESCAPED_TAG.search(text) for text in _texts(body)):
        losses.escaped.append(name)
    for element in body.iter("a", "img", "source", "video", "audio", "track"):
        if kind := _broken(name, element.get("href") or element.get("src") or "", subject):
            losses.links.setdefault(kind, {})[name] = None


def _texts(body: etree._Element) -> Iterator[str]:
    for element in body.iter():
        if isinstance(element.tag, str) and element.tag not in _GONE:
            yield element.text or ""
        yield (element.tail or "") if element is not body else ""


def _broken(page: str, link: str, subject: Subject) -> str:
    """Return what kind of link, of those that come out broken, this is; "" where it is none."""
    if _OF_BACKUPS.search(unquote(link)):
        return "those of a Moodle backup, such as $@PAGEVIEWBYID*5@$"
    if TOKEN in unquote(link):
        return _BY_TOKEN
    parts = pieces_of(link.strip())
    target = followed(page, link.strip())
    if "\\" in link and followed(page, link.strip().replace("\\", "/")) in subject.container.sizes:
        return _BY_BACKSLASH
    if parts.path.startswith("/") and not parts.scheme and not parts.netloc:
        return _FROM_TOP if target.lstrip("/") in subject.container.sizes else ""
    if parts.scheme or parts.netloc or not parts.path or target not in subject.container.sizes:
        return ""
    if is_page(target):
        return "those from page to page"
    if target not in subject.declared:
        return _UNDECLARED
    is_plain = link.isascii() and not set(link) & set("?#% ")
    return "" if is_plain else "those with ?, #, %, blanks or letters beyond ASCII"


def _lost(losses: Losses) -> Iterator[Flaw]:
    for what, pages in sorted(losses.links.items()):
        remedy = _REMEDIES.get(what, "name the page in words beside the link, or take a Moodle backup")
        yield flaw(messages.MOODLE_BREAKS_LINKS, what=f"{what}, on {_some([*pages])}", remedy=remedy)
    if losses.removed.total():
        what = ", ".join(f"<{tag}> (on {count})" for tag, count in losses.removed.most_common() if count)
        yield flaw(messages.MOODLE_STRIPS, what=what)
    if losses.escaped:
        what = f"what looks like a tag in the text, such as <name>, on {_some(losses.escaped)}"
        yield flaw(messages.MOODLE_STRIPS, what=what)


def _some(names: list[str]) -> str:
    more = f" and {len(names) - _MOST_NAMED} more pages" if len(names) > _MOST_NAMED else ""
    return ", ".join(names[:_MOST_NAMED]) + more
