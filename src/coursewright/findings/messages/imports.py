"""S120 to S123: what is damaged in a package whose course is read back."""

from __future__ import annotations

from coursewright.findings.messages.catalogue import ERROR, message

ELEMENT_DAMAGED = message("S120", ERROR,
    "the {kind} '{title}' could not be read: {reason}",
    "Export the course again, or write this part anew: a page stands in its place.",
    "One damaged part of a package does not keep the rest of its course from being read.",
    "something in a package is damaged, and a page stands in its place",
)  # fmt: skip
