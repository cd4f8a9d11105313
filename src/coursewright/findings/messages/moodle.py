"""P330 to P335: backups of Moodle, what they list and what waits for what."""

from __future__ import annotations

from coursewright.findings.messages.catalogue import ERROR, INFO, WARNING, message

SEQUENCE_NAMES_OTHERS = message(
    "P330", INFO, "the sequence of {section} lists what the backup does not hold: {numbers} ({count} activities)",
    "Nothing to do if they were left out of the backup on purpose; else make the backup anew.",
    "Moodle restores the course without them.",
)  # fmt: skip
SEQUENCE_LACKS = message(
    "P331", INFO, "{activity} is not in the sequence of {section}, where it lies",
    "Write its number into the <sequence> of section.xml.",
    "The sequence is the order that learners see; Moodle puts what is not in it at the end, or leaves it out.",
)  # fmt: skip
RESTRICTION_UNREADABLE = message(
    "P332", ERROR, "what {item} waits for cannot be read: {reason}",
    "Correct the JSON, or remove the restriction.",
    "Moodle stops at it in the restore, or keeps it closed to everyone.",
)  # fmt: skip
CONDITION_DANGLES = message(
    "P333", ERROR, "{item} waits for {what}, which the backup does not hold",
    "Remove the restriction, or make a backup that holds it.",
    "Moodle says that what is waited for is missing, and the restriction is never met.",
)  # fmt: skip
CONDITION_UNKNOWN = message(
    "P334", WARNING, "{item} has a restriction of the type '{type}', which is none of Moodle's own",
    "See that the plugin is there where the backup is restored, or remove the restriction.",
    "Without the plugin Moodle does not know for whom it opens.",
)  # fmt: skip
COMPLETION_NOT_TRACKED = message(
    "P335", WARNING, "{item} waits until {activity} is complete, and its completion is not tracked",
    "Set its completion in module.xml: 1 for by hand, 2 for by conditions.",
    "It is never complete, so what waits for it never opens.",
)  # fmt: skip
