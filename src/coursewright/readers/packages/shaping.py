"""Units and parts as every reader of packages makes them: of a text, a file or an address, with what names them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from coursewright.course.assets import Asset
from coursewright.course.blocks import Headed, Judged
from coursewright.course.gates import All, Done, Gate, each, simplified
from coursewright.course.model import Unit
from coursewright.course.parts import Assignment, Discussion, File, Group, Link, Page, Part, RubricCriterion, Submission
from coursewright.course.values import Audience, Kind, Mention, References
from coursewright.frozen import frozen
from coursewright.readers.packages.naming import UnitName
from coursewright.readers.packages.texts import WrittenText
from coursewright.text.markdown.values import Prose, Text

_NOTHING = Text("")
_UNJUDGED = Judged(_NOTHING, _NOTHING)


@frozen
class PartHead:
    """What any part has: the key and the title of it, the package that it is from, and whom it is for."""

    key: str
    title: str
    path: str
    audience: Audience = Audience.LEARNER

    def page(self, text: WrittenText) -> Page:
        """Return a text as a page."""
        return Page(self.key, self.title, _NOTHING, _body(text), self.path, 0, self.audience, text.targets)

    def assignment(
        self,
        text: WrittenText,
        points: float,
        threshold: float | None,
        submissions: Iterable[Submission],
        rubric: tuple[RubricCriterion, ...],
        group: Group = Group.ASSESSMENTS,
    ) -> Assignment:
        """Return a text as work that is handed in."""
        return Assignment(
            **self._work(text, group),
            points=points,
            criterion=_NOTHING,
            threshold=threshold,
            competencies=(),
            submissions=tuple(submissions),
            rubric=rubric,
        )

    def discussion(self, text: WrittenText, group: Group, *, graded: bool) -> Discussion:
        """Return a text as what is to be written about."""
        return Discussion(**self._work(text, group), graded=graded)

    def _work(self, text: WrittenText, group: Group) -> dict[str, Any]:
        """Return what any work has, by the names of its fields."""
        return {
            "key": self.key,
            "title": self.title,
            "text": _NOTHING,
            "judged": _UNJUDGED,
            "path": self.path,
            "line": 0,
            "group": group,
            "audience": self.audience,
            "content": _body(text),
            "targets": text.targets,
        }

    def link(self, address: str) -> Link:
        """Return an address on the web."""
        return Link(self.key, self.title, address, self.path, 0, self.audience)

    def file(self, asset: Asset) -> File:
        """Return a file."""
        return File(self.key, self.title, asset, self.path, 0, self.audience)


def _body(text: WrittenText) -> tuple[Headed, ...]:
    return (Headed(Prose(0, text.markdown)),)


def unit_of(name: UnitName, track: str, parts: Sequence[Part], path: str) -> Unit:
    """Return a unit of parts, which waits for nothing."""
    title, made = Text(name.title), tuple(parts)
    return Unit(path, 0, Kind.UNIT, name.id, title, track, roles=(), parts=made, given_id=name.given)


def references_to(ids: Iterable[str]) -> References:
    """Return units by their ids, as what another one waits for, or what comes after it."""
    known = list(ids)
    return References(Text(", ".join(known)), tuple(map(Mention, known)))


def requirements_of(gate: Gate) -> tuple[Iterable[str], Gate]:
    """Return the units that a gate requires as a whole, and what else must hold."""
    needed = dict.fromkeys(one.of for one in each(gate) if isinstance(one, Done))
    rest = (one for one in each(gate) if not isinstance(one, Done))
    return needed, simplified(All(tuple(rest)))
