"""A course as it lies in anybody's package: what learners see, in order, and what keeps each entry closed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Condition:
    """Something that must hold before an entry opens.

    `what` is said of the entry with the identifier `of`, such as "is complete"; where it is of no single entry, `what`
    is all of it.
    """

    what: str
    of: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of the course: a folder, or something to open.

    `identifier` is what an LMS knows it by when the package is imported again. It opens once all of `gate` holds;
    `completion` says in words what completes it, and is empty where nothing says so. `files` are those of the package
    that it is made of. A hidden entry is for staff, or not published.
    """

    identifier: str
    title: str
    kind: str
    children: tuple[Entry, ...] = ()
    gate: tuple[Condition, ...] = ()
    completion: str = ""
    files: tuple[str, ...] = ()
    address: str = ""
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Outline:
    """A package's course: its title, its entries, and whatever else its metadata says, by names for people."""

    title: str
    entries: tuple[Entry, ...]
    metadata: Mapping[str, str] = field(default_factory=dict)

    def walk(self) -> Iterator[tuple[Entry, Entry | None]]:
        """Yield every entry with the one that it is in, in the order of the menu."""
        waiting: list[tuple[Entry, Entry | None]] = [(entry, None) for entry in reversed(self.entries)]
        while waiting:
            entry, parent = waiting.pop()
            yield entry, parent
            waiting += [(child, entry) for child in reversed(entry.children)]


FOLDER = "folder"
