"""Restrictions by activities, grades and groups that the backup has not, and by some that it has."""

from pathlib import Path

from backups import waiting, written

OTHERS = """{"op":"&","c":[{"type":"grade","id":510,"min":50},{"type":"grade","id":3,"min":50},{"type":"group"},
{"type":"group","id":7},{"type":"group","id":4},{"op":"|","c":[{"type":"grouping","id":8},{"type":"grouping","id":4}]},
{"type":"date","d":">=","t":1},{"type":"completion","cm":-1,"e":1}],"showc":[true,true,true,true,true,true,true,true]}"""


def make(folder: Path) -> None:
    written(folder / "a.mbz", restrictions={"2": waiting("777", "10"), "21": OTHERS})
