"""A restriction that only a plugin knows."""

from pathlib import Path

from backups import written


def make(folder: Path) -> None:
    written(folder / "a.mbz", restrictions={"2": '{"op":"|","c":[{"type":"wobble","x":1}],"show":true}'})
