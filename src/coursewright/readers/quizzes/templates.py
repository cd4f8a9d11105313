"""What only shows how to write a question: brackets and names where words should be."""

from __future__ import annotations

import re
from collections.abc import Sequence

from coursewright.course.quiz import Question

_WORDS = (
    "option|choice|answer|text|insert|your|question|distractor|correct|incorrect|wrong|letter|topic|todo|tbd|plausible"
)
_ORDINAL = "first |second |third |fourth |correct |incorrect |wrong |another |your "
_PLACEHOLDER = re.compile(
    rf"^[\s*_\"]*(?:\[[^\]\[]*\b(?:{_WORDS})\b[^\]\[]*\](?!\()|\{{\{{[^{{}}]*\b(?:{_WORDS})\b[^{{}}]*\}}\}}"
    rf"|(?:{_ORDINAL})?(?:option|choice|distractor|answer)(?: text)?\s*(?:[A-F]|[1-6]|one|two|three|four|text)?"
    r"|(?:your )?question (?:text|goes here|here)[^\w]*|lorem ipsum.*|\.\.\.|…|_{3,})[\s*_`\".?]*$",
    re.IGNORECASE,
)


def is_unwritten(text: str) -> bool:
    """Say whether a text only stands where an author is to write."""
    return bool(_PLACEHOLDER.match(text))


def is_template(question: Question) -> bool:
    """Say whether a question is one that an author has yet to write."""
    texts = [option.text for option in question.options]
    if len(texts) > 1 and sum(map(is_unwritten, texts)) * 2 > len(texts):
        return True
    return is_unwritten(question.stem) and (not texts or any(map(is_unwritten, texts)))


def are_templates(questions: Sequence[Question]) -> bool:
    """Say whether most of some questions have yet to be written."""
    return bool(questions) and sum(map(is_template, questions)) * 2 > len(questions)
