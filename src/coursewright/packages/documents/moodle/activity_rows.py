"""The documents of an activity in a backup, as values: its own, what it refers to, and by what it is graded."""

from __future__ import annotations

from typing import ClassVar

from coursewright.frozen import frozen
from coursewright.packages.documents.fields import attribute, listed, mixed, tag_of
from coursewright.packages.documents.moodle.instances import Instance, OwnInstance
from coursewright.packages.documents.moodle.other_instances import (
    BookInstance,
    ChoiceInstance,
    DataInstance,
    FeedbackInstance,
    FolderInstance,
    GlossaryInstance,
    LabelInstance,
    LessonInstance,
    LtiInstance,
    OtherInstance,
    WikiInstance,
    WorkshopInstance,
)
from coursewright.packages.documents.moodle.rows import GradeItemRow, MoodleRow, OfUsers
from coursewright.packages.documents.moodle.xml import MOMENT


@frozen
class Numbered(MoodleRow):
    """What is known by its number, which stands in an element of its own."""

    id: str = ""


@frozen
class InfoReferences(MoodleRow):
    """What an activity, a section or a course refers to in other documents of the backup (`inforef.xml`)."""

    ROOT: ClassVar[str] = "inforef"
    files: tuple[Numbered, ...] = listed("file", "fileref")
    users: tuple[Numbered, ...] = listed("user", "userref")
    grade_items: tuple[Numbered, ...] = listed("grade_item", "grade_itemref")
    question_categories: tuple[Numbered, ...] = listed("question_category", "question_categoryref")


@frozen
class LetterRow(MoodleRow):
    """What a score is called from a bound on."""

    id: str = attribute()
    lowerboundary: str = ""
    letter: str = ""


@frozen
class ActivityGrades(MoodleRow):
    """What is to be had for an activity (`grades.xml`)."""

    ROOT: ClassVar[str] = "activity_gradebook"
    items: tuple[GradeItemRow, ...] = listed("grade_item", "grade_items", always=True)
    letters: tuple[LetterRow, ...] = listed("grade_letter", "grade_letters", always=True)


@frozen
class ActivityCompetency(MoodleRow):
    """A competency of the site that an activity counts for, by what it and its framework are known by."""

    idnumber: str = ""
    ruleoutcome: str = "1"
    sortorder: str = ""
    frameworkidnumber: str = ""
    overridegrade: str = "0"


@frozen
class ActivityCompetencies(MoodleRow):
    """What an activity counts for (`competencies.xml`)."""

    ROOT: ClassVar[str] = "course_module_competencies"
    competencies: tuple[ActivityCompetency, ...] = listed("competency", "competencies", always=True)


@frozen
class LevelRow(MoodleRow):
    """What a row of a rubric offers, and what it takes."""

    id: str = attribute()
    score: str = ""
    definition: str = ""
    definitionformat: str = "0"


@frozen
class CriterionRow(MoodleRow):
    """A row of a rubric, with its levels."""

    id: str = attribute()
    sortorder: str = ""
    description: str = ""
    descriptionformat: str = "0"
    levels: tuple[LevelRow, ...] = listed("level", "levels", always=True)


@frozen
class GuideCriterion(MoodleRow):
    """A row of a marking guide, which has no levels."""

    id: str = attribute()
    sortorder: str = ""
    shortname: str = ""
    description: str = ""
    descriptionformat: str = "0"
    maxscore: str = ""


@frozen
class GradingDefinition(MoodleRow):
    """A rubric, or a marking guide."""

    id: str = attribute()
    method: str = "rubric"
    name: str = ""
    description: str = ""
    descriptionformat: str = "1"
    status: str = "20"  # it is ready to use
    timecreated: str = str(MOMENT)
    timemodified: str = str(MOMENT)
    options: str = ""
    criteria: tuple[CriterionRow, ...] = listed(
        "criterion", "plugin_gradingform_rubric_definition/criteria", anywhere=True
    )
    guide_criteria: tuple[GuideCriterion, ...] = listed(
        "guidecriterion", "plugin_gradingform_guide_definition/guidecriteria", anywhere=True
    )
    instances: tuple[OfUsers, ...] = listed("instance", "instances", always=True)


@frozen
class GradingArea(MoodleRow):
    """A part of an activity that is graded, and the method, if it is not by points alone."""

    id: str = attribute()
    areaname: str = "submissions"
    activemethod: str | None = None
    definitions: tuple[GradingDefinition, ...] = listed("definition", "definitions", always=True)


@frozen
class Grading(MoodleRow):
    """How an activity is graded (`grading.xml`)."""

    ROOT: ClassVar[str] = "areas"
    areas: tuple[GradingArea, ...] = listed("area", always=True)

    @property
    def definitions(self) -> tuple[GradingDefinition, ...]:
        """All rubrics and marking guides."""
        return tuple(found for area in self.areas for found in area.definitions)


_Others = BookInstance | LessonInstance | GlossaryInstance | LabelInstance | FolderInstance | LtiInstance
_ToFill = ChoiceInstance | DataInstance | FeedbackInstance | WikiInstance | WorkshopInstance


@frozen
class ActivityDocument(MoodleRow):
    """All that the document of an activity says that is called as its module."""

    ROOT: ClassVar[str] = "activity"
    id: str = attribute()
    moduleid: str = attribute()
    modulename: str = attribute()
    contextid: str = attribute()
    instances: tuple[OwnInstance | _Others | _ToFill | OtherInstance, ...] = mixed()

    def instance(self, module: str) -> Instance | None:
        """Return what it says of an activity of a module."""
        return next((one for one in self.instances if tag_of(one) == module), None)
