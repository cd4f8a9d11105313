"""What the parts of a backup say of one another, and Moodle restores otherwise than meant where they disagree."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import islice

from lxml import etree

from coursewright.audit.lms.moodle.stock import MODULES
from coursewright.audit.rule import rule
from coursewright.findings import messages
from coursewright.findings.finding import Finding
from coursewright.packages.documents.moodle.xml import NULL
from coursewright.packages.documents.reading import place_of, read_document
from coursewright.packages.files.budget import MOST_OF_A_BACKUP
from coursewright.packages.kinds import Family
from coursewright.packages.subject import Subject, within_bounds
from coursewright.text.names import nearest

_LINK = re.compile(r"\$@([A-Z0-9]{2,40})VIEWBYID\*(\d{1,18})@\$")
_OTHERS = ("course", "assignment", "chat", "survey")  # what Moodle's own links lead to besides
_GRADED = ("assign", "quiz")
_ANSWERED = ("multichoice", "shortanswer", "numerical", "truefalse")
_MOST_NAMED = 20  # questions


@rule("L556", family=Family.MOODLE, lms="moodle")
def sections_have_numbers_of_their_own(subject: Subject) -> Iterator[Finding]:
    """No two sections have one number: Moodle makes one section of them."""
    numbers: dict[str, str] = {}
    for folder in folders("sections/section", subject):
        name = f"{folder}/section.xml"
        root = read_document(name, subject.container)
        number = (root.findtext("number") or "").strip() if root is not None else ""
        if number and number in numbers:
            reason = f"{numbers[number]} has the number {number}, too"
            taken, remedy = (
                "it makes one section of both, and the name of one is lost",
                "give each section its own number",
            )
            place = place_of(name, subject.container, root)
            yield messages.MOODLE_TAKES_AMISS.at(place, what="the section", reason=reason, taken=taken, remedy=remedy)
        numbers.setdefault(number, name)


def folders(kind: str, subject: Subject) -> list[str]:
    """Return the folders of what a backup lists."""
    contents = subject.found.root.find("information/contents")
    if contents is None or subject.container.alone:
        return []
    folders = [one.findtext("directory", "") for one in contents.iterfind(kind)]
    return list(within_bounds(folders, subject.container, "documents", count=MOST_OF_A_BACKUP))


@rule("L533 L556", family=Family.MOODLE, lms="moodle")
def activities_are_what_is_listed(subject: Subject) -> Iterator[Finding]:
    """The document of an activity names the kind that the list names, and its grades are those that it waits for."""
    listed = _listed(subject)
    for folder in folders("activities/activity", subject):
        kind, name = listed[folder][1], f"{folder}/module.xml"
        root = read_document(name, subject.container)
        if root is None:
            continue
        said = (root.findtext("modulename") or "").strip()
        if said and said != kind:
            reason, taken = f"<modulename> is '{said[:40]}', and the backup lists a {kind}", "what is in it is lost"
            yield _amiss(name, root, "the activity", (reason, taken, f"write <modulename>{kind}</modulename>"), subject)
        yield from _grades(folder, kind, root, subject)
        yield from _itself(f"{folder}/{kind}.xml", kind, subject)


def _listed(subject: Subject) -> Mapping[str, tuple[str, str]]:
    """Return the number and the kind of each activity, by its folder."""
    contents = subject.found.root.find("information/contents")
    found = contents.iterfind("activities/activity") if contents is not None else ()
    return {
        one.findtext("directory", ""): (one.findtext("moduleid", "").strip(), one.findtext("modulename", "").strip())
        for one in found
    }


def _amiss(
    name: str, element: etree._Element | None, what: str, told: tuple[str, str, str], subject: Subject
) -> Finding:
    """Return the finding of which the reason, what Moodle makes of it and the remedy are told."""
    reason, taken, remedy = told
    place = place_of(name, subject.container, element)
    return messages.MOODLE_TAKES_AMISS.at(place, what=what, reason=reason, taken=taken, remedy=remedy)


def _itself(name: str, kind: str, subject: Subject) -> Iterator[Finding]:
    """Yield a finding where the document of an activity does not hold the activity."""
    root = read_document(name, subject.container)
    if root is not None and kind in MODULES and len(root) and root.find(kind) is None:
        reason, remedy = f"there is no <{kind}> in it", f"write <{kind}>"
        place, found = place_of(name, subject.container, root), messages.MOODLE_LEAVES_OUT
        yield found.at(place, what="this activity", reason=reason, remedy=remedy)


def _grades(folder: str, kind: str, module: etree._Element, subject: Subject) -> Iterator[Finding]:
    """Yield what is wrong with the grades of an activity."""
    name = f"{folder}/grades.xml"
    root = read_document(name, subject.container)
    if root is None:
        return
    items = [one for one in root.iter("grade_item") if one.findtext("itemtype") == "mod"]
    has_grade = any(one.findtext("itemmodule") == kind for one in items)
    awaited = (module.findtext("completiongradeitemnumber") or "").strip()
    most = _most(folder, kind, subject)
    numbers = Counter(one.findtext("itemnumber") for one in items if one.findtext("itemmodule") == kind)
    known = _categories(subject)
    lost = [
        one for one in items if known and (said := (one.findtext("categoryid") or NULL)) != NULL and said not in known
    ]
    if lost:
        reason, taken = (
            f"no <grade_category> has its <categoryid>, {lost[0].findtext('categoryid')}",
            "it is in that of all",
        )
        yield _amiss(name, lost[0], "the grade of an activity", (reason, taken, "write one that is there"), subject)
    if untold := [one for one in items if one.findtext("itemnumber") in ("", NULL)]:
        reason, taken = "it has no <itemnumber>", "it is the grade of nothing, and that of the activity is another"
        yield _amiss(name, untold[0], "the grade of an activity", (reason, taken, "write 0"), subject)
    if any(count > 1 for count in numbers.values()):
        reason, taken = "two of its <grade_item> have one <itemnumber>", "the gradebook has it twice"
        yield _amiss(name, root, "the grade of an activity", (reason, taken, "remove one of them"), subject)
    if not has_grade and (most > 0 or awaited not in ("", NULL)):
        reason = f"grades.xml has no <grade_item> of the type mod and the module {kind}"
        taken = "its grade is not in the gradebook, and nobody can complete it by one"
        yield _amiss(name, root, "the grade of an activity", (reason, taken, "add the grade item"), subject)


def _categories(subject: Subject) -> set[str]:
    """Return the numbers of the categories of the gradebook."""
    root = read_document("gradebook.xml", subject.container)
    return {one.get("id", "") for one in root.iter("grade_category")} if root is not None else set()


def _most(folder: str, kind: str, subject: Subject) -> float:
    """Return the points of an activity, less than 0 for a scale, 0 where there are none."""
    root = read_document(f"{folder}/{kind}.xml", subject.container) if kind in _GRADED else None
    text = (root.findtext(f"{kind}/grade") or "").strip() if root is not None else ""
    return float(text) if re.fullmatch(r"-?\d{1,9}(\.\d{1,9})?", text) else 0


@rule("L556", family=Family.MOODLE, lms="moodle")
def links_lead_somewhere(subject: Subject) -> Iterator[Finding]:
    """The links between activities lead to one that is in the backup, of the kind that they name."""
    listed = _listed(subject)
    kinds = dict(listed.values())
    names = [f"{folder}/{kind}.xml" for folder, (_, kind) in listed.items()]
    names += [f"{folder}/section.xml" for folder in folders("sections/section", subject)]
    for name in within_bounds(names, subject.container, "documents", count=MOST_OF_A_BACKUP):
        root = read_document(name, subject.container)
        texts = (element.text or "" for element in root.iter(etree.Element)) if root is not None else ()
        found = [link for text in texts if "VIEWBYID*" in text for link in _LINK.finditer(text)]
        lost = [(link, told) for link in found if all(told := _lost(link[1].lower(), link[2], kinds))]
        if lost:
            link, (reason, taken) = lost[0]
            what = f"the link {link[0]}" + (f" (and {len(lost) - 1} more like it)" if len(lost) > 1 else "")
            yield _amiss(name, root, what, (reason, taken, "correct the link, or remove it"), subject)


def _lost(kind: str, number: str, kinds: Mapping[str, str]) -> tuple[str, str]:
    """Return why a link leads nowhere, and what becomes of it; ("", "") where it does lead somewhere."""
    if kind not in MODULES and kind not in _OTHERS and kind not in kinds.values():
        return (
            f"nothing in Moodle is a '{kind[:40]}'{nearest(kind, tuple(sorted(MODULES)))}",
            "it stays as it is written",
        )
    if kind == "course" or kinds.get(number) == kind:
        return "", ""
    if number in kinds:
        return f"the activity {number} is a {kinds[number]}, not a {kind}", "it leads to an error"
    return f"the backup has no activity {number}", "it leads back to the site that the backup is from"


@rule("L502 L556", family=Family.MOODLE, lms="moodle")
def slots_and_answers_are_there(subject: Subject) -> Iterator[Finding]:
    """No two questions of a quiz have one slot, and what is answered by choosing has answers."""
    for folder, (_, kind) in _listed(subject).items():
        name = f"{folder}/quiz.xml"
        root = read_document(name, subject.container) if kind == "quiz" else None
        slots = Counter(one.text for one in root.iterfind(".//question_instance/slot")) if root is not None else {}
        if slot := next((slot for slot, count in slots.items() if slot and count > 1), None):
            reason, remedy = f"two questions of a quiz have the slot {slot[:40]}", "number them from 1"
            place = place_of(name, subject.container, root)
            yield messages.MOODLE_STOPS.at(place, reason=reason, remedy=remedy)
    bank = read_document("questions.xml", subject.container)
    questions = bank.iter("question") if bank is not None else ()
    bare = (one for one in questions if one.findtext("qtype") in _ANSWERED and next(one.iter("answer"), None) is None)
    for question in islice(bare, _MOST_NAMED):
        what = f"the question “{(question.findtext('name') or '').strip()[:60]}”"
        told = ("it has no answers", "nobody gets points for it", "add its answers")
        yield _amiss("questions.xml", question, what, told, subject)
