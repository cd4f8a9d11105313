"""A link that is nothing but its address."""

from authored import prose_page, unit

from coursewright.course.assets import ToUnit
from coursewright.course.model import Course, Step
from coursewright.course.values import Identity

HIVE = Identity("beekeeping", "hive")
PAGE = prose_page(
    "page-1",
    "Bees",
    "bees.md",
    "See <https://bees.example/hive>.",
    targets={"https://bees.example/hive": ToUnit(HIVE, "page-1")},
)
COURSE = Course("bees", "Bees", (Step(unit(HIVE, "Hive", (PAGE,))),))
FORMAT = "markdown"
