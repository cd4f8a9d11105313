"""What was made for a course, as the cache keeps it from one build to the next: the pages of units that stay."""

from __future__ import annotations

import pickle

from coursewright.building.digests import digest
from coursewright.course.model import Course
from coursewright.frozen import frozen
from coursewright.pages.compiled import CompiledTemplates
from coursewright.pages.once import Lasting
from coursewright.writers.writer import WriteOptions

_KIND = "pages"


@frozen
class LastingPages:
    """What lasts of a course, and where it is kept."""

    made: Lasting
    kept: CompiledTemplates
    key: str

    def keep(self) -> None:
        """Keep what this build asked for, where it is not what was kept."""
        if self.made.asked.keys() != self.made.before.keys():
            content = pickle.dumps(self.made.asked, pickle.HIGHEST_PROTOCOL)
            self.kept.keeper.keep(_KIND, self.key, content)


def lasting_pages(
    kept: CompiledTemplates | None, course: Course, options: WriteOptions, names: tuple[str, ...]
) -> LastingPages | None:
    """Return what lasts of a course; `names` say what is in each of its units.

    Of a course in a theme nothing does: whoever makes one changes its files.
    """
    if kept is None or options.theme.folder or len(names) != len(course.units):
        return None
    key = digest(kept.program, course.name, pickle.dumps(options))
    entry = kept.keeper.own(_KIND, key)
    before = pickle.loads(entry) if entry else {}  # noqa: S301 - see Cache.own
    units = {unit.identity: name for unit, name in zip(course.units, names, strict=True)}
    return LastingPages(Lasting(before, units), kept, key)
