"""What is to be read in a backup: pages, texts of the course page, books and lessons."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from coursewright.course.parts import Page, Part
from coursewright.course.quiz import Question, Quiz, keyed
from coursewright.course.values import Audience
from coursewright.packages.documents.moodle.instances import Instance
from coursewright.packages.documents.moodle.other_instances import BookInstance, ChapterRow, LessonInstance, LessonPage
from coursewright.readers.packages.amounts import amount
from coursewright.readers.packages.backups.lessons import asked_in, lead_in, lesson_in
from coursewright.readers.packages.backups.making import BackedUp, Making
from coursewright.readers.packages.backups.ways import joined
from coursewright.readers.packages.moodle_texts import in_one_language
from coursewright.readers.packages.quiz_links import linked
from coursewright.readers.packages.reasons import FOR_STAFF
from coursewright.readers.packages.recovery import ElementKind
from coursewright.readers.packages.texts import WrittenText
from coursewright.text.names import normal, plural

_COMPARED, _LONGEST_NAME = 25, 70
_LINK = re.compile(r"!?\[([^\[\]]*)\]\([^()]*\)")
_MARKS = re.compile(r"^\s*(?:#+|[-*+>]|\d+[.)])\s+|[*_`\\]|<[^<>]*>")
_SENTENCE = re.compile(r".{3,69}?[.!?:](?=\s+[^\d\s]|$)")


def page(making: Making, one: BackedUp[Instance]) -> Iterator[Part]:
    """Yield a page."""
    text = making.text(one, one.own.texts)
    making.kept(ElementKind.PAGE, one, text)
    yield making.page(one, text)


def label(making: Making, one: BackedUp[Instance]) -> Iterator[Part]:
    """Yield a text of the course page as a page of its own."""
    text = making.intro(one)
    if text.markdown.strip():
        making.changed(ElementKind.TEXT, one, "a text between activities becomes a page", text)
        yield making.page(one, text, _named(one.title, text.markdown))


def _named(title: str, markdown: str) -> str:
    """Return what a text is called: Moodle takes its first letters, which say less than its heading or sentence."""
    first = next((line for line in markdown.split("\n") if line.strip()), "")
    plain = " ".join(_MARKS.sub("", _LINK.sub(r"\1", first)).split())
    known, own = normal(title.rstrip(".… ")), normal(plain)
    if not own or not (own.startswith(known[:_COMPARED]) or known.startswith(own)):
        return title
    sentence = None if first.lstrip().startswith("#") else _SENTENCE.match(plain)
    if sentence or len(plain) <= _LONGEST_NAME:
        return (sentence[0] if sentence else plain).rstrip(".:")
    return f"{plain[:_LONGEST_NAME].rpartition(' ')[0]}…"


def book(making: Making, one: BackedUp[BookInstance]) -> Iterator[Part]:
    """Yield a page for each chapter of a book."""
    own = one.own
    found = sorted(own.chapters, key=lambda chapter: amount(chapter.pagenum))
    chapters = making.first(one, found, ElementKind.PAGE, "chapters")
    if not chapters:
        yield from page(making, one)
        return
    texts = _following(making, one, making.intro(one), chapters)
    for chapter, text in zip(chapters, texts, strict=True):
        made = _page_of(making, one, chapter.title, text, one.chapters.get(chapter.id, ""))
        if chapter.hidden == "1":
            why = FOR_STAFF
            making.ledger.changed(ElementKind.SETTING, one.entry.identifier, f"{made.title}: hidden", why)
            made = replace(made, audience=Audience.STAFF)
        yield made
    making.changed(ElementKind.PAGE, one, "each chapter of a book becomes a page", joined(texts))


def lesson(making: Making, one: BackedUp[LessonInstance]) -> Iterator[Part]:
    """Yield the pages of a lesson that are to be read, and a quiz of what it asks."""
    own = one.own
    found = lesson_in(making.first(one, own.pages, ElementKind.PAGE, "pages"))
    intro = making.intro(one)
    texts = _following(making, one, intro, found.read)
    for number, (read, text) in enumerate(zip(found.read, texts, strict=True)):
        yield _page_of(making, one, read.title, text, f"{one.key}-{number + 1}" if number else "")
    questions = list(asked_in(found, making.ledger.shown, making.findings))
    why = "its pages follow one another" + (", then what it asks" if questions else "") + "; where answers lead is lost"
    making.changed(ElementKind.ACTIVITY, one, why, joined(texts or [intro]))
    if questions:
        quiz = _asked(making, one, questions, intro if not found.read else None)
        yield replace(quiz, graded=amount(own.grade) > 0 and own.practice != "1")
    elif not found.read and intro.markdown.strip():
        yield making.page(one, intro)
    if missing := len(found.asking) - len(questions):
        title = f"{one.title}: {plural(missing, 'question')}"
        why = "what a lesson asks in such a way is not read"
        making.ledger.dropped(ElementKind.QUESTION, one.entry.identifier, title, why)


def _following(
    making: Making, one: BackedUp[Instance], intro: WrittenText, rows: Sequence[ChapterRow | LessonPage]
) -> list[WrittenText]:
    """Return what is read one after another, the first of it below what is said about all of it."""
    texts = [making.text(one, [row.told], row.id) for row in rows]
    return [joined([intro, text]) if not place else text for place, text in enumerate(texts)]


def _page_of(making: Making, one: BackedUp[Instance], title: str, text: WrittenText, key: str) -> Page:
    """Return one of the pages that an activity becomes, under the title of that."""
    title = in_one_language(title, making.language)
    return making.page(one, text, f"{one.title}: {title}" if title else "", key)


def _asked(making: Making, one: BackedUp[Instance], questions: list[Question], intro: WrittenText | None) -> Quiz:
    """Return what a lesson asks as a quiz."""
    key = f"{one.key}-quiz"
    quiz = Quiz(key, one.title, making.ledger.shown, 0, keyed(questions), audience=one.audience)
    quiz = linked(quiz, lead_in(lambda page: making.ways.lead_on(one.context, page, one.title)))
    making.note_questions(quiz)
    if intro:
        quiz = replace(quiz, instructions=intro.markdown.strip(), targets={**quiz.targets, **intro.targets})
    return quiz
