"""What Canvas knows of a course besides a cartridge: modules, assignments, groups, discussions, and files.

Every function returns a document; identifiers are those of the lessons. Canvas takes the first descendant of a name for
a value, so what is a parent's own stands before what is nested in it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from coursewright.course.gates import All, Gate, renamed
from coursewright.course.model import Course, Identity
from coursewright.course.parts import Group, Submission
from coursewright.course.questions import number_text
from coursewright.packages.documents.canvas.assignments import AssignmentGroup, AssignmentGroups, AssignmentSettings
from coursewright.packages.documents.canvas.course import CourseSettings, FileSettings, FilesMeta
from coursewright.packages.documents.canvas.discussions import TopicMeta
from coursewright.packages.documents.canvas.modules import (
    CanvasModule,
    CompletionRequirement,
    ModuleItem,
    Modules,
    prerequisites_of,
)
from coursewright.packages.documents.qti12.elements import number_of
from coursewright.pages.parts import Exam, Handout, Lesson, Part, Reading, Talk, WebLink, Work
from coursewright.text.names import cut, plain_number
from coursewright.writers.canvas.rubrics import LONGEST_TITLE, Labels, has_rubric, is_graded_by_rubric, rubric_of
from coursewright.writers.quiz_settings import canvas_document, flag, score_to_reach

ResourceOf = Callable[[Part], str]
"""Says which resource a line of a module shows."""
_USUAL = (Submission.TEXT, Submission.FILE, Submission.ADDRESS)
_SUBMISSIONS: Mapping[Submission, str] = {
    Submission.TEXT: "online_text_entry",
    Submission.FILE: "online_upload",
    Submission.ADDRESS: "online_url",
    Submission.RECORDING: "media_recording",
    Submission.PAPER: "on_paper",
    Submission.NOTHING: "none",
}
_KINDS: Mapping[type[Part], str] = {
    Exam: "Quizzes::Quiz",
    Reading: "WikiPage",
    Work: "Assignment",
    Talk: "DiscussionTopic",
    WebLink: "ExternalUrl",
    Handout: "Attachment",
}


def course_settings(identifier: str, title: str, code: str, *, front: bool) -> bytes:
    """Return the settings of the course, which opens with its front page if that is asked for."""
    return canvas_document(CourseSettings(identifier, cut(title, LONGEST_TITLE), code, "wiki" if front else ""))


def module_meta(lessons: Sequence[Lesson], course: Course, labels: Labels, resource: ResourceOf) -> bytes:
    """Return the modules: a unit each, with what it waits for, its items, and what each of them asks for."""
    known = {found.unit.identity: found for found in lessons}
    made = (
        CanvasModule(
            found.identifier,
            cut(found.title, LONGEST_TITLE),
            "active",
            str(number),
            require_sequential_progress="false",
            prerequisites=prerequisites_of(*_waits(found, course, known)),
            items=tuple(_items(entries(found, labels, resource))),
            requirements=tuple(_requirements(found.parts)),
        )
        for number, found in enumerate(lessons, start=1)
    )
    return canvas_document(Modules(tuple(made)))


def _waits(found: Lesson, course: Course, known: Mapping[Identity, Lesson]) -> tuple[Gate, dict[str, str]]:
    """Return what a module waits for, by the identifiers of other modules, and their titles."""
    step = course.step(found.unit)
    needed = {str(unit.identity): known[unit.identity] for unit in step.needs}
    titles = {one.identifier: cut(one.title, LONGEST_TITLE) for one in needed.values()}
    return renamed(All(step.waits), {name: one.identifier for name, one in needed.items()}), titles


@dataclass(frozen=True, slots=True)
class ModuleLine:
    """A line of a module. `resource` is its part's, if it shows one; an address on the web has a `url`."""

    identifier: str
    kind: str
    title: str
    resource: str = ""
    url: str = ""
    indent: int = 0


def entries(found: Lesson, labels: Labels, resource: ResourceOf) -> Iterator[ModuleLine]:
    """Yield the lines of a module: work under a heading that says of which kind it is."""
    groups: set[Group] = set()
    for part in found.parts:
        if isinstance(part, Work) and part.group not in groups:
            groups.add(part.group)
            heading = f"{found.identifier}-{part.group}"
            yield ModuleLine(heading, "ContextModuleSubHeader", labels[f"group_{part.group}"])
        url = part.url if isinstance(part, WebLink) else ""
        indent = int(isinstance(part, (Work, Talk)))
        yield ModuleLine(item_of(part), _KINDS[type(part)], part.title, resource(part), url, indent)


def item_of(part: Part) -> str:
    """Return the identifier of the module item that shows a part."""
    return f"{part.identifier}-item"


def _items(lines: Iterable[ModuleLine]) -> Iterator[ModuleItem]:
    for position, entry in enumerate(lines, start=1):
        yield ModuleItem(
            entry.identifier,
            entry.kind,
            "active",
            entry.title,
            entry.url,
            "" if entry.url else entry.resource,
            str(position),
            flag(bool(entry.url)),
            str(entry.indent),
        )


def _requirements(parts: Iterable[Part]) -> Iterator[CompletionRequirement]:
    """Yield what parts ask for, before the module is complete: to be read, handed in, reached, or joined."""
    for part in parts:
        if not isinstance(part, WebLink | Handout):
            score = _score(part)
            yield CompletionRequirement("min_score" if score else _asked(part), item_of(part), score)


def _score(part: Part) -> str:
    """Return the points that complete a part, "" where none do."""
    if isinstance(part, Exam):
        score = score_to_reach(part.quiz)
        return "" if score is None else number_of(score)
    if isinstance(part, Work) and part.graded and part.threshold is not None:
        return plain_number(part.threshold * part.points / 100)
    return ""


def _asked(part: Part) -> str:
    if isinstance(part, Work):
        by_hand = "must_mark_done" if not part.graded or part.submissions else "must_submit"
        return "must_submit" if part.handed_in else by_hand
    if isinstance(part, Exam):
        return "must_submit"
    return "must_view" if isinstance(part, Reading) else "must_contribute"


def assignment_groups(groups: Sequence[Group], labels: Labels) -> bytes:
    """Return the groups of assignments that the course has."""
    listed = enumerate(groups, start=1)
    made = (AssignmentGroup(group_of(one), labels[f"group_{one}"], str(number)) for number, one in listed)
    return canvas_document(AssignmentGroups(tuple(made)))


def group_of(group: Group) -> str:
    """Return the identifier of a group of assignments: the same for every course, so that imports share it."""
    return f"course-{group}"


def assignment_settings(work: Work, position: int) -> bytes:
    """Return the settings of an assignment. What has no points is complete or not, and weighs nothing."""
    judged = has_rubric(work)
    return canvas_document(
        AssignmentSettings(
            work.identifier,
            work.title,
            group_of(work.group),
            rubric_of(work) if judged else "",
            flag(is_graded_by_rubric(work)) if judged else "",
            workflow_state="published",
            points_possible=number_text(work.points),
            grading_type="points" if work.graded else "pass_fail",
            submission_types=",".join(_SUBMISSIONS[way] for way in work.submissions or _USUAL),
            position=str(position),
            omit_from_final_grade="" if work.graded else "true",
        )
    )


def topic_meta(discussion: Talk, identifier: str, position: int) -> bytes:
    """Return what Canvas wants to know of a discussion besides its topic."""
    return canvas_document(
        TopicMeta(identifier, discussion.identifier, discussion.title, str(position), "topic", "threaded", "active")
    )


def files_meta(hidden: Sequence[str]) -> bytes:
    """Return what is special about files: those that learners must not see are locked."""
    return canvas_document(FilesMeta(tuple(FileSettings(name, "true") for name in hidden)))
