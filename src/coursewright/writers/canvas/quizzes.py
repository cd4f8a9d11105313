"""A quiz in a Canvas cartridge: its questions in Canvas's form and in the profile, its settings, and its banks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from coursewright.course.lowering import lowered
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
    """Return a lesson with its quizzes as Canvas can hold them, and what is lost; those for staff are left out."""
    parts: list[Part] = []
    findings: list[Finding] = []
    for part in found.parts:
        if isinstance(part, Exam):
            made = lowered(part.quiz, FORM)
            findings += [*made.findings, *too_long(made.quiz, words)]
            parts.append(replace(part, quiz=made.quiz))
        else:
            parts.append(part)
    staff = tuple(part for part in found.staff if not isinstance(part, Exam))
    return replace(found, parts=tuple(parts), staff=staff), findings


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
