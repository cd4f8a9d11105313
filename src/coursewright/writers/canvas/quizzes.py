"""A quiz in a Canvas cartridge: its questions in Canvas's form and in the profile, its settings, and its banks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from coursewright.course.lowering import lowered
from coursewright.course.quiz import Draw, asked
from coursewright.findings.finding import Finding
from coursewright.packages.documents.canvas.names import QUIZ, questions_file
from coursewright.packages.documents.cartridge import V11, File
from coursewright.packages.documents.manifest import Resource
from coursewright.packages.documents.qti12.canvas import FORM, canvas_assessment, canvas_bank
from coursewright.packages.documents.qti12.cartridge import cartridge_assessment, cartridge_form
from coursewright.packages.documents.qti12.elements import bank_name, draws
from coursewright.packages.documents.wording import Wording
from coursewright.pages.parts import Exam, Lesson, Part
from coursewright.writers.quiz_settings import MORE, quiz_settings, too_long

_ALSO = cartridge_form("Common Cartridge")
Packed = tuple[Resource, list[File]]


def examined(found: Lesson, words: Wording) -> tuple[Lesson, list[Finding]]:
    """Return a lesson with its quizzes as Canvas can hold them, and what is lost."""
    findings: list[Finding] = []

    def fitted(part: Part) -> Part:
        if not isinstance(part, Exam):
            return part
        made = lowered(part.quiz, FORM)
        findings.extend((*made.findings, *too_long(made.quiz, words)))
        return replace(part, quiz=made.quiz)

    parts, staff = tuple(map(fitted, found.parts)), tuple(map(fitted, found.staff))
    return replace(found, parts=parts, staff=staff), findings


def staff_bank(exam: Exam, words: Wording) -> tuple[Resource, File]:
    """Return a bank of all questions of a quiz that only staff see, and its resource."""
    name, path = exam.identifier, questions_file(exam.identifier)
    whole = Draw(exam.title, 1, 1.0, tuple(asked(exam.quiz)))
    return Resource(name, [path], True, type=MORE), (path, canvas_bank(whole, name, name, exam.title, words))


def canvas_quiz(exam: Exam, words: Wording, position: int) -> Iterator[Packed]:
    """Yield the resources of a quiz, as Canvas reads it and, in the profile, others do; the first is the quiz."""
    quiz, name, title = exam.quiz, exam.identifier, exam.title
    own, settings, meta = questions_file(name), f"{name}/{QUIZ}", f"{name}-meta"
    also = f"{name}/assessment_qti.xml"
    profile = cartridge_assessment(lowered(quiz, _ALSO).quiz, name, title, words)
    yield Resource(name, [also], type=V11.questions("assessment"), needs=[meta]), [(also, profile)]
    files: list[File] = [
        (settings, quiz_settings(quiz, name, title, words, position)),
        (own, canvas_assessment(quiz, name, title, words)),
    ]
    yield Resource(meta, [settings, own], True, type=MORE), files
    for number, draw in enumerate(draws(quiz), start=1):
        bank = bank_name(name, number)
        path = questions_file(bank)
        content = canvas_bank(draw, name, bank, draw.title or title, words)
        yield Resource(bank, [path], True, type=MORE), [(path, content)]
