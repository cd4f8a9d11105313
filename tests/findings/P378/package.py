"""Requirements that nobody meets: to submit what takes nothing, to score what is not graded."""

from pathlib import Path

from cartridges import ASSIGNMENT, COURSE, MODULES, changed
from packages import zipped


def make(folder: Path) -> None:
    for name, types in (("paper", "on_paper"), ("none", "none"), ("upload", "online_upload")):
        more = f"<submission_types>{types}</submission_types><points_possible>"
        zipped(folder / f"{name}.zip", changed(COURSE, ASSIGNMENT, "<points_possible>", more))
    asked = '<completionRequirement type="must_submit">'
    files = changed(COURSE, MODULES, asked, '<completionRequirement type="min_score"><min_score>3</min_score>')
    zipped(folder / "ungraded.zip", changed(files, ASSIGNMENT, "<grading_type>points", "<grading_type>not_graded"))
