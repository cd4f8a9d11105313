"""What the sections of a backup say of themselves and of one another, and Moodle restores otherwise than meant."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from coursewright.audit.flaw import Flaw
from coursewright.audit.lms.moodle.losses import amiss
from coursewright.audit.lms.moodle.restored import bounded, listed, of_backup, of_document
from coursewright.audit.rule import OpenedDocument, is_whole
from coursewright.audit.rules.moodle.backup import Part, read_backup
from coursewright.packages.documents.moodle.xml import said
from coursewright.packages.documents.reading import read_document
from coursewright.packages.subject import Subject


def _numbers(subject: Subject) -> dict[str, list[str]]:
    """Return the documents of sections by the numbers of these, in the order of the list."""
    found: dict[str, list[str]] = {}
    names = (f"{one.findtext('directory', '')}/section.xml" for one in listed("section", subject))
    for name in bounded(names, subject):
        if number := said(read_document(name, subject.container), "number"):
            found.setdefault(number, []).append(name)
    return found


@of_document("L556", named="section.xml")
def sections_have_numbers_of_their_own(document: OpenedDocument) -> Iterator[Flaw]:
    """No two sections have one number: Moodle makes one section of them."""
    number = said(document.root, "number")
    first, *others = document.subject.once(_numbers).get(number, [""])
    if document.name in others:
        taken = "it makes one section of both, and the name of one is lost"
        reason = f"{first} has the number {number}, too"
        yield amiss(document.root, "the section", reason, taken, "give each section its own number")


@of_document("L556", named="section.xml")
def subsections_say_whose_they_are(document: OpenedDocument) -> Iterator[Flaw]:
    """A section that is of an activity names the activity's component."""
    if said(document.root, "itemid") not in ("", "0") and not said(document.root, "component"):
        reason, remedy = "it has an <itemid>, and no <component>", "write <component>mod_subsection</component>"
        yield amiss(document.root, "the section", reason, "it is a section of its own", remedy)


@of_backup("L556", when=is_whole)
def sections_follow_one_another(subject: Subject) -> Iterator[Flaw]:
    """The numbers of sections leave no more room than there are sections: Moodle fills it with empty ones."""
    documents = subject.once(_numbers)
    numbers = {int(one): names[-1] for one, names in documents.items() if re.fullmatch(r"\d{1,9}", one)}
    most = max(numbers, default=0)
    if numbers and (empty := most + 1 - min(numbers) - len(numbers)) > len(numbers):
        reason = f"the greatest number of a section is {most}, and there are {len(numbers)} sections"
        taken, remedy = f"it gets {empty} empty sections", "number the sections from 0, without gaps"
        yield amiss(None, "the course", reason, taken, remedy).within(numbers[most])


@of_backup("L556", when=is_whole)
def activities_are_listed_in_their_order(subject: Subject) -> Iterator[Flaw]:
    """The backup lists the activities of each section in the order of its sequence: the restore goes by the list."""
    parts = subject.once(read_backup).parts
    listed_in: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for part in parts.values():
        if part.kind == "activity":
            listed_in[part.around].append(part.id)
    sections = [part for key, part in parts.items() if _is_listed_otherwise(part, listed_in.get(key, []))]
    if sections:
        more = f" and {len(sections) - 1} more" if sections[1:] else ""
        reason = f"the activities of {sections[0].shown}{more} are listed in another order than that of <sequence>"
        taken, remedy = "they stand in the order of the list", "list them in that of <sequence>"
        yield amiss(None, "the course", reason, taken, remedy)


def _is_listed_otherwise(section: Part, found: list[str]) -> bool:
    """Say whether the activities of a section are listed in another order than its own, as far as that names them."""
    places = {name.strip(): place for place, name in enumerate(section.says("sequence").split(","))}
    order = [places[name] for name in found if name in places]
    return order != sorted(order)
