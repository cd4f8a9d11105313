"""A Moodle course backup: a section a unit, of pages, assignments, forums and links, all to be edited there."""

from __future__ import annotations

from coursewright.course.model import Course
from coursewright.findings.finding import Finding
from coursewright.packages.documents.moodle.activities import activity_files
from coursewright.packages.documents.moodle.bank import question_bank
from coursewright.packages.documents.moodle.course import (
    completion,
    course_competencies,
    course_settings,
    empty_files,
    files,
    moodle_backup,
    section,
)
from coursewright.packages.documents.moodle.framework import framework_csv
from coursewright.packages.documents.moodle.values import LONGEST_NAME, StoredFile
from coursewright.packages.files.writing import Package
from coursewright.pages.dress import dress_of
from coursewright.text.phrases import LEVELS
from coursewright.writers import FORMATS
from coursewright.writers.carried import carry
from coursewright.writers.files import course_files, large_files
from coursewright.writers.losses import certificate_left_out, cover_left_out, links_outside, long_titles
from coursewright.writers.moodle.backup import Planner, competency_idnumber
from coursewright.writers.moodle.filing import Filing
from coursewright.writers.question_files import gift_file, moodle_xml_file
from coursewright.writers.writer import Materials

FRAMEWORK, QUESTIONS, TEXT = "competencies.csv", "questions.xml", "questions.gift.txt"


def write(package: Package, course: Course, materials: Materials) -> list[Finding]:
    """Fill the backup of a course; return what is lost in it."""
    filing = Filing(course_files(course, staff=True), materials)
    planner = Planner(course, materials, filing, dress_of(materials.renderer, materials.once))
    backup = planner.backup()
    package.add("moodle_backup.xml", moodle_backup(backup, package.name))
    package.add("files.xml", files(backup))
    package.add("course/course.xml", course_settings(backup))
    package.add("course/competencies.xml", course_competencies(backup))
    package.add("completion.xml", completion(backup))
    package.add("questions.xml", question_bank(backup.activities, planner.wordings))
    for path, content in empty_files().items():
        package.add(path, content)
    for part in backup.sections:
        package.add(f"{part.folder}/section.xml", section(part))
    blobs: dict[str, StoredFile] = {}
    for activity in backup.activities:
        for path, content in activity_files(activity, backup).items():
            package.add(path, content)
        blobs |= {stored.path: stored for stored in activity.files}
    for path, stored in blobs.items():  # what several activities hold stands there once
        package.add(path, stored.content, stored=stored.is_shrunk)
    held = {digest: f"files/{sha1[:2]}/{sha1}" for digest, sha1 in filing.hashes.items()}
    carry(package, course, materials, lambda asset: found if (found := held.get(asset.digest, "")) in blobs else "")
    for name, (content, _) in {
        QUESTIONS: moodle_xml_file(course, materials),
        TEXT: gift_file(course, materials),
    }.items():
        if content:
            package.companions[name] = content
    if backup.competencies:
        package.companions[FRAMEWORK] = _framework(course, materials, backup.framework)
    planner.lost.extend(large_files(planner.filing.packed, package.name))
    planner.lost.extend(links_outside(course, package.name))
    titles = zip(course.units, (part.name for part in backup.sections[1:]), strict=True)
    title = FORMATS["moodle"].title
    return [
        *long_titles(titles, LONGEST_NAME, title),
        *certificate_left_out(materials.options, package.name, title),
        *cover_left_out(course, package.name, title),
        *dict.fromkeys(planner.lost),
        *package.problems(),
    ]


def _framework(course: Course, materials: Materials, identifier: str) -> bytes:
    plain, labels = materials.renderer.plain, materials.renderer.labels
    rows = [plain(row.name) for unit in course.units for row in unit.competencies]
    names = {competency_idnumber(name): name for name in rows}
    scale = [labels["rating_not_met"], *(labels[f"level_{name}"] for name in LEVELS)]
    return framework_csv(identifier, plain(course.title), names, scale)
