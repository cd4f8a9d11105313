"""What a learner finds behind an entry of a stranger's package: HTML as it was written, and what stands around it."""

from __future__ import annotations

from enum import StrEnum

from coursewright.frozen import frozen


class Fact(StrEnum):
    """What is said of an entry beside its text."""

    POINTS = "points"
    PASSING = "passing"
    WAYS = "ways"  # in which work is handed in
    DUE = "due"
    ATTEMPTS = "attempts"
    MINUTES = "minutes"
    QUESTIONS = "questions"


@frozen
class Level:
    """A level of a criterion, with its points."""

    text: str
    points: str = ""


@frozen
class RubricRow:
    """What work is judged by, and its levels."""

    text: str
    details: str = ""
    points: str = ""
    levels: tuple[Level, ...] = ()


class Reply(StrEnum):
    """How a question is answered."""

    ONE = "one"
    SEVERAL = "several"
    LINE = "line"
    TEXT = "text"
    UPLOAD = "upload"
    MATCH = "match"
    ORDER = "order"
    NOTHING = "nothing"


@frozen
class Asked:
    """A question as a learner sees it, without its key: HTML, what can be chosen, and what is to be matched."""

    html: str
    reply: Reply
    points: str = ""
    options: tuple[str, ...] = ()
    prompts: tuple[str, ...] = ()
    drawn: int = 0
    """Of how many questions it is the one that is drawn; 0 where all are asked."""


@frozen
class Body:
    """What is behind an entry. `file` is one of the package that it is, `address` one outside of it."""

    html: str = ""
    facts: tuple[tuple[Fact, str], ...] = ()
    criteria: tuple[RubricRow, ...] = ()
    questions: tuple[Asked, ...] = ()
    file: str = ""
    address: str = ""


@frozen
class Lead:
    """Where a link leads: to an entry, a file of the package, or an address; to none of them where it is broken."""

    entry: str = ""
    file: str = ""
    address: str = ""
