"""A link to a unit of another course."""

from authored import prose_page, unit

from coursewright.course.assets import ToUnit
from coursewright.course.model import Course, Step
from coursewright.course.values import Identity

HIVE = Identity("beekeeping", "hive")
PAGE = prose_page(
    "page-1",
    "Bees",
    "bees.md",
    "See [honey](honey.md).",
    targets={"honey.md": ToUnit(Identity("beekeeping", "honey"), "page-1")},
)
COURSE = Course("bees", "Bees", (Step(unit(HIVE, "Hive", (PAGE,))),))
FORMAT = "markdown"
