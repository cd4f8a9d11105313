"""S124: packages that cannot be read back as courses."""

from __future__ import annotations

from coursewright.findings.messages.catalogue import ERROR, message

PACKAGE_NOT_READ = message("S124", ERROR,
    "a {kind} cannot be read as a course",
    "Export the course in another form; `coursewright inspect` shows what is in this one.",
    "Only packages whose parts are understood can become something else.",
    "a package of this kind cannot be read as a course",
)  # fmt: skip
