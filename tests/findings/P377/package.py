"""Items of no kind that Canvas knows, and one that shows an announcement."""

from pathlib import Path

from cartridges import COURSE, MODULES, changed
from packages import zipped


def make(folder: Path) -> None:
    for name, kind in (("page", "Page"), ("near", "Atachment"), ("tool", "LTI"), ("other", "quiz")):
        old = {"near": "Attachment", "other": "Quizzes::Quiz"}.get(name, "WikiPage")
        files = changed(COURSE, MODULES, f"<content_type>{old}<", f"<content_type>{kind}<")
        zipped(folder / f"{name}.zip", files)
    zipped(folder / "news.zip", changed(COURSE, "DM.xml", "<title>", "<type>announcement</type><title>"))
