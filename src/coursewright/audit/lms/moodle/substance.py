"""What the activities of a backup need in order to do anything, though their restore goes on without it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from lxml import etree

from coursewright.audit.flaw import Flaw
from coursewright.audit.lms.moodle.losses import BACK_UP_AGAIN, amiss
from coursewright.audit.lms.moodle.restored import called, of_document, roots, titled
from coursewright.audit.rule import OpenedDocument
from coursewright.course.circles import knots
from coursewright.findings import messages
from coursewright.findings.finding import Severity
from coursewright.packages.documents.fields import read_as
from coursewright.packages.documents.moodle.other_instances import LessonInstance, LessonPage
from coursewright.packages.documents.moodle.xml import ENTERED_NUMBER, number, number_of, said
from coursewright.packages.subject import Subject

_SHOWS_NOTHING = ("pagebreak", "captcha")  # items of a feedback
_SERIALISED = re.compile(r"a:\d+:\{.*\}", re.DOTALL)
_ON, _OFF = "1", "0"
_CHOSEN = ("multichoice", "multichoicerated")


# --- what they do not work without ---


def _lacks(element: etree._Element, reason: str, taken: str, remedy: str) -> Flaw:
    return amiss(element, f"<{element.tag}>", reason, taken, remedy)


@of_document("L556", named="scorm.xml", most=10)
def scorm_can_be_started(document: OpenedDocument) -> Iterator[Flaw]:
    """A SCORM activity has something to start, all of it in its menu."""
    for scorm in document.root.iterfind("scorm"):
        scoes = scorm.findall("scoes/sco")
        if not scoes:
            yield _lacks(scorm, "it has no <sco>", "there is nothing to start", BACK_UP_AGAIN)
        names = {"/", *(said(sco, "identifier") for sco in scoes)}
        for sco in scoes:
            if (parent := said(sco, "parent")) not in names:
                reason = f"its <parent> is '{parent[:60]}', and there is no such <sco>"
                yield _lacks(sco, reason, "it is not in the menu", "name the <identifier> of one, or /")


@of_document("L556", named="feedback.xml", most=10)
def items_show_something(document: OpenedDocument) -> Iterator[Flaw]:
    """The items of a feedback show something."""
    for item in document.root.iterfind("feedback/items/item"):
        shown = item.find("presentation")
        if shown is not None and not shown.text and said(item, "typ") not in _SHOWS_NOTHING:
            yield _lacks(item, f"the item {titled(item)} has no <presentation>", "there is nothing to choose", "add it")


_BOUNDS = re.compile(r"\s*(-?\d+(?:\.\d+)?)\|\s*(-?\d+(?:\.\d+)?)\s*")  # of a number; - is none


@of_document("L556", named="feedback.xml", most=10)
def items_can_be_answered(document: OpenedDocument) -> Iterator[Flaw]:
    """An item of a feedback comes after the one that it depends on, and takes a number."""
    items = document.root.findall("feedback/items/item")
    places = {one.get("id"): number(one, "position") or 0 for one in items}
    for item in items:
        needed, own = places.get(said(item, "dependitem")), places.get(item.get("id"), 0)
        bounds = _BOUNDS.fullmatch(said(item, "presentation")) if said(item, "typ") == "numeric" else None
        if needed is not None and needed > own:
            reason = f"the item {titled(item)} depends on one that comes after it"
            yield _lacks(item, reason, "nobody sees it", "correct the <position> of both")
        if bounds is not None and float(bounds[1]) > float(bounds[2]):
            reason = f"the item {titled(item)} takes a number from {bounds[1]} to {bounds[2]}"
            yield _lacks(item, reason, "no number is taken", "write the smaller number first")


_TEMPLATES = ("singletemplate", "listtemplate", "listtemplateheader", "listtemplatefooter", "addtemplate")
_FIELD = re.compile(r"\[\[([^\[\]#<>]{1,80})(?:#\w+)?\]\]")


@of_document("L556", named="data.xml", most=10)
def templates_name_fields(document: OpenedDocument) -> Iterator[Flaw]:
    """The templates of a database name fields that it has."""
    for data in document.root.iterfind("data"):
        known = {said(one, "name").strip().lower() for one in data.iterfind("fields/field")}
        for template in map(data.find, _TEMPLATES):
            named = _FIELD.findall(template.text or "") if template is not None else []
            if known and (gone := [name for name in named if name.strip().lower() not in known]):
                reason = f"it names the field [[{gone[0][:40]}]], which the database does not have"
                yield amiss(template, "a template", reason, "it stands there as it is written", "correct the name")


@of_document("L556", named="lti.xml", most=10)
def tools_lead_somewhere(document: OpenedDocument) -> Iterator[Flaw]:
    """A tool has an address, or is of a type that has one."""
    for tool in document.root.iterfind("lti"):
        if not said(tool, "toolurl") + said(tool, "securetoolurl") and tool.find("ltitype") is None:
            yield _lacks(tool, "its <toolurl> is empty", "it leads nowhere", "write the address of the tool")


@of_document("L556", named="assign.xml", most=10)
def work_can_be_handed_in(document: OpenedDocument) -> Iterator[Flaw]:
    """An assignment says how work is handed in."""
    for assign in document.root.iterfind("assign"):
        if not any(said(one, "name") == "enabled" for one in assign.iterfind("plugin_configs/plugin_config")):
            reason, remedy = "it has no <plugin_config> that is enabled", "write those of its ways"
            yield _lacks(assign, reason, "nothing can be handed in", remedy)


@of_document("L556", named="imscp.xml", most=10)
def content_has_a_menu(document: OpenedDocument) -> Iterator[Flaw]:
    """The menu of a content package is written as PHP writes it."""
    for content in document.root.iterfind("imscp"):
        if not _SERIALISED.fullmatch(said(content, "structure")):
            yield _lacks(content, "its <structure> is no serialised array of PHP", "its menu is empty", BACK_UP_AGAIN)


# --- what learners find in them ---

# By the kind of activity: what it consists of, and what that is called.
_PARTS: Mapping[str, tuple[str, str]] = {
    "book": ("chapters/chapter", "chapters"),
    "choice": ("options/option", "options to choose from"),
    "data": ("fields/field", "fields"),
    "feedback": ("items/item", "questions"),
    "lesson": ("pages/page", "pages"),
}


@of_document("L562", named=" ".join(f"{kind}.xml" for kind in _PARTS))
def activities_have_contents(document: OpenedDocument) -> Iterator[Flaw]:
    """What consists of chapters, pages, options or questions has some, and learners can choose among them."""
    kind = document.file.removesuffix(".xml")
    activity = document.root.find(kind)
    is_hidden = said(document.beside("module.xml"), "visible") == _OFF  # so that its author may fill it yet
    for reason in hollow(kind, activity) if activity is not None else ():
        found = Flaw(messages.MOODLE_SHOWS_NOTHING, activity, {"title": said(activity, "name")[:60], "reason": reason})
        yield found.weighing(Severity.INFO) if is_hidden else found


def hollow(kind: str, activity: etree._Element) -> Iterator[str]:
    """Yield why learners find nothing in an activity, or nothing that they can do."""
    path, what = _PARTS[kind]
    parts = activity.findall(path)
    if not parts and activity.find(path.partition("/")[0]) is not None:
        yield f"it has no {what} yet"
    if kind == "book" and parts and all(said(one, "hidden") == _ON for one in parts):
        yield "all its chapters are hidden"
    is_limited = kind == "choice" and parts and said(activity, "limitanswers") == _ON
    if is_limited and all(said(one, "maxanswers") == _OFF for one in parts):
        yield "its answers are limited, to 0 of each option"
    for one in parts if kind == "feedback" else ():
        asked = (one.findtext("presentation") or "").partition(">>>>>")
        if said(one, "typ") in _CHOSEN and not asked[2].strip("| \r\n"):
            yield f"its question {titled(one)} has nothing to choose from"


# --- lessons ---

_NUMERIC, _ESSAY = "8", "10"
_ANSWERED = ("1", "2", "3", "5", _NUMERIC, _ESSAY)  # pages with a question: short, true or false, chosen, matched
_WRONG = "@#wronganswer#@"  # stands for whatever else is answered
_RANGE = re.compile(rf"\*|{re.escape(_WRONG)}|{ENTERED_NUMBER}(?:\s*:\s*{ENTERED_NUMBER})?")
_FIRST = "0"
_CONTENT, _SAME = "20", "0"  # a page with buttons, and the page where somebody is, as where an answer leads
_JUMPS = ("-1", "-9", "-40", "-50", "-60", "-70", "-80")  # on, to the end, back, and to pages by chance
_ASKING = re.compile(r'"(?:completed|timespent|gradebetterthan)";(?:[idb]:|s:\d+:")(?!0(?:\.0*)?[";])[\d.]+')


@of_document("L556", named="lesson.xml", most=20)
def lessons_lead_through(document: OpenedDocument) -> Iterator[Flaw]:
    """A lesson begins with one page, its questions can be answered, and its password is known."""
    for lesson in _lessons(document.root):
        if lesson.usepassword == _ON and not lesson.password:
            reason, remedy = "it asks for a password, and has none", "write the <password>, or 0 as <usepassword>"
            yield amiss(lesson.line, called(lesson.name), reason, "nobody gets in", remedy)
        firsts = [page for page in lesson.pages if page.prevpageid == _FIRST]
        if lesson.pages and len(firsts) != 1:
            reason = f"{len(firsts) or 'none'} of its pages say that they are the first, by 0 as <prevpageid>"
            taken = "it does not begin, or lacks pages"
            yield amiss(lesson.line, called(lesson.name), reason, taken, "let one page say so")
        yield from (flaw for page in lesson.pages for flaw in _page(page))
        if not number_of(lesson.displayleft):  # in the menu beside it, learners choose where to go on
            known = frozenset(page.id for page in lesson.pages)
            is_endless = not number_of(lesson.maxattempts) and lesson.review != _ON  # no try is the last
            yield from (flaw for page in lesson.pages for flaw in _stuck(page, known, is_endless=is_endless))


def _lessons(root: etree._Element) -> Iterator[LessonInstance]:
    return (read_as(LessonInstance, one) for one in root.iterfind("lesson"))


@of_document("L556", named="lesson.xml", most=20)
def lessons_wait_for_none_that_waits(document: OpenedDocument) -> Iterator[Flaw]:
    """No lesson waits for itself, or for one that waits for it."""
    own = document.root.get("id", "")
    waited = document.subject.once(_round).get(own)
    if waited is not None:
        where, others = document.root.find("lesson"), f"it waits for the lesson {waited[:20]}, which waits for it"
        reason = "it waits for itself" if waited == own else others
        yield amiss(where, "the lesson", reason, "nobody gets in", "write 0 as <dependency>")


def _round(subject: Subject) -> dict[str, str]:
    """Return the lessons that wait, by however many others, for themselves, with that which each waits for."""
    waits = subject.once(_waits)
    known = {own: [other] if other in waits else [] for own, other in waits.items()}
    return {one: waits[one] for knot in knots(known) for one in knot}


def _waits(subject: Subject) -> dict[str, str]:
    """Return for which lesson a lesson waits until something is done there, by their numbers."""
    return {
        root.get("id", ""): lesson.dependency
        for root in roots("lesson.xml", subject)
        for lesson in _lessons(root)
        if lesson.dependency not in ("", "0") and _ASKING.search(lesson.conditions)
    }


def _stuck(page: LessonPage, known: frozenset[str], *, is_endless: bool) -> Iterator[Flaw]:
    """Yield that a page has no button that leads anywhere, or, where it is asked without end, no answer that does."""
    answers = page.answers
    if not answers:
        return  # a button to go on is shown then
    if page.qtype == _CONTENT:
        answers = tuple(one for one in answers if one.answer_text)
    elif not (is_endless and page.qtype in _ANSWERED):
        return
    if all(_leads_back(one.jumpto, page, known) for one in answers):
        what = "buttons" if page.qtype == _CONTENT else "answers"
        reason = f"all of its {what} lead back to it" if answers else "it has no button that leads on"
        remedy = "write -1, the next page, as a <jumpto>" if answers else "write the <answer_text> of an answer"
        yield amiss(page.line, f"the page {called(page.title)}", reason, "nobody gets on from it", remedy)


def _leads_back(jump: str, page: LessonPage, known: frozenset[str]) -> bool:
    """Say whether a jump leads to the page it is of: by its number, or by one of no page."""
    return jump in (_SAME, page.id) or (jump.isdecimal() and jump not in known)


def _page(page: LessonPage) -> Iterator[Flaw]:
    """Yield why a question of a lesson cannot be answered."""
    what = f"the page {called(page.title)}"
    for answer in page.answers:
        jump = answer.jumpto
        if jump.startswith("-") and jump not in _JUMPS:
            reason = f"<jumpto> of one of its answers is {jump[:20]}, which means nothing"
            yield amiss(answer.line, what, reason, "whoever gives that gets an error", "write -1, the next page")
    texts = [one.answer_text for one in page.answers if page.qtype == _NUMERIC]
    odd = [text for text in texts if not _RANGE.fullmatch(text)]
    if odd or (page.qtype in _ANSWERED and not page.answers):
        reason = f"its answer '{odd[0][:40]}' is not a number" if odd else "it has no answers"
        yield amiss(page.line, what, reason, "nobody answers it", "correct its answers")


# --- workshops ---

_STRATEGY = re.compile(r"subplugin_workshopform_(\w+)_workshop")


@of_document("L556", named="workshop.xml", most=10)
def workshops_have_forms(document: OpenedDocument) -> Iterator[Flaw]:
    """The form of a workshop is of the kind that it is assessed by, and can be filled in."""
    for workshop in document.root.iterfind("workshop"):
        forms = {found[1]: one for one in workshop if (found := _STRATEGY.fullmatch(str(one.tag)))}
        filled, wanted = [name for name, one in forms.items() if len(one)], said(workshop, "strategy")
        if filled and wanted in forms and wanted not in filled:
            reason = f"it is assessed by '{wanted}', and its form is one of {filled[0]}"
            yield _unusable(workshop, workshop, reason, f"write {filled[0]} as its <strategy>")
        for criterion in workshop.iter("workshopform_rubric_dimension"):
            if criterion.find("workshopform_rubric_level") is None:
                yield _unusable(criterion, workshop, "a criterion of it has no levels", "add them")


def _unusable(where: etree._Element, workshop: etree._Element, reason: str, remedy: str) -> Flaw:
    return amiss(where, f"the workshop {titled(workshop)}", reason, "nobody can assess with it", remedy)
