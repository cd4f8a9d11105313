"""What Canvas does not find, or finds twice, by the manifest and the identifiers of its own cartridges."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import islice

from lxml import etree

from coursewright.audit.flaw import Flaw
from coursewright.audit.lms.canvas.losses import (
    LONGEST,
    MOST_TOLD,
    Amiss,
    left_out,
    of_own,
    stopped,
    taken_for,
    unsettled,
)
from coursewright.audit.lms.canvas.quizzes import QUIZ_ENDINGS
from coursewright.audit.rule import is_whole, rule
from coursewright.audit.rules.canvas.settings import canvas_documents
from coursewright.findings import messages
from coursewright.packages.documents.addresses import hrefs, local_name, name_of
from coursewright.packages.documents.canvas.cartridge import OWN, CanvasCourse, own_resources, read_course
from coursewright.packages.documents.canvas.modules import Modules
from coursewright.packages.documents.canvas.names import (
    ASSIGNMENT,
    FILES,
    LATE_POLICY,
    MODULES,
    NAMESPACE,
    QUIZ,
    TOOL_TYPE,
    TOPIC_TYPE,
)
from coursewright.packages.documents.elements import canonical
from coursewright.packages.documents.parsing import text_of
from coursewright.packages.documents.qti12.facts import QTI_NAMESPACE
from coursewright.packages.documents.reading import child_text, read_document, read_mended
from coursewright.packages.kinds import Family
from coursewright.packages.subject import Subject, parsed_apart

_PROFILE = "tool_profile"
_MOST_READ = 500
_SECRETS = ("consumer_key", "shared_secret")
_LONGEST_PROPERTIES = {"domain": 253, "tool_id": LONGEST}
PRIVACY = ("anonymous", "name_only", "email_only", "public")
"""What tools may be told of learners."""


@of_own("L527 L575")
def discussions_have_their_settings(subject: Subject) -> Iterator[Flaw]:
    """The first dependency of every discussion is the resource with its settings, which are those of no other."""
    texts: dict[str, str] = {}
    for one in (one for one in subject.resources if one.get("type") == TOPIC_TYPE):
        what, target, text = f"the discussion '{name_of(one)}'", _needed(one), next(iter(hrefs(one)), "")
        if reason := _unsettled(one, read_course(subject)):
            remedy = "let its first <dependency> name the resource of its topicMeta"
            yield unsettled(one, what, reason, remedy)
        if target in subject.by_identifier and texts.setdefault(target, text) != text:
            reason = f"another depends on '{target[:60]}', too, which gives both the same name"
            yield left_out(one, what, reason, "give each its own topicMeta")


def _needed(one: etree._Element) -> str | None:
    """Return what a resource depends on first, None where it does on nothing."""
    first = one.find("{*}dependency")
    return None if first is None else first.get("identifierref", "")


def _unsettled(one: etree._Element, course: CanvasCourse) -> str:
    """Return why the settings of a discussion are not found; what has none loses none."""
    target = _needed(one)
    if target is None:
        is_lost = one.get("identifier", "") in course.settled
        return "it depends on nothing, and there are settings for it" if is_lost else ""
    is_shown = one.get("identifier") in course.subject.once(_shown)
    also = ", and the modules lose it, with what they ask of it" if is_shown else ""  # for it has another name then
    resource = course.subject.by_identifier.get(target)
    if resource is None:
        return f"it depends on '{target[:60]}', which the manifest does not have{also}"
    is_other = not {quiz.name for quiz in course.quizzes.values()}.isdisjoint(hrefs(resource))
    if is_other:
        return f"it depends on '{target[:60]}', which has the settings of a quiz{also}"
    has_first, *have_later = (_has_settings(each, course) for each in one.iterfind("{*}dependency"))
    is_lost = any(have_later) and not has_first
    return f"it depends first on '{target[:60]}', which has none{also}" if is_lost else ""


def _shown(subject: Subject) -> frozenset[str]:
    """Return the identifiers of what modules show."""
    listed = read_course(subject).value(Modules, MODULES)
    items = (item for module in listed.modules for item in module.items) if listed else ()
    return frozenset(item.identifierref for item in items)


def _has_settings(dependency: etree._Element, course: CanvasCourse) -> bool:
    resource = course.subject.by_identifier.get(dependency.get("identifierref", ""))
    return resource is not None and not course.discussions.keys().isdisjoint(hrefs(resource)[:1])


def _listed(subject: Subject) -> set[str]:
    """Return the files of resources that only Canvas reads."""
    return {name for one in own_resources(subject) for name in hrefs(one)}


@of_own("L575")
def quizzes_have_their_settings(subject: Subject) -> Iterator[Flaw]:
    """The settings of every quiz that there are are among the files of a resource of Canvas's own."""
    listed = _listed(subject)
    for ident in sorted(read_course(subject).idents):
        name = f"{ident}/{QUIZ}"
        if name in subject.container.sizes and name not in listed:
            reason, remedy = f"no resource of Canvas's own lists {name}", f"name {name} in a <file> of such a resource"
            yield unsettled(None, f"the quiz '{ident}'", reason, remedy)


@rule("L575", family=Family.QTI, lms="canvas", when=is_whole)
def settings_belong_to_quizzes(subject: Subject) -> Iterator[Flaw]:
    """In a package of QTI, the settings of a quiz stand in a folder of its ident, are listed, and are XML."""
    names = [name for name in sorted(subject.container.sizes) if f"/{name}".endswith(f"/{QUIZ}")]
    quizzes = {name for one in subject.typed("imsqti_") for name in hrefs(one)}
    unfound = {name.rpartition("/")[0] for name in quizzes.difference(subject.container.sizes)}  # which others tell
    listed, idents = _listed(subject), _idents(subject) | unfound if names else set()
    for name in names[:MOST_TOLD]:
        folder = name.rpartition("/")[0]
        broken = parsed_apart(subject.container, name)[1] if name in listed else []
        unread = [one for one in broken if one.code == messages.NOT_WELL_FORMED.code]
        if name not in listed:
            amiss = f"no resource of Canvas's own lists {name}", "name it in a <file> of such a resource"
        elif folder not in idents:
            amiss = f"no quiz has the ident {folder}", "give the <assessment> that ident"
        elif unread:
            amiss = f"{name} is not XML: {unread[0].values.get('reason')}", "correct it"
        else:
            continue
        yield unsettled(None, f"the quiz '{folder}'", *amiss).within(name)


def _idents(subject: Subject) -> set[str]:
    """Return the idents of the quizzes in a package of QTI 1."""
    container = subject.container
    every = (name for name in container.sizes if name.lower().endswith(QUIZ_ENDINGS))
    names = sorted(name for name in every if not name.endswith(QUIZ))
    roots = (read_mended(name, container) for name in names[:_MOST_READ])
    return {one.get("ident", "") for root in roots if root is not None for one in root.iterfind("{*}assessment")}


@of_own("L527", most=MOST_TOLD)
def files_are_found(subject: Subject) -> Iterator[Flaw]:
    """Every file of the course is what a resource of web content launches, by its very name."""
    launched = {one.get("href") for one in subject.resources if one.get("type") == "webcontent"}
    spelled = {name.removeprefix("./") for one in subject.resources for name in hrefs(one, launched=True) if name}
    for name in sorted(spelled.intersection(subject.container.sizes).difference(launched)):
        if name.startswith(FILES):  # of what none names, others tell
            reason, remedy = "no resource of the type webcontent has it as its href", "make it the href of one"
            yield left_out(None, f"the file '{name}'", reason, remedy)


@of_own("L527")
def tools_can_be_saved(subject: Subject) -> Iterator[Flaw]:
    """Every tool has an address or a domain, and says of learners what Canvas can say."""
    names = [name for one in subject.resources if one.get("type") == TOOL_TYPE for name in hrefs(one)]
    for name in names[:MOST_TOLD]:
        root = read_document(name, subject.container)
        if root is not None and (amiss := _unsaved(root)):
            yield left_out(None, "a tool", *amiss).within(name)


def _unsaved(tool: etree._Element) -> Amiss | None:
    """Return why Canvas does not save a tool, and what to do."""
    told = {one.get("name", ""): text_of(one).strip() for one in tool.iter("{*}property")}
    found = (next(tool.iter(f"{{*}}{name}"), None) for name in ("secure_launch_url", "launch_url"))
    address = next((text_of(one).strip() for one in found if one is not None), "")
    if not address and not told.get("domain") and not told.get("url"):
        return "it has neither an address nor a domain", "add its launch_url"
    if empty := next((name for name in _SECRETS if told.get(name) == ""), ""):
        return f"its {empty} is empty", f"write one, or leave {empty} out"
    return unfit_property(told)


def unfit_property(told: Mapping[str, str]) -> Amiss | None:
    """Return which of its properties keeps a tool from being saved, and what to do: Canvas does not know what it may be
    told of learners, or has no room for a name."""
    level = told.get("privacy_level", "")
    if level and level not in PRIVACY:
        return f"its privacy_level is '{level[:40]}'", f"write one of {', '.join(PRIVACY)}"
    for name, most in _LONGEST_PROPERTIES.items():
        if len(said := told.get(name, "")) > most:
            return f"its {name} has {len(said)} characters, and there is room for {most}", "shorten it"
    return None


@of_own("L520")
def nothing_is_missing_that_it_opens(subject: Subject) -> Iterator[Flaw]:
    """What Canvas opens without asking whether it is there is there, and the texts of work are not empty."""
    needed = {_needed(one) for one in subject.resources if one.get("type") == TOPIC_TYPE} - {None}
    yield from islice(_unopened(subject), MOST_TOLD)
    for one in subject.resources:
        kind, files = one.get("type", ""), hrefs(one)
        is_opened = kind in (TOPIC_TYPE, _PROFILE) or one.get("identifier") in needed
        if not files and (is_opened or (kind == TOOL_TYPE and not one.get("href"))):
            reason = f"the resource '{name_of(one)}' has no <file>, and Canvas opens it all the same"
            yield stopped(one, reason, "name its file in it")
        if kind.startswith("assignment_") and files and subject.container.sizes.get(files[0]) == 0:
            yield stopped(one, f"there is no text in {files[0][:160]}", "write its <text>")
    root = read_document(LATE_POLICY, subject.container)
    if root is not None and next(root.iter("{*}late_policy"), None) is None:
        reason, remedy = "its policy for late work has no <late_policy>", "write one, or remove the document"
        yield stopped(None, reason, remedy).within(LATE_POLICY)


def _unopened(subject: Subject) -> Iterator[Flaw]:
    """Yield that a file is not there that Canvas opens without asking."""
    quizzes = {f"{ident}/{QUIZ}" for ident in read_course(subject).idents}
    for one in subject.resources:
        for name in (name for name in _opened(one, quizzes) if name not in subject.container.sizes):
            reason = f"{name[:160]} is not there, and Canvas opens it all the same"
            yield stopped(one, reason, "put the file back, or remove the resource")


def _opened(resource: etree._Element, quizzes: set[str]) -> Iterator[str]:
    """Yield the files that Canvas opens of a resource, so long as it has one."""
    kind, files = resource.get("type", ""), hrefs(resource)
    if kind == TOPIC_TYPE:
        yield from files[:1]
    elif kind.endswith(OWN):
        yield from [name for name in files if name.endswith(ASSIGNMENT)][:1]
        yield from (name for name in files if name in quizzes)


# --- what has one identifier ---


# Elements that Canvas knows by a name, which stands in an attribute or in an element; what findings call them.
_NAMED: Mapping[str, tuple[str, str]] = {
    "assignment": ("identifier", "assignment"),
    "topicMeta": ("topic_id", "discussion"),
    "assessment": ("ident", "quiz"),
    "objectbank": ("ident", "bank"),
}
_BANK, _SHOWN = "objectbank", ("online_quiz", "discussion_topic")  # work that is not handed in with the assignment
_ORDER, _STATE = "position", "workflow_state"


@of_own("L527 L552", most=MOST_TOLD)
def documents_replace_none(subject: Subject) -> Iterator[Flaw]:
    """No two assignments, discussions, quizzes or banks in different documents have one identifier."""
    kept: dict[tuple[str, str], tuple[str, etree._Element]] = {}
    for document in canvas_documents(subject):
        for one in document.all(*_NAMED):
            name = _name(one)
            if not name or etree.QName(one).namespace not in (None, NAMESPACE, QTI_NAMESPACE):
                continue
            other, first = kept.setdefault((local_name(one), name), (document.name, one))
            if other == document.name or canonical(first) == canonical(one):
                continue
            told = _disagreeing(first, other, one, document.name) if _is_one(first, one) else _told(one, other)
            if told:
                yield told.within(document.name)


def _is_one(first: etree._Element, one: etree._Element) -> bool:
    """Say whether one assignment is meant, once in its own document and once in that of its quiz or discussion."""
    if (first.getparent() is None) == (one.getparent() is None):
        return False
    own = one if one.getparent() is None else first
    is_shown = child_text(own, "quiz_identifierref") or child_text(own, "submission_types") in _SHOWN
    return bool(is_shown) or child_text(first, "title") == child_text(one, "title")


def _disagreeing(first: etree._Element, other: str, one: etree._Element, document: str) -> Flaw | None:
    """Return how what is said of one assignment in its own document, and in that of its quiz or discussion, differs:
    Canvas makes one assignment of both, and writes what the former says last."""
    said = {name: child_text(first, name) for name in map(local_name, first.iterchildren(etree.Element))}
    both = (name for name in map(local_name, one.iterchildren(etree.Element)) if said.get(name) and name != _ORDER)
    field = next((name for name in both if child_text(one, name) not in ("", said[name])), "")
    if not field:
        return None
    is_last = (one.getparent() is None) != (field == _STATE)  # this it has from the first alone
    counts = document if is_last else other
    reason = f"<{field}> is '{said[field][:60]}' in {other}, and '{child_text(one, field)[:60]}' here"
    return taken_for(one, f"the assignment '{_name(one)}'", reason, f"that of {counts} counts", "the same in both")


def _name(one: etree._Element) -> str:
    field = _NAMED[local_name(one)][0]
    return one.get(field, "") or child_text(one, field)


def _told(one: etree._Element, other: str) -> Flaw:
    kind, name, reason = local_name(one), _name(one)[:60], f"another in {other} has the same identifier"
    if kind == _BANK:
        merged = "the questions of both come into one bank"
        return taken_for(one, f"the bank '{name}'", reason, merged, "an identifier of its own")
    return left_out(one, f"one {_NAMED[kind][1]} of two '{name}'", reason, "give each an identifier of its own")
