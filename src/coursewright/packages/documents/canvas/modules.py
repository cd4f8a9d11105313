"""module_meta.xml: the modules of a course with their items, what each waits for, and what each asks for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import ClassVar

from coursewright.course.gates import All, Date, Done, Gate, Status, UnwritableError, each
from coursewright.frozen import frozen
from coursewright.packages.documents.canvas.switches import says_yes
from coursewright.packages.documents.fields import attribute, line, listed, others
from coursewright.text.patterns import later

SCORED = ("must_submit", "min_score", "min_percentage")
REQUIREMENTS = ("must_view", "must_mark_done", "must_contribute", *SCORED)
"""What Canvas can ask for before a module is complete."""
_MOMENT = later(r"(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d(?::\d\d)?)(?:\.\d+)?Z?")


@frozen
class Prerequisite:
    """Another module that a module waits for."""

    type: str = attribute()
    title: str = ""
    identifierref: str = ""
    line: int = line()


@frozen
class ModuleItem:
    """A line of a module. Without a state, what shows nothing of the course stays hidden."""

    identifier: str = attribute()
    content_type: str = ""
    workflow_state: str | None = None
    title: str = ""
    url: str = ""
    identifierref: str = ""
    position: str = ""
    new_tab: str = ""
    indent: str = ""
    others: tuple[tuple[str, str], ...] = others()
    line: int = line()

    @property
    def is_hidden(self) -> bool:
        """Say whether learners do not see it."""
        return self.workflow_state == "unpublished"


@frozen
class CompletionRequirement:
    """What an item asks for before its module is complete: one of REQUIREMENTS, with its score."""

    type: str = attribute()
    identifierref: str = ""
    min_score: str = ""
    min_percentage: str = ""
    others: tuple[tuple[str, str], ...] = others()
    line: int = line()

    @property
    def wanted(self) -> str:
        """The score that its own type asks for, "" for types that ask for none."""
        return {"min_score": self.min_score, "min_percentage": self.min_percentage}.get(self.type, "")


@frozen
class CanvasModule:
    """A module. Canvas takes what belongs to it wherever that stands in it."""

    identifier: str = attribute()
    title: str = ""
    workflow_state: str = ""
    position: str = ""
    unlock_at: str = ""
    require_sequential_progress: str = ""
    requirement_count: str = ""
    others: tuple[tuple[str, str], ...] = others()
    prerequisites: tuple[Prerequisite, ...] = listed("prerequisite", "prerequisites", always=True, anywhere=True)
    items: tuple[ModuleItem, ...] = listed("item", "items", always=True, anywhere=True)
    requirements: tuple[CompletionRequirement, ...] = listed(
        "completionRequirement", "completionRequirements", always=True, anywhere=True
    )
    line: int = line()

    @property
    def is_hidden(self) -> bool:
        """Say whether learners do not see it."""
        return self.workflow_state == "unpublished"

    @property
    def is_in_order(self) -> bool:
        """Say whether its requirements are met one after another."""
        return says_yes(self.require_sequential_progress)

    @property
    def one_suffices(self) -> bool:
        """Say whether it is complete with any of its requirements."""
        return self.requirement_count == "1"

    @property
    def gate(self) -> Gate:
        """What it waits for: other modules, and a day."""
        return All(tuple(self._conditions()))

    def _conditions(self) -> Iterator[Gate]:
        for found in self.prerequisites:
            yield Done(found.identifierref)
        if self.unlock_at:
            yield Date(_moment(self.unlock_at))


@frozen
class Modules:
    """The document."""

    ROOT: ClassVar[str] = "modules"
    modules: tuple[CanvasModule, ...] = listed("module", anywhere=True)


def _moment(text: str) -> datetime | str:
    """Return a moment such as 2019-09-01T04:00:00, which is of UTC; as it is written where it is none."""
    found = _MOMENT.fullmatch(text)
    try:
        return datetime.fromisoformat(f"{found[1]}T{found[2]}").replace(tzinfo=UTC) if found else text
    except ValueError:
        return text


def prerequisites_of(gate: Gate, titles: Mapping[str, str]) -> tuple[Prerequisite, ...]:
    """Return a gate as the prerequisites of a module, which are other modules with `titles`. Raises UnwritableError."""
    conditions = list(each(gate))
    for one in conditions:
        if not isinstance(one, Done) or one.status is not Status.DONE:
            raise UnwritableError("a module of Canvas waits for all of other modules, and for nothing else")
    return tuple(Prerequisite("context_module", titles[one.of], one.of) for one in conditions if isinstance(one, Done))
