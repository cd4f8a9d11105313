"""Addresses in a manifest that are written for a browser, and one that is no other than the name of its file."""

from pathlib import Path

from cartridges import COURSE, MANIFEST, PAGE_FILE, changed
from packages import zipped


def make(folder: Path) -> None:
    content = COURSE["web_resources/f.pdf"]
    files = {name: one for name, one in COURSE.items() if name != "web_resources/f.pdf"}
    for name, written, called in (
        ("blank", "a%20b", "a b"),
        ("hash", "a%23b", "a#b"),
        ("plain", "a b", "a b"),
        ("sign", "a#b", "a#b"),
    ):
        manifest = files[MANIFEST].replace(b"web_resources/f.pdf", f"web_resources/{written}.pdf".encode())
        page = changed(files, PAGE_FILE, "f.pdf", f"{called.replace(' ', '%20').replace('#', '%23')}.pdf")
        zipped(folder / f"{name}.zip", {**page, MANIFEST: manifest, f"web_resources/{called}.pdf": content})
