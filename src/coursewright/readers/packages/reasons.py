"""Why something of a package is not kept as it was, where several readers say so."""

from __future__ import annotations

TOOL = "an external tool becomes a link to its address, without its keys: only its LMS can start it"
NO_TOOL = "an external tool without an address"
NO_ADDRESS = "it has no address on the web"
NO_FILE = "it is empty, or cannot be read"
NO_DATES = "no course here has dates"
HEADS = "its words stand before the titles of what follows"
AS_QUESTIONS = "a quiz here counts for the points of its questions together"
ABOVE = "nothing but sections stands in it: its title stands before theirs"
FOR_STAFF = "it is hidden there: here it is for staff, and left out where that is not asked for"
TOGETHER = "the parts of a unit here open together"
NOTHING_KEPT = "nothing stands in it that could be kept"
