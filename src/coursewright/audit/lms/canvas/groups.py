"""What Canvas makes of the groups of a quiz, which draw questions from a bank, and of quizzes that hold none."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from lxml import etree

from coursewright.audit.rules.canvas.course import number
from coursewright.findings import messages
from coursewright.findings.finding import Finding, Severity
from coursewright.packages.documents.addresses import local_name
from coursewright.packages.documents.canvas.names import QUIZ
from coursewright.packages.documents.canvas.quizzes import QuizSettings
from coursewright.packages.documents.parsing import text_of
from coursewright.packages.documents.qti12.values import facts_of
from coursewright.packages.documents.reading import place_of, read_value
from coursewright.packages.subject import Subject

ROOT = "questestinterop"
"""The element that documents of QTI 1.2 begin with."""
_HOLDERS = ("section", "objectbank")


def groups_draw(name: str, root: etree._Element, banks: set[str], subject: Subject) -> Iterator[Finding]:
    """Yield a finding where a document holds no quiz, or its questions where no quiz looks, and for each group that
    draws nothing, or says not what its questions are worth; `banks` are those that there are, with questions."""
    if local_name(root) != ROOT:
        reason, remedy = f"it begins with <{local_name(root)[:40]}>", f"begin it with <{ROOT}>"
        place = place_of(name, subject.container, root)
        yield messages.CANVAS_LEAVES_OUT.at(place, what="the quiz in this file", reason=reason, remedy=remedy)
        return
    holder = next(root.iter("{*}assessment", "{*}objectbank"), None)
    place, nothing = place_of(name, subject.container, root), root.find("{*}item") is None
    if holder is None and nothing and root.find("{*}section") is None:
        remedy, reason = "write an <assessment> in it", "it has neither an <assessment> nor an <objectbank>"
        yield messages.CANVAS_LEAVES_OUT.at(place, what="the quiz in this file", reason=reason, remedy=remedy)
    elif subject.found.is_canvas and holder is not None and _is_nameless(holder):
        found, about = messages.CANVAS_KNOWS_NO_SUCH_VALUE, {"taken": "it gets its ident", "known": "bank_title"}
        yield found.at(place, what="the bank in this file", reason="it has no title", **about)
    elif stray := strays(root):
        reason, remedy = "they stand in no <section>", "put them into a <section>"
        what = f"the questions of a quiz ({stray})"
        yield messages.CANVAS_LEAVES_OUT.at(place, what=what, reason=reason, remedy=remedy)
    for selection in root.iter("{*}selection"):
        yield from _group(name, selection, banks, subject)


def _is_nameless(holder: etree._Element) -> bool:
    is_bank = local_name(holder) == "objectbank" and next(holder.iter("{*}item"), None) is not None
    return is_bank and not facts_of(holder).get("bank_title", "").strip()


def adds_up(root: etree._Element, name: str, subject: Subject) -> bool:
    """Say whether the points of a quiz are what its settings say, with 1 for each question that does not say."""
    quiz = root.find("{*}assessment")
    settings = None if quiz is None else read_value(QuizSettings, f"{quiz.get('ident', '')}/{QUIZ}", subject.container)
    said = number(settings.points_possible) if settings else None
    if quiz is None or said is None or next(quiz.iter("{*}selection"), None) is not None:
        return False
    return sum(_worth(item) for item in quiz.iter("{*}item")) == said


def _worth(item: etree._Element) -> float:
    said = {label.lower(): entry for label, entry in facts_of(item).items()}.get("points_possible")
    return 1.0 if said is None else number(said) or 0.0


def strays(root: etree._Element) -> int:
    """Return how many questions of assessments are in none of the sections in which Canvas looks for them."""
    items = (one for assessment in root.iter("{*}assessment") for one in assessment.iter("{*}item"))
    return sum(1 for one in items if not any(etree.QName(each).localname in _HOLDERS for each in one.iterancestors()))


def _group(name: str, selection: etree._Element, banks: set[str], subject: Subject) -> Iterator[Finding]:
    place = place_of(name, subject.container, selection)
    bank, other = text_of(selection.find("{*}sourcebank_ref")).strip(), selection.find(".//{*}sourcebank_context")
    if bank and bank not in banks and other is None:
        reason = f"their bank '{bank}' is not in the cartridge, or has no questions"
        yield _left_out(reason, "add the bank, with its questions, to non_cc_assessments/", selection, name, subject)
    number = text_of(selection.find("{*}selection_number")).strip()
    extension = selection.find("{*}selection_extension")
    if (bank or extension is not None) and not re.match(r"0*[1-9]", number):
        reason = f"the number of questions to draw is '{number[:20]}'" if number else "it does not say how many to draw"
        yield _left_out(reason, "write how many in <selection_number>", selection, name, subject)
    points = text_of(selection.find("{*}selection_extension/{*}points_per_item")).strip()
    around = next(selection.iterancestors("{*}section"), None)
    others = {_worth(item) for item in around.iterchildren("{*}item")} if around is not None else set()
    is_group = bool(points or bank or (number and others - {1.0}))
    if is_group and not re.fullmatch(r"\d+(\.\d*)?|\.\d+", points):
        yield messages.CANVAS_COUNTS_ONE.at(place, count=1, total=1)


def _left_out(reason: str, remedy: str, selection: etree._Element, name: str, subject: Subject) -> Finding:
    place = place_of(name, subject.container, selection)
    found = messages.CANVAS_LEAVES_OUT.at(place, what="the questions of a group", reason=reason, remedy=remedy)
    return replace(found, severity=Severity.WARNING)
