"""A choice without a right answer, a gap without 100, and answers that do not say how they are compared."""

from pathlib import Path

from cartridges import ITEM, PAGE, cartridge, choice, question, quiz, resource
from packages import zipped


def make(folder: Path) -> None:
    asked = [
        question("A", "multiple_choice", *choice("a", "b", "c", right="z")),
        question("B", "fib", processing=choice(right="x")[1].replace("100", "1")),
        question("C", "multiple_response", *choice("a", "b", right="a")),
        question("D", "multiple_choice", *choice("a", "b", "c", right="a")),
        question("E", "fib", processing=choice(right="x")[1]),
    ]
    items = f'{ITEM}<item identifier="B" identifierref="Q"><title>Quiz</title></item>'
    document = cartridge(items, resource("Q", "imsqti_xmlv1p2/imscc_xmlv1p1/assessment", "q.xml"))
    zipped(folder / "course.zip", {"imsmanifest.xml": document, "a.html": PAGE, "q.xml": quiz(*asked)})
