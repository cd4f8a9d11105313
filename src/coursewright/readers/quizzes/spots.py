"""Where in a document a question stands, with all that tells its answer."""

from __future__ import annotations

from coursewright.course.quiz import Question
from coursewright.findings.finding import Finding
from coursewright.frozen import frozen


@frozen
class Found:
    """The lines from `first` up to `end` that are one question with its key; without one, lines that are only a key.

    `number` is what its author calls it. `sure` says that nothing else is written so: elsewhere it takes other
    questions, or a title, to tell a quiz from what only looks like one. `boxed` says that it may be a list of tasks,
    `ticks` that its options are boxes without letters.
    """

    first: int
    end: int
    question: Question | None = None
    findings: tuple[Finding, ...] = ()
    number: str = ""
    sure: bool = True
    boxed: bool = False
    ticks: bool = False
