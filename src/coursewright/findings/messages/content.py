"""S07x to S09x: what a document of a folder holds, and where its links and pictures lead."""

from __future__ import annotations

from coursewright.findings.messages.catalogue import ERROR, INFO, WARNING, message

FRONT_MATTER_INVALID = message("S070", WARNING,
    "the front matter is not {form} that can be read, so only its plain lines were used: {reason}",
    "Put a value that contains a colon or another special character between quotation marks.",
    "A title, an order or a prerequisite that cannot be read would be missing without anyone noticing.",
)  # fmt: skip
