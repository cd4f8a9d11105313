"""What stands in the fields of a backup's documents: it is there, fits into its column, and names what is there."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from itertools import chain

from lxml import etree

from coursewright.audit.flaw import Flaw
from coursewright.audit.lms import field_bounds as bounds
from coursewright.audit.lms.limits import Breach, Effect, breaches
from coursewright.audit.lms.moodle.banks import is_marked_by_hand
from coursewright.audit.lms.moodle.columns import written
from coursewright.audit.lms.moodle.limits import TABLE
from coursewright.audit.lms.moodle.losses import amiss, breaks_quiz, left_out, stops
from coursewright.audit.lms.moodle.restored import (
    bounded,
    documents,
    is_of_course,
    is_set,
    listed,
    of_document,
    restored_users,
    titled,
)
from coursewright.audit.lms.references import FieldReference, Target
from coursewright.audit.rule import OpenedDocument
from coursewright.findings.finding import Severity
from coursewright.packages.documents.moodle.xml import NULL, said
from coursewright.packages.documents.reading import read_document
from coursewright.packages.subject import Subject

_REMEDIES: Mapping[type, str] = {
    bounds.Length: "shorten it",
    bounds.Number: "write a number, such as 0 or 1",
    bounds.Whole: "write a whole number, such as 0 or 1",
    bounds.Within: "write a smaller number",
    bounds.Leading: "write the seconds since 1970, or 0",
    bounds.NotBlank: "write a number, such as 0 or 1",
    bounds.Given: "write a value, or leave the element out",
    bounds.There: "add it, if only empty",
    bounds.Filled: "write it",
    bounds.Written: "write it",
}
_REMEDIES_OF_AMISS: Mapping[type, str] = {
    **dict.fromkeys((bounds.There, bounds.Written, bounds.Filled), "write it"),
    bounds.Alone: "write the seconds since 1970, or 0",
}
_WEIGHTS = {
    **dict.fromkeys((Effect.BREAKS, Effect.UNMARKED), Severity.ERROR),
    **dict.fromkeys((Effect.LOOKS, Effect.NO_BUTTON, Effect.SHOWN, Effect.USUAL_FORUM), Severity.INFO),
}
_BY_NUMBER = bounds.Whole(8)
_USERS = "users.xml"


# --- what is limited ---


@of_document("L502 L533 L535 L556", named=" ".join(TABLE.by_document), most=20)
def fields_are_within_limits(document: OpenedDocument) -> Iterator[Flaw]:
    """Whatever stands in a field is there, and fits into the column that the restore writes it to."""
    found = [one for one in breaches(document.root, document.name, TABLE) if _is_read(one, document)]
    stopping = {(one.element, one.limit.field) for one in found if one.limit.effect is Effect.STOPS}
    told = (one for one in found if one.limit.effect is Effect.STOPS or (one.element, one.limit.field) not in stopping)
    yield from chain(map(_beyond, told), _late(document))


# Of a way to enrol: what is looked for of each, if it is restored or not.
_OF_EACH_ENROLMENT = ("@id", "roleid")


def _is_read(breach: Breach, document: OpenedDocument) -> bool:
    """Say whether a field is read: those of users that nothing names are not, and most of a way to enrol is not where
    another is restored in its place, as it is without users. A field that Moodle 2.0 had not is made of another. What
    an attempt starts by matters where a question goes by it; the format of a wiki, where learners do not choose one."""
    element, field = breach.element, breach.limit.field
    if document.file == _USERS:
        return element.get("id") in document.subject.once(restored_users)
    if element.tag == "enrol" and field not in _OF_EACH_ENROLMENT:
        return said(element, "enrol") == "manual" or is_set("users", document.subject)
    if breach.limit.effect is Effect.UNSTARTED and is_marked_by_hand(document.root, document.subject):
        return False
    if field == "defaultformat" and breach.limit.effect is Effect.BREAKS and said(element, "forceformat") == "0":
        return False
    return not (field.startswith("review") and element.find("review") is not None)


def _beyond(breach: Breach) -> Flaw:
    limit, where, kind = breach.limit, breach.element, type(breach.limit.bound)
    if limit.effect is Effect.HIDDEN:
        reason = "it has no name, and the course page leaves out what has none"
        return left_out(where, "this activity", reason, "give it a name")
    remedy = _REMEDIES.get(kind) or f"write {limit.bound.told}"
    if limit.effect is Effect.LEFT_OUT:
        return left_out(where, "this activity", breach.reason, remedy)
    if limit.effect is Effect.UNSTARTED:
        reason = f"{limit.effect}, for {breach.reason}"
        return breaks_quiz(where, titled(where), reason, f"{remedy}, or install the plugin that has it")
    if limit.effect is Effect.STOPS:
        return stops(where, breach.reason, remedy)
    remedy = _REMEDIES_OF_AMISS.get(kind) or f"write {limit.bound.told}"
    found = amiss(where, f"<{limit.element}>", breach.reason, str(limit.effect), remedy)
    return found.weighing(_WEIGHTS[limit.effect]) if limit.effect in _WEIGHTS else found


def _late(document: OpenedDocument) -> Iterator[Flaw]:
    """Yield a flaw for each text that follows elements within elements: the restore has written the row by then, and
    takes the text for another, of which all else is missing."""
    rows = written(document.file)
    for element in document.root.iter(*rows) if rows else ():
        is_written = False
        for child in element.iterchildren(etree.Element):
            if is_written and not _holds(child) and (child.text or NULL).strip() not in ("", NULL):
                reason = f"<{child.tag}> of <{element.tag}> has a text, and comes after elements that hold others"
                yield stops(child, reason, "put it before them, or remove the text")
            is_written |= _holds(child)


def _holds(element: etree._Element) -> bool:
    """Say whether there are elements in an element; comments are none."""
    return len(element) > 0 and next(element.iterchildren(etree.Element), None) is not None


@of_document("L502", named="inforef.xml", most=5)
def what_goes_with_it_is_named_by_number(document: OpenedDocument) -> Iterator[Flaw]:
    """Whatever goes with an activity, a section or the course is named by a whole number, if by any."""
    for name in document.root.iter("id"):
        if breach := _BY_NUMBER.breach(name.text):
            holder = name.getparent()
            what = "" if holder is None else f" of <{holder.tag}>"
            yield stops(name, f"<id>{what} {breach}", "write the number of one that is in the backup")


# --- what names something ---

# What a backup of a part of a course has from the whole: its restore leaves the one, and finds a bank for the other.
_OF_COURSES = ("course_completion_criteria", "question_category")


class _Numbers:
    """The numbers of what is in a backup, looked up once a kind, and what names them, by document."""

    def __init__(self, subject: Subject) -> None:
        self.subject = subject
        self.references: defaultdict[str, list[FieldReference]] = defaultdict(list)
        self._known: dict[Target, frozenset[str]] = {}
        for one in TABLE.references:
            is_read = one.target.document != _USERS or is_set("users", subject)
            if is_read and (is_of_course(subject) or one.element not in _OF_COURSES):
                self.references[one.document].append(one)

    def known(self, target: Target, root: etree._Element) -> frozenset[str]:
        """Return the numbers of a kind, in the package or in the document of a root."""
        if target.document == ".":
            return frozenset(target.values(root))
        if target not in self._known:
            self._known[target] = frozenset(self._all(target))
        return self._known[target]

    def _all(self, target: Target) -> Iterator[str]:
        if target.field == "contextid":  # those of the course and of the site are not listed
            contexts = ("original_course_contextid", "original_system_contextid")
            yield from (self.subject.found.root.findtext(f"information/{name}", "").strip() for name in contexts)
        if target.document == "module.xml":  # of those that are listed and missing, that is told
            yield from (one.findtext("moduleid", "").strip() for one in listed("activity", self.subject))
        known = self.subject.once(documents).items()
        is_any = target.document == "*"
        names = (name for name, words in known if (is_any and name.endswith(".xml")) or target.document in words)
        for name in bounded(names, self.subject):
            root = read_document(name, self.subject.container)
            yield from target.values(root) if root is not None else ()


_REMEDIES_BY_FIELD = {
    "firstslot": "write the <slot> of a question that is there",
    "jumpto": "write the number of a page, or -1, which is the next one",
}


@of_document("L502 L556", named=" ".join(one.document for one in TABLE.references), most=20)
def what_is_named_is_there(document: OpenedDocument) -> Iterator[Flaw]:
    """Whatever a field names by its number is in the backup."""
    numbers = document.subject.once(_Numbers)
    for one in numbers.references[document.file]:
        for element in document.root.iter(one.element):
            if named := one.dangles(element, numbers.known):
                reason = f"<{one.field}> of <{one.element}> is {named}, and {one.target.shown}"
                usual = "a minus and the number" if one.is_negative else "the number"
                remedy = _REMEDIES_BY_FIELD.get(one.field, f"write {usual} of one that is there, or 0")
                if one.becomes:
                    yield amiss(element, f"<{one.element}>", reason, one.becomes, remedy)
                else:
                    yield stops(element, reason, remedy)
