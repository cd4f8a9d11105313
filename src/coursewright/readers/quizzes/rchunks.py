"""Chunks of R in notebooks: how they open, and whether they are run."""

from __future__ import annotations

import re
from collections.abc import Sequence

CHUNK = re.compile(r"[ \t>]*(?P<mark>`{3,}|~{3,})\s*\{\s*r\b(?P<options>[^{}]*)\}\s*$")
"""The line that opens a chunk; `options` are what it is told."""
_NOT_RUN = re.compile(r"\beval\s*[=:]\s*(?:F|FALSE|false|no)\b")
_SAID_INSIDE = re.compile(r"[ \t]*#\|\s*eval:\s*(?:false|no)\b", re.IGNORECASE)


def is_run(options: str, body: Sequence[str]) -> bool:
    """Say whether a chunk is run, and not only shown, by its options and its first lines."""
    return not _NOT_RUN.search(options) and not any(_SAID_INSIDE.match(line) for line in body[:10])
