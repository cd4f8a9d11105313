"""A policy for late work that cannot be saved, a home page and a language that there are none of; and all as they should be."""

from pathlib import Path

from cartridges import CANVAS, COURSE, SETTINGS
from packages import zipped

POLICY = "course_settings/late_policy.xml"
FIELDS = {
    "missing_submission_deduction_enabled": "false",
    "missing_submission_deduction": "100.0",
    "late_submission_deduction_enabled": "true",
    "late_submission_deduction": "10",
    "late_submission_interval": "day",
    "late_submission_minimum_percent_enabled": "false",
    "late_submission_minimum_percent": "0",
}


def policy(**changes: str) -> bytes:
    fields = "".join(f"<{name}>{value}</{name}>" for name, value in {**FIELDS, **changes}.items() if value)
    return f'<late_policy {CANVAS} identifier="L">{fields}</late_policy>'.encode()


def make(folder: Path) -> None:
    course = COURSE[SETTINGS].replace(b"wiki<", b"home<").replace(b"</title>", b"</title><locale>english!</locale>")
    zipped(folder / "right.zip", {**COURSE, POLICY: policy()})
    zipped(folder / "course.zip", {**COURSE, SETTINGS: course})
    zipped(folder / "week.zip", {**COURSE, POLICY: policy(late_submission_interval="week")})
    zipped(folder / "much.zip", {**COURSE, POLICY: policy(late_submission_deduction="110")})
    zipped(folder / "gone.zip", {**COURSE, POLICY: policy(missing_submission_deduction_enabled="")})
