"""What Canvas does not save, or reads otherwise, of the documents of its own cartridges."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from lxml import etree

from coursewright.audit.flaw import Flaw, flaw
from coursewright.audit.lms.canvas.limits import FILE, MADE_OF, NUMBERS, QUIZ, REFERENCES, TABLE, WORK
from coursewright.audit.lms.canvas.losses import ANY, MOST_TOLD, Where, left_out, of_document, taken_for
from coursewright.audit.lms.field_bounds import Filled, OneOf, Readable, Switch, There, Written
from coursewright.audit.lms.limits import Breach, Effect, breaches, named
from coursewright.audit.rule import OpenedDocument, judge_documents, of_canvas, rule
from coursewright.audit.rules.canvas.modules import has_its_own_state
from coursewright.audit.rules.canvas.settings import documents_of_canvas, may_have_settings
from coursewright.findings import messages
from coursewright.findings.finding import Finding, Severity
from coursewright.packages.documents.addresses import local_name
from coursewright.packages.documents.canvas.cartridge import read_course
from coursewright.packages.documents.canvas.names import MODULES, SETTINGS
from coursewright.packages.documents.elements import canonical
from coursewright.packages.documents.parsing import text_of
from coursewright.packages.documents.reading import child_text
from coursewright.packages.kinds import Family
from coursewright.packages.subject import Subject

# What findings call elements, where that is not their name.
_WHAT = {
    "topicMeta": "discussion",
    "topic": "discussion",
    "override": "settings that follow the exception",
    "item": "module item",
    "rule": "rule for dropping scores",
    "cartridge_basiclti_link": "tool",
    "assignmentGroup": "assignment group",
    "learningOutcome": "outcome",
    "learningOutcomeGroup": "group of outcomes",
    "late_policy": "policy for late work",
    "gradingStandard": "grading scheme",
    "externalFeed": "feed",
    "media": "tracks of a film",
    "file": "settings of the file",
    "usage_rights": "settings of a file, with its usage rights",
    "alignment": "alignment",
    "default_post_policy": "course",
}
# What to write where a bound says no more than that.
_WANTED: Mapping[type, str] = {
    There: "the field, even an empty one",
    Written: "the field, even an empty one",
    Filled: "something into the field",
    Readable: "something into the field",
}
# What Canvas makes of a value that it does not know.
_TAKEN_FOR = {
    ("module", "workflow_state"): "it publishes the module",
    ("topicMeta", "type"): "it makes a discussion",
    ("topicMeta", "title"): "it is called 'No Title'",
    ("assignment", "title"): "it is called 'untitled assignment'",
    ("assignmentGroup", "title"): "it is called as any new group is",
    ("quiz", "title"): "it is called 'Unnamed Quiz'",
    ("rubric", "title"): "it is called after the course",
    ("event", "title"): "it is called after the course",
    ("item", "title"): "it is called 'No title'",
    ("rule", "drop_type"): "that rule is lost, and without another, so is what is never dropped",
    ("alignment", "content_type"): "the outcome is not connected with it",
    ("alignment", "content_id"): "the outcome is connected with nothing",
    ("assignment", "group_category"): "it is done in groups of another name",
    ("topicMeta", "group_category"): "it is held in groups of another name",
    ("course", "default_wiki_editing_roles"): "teachers alone edit pages",
    ("quiz", "scoring_policy"): "the latest attempt counts",
    ("gradingStandard", "@version"): "it takes it for an old one, and shifts all its limits by a grade",
}
_SHOWN = (("module", "workflow_state"), ("topicMeta", "workflow_state"))  # what is shown whatever else its state is
# Elements with identifiers of their own, by which what comes later in a document replaces what came before.
_KEPT = {**MADE_OF, MODULES: ("module", "item")}
_ADDRESSES = ("secure_launch_url", "launch_url", "url")  # by which a thing without a title is called
_NAMING = ("assignment_group", "rubric", "quiz", "attachment", "learning_outcome", "grading_standard")
_NAMES = ("identifierref", "topic_id", "content_id", *(f"{one}_identifierref" for one in _NAMING))


@rule(family=(Family.CARTRIDGE, Family.QTI), lms="canvas", through=(OpenedDocument,), when=may_have_settings)
def settings_are_taken(subject: Subject) -> Iterator[Finding]:
    """Every document of Canvas's own says what Canvas reads, knows and saves."""
    names = {name: frozenset((ANY, name)) for name in sorted(documents_of_canvas(subject))}
    yield from judge_documents(names, subject, "canvas", what="documents of Canvas")


@of_document("L527 L552 L571", named=ANY, most=MOST_TOLD)
def values_are_known(document: OpenedDocument) -> Iterator[Flaw]:
    """Every field of Canvas's own documents has a value that it saves, and knows."""
    found = filter(_counts, breaches(document.root, _key(document), TABLE))
    return (beyond(breach, breach.element) for breach in found)


def _key(document: OpenedDocument) -> str:
    """Return the name by which a document has its limits: that of its file, or of its root."""
    return document.file if TABLE.of(document.file) else local_name(document.root)


def _counts(breach: Breach) -> bool:
    """Say whether a value matters: what shows content of the course has the state of that content, and nothing is
    borrowed of what is not there."""
    field, effect = breach.limit.field, breach.limit.effect
    is_state, is_title = field == "workflow_state", field == "title"
    lent = next(breach.element.iter(f"{{*}}{field}"), None)
    if effect is Effect.BORROWED:
        return lent is not None and not (is_state and text_of(lent).strip() in ("", "active"))
    if is_title and effect is Effect.DEFAULT and lent is not None and text_of(lent).strip():
        return False  # that of what it holds, which is the same thing
    is_shown = breach.limit.element == "item" and (is_state or is_title)
    return not is_shown or has_its_own_state(child_text(breach.element, "content_type"))


def beyond(breach: Breach, where: Where) -> Flaw:
    """Return what is said of a value beyond a limit, by what becomes of it."""
    limit = breach.limit
    what = _called_by(breach.element, limit.element)
    is_named = limit.field == "title" and limit.effect in (Effect.DEFAULT, Effect.UNNAMED, Effect.BORROWED)
    known = "a title" if is_named else _WANTED.get(type(limit.bound)) or limit.bound.told
    if limit.effect is Effect.LEFT_OUT:
        return left_out(where, what, breach.reason, f"write {known}")
    if limit.effect is Effect.FAILS:
        return flaw(messages.CANVAS_FAILS_LATE, where, what=what, reason=breach.reason, known=known)
    is_lent = limit.effect in (Effect.BORROWED, Effect.UNNAMED)
    taken = str(limit.effect) if is_lent else _TAKEN_FOR.get((limit.element, limit.field), str(limit.effect))
    weight = Severity.INFO if _is_meant(breach) else None
    return taken_for(where, what, breach.reason, taken, known, weight)


def _is_meant(breach: Breach) -> bool:
    """Say whether a word spelt wrong is taken for what it was meant for: yes or no, or that something is shown."""
    bound, limit = breach.limit.bound, breach.limit
    if isinstance(bound, Switch):
        return bound.is_read_as_meant(child_text(breach.element, limit.field))
    is_shown = (limit.element, limit.field) in _SHOWN
    return is_shown and isinstance(bound, OneOf) and bound.meant(child_text(breach.element, limit.field)) == "active"


def _called_by(element: etree._Element, name: str) -> str:
    """Return what a finding calls an element, by its title, or by that of what it stands in."""
    named = filter(_title, (element, *element.iterancestors()))
    around = next(named, element)
    is_its_own = around is element
    return _called(name, _title(element) or "?") if is_its_own else f"the {_WHAT.get(name, name)} in '{_title(around)}'"


def _title(element: etree._Element) -> str:
    named = child_text(element, "title")[:60] or element.get("identifier") or element.get("title", "")[:60]
    return named or next((said for name in _ADDRESSES if (said := child_text(element, name).strip()[:60])), "")


def _called(element: str, title: str) -> str:
    return f"the {_WHAT.get(element, element)} '{title}'"


@of_document("L552", named=ANY, when=of_canvas)  # a quiz alone names what is in its course
def references_lead_somewhere(document: OpenedDocument) -> Iterator[Flaw]:
    """No field names what is not in the cartridge."""
    for found, what, field, said, (file, kind) in _fields(REFERENCES, document):
        if not _is_there(said, file, kind, document.subject):
            where = f"{SETTINGS}{file}" if file else "the manifest"
            reason = f"{field} names '{said[:60]}', which is not in {where}"
            yield taken_for(found, what, reason, "the connection is lost", "the identifier of what is meant")


@of_document("L552", named=ANY, when=of_canvas)
def nothing_is_named_by_number(document: OpenedDocument) -> Iterator[Flaw]:
    """What is connected with something is so by an identifier, and not by a number in one Canvas alone."""
    for found, what, field, said, (other,) in _fields(NUMBERS, document):
        if not child_text(found, other):
            reason = f"{field} is '{said[:60]}', a number of the Canvas that this was exported from"
            taken = "the connection is lost wherever else it is imported"
            yield taken_for(found, what, reason, taken, f"{named(other)}, and what it names")


def _fields(
    table: Iterable[tuple[str, ...]], document: OpenedDocument
) -> Iterator[tuple[etree._Element, str, str, str, list[str]]]:
    """Yield the elements of a document that have one of these fields: what findings call both, what it says, and what
    else the table has of it."""
    key = _key(document)
    for _, element, field, *rest in (one for one in table if one[0] == key):
        for found in document.all(element):
            said = found.get(field[1:], "") if field.startswith("@") else child_text(found, field)
            title = child_text(found, "title") or child_text(found, "description")
            if said:
                yield found, _called(element, title[:60]), named(field), said, rest


def _is_there(identifier: str, file: str, kind: str, subject: Subject) -> bool:
    """Say whether there is something of a kind with an identifier, or may be, where a document cannot be read."""
    course = read_course(subject)
    if kind == FILE:
        return identifier in course.own_files
    if kind == QUIZ:
        return identifier in course.idents or identifier in subject.by_identifier
    if kind == WORK and (course.unread or identifier in course.works):
        return True
    return course.may_name(file, kind, identifier) if file else identifier in subject.by_identifier


@of_document("L527", named=" ".join(_KEPT), when=of_canvas)
def nothing_replaces_another(document: OpenedDocument) -> Iterator[Flaw]:
    """No two things in a document of settings have one identifier: the later replaces the one before."""
    seen: dict[tuple[str, str], set[bytes]] = defaultdict(set)
    for one in document.all(*_KEPT[document.name]):
        kind, name = local_name(one), one.get("identifier", "")
        same = canonical(one, comments=False)
        is_other = bool(seen[kind, name]) and same not in seen[kind, name]
        seen[kind, name].add(same)
        if name and is_other and len(seen[kind, name]) == 2:
            what, remedy = f"one <{kind}> of two '{name[:60]}'", "give each an identifier of its own"
            yield left_out(one, what, "another has the same identifier", remedy)


@of_document("L527", named=ANY, most=1, when=of_canvas)
def names_have_no_blanks(document: OpenedDocument) -> Iterator[Flaw]:
    """Whatever names something names it letter by letter, without blanks around it."""
    for one in document.all(*_NAMES):
        if (name := text_of(one).strip()) and text_of(one) != name:
            reason, remedy = f"there are blanks around '{name[:60]}'", "write it without blanks and line breaks"
            yield left_out(one, "what this names", reason, remedy)


@of_document("L576", named=MODULES, most=1, when=of_canvas)
def modules_stand_side_by_side(document: OpenedDocument) -> Iterator[Flaw]:
    """No module stands in another."""
    for one in document.all("module"):
        if next(one.iterancestors("{*}module"), None) is not None:
            module = child_text(one, "title")[:60] or one.get("identifier", "?")
            yield flaw(messages.CANVAS_DOUBLES, one, module=module)
