"""Questions that are drawn by chance, which cartridges cannot do."""

from quizzing import BANK, course, quiz_of, unit

COURSE, FORMAT = course(unit("first", quiz_of(BANK))), "cc12"
