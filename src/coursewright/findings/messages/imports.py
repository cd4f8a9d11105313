"""S120 to S123: what of a package is damaged, lost or changed when its course is read back."""

from __future__ import annotations

from coursewright.findings.messages.catalogue import ERROR, INFO, WARNING, message

ELEMENT_DAMAGED = message("S120", ERROR,
    "the {kind} '{title}' could not be read: {reason}",
    "Export the course again, or write this part anew: a page stands in its place.",
    "One damaged part of a package does not keep the rest of its course from being read.",
    "something in a package is damaged, and a page stands in its place",
)  # fmt: skip
ELEMENTS_DROPPED = message("S121", WARNING,
    "{count} of the kind '{kind}' left out: {why} ({names})",
    "Add by hand what learners need of it; import-report.json lists each.",
    "A package can hold what no course here can say, and somebody has to know what is missing.",
    "something in a package is left out of the course",
)  # fmt: skip
ELEMENTS_CHANGED = message("S122", INFO,
    "{count} of the kind '{kind}' not kept as it was: {why} ({names})",
    "Look at it in the new course; import-report.json lists each.",
    "It is in the new course, but something about it is different.",
    "something in a package is different in the course",
)  # fmt: skip
LINKS_LOST = message("S123", WARNING,
    "links that lead {why} ({count}), on {pages}",
    "Write these links anew; import-report.json lists each.",
    "They stay on pages for years, and only show when somebody follows them.",
    "links in a package do not lead on in the course",
)  # fmt: skip
