"""What Canvas does not find by the manifest of its own cartridges: files, and the settings of discussions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import islice

from lxml import etree

from coursewright.audit.rule import of_canvas, rule
from coursewright.audit.rules.canvas.course import OWN, CanvasCourse, read_course
from coursewright.audit.rules.canvas.settings import documents_of_canvas
from coursewright.findings import messages
from coursewright.findings.finding import Finding, Place
from coursewright.packages.documents.addresses import name_of
from coursewright.packages.documents.canvas.names import ASSIGNMENT, FILES, MODULES, QUIZ, SETTINGS
from coursewright.packages.documents.parsing import text_of
from coursewright.packages.documents.reading import child_text, place_of, read_document
from coursewright.packages.kinds import Family
from coursewright.packages.subject import Subject, parsed_apart

_TOPIC, _TOOL, _PROFILE = "imsdt_xmlv1p1", "imsbasiclti_xmlv1p0", "tool_profile"
_POLICY = f"{SETTINGS}late_policy.xml"
_NAMING = ("assignment_group", "rubric", "quiz", "attachment", "learning_outcome", "grading_standard")
_MOST_TOLD, _MOST_READ = 20, 500
PRIVACY = ("anonymous", "name_only", "email_only", "public")
"""What tools may be told of learners."""
# Elements with identifiers of their own, by which what comes later in a document replaces what came before.
_KEPT = {
    "module_meta.xml": ("module", "item"),
    "assignment_groups.xml": ("assignmentGroup",),
    "rubrics.xml": ("rubric",),
    "learning_outcomes.xml": ("learningOutcome", "learningOutcomeGroup"),
    "grading_standards.xml": ("gradingStandard",),
    "external_feeds.xml": ("externalFeed",),
    "events.xml": ("event",),
}


@rule("L575", family=Family.CARTRIDGE, lms="canvas", when=of_canvas)
def discussions_have_their_settings(subject: Subject) -> Iterator[Finding]:
    """The first dependency of every discussion is the resource with its settings."""
    course = read_course(subject)
    for one in subject.resources:
        if one.get("type") == _TOPIC and (reason := _unsettled(one, course)):
            remedy = "its <dependency> names the resource of its topicMeta"
            what = f"the discussion '{name_of(one)}'"
            yield messages.CANVAS_LOSES_SETTINGS.at(subject.place(one), what=what, reason=reason, remedy=remedy)


@rule("L575", family=Family.CARTRIDGE, lms="canvas", when=of_canvas)
def quizzes_have_their_settings(subject: Subject) -> Iterator[Finding]:
    """The settings of every quiz that there are are among the files of a resource of Canvas's own."""
    own = (one for one in subject.resources if one.get("type", "").endswith(OWN))
    listed = {file.get("href") for one in own for file in one.iterfind("{*}file")}
    for ident in sorted(read_course(subject).idents):
        name = f"{ident}/assessment_meta.xml"
        if name in subject.container.sizes and name not in listed:
            reason, remedy = f"no resource of Canvas's own lists {name}", f"name {name} in a <file> of such a resource"
            place = Place(subject.shown)
            yield messages.CANVAS_LOSES_SETTINGS.at(place, what=f"the quiz '{ident}'", reason=reason, remedy=remedy)


@rule("L575", family=Family.QTI, lms="canvas")
def settings_belong_to_quizzes(subject: Subject) -> Iterator[Finding]:
    """In a package of QTI, the settings of a quiz stand in a folder of its ident, are listed, and are XML."""
    container = subject.container
    names = [name for name in sorted(container.sizes) if f"/{name}".endswith(f"/{QUIZ}")] if not container.alone else []
    own = (one for one in subject.resources if one.get("type", "").endswith(OWN))
    listed = {file.get("href") for one in own for file in one.iterfind("{*}file")}
    idents = _idents(subject) if names else set()
    for name in names[:_MOST_TOLD]:
        folder, broken = name.rpartition("/")[0], parsed_apart(container, name)[1]
        reason, remedy = f"no resource of Canvas's own lists {name}", "name it in a <file> of such a resource"
        if name in listed and folder not in idents:
            reason, remedy = f"no quiz has the ident {folder}", "give the <assessment> that ident"
        elif name in listed and (unread := [one for one in broken if one.code == messages.NOT_WELL_FORMED.code]):
            reason, remedy = f"{name} is not XML: {unread[0].values.get('reason')}", "correct it"
        elif name in listed:
            continue
        what = f"the quiz '{folder}'"
        yield messages.CANVAS_LOSES_SETTINGS.at(place_of(name, container), what=what, reason=reason, remedy=remedy)


def _idents(subject: Subject) -> set[str]:
    """Return the idents of the quizzes in a package of QTI 1."""
    container = subject.container
    names = sorted(name for name in container.sizes if name.endswith((".xml", ".qti")) and not name.endswith(QUIZ))
    roots = (read_document(name, container) for name in names[:_MOST_READ])
    return {one.get("ident", "") for root in roots if root is not None for one in root.iterfind("{*}assessment")}


def _unsettled(one: etree._Element, course: CanvasCourse) -> str:
    """Return why the settings of a discussion are not found; what has none loses none."""
    dependency = one.find("{*}dependency")
    if dependency is None:
        is_lost = one.get("identifier", "") in course.settled
        return "it depends on nothing, and there are settings for it" if is_lost else ""
    target = dependency.get("identifierref", "")
    resource = course.subject.by_identifier.get(target)
    if resource is None:
        return f"it depends on '{target[:60]}', which the manifest does not have"
    files = {file.get("href") for file in resource.iterfind("{*}file")}
    is_other = bool(files & {quiz.name for quiz in course.quizzes.values()})
    return f"it depends on '{target[:60]}', which has the settings of a quiz" if is_other else ""


@rule("L527", family=Family.CARTRIDGE, lms="canvas", when=of_canvas)
def files_are_found(subject: Subject) -> Iterator[Finding]:
    """Every file of the course is what a resource of web content launches, by its very name."""
    launched = {one.get("href") for one in subject.resources if one.get("type") == "webcontent"}
    named = {file.get("href") for one in subject.resources for file in (one, *one.iterfind("{*}file"))}
    lost = (name for name in sorted(subject.container.sizes) if name.startswith(FILES) and name not in launched)
    spelled = {name.removeprefix("./") for name in named if name}
    for name in islice((name for name in lost if name in spelled), _MOST_TOLD):  # of what none names, others tell
        reason, remedy = "no resource of the type webcontent has it as its href", "make it the href of one"
        place = Place(subject.shown)
        yield messages.CANVAS_LEAVES_OUT.at(place, what=f"the file '{name}'", reason=reason, remedy=remedy)


@rule("L527", family=Family.CARTRIDGE, lms="canvas", when=of_canvas)
def nothing_replaces_another(subject: Subject) -> Iterator[Finding]:
    """No two things in a document of settings have one identifier: the later replaces the one before."""
    for file, kinds in _KEPT.items():
        root = read_document(SETTINGS + file, subject.container)
        seen: dict[tuple[str, str], set[bytes]] = defaultdict(set)
        for one in root.iter(*(f"{{*}}{kind}" for kind in kinds)) if root is not None else ():
            kind, name = etree.QName(one).localname, one.get("identifier", "")
            same = etree.tostring(one, method="c14n", with_comments=False).strip()
            is_other = bool(seen[kind, name]) and same not in seen[kind, name]
            seen[kind, name].add(same)
            if name and is_other and len(seen[kind, name]) == 2:
                place, reason = place_of(SETTINGS + file, subject.container, one), "another has the same identifier"
                what, remedy = f"one <{kind}> of two '{name[:60]}'", "give each an identifier of its own"
                yield messages.CANVAS_LEAVES_OUT.at(place, what=what, reason=reason, remedy=remedy)


@rule("L527", family=Family.CARTRIDGE, lms="canvas", when=of_canvas)
def names_have_no_blanks(subject: Subject) -> Iterator[Finding]:
    """Whatever names something names it letter by letter, without blanks around it."""
    for name in sorted(documents_of_canvas(subject))[:_MOST_READ]:
        root = read_document(name, subject.container)
        every = (
            root.iter("{*}identifierref", "{*}topic_id", *(f"{{*}}{one}_identifierref" for one in _NAMING))
            if root is not None
            else ()
        )
        blank = next((one for one in every if text_of(one).strip() and text_of(one) != text_of(one).strip()), None)
        if blank is not None:
            what, reason = "what this names", f"there are blanks around '{text_of(blank).strip()[:60]}'"
            place, remedy = place_of(name, subject.container, blank), "write it without blanks and line breaks"
            yield messages.CANVAS_LEAVES_OUT.at(place, what=what, reason=reason, remedy=remedy)


@rule("L527", family=Family.CARTRIDGE, lms="canvas", when=of_canvas)
def tools_can_be_saved(subject: Subject) -> Iterator[Finding]:
    """Every tool has an address or a domain, and says of learners what Canvas can say."""
    tools = [one for one in subject.resources if one.get("type") == _TOOL]
    names = [file.get("href", "") for one in tools for file in one.iterfind("{*}file")]
    for name in names[:_MOST_TOLD]:
        root = read_document(name, subject.container)
        reason, remedy = _unsaved(root) if root is not None else ("", "")
        if reason:
            place = place_of(name, subject.container)
            yield messages.CANVAS_LEAVES_OUT.at(place, what="a tool", reason=reason, remedy=remedy)


def _unsaved(tool: etree._Element) -> tuple[str, str]:
    """Return why Canvas does not save a tool, and what to do."""
    told = {one.get("name", ""): text_of(one).strip() for one in tool.iter("{*}property")}
    found = (next(tool.iter(f"{{*}}{name}"), None) for name in ("secure_launch_url", "launch_url"))
    address = next((text_of(one).strip() for one in found if one is not None), "")
    if not address and not told.get("domain") and not told.get("url"):
        return "it has neither an address nor a domain", "add its launch_url"
    if (privacy := told.get("privacy_level", "")) and privacy not in PRIVACY:
        return f"its privacy_level is '{privacy[:40]}'", f"write one of {', '.join(PRIVACY)}"
    return "", ""


@rule("L520", family=Family.CARTRIDGE, lms="canvas", when=of_canvas)
def nothing_is_missing_that_it_opens(subject: Subject) -> Iterator[Finding]:
    """What Canvas opens without asking whether it is there is there."""
    needed = {one.get("identifierref", "") for topic in subject.resources for one in _settings_of(topic)}
    yield from _unasked(subject)
    for one in subject.resources:
        kind, is_bare = one.get("type", ""), one.find("{*}file") is None
        is_opened = (
            kind in (_TOPIC, _PROFILE) or one.get("identifier") in needed or (kind == _TOOL and not one.get("href"))
        )
        if is_bare and is_opened:
            reason = f"the resource '{name_of(one)}' has no <file>, and Canvas opens it all the same"
            yield messages.CANVAS_STOPS.at(subject.place(one), reason=reason, remedy="name its file in it")
    root = read_document(_POLICY, subject.container)
    if root is not None and next(root.iter("{*}late_policy"), None) is None:
        reason, remedy = "its policy for late work has no <late_policy>", "write one, or remove the document"
        yield messages.CANVAS_STOPS.at(place_of(_POLICY, subject.container), reason=reason, remedy=remedy)


def _unasked(subject: Subject) -> Iterator[Finding]:
    """Yield a finding for each file that Canvas opens without asking, and that is not there, or for work, empty."""
    quizzes = {f"{ident}/{QUIZ}" for ident in read_course(subject).idents}
    sizes = subject.container.sizes
    opened = ((one, name) for one in subject.resources for name in _opened(one, quizzes) if name not in sizes)
    for one, name in islice(opened, _MOST_TOLD):
        reason, remedy = f"{name[:160]} is not there, and Canvas opens it all the same", "put the file back"
        yield messages.CANVAS_STOPS.at(subject.place(one), reason=reason, remedy=f"{remedy}, or remove the resource")
    for one in subject.resources:
        file = one.find("{*}file") if one.get("type", "").startswith("assignment_") else None
        if file is not None and sizes.get(file.get("href", "")) == 0:
            reason, remedy = f"there is no text in {file.get('href', '')[:160]}", "write its <text>"
            yield messages.CANVAS_STOPS.at(subject.place(one), reason=reason, remedy=remedy)


def _opened(resource: etree._Element, quizzes: set[str]) -> Iterator[str]:
    """Yield the files that Canvas opens of a resource, so long as it has one."""
    kind, files = resource.get("type", ""), [one.get("href") or "" for one in resource.iterfind("{*}file")]
    if kind == _TOPIC:
        yield from files[:1]
    elif kind.endswith(OWN):
        yield from [name for name in files if name.endswith(ASSIGNMENT)][:1]
        yield from (name for name in files if name in quizzes)


@rule("L576", family=Family.CARTRIDGE, lms="canvas", when=of_canvas)
def modules_stand_side_by_side(subject: Subject) -> Iterator[Finding]:
    """No module stands in another."""
    root = read_document(MODULES, subject.container)
    for one in root.iter("{*}module") if root is not None else ():
        if next(one.iterancestors("{*}module"), None) is not None:
            place = place_of(MODULES, subject.container, one)
            yield messages.CANVAS_DOUBLES.at(place, module=child_text(one, "title")[:60] or one.get("identifier", "?"))
            return


def _settings_of(topic: etree._Element) -> Iterator[etree._Element]:
    first = topic.find("{*}dependency") if topic.get("type") == _TOPIC else None
    return iter(() if first is None else (first,))
