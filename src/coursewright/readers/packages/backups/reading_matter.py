"""What is to be read in a backup: pages, texts of the course page, books and lessons."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from lxml import html

from coursewright.course.model import Audience
from coursewright.course.parts import (
    Part,
)
from coursewright.packages.documents.moodle.availability import said
from coursewright.readers.packages.amounts import amount
from coursewright.readers.packages.backups.lessons import lesson_pages
from coursewright.readers.packages.backups.making import BackedUp, Making
from coursewright.readers.packages.backups.stored import html_at
from coursewright.readers.packages.backups.ways import joined
from coursewright.readers.packages.recovery import ElementKind, Fate
from coursewright.text.names import plural, shortened

_MOST = 1_000
_LONGEST_TITLE = 80


def page(making: Making, one: BackedUp) -> Iterator[Part]:
    """Yield a page."""
    text = making.text(one, one.own, [("intro", "introformat"), ("content", "contentformat")])
    making.ledger.note(making.element(ElementKind.PAGE, one, text))
    yield making.page(one, text)


def label(making: Making, one: BackedUp) -> Iterator[Part]:
    """Yield a text of the course page as a page of its own."""
    text = making.intro(one)
    if text.markdown.strip():
        making.changed(ElementKind.TEXT, one, "a text between activities becomes a page", text)
        yield making.page(one, text, _title_of(one))


def _title_of(label: BackedUp) -> str:
    """Return the title of a text between activities: its heading, where Moodle only cut its first words off."""
    if not label.title.endswith("..."):
        return label.title
    text, is_markdown = html_at(label.own, "intro", "introformat")
    root = None if is_markdown or not text.strip() else html.fragment_fromstring(text, create_parent="div")
    headings = () if root is None else root.iter("h1", "h2", "h3", "h4", "h5", "h6")
    said = (" ".join(one.text_content().split()) for one in headings)
    return shortened(next(filter(None, said), label.title.rstrip(".").rstrip() + " …"), _LONGEST_TITLE)


def book(making: Making, one: BackedUp) -> Iterator[Part]:
    """Yield a page for each chapter of a book."""
    chapters = list(one.own.iterfind("chapters/chapter"))[:_MOST]
    chapters.sort(key=lambda found: amount(said(found, "pagenum")))
    intro = making.intro(one)
    if not chapters:
        yield from page(making, one)
        return
    words = kept = 0
    for place, chapter in enumerate(chapters):
        text = making.text(one, chapter, [("content", "contentformat")], chapter.get("id", ""))
        text = text if place else joined([intro, text])
        words, kept = words + text.words, kept + text.kept
        title, number = said(chapter, "title"), chapter.get("id", "")
        made = making.page(one, text, f"{one.title}: {title}" if title else one.title, one.chapters.get(number, ""))
        yield replace(made, audience=Audience.STAFF) if said(chapter, "hidden") == "1" else made
    element = making.element(ElementKind.PAGE, one)
    why = "each chapter of a book becomes a page"
    making.ledger.note(replace(element, fate=Fate.CHANGED, why=why, words=words, kept_words=kept))


def lesson(making: Making, one: BackedUp) -> Iterator[Part]:
    """Yield the pages of a lesson that are to be read."""
    pages, questions = lesson_pages(one.own)
    words = kept = 0
    for number, (title, page) in enumerate(pages):
        text = making.text(one, page, [("contents", "contentsformat")], page.get("id", ""))
        words, kept = words + text.words, kept + text.kept
        key = one.key if not number else f"{one.key}-{number + 1}"
        yield making.page(one, text, f"{one.title}: {title}" if title else one.title, key)
    why = "the pages of a lesson follow one another; where answers lead is lost"
    element = making.element(ElementKind.ACTIVITY, one)
    making.ledger.note(replace(element, fate=Fate.CHANGED, why=why, words=words, kept_words=kept))
    if questions:
        title = f"{one.title}: {plural(questions, 'question')}"
        making.ledger.dropped(
            ElementKind.QUESTION, one.entry.identifier, title, "questions within a lesson are not read"
        )
