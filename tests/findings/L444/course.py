"""A page that leads to a unit of another package."""

from authored import prose_page, unit

from coursewright.course.assets import ToUnit
from coursewright.course.model import Course, Step
from coursewright.course.values import Identity

PAGE = prose_page("page-1", "Bees", "bees.md", "[Wasps](w.md)", targets={"w.md": ToUnit(Identity("bees", "wasps"))})
COURSE = Course("bees", "Bees", (Step(unit(Identity("bees", "bees"), "Bees", (PAGE,))),))
FORMAT = "scorm12"
