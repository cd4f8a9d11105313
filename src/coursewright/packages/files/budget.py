"""How much of a package is read: the bounds that hold for all who read packages, and what is said of the rest.

Sizes, ratios and counts are first those that a file claims. What one format or one message limits stands where it is
written or said.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import field

from coursewright.frozen import slotted

# What holds a package.
MOST_ENTRIES = 100_000
LARGEST_PACKAGE = 2_000_000_000  # bytes, unpacked
HIGHEST_RATIO, RATIO_COUNTS_FROM = 200, 10_000_000
# Files.
LARGEST_READ = 20_000_000  # bytes of one file, and of a zip's directory
LARGEST_PAGE = 3_000_000
MOST_READ = 400_000_000  # bytes of all files
# Documents.
MOST_MARKS = 600_000  # signs "<" in a document: two for most elements
LONGEST_TAG = 100_000
MOST_DOCUMENTS = 2_000  # of a kind
MOST_OF_A_BACKUP = 20_000  # documents: an activity has about ten
MOST_MARKED = 20_000  # documents that are asked for a title or for points
MOST_JUDGED = 50_000_000  # bytes of documents of a kind
# What documents hold.
MOST_QUESTIONS = 2_000  # of a quiz or of a bank
MOST_LISTED = 2_000  # things of one kind: chapters, outcomes, criteria, standards


@slotted
class Budget:
    """What may still be read of a package, and what was left out, in words. Each file counts once."""

    left: int = MOST_READ
    counted: set[str] = field(default_factory=set)
    told: dict[str, None] = field(default_factory=dict)
    is_spent: bool = False

    def allows(self, name: str, size: int) -> bool:
        """Count a file that was not read before, and say whether what is left suffices for it."""
        if self.left < (0 if name in self.counted else size):
            self.leave_out("files", size=MOST_READ)
            self.is_spent = True
            return False
        if name not in self.counted:
            self.counted.add(name)
            self.left -= size
        return True

    def leave_out(self, what: str, *, count: int = 0, size: int = 0, each: int = 0) -> None:
        """Note, once, what was not looked at: things beyond a count, a size of all, or a size of each."""
        self.told[not_looked_at(what, count=count, size=size, each=each)] = None

    def first(
        self, names: Iterable[str], sizes: Mapping[str, int], what: str, most: int = MOST_JUDGED, count: int = 0
    ) -> Iterator[str]:
        """Yield the names of documents until `count` of them and `most` bytes are looked into; what is more is told."""
        left, count = most, count or MOST_DOCUMENTS
        for number, name in enumerate(names):
            left -= sizes.get(name, 0)
            if number == count or left < 0:
                self.leave_out(what, count=count, size=most)
                return
            yield name


def not_looked_at(what: str, *, count: int = 0, size: int = 0, each: int = 0) -> str:
    """Return in words that not all was looked at."""
    if each:
        return f"of its {what}, those of up to {each} bytes are read"
    bounds = filter(None, (str(count or ""), f"{size} bytes" if size else ""))
    return f"of its {what}, at most {' or '.join(bounds)} are read"
