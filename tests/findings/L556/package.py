"""A link to nothing and to another kind, content and grades that are missing, a section twice, a question bare."""

from pathlib import Path

from backups import backup
from packages import zipped

HEAD = b'<?xml version="1.0" encoding="UTF-8"?>'
LINKS = "$@PAGEVIEWBYID*99@$ $@QUIZVIEWBYID*11@$ $@PAGESVIEWBYID*11@$ $@PAGEVIEWBYID*11@$ $@COURSEVIEWBYID*1@$"
PAGE = '<activity contextid="1{0}"><page><name>Page {0}</name><content>{1}</content></page></activity>'
MODULE = b"<module><completionview>0</completionview>%s</module>"
SECTION = (
    b"<section><summaryformat>1</summaryformat><visible>1</visible><number>1</number><sequence>%s</sequence></section>"
)
BARE = (
    "<question_categories><question_category><contextid>7</contextid><question_bank_entries><question_bank_entry>"
    "<question><name>Which?</name><questiontext>Which?</questiontext><generalfeedback/><qtype>multichoice</qtype>"
    "</question></question_bank_entry></question_bank_entries></question_category></question_categories>"
)


def make(folder: Path) -> None:
    documents = {
        "activities/page_10/page.xml": PAGE.format(10, LINKS).encode(),
        "activities/page_11/page.xml": b'<activity contextid="111"><page><name>Page 11</name></page></activity>',
        "activities/page_20/page.xml": PAGE.format(20, "Read.").encode(),
        "activities/page_21/page.xml": PAGE.format(21, "Read.").encode(),
        "activities/page_20/module.xml": MODULE % b"<modulename>url</modulename><completion>9</completion>",
        "activities/page_21/module.xml": (
            MODULE % b"<completion>2</completion><completiongradeitemnumber>0</completiongradeitemnumber>"
            b"<groupingid>999</groupingid>"
        ),
        "sections/section_1/section.xml": SECTION % b"10,11",
        "sections/section_2/section.xml": SECTION % b"20,21",
        "questions.xml": BARE.encode(),
    }
    found = backup(documents=documents)
    zipped(folder / "a.mbz", {**found, "moodle_backup.xml": HEAD + found["moodle_backup.xml"]})
