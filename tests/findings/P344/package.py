"""A zip that holds the package, and one that holds so much else that this is no accident."""

from pathlib import Path

from packages import zipped


def make(folder: Path) -> None:
    zipped(folder / "a.zip", {"readme.txt": b"x", "course.imscc": b"x", "__MACOSX/._course.imscc": b"x"})
    zipped(folder / "b.zip", {f"{number}.zip": b"x" for number in range(20)})
