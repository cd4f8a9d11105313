"""A quiz in a book."""

from authored import asking, prose_page, unit

from coursewright.course.model import Course, Step
from coursewright.course.values import Identity

PAGE = prose_page("page-1", "Bees", "bees.md", "They fly.")
COURSE = Course("bees", "Bees", (Step(unit(Identity("bees", "bees"), "Bees", (PAGE, asking("Exam", "exam.md")))),))
FORMAT = "epub"
