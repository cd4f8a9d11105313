"""Documents that say of themselves that they are assignments or discussions, as parts."""

from __future__ import annotations

from coursewright.course.blocks import Headed, Judged
from coursewright.course.parts import Assignment, Discussion
from coursewright.readers.folder.told import PartTold
from coursewright.text.markdown.values import Text


def work_of(told: PartTold, key: str, title: str, content: tuple[Headed, ...], path: str, line: int) -> Assignment:
    """Return the assignment that a document is."""
    return Assignment(
        key=key,
        title=title,
        text=Text(""),
        judged=Judged(told.criteria, told.validation),
        path=path,
        line=line,
        group=told.group,
        points=told.points,
        criterion=told.criterion,
        threshold=told.threshold,
        competencies=told.competencies,
        audience=told.audience,
        content=content,
        submissions=told.submissions,
        rubric=told.rubric,
    )


def discussion_of(
    told: PartTold, key: str, title: str, content: tuple[Headed, ...], path: str, line: int
) -> Discussion:
    """Return the discussion that a document is."""
    return Discussion(
        key=key,
        title=title,
        text=Text(""),
        judged=Judged(told.criteria, told.validation),
        path=path,
        line=line,
        group=told.group,
        graded=told.graded,
        audience=told.audience,
        content=content,
    )
