"""More pages than a learner's state has room for."""

from authored import prose_page, unit

from coursewright.course.identifiers import part_key
from coursewright.course.model import Course, Step
from coursewright.course.values import Identity

PAGES = tuple(prose_page(part_key("page", f"{n}"), f"Bee {n}", f"{n}.md", f"It is bee {n}.") for n in range(900))
COURSE = Course("bees", "Bees", (Step(unit(Identity("bees", "bees"), "Bees", PAGES)),))
FORMAT = "scorm12"
