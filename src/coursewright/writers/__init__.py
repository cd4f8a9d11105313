"""The package formats, by each name that they have on the command line. A writer is loaded when it is asked for."""

from __future__ import annotations

from coursewright.writers.writer import Format

ALL: tuple[Format, ...] = (
    Format(
        "scorm12",
        "SCORM 1.2",
        "for nearly every LMS; Moodle enforces its prerequisites",
        "any LMS that takes SCORM; in Moodle: Add an activity › SCORM package",
        ".zip",
        "scorm.scorm12:write",
    ),
    Format(
        "scorm2004-3rd",
        "SCORM 2004 3rd Edition",
        "for LMSs with a sequencing engine, which enforces its prerequisites; Moodle does not",
        "your LMS, wherever it adds SCORM content",
        ".zip",
        "scorm.scorm2004:write_third",
    ),
    Format(
        "scorm2004-4th",
        "SCORM 2004 4th Edition",
        "for LMSs with a sequencing engine, which enforces its prerequisites; Moodle does not",
        "your LMS, wherever it adds SCORM content",
        ".zip",
        "scorm.scorm2004:write_fourth",
        ("scorm2004",),
    ),
    Format(
        "cc11",
        "Common Cartridge 1.1",
        "Blackboard, Brightspace, Sakai; the only one that Moodle imports",
        "Moodle: More › Course reuse › Restore; elsewhere: import it as a Common Cartridge",
        ".imscc",
        "common_cartridge:write_11",
    ),
    Format(
        "cc12",
        "Common Cartridge 1.2",
        "Blackboard, Brightspace, Sakai, Schoology",
        "Blackboard, Sakai, Schoology: import it as a Common Cartridge",
        ".imscc",
        "common_cartridge:write_12",
    ),
    Format(
        "cc13",
        "Common Cartridge 1.3",
        "Brightspace, Blackboard Ultra and others: assignments too",
        "Brightspace: Course Tools › Import/Export/Copy Components; Blackboard: Import Content",
        ".imscc",
        "common_cartridge:write_13",
        ("cc",),
    ),
    Format(
        "canvas",
        "Canvas course",
        "Canvas: modules with prerequisites and requirements",
        "Canvas: Settings › Import Course Content › Canvas Course Export Package",
        ".imscc",
        "canvas.canvas:write",
    ),
    Format(
        "moodle",
        "Moodle course backup",
        "Moodle 4.1 to 5.x: sections with restrictions, all editable",
        "Moodle: Site administration › Courses › Restore course",
        ".mbz",
        "moodle:write",
    ),
    Format(
        "epub",
        "EPUB",
        "people who read: a book for any e-reader, offline; nothing is recorded",
        "learners, as a file: it opens in any e-reader",
        ".epub",
        "epub.epub:write",
        is_judged=False,
    ),
    Format(
        "site",
        "Web site",
        "any web server, GitHub Pages, or a browser alone: nothing is locked or recorded",
        "a web server, unzipped; or open its index.html in a browser",
        ".zip",
        "site:write",
    ),
    Format(
        "moodle-xml",
        "Moodle XML",
        "Moodle: only the quizzes, for a question bank",
        "Moodle: Question bank › Import › Moodle XML format",
        ".xml",
        "question_files:write_moodle_xml",
        only_quizzes=True,
    ),
    Format(
        "gift",
        "GIFT",
        "Moodle and others: only the quizzes, as text",
        "Moodle: Question bank › Import › GIFT format",
        ".txt",
        "question_files:write_gift",
        only_quizzes=True,
    ),
    Format(
        "quiz-markdown",
        "Markdown quizzes",
        "people, to edit and to build again: only the quizzes, as Markdown",
        "people: edit it, and build it again",
        ".md",
        "question_files:write_markdown",
        only_quizzes=True,
    ),
    Format(
        "qti12",
        "QTI 1.2",
        "Canvas and others: only the quizzes, with their settings and banks",
        "Canvas: Settings › Import Course Content › QTI .zip file",
        ".zip",
        "question_files:write_qti12",
        only_quizzes=True,
    ),
)
WHOLE = tuple(found for found in ALL if not found.only_quizzes)
USUAL = ("moodle", "canvas", "scorm12")
"""What is written where nobody names a format: what most people upload."""
FORMATS: dict[str, Format] = {name: found for found in ALL for name in (found.name, *found.aliases)}
