"""What the metadata of QTI 1.2 say of questions: their kinds and points."""

from __future__ import annotations

from collections.abc import Mapping

from coursewright.course.quiz import QuestionKind

QTI_NAMESPACE = "http://www.imsglobal.org/xsd/ims_qtiasiv1p2"
CANVAS_KINDS: Mapping[QuestionKind, str] = {
    QuestionKind.CHOICE: "multiple_choice_question",
    QuestionKind.CHOICES: "multiple_answers_question",
    QuestionKind.BOOLEAN: "true_false_question",
    QuestionKind.TEXT: "short_answer_question",
    QuestionKind.NUMBER: "numerical_question",
    QuestionKind.BLANKS: "fill_in_multiple_blanks_question",
    QuestionKind.MATCH: "matching_question",
    QuestionKind.ESSAY: "essay_question",
    QuestionKind.UPLOAD: "file_upload_question",
    QuestionKind.PASSAGE: "text_only_question",
}
"""What Canvas calls the kinds of questions that it has."""
DROPDOWNS, CALCULATED = "multiple_dropdowns_question", "calculated_question"
PROFILE_KINDS: Mapping[QuestionKind, str] = {
    QuestionKind.CHOICE: "cc.multiple_choice.v0p1",
    QuestionKind.CHOICES: "cc.multiple_response.v0p1",
    QuestionKind.BOOLEAN: "cc.true_false.v0p1",
    QuestionKind.TEXT: "cc.fib.v0p1",
    QuestionKind.ESSAY: "cc.essay.v0p1",
}
"""What the profile of cartridges calls the kinds of questions that it has."""
_KINDS: Mapping[str, QuestionKind] = {
    **{name: kind for kind, name in CANVAS_KINDS.items()},
    **{name: kind for kind, name in PROFILE_KINDS.items()},
    DROPDOWNS: QuestionKind.BLANKS,
    "ordering_question": QuestionKind.ORDER,
    "cc.pattern_match.v0p1": QuestionKind.TEXT,
}


def kind_named(facts: Mapping[str, str]) -> QuestionKind | None:
    """Return the kind that the metadata of an item name: Canvas's first, then that of the profile."""
    return _KINDS.get(facts.get("question_type", "")) or _KINDS.get(facts.get("cc_profile", ""))


def points_of(facts: Mapping[str, str]) -> str:
    """Return what an item is worth, as its metadata say it."""
    return facts.get("points_possible") or facts.get("cc_weighting", "")
