"""Questions that Canvas has no type for, that lack what they are answered by, and one that is too long."""

from pathlib import Path

from cartridges import COURSE, QUESTIONS
from packages import zipped

ESSAY = b"<fieldlabel>cc_profile</fieldlabel><fieldentry>cc.essay.v0p1</fieldentry>"
ANSWER = b'<response_str ident="X"><render_fib/></response_str>'


def make(folder: Path) -> None:
    known = COURSE[QUESTIONS]

    def typed(kind: str) -> bytes:
        return known.replace(ESSAY, f"<fieldlabel>question_type</fieldlabel><fieldentry>{kind}</fieldentry>".encode())

    found = {
        "other": typed("hologram_question"),
        "neither": typed("hologram_question").replace(ANSWER, b""),
        "nothing": known.replace(ESSAY, b"<fieldlabel>x</fieldlabel><fieldentry>y</fieldentry>").replace(ANSWER, b""),
        "choice": typed("multiple_choice_question"),
        "formula": typed("calculated_question"),
        "long": known.replace(b"Why?", b"Why? " * 4_000),
        "essay": typed("essay_question"),
        "upload": typed("file_upload_question").replace(ANSWER, b""),
    }
    for name, content in found.items():
        zipped(folder / f"{name}.zip", {**COURSE, QUESTIONS: content})
