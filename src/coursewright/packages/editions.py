"""SCORM 2004's second edition as its schema would have it: the third's, which came two years later, knows it all but
for two things. The namespaces of manifest, sequencing and navigation are the same."""

from __future__ import annotations

import re

from coursewright.packages.kinds import SECOND_EDITION, THIRD_EDITION, Recognised
from coursewright.text.patterns import later

_VERSION = later(rb">(\s*)%b(\s*)<" % re.escape(SECOND_EDITION.encode()))
# Whether a SCO keeps its state, which the third edition took away again.
_PERSISTENCE = later(rb"\s[\w.-]{1,40}:persistState\s{0,9}=\s{0,9}(?:\"[^\"<]*\"|'[^'<]*')")


def manifest_to_judge(found: Recognised) -> bytes:
    """Return a manifest as the schema of its kind reads it, each line in its place."""
    if found.kind.edition != SECOND_EDITION:
        return found.document
    renamed = _VERSION.sub(rb">\g<1>%b\g<2><" % THIRD_EDITION.encode(), found.document)
    return _PERSISTENCE.sub(lambda attribute: b"\n" * attribute[0].count(b"\n") or b" ", renamed)
