"""What stands behind the entries of a package, in numbers: how much a quiz asks, and what work is judged by."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import islice

from coursewright.course.body import Asked, Body, Fact, Reply
from coursewright.course.outline import Entry, Outline
from coursewright.frozen import frozen
from coursewright.packages.documents.canvas.names import OUTCOMES
from coursewright.packages.documents.parsing import text_at
from coursewright.packages.documents.reading import read_document
from coursewright.packages.files.budget import MOST_LISTED
from coursewright.packages.kinds import Family
from coursewright.packages.subject import Subject
from coursewright.readers.packages.bodies.opening import bodies_of
from coursewright.text.names import plain_number, plural

_FAMILIES = (Family.CARTRIDGE, Family.MOODLE, Family.QTI)
_ASKING = ("quiz", "question bank", "question", "test")
_JUDGED = (*_ASKING, "assignment")
_WAYS: Mapping[str, str] = {
    **dict.fromkeys(("online_text_entry", "onlinetext", "html"), "text"),
    **dict.fromkeys(("online_upload", "student_annotation"), "file"),
    **dict.fromkeys(("online_url", "url"), "address"),
    "media_recording": "recording",
    "on_paper": "paper",
}
_NO_WAYS = ("", "none", "not_graded")
_BY_HAND = (Reply.TEXT, Reply.UPLOAD)


@frozen
class Holdings:
    """How many questions a quiz asks and for how many points, how many of them a teacher grades, and of how many they
    are drawn; in which ways work is handed in, and by how many criteria it is judged."""

    questions: int = 0
    points: float = 0.0
    by_hand: int = 0
    drawn: int = 0
    ways: tuple[str, ...] = ()
    criteria: int = 0

    def words(self) -> Iterator[str]:
        """Yield what people are told of it."""
        if self.questions:
            yield plural(self.questions, "question")
        if self.points:
            yield f"{plain_number(self.points)} point{'s' * (self.points != 1)} in all"
        if self.drawn:
            yield f"{self.drawn} drawn by chance"
        if self.by_hand:
            yield f"{self.by_hand} for a teacher to grade"
        if self.ways:
            yield f"handed in as {', '.join(self.ways)}"
        if self.criteria:
            yield f"judged by {self.criteria} {'criterion' if self.criteria == 1 else 'criteria'}"

    def as_json(self) -> dict[str, object]:
        """Return it as `inspect --output json` shows it, without what is not there."""
        whole = {
            "questions": self.questions,
            "points": self.points,
            "drawn": self.drawn,
            "by_hand": self.by_hand,
            "ways": list(self.ways),
            "criteria": self.criteria,
        }
        return {name: value for name, value in whole.items() if value}


def held_in(subject: Subject, outline: Outline) -> Mapping[str, Holdings]:
    """Return what stands behind the quizzes and assignments of a package, by their identifiers."""
    if subject.found.kind.family not in _FAMILIES or subject.container.alone:
        return {}
    bodies = bodies_of(subject, outline)
    entries = (entry for entry, _ in outline.walk() if entry.kind in _JUDGED)
    return {one.identifier: _held(one, bodies.body(one)) for one in islice(entries, MOST_LISTED)}


def outcomes_in(subject: Subject) -> tuple[str, ...]:
    """Return what a cartridge says that its course teaches: Canvas's outcomes, or standards by their labels."""
    if subject.found.kind.family is not Family.CARTRIDGE or subject.container.alone:
        return ()
    root = read_document(OUTCOMES, subject.container) if subject.found.is_canvas else None
    titles = [] if root is None else [text_at(one, "title") for one in root.iter("{*}learningOutcome")]
    titles += [text_at(one, "label") for one in subject.found.root.iter("{*}labelledGUID")]
    return tuple(islice(dict.fromkeys(filter(None, titles)), MOST_LISTED))


def _held(entry: Entry, body: Body) -> Holdings:
    if entry.kind in _ASKING:
        asked = [one for one in body.questions if one.reply is not Reply.NOTHING]
        drawn, by_hand = sum(bool(one.drawn) for one in asked), sum(one.reply in _BY_HAND for one in asked)
        return Holdings(len(asked), _points(asked), by_hand, drawn)
    ways = dict(body.facts).get(Fact.WAYS, "")
    handed_in = (one.strip() for one in ways.split(","))
    return Holdings(ways=tuple(_way(one) for one in handed_in if one not in _NO_WAYS), criteria=len(body.criteria))


def _way(name: str) -> str:
    return _WAYS.get(name, name.replace("_", " "))


def _points(asked: Iterable[Asked]) -> float:
    total = 0.0
    for one in asked:
        try:
            total += float(one.points or 0)
        except ValueError:
            continue
    return round(total, 4)
