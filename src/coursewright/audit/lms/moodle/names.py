"""How long names may be that Moodle stores, those of files, too: a folder and a name have a column each."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from coursewright.audit.flaw import Flaw, Where
from coursewright.audit.lms.moodle.limits import LONGEST
from coursewright.audit.lms.moodle.losses import stops
from coursewright.packages.documents.moodle.xml import NULL
from coursewright.packages.subject import Subject

_MOST_NAMED = 20


def too_long(where: Where, what: str, text: str) -> Iterator[Flaw]:
    """Yield the flaw that a name does not fit into its column."""
    if len(text) > LONGEST:
        reason = f"{what} has {len(text)} characters, and there is room for {LONGEST}: {text[:40]}…"
        yield stops(where, reason, "shorten it")


def unfit(where: Where, what: str, text: str) -> Iterator[Flaw]:
    """Yield the same of a title, and the flaw that it is what Moodle reads as none at all."""
    yield from too_long(where, what, text)
    if text.strip() == NULL:
        yield stops(where, f"{what} is '{NULL}', which Moodle reads as no title at all", "write the title")


def long_paths(subject: Subject) -> Iterator[Flaw]:
    """Yield a flaw for each file whose folder, or whose name, does not fit into its column."""
    paths = ((path, *path.rpartition("/")) for path in subject.container.sizes)
    flaws = (
        flaw.within(path)
        for path, folder, _, name in paths
        for what, text in (("a folder", f"/{folder}/".replace("//", "/")), ("a file name", name))
        for flaw in too_long(None, what, text)
    )
    yield from islice(flaws, _MOST_NAMED)
