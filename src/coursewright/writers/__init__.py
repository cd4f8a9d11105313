"""The package formats, by each name that they have on the command line. A writer is loaded when it is asked for."""

from __future__ import annotations

from coursewright.writers.writer import Format

ALL: tuple[Format, ...] = (
    Format(
        "scorm12",
        "SCORM 1.2",
        "for nearly every LMS; Moodle enforces its prerequisites",
        ".zip",
        "scorm.scorm12:write",
    ),
    Format(
        "scorm2004-3rd",
        "SCORM 2004 3rd Edition",
        "for LMSs with a sequencing engine, which enforces its prerequisites; Moodle does not",
        ".zip",
        "scorm.scorm2004:write_third",
    ),
    Format(
        "scorm2004-4th",
        "SCORM 2004 4th Edition",
        "for LMSs with a sequencing engine, which enforces its prerequisites; Moodle does not",
        ".zip",
        "scorm.scorm2004:write_fourth",
        ("scorm2004",),
    ),
    Format(
        "cc11",
        "Common Cartridge 1.1",
        "Blackboard, Brightspace, Sakai; the only one that Moodle imports",
        ".imscc",
        "common_cartridge:write_11",
    ),
    Format(
        "cc12",
        "Common Cartridge 1.2",
        "Blackboard, Brightspace, Sakai, Schoology",
        ".imscc",
        "common_cartridge:write_12",
    ),
    Format(
        "cc13",
        "Common Cartridge 1.3",
        "Brightspace, Blackboard Ultra and others: assignments too",
        ".imscc",
        "common_cartridge:write_13",
        ("cc",),
    ),
    Format(
        "canvas",
        "Canvas course",
        "Canvas: modules with prerequisites and requirements",
        ".imscc",
        "canvas.canvas:write",
    ),
    Format(
        "moodle",
        "Moodle course backup",
        "Moodle 4.1 to 5.x: sections with restrictions, all editable",
        ".mbz",
        "moodle:write",
    ),
    Format(
        "site",
        "Web site",
        "any web server, GitHub Pages, or a browser alone: nothing is locked or recorded",
        ".zip",
        "site:write",
        for_lms=False,
    ),
    Format(
        "epub",
        "EPUB",
        "people who read: a book for any e-reader, offline; nothing is recorded",
        ".epub",
        "epub.epub:write",
        for_lms=False,
    ),
    Format(
        "moodle-xml",
        "Moodle XML",
        "Moodle: only the quizzes, for a question bank",
        ".xml",
        "question_files:write_moodle_xml",
        only_quizzes=True,
    ),
    Format(
        "gift",
        "GIFT",
        "Moodle and others: only the quizzes, as text",
        ".txt",
        "question_files:write_gift",
        only_quizzes=True,
    ),
    Format(
        "quiz-markdown",
        "Markdown quizzes",
        "people, to edit and to build again: only the quizzes, as Markdown",
        ".md",
        "question_files:write_markdown",
        only_quizzes=True,
    ),
    Format(
        "qti12",
        "QTI 1.2",
        "Canvas and others: only the quizzes, with their settings and banks",
        ".zip",
        "question_files:write_qti12",
        only_quizzes=True,
    ),
)
WHOLE = tuple(found for found in ALL if not found.only_quizzes)
FORMATS: dict[str, Format] = {name: found for found in ALL for name in (found.name, *found.aliases)}
