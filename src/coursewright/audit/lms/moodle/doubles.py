"""What a backup has twice, and a site once, so that of two one is lost: what is known by a name or a number, and rows
that the database keeps once. Tables, each with its rule."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping

from coursewright.audit.flaw import Flaw
from coursewright.audit.lms.moodle.losses import amiss, stops
from coursewright.audit.lms.moodle.restored import is_set, of_document
from coursewright.audit.rule import OpenedDocument
from coursewright.packages.documents.moodle.xml import NULL, said

# A document, an element, the child that it is known by, the child that says among which (- is among all), and what
# becomes of the second.
_ALONE = """
data.xml field name - what is entered into one of them is shown in both, or in neither
gradebook.xml grade_letter lowerboundary - nobody is given one of them
groups.xml group idnumber - the second has none
groups.xml grouping idnumber - the second has none
questions.xml question_bank_entry idnumber questioncategoryid the second has none
questions.xml question_category idnumber contextid the second has none
"""
_NUMBER, _NO_NUMBERS = "idnumber", ("", "0")  # which PHP takes for none, and the database for one


def _by_document(table: str, maxsplit: int = -1) -> Mapping[str, list[list[str]]]:
    """Return the rest of each line by its document."""
    found: defaultdict[str, list[list[str]]] = defaultdict(list)
    for document, *rest in (line.split(maxsplit=maxsplit) for line in table.strip().splitlines()):
        found[document].append(rest)
    return found


_KNOWN = _by_document(_ALONE, maxsplit=4)


@of_document("L556", named=" ".join(_KNOWN), most=10)
def names_are_of_one(document: OpenedDocument) -> Iterator[Flaw]:
    """No two elements are known by one name among those that it tells apart."""
    for kind, field, among, becomes in _KNOWN[document.file]:
        seen = set[tuple[str, str]]()
        for one in document.root.iter(kind):
            name, scope = said(one, field).strip(), "" if among == "-" else said(one, among)
            is_none = not name or (field == _NUMBER and name in _NO_NUMBERS)  # of which others are told
            if not is_none and (scope, name) in seen:
                reason = f"two of them have '{name[:40]}' as their <{field}>"
                yield amiss(one, f"<{kind}>", reason, becomes, "give each its own, or remove it")
            seen.add((scope, name))


# By document: what something else in a backup finds by its number, so that of two one is lost.
_NUMBERED: Mapping[str, tuple[str, ...]] = {
    "groups.xml": ("group", "grouping"),
    "lesson.xml": ("page", "answer"),
    "questions.xml": ("question_category", "question_bank_entry", "question"),
    "scales.xml": ("scale",),
}


@of_document("L556", named=" ".join(_NUMBERED), most=10)
def numbers_are_of_one(document: OpenedDocument) -> Iterator[Flaw]:
    """No two elements of a kind that is known by its number have the same."""
    for kind in _NUMBERED[document.file]:
        found = [one for one in document.root.iter(kind) if one.get("id")]
        counts = Counter(one.get("id") for one in found)
        for one in found:
            if counts.pop(one.get("id"), 0) > 1:
                reason = f"two of them have the id {one.get('id')}"
                yield amiss(one, f"<{kind}>", reason, "one is taken for the other", "give each its own id")


@of_document("L502", named="questions.xml", most=10)
def no_numbers_are_of_one(document: OpenedDocument) -> Iterator[Flaw]:
    """No two categories of a context, and no two entries of a category, have an empty number: the restore sees to it
    that others are told apart."""
    seen = set[tuple[str, str, str]]()
    for category in document.root.iter("question_category"):
        entries = category.iterfind("question_bank_entries/question_bank_entry")
        inner = [category] if said(category, "parent") not in _NO_NUMBERS else []
        for one in (*inner, *entries):
            scope = said(category, "contextid") if one is category else category.get("id", "")
            key = (one.tag, scope, one.findtext(_NUMBER, NULL))
            if key[2] in _NO_NUMBERS and key in seen:
                reason = f"<{_NUMBER}> of two <{one.tag}> is '{key[2]}', and Moodle keeps one such"
                yield stops(one, reason, f"write {NULL}, or remove it")
            seen.add(key)


# A document, an element, and what at a path in it may be there once for each value of these fields: two stop a restore.
_UNIQUE = """
badges.xml badge criteria/criterion criteriatype
grading.xml areas area areaname
grading.xml area definitions/definition method
questions.xml question plugin_qtype_essay_question/essay
questions.xml question plugin_qtype_ordering_question/ordering
questions.xml question plugin_qtype_shortanswer_question/shortanswer
questions.xml question .//numerical_units/numerical_unit unit
quiz.xml question_instance question_reference usingcontextid component questionarea
quiz.xml question_instance question_set_reference usingcontextid component questionarea
quiz.xml quiz quiz_grade_items/quiz_grade_item sortorder
quiz.xml quiz sections/section firstslot
wiki.xml wiki subwikis/subwiki groupid userid
wiki.xml subwiki pages/page userid title
wiki.xml subwiki synonyms/synonym pageid pagesynonym
"""
_OF_ONE, _OF_USERS = _by_document(_UNIQUE), ("wiki.xml",)


@of_document("L502", named=" ".join(_OF_ONE), most=10)
def rows_are_of_one(document: OpenedDocument) -> Iterator[Flaw]:
    """Nothing is there twice of which the database keeps one; what users have made comes with them alone."""
    is_restored = document.file not in _OF_USERS or is_set("users", document.subject)
    for around, path, *fields in _OF_ONE[document.file] if is_restored else ():
        for whole in document.root.iter(around):
            seen = set[tuple[str, ...]]()
            for one in whole.iterfind(path):
                key = tuple(said(one, field) for field in fields)
                if key in seen:
                    which = f" with the <{fields[-1]}> '{key[-1][:40]}'" if fields else ""
                    reason = f"there are two <{one.tag}> in a <{around}>{which}, and Moodle keeps one such"
                    yield stops(one, reason, "remove one of them, or tell them apart")
                seen.add(key)
