"""A right answer that is named by its text: in a cartridge, and in a quiz of Canvas's own, which may do so."""

from pathlib import Path

from cartridges import COURSE, ITEM, PAGE, QUESTIONS, cartridge, choice, question, quiz, resource
from packages import zipped

KIND = "imsqti_xmlv1p2/imscc_xmlv1p1/assessment"


def make(folder: Path) -> None:
    asked, judged = choice("1", "2", "3", right="four")
    asked = asked.replace(
        '<response_label ident="2"/>',
        '<response_label ident="2"><material><mattext>four</mattext></material></response_label>',
    )
    content = quiz(question("Q1", "multiple_choice", asked, judged))
    items = f'{ITEM}<item identifier="B" identifierref="Q"><title>Quiz</title></item>'
    files = {"imsmanifest.xml": cartridge(items, resource("Q", KIND, "q.xml")), "a.html": PAGE, "q.xml": content}
    zipped(folder / "cartridge.zip", files)
    zipped(folder / "canvas.zip", {**COURSE, QUESTIONS: content.replace(b'ident="Z"', b'ident="Q"')})
