"""A folder of packages, some of them unpacked."""

from pathlib import Path

from packages import SMALL, zipped


def make(folder: Path) -> None:
    (folder / "all" / "unpacked").mkdir(parents=True)
    for name, content in SMALL.items():
        (folder / "all" / "unpacked" / name).write_bytes(content)
    zipped(folder / "all" / "one.zip")
    zipped(folder / "all" / "two.imscc")
    (folder / "all" / "readme.txt").write_text("two packages")
