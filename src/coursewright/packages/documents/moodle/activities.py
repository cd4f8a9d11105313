"""The documents of one activity in a Moodle course backup: its module, what it is, its grade and its rubric."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache

from coursewright.course.gates import waits_for
from coursewright.packages.documents.moodle.activity_rows import (
    ActivityCompetencies,
    ActivityCompetency,
    ActivityDocument,
    ActivityGrades,
    CriterionRow,
    Grading,
    GradingArea,
    GradingDefinition,
    InfoReferences,
    LevelRow,
    Numbered,
)
from coursewright.packages.documents.moodle.availability import written_availability
from coursewright.packages.documents.moodle.course import no_roles
from coursewright.packages.documents.moodle.instances import AssignInstance, PageInstance, ScoDatum, ScoRow
from coursewright.packages.documents.moodle.rows import GradeItemRow, ModuleRow, PluginConfig
from coursewright.packages.documents.moodle.values import (
    LONGEST_NAME,
    Activity,
    MoodleBackup,
    Tracking,
    section_id,
)
from coursewright.packages.documents.moodle.xml import VERSION, name, row_document


def activity_files(found: Activity, backup: MoodleBackup) -> dict[str, bytes]:
    """Return the files of an activity by name, those of its kind among them."""
    written = {
        "module.xml": _module(found),
        f"{found.kind}.xml": _instance(found),
        "roles.xml": no_roles(),
        "grades.xml": _grades(found),
        "inforef.xml": _references(found),
    }
    if isinstance(found.own, AssignInstance):
        written["grading.xml"] = _grading(found)
    if found.competencies:
        written["competencies.xml"] = _competencies(found, backup)
    return {f"{found.folder}/{file}": content for file, content in written.items()}


def _module(found: Activity) -> bytes:
    passed = found.tracking is Tracking.AUTOMATIC and found.to_pass > 0
    row = ModuleRow(
        str(found.number),
        VERSION,
        found.kind,
        str(section_id(found.section)),
        str(found.section),
        found.identifier,
        visible=str(int(found.visible)),
        visibleold=str(int(found.visible)),
        completion=str(int(found.tracking)),
        completiongradeitemnumber="0" if passed else None,
        completionpassgrade=str(int(passed)),
        completionview=str(int(found.tracking is Tracking.AUTOMATIC and isinstance(found.own, PageInstance))),
        availability=written_availability(waits_for(found.after), shown=False),
    )
    return row_document(row)


def _instance(found: Activity) -> bytes:
    number = str(found.number)
    own = replace(found.own, id=number, name=name(found.name, LONGEST_NAME))
    return row_document(ActivityDocument(number, number, found.kind, str(found.context), (own,)))


@cache
def plugins(takes: tuple[str, ...]) -> tuple[PluginConfig, ...]:
    """Return what is set of the plugins by which work is handed in, of which some take it, and commented on."""
    found = (
        (plugin, subtype, name, value)
        for subtype, plugin, settings in _PLUGINS
        for name, value in (settings if subtype == _COMMENTS or plugin in takes else {"enabled": "0"}).items()
    )
    return tuple(PluginConfig(str(number), *setting) for number, setting in enumerate(found, start=1))


_COMMENTS = "assignfeedback"
_PLUGINS: Sequence[tuple[str, str, Mapping[str, str]]] = (
    ("assignsubmission", "onlinetext", {"enabled": "1", "wordlimitenabled": "0", "wordlimit": "0"}),
    ("assignsubmission", "file", {"enabled": "1", "maxfilesubmissions": "20", "maxsubmissionsizebytes": "0"}),
    (_COMMENTS, "comments", {"enabled": "1", "commentinline": "0"}),
)


def menu_of(activity: int, manifest: str, unit: str, launch: str, title: str) -> tuple[ScoRow, ScoRow]:
    """Return what Moodle would find on unpacking the package of a unit: the menu, and the one SCO in it."""
    top, shown, number = f"{manifest}-org", name(title, LONGEST_NAME), activity * 10
    data = ScoDatum(f"{number + 2}0", "isvisible", "true"), ScoDatum(f"{number + 2}1", "parameters", "")
    return (
        ScoRow(str(number + 1), manifest, "", "/", top, title=shown, sortorder="1"),
        ScoRow(str(number + 2), manifest, top, top, unit, launch, "sco", shown, "2", data=data),
    )


def _grades(found: Activity) -> bytes:
    """Return the grade of an activity, with the points that pass it."""
    item = GradeItemRow(
        str(found.number),
        itemname=name(found.name, LONGEST_NAME),
        itemmodule=found.kind,
        iteminstance=str(found.number),
        idnumber=found.identifier,
        grademax=_number(found.points),
        gradepass=_number(found.to_pass),
        sortorder=str(found.number),
    )
    return row_document(ActivityGrades((item,) if found.points else ()))


def _references(found: Activity) -> bytes:
    """Return what an activity refers to: its files and its grade."""
    return row_document(
        InfoReferences(
            files=tuple(Numbered(str(stored.number)) for stored in found.files),
            grade_items=(Numbered(str(found.number)),) if found.points else (),
            question_categories=tuple(Numbered(str(one.number)) for one in found.quiz.categories) if found.quiz else (),
        )
    )


def _grading(found: Activity) -> bytes:
    """Return the rubric of an assignment, ready to use."""
    number = str(found.number)
    if not found.rubric:
        return row_document(Grading((GradingArea(number),)))
    definition = GradingDefinition(
        number,
        name=name(found.name, LONGEST_NAME),
        options=json.dumps(_RUBRIC_OPTIONS, separators=(",", ":")),
        criteria=tuple(_criteria(found)),
    )
    return row_document(Grading((GradingArea(number, activemethod="rubric", definitions=(definition,)),)))


def _criteria(found: Activity) -> Iterator[CriterionRow]:
    for order, criterion in enumerate(found.rubric, start=1):
        number = found.number * _ROWS + order
        levels = enumerate(criterion.levels, start=number * _LEVELS + 1)
        rows = tuple(LevelRow(str(one), _number(points), text) for one, (points, text) in levels)
        yield CriterionRow(str(number), str(order), criterion.description, levels=rows)


_ROWS, _LEVELS = 10_000, 100  # more than a rubric has, so that no two have one id
_RUBRIC_OPTIONS = {
    "sortlevelsasc": "1",
    "lockzeropoints": "1",
    "alwaysshowdefinition": "1",
    "showdescriptionteacher": "1",
    "showdescriptionstudent": "1",
    "showscoreteacher": "1",
    "showscorestudent": "1",
    "enableremarks": "1",
    "showremarksstudent": "1",
}


def _competencies(found: Activity, backup: MoodleBackup) -> bytes:
    listed = (
        ActivityCompetency(idnumber, sortorder=str(order), frameworkidnumber=backup.framework)
        for order, idnumber in enumerate(found.competencies)
    )
    return row_document(ActivityCompetencies(tuple(listed)))


def _number(value: float) -> str:
    return f"{value:.5f}"
