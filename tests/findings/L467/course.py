"""A picture in BMP, which a browser shows and an e-reader does not."""

from authored import prose_page, unit

from coursewright.course.assets import Asset, ToFile
from coursewright.course.model import Course, Step
from coursewright.course.values import Identity

PICTURE = Asset("img/hive.bmp", "hive.bmp", "hive.bmp", "1" * 64, 60, "image/bmp", held=b"BM" + bytes(58))
PAGE = prose_page("page-1", "Bees", "bees.md", "![A hive](hive.bmp)", targets={"hive.bmp": ToFile(PICTURE)})
COURSE = Course("bees", "Bees", (Step(unit(Identity("bees", "bees"), "Bees", (PAGE,))),))
FORMAT = "epub"
