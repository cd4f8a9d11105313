"""What a page is made of: blocks as `blocks.html.j2` takes them, their texts converted already, and quizzes.

`depth` is how many titles on the page a title stands below.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from markupsafe import Markup

from coursewright.frozen import frozen

Sheet = Mapping[str, Any]
"""What a script knows of a quiz, as JSON: see the top of quiz.js."""


@frozen
class ListView:
    """Items, one under another."""

    kind: ClassVar[str] = "list"
    title: str
    items: Sequence[Markup]
    ordered: bool = False
    depth: int = 0


@frozen
class ProseView:
    """HTML of paragraphs and whatever else the author wrote."""

    kind: ClassVar[str] = "prose"
    title: str
    html: Markup
    depth: int = 0


@frozen
class TopicView:
    """A point of the outline."""

    title: Markup
    detail: Markup


@frozen
class TopicsView:
    """The outline."""

    kind: ClassVar[str] = "topics"
    title: str
    items: Sequence[TopicView]


@frozen
class CardView:
    """One thing to do, with what counts as done."""

    title: Markup
    body: Markup
    facts: Sequence[tuple[str, Markup]]


@frozen
class CardsView:
    """Things to do; `under` a title that stands before another block."""

    kind: ClassVar[str] = "cards"
    title: str
    items: Sequence[CardView]
    under: bool = False


@frozen
class TableView:
    """A table with a header row."""

    kind: ClassVar[str] = "table"
    title: str
    header: Sequence[Markup]
    rows: Sequence[Sequence[Markup]]
    depth: int = 0


@frozen
class CompetencyView:
    """What a unit takes a learner to: `level` of `highest` on the scale, 0 for a target in other words."""

    name: Markup
    target: Markup
    level: int
    rest: Sequence[Markup]


@frozen
class CompetenciesView:
    """Competencies, with their targets on a scale; `header` names the columns."""

    kind: ClassVar[str] = "competencies"
    title: str
    header: Sequence[str]
    highest: int
    items: Sequence[CompetencyView]


@frozen
class MilestoneView:
    """What is due when."""

    when: str
    html: Markup


@frozen
class TimelineView:
    """Milestones."""

    kind: ClassVar[str] = "timeline"
    title: str
    items: Sequence[MilestoneView]


@frozen
class CheckView:
    """A box to tick. `tick` names it in the learner's state; without one the tick is not remembered."""

    tick: str
    html: Markup
    done: bool


@frozen
class ChecksView:
    """A checklist."""

    kind: ClassVar[str] = "checks"
    title: str
    hint: str
    items: Sequence[CheckView]
    depth: int = 0


@frozen
class FactsView:
    """Labelled values."""

    kind: ClassVar[str] = "facts"
    title: str
    items: Sequence[tuple[str, Markup]]


@frozen
class HoursView:
    """Learning time, with its parts as (label, hours, percent of the whole)."""

    total: str
    parts: Sequence[tuple[str, str, float]]


BlockView = (
    ListView | ProseView | TopicsView | CardsView | TableView | CompetenciesView | TimelineView | ChecksView | FactsView
)


@frozen
class QuizView:
    """A quiz as a page or part of one: `body` is its HTML from h3 down, without its key, and `sheet` what judges it.

    `name` is short and its own within the unit.
    """

    key: str
    name: str
    title: str
    body: Markup
    sheet: Sheet

    @property
    def is_graded(self) -> bool:
        """Whether it counts towards the completion of its unit."""
        return bool(self.sheet["graded"])

    @property
    def passing(self) -> float | None:
        """The percentage to reach, if there is one."""
        least: float | None = self.sheet["passing"]
        return least

    @property
    def anchor(self) -> str:
        """Where it stands on its page."""
        return f"quiz-{self.name}"
