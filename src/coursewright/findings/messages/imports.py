"""S120 to S129: courses that are read back from packages."""

from __future__ import annotations

from coursewright.findings.messages.catalogue import ERROR, INFO, WARNING, message

ELEMENT_UNREADABLE = message("S120", ERROR,
    "the {kind} '{title}' was left out: {reason}",
    "Export the package again, or add what is missing by hand.",
    "One damaged part of a package does not keep the rest of its course from being read.",
    "something in the package could not be read, and was left out",
)  # fmt: skip
ELEMENTS_DROPPED = message("S121", WARNING,
    "left out ({kind}, {count}): {why}: {names}",
    "import-report.json lists each of them.",
    "A package can hold more than a course here can say.",
    "something in the package has no place in a course here, and was left out",
)  # fmt: skip
ELEMENTS_CHANGED = message("S122", INFO,
    "changed ({kind}, {count}): {why}: {names}",
    "Look at what became of them; import-report.json lists each.",
    "What a course here says in another way is kept as far as it can be.",
    "something in the package was kept in another form",
)  # fmt: skip
REFERENCES_BROKEN = message("S123", WARNING,
    "links that lead to nothing in the package ({count}): {names}; what they say was kept",
    "Write the links anew, or add what is missing.",
    "Links to what was deleted stay on pages for years, and only show when somebody follows them.",
    "links in the package lead to nothing in it",
)  # fmt: skip
