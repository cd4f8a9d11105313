"""Plays Moodle importing a competency framework: it reads columns by their place, and drops what does not fit."""

from __future__ import annotations

import csv
import io
import json
import re

from importers.mbz_course import Framework

TAXONOMIES = {
    *("behaviour", "competency", "concept", "domain", "indicator", "level", "outcome", "practice", "proficiency"),
    *("skill", "value"),
}
_COLUMNS = 14
_PARENT, _ID, _NAME, _DESCRIPTION, _FORMAT, _SCALE, _CONFIGURATION = range(7)
_FRAMEWORK, _TAXONOMIES = 12, 13
_LONGEST = 100
_PLAIN, _HTML = "2", "1"


def imported(data: bytes) -> Framework:
    """Return the framework of a file, with what the importer would lose or refuse."""
    issues: list[str] = []
    header, *rows = csv.reader(io.StringIO(data.decode("utf-8"), newline=""))
    if len(header) != _COLUMNS:
        issues.append(f"the header has {len(header)} columns instead of {_COLUMNS}")
    rows = [[*row, *[""] * (_COLUMNS - len(row))] for row in rows if row]
    frameworks = [row for row in rows if row[_FRAMEWORK] not in ("", "0")]
    if len(frameworks) != 1:
        issues.append(f"there are {len(frameworks)} frameworks instead of one")
    whole = frameworks[0] if frameworks else [""] * _COLUMNS
    known = {row[_ID] for row in rows}
    competencies: dict[str, str] = {}
    for row in rows:
        if len(row) != _COLUMNS:
            issues.append(f"the row of {row[_ID]} has {len(row)} columns instead of {_COLUMNS}")
        _text(row, issues)
        if row is not whole:
            if row[_ID] in competencies:
                issues.append(f"{row[_ID]} is there twice")
            if row[_PARENT] and row[_PARENT] not in known:
                issues.append(f"{row[_ID]} is below {row[_PARENT]}, which is not there")
            competencies[row[_ID]] = row[_NAME]
    scale = tuple(whole[_SCALE].split(","))
    proficient, granted = _steps(whole[_CONFIGURATION], scale, issues)
    if not set(filter(None, whole[_TAXONOMIES].split(","))) <= TAXONOMIES:
        issues.append(f"there are no such taxonomies: {whole[_TAXONOMIES]}")
    return Framework(whole[_ID], whole[_NAME], scale, proficient, granted, competencies, issues)


def _text(row: list[str], issues: list[str]) -> None:
    """Check what is said of a framework or a competency."""
    for place in (_ID, _NAME):
        if not row[place].strip() or len(row[place]) > _LONGEST:
            issues.append(f"'{row[place]}' has no name or idnumber, or one that is cut")
        if re.search(r"<[a-zA-Z/!?]", row[place]):
            issues.append(f"'{row[place]}' has a tag in it, which is dropped")
    if row[_FORMAT] not in (_PLAIN, _HTML):
        issues.append(f"'{row[_NAME]}' has a description of an unknown format")
    if row[_FORMAT] == _HTML and re.search(r"<|&(?!\w+;|#\d+;)", row[_DESCRIPTION]):
        issues.append(f"'{row[_NAME]}' has a description that is said to be HTML, and is none")


def _steps(text: str, scale: tuple[str, ...], issues: list[str]) -> tuple[tuple[str, ...], str]:
    """Return the steps of a scale that are proficient, and the one that is granted."""
    if len(scale) < 2 or not all(step.strip() == step != "" for step in scale):
        issues.append(f"this is no scale: {scale}")
    try:
        first, *steps = json.loads(text)
        ids = [int(step["id"]) for step in steps]
        proficient = tuple(scale[int(step["id"]) - 1] for step in steps if step["proficient"])
        granted = [scale[int(step["id"]) - 1] for step in steps if step["scaledefault"]]
    except (ValueError, KeyError, IndexError, TypeError):
        issues.append(f"the configuration of the scale cannot be read: {text}")
        return (), ""
    if "scaleid" not in first or not proficient or len(granted) != 1 or ids != sorted(set(ids)):
        issues.append("the scale has no step that is granted, or none that is proficient")
    return proficient, granted[0] if granted else ""
