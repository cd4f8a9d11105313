"""The bank of a Moodle backup, whichever of its three shapes it has: its questions, and which of them a slot means."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import field

from lxml import etree

from coursewright.frozen import frozen, slotted
from coursewright.packages.documents.fields import read_as
from coursewright.packages.documents.moodle.bank_rows import CategoryRow, QuestionRow
from coursewright.packages.documents.moodle.instances import QuizInstance
from coursewright.packages.documents.moodle.rows import SlotRow
from coursewright.packages.files.budget import MOST_QUESTIONS
from coursewright.readers.packages.amounts import amount

_MOST = 20_000
_DEEPEST = 50
_NEVER_DRAWN = ("description", "randomsamatch")
_NO_TAG, _EVERY_TAG = "0", "2"


@frozen
class Banked:
    """A question as a bank holds it: in its last version; `entry` is what slots call it."""

    entry: str
    category: str
    row: QuestionRow
    idnumber: str = ""

    @property
    def number(self) -> str:
        """Its number in the backup."""
        return self.row.id

    @property
    def stands_alone(self) -> bool:
        """Whether it may be asked by itself: it is no gap of a text, and stands for no other."""
        return self.row.parent in ("", "0", self.number) and self.row.qtype not in ("random", "missingtype")

    def has(self, tags: Tags) -> bool:
        """Whether its tags, by their numbers or names, are such as are asked for."""
        own = [{tag.id, tag.name, tag.rawname} for tag in self.row.tags]
        found = [any(one & wanted for one in own) for wanted in map(set, tags.names)]
        return tags.fit(found)


@frozen
class Tags:
    """Tags that a draw asks for, each by its number or its name: all of them, or any, or none that is `barred`."""

    names: tuple[tuple[str, ...], ...] = ()
    every: bool = True
    barred: bool = False

    def fit(self, found: Sequence[bool]) -> bool:
        """Say whether a question is asked for, by which of these tags it has."""
        if self.barred or not found:
            return not any(found)
        return all(found) if self.every else any(found)


@frozen
class DrawnFrom:
    """What a slot draws from: a category, those in it too if `deep`, of which only questions with some tags."""

    category: str
    deep: bool = False
    tags: Tags = field(default_factory=Tags)


@slotted
class Bank:
    """The questions of a backup by what refers to them, and the categories that they stand in, each in one `above` it.

    `tags` are the names of tags by their numbers.
    """

    by_entry: dict[str, Banked] = field(default_factory=dict)
    by_number: dict[str, Banked] = field(default_factory=dict)
    categories: dict[str, str] = field(default_factory=dict)
    above: dict[str, str] = field(default_factory=dict)
    tags: dict[str, str] = field(default_factory=dict)
    _drawn: dict[DrawnFrom, list[Banked]] = field(default_factory=dict)

    def enter(self, root: etree._Element | None) -> None:
        """Enter what `questions.xml` holds."""
        for element in () if root is None else root.iterfind(CategoryRow.ROOT):
            category = read_as(CategoryRow, element)
            self.categories[category.id], self.above[category.id] = category.name, category.parent
            for one in self._in(category):
                if len(self.by_number) < _MOST:
                    self.by_entry.setdefault(one.entry, one)
                    self.tags |= {tag.id: tag.rawname for tag in one.row.tags}
                    self.by_number[one.number] = one

    def _in(self, category: CategoryRow) -> Iterator[Banked]:
        for entry in category.entries:
            versions = sorted(entry.versions, key=lambda one: amount(one.version))
            found = [row for one in versions for row in one.questions]
            for row in found[-1:]:
                yield Banked(entry.id, category.id, row, entry.idnumber or "")
            for row in found[:-1]:
                self.by_number.setdefault(row.id, Banked("", category.id, row))
        for row in category.questions:  # before Moodle 4.0
            yield Banked(row.id, category.id, row, row.unknown.get("idnumber", ""))

    def found(self, name: str) -> Banked | None:
        """Return a question by what a slot calls it."""
        return self.by_entry.get(name) or self.by_number.get(name)

    def meant(self, slot: SlotRow) -> Banked | DrawnFrom | None:
        """Return what a slot of a quiz asks: a question, or what one is drawn from; None where it is not there."""
        entry = slot.question_reference.questionbankentryid if slot.question_reference else ""
        draw, named = drawn_from(slot), self.found(entry or slot.question)
        if named is not None and named.row.qtype == "random":
            deep = named.row.questiontext.strip() == "1"
            return DrawnFrom(named.category, deep, draw.tags if draw else Tags())
        return draw or named

    def drawn(self, draw: DrawnFrom) -> list[Banked]:
        """Return the questions that may be drawn."""
        if draw not in self._drawn:
            wanted = self._within(draw.category) if draw.deep else {draw.category}
            self._drawn[draw] = [
                one
                for one in self.by_entry.values()
                if one.category in wanted
                and one.stands_alone
                and one.row.qtype not in _NEVER_DRAWN
                and one.has(draw.tags)
            ]
        return self._drawn[draw]

    def _within(self, category: str) -> set[str]:
        """Return a category with those in it, whether or not they stand in a circle."""
        wanted = {category}
        for _ in range(_DEEPEST):
            more = {name for name, above in self.above.items() if above in wanted} - wanted
            wanted |= more
            if not more:
                break
        return wanted

    def title(self, draw: DrawnFrom) -> str:
        """Return what a draw is called: its category, and the tags that it asks for."""
        tags = ", ".join(self.tags.get(one[0]) or one[-1] for one in draw.tags.names)
        tags = f"not {tags}" if tags and draw.tags.barred else tags
        category = self.categories.get(draw.category, "")
        return f"{category} ({tags})" if tags else category


def in_order(quiz: QuizInstance, slots: Iterable[SlotRow]) -> list[SlotRow]:
    """Return slots in the order of their numbers, or as before Moodle 2.7, in that of a list of questions."""
    names = dict.fromkeys(one.strip() for one in quiz.unknown.get("questions", "").split(","))
    order = {name: place for place, name in enumerate(names, start=1)}
    return sorted(slots, key=lambda one: amount(one.slot) or order.get(one.question, MOST_QUESTIONS))


def drawn_from(slot: SlotRow) -> DrawnFrom | None:
    """Return what a slot draws from; None for a slot that does not draw."""
    if slot.question_set_reference and slot.question_set_reference.filtercondition:
        return _of_condition(slot.question_set_reference.filtercondition)
    category, deep = slot.unknown.get("questioncategoryid", ""), slot.unknown.get("includingsubcategories") == "1"
    tags = tuple((tag.tagid, tag.tagname) for tag in slot.tags)
    return DrawnFrom(category, deep, Tags(tags)) if category not in ("", "0") else None


def _of_condition(condition: str) -> DrawnFrom | None:
    """Return what Moodle keeps as JSON: since 4.3 as filters, before as names with their values."""
    try:
        found = json.loads(condition)
        if found.get("questioncategoryid") is not None:
            before = tuple(tuple(str(one).split(",", 1)) for one in found.get("tags") or ())
            deep = str(found.get("includingsubcategories", "0")) not in ("0", "")
            return DrawnFrom(str(found["questioncategoryid"]), deep, Tags(before))
        category, tagged = found["filter"]["category"], found["filter"].get("qtagids") or {}
        names = tuple((str(one),) for one in tagged.get("values") or () if one is not None)
        deep = bool(category.get("filteroptions", {}).get("includesubcategories"))
        join = str(tagged.get("jointype", _EVERY_TAG))
        tags = Tags(names, every=join == _EVERY_TAG, barred=join == _NO_TAG)
        value = category["values"][0]
        return DrawnFrom(str(value), deep, tags) if value is not None else None
    except (ValueError, KeyError, TypeError, IndexError, AttributeError, RecursionError):
        return None
