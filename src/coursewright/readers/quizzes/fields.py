"""The names under which JSON, YAML and components say what is asked, what can be chosen, and what is right."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

STEM = (
    "question",
    "question_text",
    "prompt",
    "stem",
    "q",
    "query",
    "statement",
    "text",
    "title",
    "label",
    "content",
    "description",
    "body",
    "name",
)
OPTIONS = (
    "choices",
    "options",
    "answer_options",
    "answers",
    "alternatives",
    "possible_answers",
    "responses",
    "variants",
    "distractors",
)
TEXT = ("text", "answer_text", "answer", "label", "option", "choice", "content", "title", "value", "html", "body")
MARK = (
    "correct",
    "is_correct",
    "right",
    "is_right",
    "is_answer",
    "answer_correct",
    "iscorrect",
    "isright",
    "valid",
    "is_valid",
)
KEY = (
    "correct", "correct_answer", "correct_answers", "answer", "correct_option", "correct_options", "correct_choice",
    "correct_choices", "solution", "solutions", "right_answer",
    "answer_index", "correct_index", "correct_answer_index", "correct_indexes", "correct_indices", "answer_key",
    "key", "right", "expected", "ans",
)  # fmt: skip
WHY = (
    "explanation",
    "explain",
    "rationale",
    "answer_explanation",
    "feedback",
    "reason",
    "why",
    "comment",
    "message",
    "general_feedback",
    "justification",
    "details",
    "answer_selection_explanation",
)
TOLD = ("feedback", "explain", "explanation", "rationale", "comment", "message", "reason", "why")


def spelt(mapping: Mapping[Any, Any]) -> dict[str, Any]:
    """Return a mapping whose names are spelt alike: `answerOptions` and `answer-options` as `answer_options`."""
    return {re.sub(r"(?<=[a-z0-9])(?=[A-Z])|[\s-]+", "_", str(name)).lower(): value for name, value in mapping.items()}


def first_of(found: Mapping[str, Any], names: Iterable[str], *kinds: type) -> Any:
    return next((found[name] for name in names if isinstance(found.get(name), kinds) and found[name] != ""), None)


def options_in(found: Mapping[str, Any]) -> Any:
    return next((found[name] for name in OPTIONS if isinstance(found.get(name), list | Mapping) and found[name]), [])
