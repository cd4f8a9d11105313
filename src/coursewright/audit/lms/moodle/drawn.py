"""Whether quizzes of a backup that draw questions by chance find enough of them."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator

from lxml import etree

from coursewright.audit.lms.moodle.parts import folders
from coursewright.audit.rule import rule
from coursewright.findings import messages
from coursewright.findings.finding import Finding
from coursewright.packages.documents.fields import read_as
from coursewright.packages.documents.moodle.availability import said
from coursewright.packages.documents.moodle.rows import SlotRow
from coursewright.packages.documents.reading import place_of, read_document
from coursewright.packages.kinds import Family
from coursewright.packages.subject import Subject
from coursewright.readers.packages.moodle_bank import drawn_from

_NEVER_DRAWN = ("random", "description", "missingtype")
_READY = ("ready", "")
_DEEPEST = 50  # categories in one another


@rule("L502 L535", family=Family.MOODLE, lms="moodle")
def enough_can_be_drawn(subject: Subject) -> Iterator[Finding]:
    """Whatever a quiz draws from is a category of the backup with so many questions."""
    bank = read_document("questions.xml", subject.container) if not subject.container.alone else None
    if bank is None:
        return
    counts, parents = (
        _drawable(bank),
        {one.get("id", ""): said(one, "parent") for one in bank.iter("question_category")},
    )
    for folder in folders("activities/activity", subject):
        name = f"{folder}/quiz.xml"
        root = read_document(name, subject.container) if "/quiz_" in folder else None
        quiz = root.find("quiz") if root is not None else None
        if quiz is not None:
            place = place_of(name, subject.container, quiz)
            if any(not _is_object(one.text or "") for one in quiz.iter("filtercondition")):
                reason, remedy = "a <filtercondition> of the quiz is not JSON", "write an object of JSON"
                yield messages.MOODLE_STOPS.at(place, reason=reason, remedy=remedy)
            for reason in _too_few(quiz, counts, parents):
                about = {"quiz": f"“{said(quiz, 'name')[:60]}”", "reason": reason}
                yield messages.MOODLE_BREAKS_QUIZ.at(place, remedy="draw fewer, or add questions", **about)


def _drawable(bank: etree._Element) -> Counter[str]:
    """Return how many questions can be drawn from each category."""
    counts: Counter[str] = Counter()
    for category in bank.iter("question_category"):
        for entry in category.iterfind("question_bank_entries/question_bank_entry"):
            question, status = next(entry.iter("question"), None), next(entry.iter("status"), None)
            is_ready = status is None or (status.text or "").strip() in _READY
            is_own = question is not None and said(question, "parent") in ("0", "")
            counts[category.get("id", "")] += is_ready and is_own and said(question, "qtype") not in _NEVER_DRAWN
    return counts


def _too_few(quiz: etree._Element, counts: Counter[str], parents: dict[str, str]) -> Iterator[str]:
    """Yield of which category a quiz wants more than there is."""
    wanted: Counter[tuple[str, bool]] = Counter()
    for slot in quiz.iterfind("question_instances/question_instance"):
        drawn = drawn_from(read_as(SlotRow, slot)) if slot.find("question_set_reference") is not None else None
        if drawn is not None and not drawn.tags.names:
            wanted[drawn.category, drawn.deep] += 1
    for (category, deep), count in wanted.items():
        there = sum(
            found for one, found in counts.items() if one == category or (deep and _is_in(one, category, parents))
        )
        if there < count:
            yield f"it draws {count} from a category ({category[:20]}) in which {there} can be drawn"


def _is_in(one: str, category: str, parents: dict[str, str]) -> bool:
    return any((one := parents.get(one, "")) == category for _ in range(_DEEPEST))


def _is_object(text: str) -> bool:
    try:
        return isinstance(json.loads(text), dict)
    except (ValueError, RecursionError):
        return False
