"""What Moodle leaves out: what has no name, is of a plugin, lies in no section; a menu without items, an item without title."""

from pathlib import Path

from backups import backup, waiting
from cartridges import ITEM, PAGE, cartridge
from packages import zipped

UNNAMED = b'<activity contextid="1"><page><name></name><content>One.</content></page></activity>'


def make(folder: Path) -> None:
    locks = {"20": waiting("10"), "21": waiting("11", "20", op="|")}
    files = backup(locks, documents={"activities/page_10/page.xml": UNNAMED})
    listed = files["moodle_backup.xml"]
    listed = listed.replace(
        b"<modulename>page</modulename><title>Page 11", b"<modulename>hvp</modulename><title>Page 11"
    )
    listed = listed.replace(b"<moduleid>20</moduleid><sectionid>2", b"<moduleid>20</moduleid><sectionid>9")
    head = b'<?xml version="1.0" encoding="UTF-8"?>'
    zipped(folder / "backup.mbz", {**files, "moodle_backup.xml": head + listed})
    menus = {"untitled": ITEM.replace("One", ""), "none": "", "one": ITEM}
    for name, items in menus.items():
        zipped(folder / f"{name}.zip", {"imsmanifest.xml": cartridge(items), "a.html": PAGE})
