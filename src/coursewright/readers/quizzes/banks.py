"""What banks of questions have in common: a list of questions becomes a quiz."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from coursewright.course.quiz import Draw, Question, QuestionKind, Quiz, keyed
from coursewright.findings import messages
from coursewright.findings.finding import Finding
from coursewright.readers.quizzes.sheet import Sheet
from coursewright.readers.quizzes.templates import are_templates, is_template
from coursewright.text.names import digest, shortened


def bank(
    sheet: Sheet,
    title: str,
    questions: Sequence[Question | Draw],
    findings: list[Finding],
    *,
    key: str = "",
    written: bool = False,
) -> Quiz | None:
    """Return some questions as a quiz, or None where there are none, or where all have yet to be written.

    `written` says that all are known to be written, whatever they look like: learners have answered them.
    """
    asked = [one for one in questions if isinstance(one, Question)]
    if not questions or (are_templates(asked) and not written):
        findings += [messages.QUIZ_TEMPLATE.at(sheet.place(0), text=shortened(one.stem, 60)) for one in asked[:1]]
        return None
    kept: list[Question | Draw] = []
    for one in questions:
        if isinstance(one, Question) and not written and is_template(one) and one.kind is not QuestionKind.PASSAGE:
            findings.append(
                messages.QUIZ_TEMPLATE.at(replace(sheet.place(0), line=one.line), text=shortened(one.stem, 60))
            )
        else:
            kept.append(one)
    name = key or f"quiz-{digest(' '.join((title, *(one.stem for one in asked[:3]))), 10)}"
    graded = any(isinstance(one, Draw) or one.graded for one in kept)
    return Quiz(name, title, sheet.path, sheet.line(0), keyed(kept), graded=graded)
