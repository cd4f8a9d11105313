"""A quiz or a bank in QTI 1.2."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import field, replace
from pathlib import Path

from lxml import etree

from coursewright.course.quiz import Draw, Question, Quiz
from coursewright.findings import messages
from coursewright.findings.finding import Finding, Place
from coursewright.frozen import frozen
from coursewright.packages.documents.fields import read_as
from coursewright.packages.documents.qti12.values import BankSelection, QtiFlow, QtiItem, QtiSection
from coursewright.readers.quizzes.banks import bank
from coursewright.readers.quizzes.documents_xml import read_bytes, rooted
from coursewright.readers.quizzes.qti.items import question_of
from coursewright.readers.quizzes.qti.scoring import material_of, number_in
from coursewright.readers.quizzes.sheet import Sheet

_MOST_DRAWN = 50_000  # questions that a quiz draws from, each as often as it may be drawn
_TOO_MANY = f"the quiz draws from more than {_MOST_DRAWN} questions, or from an empty bank"


@frozen
class _Banks:
    """The banks that questions are drawn from: those of the document, and those in files of their own beside it."""

    own: dict[str, QtiSection]
    sheet: Sheet
    findings: list[Finding]
    read: dict[str, list[Question]] = field(default_factory=dict)
    counted: list[int] = field(default_factory=list)

    def questions(self, name: str) -> list[Question]:
        """Return the questions of a bank, which are read once; none where so many were drawn from before."""
        if name not in self.read:
            known = self.find(name)
            found = [] if known is None else _questions(known, None, self.sheet.path, self.findings)
            self.read[name] = [one for one in found if isinstance(one, Question)]
        self.counted.append(len(self.read[name]))
        return self.read[name] if sum(self.counted) <= _MOST_DRAWN else []

    def find(self, name: str) -> QtiSection | None:
        """Return a bank by its name, or None."""
        if name in self.own or not re.fullmatch(r"[\w.-]{1,100}", name):
            return self.own.get(name)
        path = Path(self.sheet.folder) / f"{name}.xml.qti"
        data = read_bytes(path, path.name, self.findings)
        root = rooted(data, path.name, "QTI", self.findings) if data is not None else None
        for found in () if root is None else read_as(QtiSection, root).held("objectbank")[:1]:
            self.own[name] = found
        return self.own.get(name)


def assessments_of(
    root: etree._Element, sheet: Sheet, findings: list[Finding], *, written: bool = False
) -> Iterator[Quiz]:
    """Yield the quizzes and banks of a document of QTI 1.2; `written` says that no question is taken for a template."""
    document = read_as(QtiSection, root)
    wholes = document.held("assessment", "objectbank") or [document]
    own = {one.ident: one for one in wholes if one.name == "objectbank"}
    banks = _Banks(own, sheet, findings)
    for one in wholes:
        quiz = _quiz(one, banks, sheet, findings, written=written)
        if quiz:
            yield quiz


def _quiz(
    whole: QtiSection, banks: _Banks | None, sheet: Sheet, findings: list[Finding], *, written: bool
) -> Quiz | None:
    metadata = whole.known.facts
    title = whole.title or metadata.get("bank_title") or ""
    questions = list(_questions(whole, banks, sheet.path, findings))
    quiz = bank(sheet, title, questions, findings, key=whole.ident, written=written)
    if quiz is None:
        return None
    attempts = metadata.get("cc_maxattempts", "")
    return replace(
        quiz,
        line=whole.line,
        instructions=_written(whole.rubric) or _written(whole.presentation_material),
        minutes=number_in(metadata.get("qmd_timelimit")) or None,
        attempts=int(attempts) if attempts.isdigit() else 0,
    )


def _written(flow: QtiFlow | None) -> str:
    return material_of(flow.contents) if flow else ""


def _questions(
    whole: QtiSection, banks: _Banks | None, path: str, findings: list[Finding]
) -> Iterator[Question | Draw]:
    for child in whole.contents:
        if isinstance(child, QtiItem):
            question = question_of(child, path, findings)
            if question:
                yield question
        elif child.name == "section":
            inner = list(_questions(child, banks, path, findings))
            selection = child.selection
            if selection is None or number_in(selection.selection_number) is None:
                yield from inner
            else:
                yield from _drawn(child, selection, inner, banks, path, findings)


def _drawn(
    section: QtiSection,
    selection: BankSelection,
    inner: list[Question | Draw],
    banks: _Banks | None,
    path: str,
    findings: list[Finding],
) -> Iterator[Draw]:
    """Yield so many questions drawn of those in a section, or of the bank that it names."""
    source, count = selection.sourcebank_ref, int(number_in(selection.selection_number) or 0)
    known = banks.questions(source) if source and banks else []
    inner = [*inner, *known]
    if source and not known:
        reason = f"its bank '{source}' cannot be found" if not banks or banks.find(source) is None else _TOO_MANY
        findings.append(messages.QUESTION_LEFT_OUT.at(Place(path, section.line), reason=reason))
    asked = tuple(one for one in inner if isinstance(one, Question))
    if asked:
        points = number_in(selection.points)
        yield Draw(section.title, max(1, min(count, len(asked))), 1.0 if points is None else points, asked)
