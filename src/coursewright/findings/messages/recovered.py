"""S124 to S126: packages that are read back as courses."""

from __future__ import annotations

from coursewright.findings.messages.catalogue import ERROR, INFO, WARNING, message

PACKAGE_NOT_READ = message("S124", ERROR,
    "a {kind} cannot be read as a course",
    "Export the course in another form; `coursewright inspect` shows what is in this one.",
    "Only packages whose parts are understood can become something else.",
    "a package of this kind cannot be read as a course",
)  # fmt: skip
ELEMENT_DROPPED = message("S125", WARNING,
    "the {kind} '{title}' is left out: {why}",
    "Add by hand what learners need of it; import-report.json names everything that was left out.",
    "What cannot be understood is missing from the new course, and somebody has to know.",
    "something in a package is left out of the course",
)  # fmt: skip
ELEMENT_CHANGED = message("S126", INFO,
    "the {kind} '{title}' is not kept as it was: {why}",
    "Look at it in the new course; import-report.json names everything that was changed.",
    "It is in the new course, but something about it is different.",
    "something in a package is different in the course",
)  # fmt: skip
