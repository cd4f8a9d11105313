"""A quiz in a Canvas cartridge: its questions in Canvas's form and in the profile, its settings, and its banks."""

from __future__ import annotations

from dataclasses import dataclass, field

from coursewright.course.lowering import lowered
from coursewright.course.quiz import Quiz
from coursewright.findings.finding import Finding
from coursewright.packages.documents.cartridge import V11, File
from coursewright.packages.documents.manifest import Resource
from coursewright.packages.documents.qti12.canvas import FORM, canvas_assessment, canvas_bank
from coursewright.packages.documents.qti12.cartridge import cartridge_assessment, cartridge_form
from coursewright.packages.documents.qti12.elements import bank_name, draws
from coursewright.packages.documents.wording import Wording
from coursewright.writers.assessments import MORE, quiz_settings, too_long

_ALSO = cartridge_form("Common Cartridge")


@dataclass(frozen=True, slots=True)
class PackedCanvasQuiz:
    """What a quiz becomes: resources with their files, what the module requires, and what is lost."""

    quiz: Quiz
    resources: list[tuple[Resource, list[File]]] = field(default_factory=list)
    findings: tuple[Finding, ...] = ()


def canvas_quiz(quiz: Quiz, identifier: str, title: str, words: Wording, position: int = 1) -> PackedCanvasQuiz:
    """Return a quiz as Canvas and, in the profile, other LMSs read it."""
    found = lowered(quiz, FORM)
    own, also = found.quiz, lowered(quiz, _ALSO).quiz
    paths = [f"non_cc_assessments/{identifier}.xml.qti", f"{identifier}/assessment_meta.xml"]
    meta = f"{identifier}-meta"
    settings = quiz_settings(own, identifier, title, words, position)
    profile: list[File] = [(f"{identifier}/assessment_qti.xml", cartridge_assessment(also, identifier, title, words))]
    kind = f"imsqti_xmlv1p2/imscc_xml{V11.tag}/assessment"
    resources: list[tuple[Resource, list[File]]] = [
        (Resource(identifier, [path for path, _ in profile], type=kind, needs=[meta]), profile),
        (
            Resource(meta, paths[::-1], True, type=MORE),
            [(paths[1], settings), (paths[0], canvas_assessment(own, identifier, title, words))],
        ),
    ]
    for number, draw in enumerate(draws(own), start=1):
        name = bank_name(identifier, number)
        path = f"non_cc_assessments/{name}.xml.qti"
        bank: list[File] = [(path, canvas_bank(draw, identifier, name, draw.title or title, words))]
        resources.append((Resource(name, [path], True, type=MORE), bank))
    return PackedCanvasQuiz(own, resources, (*found.findings, *too_long(own, words)))
