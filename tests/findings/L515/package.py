"""A question of a kind that Moodle does not know, and two of one name."""

from pathlib import Path

from cartridges import ITEM, PAGE, cartridge, question, quiz, resource
from packages import zipped


def make(folder: Path) -> None:
    asked = [question("A"), question("B", "matching"), question("C"), question("C")]
    items = f'{ITEM}<item identifier="B" identifierref="Q"><title>Quiz</title></item>'
    document = cartridge(items, resource("Q", "imsqti_xmlv1p2/imscc_xmlv1p1/assessment", "q.xml"))
    zipped(folder / "course.zip", {"imsmanifest.xml": document, "a.html": PAGE, "q.xml": quiz(*asked)})
