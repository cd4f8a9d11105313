"""What restricts a part of a Moodle backup, as a gate in which entries and groups go by what they are known by."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field, replace

from lxml import etree

from coursewright.course.gates import Belongs, Condition, Done, Gate, Score, mapped, simplified
from coursewright.frozen import frozen
from coursewright.packages.documents.moodle.availability import guessed_availability


@frozen
class Names:
    """What numbers in restrictions stand for: entries by activities and by grade items, and names of groups.

    `courses` are names of grade items of no activity, empty for the total; `others` are names by what they name and
    their numbers.
    """

    activities: Mapping[str, str] = field(default_factory=dict)
    grades: Mapping[str, str] = field(default_factory=dict)
    courses: Mapping[str, str] = field(default_factory=dict)
    others: Mapping[tuple[str, str], str] = field(default_factory=dict)

    def known(self, condition: Condition) -> Gate:
        """Return a condition by numbers as one by identifiers and names."""
        match condition:
            case Done(of):
                return replace(condition, of=self.activities.get(of, of))
            case Score(of) if of in self.courses:
                return replace(condition, of=self.courses[of], of_course=True)
            case Score(of):
                return replace(condition, of=self.grades.get(of, f"grade item {of}"))
            case Belongs(kind, str(of)) if name := self.others.get((kind, of)):
                return Belongs(kind, name, by_name=True)
        return condition


def restrictions(document: etree._Element | None, names: Names) -> Gate:
    """Return what must hold before a part opens."""
    return simplified(mapped(guessed_availability(document), names.known))
