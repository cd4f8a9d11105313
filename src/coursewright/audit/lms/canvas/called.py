"""What is in a Canvas cartridge under another name, or in another place, than Canvas looks for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import islice

from lxml import etree

from coursewright.audit.flaw import Flaw
from coursewright.audit.lms.canvas.limits import TABLE
from coursewright.audit.lms.canvas.losses import MOST_TOLD, left_out, of_document, of_own, taken_for
from coursewright.audit.lms.canvas.quizzes import QUIZ_ENDINGS, is_qti_1
from coursewright.audit.rule import OpenedDocument, of_canvas, rule
from coursewright.audit.rules.canvas.settings import may_have_settings
from coursewright.findings.finding import Severity
from coursewright.packages.documents.addresses import hrefs, local_name
from coursewright.packages.documents.canvas import names as places
from coursewright.packages.documents.canvas.assignments import AssignmentSettings
from coursewright.packages.documents.canvas.cartridge import OWN, own_resources, read_course
from coursewright.packages.documents.canvas.switches import says_yes
from coursewright.packages.documents.elements import canonical
from coursewright.packages.documents.reading import child_text, read_document, read_value
from coursewright.packages.files.names import is_junk
from coursewright.packages.kinds import Family
from coursewright.packages.subject import Subject, within_bounds
from coursewright.text.names import nearest_of

# By its root, where Canvas looks for a document; for those of assignments and quizzes, how its name ends.
_HOMES: Mapping[str, str] = {
    "course": places.COURSE,
    "modules": places.MODULES,
    "assignmentGroups": places.GROUPS,
    "rubrics": places.RUBRICS,
    "learningOutcomes": places.OUTCOMES,
    "fileMeta": places.FILES_META,
    "events": places.EVENTS,
    "gradingStandards": places.SCHEMES,
    "externalFeeds": places.FEEDS,
    "late_policy": places.LATE_POLICY,
    "media_tracks": places.TRACKS,
    "assignment": places.ASSIGNMENT,
    "quiz": places.QUIZ,
}

_CONTENT, _QUESTIONS, _SETTINGS = "pages and files", "questions", "settings"
# In which folders Canvas looks for what.
_FOLDERS = {_CONTENT: (places.WIKI, places.FILES), _QUESTIONS: (places.QUESTIONS,), _SETTINGS: (places.SETTINGS,)}
_MOST_FOLDERS = 1_000
_QTI = ".xml.qti"
_OF_SETTINGS = frozenset(name for name in TABLE.by_document if name.endswith(".xml")) - {places.ASSIGNMENT, places.QUIZ}


@rule("L527", family=(Family.CARTRIDGE, Family.QTI), lms="canvas", when=may_have_settings, most=MOST_TOLD)
def documents_are_called_as_canvas_looks_for_them(subject: Subject) -> Iterator[Flaw]:
    """Every document of Canvas's own has the name, and the place, by which Canvas finds it."""
    container, homes = subject.container, _HOMES if subject.found.is_canvas else {"quiz": places.QUIZ}
    every = (name for name in sorted(container.sizes) if not name.startswith((places.FILES, places.QUESTIONS)))
    names = (name for name in every if name.startswith(places.SETTINGS) or name.lower().endswith(".xml"))
    for name in within_bounds(names, container, "documents of Canvas"):
        root = read_document(name, container)
        if root is None or etree.QName(root).namespace != places.NAMESPACE:
            continue
        home = homes.get(local_name(root), "")
        if not home or _is_called(name, home) or _is_copy(root, home, subject):
            continue
        where = home if home.startswith(places.SETTINGS) else f"files called {home}"
        reason = f"it looks for <{local_name(root)}> in {where} alone"
        weight = Severity.WARNING if home in container.sizes else None  # it may be an older one
        yield left_out(root, f"what is in {name}", reason, f"call it {home}", weight).within(name)


def _is_called(name: str, home: str) -> bool:
    """Say whether a document is called as it should be, in whatever folder: of that others tell."""
    is_settings = home == places.ASSIGNMENT and name.endswith(home)  # of which Canvas looks for the end of the name
    return is_settings or name.rpartition("/")[2] == home.rpartition("/")[2]


def _is_copy(root: etree._Element, home: str, subject: Subject) -> bool:
    """Say whether a document is but another one of that which Canvas finds."""
    found = read_document(home, subject.container) if home.startswith(places.SETTINGS) else None
    return found is not None and canonical(found) == canonical(root)


@of_own("L527")
def questions_end_as_canvas_looks_for_them(subject: Subject) -> Iterator[Flaw]:
    """The names of files with questions end with .qti or .xml."""
    every = (name for name in sorted(subject.container.sizes) if name.startswith(places.QUESTIONS))
    for name in islice((name for name in every if not name.lower().endswith(QUIZ_ENDINGS)), MOST_TOLD):
        root = read_document(name, subject.container)
        if root is not None and is_qti_1(root):
            reason, remedy = "its name ends with neither .qti nor .xml", "let it end with .xml.qti"
            yield left_out(root, f"the questions in {name}", reason, remedy).within(name)


# --- what stands elsewhere ---


@of_document("L552", named=places.FILES_META, most=MOST_TOLD, when=of_canvas)
def folders_are_there(document: OpenedDocument) -> Iterator[Flaw]:
    """Every folder that is hidden or locked is one of the course's; one that is not may have been empty."""
    folders = {name.rpartition("/")[0] for name in document.subject.container.sizes if name.startswith(places.FILES)}
    known = {
        "/".join(parts[:end]) for parts in (one.split("/")[1:] for one in folders) for end in range(len(parts) + 1)
    }
    for one in document.all("folder"):
        path = one.get("path", "")
        if _kept_from(one) and path not in known:
            near = nearest_of(path, tuple(sorted(known)[:_MOST_FOLDERS]))
            meant, weight = (f"; did you mean '{near}'?", None) if near else ("", Severity.INFO)
            reason = f"there is no folder '{path[:60]}' in {places.FILES}{meant}"
            taken, what = "nothing is hidden or locked", "the settings of a folder"
            yield taken_for(one, what, reason, taken, "the path of a folder with files", weight)


@of_document("L552", named=places.FILES_META, most=MOST_TOLD, when=of_canvas)
def what_is_hidden_stays_so(document: OpenedDocument) -> Iterator[Flaw]:
    """Whatever is hidden or locked is a file of the course, by its identifier."""
    files = read_course(document.subject).own_files
    for one in document.all("file"):
        if one.get("identifier", "") not in files and (kept := _kept_from(one)):
            reason = f"it is {kept}, and '{one.get('identifier', '')[:60]}' is no file of the course"
            yield taken_for(one, "a file", reason, "learners see it", "the identifier of its resource")


def _kept_from(one: etree._Element) -> str:
    """Return how a file or a folder is kept from learners, or ""."""
    return next((name for name in ("hidden", "locked") if says_yes(child_text(one, name))), "")


@of_own("L527", most=MOST_TOLD)
def assignments_are_listed(subject: Subject) -> Iterator[Flaw]:
    """The settings of every assignment are the first of their kind among the files of a resource of Canvas's own."""
    files = map(hrefs, own_resources(subject))
    listed = {next((name for name in names if name.endswith(places.ASSIGNMENT)), "") for names in files}
    known = {name.lower() for name in listed}  # in other capitals, others tell
    every = (name for name in sorted(subject.container.sizes) if name.endswith(f"/{places.ASSIGNMENT}"))
    for name in (name for name in every if name.lower() not in known):
        settings = read_value(AssignmentSettings, name, subject.container)
        what = f"the assignment '{(settings.title if settings else '')[:60] or name.rpartition('/')[0]}'"
        reason = f"no resource of Canvas's own has {name} as the first of its settings"
        remedy = f"list it, and the page of the assignment, in a resource whose type ends with {OWN}"
        yield left_out(None, what, reason, remedy)


@of_own("L527")
def syllabus_is_in_its_place(subject: Subject) -> Iterator[Flaw]:
    """The syllabus, if there is one, stands where Canvas looks for it."""
    if places.SYLLABUS in subject.container.sizes:
        return
    file = places.SYLLABUS.rpartition("/")[2]
    named = {name for one in subject.resources if one.get("intendeduse") == "syllabus" for name in hrefs(one)}
    there = (name for name in sorted(subject.container.sizes) if not name.startswith((places.FILES, places.WIKI)))
    for name in (name for name in there if name in named or name.rpartition("/")[2].lower() == file):
        reason, remedy = f"it is {name}, and Canvas looks for {places.SYLLABUS}", "move it there"
        yield left_out(None, "the syllabus", reason, remedy).within(name)
        return


@of_own("L527", most=MOST_TOLD)
def content_is_in_its_folders(subject: Subject) -> Iterator[Flaw]:
    """Pages, files, questions and settings stand in the folders in which Canvas looks for them, to the letter."""
    lost: dict[tuple[str, str], list[str]] = {}
    for kind, names in _homed(subject).items():
        for name in dict.fromkeys(names):
            if not name.startswith((*_FOLDERS[kind], places.SETTINGS)):
                lost.setdefault((kind, name.partition("/")[0]), []).append(name)
    for (kind, folder), names in lost.items():
        homes = tuple(home.rstrip("/") for home in _FOLDERS[kind])
        above = names[0].split("/")[:-1]
        nested, meant = set(homes) & set(above), next(filter(None, (nearest_of(one, homes) for one in above)), "")
        what = f"'{names[0][:160]}'" if len(names) == 1 else f"what is in '{folder[:160]}' ({len(names)} files)"
        remedy = f"call the folder {meant}" if meant else f"move it to {' or '.join(homes)}"
        remedy = f"put {min(nested)} at the top of the package" if nested else remedy
        yield left_out(None, what, f"it looks for {kind} in {' and '.join(homes)} alone", remedy)


def _homed(subject: Subject) -> dict[str, list[str]]:
    """Return the files that Canvas takes of some folders alone, by what is in those."""
    variants = {one.get("identifierref") for one in subject.found.root.iter("{*}variant")}
    own = {name for one in own_resources(subject) for name in subject.files_of(one)}
    content = (one for one in subject.typed("webcontent") if one.get("identifier") not in variants)
    names = sorted(name for name in subject.container.sizes if not is_junk(name))
    works = {name.rpartition("/")[0] for name in names if name.endswith((places.ASSIGNMENT, places.QUIZ))}
    files = (name for one in content for name in subject.files_of(one, launched=True))
    return {
        _CONTENT: [name for name in files if name not in own and name.rpartition("/")[0] not in works],
        _QUESTIONS: [name for name in names if name.endswith(_QTI)],
        _SETTINGS: [name for name in names if name.rpartition("/")[2] in _OF_SETTINGS],
    }
