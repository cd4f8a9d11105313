"""What is to be done in a backup: assignments, forums and quizzes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from markupsafe import Markup

from coursewright.course.identifiers import part_key
from coursewright.course.model import Audience
from coursewright.course.parts import Group, Part, RubricCriterion, RubricRating, Submission
from coursewright.course.quiz import Quiz, keyed
from coursewright.packages.documents.moodle.rows import FileRow, takes_work
from coursewright.packages.documents.moodle.xml import said
from coursewright.readers.packages.amounts import amount, whole_points
from coursewright.readers.packages.backups.making import BackedUp, Making
from coursewright.readers.packages.backups.quizzes import passing_of, quiz_in
from coursewright.readers.packages.quiz_links import linked
from coursewright.readers.packages.recovery import ElementKind
from coursewright.readers.packages.texts import WrittenText
from coursewright.readers.quizzes.markup import escaped
from coursewright.text.names import plural

_PLUGINS: Mapping[str, Submission] = {
    "onlinetext": Submission.TEXT,
    "file": Submission.FILE,
    "onlinepoodll": Submission.RECORDING,
}
_DATES = (
    "allowsubmissionsfromdate",
    "duedate",
    "cutoffdate",
    "gradingduedate",
    "timeopen",
    "timeclose",
    "assesstimestart",
)
_LOST = {"teamsubmission": "group work", "blindmarking": "blind marking", "markingworkflow": "a marking workflow"}


def assign(making: Making, one: BackedUp) -> Iterator[Part]:
    """Yield an assignment."""
    attached = _links(making.stored.of(one.context, "introattachment", "activityattachment"))
    text = making.text(one, one.own, [("intro", "introformat"), ("activity", "activityformat")], more=attached)
    grade = said(one.own, "grade")
    points, lost = whole_points(amount(grade))
    if grade.startswith("-"):
        lost = "a scale; it is not graded here"
    _settings_lost(making, one, lost)
    making.ledger.note(making.element(ElementKind.ASSIGNMENT, one, text))
    ways = [_PLUGINS[plugin] for plugin in takes_work(one.own) if plugin in _PLUGINS]
    yield making.head(one).assignment(text, points, passing_of(one.grades), ways, _rubric(making, one))


def _rubric(making: Making, one: BackedUp) -> tuple[RubricCriterion, ...]:
    rows = tuple(_criteria(making, one))
    if rows:
        making.ledger.kept(ElementKind.RUBRIC, one.entry.identifier, one.title)
    return rows


def _settings_lost(making: Making, one: BackedUp, *more: str) -> None:
    dates = [name for name in _DATES if said(one.own, name) not in ("", "0")]
    lost = [words for name, words in _LOST.items() if said(one.own, name) not in ("", "0")]
    making.ledger.unkept(one.entry.identifier, one.title, dates)
    for words in (*lost, *more):
        making.ledger.unkept(one.entry.identifier, one.title, settings=filter(None, [words]))


def forum(making: Making, one: BackedUp) -> Iterator[Part]:
    """Yield a discussion; a forum for announcements holds only what its users wrote."""
    text = making.intro(one)
    if said(one.own, "type") == "news":
        making.dropped(ElementKind.DISCUSSION, one, "users write announcements, and an LMS makes a forum for them")
        return
    _settings_lost(making, one)
    making.ledger.note(making.element(ElementKind.DISCUSSION, one, text))
    graded = amount(said(one.own, "grade_forum")) > 0 or said(one.own, "assessed") not in ("", "0")
    yield making.head(one).discussion(text, Group.ASSESSMENTS if graded else Group.LABS, graded=graded)


def quiz(making: Making, one: BackedUp) -> Iterator[Part]:
    """Yield a quiz with its keys."""
    found = quiz_in(making, one)
    quiz = linked(found.quiz, making.ways.lead_on(one.context, "", one.title))
    text = making.intro(one)
    quiz = replace(quiz, title=one.title, audience=one.audience, instructions=text.markdown.strip())
    quiz = replace(quiz, targets={**quiz.targets, **text.targets})
    making.note_questions(quiz)
    if found.missing:
        title = f"{one.title}: {plural(found.missing, 'question')}"
        making.ledger.dropped(ElementKind.QUESTION, one.entry.identifier, title, "they are not in the backup's bank")
    _settings_lost(making, one, *found.lost)
    if not quiz.questions:
        yield from _empty_quiz(making, one, text)
        return
    making.ledger.note(making.element(ElementKind.QUIZ, one, text))
    yield quiz


def leftover(making: Making) -> Iterator[Quiz]:
    """Yield the questions that no quiz asks, those of each category of the bank as a quiz for staff."""
    for category, banked in making.questions.unasked().items():
        title, found = making.questions.bank.categories.get(category, ""), making.findings
        questions = filter(None, [making.questions.question(one, making.ledger.shown, found) for one in banked])
        key = part_key("bank", f"{category}\n{title}")
        quiz = Quiz(key, title, making.ledger.shown, 0, keyed(questions), graded=False, audience=Audience.STAFF)
        if quiz.questions:
            why = "no quiz asks its questions: it is kept for staff"
            making.ledger.changed(ElementKind.BANK, category, title, why, "questions.xml")
            yield linked(quiz, making.ways.lead_on("", "", title))


def _empty_quiz(making: Making, one: BackedUp, text: WrittenText) -> Iterator[Part]:
    if not text.markdown.strip():
        making.dropped(ElementKind.QUIZ, one, "it asks nothing")
        return
    making.changed(ElementKind.QUIZ, one, "it asks nothing: its text becomes a page", text)
    yield making.page(one, text)


def _links(files: Iterator[FileRow]) -> str:
    """Return links to files as HTML."""
    link = Markup('<li><a href="@@PLUGINFILE@@{}">{}</a></li>')
    items = [link.format(found.path, found.path.strip("/")) for found in files]
    return str(Markup("<ul>{}</ul>").format(Markup("").join(items))) if items else ""


def _criteria(making: Making, one: BackedUp) -> Iterator[RubricCriterion]:
    """Yield the rows of a rubric, or of a marking guide, which has no levels."""
    rows = [row for found in one.grading.definitions for row in found.criteria]
    for row in making.first(one, rows, ElementKind.RUBRIC, "criteria"):
        levels = [RubricRating(escaped(level.definition), amount(level.score)) for level in row.levels]
        levels.sort(key=lambda level: -level.points)
        yield RubricCriterion(escaped(row.description), levels[0].points if levels else 0.0, tuple(levels))
    guides = [row for found in one.grading.definitions for row in found.guide_criteria]
    for guide in making.first(one, guides, ElementKind.RUBRIC, "criteria"):
        yield RubricCriterion(escaped(guide.shortname), amount(guide.maxscore), text=escaped(guide.description))
