"""What is to be done in a backup: assignments and forums."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from markupsafe import Markup

from coursewright.course.parts import Group, Part, RubricCriterion, RubricRating, Submission
from coursewright.packages.documents.moodle.instances import AssignInstance, ForumInstance, Instance
from coursewright.packages.documents.moodle.rows import FileRow
from coursewright.readers.packages.amounts import amount, whole_points
from coursewright.readers.packages.backups.making import BackedUp, Making
from coursewright.readers.packages.recovery import ElementKind
from coursewright.readers.packages.texts import list_of
from coursewright.readers.quizzes.markup import escaped

_PLUGINS: Mapping[str, Submission] = {
    "onlinetext": Submission.TEXT,
    "file": Submission.FILE,
    "onlinepoodll": Submission.RECORDING,
}


def assign(making: Making, one: BackedUp[AssignInstance]) -> Iterator[Part]:
    """Yield an assignment."""
    own = one.own
    attached = _links(making.stored.of(one.context, "introattachment", "activityattachment"))
    text = making.text(one, own.texts, more=attached)
    points, lost = whole_points(amount(own.grade))
    making.unkept(one, ["a scale; it is not graded here" if own.grade.startswith("-") else lost])
    making.kept(ElementKind.ASSIGNMENT, one, text)
    ways = [_PLUGINS[plugin] for plugin in own.ways if plugin in _PLUGINS]
    yield making.head(one).assignment(text, points, one.passing, ways, _rubric(making, one))


def _rubric(making: Making, one: BackedUp[Instance]) -> tuple[RubricCriterion, ...]:
    rows = tuple(_criteria(making, one))
    if rows:
        making.ledger.kept(ElementKind.RUBRIC, one.entry.identifier, one.title)
    return rows


def forum(making: Making, one: BackedUp[ForumInstance]) -> Iterator[Part]:
    """Yield a discussion; a forum for announcements holds only what its users wrote."""
    own = one.own
    text = making.intro(one)
    if own.type == "news":
        making.dropped(ElementKind.DISCUSSION, one, "users write announcements, and an LMS makes a forum for them")
        return
    making.unkept(one)
    making.kept(ElementKind.DISCUSSION, one, text)
    graded = amount(own.grade_forum) > 0 or own.assessed not in ("", "0")
    yield making.head(one).discussion(text, Group.ASSESSMENTS if graded else Group.LABS, graded=graded)


def _links(files: Iterator[FileRow]) -> str:
    """Return links to files as HTML."""
    link = Markup('<a href="@@PLUGINFILE@@{}">{}</a>')
    return list_of(link.format(found.path, found.path.strip("/")) for found in files)


def _criteria(making: Making, one: BackedUp[Instance]) -> Iterator[RubricCriterion]:
    """Yield the rows of a rubric, or of a marking guide, which has no levels."""
    rows = [row for found in one.grading.definitions for row in found.criteria]
    for row in making.first(one, rows, ElementKind.RUBRIC, "criteria"):
        levels = [RubricRating(escaped(level.definition), amount(level.score)) for level in row.levels]
        levels.sort(key=lambda level: -level.points)
        yield RubricCriterion(escaped(row.description), levels[0].points if levels else 0.0, tuple(levels))
    guides = [row for found in one.grading.definitions for row in found.guide_criteria]
    for guide in making.first(one, guides, ElementKind.RUBRIC, "criteria"):
        yield RubricCriterion(escaped(guide.shortname), amount(guide.maxscore), text=escaped(guide.description))
