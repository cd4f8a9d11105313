"""Pictures that Git keeps elsewhere."""

from pathlib import Path

from packages import SMALL, zipped

POINTER = b"version https://git-lfs.github.com/spec/v1\noid sha256:" + b"0" * 64 + b"\nsize 12345\n"


def make(folder: Path) -> None:
    zipped(folder / "a.zip", {**SMALL, "a.png": POINTER, "b.png": POINTER, "c.png": b"x" * len(POINTER)})
