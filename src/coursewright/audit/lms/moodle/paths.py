"""How long the names of files may be that Moodle stores: a folder and a name have a column each."""

from __future__ import annotations

from collections.abc import Iterator

from coursewright.audit.lms.moodle.limits import LONGEST
from coursewright.findings import messages
from coursewright.findings.finding import Finding
from coursewright.packages.documents.reading import place_of
from coursewright.packages.subject import Subject

_MOST_NAMED = 20


def long_paths(subject: Subject) -> Iterator[Finding]:
    """Yield a finding for each file whose folder, or whose name, does not fit into its column."""
    count = 0
    for path in subject.container.sizes:
        folder, _, name = path.rpartition("/")
        around = f"/{folder}/" if folder else "/"
        for what, text in (("folder", around), ("file name", name)):
            if len(text) > LONGEST and (count := count + 1) <= _MOST_NAMED:
                reason = f"a {what} has {len(text)} characters, and there is room for {LONGEST}: {text[:40]}…"
                place = place_of(path, subject.container)
                yield messages.MOODLE_STOPS.at(place, reason=reason, remedy="shorten it")
