"""P330 to P335, P374 to P375, L562: backups of Moodle, what they list and what waits for what."""

from __future__ import annotations

from coursewright.findings.messages.catalogue import ERROR, INFO, WARNING, message

SEQUENCE_NAMES_OTHERS = message("P330", INFO,
    "the sequence of {section} lists activities ({count}) that are not in the backup: {numbers}",
    "Nothing to do if they were left out on purpose; otherwise create the backup again.",
    "Moodle restores the course without them.",
    "the sequence of a section lists activities that are not in the backup",
)  # fmt: skip
SEQUENCE_LACKS = message("P331", INFO,
    "{activity} belongs to {section}, but is not in its sequence",
    "Add its number to the <sequence> in section.xml.",
    "The sequence is the order that was meant. Moodle restores activities in the order in which moodle_backup.xml lists them.",
    "an activity is not in the sequence of its section",
)  # fmt: skip
RESTRICTION_UNREADABLE = message("P332", ERROR,
    "the restriction on {item} cannot be read: {reason}",
    "Correct the JSON, or remove the restriction.",
    "Moodle stops there during the restore, or keeps it closed to everyone.",
    "a restriction cannot be read",
)  # fmt: skip
CONDITION_DANGLES = message("P333", ERROR,
    "{item} waits for {what}, which is not in the backup{then}",
    "Remove the restriction, or {remedy}.",
    "Moodle shows that something is missing, and the restriction is never met.",
    "a restriction waits for something that is not in the backup",
)  # fmt: skip
CONDITION_UNKNOWN = message("P334", WARNING,
    "{item} has a restriction of the type '{type}', which is not one of Moodle's own",
    "Make sure that the plugin is installed where the backup is restored, or remove the restriction.",
    "Without the plugin, Moodle does not know whom to let in.",
    "a restriction has a type that is not one of Moodle's own",
)  # fmt: skip
COMPLETION_NOT_TRACKED = message("P335", WARNING,
    "{item} waits until {activity} is complete, but its completion is not tracked{then}",
    "Set its completion in module.xml: 1 for manual, 2 for automatic.",
    "It never becomes complete, so whatever waits for it never opens.",
    "a restriction waits for an activity whose completion is not tracked",
)  # fmt: skip
RESTRICTION_IMPOSSIBLE = message("P374", ERROR,
    "{item} never opens: {reason}{then}",
    "Change the restriction, or the completion settings of what it waits for.",
    "Moodle keeps it closed to every learner, whatever they do.",
    "a restriction can never be met",
)  # fmt: skip
FILE_NOT_KEPT = message("P375", WARNING,
    "files.xml lists the file '{file}', but the backup does not contain it ({name})",
    "Create the backup again.",
    "Moodle restores the rest of the course, and leaves this file out. Learners see a broken picture or link.",
    "the backup lists a file that it does not contain",
)  # fmt: skip
MOODLE_SHOWS_NOTHING = message("L562", WARNING,
    "learners find nothing to do in “{title}”: {reason}",
    "Fill it before learners come, or hide it, or remove it. If it was full once, create the backup again.",
    "Moodle restores it as it is, and reports nothing. Learners see an empty page, and of a choice an error.",
    "learners find nothing to do in an activity",
)  # fmt: skip
