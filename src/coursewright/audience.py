"""What is for staff: sections by their title, and within a text its paths, labels and notes."""

from __future__ import annotations

import re

from coursewright.model import Audience, Text
from coursewright.wording import normal

# The layouts' own sections that speak to the people who make and run the course.
_STAFF_SECTIONS = frozenset(
    {
        "solutions plan",
        "solutions and validation",
        "solution and repository plan",
        "solutions",
        "answer key",
        "answers",
        "shared assets and legacy mapping",
        "legacy alignment and next steps",
        "assets and reuse strategy",
        "dependencies and notes",
        "sign off",
        "signoff",
        "instructor notes",
        "facilitator notes",
        "teacher notes",
        "validation status",
        "repository strategy",
    }
)
_STAFF_WORDS = re.compile(
    r"\b(?:solutions?|\w*lösung(?:en)?|erwartungshorizont|corrigés?|soluci[oó]n(?:es)?"
    r"|answer (?:keys?|sheets?)|(?:quiz|test|exam) keys?|answers"
    r"|sign offs?|approvals?|legacy (?:mapping|alignment)|internal|staff|für (?:lehrende|lehrkräfte|lehrpersonen)"
    r"|for (?:instructors|teachers|trainers|graders|tutors|lecturers|tas)"
    r"|(?:instructor|facilitator|teacher|trainer|grader|reviewer|tutor|lecturer|ta)(?: ?s)?"
    r" (?:notes?|guide|only|section|use)"
    r"|(?:teaching|facilitation|grading|marking) (?:notes?|keys?|guide|scheme)"
    r"|repository (?:plan|strategy|mapping)|validation status)\b"
)
_STAFF_LABEL = re.compile(
    r"[>\s]*[*_]{2,3}(?:(?:solutions?|answers?|legacy|repository)(?![a-z])[^*_]*|correct answer"
    r"|validation (?:status|profiles|requirements)|repo / path|automation hooks|access controls"
    r"|author|reviewers?(?:\(s\))?|date approved):?[*_]{2,3}"
    r"|[>\s]*[*_]{0,3}(?:answer keys?|(?:instructor|facilitator|teacher|grader)s?'?s? notes?)[*_]{0,3}\s*:",
    re.IGNORECASE,
)
_ROOTS = (
    r"(?:modules|projects|solutions|lessons|curriculum|repositories|tools|resources|exercises"
    r"|templates/(?:curriculum|solutions))"
)
_PATH = re.compile(
    rf"`(?:[^`]*\s)?(?:\.{{0,2}}/)?{_ROOTS}/[^`]*`|`[^`]*(?:/home/|(?:metadata|master-plan)\.yaml)[^`]*`"
    rf"|(?<![\w/:.@-])(?:\.{{0,2}}/)?{_ROOTS}/(?=[\w.<>*-]*(?:[-\d_<*/]|\.\w))[\w.<>*/-]+"
    r"|(?<![\w/:.])/home/[\w./-]+|(?<![\w/])\./tools/\S+",
)
_STAFF_TEXT = re.compile(
    r"\brepository strategy\b|\bsolutions? (?:are |is )?(?:planned|validated|published)\b"
    r"|(?<!\w)(?:correct )?answers?:\s*\S|^\s?\(solutions?:",
    re.IGNORECASE,
)
_WORTH_A_LOOK = re.compile(r"/|\*\*|__|<!--|yaml|[Ss]olution|[Rr]epository|[Aa]nswer|[Nn]ote")  # of most texts, nothing
FOLDED_ANSWER = re.compile(r"<summary>[^<]*(?:answer|solution|lösung)", re.IGNORECASE)
_COMMENT = re.compile(r"<!--.*?(?:-->|$)", re.DOTALL)
_ASIDE = re.compile(r"(?<!\s)\s?\([^()]*\)")
_SENTENCE_END = re.compile(r"(?<=[.!?])\s(?=[A-ZÀ-Þ`*(\[])|(?<=;)\s")


def usual_audience(title: str) -> tuple[Audience, bool]:
    """Return whom a section is for by its title, and whether that is a guess from words rather than a known title."""
    name = normal(title)
    if name in _STAFF_SECTIONS:
        return Audience.STAFF, False
    if _STAFF_WORDS.search(name):
        return Audience.STAFF, True
    return Audience.LEARNER, False


def is_staff_label(text: str) -> bool:
    """Say whether a line begins with a label for staff, such as `**Answer**`."""
    return bool(_STAFF_LABEL.match(text))


def for_learners(text: Text) -> Text:
    """Return what a learner may read of a text, which is empty when nothing is left.

    A comment, and an aside in parentheses that holds a repository path, are cut out; a path anywhere else takes its
    sentence with it.
    """
    if not _WORTH_A_LOOK.search(text):
        return text
    if is_staff_label(text):
        return Text("", text.line)
    kept = _COMMENT.sub("", text) if "<!--" in text else str(text)
    kept = _ASIDE.sub(lambda aside: "" if _is_staff(aside[0]) else aside[0], kept) if "(" in kept else kept
    if _is_staff(kept):
        kept = " ".join(sentence for sentence in _SENTENCE_END.split(kept) if not _is_staff(sentence))
    kept = kept.rstrip(" ;") if kept != text else kept
    return text if kept == text else Text(kept if kept.strip(" .") else "", text.line)


def difference(text: Text, kept: Text) -> str:
    """Return what learners do not get of a text: all of it, or its comments, asides and sentences for staff."""
    if not kept:
        return text
    cut = [found for found in (*_COMMENT.findall(text), *_ASIDE.findall(text)) if found not in kept]
    return " … ".join(part.strip() for part in cut or _SENTENCE_END.split(text) if part not in kept)


def _is_staff(text: str) -> bool:
    return bool(_PATH.search(text) or _STAFF_TEXT.search(text))
