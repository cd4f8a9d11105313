"""Questions that are asked, and cannot be answered or marked as they should: by their answers, their keys and their gaps."""

from pathlib import Path

from backups import backup
from packages import zipped

HEAD = b'<?xml version="1.0" encoding="UTF-8"?>'
SLOT = (
    "<question_instance><slot>1</slot><page>1</page><question_reference>"
    "<component>mod_quiz</component><questionarea>slot</questionarea><questionbankentryid>{}</questionbankentryid></question_reference></question_instance>"
)
ENTRY = (
    '<question_bank_entry id="{0}"><question_version><question_versions><questions><question id="{0}"><name>Q{0}</name>'
    "<questiontext/><generalfeedback/><qtype>{1}</qtype>{2}</question></questions></question_versions></question_version>"
    "</question_bank_entry>"
)
ANSWER = '<answer id="{0}"><answertext/><feedback/><fraction>{1}</fraction></answer>'


def plugin(kind: str, *fractions: float, more: str = "") -> str:
    answers = "".join(ANSWER.format(number, fraction) for number, fraction in enumerate(fractions))
    return f"<plugin_qtype_{kind}_question><answers>{answers}</answers>{more}</plugin_qtype_{kind}_question>"


def make(folder: Path) -> None:
    many, key, sure = (
        "<multichoice><single>0</single><correctfeedback/><partiallycorrectfeedback/><incorrectfeedback/></multichoice>",
        "<truefalse><trueanswer>0</trueanswer><falseanswer>9</falseanswer></truefalse>",
        "<truefalse><trueanswer>0</trueanswer><falseanswer>1</falseanswer></truefalse>",
    )
    asked = [
        ("essay", ""),
        ("multichoice", ""),
        ("truefalse", plugin("truefalse", 1, 0, more=key)),
        ("truefalse", plugin("truefalse", 1, 1, more=sure)),
        ("truefalse", plugin("truefalse", 0, 0, more=sure)),
        ("truefalse", plugin("truefalse", 1, 0, more=sure)),
        ("shortanswer", plugin("shortanswer", 0.37, 0)),
        ("multichoice", plugin("multichoice", 0.5, 0)),
        ("multichoice", plugin("multichoice", 2, 0)),
        ("multichoice", plugin("multichoice", 0.5, 0.25, more=many)),
        ("multichoice", plugin("multichoice", 0, 0)),
        ("multichoice", plugin("multichoice", 0.5, 0.5, -1, more=many)),
        ("multianswer", plugin("multianswer", more="<multianswer><sequence>8,9</sequence></multianswer>")),
        ("essay", plugin("essay", more="<essay><minwordlimit>9</minwordlimit><maxwordlimit>8</maxwordlimit></essay>")),
    ]
    entries = "".join(ENTRY.format(number, *one) for number, one in enumerate(asked))
    bank = (
        '<question_categories><question_category id="1"><contextid>1</contextid><parent>0</parent><question_bank_entries>'
        f"{entries}</question_bank_entries></question_category></question_categories>"
    )
    slots = "".join(SLOT.format(number) for number in (0,))
    quiz = (
        "<activity><quiz><name>Test</name><intro/><sumgrades>1</sumgrades><timeopen>0</timeopen><timeclose>0</timeclose><grade>10</grade>"
        "<preferredbehaviour>deferredfeedback</preferredbehaviour>"
        f"<question_instances>{slots}</question_instances></quiz></activity>"
    )
    files = backup(documents={"questions.xml": bank.encode(), "activities/page_10/quiz.xml": quiz.encode()})
    listed = files["moodle_backup.xml"].replace(b"<modulename>page", b"<modulename>quiz", 1)
    zipped(folder / "a.mbz", {**files, "moodle_backup.xml": HEAD + listed})
