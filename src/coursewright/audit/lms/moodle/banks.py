"""What breaks the quizzes of a backup: questions that are not restored, or that Moodle cannot ask or mark."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import field, replace

from lxml import etree

from coursewright.audit.lms.moodle.asked import Problem, lacking
from coursewright.audit.lms.moodle.stock import QUESTION_TYPES
from coursewright.audit.rule import rule
from coursewright.findings import messages
from coursewright.findings.finding import Finding, Severity
from coursewright.frozen import slotted
from coursewright.packages.documents.moodle.xml import NULL
from coursewright.packages.documents.reading import place_of, read_document
from coursewright.packages.files.budget import MOST_OF_A_BACKUP
from coursewright.packages.kinds import Family
from coursewright.packages.subject import Subject, within_bounds

_BANK, _TOP = "questions.xml", "top"
_MARKED = ("multichoice", "shortanswer", "numerical", "truefalse")  # by the best of their answers
_LOADED = ("ddwtos", "gapselect", "match", "ordering", "truefalse", "ddmarker", "ddimageortext")  # or no attempt starts
_FILLED = ("multichoice", "shortanswer", "numerical", "multianswer", "essay", "calculated")
_NEARLY_ALL = 0.985  # of the mark, such as three times 33 %
_MOST_NAMED = 20  # questions


@slotted
class _Bank:
    """The questions of a backup: the category of each entry and its versions, which are drafts alone, which have the
    number of another, and which categories are named."""

    entries: dict[str, str] = field(default_factory=dict)
    named: set[str] = field(default_factory=set)
    drafts: set[str] = field(default_factory=set)
    versions: dict[str, set[str]] = field(default_factory=dict)
    questions: set[str] = field(default_factory=set)
    twice: set[str] = field(default_factory=set)
    parents: dict[str, str] = field(default_factory=dict)


@rule("L502 L535 L556", family=Family.MOODLE, lms="moodle")
def quizzes_can_be_taken(subject: Subject) -> Iterator[Finding]:
    """Every question of a quiz is in the backup, is restored with it, and can be asked and marked."""
    contents = subject.found.root.find("information/contents")
    root = read_document(_BANK, subject.container) if contents is not None and not subject.container.alone else None
    if contents is None or root is None:
        return
    bank = _bank(root, subject)
    yield from _categories(root, bank, subject)
    yield from _questions(root, subject)
    for activity in contents.iterfind("activities/activity"):
        name = f"{activity.findtext('directory', '')}/quiz.xml"
        quiz = read_document(name, subject.container) if name in subject.container.sizes else None
        if quiz is not None:
            yield from _quiz(name, quiz, bank, subject)


def _bank(root: etree._Element, subject: Subject) -> _Bank:
    bank = _Bank(questions={one.get("id", "") for one in root.iter("question")})
    for category in root.iterfind("question_category"):
        bank.parents[category.get("id", "")] = category.findtext("parent", "").strip()
        for entry in category.iterfind("question_bank_entries/question_bank_entry"):
            number, found = entry.get("id", ""), entry.findall("question_version/question_versions")
            if next(entry.iter("question"), None) is not None:
                bank.twice |= {number} & bank.entries.keys()
                bank.entries[number] = category.get("id", "")
            if {one.findtext("status") for one in found} == {"draft"}:
                bank.drafts.add(number)
            bank.versions[number] = {(one.findtext("version") or "").strip() for one in found}
    names = sorted(name for name in subject.container.sizes if name.endswith("/inforef.xml"))
    for name in within_bounds(names, subject.container, "documents", count=MOST_OF_A_BACKUP):
        inforef = read_document(name, subject.container)
        if inforef is not None:
            bank.named |= {one.text or "" for one in inforef.iterfind("question_categoryref/question_category/id")}
    return bank


def _categories(root: etree._Element, bank: _Bank, subject: Subject) -> Iterator[Finding]:
    """Yield a finding where two categories are the top one of a context, which the restore refuses, and where one is
    restored without that which it is in."""
    tops: set[str] = set()
    for category in root.iterfind("question_category"):
        context = category.findtext("contextid", "")
        if category.findtext("parent", "").strip() == "0":
            if context in tops:
                reason = f"two categories of questions in one context ({context}) have no parent"
                place, remedy = place_of(_BANK, subject.container, category), "give all but one a <parent>"
                yield messages.MOODLE_STOPS.at(place, reason=reason, remedy=remedy)
            tops.add(context)
            if category.findtext("name") == _TOP and next(category.iter("question_bank_entry"), None) is not None:
                place, remedy = place_of(_BANK, subject.container, category), "move them into a category in it"
                reason = "questions stand in a category 'top', which the restore replaces by another"
                yield messages.MOODLE_STOPS.at(place, reason=reason, remedy=remedy)
        if told := _unnamed(category, bank):
            reason, taken = told
            place, what = (
                place_of(_BANK, subject.container, category),
                f"the category “{category.findtext('name', '')[:60]}”",
            )
            found, remedy = messages.MOODLE_TAKES_AMISS, "name it in that of the activity with its context"
            yield found.at(place, what=what, reason=reason, taken=taken, remedy=remedy)


def _is_in_itself(category: str, parents: Mapping[str, str]) -> bool:
    above = category
    return any((above := parents.get(above, "")) == category for _ in range(len(parents))) if category else False


def _unnamed(category: etree._Element, bank: _Bank) -> tuple[str, str] | None:
    """Return what is not named of a category and that which it is in, and what becomes of it."""
    parent = category.findtext("parent", "").strip()
    if _is_in_itself(category.get("id", ""), bank.parents):
        return "it is in itself, if by way of others", "no list of categories shows it"
    if category.get("id") not in bank.named:
        return "no inforef.xml names it", "it is not restored"
    if parent not in ("0", "") and parent not in bank.named:
        return f"no inforef.xml names the category that it is in ({parent[:40]})", "no list of categories shows it"
    return None


# --- quizzes ---


def _quiz(name: str, root: etree._Element, bank: _Bank, subject: Subject) -> Iterator[Finding]:
    quiz = root.find("quiz")
    if quiz is None:
        return
    place, title = place_of(name, subject.container, quiz), f"“{quiz.findtext('name', '').strip()}”"
    slots = list(quiz.iterfind("question_instances/question_instance"))
    if quiz.find("question_instances") is not None and not slots and _number(quiz.findtext("grade", "0")) > 0:
        reason = "it has no questions, and no attempt starts without one"
        found = messages.MOODLE_BREAKS_QUIZ.at(place, quiz=title, reason=reason, remedy="add questions")
        yield replace(found, severity=Severity.WARNING)  # perhaps there were none
    if any(slot.find("slot") is not None and slot.find("page") is None for slot in slots):  # earlier ones have neither
        reason, remedy = "<page> of <question_instance> is missing", "write the page of each question"
        yield messages.MOODLE_STOPS.at(place, reason=reason, remedy=remedy)
    asked = (one.findtext("questionid", "").strip() for one in slots if one.find("question_reference") is None)
    if gone := [number for number in asked if number.isdecimal() and int(number) and number not in bank.questions]:
        reason, remedy = (
            f"<questionid> of a slot is {gone[0]}, and questions.xml has no such <question>",
            "add the question",
        )
        yield messages.MOODLE_STOPS.at(place, reason=reason, remedy=remedy)
    for problem in dict.fromkeys(filter(None, (_lost(slot, root.get("contextid"), bank) for slot in slots))):
        reason, remedy = problem
        yield messages.MOODLE_BREAKS_QUIZ.at(place, quiz=title, reason=reason, remedy=remedy)
    for reason, remedy in _miscounted(quiz, slots):
        yield messages.MOODLE_BREAKS_QUIZ.at(place, quiz=title, reason=reason, remedy=remedy)
    total, marks = _number(quiz.findtext("sumgrades", "0")), [slot.findtext("maxmark") for slot in slots]
    added = sum(_number(mark) for mark in marks if mark)
    if total > 0 and marks and all(marks) and abs(total - added) > 0.01:
        reason, taken = f"its <sumgrades> is {total:g}, and its marks add up to {added:g}", "its grade is counted amiss"
        what, remedy = f"the quiz {title}", "write the sum of its marks"
        yield messages.MOODLE_TAKES_AMISS.at(place, what=what, reason=reason, taken=taken, remedy=remedy)


def _miscounted(quiz: etree._Element, slots: list[etree._Element]) -> Iterator[tuple[str, str]]:
    """Yield what is wrong with the numbers of a quiz and of its slots, and what to do about it."""
    if _number(quiz.findtext("sumgrades", "0")) == 0 and _number(quiz.findtext("grade", "0")) > 0 and slots:
        yield "its <sumgrades> is 0 or missing, and is not counted anew", "write the sum of its marks"
    firsts = [_number(one.text or "") for one in quiz.iterfind("sections/section/firstslot")]
    numbers = [_number(slot.text or "") for one in slots if (slot := one.find("slot")) is not None]
    if firsts and numbers and min(numbers) < min(firsts):
        yield f"the slot {min(numbers):g} is before its first section", "number its slots from 1"
    elif len(set(numbers)) == len(numbers) and max(numbers, default=0) > len(numbers):
        yield f"its {len(numbers)} slots have numbers up to {max(numbers):g}", "number its slots from 1, without gaps"


def _lost(slot: etree._Element, context: str | None, bank: _Bank) -> tuple[str, str] | None:
    """Return why a slot comes without its question, and what to do about it."""
    reference = slot.find("question_reference")
    if reference is None:
        has_other = any(slot.find(name) is not None for name in ("question_set_reference", "questionid", "question"))
        return None if has_other else ("one of its slots names no question", "write its <question_reference>")
    used = reference.findtext("usingcontextid", "").strip()
    if used != (context or ""):
        return (
            f"a question is asked in the context {used or 'without a number'}, and the quiz has {context}",
            "write that",
        )
    entry = reference.findtext("questionbankentryid", "").strip()
    if entry not in bank.entries:
        return f"it asks a question ({entry or 'without a number'}) that is not in the backup", "add the question"
    if entry in bank.drafts:
        return f"it asks a question ({entry}) that is a draft, and no attempt starts", "write ready as its <status>"
    version = (reference.findtext("version") or NULL).strip()
    if version not in (NULL, "") and version not in bank.versions.get(entry, {version}):
        return f"it asks the version {version[:20]} of a question ({entry}), which is not there", "write $@NULL@$"
    if entry in bank.twice:
        return f"it asks a question ({entry}) of which there are two", "give each entry its own id"
    if bank.entries[entry] not in bank.named:
        reason = f"no inforef.xml names the category of its questions ({bank.entries[entry]}), so they are not restored"
        return reason, "name the category in the inforef.xml of the quiz"
    for name, wanted in (("component", "mod_quiz"), ("questionarea", "slot")):
        if (said := (reference.findtext(name) or wanted).strip()) != wanted:
            return f"a reference to a question has '{said[:40]}' as its <{name}>", f"write {wanted}"
    return None


# --- questions ---


def _questions(root: etree._Element, subject: Subject) -> Iterator[Finding]:
    count = 0
    for question in root.iter("question"):
        problem = _problem(question) if question.get("id") else None
        if problem and (count := count + 1) <= _MOST_NAMED:
            reason, remedy, weight = problem
            name = f"with the question “{question.findtext('name', '').strip()[:80]}”"
            place = place_of(_BANK, subject.container, question)
            found = messages.MOODLE_BREAKS_QUIZ.at(place, quiz=name, reason=reason, remedy=remedy)
            yield replace(found, severity=weight)


def _problem(question: etree._Element) -> Problem | None:
    """Return why a question cannot be asked or marked, what to do about it, and how much that weighs."""
    kind = question.findtext("qtype", "").strip()
    if kind and kind not in QUESTION_TYPES:
        reason = f"it is of the type '{kind[:40]}', which only a plugin has, and no attempt starts without that"
        return reason, "install that plugin first, or replace the question", Severity.WARNING
    plugin = question.find(f"plugin_qtype_{kind}_question")
    if plugin is None and kind in _LOADED:
        return f"it has no <plugin_qtype_{kind}_question>, and cannot be loaded", "write that", Severity.ERROR
    if plugin is None:
        reason = f"it has nothing of its type, {kind}"
        return (reason, f"write <plugin_qtype_{kind}_question>", Severity.WARNING) if kind in _FILLED else None
    if found := next(lacking(kind, question, plugin), None):
        return found
    if kind == "truefalse" and not _keys_are_there(plugin):
        reason = "its <trueanswer> and <falseanswer> do not name its two answers"
        return reason, "write the numbers of its answers there", Severity.ERROR
    if kind in _MARKED and (reason := _unreachable(plugin, kind)):
        return reason, "correct the <fraction> of the right answers", Severity.WARNING
    return None


def _keys_are_there(plugin: etree._Element) -> bool:
    answers = {answer.get("id") for answer in plugin.iterfind("answers/answer")}
    wanted = [plugin.findtext(f"truefalse/{name}", "").strip() for name in ("trueanswer", "falseanswer")]
    return set(wanted) <= answers and wanted[0] != wanted[1]


def _unreachable(plugin: etree._Element, kind: str) -> str:
    """Return why nobody can get all marks of a question, or more than all, or ""."""
    fractions = [_number(answer.findtext("fraction", "0")) for answer in plugin.iterfind("answers/answer")]
    is_many = kind == "multichoice" and plugin.findtext("multichoice/single", "1").strip() == "0"
    right = [one for one in fractions if one > 0]
    best = sum(right) if is_many else max(fractions, default=0)
    is_more = best - min(right, default=0) > 0.995 if is_many else best > 1.005  # without one of them, it is all
    if not fractions or (best > _NEARLY_ALL and not is_more):
        return ""
    if best <= 0:
        return "none of its answers earns marks"
    added = "its right answers together earn" if is_many else "its best answer earns"
    return f"{added} {best * 100:.0f} % of its mark, and not 100 %"


def _number(text: str) -> float:
    try:
        return float(text) if text != NULL else 0
    except ValueError:
        return 0
