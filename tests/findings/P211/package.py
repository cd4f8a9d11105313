"""A tarball cut off in the middle, and a zip whose directory is said to lie before its beginning."""

from pathlib import Path
from random import Random

from packages import tarred, zipped


def make(folder: Path) -> None:
    cut = tarred(folder / "cut.mbz", {"moodle_backup.xml": b"<x/>", "noise.bin": Random(1).randbytes(5_000)})
    cut.write_bytes(cut.read_bytes()[:3_000])
    moved = zipped(folder / "moved.zip").read_bytes()
    (folder / "moved.zip").write_bytes(moved[:-10] + (0x7FFFFFFF).to_bytes(4, "little") + moved[-6:])
