"""Titles, questions, pages and texts of a backup whose letters were read in another encoding, and such that only look odd."""

from pathlib import Path

from backups import backup
from cartridges import COURSE, ITEM, PAGE, QUESTIONS, cartridge
from packages import zipped


def make(folder: Path) -> None:
    titles = {"garbled": "CafÃ©", "quote": "itâ€™s", "lost": "Caf\N{REPLACEMENT CHARACTER}", "whole": "Café «A» ©®™ Â"}
    for name, title in titles.items():
        zipped(folder / f"{name}.zip", {"imsmanifest.xml": cartridge(ITEM.replace("One", title)), "a.html": PAGE})
    page = '<html><head><meta charset="utf-8"><title>One</title></head><body>\n<p>CafÃ©</p></body></html>'
    zipped(folder / "page.zip", {"imsmanifest.xml": cartridge(ITEM), "a.html": page.encode()})
    named = '<?xml version="1.0" encoding="ISO-8859-1"?>\n<activity><page><name>Café</name></page></activity>'
    zipped(folder / "declared.mbz", backup(documents={"activities/page_10/page.xml": named.encode()}))
    question = COURSE[QUESTIONS].replace(b"Why?", "Ãœber?".encode())
    zipped(folder / "question.zip", {**COURSE, QUESTIONS: question})
