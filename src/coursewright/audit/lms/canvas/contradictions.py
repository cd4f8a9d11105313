"""What Canvas's own documents say of one thing that cannot all be true: times, outcomes, schemes, letters."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping

from lxml import etree

from coursewright.audit.lms.canvas.limits import LONGEST
from coursewright.audit.lms.field_bounds import moment_of
from coursewright.audit.rule import of_canvas, rule
from coursewright.audit.rules.canvas.course import number
from coursewright.audit.rules.canvas.settings import documents_of_canvas, may_have_settings
from coursewright.findings import messages
from coursewright.findings.finding import Finding, Message
from coursewright.packages.documents.canvas.names import SETTINGS, WIKI
from coursewright.packages.documents.reading import child_text, is_page, place_of, read_document
from coursewright.packages.files.budget import LARGEST_PAGE, MOST_DOCUMENTS
from coursewright.packages.kinds import Family
from coursewright.packages.subject import Subject, within_bounds

_COUNTS: Mapping[str, tuple[int, int]] = {
    "decaying_average": (1, 99),
    "n_mastery": (1, 10),
    "highest": (0, 0),
    "latest": (0, 0),
}
_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([\w-]{3,30})", re.IGNORECASE)
_SCORED = ("points", "percent", "letter_grade", "gpa_scale")
_HIGHEST_PART = 2  # of all points, that a grade may take: some take more than all
_HEAD = 4096  # bytes in which a page names its letters


@rule("L527 L552 L558 L560", family=(Family.CARTRIDGE, Family.QTI), lms="canvas")
def settings_make_sense(subject: Subject) -> Iterator[Finding]:
    """What opens opens before it shuts, and outcomes and grading schemes can be saved."""
    if not may_have_settings(subject):
        return
    for name in within_bounds(sorted(documents_of_canvas(subject)), subject.container, "documents of Canvas"):
        root = read_document(name, subject.container)
        for element in root.iter("{*}assignment", "{*}quiz", "{*}topicMeta") if root is not None else ():
            yield from _times(name, element, subject)
            yield from _work(name, element, subject)
    yield from _each("course_settings.xml", "course", "the navigation of", _unordered, subject)
    yield from _each("events.xml", "event", "the end of the event", _ended, subject)
    yield from _each("learning_outcomes.xml", "learningOutcome", "the outcome", _miscounted, subject)
    for file, kind, what, judge in (
        ("learning_outcomes.xml", "learningOutcome", "the outcome", _unmastered),
        ("rubrics.xml", "rubric", "the rubric", _unrated),
    ):
        yield from _each(file, kind, what, judge, subject, messages.CANVAS_CANNOT_GRADE)
    yield from _each("grading_standards.xml", "gradingStandard", "the grading scheme", _unreadable, subject)
    told = messages.CANVAS_CANNOT_GRADE
    yield from _each("grading_standards.xml", "gradingStandard", "the grading scheme", _unreached, subject, told)


def _each(
    file: str,
    element: str,
    what: str,
    judge: Callable[[etree._Element], tuple[str, str]],
    subject: Subject,
    told: Message = messages.CANVAS_LEAVES_OUT,
) -> Iterator[Finding]:
    name = SETTINGS + file
    root = read_document(name, subject.container)
    for found in root.iter(f"{{*}}{element}") if root is not None else ():
        reason, remedy = judge(found)
        if reason:
            shown = f"{what} '{child_text(found, 'title')[:60]}'"
            place = place_of(name, subject.container, found)
            yield told.at(place, what=shown, reason=reason, remedy=remedy)


def _times(name: str, element: etree._Element, subject: Subject) -> Iterator[Finding]:
    """Yield a finding for times of one thing in the wrong order."""
    opens, due, shuts, shown, hidden = (
        _moment(element, name)
        for name in ("unlock_at", "due_at", "lock_at", "show_correct_answers_at", "hide_correct_answers_at")
    )
    title, place = child_text(element, "title")[:60] or "?", place_of(name, subject.container, element)
    found = messages.CANVAS_NEVER_OPEN
    if opens and shuts and opens >= shuts:
        reason = f"it locks at {shuts}, and opens at {opens}"
        yield found.at(place, name=title, reason=reason, loss="no learner can ever begin")
    elif due and shuts and due > shuts:
        reason = f"it locks at {shuts}, and is due at {due}"
        yield found.at(place, name=title, reason=reason, loss="learners who take their time are shut out")
    elif due and opens and due < opens:
        reason = f"it opens at {opens}, and is due at {due}"
        yield found.at(place, name=title, reason=reason, loss="whatever is handed in is late")
    if shown and hidden and hidden <= shown:
        reason, what = f"its answers are hidden at {hidden}, and shown at {shown}", f"the quiz '{title}'"
        yield messages.CANVAS_LEAVES_OUT.at(
            place, what=what, reason=reason, remedy="hide them later than they are shown"
        )


def _work(name: str, element: etree._Element, subject: Subject) -> Iterator[Finding]:
    """Yield a finding for work that learners cannot open, or that is worth nothing."""
    for reason, taken, known in _amiss(element, name.rpartition("/")[0]):
        place, title = place_of(name, subject.container, element), child_text(element, "title")[:60]
        found = messages.CANVAS_KNOWS_NO_SUCH_VALUE
        yield found.at(place, what=f"'{title}'", reason=reason, taken=taken, known=known)


def _amiss(element: etree._Element, folder: str) -> Iterator[tuple[str, str, str]]:
    kind, types = etree.QName(element).localname, child_text(element, "submission_types")
    if kind == "assignment" and "external_tool" in types and not child_text(element, "external_tool_url").strip():
        yield (
            "it is done with an external tool, and has no <external_tool_url>",
            "nobody can open the tool",
            "its address",
        )
    is_alone = kind == "assignment" and element.getparent() is None
    if (
        is_alone
        and child_text(element, "grading_type") in _SCORED
        and not child_text(element, "points_possible").strip()
    ):
        yield "it is graded, and has no <points_possible>", "it is worth nothing", "its points"
    inner = element.find("{*}assignment") if kind == "quiz" else None
    if inner is not None and inner.get("identifier") == folder:
        yield (
            "its assignment has the identifier of the quiz",
            "it takes the one for the other",
            "another identifier for it",
        )
    is_published = inner is not None and child_text(inner, "workflow_state") == "published"
    if is_published and element.find("{*}available") is None:
        yield "its assignment is published, and <available> is missing", "the quiz stays unpublished", "true"


def _moment(element: etree._Element, name: str) -> str:
    """Return a time as far as times compare as texts; "" for what is none."""
    return moment_of(child_text(element, name).strip())


def _miscounted(outcome: etree._Element) -> tuple[str, str]:
    method, said = child_text(outcome, "calculation_method"), child_text(outcome, "calculation_int").strip()
    least, most = _COUNTS.get(method, (0, 0))
    if method not in _COUNTS or not said or (said.isdigit() and least <= int(said[:9]) <= most and most):
        return "", ""
    wanted = f"a number from {least} to {most}" if most else "none"
    remedy = f"write {wanted}" if most else "leave it empty"
    return f"<calculation_int> is {said[:40]}, and {method} takes {wanted}", remedy


def _unmastered(outcome: etree._Element) -> tuple[str, str]:
    most, mastery = (number(child_text(outcome, name)) for name in ("points_possible", "mastery_points"))
    if outcome.find("{*}ratings/{*}rating") is None:
        return "it has no ratings", "add them, with their points"
    if mastery and most is not None and mastery > most:
        return "its mastery takes more points than there are", "lower <mastery_points>"
    return "", ""


def _unrated(rubric: etree._Element) -> tuple[str, str]:
    criteria = list(rubric.iterfind("{*}criteria/{*}criterion"))
    if not criteria:
        return "it has no criteria", "add them"
    names = [name for one in criteria if (name := child_text(one, "criterion_id"))]
    if len(set(names)) < len(names):
        return "two of its criteria have one criterion_id", "give each its own"
    bare = [one for one in criteria if one.find("{*}ratings/{*}rating") is None]
    return ("a criterion of it has no ratings", "add them, with their points") if bare else ("", "")


def _ended(event: etree._Element) -> tuple[str, str]:
    begins, ends = _moment(event, "start_at"), _moment(event, "end_at")
    is_amiss = begins and ends and ends < begins
    return (f"it begins at {begins}, and ends at {ends}", "let it end after it begins") if is_amiss else ("", "")


def _unordered(course: etree._Element) -> tuple[str, str]:
    said = child_text(course, "tab_configuration")
    if not said.strip() or isinstance(_decoded(said), list):
        return "", ""
    return "its <tab_configuration> is not a list in JSON", 'write it as [{"id": 0}]'


def _decoded(text: str) -> object:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def _unreadable(scheme: etree._Element) -> tuple[str, str]:
    """Return why the grades of a scheme cannot be read: they are names with their least parts, in JSON."""
    rows, remedy = _decoded(child_text(scheme, "data")), 'write it as [["A", 0.9], ["B", 0.0]]'
    if not (isinstance(rows, list) and rows and all(isinstance(row, list) and len(row) == 2 for row in rows)):
        return "its <data> is not a list of grades", remedy
    names, limits = [row[0] for row in rows], [row[1] for row in rows]
    if not all(isinstance(name, str) and len(name) <= LONGEST for name in names):
        return f"the names of its grades are not texts of at most {LONGEST} characters", remedy
    if not all(isinstance(limit, (int, float)) and limit >= 0 for limit in limits):
        return "the limits of its grades are not numbers from 0 on", remedy
    return ("two of its grades have one limit", remedy) if len(set(limits)) < len(limits) else ("", "")


def _unreached(scheme: etree._Element) -> tuple[str, str]:
    rows = _decoded(child_text(scheme, "data"))
    limits = [row[1] for row in rows if isinstance(row, list) and len(row) == 2] if isinstance(rows, list) else []
    is_whole = any(isinstance(limit, (int, float)) and limit > _HIGHEST_PART for limit in limits)
    return ("its limits are not parts of 1", "write 0.9 for 90 %") if is_whole else ("", "")


@rule("L559", family=Family.CARTRIDGE, lms="canvas", when=of_canvas)
def pages_are_in_their_letters(subject: Subject) -> Iterator[Finding]:
    """Pages name in their heads the encoding that they are written in, unless they are of ASCII alone."""
    names = sorted(name for name in subject.container.sizes if name.startswith(WIKI) and is_page(name))
    for name in names[:MOST_DOCUMENTS]:  # that there are more, others tell
        content = subject.container.read(name, LARGEST_PAGE) or b""
        if reason := _misread(content):
            yield messages.CANVAS_GARBLES_PAGE.at(place_of(name, subject.container), reason=reason)


def _misread(content: bytes) -> str:
    """Return why Canvas takes the letters of a page for others, or ""."""
    said = _CHARSET.search(content[:_HEAD])
    charset = said[1].decode("ascii", "replace").lower() if said else ""
    if content.isascii() or content.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")):
        return ""
    if not charset:
        return "it has letters beyond ASCII, and does not say how it is written"
    try:
        content.decode("utf-8") if charset in ("utf-8", "utf8") else None
    except UnicodeDecodeError:
        return "it says that it is UTF-8, and is not"
    return ""
