"""A course as it lies in anybody's package: what learners see, in order, and what keeps each entry closed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import field
from enum import StrEnum

from coursewright.course.gates import OPEN, Gate
from coursewright.frozen import frozen

FOLDER, NOTHING = "folder", "nothing"
# Why an entry opens nothing, whatever its package says of it.
FILE_MISSING, RESOURCE_MISSING = "file missing", "leads to nothing"


UNLISTED = "in no module"
"""What the folder is called, in which entries stand that no menu shows."""
SKIPPED, OFF_MENU = "skipped", "off the menu"


class Act(StrEnum):
    """What a learner does with an entry."""

    VIEW = "view"
    TICK = "tick"
    SUBMIT = "submit"
    POST = "post"
    GRADE = "grade"  # a teacher does, or the LMS


@frozen
class Completing:
    """What completes an entry: acts of the learner, and a score in percent, where one is asked for.

    For a folder it says how what is in it counts: whether one of it is enough, and whether it opens in order.
    """

    acts: tuple[Act, ...] = ()
    minimum: float | None = None
    one_suffices: bool = False
    in_order: bool = False


@frozen
class Rule:
    """What happens to an entry without locking it, such as that it is skipped, as long as a gate is open."""

    effect: str
    gate: Gate


@frozen
class Setting:
    """Something that is set for an entry, by a name for people, and what is usual where nothing is said of it.

    `room` is how much the value leaves to learners, the more the better for them, such as attempts, or seconds until
    work is due, and `usual_room` is that of what is usual; None where that cannot be said.
    """

    name: str
    value: str
    usual: str = "none"
    room: float | None = None
    usual_room: float | None = None


@frozen
class Entry:
    """One entry of the course: a folder, or something to open.

    `identifier` is what an LMS knows it by when the package is imported again. It opens once its `gate` does;
    `completion` says in words what completes it, and is empty where nothing says so, `finish` says the same as a value
    where the LMS can be imitated, and `mark` what is to be had for it, such as "passed from 75 of 100". `settings` are
    what else is set for it, but not what is as usual: what moves learners on, dates, attempts. `files` are those of the
    package that it is made of, and `fault` says in words what is wrong with them. A hidden entry is for staff, or not
    published.
    """

    identifier: str
    title: str
    kind: str
    children: tuple[Entry, ...] = ()
    gate: Gate = OPEN
    rules: tuple[Rule, ...] = ()
    completion: str = ""
    finish: Completing | None = None
    mark: str = ""
    settings: tuple[Setting, ...] = ()
    files: tuple[str, ...] = ()
    address: str = ""
    hidden: bool = False
    fault: str = ""

    @property
    def opens_nothing(self) -> bool:
        """Say whether there is nothing behind it that could be opened."""
        return self.fault in (FILE_MISSING, RESOURCE_MISSING)


@frozen
class Outline:
    """A package's course: its title, its entries, whatever else its metadata says, by names for people, and what is
    set for the whole course.
    """

    title: str
    entries: tuple[Entry, ...]
    metadata: Mapping[str, str] = field(default_factory=dict)
    settings: tuple[Setting, ...] = ()

    def walk(self) -> Iterator[tuple[Entry, Entry | None]]:
        """Yield every entry with the one that it is in, in the order of the menu."""
        waiting: list[tuple[Entry, Entry | None]] = [(entry, None) for entry in reversed(self.entries)]
        while waiting:
            entry, parent = waiting.pop()
            yield entry, parent
            waiting += [(child, entry) for child in reversed(entry.children)]


def mostly_hidden(entries: Iterable[Entry]) -> bool:
    """Say whether nearly all of a course is hidden, so that it was not open yet when it was exported."""
    found = [hidden for entry in entries for hidden in _hidden(entry, False)]
    return bool(found) and sum(found) * 4 > len(found) * 3


def _hidden(entry: Entry, above: bool) -> Iterator[bool]:
    hidden = above or entry.hidden
    if not entry.children:
        yield hidden
    for child in entry.children:
        yield from _hidden(child, hidden)
