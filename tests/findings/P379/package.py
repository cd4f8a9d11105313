"""Titles and questions whose letters were read in another encoding, and such that only look odd."""

from pathlib import Path

from cartridges import COURSE, ITEM, PAGE, QUESTIONS, cartridge
from packages import zipped


def make(folder: Path) -> None:
    titles = {"garbled": "CafÃ©", "quote": "itâ€™s", "lost": "Caf\N{REPLACEMENT CHARACTER}", "whole": "Café «A» ©®™ Â"}
    for name, title in titles.items():
        zipped(folder / f"{name}.zip", {"imsmanifest.xml": cartridge(ITEM.replace("One", title)), "a.html": PAGE})
    question = COURSE[QUESTIONS].replace(b"Why?", "Ãœber?".encode())
    zipped(folder / "question.zip", {**COURSE, QUESTIONS: question})
