"""Restrictions that nobody ever meets: by what completes nothing, is passed by nobody, is hidden, and by contradictions."""

from pathlib import Path

from backups import backup, written
from packages import zipped

HEAD = b'<?xml version="1.0" encoding="UTF-8"?>'
MODULE = "<module><completion>{}</completion><completionview>0</completionview><visible>{}</visible>{}<availability>{}</availability></module>"
DONE = '{"type":"completion","cm":%s,"e":%s}'

FIELD = '{"type":"profile","sf":"city","op":"isequalto","v":"%s"}'

WORK = """<activity><assign><completionsubmit>1</completionsubmit><plugin_configs><plugin_config>
<subtype>assignsubmission</subtype><name>enabled</name><value>{}</value></plugin_config></plugin_configs></assign></activity>"""


def all_of(*conditions: str, op: str = "&") -> str:
    showing = f'"showc":[{",".join("true" for _ in conditions)}]' if op == "&" else '"show":true'
    return f'{{"op":"{op}","c":[{",".join(conditions)}],{showing}}}'


def make(folder: Path) -> None:
    date = '{"type":"date","d":"%s","t":%d}'
    impossible = {
        "idle": all_of(DONE % (10, 1)),
        "passed": all_of(DONE % (10, 2)),
        "failed": all_of(DONE % (11, 3)),
        "hidden": all_of(DONE % (20, 1)),
        "both": all_of(DONE % (11, 1), DONE % (11, 0)),
        "times": all_of(date % (">=", 1900000000), date % ("<", 1800000000)),
        "most": all_of('{"type":"grade","id":511,"min":101}'),
        "range": all_of('{"type":"grade","id":511,"min":60,"max":50}'),
        "neither": all_of(DONE % (11, 1), DONE % (11, 0), op="!|").replace('"show":true', '"showc":[true,true]'),
        "fields": all_of(FIELD % "Rome", FIELD % "Paris"),
        "either": all_of(DONE % (10, 1), DONE % (10, 2), op="|"),
    }
    possible = {
        "one": all_of(DONE % (10, 1), DONE % (11, 1), op="|"),
        "then": all_of(date % (">=", 1800000000), date % ("<", 1900000000)),
        "undone": all_of(DONE % (10, 0)),
        "grade": all_of('{"type":"grade","id":511,"min":100}'),
        "notboth": all_of(DONE % (11, 1), DONE % (11, 0), op="!&"),
        "field": all_of(FIELD % "Rome", FIELD % "Rome"),
        "viewed": all_of(DONE % (11, 1)),
    }
    for name, restriction in {**impossible, **possible}.items():
        documents = {
            "activities/page_10/module.xml": MODULE.format(2, 1, "", "").encode(),
            "activities/page_20/module.xml": MODULE.format(1, 0, "", "").encode(),
        }
        documents |= {"activities/page_11/module.xml": MODULE.format(2, 1, "", "").replace("w>0<", "w>1<").encode()}
        written(folder / f"{name}.mbz", restrictions={"21": restriction}, documents=documents)
    for name, value in (("work", 0), ("handed", 1)):
        files = backup(
            {"21": all_of(DONE % (10, 1))}, documents={"activities/page_10/assign.xml": WORK.format(value).encode()}
        )
        listed = files["moodle_backup.xml"].replace(b"<modulename>page", b"<modulename>assign", 1)
        zipped(folder / f"{name}.mbz", {**files, "moodle_backup.xml": HEAD + listed})
