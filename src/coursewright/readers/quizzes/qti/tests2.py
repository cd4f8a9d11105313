"""A test of QTI 2.1 or 3.0 with the items that it names, which stand in files beside it."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from urllib.parse import unquote

from lxml import etree

from coursewright.course.quiz import Draw, Question, Quiz
from coursewright.findings import messages
from coursewright.findings.finding import Finding, Place
from coursewright.packages.documents.parsing import line_of
from coursewright.readers.quizzes.banks import bank
from coursewright.readers.quizzes.documents_xml import name_of, read_bytes, rooted
from coursewright.readers.quizzes.qti.items2 import attribute, children, item_question
from coursewright.readers.quizzes.qti.scoring import number_in
from coursewright.readers.quizzes.sheet import Sheet

_MOST_ITEMS = 5_000
_MANIFEST = "imsmanifest.xml"
_DEEPEST = 6  # folders of a package that a test may stand in


def item_quiz(root: etree._Element, sheet: Sheet, findings: list[Finding]) -> Quiz | None:
    """Return an item that stands alone as a quiz of one question."""
    question = item_question(root, sheet.path, findings)
    title = attribute(root, "title")
    return bank(sheet, title, [question], findings, key=attribute(root, "identifier")) if question else None


def test_quiz(root: etree._Element, sheet: Sheet, folder: Path, findings: list[Finding]) -> Quiz | None:
    """Return a test as a quiz; its items are read from its folder, or from the unpacked package that this is in."""
    questions: list[Question | Draw] = []
    for section in _outer_sections(root):
        questions += _section(section, sheet, folder, findings)
    quiz = bank(sheet, attribute(root, "title"), questions, findings, key=attribute(root, "identifier"))
    limits = next((one for one in root.iter() if name_of(one) == "timeLimits"), None)
    seconds = number_in(attribute(limits, "maxTime")) if limits is not None else None
    return quiz and replace(quiz, minutes=seconds / 60 if seconds else None)


def _outer_sections(root: etree._Element) -> list[etree._Element]:
    sections = children(root, "assessmentSection")
    return [one for one in sections if all(name_of(above) != "assessmentSection" for above in one.iterancestors())]


def _section(section: etree._Element, sheet: Sheet, folder: Path, findings: list[Finding]) -> Iterator[Question | Draw]:
    found: list[Question] = []
    listed = children(section, "assessmentItemRef")
    if more := listed[_MOST_ITEMS:]:
        reason = f"of one section, {_MOST_ITEMS} are read, and it has {len(more)} more"
        findings.append(messages.QUESTION_LEFT_OUT.at(Place(sheet.path, line_of(more[0])), reason=reason))
    for one in listed[:_MOST_ITEMS]:
        question = _referred(one, sheet, folder, findings)
        if question:
            found.append(question)
    chosen = next(iter(children(section, "selection")), None)
    count = number_in(attribute(chosen, "select")) if chosen is not None else None
    if count and 0 < count < len(found):
        yield Draw(attribute(section, "title"), int(count), 1.0, tuple(found))
    else:
        yield from found


def _referred(element: etree._Element, sheet: Sheet, folder: Path, findings: list[Finding]) -> Question | None:
    name = unquote(attribute(element, "href")).replace("\0", "")
    path = (folder / name).resolve()
    place = Place(sheet.path, line_of(element))
    if not name or not path.is_relative_to(_package(folder.resolve())) or not path.is_file():
        findings.append(messages.QUESTION_LEFT_OUT.at(place, reason=f"its file '{name}' is not in this folder"))
        return None
    shown = posixpath.normpath(posixpath.join(posixpath.dirname(sheet.path), name))
    data = read_bytes(path, shown, findings)
    root = rooted(data, shown, "QTI", findings) if data is not None else None
    if root is None:
        return None
    _lead_from(root, posixpath.dirname(name))
    return item_question(root, shown, findings)


def _lead_from(item: etree._Element, folder: str) -> None:
    """Make the addresses in an item lead from its test's folder; `folder` is that of the item as the test names it."""
    for element in item.iter(etree.Element):
        for name in ("src", "data"):
            address = element.get(name) or ""
            if folder and address and not address.startswith("/") and ":" not in address:
                element.set(name, posixpath.normpath(posixpath.join(folder, address)))


def _package(folder: Path) -> Path:
    """Return the unpacked package that a folder is in, known by its manifest; the folder itself where it is in none."""
    above = (folder, *folder.parents)[:_DEEPEST]
    return next((one for one in above if (one / _MANIFEST).is_file()), folder)
