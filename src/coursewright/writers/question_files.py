"""Formats that hold only the quizzes of a course: GIFT, Moodle XML, Markdown, and QTI 1.2 as Canvas has it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field, replace

from coursewright.course.forms import QuizForm, Trait
from coursewright.course.identifiers import course_identifier, identifier
from coursewright.course.lowering import lowered
from coursewright.course.model import Course
from coursewright.course.quiz import Quiz
from coursewright.findings import messages
from coursewright.findings.finding import Finding, Place
from coursewright.frozen import frozen
from coursewright.packages.documents import gift as gifted
from coursewright.packages.documents import markdown_quiz
from coursewright.packages.documents.canvas.names import QUIZ
from coursewright.packages.documents.manifest import Resource
from coursewright.packages.documents.moodle import questions
from coursewright.packages.documents.qti12 import canvas
from coursewright.packages.documents.qti12.elements import bank_name, draws
from coursewright.packages.documents.qti12.package import TYPE, qti_manifest
from coursewright.packages.documents.wording import Wording
from coursewright.packages.files.writing import Package
from coursewright.text.names import cut
from coursewright.writers.quiz_settings import MORE, quiz_settings, too_long
from coursewright.writers.wording import wording
from coursewright.writers.writer import Materials

_LONGEST_TITLE = 200
_QTI = replace(canvas.FORM, title="QTI 1.2", traits=canvas.FORM.traits - {Trait.FILES})


@frozen
class CourseQuizzes:
    """The quizzes of a course as a format can hold them, by their identifiers with their titles."""

    by_identifier: dict[str, tuple[str, Quiz]] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)


def quizzes_of(course: Course, materials: Materials, form: QuizForm) -> CourseQuizzes:
    """Return the quizzes that learners of a course get, lowered to what a format has."""
    found = CourseQuizzes()
    plain, labels = materials.renderer.plain, materials.renderer.labels
    for unit in course.units:
        for quiz in unit.parts:
            if isinstance(quiz, Quiz) and quiz.questions:
                made = lowered(quiz, form)
                title = f"{unit.called(plain(unit.title))}: {quiz.title or labels[quiz.label]}"
                found.by_identifier[identifier(unit.identity, quiz.key)] = cut(title, _LONGEST_TITLE), made.quiz
                found.findings.extend(made.findings)
    return found


def moodle_xml_file(course: Course, materials: Materials) -> tuple[bytes, list[Finding]]:
    """Return the quizzes of a course as Moodle XML, and what is lost; nothing where there are none."""
    found = quizzes_of(course, materials, questions.FORM)
    content = questions.moodle_xml(found.by_identifier, wording(materials.renderer))
    return (content if found.by_identifier else b""), found.findings


def gift_file(course: Course, materials: Materials) -> tuple[bytes, list[Finding]]:
    """Return the quizzes of a course as GIFT, and what is lost; nothing where there are none."""
    found = quizzes_of(course, materials, gifted.FORM)
    return gifted.gift(found.by_identifier, wording(materials.renderer)).encode(), found.findings


def write_moodle_xml(package: Package, course: Course, materials: Materials) -> list[Finding]:
    """Fill a package that is a file of Moodle XML; return what is lost in it."""
    return _alone(package, course, questions.FORM, moodle_xml_file(course, materials))


def write_gift(package: Package, course: Course, materials: Materials) -> list[Finding]:
    """Fill a package that is a file of GIFT; return what is lost in it."""
    return _alone(package, course, gifted.FORM, gift_file(course, materials))


def write_markdown(package: Package, course: Course, materials: Materials) -> list[Finding]:
    """Fill a package that is a document of Markdown; return what is lost in it."""
    found = quizzes_of(course, materials, markdown_quiz.FORM)
    content = markdown_quiz.quiz_markdown(found.by_identifier.values()).encode()
    return _alone(package, course, markdown_quiz.FORM, (content, found.findings))


def _alone(package: Package, course: Course, form: QuizForm, made: tuple[bytes, list[Finding]]) -> list[Finding]:
    """Make a file the whole of a package."""
    content, findings = made
    package.add(package.name, content)
    package.bare = True
    return [*findings, *([] if content else [_nothing(course, package, form)])]


def _nothing(course: Course, package: Package, form: QuizForm) -> Finding:
    return messages.NO_QUIZ.at(Place(package.name), course=course.title, format=form.title)


def write_qti12(package: Package, course: Course, materials: Materials) -> list[Finding]:
    """Fill a package with the quizzes of a course, a folder each; return what is lost in it."""
    found, words = quizzes_of(course, materials, _QTI), wording(materials.renderer)
    if not found.by_identifier:
        return [_nothing(course, package, _QTI)]
    resources, files = [], {}
    for position, (name, (title, quiz)) in enumerate(found.by_identifier.items(), start=1):
        meta = f"{name}-meta"
        resources.append(Resource(name, [f"{name}/{name}.xml"], type=TYPE, needs=[meta]))
        resources.append(Resource(meta, [f"{name}/{QUIZ}"], type=MORE))
        files[f"{name}/{name}.xml"] = canvas.canvas_assessment(quiz, name, title, words)
        files[f"{name}/{QUIZ}"] = quiz_settings(quiz, name, title, words, position)
        banks = _banks(quiz, name, title, words)
        resources += [Resource(bank, [f"{bank}/{bank}.xml"], type=TYPE) for bank in banks]
        files |= {f"{bank}/{bank}.xml": content for bank, content in banks.items()}
        found.findings.extend(too_long(quiz, words))
    package.add("imsmanifest.xml", qti_manifest(course_identifier(course.name), resources))
    for path, content in files.items():
        package.add(path, content)
    return [*found.findings, *package.problems()]


def _banks(quiz: Quiz, name: str, title: str, words: Wording) -> Mapping[str, bytes]:
    """Return the banks that a quiz draws from."""
    named = {bank_name(name, number): draw for number, draw in enumerate(draws(quiz), start=1)}
    return {bank: canvas.canvas_bank(draw, name, bank, draw.title or title, words) for bank, draw in named.items()}
