"""Quizzes in documents of ours, of which the front matter says `kind: quiz`: nothing in them is guessed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from coursewright.course.quiz import Question, Quiz, Show, each_question, keyed
from coursewright.findings import messages
from coursewright.findings.finding import Finding, Place
from coursewright.packages.documents.quiz_document.reading import quiz_parts
from coursewright.readers.quizzes.documents import told_by
from coursewright.readers.quizzes.making import checked

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


def _checked(question: Question, path: str, start: int, findings: list[Finding]) -> Question:
    """Return a question as it can be graded, at its line in the file."""
    line = start + question.line - 1
    found, problems = checked(replace(question, line=line), Place(path, line))
    findings += problems
    return found
