"""Work of ours with what its page said of it as values again: when it is done, and which competencies it shows."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from coursewright.course.blocks import Judged
from coursewright.course.parts import Assignment, Discussion, Submission
from coursewright.course.values import Competency
from coursewright.readers.packages.frames import Unframed
from coursewright.readers.packages.texts import inline
from coursewright.readers.quizzes.markup import escaped
from coursewright.text.markdown.values import Text

_USUAL = {Submission.TEXT, Submission.FILE, Submission.ADDRESS}


def judged_of(frame: Unframed, labels: Mapping[str, str]) -> Judged:
    """Return what counts as done, and how that is checked."""
    said = dict(frame.facts)
    return Judged(*(Text(inline(said.get(labels[name], ""))) for name in ("criteria", "validation")))


def competencies_of(frame: Unframed, labels: Mapping[str, str]) -> tuple[Competency, ...]:
    """Return the competencies that work shows: each with its target, and what is evidence of it."""
    return tuple(_competency(inline(line), labels["colon"]) for line in frame.shown)


def _competency(line: str, colon: str) -> Competency:
    named, _, evidence = line.partition(" – ")
    name, _, target = named.partition(colon)
    return Competency(Text(name), Text(target), Text(evidence), Text(""))


def reworked(work: Assignment, frame: Unframed, labels: Mapping[str, str], stated: str) -> Assignment:
    """Return an assignment of ours with what is made anew of its page as values.

    `stated` is what counts as done, as plain text, where its page does not say it.
    """
    judged = judged_of(frame, labels)
    return replace(
        work,
        judged=judged,
        criterion=judged.criteria or Text(escaped(stated)),
        threshold=work.threshold or _threshold(frame, labels),
        competencies=competencies_of(frame, labels),
        submissions=() if set(work.submissions) == _USUAL else work.submissions,
    )


def _threshold(frame: Unframed, labels: Mapping[str, str]) -> float | None:
    """Return the score to reach, as the page of work says it."""
    before, _, after = labels["judged_score"].partition("{score}")
    said = dict(frame.facts).get(labels["judged"], "")
    found = re.fullmatch(rf"{re.escape(before)}(\d+(?:[.,]\d+)?){re.escape(after)}", said)
    return float(found[1].replace(",", ".")) if found else None


def rediscussed(talk: Discussion, frame: Unframed, labels: Mapping[str, str]) -> Discussion:
    """Return a discussion of ours likewise."""
    graded = any(name == labels["hand_in"] for name, _ in frame.facts)
    return replace(talk, judged=judged_of(frame, labels), graded=graded)
