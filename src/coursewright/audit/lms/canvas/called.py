"""Documents of Canvas's own that are called otherwise than Canvas looks for them: it goes by names, not by contents."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import islice

from lxml import etree

from coursewright.audit.flaw import Flaw
from coursewright.audit.lms.canvas.losses import MOST_TOLD, left_out
from coursewright.audit.lms.canvas.quizzes import QUIZ_ENDINGS
from coursewright.audit.rule import of_canvas, rule
from coursewright.audit.rules.canvas.settings import may_have_settings
from coursewright.findings.finding import Severity
from coursewright.packages.documents.addresses import local_name
from coursewright.packages.documents.canvas.names import (
    ASSIGNMENT,
    COURSE,
    EVENTS,
    FILES,
    FILES_META,
    GROUPS,
    MODULES,
    NAMESPACE,
    OUTCOMES,
    QUESTIONS,
    QUIZ,
    RUBRICS,
    SETTINGS,
)
from coursewright.packages.documents.elements import canonical
from coursewright.packages.documents.reading import read_document
from coursewright.packages.kinds import Family
from coursewright.packages.subject import Subject, within_bounds

# By its root, where Canvas looks for a document; for those of assignments and quizzes, how its name ends.
_HOMES: Mapping[str, str] = {
    "course": COURSE,
    "modules": MODULES,
    "assignmentGroups": GROUPS,
    "rubrics": RUBRICS,
    "learningOutcomes": OUTCOMES,
    "fileMeta": FILES_META,
    "events": EVENTS,
    "gradingStandards": f"{SETTINGS}grading_standards.xml",
    "externalFeeds": f"{SETTINGS}external_feeds.xml",
    "late_policy": f"{SETTINGS}late_policy.xml",
    "media_tracks": f"{SETTINGS}media_tracks.xml",
    "assignment": ASSIGNMENT,
    "quiz": QUIZ,
}


@rule("L527", family=(Family.CARTRIDGE, Family.QTI), lms="canvas", when=may_have_settings)
def documents_are_called_as_canvas_looks_for_them(subject: Subject) -> Iterator[Flaw]:
    """Every document of Canvas's own has the name, and the place, by which Canvas finds it."""
    yield from islice(_strays(subject), MOST_TOLD)


def _strays(subject: Subject) -> Iterator[Flaw]:
    container, homes = subject.container, _HOMES if subject.found.is_canvas else {"quiz": QUIZ}
    every = (name for name in sorted(container.sizes) if not name.startswith((FILES, QUESTIONS)))
    names = (name for name in every if name.startswith(SETTINGS) or name.lower().endswith(".xml"))
    for name in within_bounds(names, container, "documents of Canvas"):
        root = read_document(name, container)
        home = "" if root is None or etree.QName(root).namespace != NAMESPACE else homes.get(local_name(root), "")
        if root is None or not home or _is_at(name, home):
            continue
        if name.rpartition("/")[2] == home.rpartition("/")[2] or _is_copy(root, home, subject):
            continue  # in another folder, others tell
        where = home if home.startswith(SETTINGS) else f"files called {home}"
        reason = f"it looks for <{local_name(root)}> in {where} alone"
        weight = Severity.WARNING if home in container.sizes else None  # it may be an older one
        yield left_out(root, f"what is in {name}", reason, f"call it {home}", weight).within(name)


def _is_at(name: str, home: str) -> bool:
    return name.endswith(home) if home == ASSIGNMENT else f"/{name}".endswith(f"/{home}")


def _is_copy(root: etree._Element, home: str, subject: Subject) -> bool:
    """Say whether a document is but another one of that which Canvas finds."""
    found = read_document(home, subject.container) if home.startswith(SETTINGS) else None
    return found is not None and canonical(found) == canonical(root)


@rule("L527", family=Family.CARTRIDGE, lms="canvas", when=of_canvas)
def questions_end_as_canvas_looks_for_them(subject: Subject) -> Iterator[Flaw]:
    """The names of files with questions end with .qti or .xml."""
    container = subject.container
    every = (name for name in sorted(container.sizes) if name.startswith(QUESTIONS))
    for name in islice((name for name in every if not name.lower().endswith(QUIZ_ENDINGS)), MOST_TOLD):
        root = read_document(name, container)
        if root is not None and local_name(root) == "questestinterop":
            reason, remedy = "its name ends with neither .qti nor .xml", "let it end with .xml.qti"
            yield left_out(root, f"the questions in {name}", reason, remedy).within(name)
