"""Values that Canvas does not know, and names of what is not there."""

from pathlib import Path

from cartridges import ASSIGNMENT, COURSE, MODULES, PAGE_FILE, QUIZ_META, SETTINGS, changed
from packages import zipped


def make(folder: Path) -> None:
    values = {
        "state": (ASSIGNMENT, "<points_possible>", "<workflow_state>publishd</workflow_state><points_possible>"),
        "types": (ASSIGNMENT, "<submission_types>online_text_entry", "<submission_types>online_url,paper"),
        "points": (ASSIGNMENT, "<points_possible>10", "<points_possible>ten"),
        "due": (ASSIGNMENT, "<points_possible>", "<due_at>soon</due_at><points_possible>"),
        "module": (MODULES, "<workflow_state>active", "<workflow_state>activ"),
        "item": (
            MODULES,
            "ExternalUrl</content_type><workflow_state>active",
            "ExternalUrl</content_type><workflow_state>on",
        ),
        "header": (
            MODULES,
            "ContextModuleSubHeader</content_type><workflow_state>active",
            "ContextModuleSubHeader</content_type><workflow_state>published",
        ),
        "address": (MODULES, "<url>https://example.org/", "<url>htp//example.org/"),
        "attempts": (QUIZ_META, "<available>", "<allowed_attempts>many</allowed_attempts><available>"),
        "policy": (QUIZ_META, "<available>", "<scoring_policy>best</scoring_policy><available>"),
        "view": (SETTINGS, "<default_view>wiki", "<default_view>home"),
        "image": (SETTINGS, "<default_view>", "<image_identifier_ref>X</image_identifier_ref><default_view>"),
        "topic": ("DM.xml", "<title>", "<workflow_state>posted</workflow_state><title>"),
        "page": (PAGE_FILE, 'content="active"', 'content="activ"'),
        "known": (QUIZ_META, "<available>", "<allowed_attempts>-1</allowed_attempts><time_limit/><available>"),
    }
    for name, change in values.items():
        zipped(folder / f"{name}.zip", changed(COURSE, *change))
