"""topicMeta: what Canvas knows of a discussion beside its topic."""

from __future__ import annotations

from typing import ClassVar

from coursewright.frozen import frozen
from coursewright.packages.documents.canvas.assignments import AssignmentSettings
from coursewright.packages.documents.fields import attribute, line, others


@frozen
class TopicMeta:
    """The settings of a discussion, and of an announcement, which is of another type."""

    ROOT: ClassVar[str] = "topicMeta"
    identifier: str = attribute()
    topic_id: str = ""
    title: str = ""
    position: str = ""
    type: str = ""
    discussion_type: str = ""
    workflow_state: str = ""
    others: tuple[tuple[str, str], ...] = others()
    assignment: AssignmentSettings | None = None
    line: int = line()

    @property
    def is_announcement(self) -> bool:
        """Say whether it tells something to everyone."""
        return self.type == "announcement"
