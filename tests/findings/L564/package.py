"""Activities and sections that wait for a quiz that nobody can take, for what a plugin alone has, and for what has no name."""

import re
from pathlib import Path

from moodle_course import COURSE
from packages import zipped

WAITS = b'<availability>{"op":"&amp;","c":[{"type":"completion","cm":%d,"e":1}],"showc":[true]}</availability>'
BOOK, LABEL = "activities/book_2/module.xml", "activities/label_7/module.xml"
QUIZ, LIST = "activities/quiz_15/quiz.xml", "moodle_backup.xml"


def changed(*edits: tuple[str, bytes, bytes]) -> dict[str, bytes]:
    files = dict(COURSE)
    for name, old, new in edits:
        files[name], count = re.subn(old, new.replace(b"\\", b"\\\\"), files[name], count=1)
        assert count
    return files


def waits(name: str, number: int) -> tuple[str, bytes, bytes]:
    return name, b"<availability>[^<]*</availability>", WAITS % number


def make(folder: Path) -> None:
    lost = (QUIZ, b"entryid>1<", b"entryid>99<")
    by_itself = ("activities/quiz_15/module.xml", b"<completion>.", b"<completion>2")
    by_grade = ("activities/quiz_15/module.xml", b"(<completiongradeitemnumber>)[^<]*", b"<completiongradeitemnumber>0")
    by_hand = ("activities/quiz_15/module.xml", b"<completion>.", b"<completion>1")
    zipped(folder / "quiz.mbz", changed(lost, by_itself, by_grade, waits(BOOK, 15), waits(LABEL, 2)))
    zipped(folder / "ticked.mbz", changed(lost, by_hand, waits(BOOK, 15)))
    zipped(folder / "plugin.mbz", changed((LIST, b"<modulename>wiki", b"<modulename>hvp"), waits(BOOK, 14)))
    zipped(folder / "unnamed.mbz", changed((QUIZ, b"<name>The quiz", b"<name>"), by_itself, waits(BOOK, 15)))
    chosen = ("activities/choice_3/module.xml", b"<completion>.", b"<completion>2")
    hollow = ("activities/choice_3/choice.xml", b"<options>.*</options>", b"<options></options>")
    answered = ("activities/choice_3/choice.xml", b"<timeopen>", b"<completionsubmit>1</completionsubmit><timeopen>")
    zipped(folder / "choice.mbz", changed(hollow, answered, chosen, waits(BOOK, 3)))
