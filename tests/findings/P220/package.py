"""A zip that claims to hold more than anybody unpacks."""

from pathlib import Path

from packages import claimed


def make(folder: Path) -> None:
    claimed(folder / "course.zip", [(b"a.html", 0, 2**31, 2**31), (b"b.html", 2**31, 2**31, 2**31)])
