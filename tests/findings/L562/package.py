"""A choice without options, a feedback of which a question has none, and a lesson that its author hides until it is written."""

from pathlib import Path

from backups import backup
from packages import zipped

HEAD = b'<?xml version="1.0" encoding="UTF-8"?>'
ACTIVITY = '<activity id="1" moduleid="{0}" contextid="1{0}"><{1} id="1{0}"><name>{2}</name>{3}</{1}></activity>'
HIDDEN = b'<module id="20"><modulename>lesson</modulename><visible>0</visible></module>'
BARE = "<items><item><name>How was it?</name><typ>multichoice</typ><presentation>r&gt;&gt;&gt;&gt;&gt;</presentation></item></items>"
KINDS = (
    ("10", "choice", "When?", "<options/>"),
    ("11", "feedback", "How?", BARE),
    ("20", "lesson", "Soon", "<pages/>"),
)


def make(folder: Path) -> None:
    found = backup()
    for number, kind, name, inside in KINDS:
        for one in [one for one in found if one.startswith(f"activities/page_{number}/")]:
            found[one.replace("page_", f"{kind}_").replace("page.xml", f"{kind}.xml")] = found.pop(one)
        found[f"activities/{kind}_{number}/{kind}.xml"] = ACTIVITY.format(number, kind, name, inside).encode()
        was = f"<modulename>page</modulename><title>Page {number}</title><directory>activities/page_{number}<"
        listed = was.replace(">page<", f">{kind}<").replace("page_", f"{kind}_")
        found["moodle_backup.xml"] = found["moodle_backup.xml"].replace(was.encode(), listed.encode())
    found["activities/lesson_20/module.xml"] = HIDDEN
    zipped(folder / "a.mbz", {**found, "moodle_backup.xml": HEAD + found["moodle_backup.xml"]})
