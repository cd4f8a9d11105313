"""The documents of one activity in a Moodle course backup: its module, what it is, its grade and its rubric."""

from __future__ import annotations

import json
from collections.abc import Iterator
from copy import deepcopy
from functools import cache

from lxml.etree import Element, SubElement, _Element

from coursewright.course.gates import waits_for
from coursewright.packages.documents.fields import add_as
from coursewright.packages.documents.moodle.activity_rows import (
    CriterionRow,
    Grading,
    GradingArea,
    GradingDefinition,
    InfoReferences,
    LevelRow,
    Numbered,
)
from coursewright.packages.documents.moodle.availability import written_availability
from coursewright.packages.documents.moodle.quiz import in_slots
from coursewright.packages.documents.moodle.rows import GradeItemRow, ModuleRow, PluginConfig
from coursewright.packages.documents.moodle.values import (
    LONGEST_NAME,
    Activity,
    ActivityKind,
    MoodleBackup,
    Tracking,
    section_id,
)
from coursewright.packages.documents.moodle.xml import (
    VERSION,
    add,
    add_empty,
    document,
    fields,
    name,
    roles,
    row_document,
)


def activity_files(found: Activity, backup: MoodleBackup) -> dict[str, bytes]:
    """Return the files of an activity by name, those of its kind among them."""
    written = {
        "module.xml": _module(found),
        f"{found.kind}.xml": _instance(found),
        "roles.xml": roles(),
        "grades.xml": _grades(found),
        "inforef.xml": _references(found),
    }
    if found.kind is ActivityKind.ASSIGN:
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
        completionview=str(int(found.tracking is Tracking.AUTOMATIC and found.kind is ActivityKind.PAGE)),
        availability=written_availability(waits_for(found.after), shown=False),
    )
    return row_document(row)


def _instance(found: Activity) -> bytes:
    number, context = str(found.number), str(found.context)
    root = Element("activity", id=number, moduleid=number, modulename=found.kind, contextid=context)
    said = {"name": name(found.name, LONGEST_NAME), "intro": found.intro, "introformat": 1}
    instance = add(root, found.kind, number, **said, **found.details)
    _NESTED[found.kind](instance, found)
    return document(root)


def _handed_in(assign: _Element, found: Activity) -> None:
    """Append what may be handed in: a text, files, or both; and that teachers comment on it."""
    add_empty(assign, "userflags", "submissions", "grades")
    assign.append(deepcopy(_plugins(tuple(found.takes))))
    SubElement(assign, "overrides")


@cache
def _plugins(takes: tuple[str, ...]) -> _Element:
    """Return what is set of the plugins that take work; most assignments take the same."""
    configs = Element("plugin_configs")
    number = 0
    for subtype, plugin, settings in (
        ("assignsubmission", "onlinetext", {"enabled": 1, "wordlimitenabled": 0, "wordlimit": 0}),
        ("assignsubmission", "file", {"enabled": 1, "maxfilesubmissions": 20, "maxsubmissionsizebytes": 0}),
        ("assignfeedback", "comments", {"enabled": 1, "commentinline": 0}),
    ):
        is_taken = subtype == "assignfeedback" or plugin in takes
        for setting, value in (settings if is_taken else {"enabled": 0}).items():
            number += 1
            add_as(configs, PluginConfig.ROOT, PluginConfig(str(number), plugin, subtype, setting, str(value)))
    return configs


def _no_posts(forum: _Element, _: Activity) -> None:
    add_empty(forum, "discussions", "subscriptions", "digests", "readposts", "trackedprefs", "poststags", "grades")


def _unpacked(scorm: _Element, found: Activity) -> None:
    """Append what Moodle would find on unpacking the package: the menu, and the SCO in it."""
    sco, scoes = found.sco, SubElement(scorm, "scoes")
    if sco is None:
        return
    menu = {"organization": "", "parent": "/", "identifier": sco.organization, "launch": "", "scormtype": ""}
    unit = {"organization": sco.organization, "parent": sco.organization, "identifier": sco.identifier}
    unit |= {"launch": sco.launch, "scormtype": "sco"}
    for order, values in enumerate((menu, unit), start=1):
        values = {"manifest": sco.manifest, **values, "title": name(sco.title, LONGEST_NAME)}
        entry = add(scoes, "sco", sco_number(found.number, order), **values, sortorder=order)
        add_empty(entry, "seq_ruleconds", "seq_rolluprules", "seq_objectives")
        data = SubElement(entry, "sco_datas")
        for place, (key, value) in enumerate((("isvisible", "true"), ("parameters", "")) if order == 2 else ()):
            add(data, "sco_data", sco_number(found.number, order) * 10 + place, name=key, value=value)


def sco_number(activity: int, order: int) -> int:
    """Return the number of an entry of a package's menu: the menu itself is 1, its SCO 2."""
    return activity * 10 + order


def _nothing(_: _Element, __: Activity) -> None:
    pass


_NESTED = {
    ActivityKind.PAGE: _nothing,
    ActivityKind.ASSIGN: _handed_in,
    ActivityKind.FORUM: _no_posts,
    ActivityKind.URL: _nothing,
    ActivityKind.RESOURCE: _nothing,
    ActivityKind.SCORM: _unpacked,
    ActivityKind.QUIZ: in_slots,
}


def _grades(found: Activity) -> bytes:
    """Return the grade of an activity, with the points that pass it."""
    root = Element("activity_gradebook")
    items = SubElement(root, "grade_items")
    if found.points:
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
        add_as(items, item.ROOT, item)
    SubElement(root, "grade_letters")
    return document(root)


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
    root = Element("course_module_competencies")
    listed = SubElement(root, "competencies")
    for order, idnumber in enumerate(found.competencies):
        competency = add(listed, "competency", idnumber=idnumber, ruleoutcome=1, sortorder=order)
        fields(competency, frameworkidnumber=backup.framework, overridegrade=0)
    return document(root)


def _number(value: float) -> str:
    return f"{value:.5f}"
