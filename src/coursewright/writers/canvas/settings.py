"""The files by which Canvas knows more than a cartridge says: modules, assignments, groups, rubrics and outcomes.

Canvas takes the first descendant of a name for a value, so what is a parent's own stands before what is nested in it.
Every function returns a document; identifiers are those of the lessons.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from lxml.etree import _Element

from coursewright.course.gates import renamed
from coursewright.course.model import Competency, Course
from coursewright.course.parts import Group
from coursewright.packages.documents.canvas.modules import write_prerequisites
from coursewright.packages.documents.cartridge import child
from coursewright.packages.documents.manifest import document, element
from coursewright.packages.documents.qti12.elements import number_of
from coursewright.pages.parts import Exam, Handout, Lesson, Part, Reading, Talk, WebLink, Work
from coursewright.text.names import cut, digest, known_as, plain_number
from coursewright.text.phrases import LEVELS, level
from coursewright.writers.quiz_settings import CANVAS, flag, score_to_reach

_LONGEST_TITLE = 255
_SUBMISSIONS = "online_text_entry,online_upload,online_url"
_KINDS: Mapping[type[Part], str] = {
    Exam: "Quizzes::Quiz",
    Reading: "WikiPage",
    Work: "Assignment",
    Talk: "DiscussionTopic",
    WebLink: "ExternalUrl",
    Handout: "Attachment",
}

Labels = Mapping[str, str]
Plain = Callable[[str], str]
ResourceOf = Callable[[Part], str]
"""Says which resource a line of a module shows."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """A competency of the course: what it is called, and the highest level that a unit takes it to (0: none named)."""

    identifier: str
    title: str
    highest: int


def outcomes(course: Course, plain: Plain) -> dict[str, Outcome]:
    """Return the outcomes of a course by the name of their competency as it is compared."""
    found: dict[str, Outcome] = {}
    for row in (row for unit in course.units for row in unit.competencies):
        name, before = known_as(row.name), found.get(known_as(row.name))
        highest = max(level(row.target), before.highest if before else 0)
        found[name] = Outcome(f"outcome-{digest(name, 12)}", before.title if before else plain(row.name), highest)
    return found


def course_settings(identifier: str, title: str, code: str, *, front: bool) -> bytes:
    """Return the settings of the course, which opens with its front page if that is asked for."""
    root = _root("course", identifier)
    _texts(root, title=cut(title, _LONGEST_TITLE), course_code=code)
    if front:
        _texts(root, default_view="wiki")
    return document(root)


def module_meta(lessons: Sequence[Lesson], course: Course, labels: Labels, resource: ResourceOf) -> bytes:
    """Return the modules: a unit each, with what it waits for, its items, and what each of them asks for."""
    root = _root("modules")
    by_identity = {found.unit.identity: found for found in lessons}
    for number, found in enumerate(lessons, start=1):
        module = _child(root, "module", found.identifier)
        _texts(module, title=cut(found.title, _LONGEST_TITLE), workflow_state="active", position=number)
        _texts(module, require_sequential_progress="false")
        step = course.step(found.unit)
        needed = {str(unit.identity): by_identity[unit.identity] for unit in step.needs}
        titles = {one.identifier: cut(one.title, _LONGEST_TITLE) for one in needed.values()}
        gate = renamed(step.gate, {name: one.identifier for name, one in needed.items()})
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
    item = _child(parent, "item", entry.identifier)
    _texts(item, content_type=entry.kind, workflow_state="active", title=entry.title)
    if entry.url:
        _texts(item, url=entry.url)
    elif entry.resource:
        _texts(item, identifierref=entry.resource)
    _texts(item, position=position, new_tab="true" if entry.url else "false", indent=entry.indent)


def _requirement(parent: _Element, part: Part) -> None:
    """Append what a part asks for, before the module is complete: to be read, handed in, reached, or joined."""
    if isinstance(part, WebLink | Handout):
        return
    requirement = child(parent, "completionRequirement")
    _texts(requirement, identifierref=item_of(part))
    if isinstance(part, Exam) and (score := score_to_reach(part.quiz)) is not None:
        requirement.set("type", "min_score")
        _texts(requirement, min_score=number_of(score))
        return
    if isinstance(part, Exam):
        requirement.set("type", "must_submit")
        return
    if isinstance(part, Work) and part.graded and part.threshold is not None:
        requirement.set("type", "min_score")
        _texts(requirement, min_score=plain_number(part.threshold * part.points / 100))
        return
    if isinstance(part, Work):
        requirement.set("type", "must_submit" if part.graded else "must_mark_done")
    else:
        requirement.set("type", "must_view" if isinstance(part, Reading) else "must_contribute")


def assignment_groups(groups: Sequence[Group], labels: Labels) -> bytes:
    """Return the groups of assignments that the course has."""
    root = _root("assignmentGroups")
    for number, group in enumerate(groups, start=1):
        found = _child(root, "assignmentGroup", group_of(group))
        _texts(found, title=labels[f"group_{group}"], position=number)
    return document(root)


def group_of(group: Group) -> str:
    """Return the identifier of a group of assignments: the same for every course, so that imports share it."""
    return f"course-{group}"


def assignment_settings(work: Work, position: int) -> bytes:
    """Return the settings of an assignment. What has no points is complete or not, and weighs nothing."""
    root = _root("assignment", work.identifier)
    _texts(root, title=work.title, assignment_group_identifierref=group_of(work.group))
    if has_rubric(work):
        graded = "true" if work.criterion else "false"
        _texts(root, rubric_identifierref=rubric_of(work), rubric_use_for_grading=graded)
    _texts(
        root,
        workflow_state="published",
        points_possible=work.points,
        grading_type="points" if work.graded else "pass_fail",
        submission_types=_SUBMISSIONS,
        position=position,
    )
    if not work.graded:
        _texts(root, omit_from_final_grade="true")
    return document(root)


def has_rubric(work: Work) -> bool:
    """Say whether there is anything to judge an assignment by."""
    return work.graded and bool(work.criterion or work.competencies)


def rubric_of(work: Work) -> str:
    """Return the identifier of an assignment's rubric."""
    return f"{work.identifier}-rubric"


def rubrics(works: Sequence[Work], found: Mapping[str, Outcome], labels: Labels, plain: Plain) -> bytes:
    """Return a rubric for each assignment that has something to be judged by.

    The criterion gives the points. Competencies are judged on their scale beside it, as outcomes that give none: to be
    proficient may be all that a unit is for, and must not cost points.
    """
    root = _root("rubrics")
    for work in works:
        rubric = _child(root, "rubric", rubric_of(work))
        points = work.points if work.criterion else 0
        _texts(rubric, title=work.title, description=work.title, read_only="false", reusable="false", public="false")
        _texts(rubric, points_possible=points)
        _texts(rubric, hide_score_total="false" if points else "true", free_form_criterion_comments="false")
        criteria = child(rubric, "criteria")
        if work.criterion:
            _criterion(criteria, f"{work.identifier}-done", work.criterion, _met(labels, points), points, scored=True)
        for row in work.competencies:
            _competency(criteria, work, row, found[known_as(row.name)], labels, plain)
    return document(root)


_Rating = tuple[str, int]


def _met(labels: Labels, points: int) -> list[_Rating]:
    return [(labels["rating_met"], points), (labels["rating_not_met"], 0)]


def _scale(labels: Labels) -> list[_Rating]:
    """Return the scale in the language of the course."""
    steps = reversed(list(enumerate(LEVELS, start=1)))
    return [*((labels[f"level_{name}"], points) for points, name in steps), (labels["rating_not_met"], 0)]


def _competency(
    criteria: _Element, work: Work, row: Competency, outcome: Outcome, labels: Labels, plain: Plain
) -> None:
    """Append a competency; the target of the unit is what masters it there."""
    wanted = level(row.target)
    ratings = _scale(labels) if outcome.highest else _met(labels, 1)
    name = f"{work.identifier}-{digest(known_as(row.name))}"
    criterion = _criterion(criteria, name, outcome.title, ratings, wanted or 1, plain(row.target))
    _texts(criterion, learning_outcome_identifierref=outcome.identifier)


def _criterion(
    criteria: _Element,
    name: str,
    description: str,
    ratings: Sequence[_Rating],
    mastery: int,
    details: str = "",
    *,
    scored: bool = False,
) -> _Element:
    """Append what is judged. What is scored takes any number between none and all of its points."""
    criterion = child(criteria, "criterion")
    _texts(criterion, criterion_id=name, points=ratings[0][1], mastery_points=mastery)
    _texts(criterion, ignore_for_scoring=flag(not scored), criterion_use_range=flag(scored))
    _texts(criterion, description=cut(description, _LONGEST_TITLE))
    whole = description if len(description) > _LONGEST_TITLE else ""
    if long := "\n".join(filter(None, [whole, details])):
        _texts(criterion, long_description=long)
    listed = child(criterion, "ratings")
    for number, (text, points) in enumerate(ratings):
        rating = child(listed, "rating")
        _texts(rating, description=text, points=points, criterion_id=name, id=f"{name}-{number}")
    return criterion


def learning_outcomes(title: str, identifier: str, found: Mapping[str, Outcome], labels: Labels) -> bytes:
    """Return the competencies of the course as outcomes on the scale that its documents use."""
    root = _root("learningOutcomes")
    group = _child(root, "learningOutcomeGroup", identifier)
    _texts(group, title=cut(title, _LONGEST_TITLE), description=labels["competencies"])
    listed = child(group, "learningOutcomes")
    for outcome in found.values():
        entry = _child(listed, "learningOutcome", outcome.identifier)
        ratings = _scale(labels) if outcome.highest else _met(labels, 1)
        name = cut(outcome.title, _LONGEST_TITLE)
        _texts(entry, title=name, description=outcome.title, calculation_method="highest")
        _texts(entry, points_possible=ratings[0][1], mastery_points=outcome.highest or 1)
        scale = child(entry, "ratings")
        for text, points in ratings:
            _texts(child(scale, "rating"), description=text, points=points)
    return document(root)


def topic_meta(discussion: Talk, identifier: str, position: int) -> bytes:
    """Return what Canvas wants to know of a discussion besides its topic."""
    root = _root("topicMeta", identifier)
    _texts(root, topic_id=discussion.identifier, title=discussion.title, position=position, type="topic")
    _texts(root, discussion_type="threaded", workflow_state="active")
    return document(root)


def files_meta(hidden: Sequence[str]) -> bytes:
    """Return what is special about files: those that learners must not see are locked."""
    root = _root("fileMeta")
    listed = child(root, "files")
    for name in hidden:
        _texts(_child(listed, "file", name), locked="true")
    return document(root)


def _root(name: str, identifier: str = "") -> _Element:
    root = element(CANVAS, name)
    if identifier:
        root.set("identifier", identifier)
    return root


def _child(parent: _Element, name: str, identifier: str) -> _Element:
    added = child(parent, name)
    added.set("identifier", identifier)
    return added


def _texts(parent: _Element, **values: str | int) -> None:
    """Append an element for each value."""
    for name, value in values.items():
        child(parent, name, str(value))
