"""A sheet to download."""

from authored import prose_page, unit

from coursewright.course.assets import Asset, ToFile
from coursewright.course.model import Course, Step
from coursewright.course.values import Identity

SHEET = Asset("files/plan.pdf", "plan.pdf", "plan.pdf", "2" * 64, 15, "application/pdf", held=b"%PDF-1.4\n%%EOF\n")
PAGE = prose_page("page-1", "Bees", "bees.md", "[The plan](plan.pdf)", targets={"plan.pdf": ToFile(SHEET)})
COURSE = Course("bees", "Bees", (Step(unit(Identity("bees", "bees"), "Bees", (PAGE,))),))
FORMAT = "epub"
