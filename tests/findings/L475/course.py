"""Two units of one id, in two tracks."""

from dataclasses import replace

from authored import prose_page, unit

from coursewright.course.model import Course, Step
from coursewright.course.values import Identity

ONE = unit(Identity("beekeeping", "hive"), "Hive", (prose_page("page-1", "Bees", "bees.md", "Bees."),))
TWO = replace(ONE, track="building")
COURSE = Course("both", "Both", (Step(ONE), Step(TWO, needs=(ONE,))))
FORMAT = "markdown"
