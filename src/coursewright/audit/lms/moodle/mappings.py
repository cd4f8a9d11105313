"""What fields of a backup name by its number, and what the restore makes of a number of nothing: data, and its reader.

A line is a document, or several between |, an element, a field, what it names, and what becomes of it; "" is that the
restore stops. What is named is an attribute, or with / a child, of an element in a document: `.` is the same document,
`*` any. `-` before a field is a number below 0, which alone names something, and numbers may stand between commas;
`unless` tells with which values of another field it does not matter.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from coursewright.audit.lms.references import FieldReference, Target
from coursewright.packages.documents.moodle.xml import NULL

_SCALE, _GROUPING, _CONTEXT = "scales.xml:scale@id", "groups.xml:grouping@id", "*:activity@contextid"
_MAPPED = f"""
assign.xml assign -grade {_SCALE} it is not graded at all
assign.xml|lesson.xml|quiz.xml override groupid groups.xml:group@id that override is left out
assign.xml assign teamsubmissiongroupingid {_GROUPING} teams are those of all groups
calendar.xml event groupid groups.xml:group@id the event is left out
completion.xml course_completion_criteria moduleinstance module.xml:module@id the course is complete without that
enrolments.xml enrolment userid users.xml:user@id that enrolment is left out
course.xml course defaultgroupingid {_GROUPING} the course has no grouping by default
data.xml data -scale {_SCALE} unless assessed=0 nobody can rate
data.xml data defaultsort .:field@id entries are in the order of their time
feedback.xml item dependitem .:item@id the item is shown to everybody
forum.xml forum -scale {_SCALE} unless assessed=0 nobody can rate
glossary.xml glossary -scale {_SCALE} unless assessed=0 nobody can rate
forum.xml forum -grade_forum {_SCALE} nobody can be graded as a whole
forum.xml post userid users.xml:user@id nobody has written it
groups.xml group_member userid users.xml:user@id the group lacks that member
groups.xml grouping_group groupid groups.xml:group@id the grouping lacks that group
gradebook.xml grade_category parent .:grade_category@id the category is in no other, and its grades do not count
gradebook.xml grade_item categoryid .:grade_category@id unless itemtype=course|category it is in the category of all
gradebook.xml grade_item iteminstance .:grade_category@id unless itemtype=course|manual|mod its category has no total
gradebook.xml|grades.xml grade_item scaleid {_SCALE} unless gradetype=0|1|3 it has no scale
gradebook.xml|grades.xml grade_item outcomeid outcomes.xml:outcome@id it is no outcome any more
lesson.xml lesson activitylink module.xml:module@id the link at its end is gone
lesson.xml lesson dependency lesson.xml:activity@id it waits for no other lesson
lesson.xml page prevpageid .:page@id the order of its pages is lost
lesson.xml page nextpageid .:page@id the order of its pages is lost
lesson.xml answer jumpto .:page@id it is taken for 0, the page where the answer is given
module.xml module groupingid {_GROUPING} it is of no grouping
outcomes.xml outcome scaleid {_SCALE} it has no scale
questions.xml multianswer sequence .:question@id its gaps are lost
questions.xml numerical_record answer .:answer@id the tolerance of the answer is taken for 0
questions.xml question_category contextid {_CONTEXT} its questions go to a bank of their own
questions.xml question_category parent .:question_category@id no list of categories shows it
quiz.xml question_instance quizgradeitemid .:quiz_grade_item@id its mark counts for no grade item
quiz.xml section firstslot .:question_instance@/slot its heading stands before no question
roles.xml assignment userid users.xml:user@id that role is given to nobody
section.xml section itemid subsection.xml:subsection@id unless component=|{NULL} it is a section of its own
workshop.xml workshopform_accumulative_dimension -grade {_SCALE} it gives no points
"""
_LINE = re.compile(
    r"(?P<documents>\S+) (?P<element>\S+) (?P<sign>-?)(?P<field>\S+) "
    r"(?P<where>[^:]+):(?P<named>\w+)@(?P<by>/?\w+)(?: unless (?P<name>\w+)=(?P<values>\S+))?(?: (?P<becomes>.+))?"
)


def mapped() -> Iterator[FieldReference]:
    """Yield what a restore maps."""
    for found in map(_LINE.fullmatch, _MAPPED.strip().splitlines()):
        if found is not None:
            target = Target(found["where"], found["named"], found["by"])
            unless = {found["name"]: tuple(found["values"].split("|"))} if found["name"] else None
            told = target, found["becomes"] or "", found["sign"] == "-", unless
            for document in found["documents"].split("|"):
                yield FieldReference(document, found["element"], found["field"], *told)
