"""What stops Moodle: a map, a long title, an empty page, a quiz without a question, one shown twice, a schema, a backup."""

from pathlib import Path

from backups import backup
from cartridges import ITEM, PAGE, cartridge, choice, question, quiz, resource
from packages import ITEM as SCORM_ITEM
from packages import SMALL, manifest, zipped

HEAD = b'<?xml version="1.0" encoding="UTF-8"?>'
UNFIT = b"<activity><page><name>" + b"One" * 99 + b"</name></page></activity>"
WORD = b"<module><modulename>page</modulename><completion>yes</completion></module>"
QUIZ = "imsqti_xmlv1p2/imscc_xmlv1p1/assessment"


def sound(documents: dict[str, bytes]) -> dict[str, bytes]:
    files = backup(documents={"questions.xml": b"<question_categories/>", "course/roles.xml": b"<roles/>", **documents})
    return {**files, "moodle_backup.xml": HEAD + files["moodle_backup.xml"]}


def make(folder: Path) -> None:
    essay, (answers, right) = question("E"), choice("yes", "no", right="yes")
    quizzes = {"empty": quiz(), "asked": quiz(question("T", "true_false", answers, right)), "twice": quiz(essay)}
    for name, content in quizzes.items():
        items = f'{ITEM}<item identifier="B" identifierref="Q"><title>Quiz</title></item>'
        items += '<item identifier="C" identifierref="Q"><title>Again</title></item>' if name == "twice" else ""
        document = cartridge(items, resource("Q", QUIZ, "q.xml"))
        zipped(folder / f"{name}.zip", {"imsmanifest.xml": document, "a.html": PAGE, "q.xml": content})
    blank = PAGE.replace(b"<p>One.</p>", b"")
    zipped(folder / "page.zip", {"imsmanifest.xml": cartridge(), "a.html": blank})
    document = cartridge(resources=resource("1", "webcontent", "a.html"))
    zipped(folder / "schema.zip", {"imsmanifest.xml": document, "a.html": PAGE})
    document = manifest(SCORM_ITEM.replace("One", "One" * 99))
    zipped(folder / "title.zip", {**SMALL, "imsmanifest.xml": document})
    sequencing = '<{0}:sequencing xmlns:{0}="http://www.imsglobal.org/xsd/imsss"><{0}:objectives><{0}:objective><{0}:mapInfo/></{0}:objective></{0}:objectives></{0}:sequencing>'
    for prefix in ("imsss", "ims2"):
        document = manifest(SCORM_ITEM.replace("</item>", f"{sequencing.format(prefix)}</item>"))
        zipped(
            folder / f"map-{prefix}.zip",
            {**SMALL, "imsmanifest.xml": document.replace(b"adlcp_rootv1p2", b"adlcp_v1p3")},
        )
    contents = "<contents><course><directory>course</directory></course><activities><activity><moduleid>1</moduleid><modulename>page</modulename><directory>activities/page_1</directory></activity></activities></contents>"
    lacking = (
        f'<?xml version="1.0" encoding="UTF-8"?><moodle_backup><information>{contents}</information></moodle_backup>'
    )
    zipped(folder / "backup.mbz", {"moodle_backup.xml": lacking.encode(), "questions.xml": b"<question_categories/>"})
    none = cartridge(ITEM.replace("One", "$@NULL@$"))
    zipped(folder / "none.zip", {"imsmanifest.xml": none, "a.html": PAGE})
    zipped(folder / "long.zip", {"imsmanifest.xml": cartridge(ITEM.replace("One", "One" * 99)), "a.html": PAGE})
    for name, content in {
        "nothing": b"",
        "comment": b"<!-- one -->",
        "space": PAGE.replace(b"One.", b"&#160;"),
    }.items():
        zipped(folder / f"{name}.zip", {"imsmanifest.xml": cartridge(), "a.html": content})
    waits = {"column": ("page.xml", UNFIT), "number": ("module.xml", WORD)}
    for name, (document, content) in waits.items():
        zipped(folder / f"{name}.mbz", sound({f"activities/page_10/{document}": content}))
    setting = (
        b"<settings><setting><level>activity</level><activity>page_99</activity></setting></settings></information>"
    )
    files = sound({})
    listed = files["moodle_backup.xml"].replace(b"</information>", setting)
    zipped(folder / "setting.mbz", {**files, "moodle_backup.xml": listed})
