"""Work of ours with what its page said of it as values again: when it is done, and which competencies it shows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from coursewright.course.blocks import Judged
from coursewright.course.model import Competency
from coursewright.course.parts import Assignment, Discussion, Submission
from coursewright.readers.packages.frames import Unframed
from coursewright.readers.packages.texts import inline
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


def reworked(work: Assignment, frame: Unframed, labels: Mapping[str, str]) -> Assignment:
    """Return an assignment of ours with what is made anew of its page as values."""
    judged = judged_of(frame, labels)
    return replace(
        work,
        judged=judged,
        criterion=judged.criteria,
        competencies=competencies_of(frame, labels),
        submissions=() if set(work.submissions) == _USUAL else work.submissions,
        rubric=() if judged.criteria or frame.shown else work.rubric,
    )


def rediscussed(talk: Discussion, frame: Unframed, labels: Mapping[str, str]) -> Discussion:
    """Return a discussion of ours likewise."""
    return replace(talk, judged=judged_of(frame, labels))
