"""What a restore leaves out of a course without a word, or puts elsewhere, though every activity arrives."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from html import unescape
from itertools import islice
from urllib.parse import unquote

from lxml import etree

from coursewright.audit.lms.moodle.parts import folders
from coursewright.audit.lms.moodle.stock import WAYS_OF_ASSIGNMENTS
from coursewright.audit.rule import rule
from coursewright.findings import messages
from coursewright.findings.finding import Finding, Severity
from coursewright.packages.documents.moodle.availability import said
from coursewright.packages.documents.reading import place_of, read_document
from coursewright.packages.files.budget import MOST_OF_A_BACKUP
from coursewright.packages.kinds import Family
from coursewright.packages.subject import Subject, within_bounds

_COMPLETION, _BANK = "completion.xml", "questions.xml"
_ADDRESS = re.compile(r"@@PLUGINFILE@@(/[^\s\"'<>)?#]{1,2000})")
_OF_QUESTIONS = ("question", "qtype_")
_PLAIN = "2"  # as the format of a text
_TAG = re.compile(r"<(?:p|div|h[1-6]|ul|ol|li|table|img|a|strong|em|span|section)\b[^<>]*>", re.IGNORECASE)
_MOST_NAMED = 5  # files, or texts


@rule("L533", family=Family.MOODLE, lms="moodle")
def course_completion_is_there(subject: Subject) -> Iterator[Finding]:
    """A course that keeps track of completion brings the document that says when it is complete."""
    course = read_document("course/course.xml", subject.container) if not subject.container.alone else None
    if course is None or said(course, "enablecompletion") != "1" or _COMPLETION in subject.container.sizes:
        return
    reason, remedy = f"the backup does not contain {_COMPLETION}", "create the backup again"
    place, what = subject.place(subject.found.root), "what completes the course, if anything does"
    found = messages.MOODLE_LEAVES_OUT.at(place, what=what, reason=reason, remedy=remedy)
    yield replace(found, severity=Severity.WARNING)


@rule("L533", family=Family.MOODLE, lms="moodle")
def gradebook_is_there(subject: Subject) -> Iterator[Finding]:
    """A course whose grades are of categories brings the gradebook."""
    is_whole = subject.found.root.find("information/contents/course") is not None
    if not is_whole or "gradebook.xml" in subject.container.sizes or subject.container.alone:
        return
    for folder in folders("activities/activity", subject):
        root = read_document(f"{folder}/grades.xml", subject.container)
        if root is not None and any(said(one, "categoryid").strip("0") for one in root.iter("grade_item")):
            reason, remedy = "the backup does not contain gradebook.xml", "create the backup again"
            place, what = subject.place(subject.found.root), "the categories of grades"
            found = messages.MOODLE_LEAVES_OUT.at(place, what=what, reason=reason, remedy=remedy)
            yield replace(found, severity=Severity.WARNING)
            return


@rule("L533", family=Family.MOODLE, lms="moodle")
def ways_to_hand_in_are_its_own(subject: Subject) -> Iterator[Finding]:
    """Assignments are handed in and answered in ways that Moodle has without plugins."""
    for folder in (one for one in folders("activities/activity", subject) if "/assign_" in one):
        name = f"{folder}/assign.xml"
        root = read_document(name, subject.container)
        for config in root.iter("plugin_config") if root is not None else ():
            plugin, known = said(config, "plugin"), WAYS_OF_ASSIGNMENTS.get(said(config, "subtype"), ())
            is_on = said(config, "name") == "enabled" and said(config, "value") == "1"
            if known and is_on and plugin not in known:
                reason, remedy = "only a plugin has it", "install that plugin first, or choose another way"
                place, what = place_of(name, subject.container, config), f"the way to hand in or answer '{plugin[:40]}'"
                found = messages.MOODLE_LEAVES_OUT.at(place, what=what, reason=reason, remedy=remedy)
                yield replace(found, severity=Severity.WARNING)


@rule("L556", family=Family.MOODLE, lms="moodle")
def sections_follow_one_another(subject: Subject) -> Iterator[Finding]:
    """The numbers of sections leave no more room than there are sections: Moodle fills it with empty ones."""
    numbers: dict[int, str] = {}
    for folder in folders("sections/section", subject):
        root = read_document(name := f"{folder}/section.xml", subject.container)
        number = (root.findtext("number") or "").strip() if root is not None else ""
        if re.fullmatch(r"\d{1,9}", number):
            numbers[int(number)] = name
    most = max(numbers, default=0)
    if numbers and (empty := most + 1 - min(numbers) - len(numbers)) > len(numbers):
        reason = f"the greatest number of a section is {most}, and there are {len(numbers)} sections"
        about = {"what": "the course", "reason": reason, "remedy": "number the sections from 0, without gaps"}
        taken = f"it gets {empty} empty sections"
        yield messages.MOODLE_TAKES_AMISS.at(place_of(numbers[most], subject.container), taken=taken, **about)


@rule("L556", family=Family.MOODLE, lms="moodle")
def plain_texts_are_plain(subject: Subject) -> Iterator[Finding]:
    """No text that is said to be plain has tags, which learners would see."""
    names = [f"{one}/{one.rpartition('/')[2].partition('_')[0]}.xml" for one in folders("activities/activity", subject)]
    names += [f"{one}/section.xml" for one in folders("sections/section", subject)]
    for name in within_bounds([*names, _BANK], subject.container, "documents", count=MOST_OF_A_BACKUP):
        root = read_document(name, subject.container) if name in subject.container.sizes else None
        shown = (one for one in root.iter(etree.Element) if _shows_tags(one)) if root is not None else ()
        for element in islice(shown, _MOST_NAMED):
            what, reason = f"<{element.tag}>", f"it has tags, and its <{element.tag}format> is {_PLAIN}, plain text"
            about = {"what": what, "reason": reason, "remedy": "write 1, which is HTML"}
            place = place_of(name, subject.container, element)
            yield messages.MOODLE_TAKES_AMISS.at(place, taken="learners see the tags", **about)


def _shows_tags(element: etree._Element) -> bool:
    after, tag = element.getnext(), str(element.tag)
    is_plain = after is not None and after.tag == f"{tag}format" and (after.text or "").strip() == _PLAIN
    return is_plain and _TAG.search(element.text or "") is not None


@rule("L534", family=Family.MOODLE, lms="moodle")
def pictures_of_questions_arrive(subject: Subject) -> Iterator[Finding]:
    """Whatever the texts of questions show is among the files of questions that something names."""
    bank = read_document(_BANK, subject.container) if not subject.container.alone else None
    shown = list(islice(_shown(bank), 1)) if bank is not None else []
    if bank is None or not shown:
        return
    kept = _files_of_questions(subject)
    lost = 0
    for question, path in _shown(bank):
        if not {path, unquote(unescape(path))} & kept and (lost := lost + 1) <= _MOST_NAMED:
            item = f"the question “{(question.findtext('name') or '').strip()[:60]}”"
            reason, remedy = "files.xml lists no such file of a question", "create the backup again"
            place = place_of(_BANK, subject.container, question)
            yield messages.MOODLE_LOSES_FILE.at(place, file=path, item=item, reason=reason, remedy=remedy)


def _shown(bank: etree._Element) -> Iterator[tuple[etree._Element, str]]:
    """Yield what the texts of questions show, each with its question."""
    for question in bank.iter("question"):
        texts = (element.text or "" for element in question.iter(etree.Element))
        paths = (found[1] for text in texts if "@@PLUGINFILE@@" in text for found in _ADDRESS.finditer(text))
        yield from ((question, path) for path in dict.fromkeys(paths))


def _files_of_questions(subject: Subject) -> set[str]:
    """Return the paths of files of questions, which no inforef.xml has to name."""
    listed = read_document("files.xml", subject.container)
    files = listed.iterfind("file") if listed is not None else ()
    return {
        f"{one.findtext('filepath', '/')}{one.findtext('filename', '')}"
        for one in files
        if one.findtext("component", "").startswith(_OF_QUESTIONS)
    }
