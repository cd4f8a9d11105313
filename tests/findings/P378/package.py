"""Requirements that nobody meets: to submit what takes nothing, to score what is not graded, to edit what is closed."""

from pathlib import Path

from cartridges import ASSIGNMENT, COURSE, MODULES, PAGE_FILE, SETTINGS, changed
from packages import zipped


def make(folder: Path) -> None:
    for name, types in (("paper", "on_paper"), ("none", "none"), ("upload", "online_upload")):
        more = f"<submission_types>{types}</submission_types><points_possible>"
        zipped(folder / f"{name}.zip", changed(COURSE, ASSIGNMENT, "<points_possible>", more))
    asked = '<completionRequirement type="must_submit">'
    files = changed(COURSE, MODULES, asked, '<completionRequirement type="min_score"><min_score>3</min_score>')
    zipped(folder / "ungraded.zip", changed(files, ASSIGNMENT, "<grading_type>points", "<grading_type>not_graded"))
    for kind in ("must_mark_done", "must_contribute"):
        more = f'<completionRequirement type="{kind}"><identifierref>I3</identifierref></completionRequirement>'
        files = changed(COURSE, MODULES, "<completionRequirements>", f"<completionRequirements>{more}")
        zipped(folder / f"{kind}.zip", files)
    page = changed(COURSE, MODULES, 'type="must_view"', 'type="must_contribute"')
    zipped(folder / "closed.zip", page)
    roles, head = '<meta name="editing_roles" content="teachers,students">', '<meta name="workflow_state"'
    zipped(folder / "open.zip", changed(page, PAGE_FILE, head, f"{roles}{head}"))
    usual = "<default_wiki_editing_roles>teachers,students</default_wiki_editing_roles></course>"
    zipped(folder / "usual.zip", changed(page, SETTINGS, "</course>", usual))
