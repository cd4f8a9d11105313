"""Writes the outputs and the summary of a run of the action, from what coursewright has written."""

from __future__ import annotations

import json
import os
import re
import shutil
import sys
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote

MOST_LISTED = 50
WORDS = {"error": "error", "warning": "warning", "note": "notice"}


def read(path: Path) -> Any:
    """Return a JSON file, or an empty object where there is none."""
    try:
        return json.loads(path.read_bytes())
    except (OSError, ValueError):
        return {}


def results(sarif: Any) -> list[Any]:
    """Return the findings of a SARIF file."""
    return [found for run in sarif.get("runs", []) for found in run.get("results", [])]


def annotation(found: Any) -> str:
    """Return a finding as a workflow command."""
    place = found["locations"][0]["physicalLocation"]
    line = place.get("region", {}).get("startLine", 1)
    text = text_of(found)
    file = unquote(place["artifactLocation"]["uri"].removeprefix("file://"))
    return f"::{WORDS[found['level']]} file={_property(file)},line={line},title={found['ruleId']}::{_data(text)}"


def text_of(found: Any) -> str:
    """Return what a finding says, without the doubled braces of SARIF."""
    return str(found["message"]["text"]).replace("{{", "{").replace("}}", "}")


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def said(identities: Any) -> Any:
    """Return what learners see of courses: not the files and identifiers that LMSs know them by."""
    left_out = ("packages", "identifier", "identifiers")
    if isinstance(identities, dict):
        return {
            name: said(value) for name, value in identities.items() if name not in (*left_out, "version", "generator")
        }
    return [said(one) for one in identities] if isinstance(identities, list) else identities


def shown(text: str) -> str:
    """Return a text for a cell of a table in Markdown."""
    return re.sub(r"([\\`*_\[\]<>#|~&])", r"\\\1", " ".join(str(text).split()))


def summary(packages: list[Any], found: list[Any], changed: str, notes: Path) -> Iterator[str]:
    """Yield the lines of the summary."""
    if packages:
        yield "| package | format | units | size | errors | warnings |"
        yield "| --- | --- | --- | --- | --- | --- |"
    for one in packages:
        size = f"{one['bytes'] / 1024:.1f} KB" if one["written"] else "not built"
        counted = one["findings"]
        cells = (one["file"], one["format"], len(one["units"]), size, counted["error"], counted["warning"])
        yield f"| {' | '.join(map(shown, map(str, cells)))} |"
    yield ""
    told = [one for one in found if one["level"] != "note"]
    yield from (f"- {one['level']} {shown(one['ruleId'])}: {shown(text_of(one))}" for one in told[:MOST_LISTED])
    if changed and notes.is_file():
        yield from ("", notes.read_text(encoding="utf-8"))


def main() -> None:
    """Write outputs, annotations and the summary."""
    environment = os.environ
    output, findings = Path(environment["OUTPUT"]), Path(environment["FINDINGS"])
    found = results(read(findings))
    builds = environment["COMMAND"] in ("build", "release")
    packages = read(output / "report.json").get("packages", []) if builds else []
    changed = ""
    if environment.get("BASELINE") and environment["COMMAND"] == "release":
        base = Path(environment["BASELINE"])
        before = read(base / "identities.json" if base.is_dir() else base)
        changed = str(said(before) != said(read(output / "identities.json"))).lower()
    sarif = ""
    if environment.get("INPUT_SARIF", "true") == "true" and findings.stat().st_size:
        sarif = "coursewright.sarif"
        shutil.copyfile(findings, sarif)
    outputs = {
        "dist": str(output),
        "packages": json.dumps([one["file"] for one in packages if one["written"]]),
        "errors": str(sum(one["level"] == "error" for one in found)),
        "warnings": str(sum(one["level"] == "warning" for one in found)),
        "changed-for-learners": changed,
        "sarif": sarif,
    }
    end = f"end-{uuid.uuid4()}"
    with open(environment.get("GITHUB_OUTPUT", os.devnull), "a", encoding="utf-8") as stream:  # noqa: PTH123
        stream.writelines(f"{name}<<{end}\n{value}\n{end}\n" for name, value in outputs.items())
    lines = summary(packages, found, changed, output / "RELEASE-NOTES.md")
    with open(environment.get("GITHUB_STEP_SUMMARY", os.devnull), "a", encoding="utf-8") as stream:  # noqa: PTH123
        stream.writelines(f"{line}\n" for line in lines)
    sys.stdout.writelines(f"{annotation(one)}\n" for one in found)


if __name__ == "__main__":
    main()
