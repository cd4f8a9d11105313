"""Small Moodle backups, with whatever restrictions a test wants."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from xml.sax.saxutils import escape

from packages import zipped

NULL = "$@NULL@$"
ACTIVITIES = ("10", "11", "20", "21")
"""The activities; the first digit of each is the number of its section."""


def waiting(*activities: str, op: str = "&") -> str:
    """Return the restriction that waits until activities are complete."""
    conditions = ",".join(f'{{"type":"completion","cm":{number},"e":1}}' for number in activities)
    showing = f'"showc":[{",".join("true" for _ in activities)}]' if op == "&" else '"show":true'
    return f'{{"op":"{op}","c":[{conditions}],{showing}}}'


def backup(
    restrictions: Mapping[str, str] | None = None,
    sequences: Mapping[str, str] | None = None,
    documents: Mapping[str, bytes] | None = None,
    untracked: tuple[str, ...] = (),
) -> dict[str, bytes]:
    """Return the files of a backup with two sections, 1 and 2, of two pages each."""
    waits = restrictions or {}
    files = {
        "moodle_backup.xml": _contents(),
        "files.xml": b"<files/>",
        "roles.xml": b"<roles_definition/>",
        "scales.xml": b"<scales_definition/>",
        "outcomes.xml": b"<outcomes_definition/>",
        "groups.xml": b'<groups><group id="7"/><groupings><grouping id="8"/></groupings></groups>',
        "course/course.xml": b'<course id="1"><startdate>0</startdate><visible>1</visible><enablecompletion>1</enablecompletion></course>',
    }
    for number in "12":
        sequence = (sequences or {}).get(number, f"{number}0,{number}1")
        text = f"<summaryformat>1</summaryformat><visible>1</visible><sequence>{sequence}</sequence><availabilityjson>{escape(waits.get(number, NULL))}</availabilityjson>"
        files[f"sections/section_{number}/section.xml"] = f'<section id="{number}">{text}</section>'.encode()
    for number in ACTIVITIES:
        tracking = (
            f"<completion>{0 if number in untracked else 2}</completion><completionview>1</completionview>"
            "<completionexpected>0</completionexpected>"
        )
        text = f"{tracking}<availability>{escape(waits.get(number, NULL))}</availability>"
        said = "<itemname>Grade</itemname><itemnumber>0</itemnumber><grademax>100</grademax><sortorder>1</sortorder>"
        grade = f'<grade_items><grade_item id="5{number}">{said}</grade_item></grade_items>'
        files |= {
            f"activities/page_{number}/module.xml": f'<module id="{number}">{text}</module>'.encode(),
            f"activities/page_{number}/page.xml": b"<activity/>",
            f"activities/page_{number}/grades.xml": f"<activity_gradebook>{grade}</activity_gradebook>".encode(),
            f"activities/page_{number}/roles.xml": b"<roles/>",
        }
    return {**files, **(documents or {})}


def _contents() -> bytes:
    activities = "".join(
        f"<activity><moduleid>{number}</moduleid><sectionid>{number[0]}</sectionid><modulename>page</modulename>"
        f"<title>Page {number}</title><directory>activities/page_{number}</directory></activity>"
        for number in ACTIVITIES
    )
    sections = "".join(
        f"<section><sectionid>{number}</sectionid><title>Part {number}</title>"
        f"<directory>sections/section_{number}</directory></section>"
        for number in "12"
    )
    course = "<course><courseid>1</courseid><title>C</title><directory>course</directory></course>"
    contents = f"<activities>{activities}</activities><sections>{sections}</sections>{course}"
    facts = "<backup_version>2022112800</backup_version><original_course_fullname>C</original_course_fullname>"
    facts += "<original_course_id>1</original_course_id><original_course_contextid>2</original_course_contextid>"
    facts += "<original_system_contextid>1</original_system_contextid>"
    details = "<details><detail><type>course</type></detail></details>"
    setting = "<setting><level>root</level><name>activities</name><value>1</value></setting>"
    told = f"{facts}{details}<contents>{contents}</contents><settings>{setting}</settings>"
    return f"<moodle_backup><information>{told}</information></moodle_backup>".encode()


def written(target: Path, **changes: object) -> Path:
    """Write a backup."""
    return zipped(target, backup(**changes))  # type: ignore[arg-type]
