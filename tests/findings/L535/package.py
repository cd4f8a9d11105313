"""Quizzes that break: a question that is not there, one of a category that nothing names, no sum; and questions."""

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
# As before Moodle 4.0: a slot names a question that stands for others, and the tags that these have.
OLD_SLOT = (
    "<question_instance><slot>{0}</slot><page>1</page><maxmark>1</maxmark><questionid>{0}</questionid>"
    "<questioncategoryid>1</questioncategoryid><includingsubcategories>0</includingsubcategories>"
    "<tags><tag><tagid>1</tagid><tagname>easy</tagname></tag></tags></question_instance>"
)
OLD_QUESTION = (
    '<question id="{0}"><parent>{1}</parent><name>Q{0}</name><questiontext>0</questiontext><generalfeedback/><qtype>{2}</qtype>'
    '<hidden>0</hidden><tags><tag id="{3}"><name>{4}</name><rawname>{4}</rawname></tag></tags></question>'
)
ANSWER = '<answer id="{0}"><answertext/><feedback/><fraction>{1}</fraction></answer>'


def plugin(kind: str, *fractions: float, more: str = "") -> str:
    answers = "".join(ANSWER.format(number, fraction) for number, fraction in enumerate(fractions))
    return f"<plugin_qtype_{kind}_question><answers>{answers}</answers>{more}</plugin_qtype_{kind}_question>"


def before() -> dict[str, bytes]:
    """Return a backup as before Moodle 4.0 with a quiz that draws two questions of a tag, which one question has."""
    asked = [
        (1, 1, "random", 9, "any"),
        (2, 2, "random", 9, "any"),
        (3, 0, "essay", 1, "easy"),
        (4, 0, "essay", 2, "hard"),
    ]
    questions = "".join(OLD_QUESTION.format(*one) for one in asked)
    bank = (
        '<question_categories><question_category id="1"><contextid>1</contextid><parent>0</parent>'
        f"<questions>{questions}</questions></question_category></question_categories>"
    )
    quiz = (
        "<activity><quiz><name>Old</name><intro/><timeopen>0</timeopen><timeclose>0</timeclose><grade>10</grade><sumgrades>2</sumgrades>"
        "<preferredbehaviour>deferredfeedback</preferredbehaviour>"
        f"<question_instances>{OLD_SLOT.format(1)}{OLD_SLOT.format(2)}</question_instances></quiz></activity>"
    )
    return {"questions.xml": bank.encode(), "activities/page_10/quiz.xml": quiz.encode()}


def make(folder: Path) -> None:
    many, key = (
        "<multichoice><single>0</single><correctfeedback/><partiallycorrectfeedback/><incorrectfeedback/></multichoice>",
        ("<truefalse><trueanswer>0</trueanswer><falseanswer>9</falseanswer></truefalse>"),
    )
    asked = [
        ("essay", ""),
        ("hologram", ""),
        ("match", plugin("match")),
        ("truefalse", plugin("truefalse", 1, 0, more=key)),
        ("shortanswer", plugin("shortanswer", 0.37, 0)),
        ("multichoice", plugin("multichoice", 0.5, 0.25, more=many)),
        ("multichoice", plugin("multichoice", 0, 0)),
        ("multichoice", plugin("multichoice", 0.5, 0.5, -1, more=many)),
    ]
    entries = "".join(ENTRY.format(number, *one) for number, one in enumerate(asked))
    bank = (
        '<question_categories><question_category id="1"><contextid>1</contextid><parent>0</parent><question_bank_entries>'
        f"{entries}</question_bank_entries></question_category></question_categories>"
    )
    slots = "".join(SLOT.format(number) for number in (0, 777))
    quiz = (
        "<activity><quiz><name>Test</name><intro/><timeopen>0</timeopen><timeclose>0</timeclose><grade>10</grade>"
        "<preferredbehaviour>deferred_feedback</preferredbehaviour>"
        f"<question_instances>{slots}</question_instances></quiz></activity>"
    )
    shown = {"questions.xml": bank.encode(), "activities/page_10/quiz.xml": quiz.encode()}
    for name, documents in (("a.mbz", shown), ("before.mbz", before())):
        files = backup(documents=documents)
        listed = files["moodle_backup.xml"].replace(b"<modulename>page", b"<modulename>quiz", 1)
        zipped(folder / name, {**files, "moodle_backup.xml": HEAD + listed})
