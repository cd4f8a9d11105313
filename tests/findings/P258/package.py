"""Moodle backups whose parts wait in a circle, and some that only look so."""

from pathlib import Path

from backups import waiting, written

ANY = '{"op":"|","c":[{"type":"completion","cm":21,"e":1},{"type":"completion","cm":10,"e":1}],"show":true}'


def make(folder: Path) -> None:
    written(folder / "inside.mbz", restrictions={"2": waiting("10", "21")})
    written(folder / "round.mbz", restrictions={"10": waiting("20"), "20": waiting("11"), "11": waiting("10")})
    written(folder / "neither.mbz", restrictions={"10": ANY, "21": waiting("10")})
    written(
        folder / "graded.mbz", restrictions={"2": '{"op":"|","c":[{"type":"grade","id":520,"min":5}],"show":false}'}
    )
    written(folder / "or.mbz", restrictions={"2": ANY})
    written(folder / "not.mbz", restrictions={"2": waiting("20").replace('"&"', '"!|"')})
    written(folder / "incomplete.mbz", restrictions={"2": waiting("20").replace('"e":1', '"e":0')})
    written(folder / "chain.mbz", restrictions={"2": waiting("10", "11"), "21": waiting("20"), "11": waiting("10")})
