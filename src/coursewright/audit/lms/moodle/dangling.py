"""What of a backup names something that is not in the backup."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from lxml import etree

from coursewright.audit.lms.moodle.limits import TABLE
from coursewright.audit.lms.references import FieldReference, Target
from coursewright.audit.rule import is_whole, rule
from coursewright.findings import messages
from coursewright.findings.finding import Finding
from coursewright.packages.documents.reading import place_of, read_document
from coursewright.packages.kinds import Family
from coursewright.packages.subject import Subject, within_bounds

_MOST_NAMED = 20  # of a document
# What a backup of a part of a course has from the whole: its restore leaves the one, and finds a bank for the other.
_OF_COURSES = ("course_completion_criteria", "question_category")


@rule("L502 L556", family=Family.MOODLE, lms="moodle", when=is_whole)
def what_is_named_is_there(subject: Subject) -> Iterator[Finding]:
    """Whatever a field names by its number is in the backup."""
    by_document: defaultdict[str, list[FieldReference]] = defaultdict(list)
    is_whole = subject.found.root.find("information/contents/course") is not None
    for one in (one for one in TABLE.references if is_whole or one.element not in _OF_COURSES):
        by_document[one.document].append(one)
    numbers = _Numbers(subject)
    for name in numbers.names:
        for count, found in enumerate(_dangling(name, by_document[name.rpartition("/")[2]], numbers)):
            if count < _MOST_NAMED:
                yield found


class _Numbers:
    """The numbers of what is in a backup, looked up once a kind."""

    def __init__(self, subject: Subject) -> None:
        listed = subject.found.root.iterfind("information/contents//directory")
        folders = {folder.text for folder in listed} | {"", "course"}
        names = sorted(name for name in subject.container.sizes if name.rpartition("/")[0] in folders)
        self.subject = subject
        self.names = list(within_bounds(names, subject.container, "documents", count=20_000))
        self._known: dict[Target, frozenset[str]] = {}

    def known(self, target: Target, root: etree._Element) -> frozenset[str]:
        """Return the numbers of a kind, in the package or in the document of a root."""
        if target.document == ".":
            return frozenset(target.values(root))
        if target not in self._known:
            self._known[target] = frozenset(self._all(target))
        return self._known[target]

    def _all(self, target: Target) -> Iterator[str]:
        if target.field == "contextid":  # those of the course and of the site are not listed
            names = ("original_course_contextid", "original_system_contextid")
            yield from (self.subject.found.root.findtext(f"information/{name}", "").strip() for name in names)
        for name in self.names:
            if target.document in ("*", name.rpartition("/")[2]) and name.endswith(".xml"):
                root = read_document(name, self.subject.container)
                yield from target.values(root) if root is not None else ()


def _dangling(name: str, references: list[FieldReference], numbers: _Numbers) -> Iterator[Finding]:
    """Yield what dangles in a document."""
    root = read_document(name, numbers.subject.container) if references else None
    for one in references if root is not None else ():
        for element in root.iter(one.element) if root is not None else ():
            if number := one.dangles(element, numbers.known):
                yield _finding(name, element, one, number, numbers.subject)


def _finding(name: str, element: etree._Element, one: FieldReference, number: str, subject: Subject) -> Finding:
    place = place_of(name, subject.container, element)
    reason = f"<{one.field}> of <{one.element}> is {number}, and {one.target.shown}"
    remedy = "write the number of one that is there, or 0"
    if not one.becomes:
        return messages.MOODLE_STOPS.at(place, reason=reason, remedy=remedy)
    what = f"<{one.element}>"
    return messages.MOODLE_TAKES_AMISS.at(place, what=what, reason=reason, taken=one.becomes, remedy=remedy)
