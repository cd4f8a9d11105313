"""L401 on: what a format loses of a course that is built, and what a theme does to it."""

from __future__ import annotations

from coursewright.findings.messages.catalogue import INFO, WARNING, message

THRESHOLD_NOT_REPORTED = message(
    "L401", INFO, "the threshold in '{text}' cannot become a mastery score: the unit reports no score in {format}",
    "Nothing to do: learners read the threshold, and whoever assesses applies it.",
    "A mastery score only acts on a score that the content itself reports; with none it would never be reached.",
)  # fmt: skip
GATE_TOO_LONG = message(
    "L402", WARNING, "SCORM 1.2 has 200 characters for prerequisites; {left_out} of {id} are not enforced",
    "Require fewer units directly: {id} need not name what its other prerequisites already require.",
    "The schema refuses a longer expression. The learner's page still lists them all.",
)  # fmt: skip
TITLE_CUT = message(
    "L403", WARNING, "the title has {length} characters; {format} has room for {limit}, so the manifest holds a cut one",
    "Shorten the title.",
    "A longer title makes the schema, and the import into Moodle, fail. The page shows it whole.",
)  # fmt: skip
TICKS_NOT_KEPT = message(
    "L404", WARNING, "{format} keeps {limit} characters of a learner's state: only {kept} of {total} ticks are remembered",
    "Split the unit's checklist.",
    "An LMS silently drops state that is longer, and with it the page the learner was on.",
)  # fmt: skip
OBJECTIVES_NOT_LISTED = message(
    "L406", INFO, "SCORM 2004 lists {limit} objectives of a unit, its requirements included: {kept} of {total} are listed",
    "Nothing to do: learners read them all. Fewer and broader objectives make better reports.",
    "An LMS need not keep more than 100 objectives of a unit.",
)  # fmt: skip
LABELS_MISSING = message(
    "L405", WARNING, "{count} labels for the language '{language}' are missing: {rest} are in English",
    "Translate them in labels/{file}.toml of a theme: a copy of our packaging_templates/labels/en.toml.",
    "A screen reader pronounces a page by its one language, so labels in another are hard to understand.",
)  # fmt: skip
CONTRAST_LOW = message(
    "L407", WARNING, "the theme's {colour} ({value}) on {ground} ({on}) has a contrast of {ratio}:1 on {scheme} pages; WCAG asks for {wanted}:1",
    "Take {better}; in lightness the two must be further apart.",
    "Readers with weak eyes, and everyone on a phone in the sun, cannot read it; public institutions may not publish it.",
)  # fmt: skip
GATES_LOST = message(
    "L408", WARNING, "{format} has no sequencing: the units that wait for others ({count}) are open from the start",
    "Take moodle, canvas or scorm12 where the LMS should lock them; here the pages say what comes first.",
    "A cartridge holds an order and no conditions. Learners can begin anywhere.",
)  # fmt: skip
MOODLE_DAMAGES = message(
    "L409", INFO, "Moodle's importer of cartridges damages {what} on: {pages}",
    "For Moodle take the format moodle; other LMSs show it as it is written.",
    "It takes one level of escaping away from every page, so that text such as <name> vanishes, and all of MathML.",
)  # fmt: skip
STAFF_LEFT_OUT = message(
    "L410", WARNING, "{format} cannot hide anything from learners, so the staff material that was asked for is left out",
    "Take moodle, canvas or a cartridge (cc11, cc12, cc13) for it.",
    "What is in a SCORM package can be read by whoever plays it.",
)  # fmt: skip
RULE_LOADS = message(
    "L411", WARNING, "the theme's rules load '{address}', which is not in the package",
    "Put the file into the theme's files/ and name it as theme/NAME; put other rules into theme.css itself.",
    "Pages must work offline and inside an LMS: what comes from elsewhere is missing there, and tells others who reads.",
)  # fmt: skip
WORK_REDUCED = message(
    "L412", INFO, "{format} has no place for {lost}: graded work ({count}) goes without",
    "Take moodle or canvas where these matter; the pages of the work say all of it.",
    "Teachers would look for them after the import.",
)  # fmt: skip
RESTRICTION_CUT = message(
    "L416", WARNING, "{what} waits for {count} activities, but a restriction in Moodle has room for only {most}",
    "Split the unit that has so many activities, or check whether its list was meant as a single one.",
    "Activities with a score to reach are named first, then graded work. Those left out need not be complete before it opens.",
)  # fmt: skip
WITHDRAWN = message(
    "L420", WARNING, "the {kind} “{title}” of an earlier package of this name is not in this one, but stays in Canvas",
    "If the earlier package was imported, delete it in Canvas by hand after importing this one; keep work that has submissions. Later builds repeat this for information only, until report.json is deleted from the output folder.",
    "An import into an existing course adds and overwrites; it deletes nothing but lines of modules. What was renamed, removed or is for staff only now stays where it was, and an old assignment stays in the gradebook.",
)  # fmt: skip
EARLIER_UNKNOWN = message(
    "L421", INFO, "this replaces a package of the same name, and no report.json says what that one held: what stays in Canvas cannot be named",
    "If the earlier one was imported, compare a copy of it with this one by coursewright diff, and delete in Canvas by hand what that names.",
    "Canvas deletes nothing when a newer package is imported. From this build on, report.json records what packages hold.",
)  # fmt: skip
