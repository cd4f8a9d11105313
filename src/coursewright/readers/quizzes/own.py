"""Quizzes in documents of which the front matter says `kind: quiz`: as ours are written, or in another notation."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from coursewright.course.quiz import Question, Quiz, Show, each_question, keyed
from coursewright.findings import messages
from coursewright.findings.finding import Finding, Place
from coursewright.packages.documents.quiz_document.reading import quiz_parts
from coursewright.readers.quizzes.division import whole
from coursewright.readers.quizzes.documents import spots_of, told_by, with_unticked_instructions
from coursewright.readers.quizzes.making import checked
from coursewright.readers.quizzes.sheet import Sheet, bounded

_SHOWN = {str(one): one for one in Show}


def own_quiz(front: Mapping[str, Any], lines: Sequence[str], path: str, start: int = 1) -> tuple[Quiz, list[Finding]]:
    """Return the quiz of a document below its front matter, whose first line is `start`, and what is wrong with it.

    Its key is that of the front matter, or empty.
    """
    instructions, asked, problems = quiz_parts(lines)
    findings = [messages.QUESTION_LEFT_OUT.at(Place(path, start + line - 1), reason=why) for line, why in problems]
    questions = [each_question(one, lambda question: _checked(question, path, start, findings)) for one in asked]
    quiz = Quiz(
        key=str(front.get("key") or ""),
        title=" ".join(str(front.get("title") or "").split()),
        path=path,
        line=start,
        questions=keyed(questions),
        instructions=instructions,
        show=_SHOWN.get(str(front.get("show", "")).strip().lower(), Show.AFTER_ATTEMPT),
        graded=front.get("graded") is not False,
    )
    return told_by(quiz, front), findings


def quiz_in_any_notation(
    front: Mapping[str, Any], lines: Sequence[str], path: str, start: int = 1
) -> tuple[Quiz, list[Finding]]:
    """Return the quiz of a document: as `own_quiz` reads it, or, where that finds no question, in other notations."""
    quiz, findings = own_quiz(front, lines, path, start)
    if quiz.questions or findings:
        return quiz, findings
    sheet = Sheet(bounded(lines), path, start, quiz.title)
    spots = [spot for spot in spots_of(sheet) if spot.question or spot.sure]
    found = whole(sheet, spots, findings) if any(spot.question for spot in spots) else None
    if found is None:
        return quiz, findings
    found = replace(found, key=quiz.key, title=quiz.title, line=quiz.line, show=quiz.show, graded=quiz.graded)
    return told_by(with_unticked_instructions(found), front), findings


def _checked(question: Question, path: str, start: int, findings: list[Finding]) -> Question:
    """Return a question as it can be graded, at its line in the file."""
    line = start + question.line - 1
    found, problems = checked(replace(question, line=line), Place(path, line))
    findings += problems
    return found
