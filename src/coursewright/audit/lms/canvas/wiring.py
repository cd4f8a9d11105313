"""What Canvas does not find by the manifest of its own cartridges: files, and the settings of discussions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import islice

from lxml import etree

from coursewright.audit.flaw import Flaw
from coursewright.audit.lms.canvas.losses import LONGEST, MOST_TOLD, left_out, stopped, unsettled
from coursewright.audit.lms.canvas.quizzes import QUIZ_ENDINGS
from coursewright.audit.rule import is_whole, of_canvas, rule
from coursewright.findings import messages
from coursewright.packages.documents.addresses import hrefs, name_of
from coursewright.packages.documents.canvas.cartridge import OWN, CanvasCourse, read_course
from coursewright.packages.documents.canvas.modules import Modules
from coursewright.packages.documents.canvas.names import ASSIGNMENT, FILES, MODULES, QUIZ, SETTINGS
from coursewright.packages.documents.parsing import text_of
from coursewright.packages.documents.reading import read_document, read_mended
from coursewright.packages.kinds import Family
from coursewright.packages.subject import Subject, parsed_apart

_TOPIC, _TOOL, _PROFILE = "imsdt_xmlv1p1", "imsbasiclti_xmlv1p0", "tool_profile"
_POLICY = f"{SETTINGS}late_policy.xml"
_MOST_READ = 500
_SECRETS = ("consumer_key", "shared_secret")
_LONGEST_PROPERTIES = {"domain": 253, "tool_id": LONGEST}
PRIVACY = ("anonymous", "name_only", "email_only", "public")
"""What tools may be told of learners."""


@rule("L575", family=Family.CARTRIDGE, lms="canvas", when=of_canvas)
def discussions_have_their_settings(subject: Subject) -> Iterator[Flaw]:
    """The first dependency of every discussion is the resource with its settings."""
    for one in subject.resources:
        if one.get("type") == _TOPIC and (reason := _unsettled(one, read_course(subject))):
            remedy = "let its first <dependency> name the resource of its topicMeta"
            yield unsettled(one, f"the discussion '{name_of(one)}'", reason, remedy)


def _unsettled(one: etree._Element, course: CanvasCourse) -> str:
    """Return why the settings of a discussion are not found; what has none loses none."""
    dependency = one.find("{*}dependency")
    if dependency is None:
        is_lost = one.get("identifier", "") in course.settled
        return "it depends on nothing, and there are settings for it" if is_lost else ""
    target, is_shown = dependency.get("identifierref", ""), one.get("identifier") in course.subject.once(_shown)
    also = ", and the modules lose it, with what they ask of it" if is_shown else ""  # for it has another name then
    resource = course.subject.by_identifier.get(target)
    if resource is None:
        return f"it depends on '{target[:60]}', which the manifest does not have{also}"
    is_other = not {quiz.name for quiz in course.quizzes.values()}.isdisjoint(hrefs(resource))
    if is_other:
        return f"it depends on '{target[:60]}', which has the settings of a quiz{also}"
    is_later = any(_has_settings(each, course) for each in one.findall("{*}dependency")[1:])
    is_lost = is_later and not _has_settings(dependency, course)
    return f"it depends first on '{target[:60]}', which has none{also}" if is_lost else ""


def _shown(subject: Subject) -> frozenset[str]:
    """Return the identifiers of what modules show."""
    listed = read_course(subject).value(Modules, MODULES)
    return (
        frozenset(item.identifierref for module in listed.modules for item in module.items) if listed else frozenset()
    )


def _has_settings(dependency: etree._Element, course: CanvasCourse) -> bool:
    resource = course.subject.by_identifier.get(dependency.get("identifierref", ""))
    return resource is not None and not course.discussions.keys().isdisjoint(hrefs(resource)[:1])


def _listed(subject: Subject) -> set[str]:
    """Return the files of resources that only Canvas reads."""
    return {name for one in subject.resources if one.get("type", "").endswith(OWN) for name in hrefs(one)}


@rule("L575", family=Family.CARTRIDGE, lms="canvas", when=of_canvas)
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
    listed, idents = _listed(subject), _idents(subject) | _unfound(subject) if names else set()
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


def _unfound(subject: Subject) -> set[str]:
    """Return the folders of quizzes that are listed and not there, which others tell."""
    quizzes = (name for one in subject.typed("imsqti_") for name in hrefs(one))
    return {name.rpartition("/")[0] for name in quizzes if name not in subject.container.sizes}


def _idents(subject: Subject) -> set[str]:
    """Return the idents of the quizzes in a package of QTI 1."""
    container = subject.container
    every = (name for name in container.sizes if name.lower().endswith(QUIZ_ENDINGS))
    names = sorted(name for name in every if not name.endswith(QUIZ))
    roots = (read_mended(name, container) for name in names[:_MOST_READ])
    return {one.get("ident", "") for root in roots if root is not None for one in root.iterfind("{*}assessment")}


@rule("L527", family=Family.CARTRIDGE, lms="canvas", when=of_canvas)
def files_are_found(subject: Subject) -> Iterator[Flaw]:
    """Every file of the course is what a resource of web content launches, by its very name."""
    launched = {one.get("href") for one in subject.resources if one.get("type") == "webcontent"}
    spelled = {name.removeprefix("./") for one in subject.resources for name in hrefs(one, launched=True) if name}
    lost = (name for name in sorted(subject.container.sizes) if name.startswith(FILES) and name not in launched)
    for name in islice((name for name in lost if name in spelled), MOST_TOLD):  # of what none names, others tell
        reason, remedy = "no resource of the type webcontent has it as its href", "make it the href of one"
        yield left_out(None, f"the file '{name}'", reason, remedy)


@rule("L527", family=Family.CARTRIDGE, lms="canvas", when=of_canvas)
def tools_can_be_saved(subject: Subject) -> Iterator[Flaw]:
    """Every tool has an address or a domain, and says of learners what Canvas can say."""
    names = [name for one in subject.resources if one.get("type") == _TOOL for name in hrefs(one)]
    for name in names[:MOST_TOLD]:
        root = read_document(name, subject.container)
        if root is not None and (amiss := _unsaved(root)):
            yield left_out(None, "a tool", *amiss).within(name)


def _unsaved(tool: etree._Element) -> tuple[str, str] | None:
    """Return why Canvas does not save a tool, and what to do."""
    told = {one.get("name", ""): text_of(one).strip() for one in tool.iter("{*}property")}
    found = (next(tool.iter(f"{{*}}{name}"), None) for name in ("secure_launch_url", "launch_url"))
    address = next((text_of(one).strip() for one in found if one is not None), "")
    if not address and not told.get("domain") and not told.get("url"):
        return "it has neither an address nor a domain", "add its launch_url"
    if empty := next((name for name in _SECRETS if told.get(name) == ""), ""):
        return f"its {empty} is empty", f"write one, or leave {empty} out"
    return unfit_property(told)


def unfit_property(told: Mapping[str, str]) -> tuple[str, str] | None:
    """Return which of its properties keeps a tool from being saved, and what to do: Canvas does not know what it may be
    told of learners, or has no room for a name."""
    level = told.get("privacy_level", "")
    if level and level not in PRIVACY:
        return f"its privacy_level is '{level[:40]}'", f"write one of {', '.join(PRIVACY)}"
    for name, most in _LONGEST_PROPERTIES.items():
        if len(said := told.get(name, "")) > most:
            return f"its {name} has {len(said)} characters, and there is room for {most}", "shorten it"
    return None


@rule("L520", family=Family.CARTRIDGE, lms="canvas", when=of_canvas)
def nothing_is_missing_that_it_opens(subject: Subject) -> Iterator[Flaw]:
    """What Canvas opens without asking whether it is there is there."""
    topics = (one.find("{*}dependency") for one in subject.resources if one.get("type") == _TOPIC)
    needed = {first.get("identifierref", "") for first in topics if first is not None}
    for one in subject.resources:
        kind = one.get("type", "")
        is_opened = kind in (_TOPIC, _PROFILE) or one.get("identifier") in needed
        if not hrefs(one) and (is_opened or (kind == _TOOL and not one.get("href"))):
            reason = f"the resource '{name_of(one)}' has no <file>, and Canvas opens it all the same"
            yield stopped(one, reason, "name its file in it")
    root = read_document(_POLICY, subject.container)
    if root is not None and next(root.iter("{*}late_policy"), None) is None:
        reason, remedy = "its policy for late work has no <late_policy>", "write one, or remove the document"
        yield stopped(None, reason, remedy).within(_POLICY)


@rule("L520", family=Family.CARTRIDGE, lms="canvas", when=of_canvas)
def nothing_is_empty_that_it_opens(subject: Subject) -> Iterator[Flaw]:
    """The files that Canvas opens without asking are there, and those of work are not empty."""
    quizzes = {f"{ident}/{QUIZ}" for ident in read_course(subject).idents}
    sizes = subject.container.sizes
    opened = ((one, name) for one in subject.resources for name in _opened(one, quizzes) if name not in sizes)
    for one, name in islice(opened, MOST_TOLD):
        reason = f"{name[:160]} is not there, and Canvas opens it all the same"
        yield stopped(one, reason, "put the file back, or remove the resource")
    for one in subject.resources:
        name = next(iter(hrefs(one)), "") if one.get("type", "").startswith("assignment_") else ""
        if sizes.get(name) == 0:
            yield stopped(one, f"there is no text in {name[:160]}", "write its <text>")


def _opened(resource: etree._Element, quizzes: set[str]) -> Iterator[str]:
    """Yield the files that Canvas opens of a resource, so long as it has one."""
    kind, files = resource.get("type", ""), hrefs(resource)
    if kind == _TOPIC:
        yield from files[:1]
    elif kind.endswith(OWN):
        yield from [name for name in files if name.endswith(ASSIGNMENT)][:1]
        yield from (name for name in files if name in quizzes)
