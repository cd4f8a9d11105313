"""What the lessons of a backup need so that learners get through them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from coursewright.audit.flaw import Flaw
from coursewright.audit.lms.moodle.losses import amiss
from coursewright.audit.lms.moodle.restored import of_document, roots, titled
from coursewright.audit.rule import OpenedDocument
from coursewright.course.circles import knots
from coursewright.packages.documents.moodle.xml import number, said
from coursewright.packages.subject import Subject

_NUMERIC, _ESSAY = "8", "10"
_ANSWERED = ("1", "2", "3", "5", _NUMERIC, _ESSAY)  # pages with a question: short, true or false, chosen, matched
_WRONG = "@#wronganswer#@"  # stands for whatever else is answered
_VALUE = r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?"
_RANGE = re.compile(rf"\*|{re.escape(_WRONG)}|{_VALUE}(?:\s*:\s*{_VALUE})?")
_ON, _FIRST = "1", "0"
_CONTENT, _SAME = "20", "0"  # a page with buttons, and the page where somebody is, as where an answer leads
_JUMPS = ("-1", "-9", "-40", "-50", "-60", "-70", "-80")  # on, to the end, back, and to pages by chance
_ASKING = re.compile(r'"(?:completed|timespent|gradebetterthan)";(?:[idb]:|s:\d+:")(?!0(?:\.0*)?[";])[\d.]+')


@of_document("L556", named="lesson.xml", most=20)
def lessons_lead_through(document: OpenedDocument) -> Iterator[Flaw]:
    """A lesson begins with one page, its questions can be answered, and its password is known."""
    for lesson in document.root.iterfind("lesson"):
        if said(lesson, "usepassword") == _ON and not said(lesson, "password"):
            reason = "it asks for a password, and has none"
            yield amiss(lesson, titled(lesson), reason, "nobody gets in", "write the <password>, or 0 as <usepassword>")
        pages = lesson.findall("pages/page")
        firsts = [page for page in pages if page.findtext("prevpageid", "").strip() == _FIRST]
        if pages and len(firsts) != 1:
            reason = f"{len(firsts) or 'none'} of its pages say that they are the first, by 0 as <prevpageid>"
            yield amiss(lesson, titled(lesson), reason, "it does not begin, or lacks pages", "let one page say so")
        yield from (flaw for page in pages for flaw in _page(page))
        if number(lesson, "displayleft") in (None, 0):  # in the menu beside it, learners choose where to go on
            known = frozenset(page.get("id", "") for page in pages)
            is_endless = not number(lesson, "maxattempts") and said(lesson, "review") != _ON  # no try is the last
            yield from (flaw for page in pages for flaw in _stuck(page, known, is_endless=is_endless))


@of_document("L556", named="lesson.xml", most=20)
def lessons_wait_for_none_that_waits(document: OpenedDocument) -> Iterator[Flaw]:
    """No lesson waits for itself, or for one that waits for it."""
    own = document.root.get("id", "")
    waited = document.subject.once(_round).get(own)
    if waited is not None:
        reason = (
            "it waits for itself" if waited == own else f"it waits for the lesson {waited[:20]}, which waits for it"
        )
        where = document.root.find("lesson")
        yield amiss(where, "the lesson", reason, "nobody gets in", "write 0 as <dependency>")


def _round(subject: Subject) -> dict[str, str]:
    """Return the lessons that wait, by however many others, for themselves, with that which each waits for."""
    waits = subject.once(_waits)
    known = {own: [other] if other in waits else [] for own, other in waits.items()}
    return {one: waits[one] for knot in knots(known) for one in knot}


def _waits(subject: Subject) -> dict[str, str]:
    """Return for which lesson a lesson waits until something is done there, by their numbers."""
    return {
        root.get("id", ""): said(lesson, "dependency")
        for root in roots("lesson.xml", subject)
        for lesson in root.iterfind("lesson")
        if said(lesson, "dependency") not in ("", "0") and _ASKING.search(said(lesson, "conditions"))
    }


def _stuck(page: etree._Element, known: frozenset[str], *, is_endless: bool) -> Iterator[Flaw]:
    """Yield that a page has no button that leads anywhere, or, where it is asked without end, no answer that does."""
    answers, kind = page.findall("answers/answer"), said(page, "qtype")
    if not answers:
        return  # a button to go on is shown then
    if kind == _CONTENT:
        answers = [one for one in answers if said(one, "answer_text")]
    elif not (is_endless and kind in _ANSWERED):
        return
    if all(_leads_back(said(one, "jumpto"), page, known) for one in answers):
        what = "buttons" if kind == _CONTENT else "answers"
        reason = f"all of its {what} lead back to it" if answers else "it has no button that leads on"
        remedy = "write -1, the next page, as a <jumpto>" if answers else "write the <answer_text> of an answer"
        yield amiss(page, f"the page {titled(page, 'title')}", reason, "nobody gets on from it", remedy)


def _leads_back(jump: str, page: etree._Element, known: frozenset[str]) -> bool:
    """Say whether a jump leads to the page it is of: by its number, or by one of no page."""
    return jump in (_SAME, page.get("id")) or (jump.isdecimal() and jump not in known)


def _page(page: etree._Element) -> Iterator[Flaw]:
    """Yield why a question of a lesson cannot be answered."""
    kind, answers = said(page, "qtype"), page.findall("answers/answer")
    texts = [said(one, "answer_text").strip() for one in answers]
    for answer in answers:
        jump = said(answer, "jumpto")
        if jump.startswith("-") and jump not in _JUMPS:
            reason = f"<jumpto> of one of its answers is {jump[:20]}, which means nothing"
            taken = "whoever gives that gets an error"
            yield amiss(answer, f"the page {titled(page, 'title')}", reason, taken, "write -1, the next page")
    if kind in _ANSWERED and not answers:
        yield _unanswered(page, "it has no answers")
    elif kind == _NUMERIC and (odd := [text for text in texts if not _RANGE.fullmatch(text)]):
        yield _unanswered(page, f"its answer '{odd[0][:40]}' is not a number")


def _unanswered(page: etree._Element, reason: str) -> Flaw:
    return amiss(page, f"the page {titled(page, 'title')}", reason, "nobody answers it", "correct its answers")
