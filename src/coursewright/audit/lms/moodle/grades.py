"""What the grades of a backup say that cannot come true, or that Moodle counts otherwise than it is meant."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from lxml import etree

from coursewright.audit.flaw import Flaw
from coursewright.audit.lms.moodle.columns import numbers
from coursewright.audit.lms.moodle.losses import amiss, stops
from coursewright.audit.lms.moodle.restored import everywhere, kind_of, of_document, titled
from coursewright.audit.lms.moodle.stock import unknown_functions, words_of
from coursewright.audit.rule import OpenedDocument
from coursewright.audit.rules.moodle.backup import can_be_passed, is_out_of_reach
from coursewright.audit.rules.moodle.unfinished import NEVER_GRADED
from coursewright.packages.documents.elements import all_within
from coursewright.packages.documents.moodle.xml import NULL, number, said
from coursewright.packages.subject import Subject

_NAMED = re.compile(r"##gi(\d{1,18})##")  # a grade, in a formula
_GRADED = ("assign", "quiz")  # what gives points by itself
_POINTS, _UNCOUNTED = "1", ("0", "3")  # kinds of grades: points, and none or a text
_OF_GRADEBOOK = ("category", "manual")
_BY_SCALE = "2"
_FUNCTIONS = words_of("""
    abs acos acosh and arccos arccosh arcsin arcsinh arctan arctanh asin asinh atan atanh average ceil cond_and cond_or
    cos cosh exp floor if ifthenelse ln log max min mod or pi power rand_float rand_int round sin sinh sqrt sum tan tanh
""")
_ON, _AUTOMATIC = "1", "2"
_BOTH = "grades.xml gradebook.xml"
_OF_ACTIVITY = "the grade of an activity"


def _grade(item: etree._Element) -> str:
    return f"the grade {titled(item, 'itemname')}"


@of_document("L556", named=_BOTH)
def grades_can_be_reached(document: OpenedDocument) -> Iterator[Flaw]:
    """The greatest value of a grade is above the least, and not below that with which it is passed."""
    for item in document.root.iter("grade_item"):
        least, most, pass_at = (number(item, name) for name in ("grademin", "grademax", "gradepass"))
        if most is None or item.findtext("gradetype", _POINTS).strip() != _POINTS:
            continue
        is_by_hand = said(item, "itemtype") == "manual"  # that of an activity is compared with the activity's own
        if least is not None and least >= most and (most > 0 or is_by_hand):
            reason = f"its least value ({least:g}) is not below its greatest ({most:g})"
            taken = "whatever is given counts as nothing, or as all"
            yield amiss(item, _grade(item), reason, taken, "correct <grademin>")
        elif pass_at is not None and pass_at > most > 0:
            reason = f"it is passed with {pass_at:g}, and its greatest value is {most:g}"
            is_by_passing = said(document.beside("module.xml"), "completionpassgrade") == "1"
            taken = "nobody passes, nor completes what asks for that" if is_by_passing else "nobody passes"
            yield amiss(item, _grade(item), reason, taken, "correct <gradepass>")


@of_document("L502", named="gradebook.xml")
def grades_of_categories_are_numbers(document: OpenedDocument) -> Iterator[Flaw]:
    """No number of a grade of the gradebook itself is empty: the restore looks for such a grade by all its values."""
    known = numbers("gradebook.xml", "grade_item")
    for item in (one for one in document.root.iter("grade_item") if one.findtext("itemtype") in _OF_GRADEBOOK):
        empty = next((one for one in item if one.tag in known and not one.text), None)
        if empty is not None:
            reason = f"<{empty.tag}> of <grade_item> is empty"
            yield stops(empty, reason, "write a number, or $@NULL@$ for none")


def _grade_numbers(subject: Subject) -> set[str]:
    return {one.get("id", "") for one in everywhere("grade_item", _BOTH, subject)}


@of_document("L556", named=_BOTH)
def grades_can_be_counted(document: OpenedDocument) -> Iterator[Flaw]:
    """Formulas of grades are formulas, over grades of the backup."""
    for item in document.root.iter("grade_item"):
        formula = said(item, "calculation")
        if reason := _uncounted(formula, item, document.subject.once(_grade_numbers)) if formula else "":
            yield amiss(item, _grade(item), reason, "it cannot be counted", "correct its <calculation>, or empty it")


def _uncounted(formula: str, item: etree._Element, known: set[str]) -> str:
    """Return why a formula cannot be counted, by the numbers of the grades that there are; or ""."""
    if gone := [one for one in _NAMED.findall(formula) if one not in known]:
        return f"its <calculation> names the grade {gone[0]}, which is not in the backup"
    if not formula.startswith("="):
        return f"its <calculation> '{formula[:40]}' does not begin with ="
    if "[[" in formula:
        return "its <calculation> names grades as [[…]], and backups as ##gi…##"
    if called := unknown_functions(formula, _FUNCTIONS):
        return f"its <calculation> calls {called[0][:40]}(), which Moodle does not know"
    return "its <calculation> counts with itself" if item.get("id") in _NAMED.findall(formula) else ""


@of_document("L556", named=_BOTH)
def scales_are_named(document: OpenedDocument) -> Iterator[Flaw]:
    """A grade by a scale names one."""
    for item in document.root.iter("grade_item"):
        if said(item, "gradetype") == _BY_SCALE and said(item, "scaleid") in ("", "0"):
            reason, remedy = "it is given by a scale, and has no <scaleid>", "write the number of a scale"
            yield amiss(item, _grade(item), reason, "nobody can be graded", remedy)


@of_document("L556", named="gradebook.xml")
def categories_are_of_one_course(document: OpenedDocument) -> Iterator[Flaw]:
    """One category of grades is that of the course, and none drops all that is in it."""
    categories = list(document.root.iter("grade_category"))
    lost = set([one for one in categories if said(one, "parent") in ("", "0")][1:])
    counts = document.subject.once(_counts)
    for one in categories:
        what = f"the category {titled(one, 'fullname')}"
        dropped, count = number(one, "droplow") or 0, counts[one.get("id", "")]
        if one in lost:
            reason = "it is in no other category, as that of the course is"
            yield amiss(one, what, reason, "it is lost", "write its <parent>")
        if dropped >= count > 0:
            reason = f"it leaves out the {dropped:g} lowest of its {count} grades"
            yield amiss(one, what, reason, "it counts none", "correct <droplow>")


def _counts(subject: Subject) -> Counter[str]:
    """Return how many grades and categories are in each category."""
    items = Counter(said(one, "categoryid") for one in everywhere("grade_item", _BOTH, subject))
    return items + Counter(said(one, "parent") for one in everywhere("grade_category", _BOTH, subject))


# --- of activities ---


def _points(document: OpenedDocument) -> float | None:
    """Return the points of the activity that a document belongs to, less than 0 for a scale, or None."""
    kind = kind_of(document)
    root = document.beside(f"{kind}.xml") if kind in _GRADED else None
    return number(root.find(kind), "grade") if root is not None else None


@of_document("L556", named="grades.xml")
def grades_are_those_of_activities(document: OpenedDocument) -> Iterator[Flaw]:
    """The gradebook counts an assignment and a quiz to as many points as they give."""
    kind, given = kind_of(document), _points(document)
    if given is None or given < 0 or (given == 0 and kind != "quiz"):
        return
    for item in document.root.iter("grade_item"):
        most, sort = number(item, "grademax"), said(item, "gradetype")
        if said(item, "itemmodule") != kind or said(item, "itemnumber") not in ("0", ""):
            continue
        if given and sort in _UNCOUNTED:
            taken, remedy = "it does not count until somebody is graded", "write <gradetype>1</gradetype>"
            yield amiss(item, _grade(item), "it is of a kind without points", taken, remedy)
        elif sort == _POINTS and most is not None and abs(most - given) > 0.001:
            reason = f"its greatest value is {most:g}, and that of the activity {given:g}"
            yield amiss(item, _grade(item), reason, "the gradebook counts otherwise", "write the same in both")


def _categories(subject: Subject) -> set[str]:
    """Return the numbers of the categories of the gradebook."""
    return {one.get("id", "") for one in everywhere("grade_category", "gradebook.xml", subject)}


@of_document("L556", named="grades.xml")
def grades_are_of_activities(document: OpenedDocument) -> Iterator[Flaw]:
    """The grades of an activity are there, once each, are of it and of a category that is there."""
    kind, module = kind_of(document), document.beside("module.xml")
    items = [one for one in document.root.iter("grade_item") if one.findtext("itemtype") == "mod"]
    own = [one.findtext("itemnumber") for one in items if one.findtext("itemmodule") == kind]
    known = document.subject.once(_categories)
    if lost := [one for one in items if known and (one.findtext("categoryid") or NULL) not in (NULL, *known)]:
        reason = f"no <grade_category> has its <categoryid>, {lost[0].findtext('categoryid')}"
        yield amiss(lost[0], _OF_ACTIVITY, reason, "it is in that of all", "write one that is there")
    taken = "it is the grade of nothing, and that of the activity is another"
    if untold := [one for one in items if one.findtext("itemnumber") in ("", NULL)]:
        yield amiss(untold[0], _OF_ACTIVITY, "it has no <itemnumber>", taken, "write 0")
    if own and kind in _GRADED and not {"0", "", NULL} & set(own):
        yield amiss(document.root, _OF_ACTIVITY, f"its <itemnumber> is {own[0]}", taken, "write 0")
    if max(Counter(own).values(), default=0) > 1:
        reason = "two of its <grade_item> have one <itemnumber>"
        yield amiss(document.root, _OF_ACTIVITY, reason, "the gradebook has it twice", "remove one of them")
    if not own and ((_points(document) or 0) > 0 or said(module, "completiongradeitemnumber")):
        reason = f"grades.xml has no <grade_item> of the type mod and the module {kind}"
        anew = "its grade begins anew once somebody is graded, without what counts as passed"
        taken = "nobody can complete it by one" if kind in NEVER_GRADED else anew
        yield amiss(document.root, _OF_ACTIVITY, reason, taken, "add the grade item")


@of_document("L556", named=" ".join(f"{kind}.xml" for kind in _GRADED))
def grades_are_written(document: OpenedDocument) -> Iterator[Flaw]:
    """The grades of what gives points are no empty file."""
    points, name = number(document.root.find(kind_of(document)), "grade") or 0, f"{document.folder}/grades.xml"
    if points > 0 and document.subject.container.sizes.get(name) == 0:
        taken = "its grade begins anew, without what counts as passed"
        yield amiss(None, _OF_ACTIVITY, "grades.xml is empty", taken, "add the grade item").within(name)


@of_document("L556", named="module.xml")
def passes_are_set(document: OpenedDocument) -> Iterator[Flaw]:
    """What is complete once it is passed says which grade is to be passed, and with how much."""
    module = document.root
    if said(module, "completionpassgrade") != _ON or said(module, "completion") != _AUTOMATIC:
        return
    wanted = said(module, "completiongradeitemnumber")
    if not wanted:
        reason, taken = "it is complete once it is passed, and names no grade", "whether it is passed does not count"
        yield amiss(module, "the activity", reason, taken, "write 0 as <completiongradeitemnumber>")
        return
    found = all_within(document.beside("grades.xml"), "grade_item")
    items = (one for one in found if said(one, "itemnumber") in (wanted, ""))
    if not any(can_be_passed(one) or is_out_of_reach(one) for one in items):
        reason = "it is complete once it is passed, and its grade has no <gradepass>"
        taken = "whoever is graded completes it, with whatever grade"
        yield amiss(module, "the activity", reason, taken, "write the grade to pass")


_OF_LETTERS = ("id", "contextid", "lowerboundary", "letter")


@of_document("L502", named="gradebook.xml", most=5)
def letters_have_no_more(document: OpenedDocument) -> Iterator[Flaw]:
    """The letters of grades have nothing but what Moodle keeps of them: it looks for one that has all of it."""
    for letter in document.root.iter("grade_letter"):
        names = [*map(str, letter.attrib), *(str(one.tag) for one in letter.iterchildren(etree.Element))]
        if more := [name for name in names if name not in _OF_LETTERS]:
            reason = f"<grade_letter> has '{more[0][:40]}', of which no letter of Moodle's has anything"
            yield stops(letter, reason, "remove that")
