"""What breaks the quizzes of a backup: questions that are not restored with them, or of which there are too few."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator
from dataclasses import field
from functools import partial
from itertools import chain, islice

from lxml import etree

from coursewright.audit.flaw import Flaw
from coursewright.audit.lms.field_bounds import Whole
from coursewright.audit.lms.moodle.contradictions import is_object
from coursewright.audit.lms.moodle.losses import Problem, amiss, breaks_quiz, stops
from coursewright.audit.lms.moodle.restored import of_document, references, titled
from coursewright.audit.rule import OpenedDocument
from coursewright.findings.finding import Severity
from coursewright.frozen import frozen, slotted
from coursewright.packages.documents.fields import read_as
from coursewright.packages.documents.moodle.rows import SlotRow
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


@frozen
class _Entry:
    """A question by which quizzes know it: its category, its type, its tags and its versions."""

    category: str
    kind: str
    tags: frozenset[str]
    versions: frozenset[str]
    is_draft: bool


@slotted
class _Bank:
    """The questions of a backup by their entries, with all their numbers, tags and the words of these; which entries
    have the number of another; and the categories, each with that which it is in, and those that are named."""

    questions: set[str]
    words: set[str]
    named: set[str]
    entries: dict[str, _Entry] = field(default_factory=dict)
    drawable: defaultdict[str, dict[str, _Entry]] = field(default_factory=partial(defaultdict, dict))
    """By category, the entries that can be drawn."""
    tags: set[str] = field(default_factory=set)
    twice: set[str] = field(default_factory=set)
    parents: dict[str, str] = field(default_factory=dict)
    before: Bank = field(default_factory=Bank)
    """The questions as they were written before Moodle 4.0, where they are so."""

    def above(self, category: str) -> Iterator[str]:
        """Yield the categories that one is in, from the nearest on, each once: the last is it, if it is in itself."""
        seen = set[str]()
        while (category := self.parents.get(category, "")) and category not in seen:
            seen.add(category)
            yield category

    def within(self, drawn: DrawnFrom, known: Collection[str] = ()) -> list[str]:
        """Return the entries that can be drawn of a category, by those tags that any question has."""
        deepest = _DEEPEST if drawn.deep else 0
        wanted = (one for one in self.drawable if drawn.category in (one, *islice(self.above(one), deepest)))
        found = (entry for one in wanted for entry in self.drawable[one].items())
        return [key for key, one in found if drawn.tags.fit([tag in one.tags for tag in known])]


def _bank(subject: Subject) -> _Bank | None:
    """Return the questions of a backup, None where they cannot be read."""
    root = read_document(_BANK, subject.container)
    if root is None:
        return None
    questions = list(root.iter("question"))
    words = {said(tag, "rawname").lower() for one in questions for tag in one.iterfind("tags/tag")}
    named = {one.id for found in subject.once(references) for one in found.question_categories}
    bank = _Bank({one.get("id", "") for one in questions}, words - {""}, named)
    if root.find("question_category/questions/question") is not None:
        bank.before.enter(root)
    for category in root.iter("question_category"):
        bank.parents[category.get("id", "")] = said(category, "parent")
        for entry in category.iterfind("question_bank_entries/question_bank_entry"):
            _enter(entry, category.get("id", ""), bank)
    return bank


def _enter(entry: etree._Element, category: str, bank: _Bank) -> None:
    """Note an entry of a category, if it has a question."""
    key, question = entry.get("id", ""), next(entry.iter("question"), None)
    if question is None:
        return
    bank.twice |= {key} & bank.entries.keys()
    versions, kind = entry.findall("question_version/question_versions"), said(question, "qtype")
    numbers = frozenset((one.findtext("version") or "").strip() for one in versions)
    tags = frozenset(tag.get("id", "") for tag in question.iterfind("tags/tag"))
    is_draft = {one.findtext("status") for one in versions} == {"draft"}
    bank.entries[key] = _Entry(category, kind, tags, numbers, is_draft)
    bank.tags |= tags
    status = next((one.text or "" for one in entry.iter("status")), "")
    is_own = said(question, "parent") in ("0", "") and kind not in _NEVER_DRAWN
    if is_own and status.strip() in _READY:
        bank.drawable[category][key] = bank.entries[key]


# --- categories ---


@of_document("L502 L556", named=_BANK)
def categories_are_restored(document: OpenedDocument) -> Iterator[Flaw]:
    """One category of a context is the top one, and each is restored with that which it is in."""
    bank, tops = document.subject.once(_bank), set[str]()
    version = said(document.subject.found.root, "information", "moodle_version")
    if bank is None:
        return
    for category in document.root.iterfind("question_category"):
        context, is_named = category.findtext("contextid", ""), category.get("id", "") in bank.named
        if is_named and category.findtext("parent", NULL) in ("0", NULL):
            if context in tops:
                reason = f"two categories of questions in one context ({context}) have no parent"
                yield stops(category, reason, "give all but one a <parent>")
            tops.add(context)
            if category.findtext("name") == _TOP and next(category.iter("question_bank_entry"), None) is not None:
                reason = "questions stand in a category 'top', which the restore replaces by another"
                yield stops(category, reason, "move them into a category in it")
        if told := _unnamed(category, bank):
            what, remedy = f"the category {titled(category)}", "name it in that of the activity with its context"
            yield amiss(category, what, *told, remedy)
        if is_named:
            yield from _level(category, is_of_50=version >= _QUESTIONS_MOVED)


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
    if own and own in bank.above(own):
        return "it is in itself, if by way of others", "no list of categories shows it"
    if own not in bank.named and (parent not in ("0", "") or category.find("question_bank_entries/*") is not None):
        return "no inforef.xml names it", "it is not restored"
    if parent not in ("0", "") and parent not in bank.named:
        return f"no inforef.xml names the category that it is in ({parent[:40]})", "no list of categories shows it"
    return None


# --- quizzes ---


@frozen
class _Quiz:
    """A quiz with its slots, the context that it stands in, and the questions of its backup."""

    element: etree._Element
    slots: list[etree._Element]
    context: str
    bank: _Bank

    @property
    def asked(self) -> list[str]:
        """The entry that each slot asks, "" for one that asks none."""
        return [said(slot, "question_reference", "questionbankentryid") for slot in self.slots]

    @property
    def draws(self) -> Iterator[tuple[DrawnFrom, tuple[str, ...]]]:
        """What each slot that draws draws from, and the numbers of the tags of that which are in the backup."""
        for slot in self.slots:
            drawn = drawn_from(read_as(SlotRow, slot)) if slot.find("question_set_reference") is not None else None
            if drawn is not None:
                yield drawn, tuple(one[0] for one in drawn.tags.names if one[0] in self.bank.tags)


def _quiz(root: etree._Element, subject: Subject) -> _Quiz | None:
    """Return the quiz of a document, None where there is none, or no question can be read."""
    bank, quiz = subject.once(_bank), root.find("quiz")
    if bank is None or quiz is None:
        return None
    return _Quiz(quiz, quiz.findall("question_instances/question_instance"), root.get("contextid", ""), bank)


@of_document("L502 L535 L556", named="quiz.xml")
def quizzes_can_be_taken(document: OpenedDocument) -> Iterator[Flaw]:
    """Every question of a quiz is in the backup, is restored with it, and enough can be drawn of what it draws from."""
    quiz = _quiz(document.root, document.subject)
    if quiz is None:
        return
    yield from (stops(quiz.element, *told) for told in _stopping(quiz))
    yield from breaking(document.root, document.subject)
    what = f"the quiz “{said(quiz.element, 'name')}”"
    for reason, taken in dict.fromkeys(_tags_gone(quiz)):
        yield amiss(quiz.element, what, reason, taken, "tag the questions, or take it out of <filtercondition>")
    total, marks = number(quiz.element, "sumgrades") or 0, [slot.findtext("maxmark") for slot in quiz.slots]
    added = sum(number_of(mark) or 0 for mark in marks)
    if total > 0 and marks and all(marks) and abs(total - added) > 0.01:
        reason = f"its <sumgrades> is {total:g}, and its marks add up to {added:g}"
        yield amiss(quiz.element, what, reason, "its grade is counted amiss", "write the sum of its marks")


def breaking(root: etree._Element, subject: Subject) -> Iterator[Flaw]:
    """Yield why no attempt starts at the quiz of a document, by what it asks."""
    quiz = _quiz(root, subject)
    if quiz is None:
        return
    breaks = partial(breaks_quiz, quiz.element, f"“{said(quiz.element, 'name')}”")
    is_graded = (number(quiz.element, "grade") or 0) > 0
    if quiz.element.find("question_instances") is not None and not quiz.slots and is_graded:
        reason = "it has no questions, and no attempt starts without one"
        yield breaks(reason, "add questions").weighing(Severity.WARNING)  # perhaps there were none
    lost = dict.fromkeys(_lost(slot, quiz) for slot in quiz.slots)
    problems = (filter(None, lost), _miscounted(quiz), _too_few(quiz), _too_few_before(quiz.slots, quiz.bank.before))
    yield from (breaks(*told) for told in chain(*problems))


def is_marked_by_hand(root: etree._Element, subject: Subject) -> bool:
    """Say whether a quiz asks nothing but what goes its own way, however questions are said to behave: essays."""
    quiz = _quiz(root, subject)
    if quiz is None or not quiz.slots:
        return False
    drawn, named = [quiz.bank.within(one) for one, _ in quiz.draws], list(filter(None, quiz.asked))
    is_known = len(named) + len(drawn) == len(quiz.slots) and all(drawn)
    asked = (quiz.bank.entries.get(key) for key in chain(named, *drawn))
    return is_known and all(one is not None and one.kind in _OWN_WAY for one in asked)


def drawn_by_chance(root: etree._Element, subject: Subject) -> Iterator[tuple[frozenset[str], int]]:
    """Yield of which entries the quiz of a document draws, and how many of them."""
    if quiz := _quiz(root, subject):
        for (drawn, known), count in Counter(quiz.draws).items():
            yield frozenset(quiz.bank.within(drawn, known)).difference(quiz.asked), count


def _stopping(quiz: _Quiz) -> Iterator[Problem]:
    """Yield why the restore stops at a quiz."""
    slots, bank = quiz.slots, quiz.bank
    if any(slot.find("slot") is not None and slot.find("page") is None for slot in slots):  # earlier ones have neither
        yield "<page> of <question_instance> is missing", "write the page of each question"
    asked = (said(one, "questionid") for one in slots if one.find("question_reference") is None)
    if gone := [one for one in asked if one.isdecimal() and int(one) and one not in bank.questions]:
        reason = f"<questionid> of a slot is {gone[0]}, and questions.xml has no such <question>"
        yield reason, "add the question"
    if not all(is_object(one.text or "") for one in quiz.element.iter("filtercondition")):
        yield "a <filtercondition> of the quiz is not JSON", "write an object of JSON"
    for drawn, _ in quiz.draws:
        for what, key in (("category", drawn.category), *(("tag", one[0]) for one in drawn.tags.names)):
            if not key.strip() or _BY_NUMBER.breach(key):
                yield f"it draws by a {what} ('{key[:40]}') that is not a whole number", "write the number of one"
    for slot in slots:
        names = [said(tag, "tagname") for tag in slot.iterfind("tags/tag")]
        if names and not bank.words.intersection(map(str.lower, names)):
            reason = f"it draws by a tag ({names[0][:40] or 'without a name'}) that no question of the backup has"
            elsewhere = "; on a site that has it from elsewhere, no attempt starts" if any(names) else ""
            yield f"{reason}{elsewhere}", "tag the questions, or take it out of the slot"


def _miscounted(quiz: _Quiz) -> Iterator[Problem]:
    """Yield what is wrong with the numbers of a quiz and of its slots."""
    total, grade = number(quiz.element, "sumgrades"), number(quiz.element, "grade") or 0
    is_unread = total is None and said(quiz.element, "sumgrades") != ""  # which stops the restore
    if not total and not is_unread and grade > 0 and quiz.slots:
        yield "its <sumgrades> is 0 or missing, and is not counted anew", "write the sum of its marks"
    firsts = [number_of(one.text) or 0 for one in quiz.element.iterfind("sections/section/firstslot")]
    numbers = [number(slot, "slot") or 0 for slot in quiz.slots if slot.find("slot") is not None]
    if firsts and numbers and min(numbers) < min(firsts):
        yield f"the slot {min(numbers):g} is before its first section", "number its slots from 1"
    elif len(set(numbers)) == len(numbers) and max(numbers, default=0) > len(numbers):
        yield f"its {len(numbers)} slots have numbers up to {max(numbers):g}", "number its slots from 1, without gaps"


def _lost(slot: etree._Element, quiz: _Quiz) -> Problem | None:
    """Return why a slot comes without its question."""
    reference, bank = slot.find("question_reference"), quiz.bank
    if reference is None:
        return _unnamed_question(slot)
    used, entry = said(reference, "usingcontextid"), said(reference, "questionbankentryid")
    version = said(reference, "version")
    if used != quiz.context:
        has = quiz.context or "none"
        reason = f"a question is asked in the context {used or 'without a number'}, and the quiz has {has}"
        return reason, "write that"
    found = bank.entries.get(entry)
    if found is None:
        what = f"it asks a question ({entry or 'without a number'}) that is not in the backup"
        return f"{what}{_OF_SITE.format(entry) if entry else ''}", "add the question"
    if found.is_draft:
        return f"it asks a question ({entry}) that is a draft, and no attempt starts", "write ready as its <status>"
    if version and version not in found.versions:
        return f"it asks the version {version[:20]} of a question ({entry}), which is not there", f"write {NULL}"
    if entry in bank.twice:
        return f"it asks a question ({entry}) of which there are two", "give each entry its own id"
    if found.category not in bank.named:
        reason = f"no inforef.xml names the category of its questions ({found.category}), so they are not restored"
        return f"{reason}{_OF_SITE.format(entry)}", "name the category in the inforef.xml of the quiz"
    for name, wanted in (("component", "mod_quiz"), ("questionarea", "slot")):
        if (word := said(reference, name)) != wanted:
            has = f"has '{word[:40]}' as its" if word else "has no"
            return f"a reference to a question {has} <{name}>", f"write {wanted}"
    return None


def _unnamed_question(slot: etree._Element) -> Problem | None:
    """Return why a slot that names no question has none."""
    condition = said(slot, "question_set_reference", "filtercondition")
    if is_object(condition) and drawn_from(read_as(SlotRow, slot)) is None:
        return "it draws questions, and from no category", "write the category into <filtercondition>"
    has_other = any(slot.find(name) is not None for name in ("question_set_reference", "questionid", "question"))
    return None if has_other else ("one of its slots names no question", "write its <question_reference>")


def _tags_gone(quiz: _Quiz) -> Iterator[tuple[str, str]]:
    """Yield by which tags a quiz draws that no question has, and from what it draws then."""
    for drawn, known in quiz.draws:
        gone = [one[-1] for one in drawn.tags.names if one[0] not in known]
        if gone and not drawn.tags.barred:
            taken = "by its other tags alone" if known else "from all questions of the category"
            yield f"it draws by a tag ({gone[0][:40]}) that no question of the backup has", f"it draws {taken}"


def _too_few(quiz: _Quiz) -> Iterator[Problem]:
    """Yield of which category a quiz wants more than there is, besides what it asks."""
    asked = set(quiz.asked)
    for (drawn, known), count in Counter(quiz.draws).items():
        found = quiz.bank.within(drawn, known)
        left = [key for key in found if key not in asked]
        if len(left) < count:
            category = f"a category ({drawn.category[:20]})"
            if drawn.category not in quiz.bank.parents:
                yield f"it draws {count} from {category} that is not in the backup", "add it with its questions"
            else:
                yield _told_few(drawn, count, len(left), bool(known), len(left) < len(found))


def _too_few_before(slots: list[etree._Element], bank: Bank) -> Iterator[Problem]:
    """Yield the same of slots as they were written before Moodle 4.0, which name a question that stands for others."""
    rows = [read_as(SlotRow, slot) for slot in slots if slot.find("question_reference") is None]
    meant = [(row, bank.meant(row)) for row in rows if row.question_set_reference is None]
    asked = {one.number for _, one in meant if isinstance(one, Banked)}
    draws = Counter(_deepened(one, row) for row, one in meant if isinstance(one, DrawnFrom))
    known = bank.tags.keys() | bank.tags.values()
    for drawn, count in draws.items():
        if any(known.isdisjoint(names) for names in drawn.tags.names):
            continue  # what such a tag becomes depends on the site
        found = [one.number for one in bank.drawn(drawn) if one.row.unknown.get("hidden", "0") == "0"]
        left = [one for one in found if one not in asked]
        if len(left) < count and drawn.category in bank.categories:
            yield _told_few(drawn, count, len(left), bool(drawn.tags.names), len(left) < len(found))


def _deepened(drawn: DrawnFrom, row: SlotRow) -> DrawnFrom:
    """Return what is drawn from, by what the slot says besides its question."""
    return DrawnFrom(drawn.category, drawn.deep or row.unknown.get("includingsubcategories") == "1", drawn.tags)


def _told_few(drawn: DrawnFrom, count: int, left: int, is_by_tags: bool, is_asking: bool) -> Problem:
    """Return that a quiz draws more from a category than there is."""
    there, besides = f"{left}{' with its tags' * is_by_tags}", ", besides what it asks itself" * is_asking
    reason = f"it draws {count} from a category ({drawn.category[:20]}) in which {there} can be drawn{besides}"
    return reason, "draw fewer, or add questions" if left else "add questions"
