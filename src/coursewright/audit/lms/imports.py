"""What is known of more than one LMS about how it imports: rules, each made for an LMS, and the documents they read."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from itertools import islice

from lxml import etree

from coursewright.audit.flaw import PACKAGE, Flaw, flaw
from coursewright.audit.rule import OpenedDocument, told_of_an_lms
from coursewright.findings import messages
from coursewright.packages.documents.addresses import address_in_package, found_as
from coursewright.packages.documents.canvas.names import SETTINGS
from coursewright.packages.documents.manifest import ADLCP_1_2, ADLCP_1_3
from coursewright.packages.documents.reading import read_document
from coursewright.packages.subject import Subject, within_bounds


@told_of_an_lms
def kind_is_documented(subject: Subject, lms: str, known: str, unknown: Collection[str]) -> Iterator[Flaw]:
    """The kind of the package is one that the LMS's maker names; `unknown` holds beginnings of those it does not."""
    kind = subject.found.kind.title
    if kind.startswith(tuple(unknown)):
        yield flaw(messages.KIND_NOT_NAMED, lms=lms, kind=kind, known=known).within(PACKAGE)


@told_of_an_lms
def nothing_is_known(subject: Subject, lms: str, takes: str, kinds: Collection[str] = ("",)) -> Iterator[Flaw]:
    """The kind of the package is none of those, by the beginnings of their names, of which nobody has told anything."""
    kind = subject.found.kind.title
    if kind.startswith(tuple(kinds)):
        yield flaw(messages.NOTHING_KNOWN, lms=lms, kind=kind, takes=takes).within(PACKAGE)


@told_of_an_lms
def it_is_converted(subject: Subject, lms: str) -> Iterator[Flaw]:
    """What another system exported arrives as far as a converter goes."""
    what = f"a {subject.found.kind.title}"
    yield flaw(messages.LMS_CONVERTS, lms=lms, what=what).within(PACKAGE)


# What Canvas alone reads: the document, its elements, and what they are for a teacher.
_OF_CANVAS = (
    ("module_meta.xml", "prerequisite", "locks of modules"),
    ("module_meta.xml", "completionRequirement", "requirements of modules"),
    ("rubrics.xml", "rubric", "rubrics"),
    ("learning_outcomes.xml", "learningOutcome", "outcomes"),
    ("assignment_groups.xml", "assignmentGroup", "groups of assignments"),
)
_OWN_FILES = {
    "assignment_settings.xml": "assignments with their points and dates",
    "assessment_meta.xml": "settings of quizzes",
}


@told_of_an_lms
def canvas_files_are_left_out(subject: Subject, lms: str) -> Iterator[Flaw]:
    """Nothing that a course needs stands in files that only Canvas reads."""
    is_its_own = subject.found.is_canvas and not subject.container.alone
    if what := told_of_canvas(subject) if is_its_own else "":
        yield flaw(messages.CANVAS_FILES_UNREAD, lms=lms, what=what).within(PACKAGE)


def told_of_canvas(subject: Subject) -> str:
    """Return in words what there is that Canvas alone reads, and how many of it; "" where there is nothing."""
    return ", ".join(f"{name} ({count})" for name, count in _canvas_counts(subject).items() if count)


def _canvas_counts(subject: Subject) -> dict[str, int]:
    """Return how many there are of what Canvas alone reads, by what it is, in whatever capitals its folder is."""
    wanted = {f"{SETTINGS}{file}" for file, _, _ in _OF_CANVAS}
    names = {name.lower(): name for name in sorted(subject.container.sizes) if name.lower() in wanted}
    roots = {name: read_document(written, subject.container) for name, written in names.items()}
    counts: dict[str, int] = {}
    for file, element, what in _OF_CANVAS:
        root = roots.get(f"{SETTINGS}{file}")
        counts[what] = 0 if root is None else sum(1 for _ in root.iter(f"{{*}}{element}"))
    files = [file.get("href", "") for one in subject.resources for file in one.iterfind("{*}file")]
    for ending, what in _OWN_FILES.items():
        counts[what] = sum(name.endswith(ending) for name in files)
    return counts


@told_of_an_lms
def imports_replace_nothing(subject: Subject, lms: str) -> Iterator[Flaw]:
    """What is imported is added to a course, whatever was imported before."""
    yield flaw(messages.IMPORTED_TWICE, lms=lms).within(PACKAGE)


def documents_of(subject: Subject, kind: str) -> Iterator[tuple[etree._Element, OpenedDocument]]:
    """Yield the resources whose types begin with `kind`, each with its document, if it is XML.

    A document of several resources comes once, with one of them. What is wrong with the documents themselves is for
    the rules of their family to say.
    """
    named: dict[str, etree._Element] = {}
    for resource in subject.typed(kind):
        documents = (name for name in subject.files_of(resource, launched=True) if name.lower().endswith(".xml"))
        for name in islice(documents, 1):
            named.setdefault(name, resource)
    for name in within_bounds(named, subject.container, "small documents that LMSs take"):
        document = read_document(name, subject.container)
        if document is not None:
            yield named[name], OpenedDocument(name, document, subject)


# --- the Rustici Engine, which plays SCORM in more than one LMS ---


@told_of_an_lms
def prerequisites_count(subject: Subject, lms: str) -> Iterator[Flaw]:
    """No item waits for others by prerequisites of SCORM 1.2, which are ignored."""
    found = subject.found.root.iter(f"{{{ADLCP_1_2}}}prerequisites")
    waiting = [element for element in found if (element.text or "").strip()]
    if waiting:
        yield flaw(messages.PREREQUISITES_IGNORED, waiting[0], lms=lms, count=len(waiting))


@told_of_an_lms
def external_metadata_is_there(subject: Subject, lms: str) -> Iterator[Flaw]:
    """Every file of metadata that the manifest points to is in the package."""
    if subject.container.alone:
        return
    for element in subject.found.root.iter(f"{{{ADLCP_1_2}}}location", f"{{{ADLCP_1_3}}}location"):
        name = address_in_package(element)
        if name and found_as(name, subject.container) is None:
            yield flaw(messages.METADATA_MISSING, element, lms=lms, name=name)


@told_of_an_lms
def it_says_to_be_scorm(subject: Subject, lms: str) -> Iterator[Flaw]:
    """A package with a menu says that it is SCORM; for those of IMS content packaging alone, which do not."""
    yield flaw(messages.TAKEN_FOR_SCORM, lms=lms)
