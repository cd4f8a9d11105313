"""How long names may be that Moodle stores, those of files, too: a folder and a name have a column each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice

from coursewright.audit.flaw import Flaw, Where
from coursewright.audit.lms.moodle.limits import LONGEST
from coursewright.audit.lms.moodle.losses import stops
from coursewright.packages.documents.moodle.xml import NULL

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


def long_paths(names: Iterable[str]) -> Iterator[Flaw]:
    """Yield a flaw for each file that is stored whose folder, or whose name, does not fit into its column."""
    paths = ((path, *path.rpartition("/")) for path in names)
    flaws = (
        flaw.within(path)
        for path, folder, _, name in paths
        for what, text in (("a folder", f"/{folder}/".replace("//", "/")), ("a file name", name))
        for flaw in too_long(None, what, text)
    )
    yield from islice(flaws, _MOST_NAMED)


def unpacked_in_vain(path: str) -> str:
    """Return why a file is lost where a package is unpacked on a disk, which has names of so many bytes; or ""."""
    longest = max((len(piece.encode("utf-8", "replace")) for piece in path.split("/")), default=0)
    return f"a name in its path has {longest} bytes, and there is room for {LONGEST}" if longest > LONGEST else ""
