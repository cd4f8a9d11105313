"""Restrictions that are no JSON, or not what Moodle reads."""

from pathlib import Path

from backups import waiting, written

SOUND = waiting("10")


def _of(condition: str) -> str:
    return f'{{"op":"&","c":[{condition}],"showc":[true]}}'


def make(folder: Path) -> None:
    for name, restriction in {
        "broken": SOUND[:40],
        "deep": "[" * 40_000,
        "long": " " * 9 + "[" * 60_000,
        "list": "[]",
        "operator": SOUND.replace('"&"', '"and"'),
        "conditions": '{"op":"&","showc":[]}',
        "condition": '{"op":"|","c":["10"],"show":true}',
        "nested": '{"op":"|","c":[' + '{"op":"&","c":[' * 30 + "]}" * 30 + '],"show":true}',
        "shown": SOUND.replace("[true]", "[]"),
        "show": waiting("10", op="|").replace("true", '"yes"'),
        "lacks": SOUND.replace(',"e":1', ""),
        "number": SOUND.replace("10", '"ten"'),
        "group": _of('{"type":"group","id":"10"}'),
        "grouping": _of('{"type":"grouping"}'),
        "value": _of('{"type":"profile","sf":"city","op":"isequalto"}'),
        "no-value": _of('{"type":"profile","sf":"city","op":"isempty","v":""}'),
        "sound": SOUND,
        "sound-group": _of('{"type":"group"}'),
        "sound-grouping": _of('{"type":"grouping","activity":true}'),
        "sound-profile": _of('{"type":"profile","sf":"city","op":"isempty"}'),
    }.items():
        written(folder / f"{name}.mbz", restrictions={"2": restriction})
