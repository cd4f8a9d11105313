"""A quiz for staff."""

from authored import asking, prose_page, unit

from coursewright.course.model import Course, Step
from coursewright.course.values import Audience, Identity

PAGE = prose_page("page-1", "Bees", "bees.md", "They fly.")
QUIZ = asking("Key to the exam", "exam.md", audience=Audience.STAFF)
COURSE = Course("bees", "Bees", (Step(unit(Identity("bees", "bees"), "Bees", (PAGE,)), staff_parts=(QUIZ,)),))
FORMAT = "canvas"
