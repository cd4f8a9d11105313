"""The files by which Canvas knows more than a cartridge says: modules, assignments, groups, rubrics and outcomes.

Canvas takes the first descendant of a name for a value, so what is a parent's own stands before what is nested in it.
Every function returns a document; identifiers are those of the lessons.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from lxml.etree import _Element

from coursewright.course.gates import All, renamed
from coursewright.course.model import Course
from coursewright.course.parts import Group, Submission
from coursewright.course.questions import number_text
from coursewright.packages.documents.canvas.modules import write_prerequisites
from coursewright.packages.documents.cartridge import child
from coursewright.packages.documents.manifest import document
from coursewright.packages.documents.qti12.elements import number_of
from coursewright.pages.parts import Exam, Handout, Lesson, Part, Reading, Talk, WebLink, Work
from coursewright.text.names import cut, plain_number
from coursewright.writers.canvas.elements import LONGEST_TITLE, Labels, ResourceOf, named_child, settings_root, texts
from coursewright.writers.canvas.rubrics import has_rubric, is_graded_by_rubric, rubric_of
from coursewright.writers.quiz_settings import flag, score_to_reach

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
    root = settings_root("course", identifier)
    texts(root, title=cut(title, LONGEST_TITLE), course_code=code)
    if front:
        texts(root, default_view="wiki")
    return document(root)


def module_meta(lessons: Sequence[Lesson], course: Course, labels: Labels, resource: ResourceOf) -> bytes:
    """Return the modules: a unit each, with what it waits for, its items, and what each of them asks for."""
    root = settings_root("modules")
    by_identity = {found.unit.identity: found for found in lessons}
    for number, found in enumerate(lessons, start=1):
        module = named_child(root, "module", found.identifier)
        texts(module, title=cut(found.title, LONGEST_TITLE), workflow_state="active", position=number)
        texts(module, require_sequential_progress="false")
        step = course.step(found.unit)
        needed = {str(unit.identity): by_identity[unit.identity] for unit in step.needs}
        titles = {one.identifier: cut(one.title, LONGEST_TITLE) for one in needed.values()}
        gate = renamed(All(step.waits), {name: one.identifier for name, one in needed.items()})
        write_prerequisites(module, gate, titles)
        items = child(module, "items")
        for position, entry in enumerate(entries(found, labels, resource), start=1):
            _item(items, entry, position)
        requirements = child(module, "completionRequirements")
        for part in found.parts:
            _requirement(requirements, part)
    return document(root)


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


def _item(parent: _Element, entry: ModuleLine, position: int) -> None:
    item = named_child(parent, "item", entry.identifier)
    texts(item, content_type=entry.kind, workflow_state="active", title=entry.title)
    if entry.url:
        texts(item, url=entry.url)
    elif entry.resource:
        texts(item, identifierref=entry.resource)
    texts(item, position=position, new_tab="true" if entry.url else "false", indent=entry.indent)


def _requirement(parent: _Element, part: Part) -> None:
    """Append what a part asks for, before the module is complete: to be read, handed in, reached, or joined."""
    if isinstance(part, WebLink | Handout):
        return
    requirement = child(parent, "completionRequirement")
    texts(requirement, identifierref=item_of(part))
    if isinstance(part, Exam) and (score := score_to_reach(part.quiz)) is not None:
        requirement.set("type", "min_score")
        texts(requirement, min_score=number_of(score))
        return
    if isinstance(part, Exam):
        requirement.set("type", "must_submit")
        return
    if isinstance(part, Work) and part.graded and part.threshold is not None:
        requirement.set("type", "min_score")
        texts(requirement, min_score=plain_number(part.threshold * part.points / 100))
        return
    if isinstance(part, Work):
        by_hand = "must_mark_done" if not part.graded or part.submissions else "must_submit"
        requirement.set("type", "must_submit" if part.handed_in else by_hand)
    else:
        requirement.set("type", "must_view" if isinstance(part, Reading) else "must_contribute")


def assignment_groups(groups: Sequence[Group], labels: Labels) -> bytes:
    """Return the groups of assignments that the course has."""
    root = settings_root("assignmentGroups")
    for number, group in enumerate(groups, start=1):
        found = named_child(root, "assignmentGroup", group_of(group))
        texts(found, title=labels[f"group_{group}"], position=number)
    return document(root)


def group_of(group: Group) -> str:
    """Return the identifier of a group of assignments: the same for every course, so that imports share it."""
    return f"course-{group}"


def assignment_settings(work: Work, position: int) -> bytes:
    """Return the settings of an assignment. What has no points is complete or not, and weighs nothing."""
    root = settings_root("assignment", work.identifier)
    texts(root, title=work.title, assignment_group_identifierref=group_of(work.group))
    if has_rubric(work):
        graded = flag(is_graded_by_rubric(work))
        texts(root, rubric_identifierref=rubric_of(work), rubric_use_for_grading=graded)
    texts(
        root,
        workflow_state="published",
        points_possible=number_text(work.points),
        grading_type="points" if work.graded else "pass_fail",
        submission_types=",".join(_SUBMISSIONS[way] for way in work.submissions or _USUAL),
        position=position,
    )
    if not work.graded:
        texts(root, omit_from_final_grade="true")
    return document(root)


def topic_meta(discussion: Talk, identifier: str, position: int) -> bytes:
    """Return what Canvas wants to know of a discussion besides its topic."""
    root = settings_root("topicMeta", identifier)
    texts(root, topic_id=discussion.identifier, title=discussion.title, position=position, type="topic")
    texts(root, discussion_type="threaded", workflow_state="active")
    return document(root)


def files_meta(hidden: Sequence[str]) -> bytes:
    """Return what is special about files: those that learners must not see are locked."""
    root = settings_root("fileMeta")
    listed = child(root, "files")
    for name in hidden:
        texts(named_child(listed, "file", name), locked="true")
    return document(root)
