"""D630 to D639: whose records a release would lose; S086 to S089: what a release or its sums say wrongly."""

from __future__ import annotations

from coursewright.findings.messages.catalogue import ERROR, INFO, WARNING, message

UNIT_RENEWED = message("D630", ERROR,
    "“{unit}” was {before} and is now {now}: to an LMS it is a different unit",
    "Give the unit its old id again, and its course the old name. Or, if it is meant, release with --allow D630.",
    "An LMS matches records to units by identifier alone. What learners did in the unit would be lost.",
    "a unit has a new identity",
)  # fmt: skip
UNIT_WITHDRAWN = message("D631", ERROR,
    "“{unit}” is no longer in the course",
    "Keep the unit as long as its records count. Or, if it is meant, release with --allow D631.",
    "Importing the package again deletes the unit in most LMSs, together with what learners did there.",
    "a unit is no longer in the course",
)  # fmt: skip
UNIT_REPLACED = message("D632", ERROR,
    "{identity} was “{before}” and is now “{now}”: learners' records of the one would count for the other",
    "Give each unit its own id again. Never reuse the id of one unit for another.",
    "An LMS matches records by identifier alone, so learners would be credited with work they never did.",
    "the id of a unit now belongs to another unit",
)  # fmt: skip
WORK_RENEWED = message("D633", ERROR,
    "“{work}” in “{unit}” is the same work under another identifier ({before}, now {now})",
    "Give it its old name again, and a quiz the wording of its first three questions. Or, if it is meant, release with --allow D633.",
    "In Canvas the old work stays with its grades, and learners are asked to hand it in again.",
    "graded work has a new identifier",
)  # fmt: skip
WORK_WITHDRAWN = message("D634", WARNING,
    "“{work}” ({kind}) is no longer in “{unit}”",
    "After the import into Canvas, delete it there by hand, or leave it out of the final grade.",
    "Canvas deletes nothing: it stays, with its submissions and grades, and still counts.",
    "graded work is no longer in a unit",
)  # fmt: skip
FORMAT_WITHDRAWN = message("D635", WARNING,
    "“{course}” is not in this release in the format {format}",
    "Build it with --format {format}, too, or tell those who use that package.",
    "Whoever uses that package gets no further updates.",
    "a course is no longer released in a format",
)  # fmt: skip
IDENTIFIER_CHANGED = message("D636", ERROR,
    "“{what}” has another identifier in {format}: {before}, now {now}",
    "Release with the version of coursewright that made the earlier release, and report this.",
    "An LMS matches records by identifier alone. With another one it takes the same thing for a new one.",
    "the same unit has another identifier in a format",
)  # fmt: skip
COURSE_WITHDRAWN = message("D637", ERROR,
    "the course “{course}” is no longer in this release",
    "Name its source again, or give the course its old name. Or, if it is meant, release with --allow D637.",
    "An LMS knows a course by an identifier that is made from its name. Whoever uses it gets no further updates.",
    "a course is no longer released",
)  # fmt: skip
SURROUNDINGS_CHANGED = message("D638", INFO,
    "entries ({count}) differ only in what stands on every page, such as a map or a version",
    "Nothing to do.",
    "What learners read and do in them has stayed the same.",
    "only what stands on every page differs",
)  # fmt: skip
RELEASE_UNREADABLE = message("S086", ERROR,
    "the identities of the earlier release could not be read: {reason}",
    "Give the folder of a release, or its identities.json. For the first release, leave --since out.",
    "Without them nobody can say whose records the new release would lose.",
    "the identities of the earlier release could not be read",
)  # fmt: skip
SUM_DIFFERS = message("S087", ERROR,
    "the file is not the one that SHA256SUMS was made for",
    "Download it again, or build it again.",
    "It was changed or damaged after it was built.",
)  # fmt: skip
SUM_WITHOUT_FILE = message("S088", ERROR,
    "SHA256SUMS lists the file '{name}', which is not there",
    "Put the file back, or build again.",
    "The release is incomplete.",
    "SHA256SUMS lists a file that is not there",
)  # fmt: skip
SUMS_UNREADABLE = message("S089", ERROR,
    "the line cannot be read as a checksum and a name",
    "Build again; coursewright writes SHA256SUMS with every build.",
    "Nothing can be said about a file whose checksum is not known.",
    "a line of SHA256SUMS cannot be read",
)  # fmt: skip
