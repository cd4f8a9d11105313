"""The competencies of a course as a framework that Moodle imports: a backup can only link to those that a site has.

The columns are those of its importer: Site administration › Competencies › Import competency framework.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping, Sequence

from coursewright.text.phrases import LEVELS

_COLUMNS = (
    "Parent ID number", "ID number", "Short name", "Description", "Description format", "Scale values",
    "Scale configuration", "Rule type (optional)", "Rule outcome (optional)", "Rule config (optional)",
    "Cross-referenced competency ID numbers", "Exported ID (optional)", "Is framework", "Taxonomy",
)  # fmt: skip
_LONGEST_NAME = 100
_PROFICIENT = LEVELS.index("proficient")


def framework_csv(identifier: str, title: str, names: Mapping[str, str], scale: Sequence[str]) -> bytes:
    """Return a framework of competencies, their names by idnumber, on a scale: not yet, then each of `LEVELS`."""
    text = io.StringIO()
    rows = csv.writer(text, lineterminator="\r\n")
    rows.writerow(_COLUMNS)
    taxonomy = ",".join(["competency"] * 4)
    steps = ",".join(step.replace(",", ";") for step in scale)  # commas are between the steps
    rows.writerow(_row(identifier, title, [steps, _configuration(), "", "", "", "", "", "1", taxonomy]))
    for idnumber, name in names.items():
        rows.writerow(_row(idnumber, name, ["", "", "", "0", "", "", "", "", ""]))
    return text.getvalue().encode()


def _row(idnumber: str, name: str, rest: Sequence[str]) -> list[str]:
    shown = name.replace("<", "‹").replace(">", "›")  # Moodle takes what looks like a tag away
    return ["", idnumber, shown[:_LONGEST_NAME], "", "1", *rest]


def _configuration() -> str:
    """Return which steps of the scale count as proficient; the first of them is what a completion grants."""
    steps = [
        {"id": number + 2, "scaledefault": int(number == _PROFICIENT), "proficient": int(number >= _PROFICIENT)}
        for number in range(len(LEVELS))
    ]
    return json.dumps([{"scaleid": "1"}, *steps], separators=(",", ":"))
