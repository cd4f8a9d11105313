"""L401 on: what a format loses of a course that is built, and what a theme does to it."""

from __future__ import annotations

from coursewright.findings.messages.catalogue import INFO, WARNING, message

THRESHOLD_NOT_REPORTED = message("L401", INFO,
    "the threshold in '{text}' cannot become a mastery score, because the unit reports no score in {format}",
    "Nothing to do: learners see the threshold, and whoever grades the work applies it.",
    "A mastery score applies only to a score that the content itself reports. Without one, it could never be reached.",
    "a threshold cannot become a mastery score, because the unit reports no score",
)  # fmt: skip
GATE_TOO_LONG = message("L402", WARNING,
    "{left_out}: not enforced as prerequisites of {id}, because SCORM 1.2 allows only 200 characters",
    "Require fewer units directly: {id} need not name what its other prerequisites already require.",
    "The schema does not allow a longer expression. The learner's page still lists them all.",
    "prerequisites are not enforced, because SCORM 1.2 allows only 200 characters",
)  # fmt: skip
TITLE_CUT = message("L403", WARNING,
    "the title has {length} characters, but {format} allows {limit}, so the manifest has a shortened one",
    "Shorten the title.",
    "A longer title breaks the schema and Moodle's import. The page shows it in full.",
    "the title is too long for the format, so the manifest has a shortened one",
)  # fmt: skip
TICKS_NOT_KEPT = message("L404", WARNING,
    "{format} keeps {limit} characters of a learner's state, so only {kept} of {total} ticks are remembered",
    "Split the unit's checklist.",
    "An LMS silently drops a longer state, and with it the page the learner was on.",
    "the format keeps too little of a learner's state to remember every tick",
)  # fmt: skip
OBJECTIVES_NOT_LISTED = message("L406", INFO,
    "SCORM 2004 lists {limit} objectives of a unit, including its requirements: {kept} of {total} are listed",
    "Nothing to do: learners see them all. Fewer, broader objectives make better reports.",
    "An LMS need not keep more than 100 objectives of a unit.",
    "SCORM 2004 does not list all objectives of a unit",
)  # fmt: skip
LABELS_MISSING = message("L405", WARNING,
    "{count} labels for the language '{language}' are missing: {rest} are in English",
    "Translate them in labels/{file}.toml of a theme: start with a copy of packaging_templates/labels/en.toml.",
    "A screen reader reads a page in its one language, so labels in another are hard to understand.",
    "labels for the language are missing, and are in English",
)  # fmt: skip
CONTRAST_LOW = message("L407", WARNING,
    "the theme's {colour} ({value}) on {ground} ({on}) has a contrast of {ratio}:1 on {scheme} pages; WCAG requires {wanted}:1",
    "Use {better}; the two must differ more in lightness.",
    "People with low vision cannot read it, nor can anyone on a phone in the sun. Public institutions may not publish it.",
    "a colour of the theme has too little contrast",
)  # fmt: skip
GATES_LOST = message("L408", WARNING,
    "{format} has no sequencing: units that wait for others ({count}) are open from the start",
    "Use moodle, canvas or scorm12 if the LMS should lock them; here, the pages say what comes first.",
    "A cartridge has an order but no conditions, so learners can begin anywhere.",
    "the format has no sequencing: units that wait for others are open from the start",
)  # fmt: skip
MOODLE_DAMAGES = message("L409", INFO,
    "Moodle's cartridge importer damages {what} on: {pages}",
    "For Moodle, use the format moodle; other LMSs show it as it is written.",
    "It removes one level of escaping from every page, so text such as <name> disappears, and so does all MathML.",
    "Moodle's cartridge importer damages characters or formulas on some pages",
)  # fmt: skip
STAFF_LEFT_OUT = message("L410", WARNING,
    "{format} cannot hide anything from learners, so the staff material you asked for is left out",
    "Use moodle, canvas or a cartridge (cc11, cc12, cc13) for it.",
    "Anyone who plays a SCORM package can read everything in it.",
    "the format cannot hide anything from learners, so staff material is left out",
)  # fmt: skip
RULE_LOADS = message("L411", WARNING,
    "the theme's rules load '{address}', which is not in the package",
    "Put the file in the theme's files/ and refer to it as theme/NAME; put other rules in theme.css itself.",
    "Pages must work offline and inside an LMS. Anything from elsewhere may be missing there, and tells others who reads the page.",
    "the theme's rules load something that is not in the package",
)  # fmt: skip
WORK_REDUCED = message("L412", INFO,
    "{format} has no place for {lost}, so graded work ({count}) goes without",
    "Use moodle or canvas where these matter; the pages of the work show all of it.",
    "Teachers would look for them after the import.",
    "the format has no place for some details of graded work",
)  # fmt: skip
RESTRICTION_CUT = message("L416", WARNING,
    "{what} waits for {count} activities, but a restriction in Moodle has room for only {most}",
    "Split the unit that has so many activities, or check whether its list was meant as a single one.",
    "Activities with a score to reach are named first, then graded work. Those left out need not be complete before it opens.",
    "something waits for more activities than a restriction in Moodle has room for",
)  # fmt: skip
UPLOAD_ELSEWHERE = message("L480", WARNING,
    "the quiz “{title}” asks for files ({count}), which a page in {format} cannot take",
    "Say in the question where to hand in the file, or use canvas or moodle.",
    "The page shows the question and tells learners to ask their instructor. It counts nothing.",
    "a question asks for a file, which a page in SCORM cannot take",
)  # fmt: skip
ESSAY_UNGRADED = message("L481", INFO,
    "the quiz “{title}” asks for free texts ({count}), which a page in {format} cannot grade: they count no points",
    "Nothing to do if a learner's own words are enough; use canvas or moodle where an instructor is to grade them.",
    "A page judges by a key. The text is reported to the LMS as far as it fits, with the result “neutral”.",
    "a question asks for a free text, which a page in SCORM cannot grade",
)  # fmt: skip
ANSWERS_NOT_REPORTED = message("L482", WARNING,
    "the unit has {count} questions, but {format} keeps the answers to {limit}: the others count, but are not reported",
    "Divide the unit, if reports are to list every answer.",
    "An LMS need not keep more than 250 interactions of a unit. Scores are complete in any case.",
    "a unit has more questions than an LMS keeps the answers to",
)  # fmt: skip
OPTIONS_NOT_REPORTED = message("L483", WARNING,
    "the question has {count} options, but SCORM 1.2 has a character for {limit} of them: the others are not named in reports",
    "Use fewer options, or scorm2004 for complete reports.",
    "SCORM 1.2 names an option by one of the characters 0-9 and a-z. What learners see and how they score does not change.",
    "a question has more options than SCORM 1.2 can name in a report",
)  # fmt: skip
ANSWERS_NOT_KEPT = message("L484", WARNING,
    "{format} keeps {limit} characters of a learner's state, and the answers to the unit's {count} questions may take {size}",
    "Divide the unit, or hand in one quiz before the next is begun. Results are always kept.",
    "What does not fit is gone when a learner leaves in the middle of an attempt. The page says so in time.",
    "the format keeps too little of a learner's state for all answers of an attempt under way",
)  # fmt: skip
WITHDRAWN = message("L420", WARNING,
    "the {kind} “{title}” of an earlier package with this name is not in this one, but stays in Canvas",
    "If the earlier package was imported, delete it in Canvas by hand after importing this one; keep work that has submissions. Later builds repeat this for information only, until report.json is deleted from the output folder.",
    "Importing into an existing course adds and overwrites. It deletes nothing except items of modules. What was renamed, removed or made staff-only stays where it was, and an old assignment stays in the gradebook.",
    "something in an earlier package is not in this one, but stays in Canvas",
)  # fmt: skip
EARLIER_UNKNOWN = message("L421", INFO,
    "this replaces a package of the same name, and no report.json says what that one contained: what stays in Canvas is not known",
    "If the earlier one was imported, compare a copy of it with this one using coursewright diff, and delete by hand in Canvas what that names.",
    "Canvas deletes nothing when a newer package is imported. From this build on, report.json records what packages contain.",
)  # fmt: skip
DIAGRAM_AS_CODE = message("L430", INFO,
    "{count} shown as code",
    "Put a picture of it beside the text: `mmdc` of the npm package @mermaid-js/mermaid-cli makes one.",
    "A page of a course runs no script that could draw it, so learners see how the diagram is written.",
    "diagrams are shown as code",
)  # fmt: skip
STAFF_QUIZ_LEFT_OUT = message("L440", WARNING,
    "a {format} has no place for a quiz that only staff see, so “{title}” is left out",
    "Use moodle or a cartridge (cc11, cc12, cc13) for it, or build it alone with -f qti12.",
    "Canvas would show it to learners among the quizzes of the course.",
    "a quiz for staff is left out, because the format would show it to learners",
)  # fmt: skip
PAGES_NOT_LINKED = message("L441", INFO,
    "importers of {format} break links between pages, so {count} of them are plain text",
    "Use another format where the links matter.",
    "Moodle, the LMS that takes this version alone, gives pages other addresses and leaves the links as they are.",
    "importers of the format break links between pages, so these are plain text",
)  # fmt: skip
FILES_LARGE = message("L442", WARNING,
    "the files have {size} MB together, more than {most} MB; the largest is {file}",
    "Make large files smaller, put videos on a video platform and link to them, or build a package a unit (--by unit).",
    "Many LMSs refuse uploads of this size, or take too long to unpack them.",
    "the files of a package are so large that an LMS may refuse it",
)  # fmt: skip
LINKS_OUTSIDE = message("L444", INFO,
    "links to units that are not in this package ({count}) are plain text",
    "Build these units into the same package (--by track or --by all) where the links matter.",
    "Nobody knows where an LMS keeps another package.",
    "links to units that are not in the package are plain text",
)  # fmt: skip
PAGES_NOT_KEPT = message("L443", WARNING,
    "{format} keeps {limit} characters of a learner's state, too few to remember which of {total} pages were read",
    "Split the unit.",
    "An LMS silently drops a longer state. Learners would have to visit the last pages again after each break.",
    "the format keeps too little of a learner's state to remember every page that was read",
)  # fmt: skip
NOT_FOR_A_BOOK = message("L467", WARNING,
    "e-readers show no {type}, so the book has the name of {name} in its place",
    "Use PNG, JPEG, GIF, WebP or SVG for pictures, MP3 or MP4 for sounds, MP4 for films.",
    "EPUB names the kinds of files that every e-reader must be able to show. Another one would be a blank, or a broken book.",
    "a picture, sound or film is of a kind that e-readers do not show",
)  # fmt: skip
HANDOUT_LEFT_OUT = message("L468", WARNING,
    "a book holds no files to download: {name} is named where a link to it stood",
    "Give learners the file in another way, or use site, scorm12, moodle or canvas.",
    "E-readers open pages and show pictures; most of them cannot hand a file on. Everything else of the page is in the book.",
    "a file to download is not in the book",
)  # fmt: skip
QUIZZES_ON_PAPER = message("L469", INFO,
    "the book has the questions of its quizzes ({count}) to read, without answers; nothing is graded",
    "Use another format where quizzes count.",
    "E-readers run no scripts, so a quiz is as on paper: with room to write, and letters for the options.",
    "the quizzes of a book are questions to read",
)  # fmt: skip
