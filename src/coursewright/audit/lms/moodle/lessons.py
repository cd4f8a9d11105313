"""What the lessons of a backup need so that learners get through them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from coursewright.audit.flaw import Flaw
from coursewright.audit.lms.moodle.losses import amiss
from coursewright.audit.lms.moodle.restored import of_document, titled
from coursewright.audit.rule import OpenedDocument
from coursewright.packages.documents.moodle.availability import said

_NUMERIC, _ESSAY = "8", "10"
_ANSWERED = ("1", "2", "3", "5", _NUMERIC, _ESSAY)  # pages with a question: short, true or false, chosen, matched
_WRONG = "@#wronganswer#@"  # stands for whatever else is answered
_VALUE = r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?"
_RANGE = re.compile(rf"\*|{re.escape(_WRONG)}|{_VALUE}(?:\s*:\s*{_VALUE})?")
_ON, _FIRST = "1", "0"


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


def _page(page: etree._Element) -> Iterator[Flaw]:
    """Yield why a question of a lesson cannot be answered."""
    kind, answers = said(page, "qtype"), page.findall("answers/answer")
    texts = [said(one, "answer_text").strip() for one in answers]
    if kind in _ANSWERED and page.find("answers") is not None and not answers:
        yield _unanswered(page, "it has no answers")
    elif kind == _NUMERIC and (odd := [text for text in texts if not _RANGE.fullmatch(text)]):
        yield _unanswered(page, f"its answer '{odd[0][:40]}' is not a number")


def _unanswered(page: etree._Element, reason: str) -> Flaw:
    return amiss(page, f"the page {titled(page, 'title')}", reason, "nobody answers it", "correct its answers")
