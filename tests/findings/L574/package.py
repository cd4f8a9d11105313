"""An answer that earns half, one that loses points, a blank without a right answer, two blanks whose options
have the same idents; and an answer that earns all."""

from pathlib import Path

from cartridges import COURSE, QUESTIONS
from packages import zipped

FIELD = "<qtimetadatafield><fieldlabel>{}</fieldlabel><fieldentry>{}</fieldentry></qtimetadatafield>"
LABEL = '<response_label ident="{0}"><material><mattext>{0}</mattext></material></response_label>'
RIGHT = '<respcondition><conditionvar><varequal respident="{}">{}</varequal></conditionvar><setvar>{}</setvar></respcondition>'


def question(ident: str, kind: str, responses: str, *right: tuple[str, str, str]) -> str:
    fields = FIELD.format("question_type", kind) + FIELD.format("points_possible", "1")
    asked = "".join(
        f'<response_lid ident="{one}"><render_choice>{LABEL.format("a")}{LABEL.format("b")}</render_choice></response_lid>'
        for one in responses
    )
    told = "".join(RIGHT.format(*one) for one in right)
    return f"""<item ident="{ident}" title="{ident}"><itemmetadata><qtimetadata>{fields}</qtimetadata></itemmetadata>
<presentation><material><mattext>Why [X] [Y]?</mattext></material>{asked}</presentation><resprocessing>{told}</resprocessing></item>
"""


def make(folder: Path) -> None:
    asked = (
        question("half", "multiple_choice_question", "X", ("X", "a", "50")),
        question("lost", "multiple_choice_question", "X", ("X", "a", "100"), ("X", "b", "-50")),
        question("blank", "multiple_dropdowns_question", "XY", ("X", "a", "100")),
        question("whole", "multiple_choice_question", "X", ("X", "a", "100")),
        question("parts", "multiple_dropdowns_question", "XY", ("X", "a", "50"), ("Y", "b", "50")),
    )
    quiz = (
        '<questestinterop xmlns="http://www.imsglobal.org/xsd/ims_qtiasiv1p2"><assessment ident="Q"><section ident="S">'
    )
    content = f"{quiz}{''.join(asked)}</section></assessment></questestinterop>".encode()
    zipped(folder / "course.zip", {**COURSE, QUESTIONS: content})
