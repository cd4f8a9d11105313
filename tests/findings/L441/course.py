"""A page that leads to another."""

from authored import prose_page, unit

from coursewright.course.assets import ToUnit
from coursewright.course.model import Course, Step
from coursewright.course.values import Identity

BEES = Identity("bees", "bees")
FIRST = prose_page("page-1", "Bees", "bees.md", "[Next](wasps.md)", targets={"wasps.md": ToUnit(BEES, "page-2")})
SECOND = prose_page("page-2", "Wasps", "wasps.md", "They fly, too.")
COURSE = Course("bees", "Bees", (Step(unit(BEES, "Bees", (FIRST, SECOND))),))
FORMAT = "cc11"
