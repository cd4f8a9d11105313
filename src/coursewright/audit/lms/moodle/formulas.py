"""What grades of a backup wait for that cannot come: formulas over grades that are gone, a pass that nobody set."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from coursewright.audit.lms.moodle.parts import folders
from coursewright.audit.rule import rule
from coursewright.findings import messages
from coursewright.findings.finding import Finding
from coursewright.packages.documents.moodle.availability import said
from coursewright.packages.documents.reading import place_of, read_document
from coursewright.packages.files.budget import MOST_OF_A_BACKUP
from coursewright.packages.kinds import Family
from coursewright.packages.subject import Subject, within_bounds

_NAMED = re.compile(r"##gi(\d{1,18})##")
_ON, _AUTOMATIC = "1", "2"


@rule("L556", family=Family.MOODLE, lms="moodle")
def grades_can_be_counted(subject: Subject) -> Iterator[Finding]:
    """Formulas of grades are formulas, over grades of the backup."""
    names = [*(f"{folder}/grades.xml" for folder in folders("activities/activity", subject)), "gradebook.xml"]
    there = [name for name in names if name in subject.container.sizes]
    counted: list[tuple[str, etree._Element]] = []
    known: set[str] = set()
    for name in within_bounds(there, subject.container, "documents", count=MOST_OF_A_BACKUP):
        root = read_document(name, subject.container)
        for item in root.iter("grade_item") if root is not None else ():
            known.add(item.get("id", ""))
            counted += [(name, item)] if said(item, "calculation") else []
    for name, item in counted:
        if reason := _miscounts(said(item, "calculation"), known):
            place, what = place_of(name, subject.container, item), f"the grade “{said(item, 'itemname')[:60]}”"
            about = {"what": what, "reason": reason, "remedy": "correct its <calculation>, or empty it"}
            yield messages.MOODLE_TAKES_AMISS.at(place, taken="it cannot be counted", **about)


def _miscounts(formula: str, known: set[str]) -> str:
    """Return why a formula cannot be counted, or ""."""
    if not formula.startswith("="):
        return f"its <calculation> '{formula[:40]}' does not begin with ="
    gone = next((number for number in _NAMED.findall(formula) if number not in known), "")
    return f"its <calculation> names the grade {gone}, which is not in the backup" if gone else ""


@rule("L556", family=Family.MOODLE, lms="moodle")
def passes_are_set(subject: Subject) -> Iterator[Finding]:
    """What is complete once it is passed says from which grade it is."""
    for folder in folders("activities/activity", subject):
        module = read_document(name := f"{folder}/module.xml", subject.container)
        if (
            module is not None
            and said(module, "completionpassgrade") == _ON
            and said(module, "completion") == _AUTOMATIC
        ):
            grades = read_document(f"{folder}/grades.xml", subject.container)
            if not _has_pass(grades, said(module, "completiongradeitemnumber")):
                reason = "it is complete once it is passed, and its grade has no <gradepass>"
                about = {"what": "the activity", "reason": reason, "remedy": "write the grade to pass"}
                place = place_of(name, subject.container, module)
                yield messages.MOODLE_TAKES_AMISS.at(place, taken="nobody completes it", **about)


def _has_pass(grades: etree._Element | None, number: str) -> bool:
    items = grades.iter("grade_item") if grades is not None else ()
    return any(said(one, "itemnumber") in (number, "") and said(one, "gradepass").strip("0.") for one in items)
