"""S07x to S09x: what a document of a folder holds, and where its links and pictures lead."""

from __future__ import annotations

from coursewright.findings.messages.catalogue import ERROR, INFO, WARNING, message

FRONT_MATTER_INVALID = message("S070", WARNING,
    "the front matter is not {form} that can be read, so only its plain lines were used: {reason}",
    "Put a value that contains a colon or another special character between quotation marks.",
    "A title, an order or a prerequisite that cannot be read would be missing without anyone noticing.",
)  # fmt: skip
INCLUDE_MISSING = message("S071", WARNING,
    "what is included here could not be found: {name}",
    "Correct the name of the file, or of the section in it; paths start at the document's own folder.",
    "Learners would miss a part of the page, and nobody would notice.",
)  # fmt: skip
INCLUDE_REFUSED = message("S072", WARNING,
    "{name} was not included: it {reason}",
    "Include only files of the course's own folder, each of them once and of a moderate size.",
    "A document could otherwise bring any file of the computer into a package, or never end.",
)  # fmt: skip
DIRECTIVES_LEFT_OUT = message("S073", WARNING,
    "what only the course's own site generator understands was left out: {what}",
    "Write what learners should read as plain Markdown.",
    "Tags and macros are not for learners, and what they stand for is known to the site generator alone.",
)  # fmt: skip
OUTPUT_NOT_THERE = message("S074", INFO,
    "code that a notebook would run is shown as it is written, without its output",
    "Put output that learners need in the document, or keep its pictures as files.",
    "No code of a course is run while it is read.",
)  # fmt: skip
PAGE_FOR_STAFF = message("S075", INFO,
    "the page is kept for staff, because {reason}",
    "If learners should read it, rename it, or say so in the settings.",
    "Teachers' notes, solutions and answer keys must not reach learners.",
)  # fmt: skip
BLOCKS_FOR_STAFF = message("S076", INFO,
    "{count} for staff, which learners do not get: {what}",
    "If learners should read one of them, write it as an ordinary section.",
    "Notes for instructors and open solutions must not reach learners.",
    "blocks of a page are for staff, and learners do not get them",
)  # fmt: skip
