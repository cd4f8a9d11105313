"""A quiz in a Moodle course backup: an activity with a bank of its own, and the score to pass that its author set."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from coursewright.course.lowering import lowered
from coursewright.findings.finding import Finding
from coursewright.packages.documents.moodle.bank import answer_number
from coursewright.packages.documents.moodle.questions import answers, in_course, question_text
from coursewright.packages.documents.moodle.quiz import moodle_quiz, points_of, quiz_instance
from coursewright.packages.documents.moodle.values import Activity, BankQuestion, MoodleQuiz, StoredFile
from coursewright.packages.documents.moodle.xml import own_text
from coursewright.packages.documents.wording import Wording
from coursewright.pages.parts import Exam
from coursewright.writers.moodle.filing import Filing

_FORM = in_course("Moodle")
_Said = tuple[str, str, int, str]  # the component and the area of a text, its item, and its HTML


def quiz_activity(
    exam: Exam, number: int, section: int, filing: Filing, words: Wording, least: Callable[[float, float], float]
) -> tuple[Activity, tuple[Finding, ...]]:
    """Return a quiz as an activity, and what is lost in it. `least` says which points pass, of all and in percent."""
    made = lowered(exam.quiz, _FORM)
    found = moodle_quiz(made.quiz, filing.numbers, exam.title)
    points = points_of(found) if made.quiz.graded else 0
    intro = own_text(words.html(made.quiz.instructions))
    activity = Activity(
        number,
        section,
        exam.identifier,
        exam.title,
        quiz_instance(found, number, intro),
        points=points,
        to_pass=least(points, made.quiz.passing or 0) if points else 0,
        files=list(_files(found, exam, intro, words, filing)) if exam.files else (),
        quiz=found,
    )
    return activity, made.findings


def _files(found: MoodleQuiz, exam: Exam, intro: str, words: Wording, filing: Filing) -> Iterator[StoredFile]:
    """Yield the files that texts of a quiz show, once for each text: each has an area of its own."""
    texts: list[_Said] = [("mod_quiz", "intro", 0, intro)]
    texts += [said for category in found.categories for one in category.questions for said in _said(one, words)]
    for component, area, item, html in texts:
        for asset in exam.files:
            if filing.address(asset) in html:
                yield replace(filing.stored(asset, component), area=area, item=item)


def _said(one: BankQuestion, words: Wording) -> Iterator[_Said]:
    """Yield the texts of a question that may show files."""
    question = one.question
    yield "question", "questiontext", one.number, question_text(question, words, numbered=True)
    yield "question", "generalfeedback", one.number, words.html(question.feedback.general)
    for place, answer in enumerate(answers(question, words), start=1):
        yield "question", "answer", answer_number(one.number, place), answer.text
        yield "question", "answerfeedback", answer_number(one.number, place), answer.feedback
