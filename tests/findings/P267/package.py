"""A discussion and the settings of one that break off, for Canvas to read; and a link and a quiz that are for others."""

from pathlib import Path

from cartridges import COURSE, changed
from packages import zipped


def make(folder: Path) -> None:
    files = changed(COURSE, "D.xml", "Talk</title>", "Talk</ti")
    files = changed(files, "DM.xml", "</topicMeta>", "")
    zipped(folder / "topic.zip", changed(files, "Q/assessment_qti.xml", "</questestinterop>", ""))
