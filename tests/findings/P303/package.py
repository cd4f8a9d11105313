"""An address without a state."""

from pathlib import Path

from cartridges import COURSE, MODULES, changed
from packages import zipped


def make(folder: Path) -> None:
    files = changed(
        COURSE,
        MODULES,
        "<content_type>ExternalUrl</content_type><workflow_state>active</workflow_state>",
        "<content_type>ExternalUrl</content_type>",
    )
    zipped(folder / "course.zip", files)
