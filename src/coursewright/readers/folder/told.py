"""What front matter says of the part that a document is: its kind and key, its points, and how it is judged."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Mapping
from dataclasses import field
from enum import StrEnum
from typing import TypeVar

from coursewright.course.parts import Group, RubricCriterion, RubricRating, Submission
from coursewright.course.values import Audience, Competency
from coursewright.findings import messages
from coursewright.findings.finding import Finding, Place
from coursewright.frozen import frozen
from coursewright.readers.folder.document import Document
from coursewright.readers.folder.orders.lookup import KEY, competency_of, items, said, texts
from coursewright.text.markdown.values import Text
from coursewright.text.names import plain_number, shortened

USUAL_POINTS = 100
_MOST_POINTS = 1_000_000
_PERCENT = re.compile(r"\d{1,3}(?:\.\d{1,6})? ?%")
_MOST_ROWS, _MOST_LEVELS = 200, 50
_Choice = TypeVar("_Choice", bound=StrEnum)


class PartKind(StrEnum):
    """What a document is."""

    PAGE = "page"
    ASSIGNMENT = "assignment"
    DISCUSSION = "discussion"
    QUIZ = "quiz"


@frozen
class PartTold:
    """What front matter says of a part. `points` are those of an assignment; what is none has no use for them."""

    kind: PartKind = PartKind.PAGE
    key: str = ""
    audience: Audience = Audience.LEARNER
    points: float = USUAL_POINTS
    graded: bool = False
    group: Group = Group.ASSESSMENTS
    submissions: tuple[Submission, ...] = ()
    rubric: tuple[RubricCriterion, ...] = ()
    criteria: Text = field(default=Text(""))
    validation: Text = field(default=Text(""))
    criterion: Text = field(default=Text(""))
    threshold: float | None = None
    competencies: tuple[Competency, ...] = ()


def told_of(document: Document, findings: list[Finding], *, plain: bool = False) -> PartTold:
    """Return what a document says that it is. One that is not `plain` may have front matter for other programs.

    A value that cannot be used is told of, and the usual one stands in its place.
    """
    if "kind" not in document.front and not plain:
        return PartTold()
    front = _Front(document, findings)
    kind = front.kind(plain=plain)
    if kind is PartKind.PAGE and not plain and said(document.front.get("kind")).lower() != kind:
        return PartTold()
    points = front.number("points", USUAL_POINTS, _MOST_POINTS) if kind is PartKind.ASSIGNMENT else USUAL_POINTS
    graded = kind is PartKind.ASSIGNMENT and points > 0
    criteria = front.text("criteria")
    return PartTold(
        kind=kind,
        key=front.key(),
        audience=front.choice("audience", Audience, Audience.LEARNER) if plain else Audience.LEARNER,
        points=points,
        graded=front.flag("graded"),
        group=front.choice("group", Group, Group.ASSESSMENTS if graded else Group.LABS),
        submissions=tuple(front.choices("submissions", Submission)),
        rubric=tuple(front.rubric()),
        criteria=criteria,
        validation=front.text("validation"),
        criterion=front.text("criterion") or criteria,
        threshold=front.number("passing", 0, 100) or None if kind is PartKind.ASSIGNMENT else None,
        competencies=tuple(front.competencies()),
    )


@frozen
class _Front:
    """Reads the values of front matter, and tells of those that are none."""

    document: Document
    findings: list[Finding]

    def tell(self, key: str, reason: str) -> None:
        place = Place(self.document.path, self.document.line_of(key))
        self.findings.append(messages.FRONT_VALUE.at(place, key=key, reason=reason))

    def value(self, key: str) -> object:
        return self.document.front.get(key)

    def kind(self, *, plain: bool) -> PartKind:
        written = said(self.value("kind")).lower()
        kinds = {str(kind): kind for kind in PartKind}
        near = difflib.get_close_matches(written, kinds, n=1, cutoff=0.8)
        if written and written not in kinds and (plain or near):
            meant = f"; did you mean '{near[0]}'?" if near else ""
            self.tell("kind", f"takes {_either(kinds)}, so '{shortened(written, 40)}' makes a page{meant}")
        return kinds.get(written, PartKind.PAGE)

    def key(self) -> str:
        written = said(self.value("key"))
        if written and not KEY.fullmatch(written):
            self.tell("key", "takes a letter, and then letters, digits, hyphens, dots and underscores, 63 at most")
            return ""
        return written

    def text(self, key: str) -> Text:
        written = said(self.value(key))
        return Text(written, self.document.line_of(key) if written else 0)

    def flag(self, key: str) -> bool:
        written = self.value(key)
        if written is not None and not isinstance(written, bool):
            self.tell(key, "takes true or false")
        return written is True

    def number(self, key: str, usual: float, most: float) -> float:
        written = self.value(key)
        if written is None:
            return usual
        if (found := _number(written, most)) is not None:
            return found
        taken = f", so it counts as {plain_number(usual)}" if usual else ""
        self.tell(key, f"takes a number from 0 to {plain_number(most)}{taken}")
        return usual

    def choice(self, key: str, choices: type[_Choice], usual: _Choice) -> _Choice:
        return next(self.choices(key, choices), usual)

    def choices(self, key: str, choices: type[_Choice]) -> Iterator[_Choice]:
        known = {str(one): one for one in choices}
        for written in (said(one).lower() for one in items(self.value(key))):
            if written in known:
                yield known[written]
            else:
                self.tell(key, f"takes {_either(known)}, not '{shortened(written, 40)}'")

    def rows(self, key: str) -> Iterator[Mapping[str, object]]:
        """Yield the mappings that a list consists of."""
        for written in items(self.value(key))[:_MOST_ROWS]:
            row = texts(written)
            if row and (said(row.get("title")) or said(row.get("name"))):
                yield row
            else:
                self.tell(key, "takes a list of mappings, each with a title")

    def rubric(self) -> Iterator[RubricCriterion]:
        for row in self.rows("rubric"):
            ratings = tuple(self._ratings(row))
            most = _number(row.get("points"), _MOST_POINTS)
            best = max((rating.points for rating in ratings), default=0.0)
            if most is None and row.get("points") is not None:
                self.tell("rubric", "takes numbers as points")
            title = said(row.get("title")) or said(row.get("name"))
            yield RubricCriterion(title, best if most is None else most, ratings, said(row.get("text")))

    def _ratings(self, row: Mapping[str, object]) -> Iterator[RubricRating]:
        for written in map(texts, items(row.get("ratings"))[:_MOST_LEVELS]):
            points = _number(written.get("points"), _MOST_POINTS)
            if points is None or not said(written.get("title")):
                self.tell("rubric", "takes ratings that each have a title and points")
            else:
                yield RubricRating(said(written["title"]), points, said(written.get("text")))

    def competencies(self) -> Iterator[Competency]:
        line = self.document.line_of("competencies")
        for row in self.rows("competencies"):
            yield competency_of(row, line)


def _number(value: object, most: float) -> float | None:
    """Return a number from 0 to `most`; None for what is none."""
    if isinstance(value, str) and _PERCENT.fullmatch(value.strip()):
        value = float(value.strip().rstrip("% "))
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return float(value) if 0 <= value <= most else None


def _either(names: Mapping[str, object]) -> str:
    *others, last = names
    return f"{', '.join(others)} or {last}"
