"""Elements of a backup that are known by a number, of which two have one: one is taken for the other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from lxml import etree

from coursewright.audit.rule import is_whole, rule
from coursewright.findings import messages
from coursewright.findings.finding import Finding
from coursewright.packages.documents.reading import place_of, read_document
from coursewright.packages.files.budget import MOST_OF_A_BACKUP
from coursewright.packages.kinds import Family
from coursewright.packages.subject import Subject, within_bounds

# By document: what something else in a backup finds by its number, so that of two one is lost.
_KNOWN: Mapping[str, tuple[str, ...]] = {
    "groups.xml": ("group", "grouping"),
    "lesson.xml": ("page", "answer"),
    "questions.xml": ("question_category", "question_bank_entry", "question"),
    "scales.xml": ("scale",),
}
_MOST_NAMED = 10  # of a document


@rule("L556", family=Family.MOODLE, lms="moodle", when=is_whole)
def numbers_are_of_one(subject: Subject) -> Iterator[Finding]:
    """No two elements of a kind that is known by its number have the same."""
    names = sorted(name for name in subject.container.sizes if name.rpartition("/")[2] in _KNOWN)
    for name in within_bounds(names, subject.container, "documents", count=MOST_OF_A_BACKUP):
        root = read_document(name, subject.container)
        for one in list(_doubled(root, _KNOWN[name.rpartition("/")[2]]))[:_MOST_NAMED] if root is not None else ():
            reason, remedy = f"two of them have the id {one.get('id')}", "give each its own id"
            about = {"what": f"<{one.tag}>", "reason": reason, "remedy": remedy}
            place = place_of(name, subject.container, one)
            yield messages.MOODLE_TAKES_AMISS.at(place, taken="one is taken for the other", **about)


def _doubled(root: etree._Element, kinds: tuple[str, ...]) -> Iterator[etree._Element]:
    for kind in kinds:
        found = [one for one in root.iter(kind) if one.get("id")]
        counts = Counter(one.get("id") for one in found)
        yield from (one for one in found if counts.pop(one.get("id"), 0) > 1)
