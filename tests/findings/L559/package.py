"""Pages in Latin-1 that say nothing, or UTF-8; one in UTF-8 that says nothing; and two that say what they are."""

from pathlib import Path

from cartridges import COURSE, PAGE_FILE
from packages import zipped


def make(folder: Path) -> None:
    pages = {
        "silent": ("", "latin-1"),
        "wrong": ('<meta charset="utf-8">', "latin-1"),
        "unsaid": ("", "utf-8"),
        "right": ('<meta charset="utf-8">', "utf-8"),
        "older": ('<meta charset="iso-8859-1">', "latin-1"),
    }
    text = COURSE[PAGE_FILE].decode().replace("<p>", "<p>Caf\N{LATIN SMALL LETTER E WITH ACUTE} ", 1)
    for name, (meta, encoding) in pages.items():
        content = text.replace("<head>", f"<head>{meta}", 1).encode(encoding)
        zipped(folder / f"{name}.zip", {**COURSE, PAGE_FILE: content})
