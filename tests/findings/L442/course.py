"""A film that says that it is very large."""

from authored import prose_page, unit

from coursewright.course.assets import Asset, ToFile
from coursewright.course.model import Course, Step
from coursewright.course.values import Identity

FILM = Asset("film.mp4", "film.mp4", "film.mp4", "0" * 64, 300_000_000, "video/mp4", held=b"a film")
PAGE = prose_page("page-1", "Bees", "bees.md", "[A film](film.mp4)", targets={"film.mp4": ToFile(FILM)})
COURSE = Course("bees", "Bees", (Step(unit(Identity("bees", "bees"), "Bees", (PAGE,))),))
FORMAT = "scorm12"
