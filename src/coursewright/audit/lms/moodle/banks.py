"""What breaks the quizzes of a backup: questions that are not restored with them, or of which there are too few."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import field
from functools import partial
from itertools import chain

from lxml import etree

from coursewright.audit.flaw import Flaw
from coursewright.audit.lms.field_bounds import Whole
from coursewright.audit.lms.moodle.contradictions import is_object
from coursewright.audit.lms.moodle.losses import amiss, breaks_quiz, left_out, stops
from coursewright.audit.lms.moodle.restored import bounded, of_document, titled
from coursewright.audit.rule import OpenedDocument
from coursewright.findings.finding import Severity
from coursewright.frozen import slotted
from coursewright.packages.documents.fields import read_as
from coursewright.packages.documents.moodle.activity_rows import InfoReferences
from coursewright.packages.documents.moodle.rows import SlotRow, read_row
from coursewright.packages.documents.moodle.xml import NULL, number, number_of, said
from coursewright.packages.documents.reading import read_document
from coursewright.packages.subject import Subject
from coursewright.readers.packages.moodle_bank import Bank, Banked, DrawnFrom, drawn_from

_BANK, _TOP = "questions.xml", "top"
_NEVER_DRAWN = ("random", "description", "missingtype")
_OWN_WAY = ("essay", "description")
# What becomes of a question that is not restored.
_OF_SITE = "; Moodle asks the question {} of its own site, and starts no attempt where it has none"
_READY = ("ready", "")
_BY_NUMBER = Whole(8)
_DEEPEST = 50  # categories in one another
_OF_ACTIVITY, _LEVELS = 70, (10, 40, 50, 70)  # of the contexts that questions stand in
_QUESTIONS_MOVED = "20250414"  # the version of Moodle from which on questions stand in activities alone


@slotted
class _Bank:
    """The questions of a backup: the category of each entry, its kind and its versions, which are drafts alone, which
    have the number of another, what can be drawn of each category, by what tags, with their words, and which categories
    are named."""

    entries: dict[str, str] = field(default_factory=dict)
    named: set[str] = field(default_factory=set)
    drafts: set[str] = field(default_factory=set)
    kinds: dict[str, str] = field(default_factory=dict)
    versions: dict[str, set[str]] = field(default_factory=dict)
    questions: set[str] = field(default_factory=set)
    twice: set[str] = field(default_factory=set)
    parents: dict[str, str] = field(default_factory=dict)
    drawable: defaultdict[str, dict[str, set[str]]] = field(default_factory=partial(defaultdict, dict))
    tags: set[str] = field(default_factory=set)
    words: set[str] = field(default_factory=set)
    before: Bank = field(default_factory=Bank)
    """The questions as they were written before Moodle 4.0, where they are so."""

    def is_in(self, category: str, other: str, deepest: int) -> bool:
        """Say whether a category is in another, if by way of others."""
        return any((category := self.parents.get(category, "")) == other for _ in range(deepest))

    def within(self, drawn: DrawnFrom) -> Iterator[tuple[str, set[str]]]:
        """Yield the entries that can be drawn of a category, with their tags."""
        for one, entries in self.drawable.items():
            if one == drawn.category or (drawn.deep and self.is_in(one, drawn.category, _DEEPEST)):
                yield from entries.items()


def _bank(subject: Subject) -> _Bank | None:
    """Return the questions of a backup, None where they cannot be read."""
    root = read_document(_BANK, subject.container)
    if root is None:
        return None
    words = {said(tag, "rawname").lower() for one in root.iter("question") for tag in one.iterfind("tags/tag")}
    bank = _Bank(questions={one.get("id", "") for one in root.iter("question")}, words=words - {""})
    if root.find("question_category/questions/question") is not None:
        bank.before.enter(root)
    for category in root.iter("question_category"):
        bank.parents[category.get("id", "")] = said(category, "parent")
        for entry in category.iterfind("question_bank_entries/question_bank_entry"):
            _enter(entry, category.get("id", ""), bank)
    for name in bounded((name for name in subject.container.sizes if name.endswith("/inforef.xml")), subject):
        references = read_row(InfoReferences, read_document(name, subject.container))
        bank.named |= {one.id for one in references.question_categories}
    return bank


def _enter(entry: etree._Element, category: str, bank: _Bank) -> None:
    """Note an entry of a category."""
    key, found = entry.get("id", ""), entry.findall("question_version/question_versions")
    question = next(entry.iter("question"), None)
    if question is not None:
        bank.twice |= {key} & bank.entries.keys()
        bank.entries[key], bank.kinds[key] = category, said(question, "qtype")
        is_own = said(question, "parent") in ("0", "") and said(question, "qtype") not in _NEVER_DRAWN
        status = next((one.text or "" for one in entry.iter("status")), "")
        tags = {tag.get("id", "") for tag in question.iterfind("tags/tag")}
        bank.tags |= tags
        if is_own and status.strip() in _READY:
            bank.drawable[category][key] = tags
    if {one.findtext("status") for one in found} == {"draft"}:
        bank.drafts.add(key)
    bank.versions[key] = {(one.findtext("version") or "").strip() for one in found}


# --- categories ---


@of_document("L502 L556", named=_BANK)
def categories_are_restored(document: OpenedDocument) -> Iterator[Flaw]:
    """One category of a context is the top one, and each is restored with that which it is in."""
    bank, tops = document.subject.once(_bank), set[str]()
    information = document.subject.found.root.find("information")
    for category in document.root.iterfind("question_category") if bank is not None else ():
        context = category.findtext("contextid", "")
        is_named = bank is not None and category.get("id", "") in bank.named
        if is_named and category.findtext("parent", NULL) in ("0", NULL):
            if context in tops:
                reason = f"two categories of questions in one context ({context}) have no parent"
                yield stops(category, reason, "give all but one a <parent>")
            tops.add(context)
            if category.findtext("name") == _TOP and next(category.iter("question_bank_entry"), None) is not None:
                reason = "questions stand in a category 'top', which the restore replaces by another"
                yield stops(category, reason, "move them into a category in it")
        if bank is not None and (told := _unnamed(category, bank)):
            what, remedy = f"the category {titled(category)}", "name it in that of the activity with its context"
            yield amiss(category, what, *told, remedy)
        if is_named:
            yield from _level(category, is_of_50=said(information, "moodle_version") >= _QUESTIONS_MOVED)


def _level(category: etree._Element, *, is_of_50: bool) -> Iterator[Flaw]:
    """Yield what is wrong with the kind of place that a category stands in: from 5.0 on, that is an activity."""
    level = number(category, "contextlevel")
    if level not in _LEVELS:
        is_there = f"is '{text[:40]}'" if (text := said(category, "contextlevel")) else "is missing"
        reason = f"<contextlevel> of the category {titled(category)} {is_there}"
        yield stops(category, reason, f"write {_OF_ACTIVITY}, which is that of an activity")
    elif level != _OF_ACTIVITY and is_of_50:
        reason = f"its <contextlevel> is {level:g}, and from Moodle 5.0 on questions stand in activities"
        taken = "it goes to a bank of its own, of which the restore warns"
        yield amiss(category, f"the category {titled(category)}", reason, taken, f"write {_OF_ACTIVITY}")


def _unnamed(category: etree._Element, bank: _Bank) -> tuple[str, str] | None:
    """Return what is not named of a category and that which it is in, and what becomes of it."""
    own, parent = category.get("id", ""), said(category, "parent")
    if own and bank.is_in(own, own, len(bank.parents)):
        return "it is in itself, if by way of others", "no list of categories shows it"
    if own not in bank.named and (parent not in ("0", "") or category.find("question_bank_entries/*") is not None):
        return "no inforef.xml names it", "it is not restored"
    if parent not in ("0", "") and parent not in bank.named:
        return f"no inforef.xml names the category that it is in ({parent[:40]})", "no list of categories shows it"
    return None


_ENTRIES_SINCE = ((4, 0), 20220202)  # the release, and the day of the version, from which on questions have entries


@of_document("L533", named=_BANK)
def questions_are_of_the_version(document: OpenedDocument) -> Iterator[Flaw]:
    """Questions are written as the version does that the backup says it is of: no others are looked for."""
    information = document.subject.found.root.find("information")
    release, version = said(information, "backup_release"), said(information, "moodle_version")
    numbers = tuple(int(one) for one in re.findall(r"\d{1,9}", release.partition("(")[0])[:2])
    day = re.search(r"\d{8}", version)
    if day is None:
        return  # which is told
    is_old = numbers < _ENTRIES_SINCE[0] or int(day[0]) < _ENTRIES_SINCE[1]
    later = next(document.root.iter("question_bank_entry"), None)
    earlier = document.root.find("question_category/questions/question")
    lost = later if is_old else earlier
    if lost is not None:
        said_to_be = f"the backup says that it is of Moodle {release or 'without a number'} ({version[:20]})"
        written = "from 4.0 on" if is_old else "before 4.0"
        reason = f"{said_to_be}, and they are written as {written}"
        yield left_out(lost, "all questions", reason, "write the <backup_release> and <moodle_version> it is from")


# --- quizzes ---


@of_document("L502 L535 L556", named="quiz.xml")
def quizzes_can_be_taken(document: OpenedDocument) -> Iterator[Flaw]:
    """Every question of a quiz is in the backup, is restored with it, and enough can be drawn of what it draws from."""
    bank, quiz = document.subject.once(_bank), document.root.find("quiz")
    if bank is None or quiz is None:
        return
    slots, title = list(quiz.iterfind("question_instances/question_instance")), f"“{said(quiz, 'name')}”"
    yield from (stops(quiz, *told) for told in _stopping(quiz, slots, bank))
    for reason, remedy, weight in _breaking(document.root, quiz, bank):
        yield breaks_quiz(quiz, title, reason, remedy).weighing(weight)
    for reason, taken in dict.fromkeys(_tags_gone(slots, bank)):
        yield amiss(quiz, f"the quiz {title}", reason, taken, "tag the questions, or take it out of <filtercondition>")
    total, marks = number(quiz, "sumgrades") or 0, [slot.findtext("maxmark") for slot in slots]
    added = sum(number_of(mark) or 0 for mark in marks)
    if total > 0 and marks and all(marks) and abs(total - added) > 0.01:
        reason = f"its <sumgrades> is {total:g}, and its marks add up to {added:g}"
        yield amiss(quiz, f"the quiz {title}", reason, "its grade is counted amiss", "write the sum of its marks")


def _breaking(root: etree._Element, quiz: etree._Element, bank: _Bank) -> Iterator[tuple[str, str, Severity | None]]:
    """Yield why no attempt at a quiz starts, what to do about it, and how grave that is."""
    slots = list(quiz.iterfind("question_instances/question_instance"))
    if quiz.find("question_instances") is not None and not slots and (number(quiz, "grade") or 0) > 0:
        reason = "it has no questions, and no attempt starts without one"
        yield reason, "add questions", Severity.WARNING  # perhaps there were none
    lost = dict.fromkeys(_lost(slot, root.get("contextid"), bank) for slot in slots)
    for told in (*filter(None, lost), *_miscounted(quiz, slots)):
        yield *told, None
    for told in chain(_too_few(slots, bank), _too_few_before(slots, bank.before)):
        yield *told, None


def breaking(root: etree._Element, subject: Subject) -> Iterator[tuple[str, Severity | None]]:
    """Yield why no attempt starts at the quiz of a document, by what it asks, and how grave that is."""
    bank, quiz = subject.once(_bank), root.find("quiz")
    if bank is not None and quiz is not None:
        yield from ((reason, weight) for reason, _, weight in _breaking(root, quiz, bank))


def is_marked_by_hand(root: etree._Element, subject: Subject) -> bool:
    """Say whether a quiz asks nothing but what goes its own way, however questions are said to behave: essays."""
    bank, quiz = subject.once(_bank), root.find("quiz")
    slots = list(quiz.iterfind("question_instances/question_instance")) if bank is not None and quiz is not None else []
    if bank is None or not slots:
        return False
    drawn = [[key for key, _ in bank.within(one)] for one, _ in _draws(slots, bank)]
    asked = [said(slot, "question_reference", "questionbankentryid") for slot in slots]
    named = [key for key in asked if key]
    is_known = len(named) + len(drawn) == len(slots) and all(drawn)
    return is_known and all(bank.kinds.get(key) in _OWN_WAY for key in chain(named, *drawn))


def _stopping(quiz: etree._Element, slots: list[etree._Element], bank: _Bank) -> Iterator[tuple[str, str]]:
    """Yield why the restore stops at a quiz, and what to do about it."""
    if any(slot.find("slot") is not None and slot.find("page") is None for slot in slots):  # earlier ones have neither
        yield "<page> of <question_instance> is missing", "write the page of each question"
    asked = (said(one, "questionid") for one in slots if one.find("question_reference") is None)
    if gone := [one for one in asked if one.isdecimal() and int(one) and one not in bank.questions]:
        reason = f"<questionid> of a slot is {gone[0]}, and questions.xml has no such <question>"
        yield reason, "add the question"
    if not all(is_object(one.text or "") for one in quiz.iter("filtercondition")):
        yield "a <filtercondition> of the quiz is not JSON", "write an object of JSON"
    for drawn, _ in _draws(slots, bank):
        for what, key in (("category", drawn.category), *(("tag", one[0]) for one in drawn.tags.names)):
            if not key.strip() or _BY_NUMBER.breach(key):
                yield f"it draws by a {what} ('{key[:40]}') that is not a whole number", "write the number of one"
    for slot in slots:
        names = [said(tag, "tagname") for tag in slot.iterfind("tags/tag")]
        if names and not bank.words.intersection(map(str.lower, names)):
            reason = f"it draws by a tag ({names[0][:40] or 'without a name'}) that no question of the backup has"
            elsewhere = "; on a site that has it from elsewhere, no attempt starts" if any(names) else ""
            yield f"{reason}{elsewhere}", "tag the questions, or take it out of the slot"


def _miscounted(quiz: etree._Element, slots: list[etree._Element]) -> Iterator[tuple[str, str]]:
    """Yield what is wrong with the numbers of a quiz and of its slots, and what to do about it."""
    total = number(quiz, "sumgrades")
    is_unread = total is None and said(quiz, "sumgrades") not in ("", NULL)  # which stops the restore
    if not total and not is_unread and (number(quiz, "grade") or 0) > 0 and slots:
        yield "its <sumgrades> is 0 or missing, and is not counted anew", "write the sum of its marks"
    firsts = [number_of(one.text) or 0 for one in quiz.iterfind("sections/section/firstslot")]
    numbers = [number(slot, "slot") or 0 for slot in slots if slot.find("slot") is not None]
    if firsts and numbers and min(numbers) < min(firsts):
        yield f"the slot {min(numbers):g} is before its first section", "number its slots from 1"
    elif len(set(numbers)) == len(numbers) and max(numbers, default=0) > len(numbers):
        yield f"its {len(numbers)} slots have numbers up to {max(numbers):g}", "number its slots from 1, without gaps"


def _lost(slot: etree._Element, context: str | None, bank: _Bank) -> tuple[str, str] | None:
    """Return why a slot comes without its question, and what to do about it."""
    reference = slot.find("question_reference")
    if reference is None:
        return _unnamed_question(slot)
    used, entry = said(reference, "usingcontextid"), said(reference, "questionbankentryid")
    version = said(reference, "version")
    if used != (context or ""):
        reason = f"a question is asked in the context {used or 'without a number'}, and the quiz has {context}"
        return reason, "write that"
    if entry not in bank.entries:
        what = f"it asks a question ({entry or 'without a number'}) that is not in the backup"
        return f"{what}{_OF_SITE.format(entry) if entry else ''}", "add the question"
    if entry in bank.drafts:
        return f"it asks a question ({entry}) that is a draft, and no attempt starts", "write ready as its <status>"
    if version and version not in bank.versions.get(entry, {version}):
        return f"it asks the version {version[:20]} of a question ({entry}), which is not there", f"write {NULL}"
    if entry in bank.twice:
        return f"it asks a question ({entry}) of which there are two", "give each entry its own id"
    if bank.entries[entry] not in bank.named:
        reason = f"no inforef.xml names the category of its questions ({bank.entries[entry]}), so they are not restored"
        return f"{reason}{_OF_SITE.format(entry)}", "name the category in the inforef.xml of the quiz"
    for name, wanted in (("component", "mod_quiz"), ("questionarea", "slot")):
        if (word := said(reference, name)) != wanted:
            has = f"has '{word[:40]}' as its" if word else "has no"
            return f"a reference to a question {has} <{name}>", f"write {wanted}"
    return None


def _unnamed_question(slot: etree._Element) -> tuple[str, str] | None:
    """Return why a slot that names no question has none, and what to do about it."""
    condition = said(slot, "question_set_reference", "filtercondition")
    if is_object(condition) and drawn_from(read_as(SlotRow, slot)) is None:
        return "it draws questions, and from no category", "write the category into <filtercondition>"
    has_other = any(slot.find(name) is not None for name in ("question_set_reference", "questionid", "question"))
    return None if has_other else ("one of its slots names no question", "write its <question_reference>")


def _draws(slots: list[etree._Element], bank: _Bank) -> Iterator[tuple[DrawnFrom, tuple[str, ...]]]:
    """Yield what each slot that draws draws from, and the numbers of the tags of that which are in the backup."""
    for slot in slots:
        drawn = drawn_from(read_as(SlotRow, slot)) if slot.find("question_set_reference") is not None else None
        if drawn is not None:
            yield drawn, tuple(one[0] for one in drawn.tags.names if one[0] in bank.tags)


def _tags_gone(slots: list[etree._Element], bank: _Bank) -> Iterator[tuple[str, str]]:
    """Yield by which tags a quiz draws that no question has, and from what it draws then."""
    for drawn, known in _draws(slots, bank):
        gone = [one[-1] for one in drawn.tags.names if one[0] not in known]
        if gone and not drawn.tags.barred:
            taken = "by its other tags alone" if known else "from all questions of the category"
            yield f"it draws by a tag ({gone[0][:40]}) that no question of the backup has", f"it draws {taken}"


def _too_few(slots: list[etree._Element], bank: _Bank) -> Iterator[tuple[str, str]]:
    """Yield of which category a quiz wants more than there is, besides what it asks, and what to do about it."""
    asked = {said(slot, "question_reference", "questionbankentryid") for slot in slots}
    for (drawn, known), count in Counter(_draws(slots, bank)).items():
        found = [key for key, tags in bank.within(drawn) if _is_drawn(tags, known, drawn)]
        left = [key for key in found if key not in asked]
        if len(left) < count:
            category = f"a category ({drawn.category[:20]})"
            if drawn.category not in bank.parents:
                yield f"it draws {count} from {category} that is not in the backup", "add it with its questions"
            else:
                yield _told_few(drawn, count, len(left), bool(known), len(left) < len(found))


def _too_few_before(slots: list[etree._Element], bank: Bank) -> Iterator[tuple[str, str]]:
    """Yield the same of slots as they were written before Moodle 4.0, which name a question that stands for others."""
    rows = [read_as(SlotRow, slot) for slot in slots if slot.find("question_reference") is None]
    meant = [(row, bank.meant(row)) for row in rows if row.question_set_reference is None]
    asked = {one.number for _, one in meant if isinstance(one, Banked)}
    draws = Counter(_deepened(one, row) for row, one in meant if isinstance(one, DrawnFrom))
    known = bank.tags.keys() | bank.tags.values()
    for drawn, count in draws.items():
        if any(known.isdisjoint(names) for names in drawn.tags.names):
            continue  # what such a tag becomes depends on the site
        found = [one.number for one in bank.drawn(drawn) if one.row.before.get("hidden", "0") == "0"]
        left = [one for one in found if one not in asked]
        if len(left) < count and drawn.category in bank.categories:
            yield _told_few(drawn, count, len(left), bool(drawn.tags.names), len(left) < len(found))


def _deepened(drawn: DrawnFrom, row: SlotRow) -> DrawnFrom:
    """Return what is drawn from, by what the slot says besides its question."""
    return DrawnFrom(drawn.category, drawn.deep or row.before.get("includingsubcategories") == "1", drawn.tags)


def _told_few(drawn: DrawnFrom, count: int, left: int, is_by_tags: bool, is_asking: bool) -> tuple[str, str]:
    """Return that a quiz draws more from a category than there is, and what to do about it."""
    there, besides = f"{left}{' with its tags' * is_by_tags}", ", besides what it asks itself" * is_asking
    reason = f"it draws {count} from a category ({drawn.category[:20]}) in which {there} can be drawn{besides}"
    return reason, "draw fewer, or add questions" if left else "add questions"


def drawn_by_chance(root: etree._Element, subject: Subject) -> Iterator[tuple[frozenset[str], int]]:
    """Yield of which entries the quiz of a document draws, and how many of them."""
    bank, quiz = subject.once(_bank), root.find("quiz")
    if bank is None or quiz is None:
        return
    slots = list(quiz.iterfind("question_instances/question_instance"))
    asked = {said(slot, "question_reference", "questionbankentryid") for slot in slots}
    for (drawn, known), count in Counter(_draws(slots, bank)).items():
        found = (key for key, tags in bank.within(drawn) if _is_drawn(tags, known, drawn))
        yield frozenset(found) - asked, count


def _is_drawn(own: set[str], known: tuple[str, ...], drawn: DrawnFrom) -> bool:
    """Say whether the tags of a question are such as are asked for, as far as any question has these."""
    found = [one in own for one in known]
    if drawn.tags.barred:
        return not any(found)
    return (all(found) if drawn.tags.every else any(found)) if found else True
