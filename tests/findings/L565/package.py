"""What is open until a day before the backup was made, alone or among others, and what may open all the same."""

import re
from pathlib import Path

from moodle_course import COURSE
from packages import zipped

GATE = '<availability>{"op":"%s","c":[%s],%s}</availability>'
OVER = '{"type":"date","d":"&lt;","t":1700000000}'
LATER = '{"type":"date","d":"&lt;","t":4000000000}'
DONE = '{"type":"completion","cm":2,"e":1}'
BOOK, LABEL, CHOICE = (f"activities/{name}/module.xml" for name in ("book_2", "label_7", "choice_3"))


def changed(**gates: str) -> dict[str, bytes]:
    files = dict(COURSE)
    for name, gate in ((BOOK, gates.get("book")), (LABEL, gates.get("label")), (CHOICE, gates.get("choice"))):
        files[name] = re.sub(rb"<availability>[^<]*</availability>", (gate or "").encode(), files[name])
    files[BOOK] = re.sub(rb"<completion>.", b"<completion>1", files[BOOK])
    listed = re.sub(rb"<backup_date>[^<]*</backup_date>", b"", files["moodle_backup.xml"])
    files["moodle_backup.xml"] = listed.replace(b"<information>", b"<information><backup_date>1750000000</backup_date>")
    return files


def all_of(*conditions: str) -> str:
    return GATE % ("&amp;", ",".join(conditions), f'"showc":[{",".join("true" for _ in conditions)}]')


def make(folder: Path) -> None:
    zipped(folder / "one.mbz", changed(book=all_of(OVER), label=all_of(DONE)))
    zipped(folder / "two.mbz", changed(book=all_of(OVER, LATER), choice=all_of(OVER)))
    zipped(folder / "later.mbz", changed(book=all_of(LATER)))
    zipped(folder / "either.mbz", changed(book=GATE % ("|", f"{OVER},{DONE}", '"show":true')))
    zipped(folder / "after.mbz", changed(book=GATE % ("!|", OVER, '"showc":[true]')))
