"""Files that a restore leaves behind: not named by their activity, of an unknown area, of no activity, and not there."""

from pathlib import Path

from backups import backup
from packages import zipped

HEAD = b'<?xml version="1.0" encoding="UTF-8"?>'
PAGE = b'<activity contextid="7"><page><name>Maps</name><content>%s</content></page></activity>'
SHOWN = b" ".join(b'&lt;img src="@@PLUGINFILE@@/%s"&gt;' % name for name in (b"a.png", b"b%20c.png", b"none.png"))
FILE = (
    '<file id="{}"><contenthash>{}</contenthash><contextid>{}</contextid><component>mod_page</component>'
    "<filearea>{}</filearea><itemid>0</itemid><filepath>/</filepath><filename>{}</filename></file>"
)
STORED = "11f6ad8ec52a2984abaafd7c3b516503785c2072"  # the SHA-1 of an x


def make(folder: Path) -> None:
    listed = [
        (1, 7, "content", "a.png"),
        (2, 7, "content", "b c.png"),
        (3, 7, "pictures", "d.png"),
        (4, 99, "content", "e.png"),
    ]
    files = "".join(FILE.format(number, STORED, context, area, name) for number, context, area, name in listed)
    documents = {
        "files.xml": f"<files>{files}</files>".encode(),
        f"files/11/{STORED}": b"x",
        "activities/page_10/page.xml": PAGE % SHOWN,
        "activities/page_10/inforef.xml": b"<inforef><fileref><file><id>1</id></file><file><id>3</id></file></fileref></inforef>",
        **{f"activities/page_{number}/page.xml": b'<activity contextid="%d"/>' % number for number in (11, 20, 21)},
    }
    found = backup(documents=documents)
    zipped(folder / "a.mbz", {**found, "moodle_backup.xml": HEAD + found["moodle_backup.xml"]})
