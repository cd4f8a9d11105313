"""learnr's tutorials: chunks that belong to an exercise by their names, as its documentation lists them."""

from __future__ import annotations

import re
from collections.abc import Iterable

from coursewright.readers.folder.forms import FOLD_ENDS, folded
from coursewright.readers.folder.lines import Lines, on_line

_LABEL = re.compile(r"[\s,]*(?:label\s*=\s*)?[\"']?(?P<label>[\w.-]+(?:[ ]+[\w.-]+)*)[\"']?\s*(?:,|$)")
_OPENED = re.compile(r"[ \t>]*(?:`{3,}|~{3,})\s*\{\s*(?:r|python|sql)\b(?P<options>[^{}]*)\}\s*$")
_EXERCISE = re.compile(r"\bexercise\s*=\s*T(?:RUE)?\b")
_COMMENTED = re.compile(r"#\|\s*(?P<name>label|exercise)\s*[:=]\s*(?P<value>[\w. -]+)", re.IGNORECASE)
_STAFF = re.compile(r"(?P<name>.+?)-(?:solution|check|code-check|error-check|setup)")
_HINT = re.compile(r"(?P<name>.+)-hint(?:-(?P<number>\d{1,3}))?")
_DIV = re.compile(r"\s*<div\s+id=\"(?P<name>[^\"]+)-hint(?:-\d{1,3})?\"\s*>(?P<rest>.*)$")


def exercises_in(lines: Iterable[str]) -> frozenset[str]:
    """Return the names of the exercises in a tutorial."""
    found: set[str] = set()
    label = ""
    for line in lines:
        if opened := _OPENED.match(line) if "{" in line else None:
            label = label_of(opened["options"])
            found |= {label} if _EXERCISE.search(opened["options"]) else set()
        elif told := _COMMENTED.match(line) if line.startswith("#|") else None:
            is_exercise = told["name"].lower() == "exercise" and told["value"].strip().lower() in ("true", "t")
            label = told["value"].strip() if told["name"].lower() == "label" else label
            found |= {label} if is_exercise else set()
    return frozenset(found - {""})


def label_of(options: str) -> str:
    """Return the name of a chunk, by what stands in its braces after the language."""
    found = _LABEL.match(options)
    return found["label"] if found else ""


def in_its_role(chunk: Lines, label: str, exercises: frozenset[str]) -> Lines:
    """Return a chunk as staff read it where it solves or checks an exercise, and folded where it is a hint."""
    if not chunk or not exercises:
        return chunk
    first, last = chunk[0].line, chunk[-1].line
    staff, hint = _STAFF.fullmatch(label), _HINT.fullmatch(label)
    if staff and staff["name"] in exercises:
        return _around(chunk, ("::::::: instructor", ""), ("", ":::::::", ""), first, last)
    if hint and hint["name"] in exercises:
        name = f"Hint {hint['number']}" if hint["number"] else "Hint"
        return _around(chunk, folded(name), FOLD_ENDS, first, last)
    return chunk


def _around(chunk: Lines, before: tuple[str, ...], after: tuple[str, ...], first: int, last: int) -> Lines:
    return [*on_line(before, first), *chunk, *on_line(after, last)]


def with_hints(lines: Lines, exercises: frozenset[str]) -> Lines:
    """Return lines with hints that are elements, named after their exercise, as folds."""
    kept: Lines = []
    inside = False
    for line in lines:
        found = _DIV.match(line) if "<div" in line else None
        if found and found["name"] in exercises:
            kept += on_line(folded("Hint"), line.line)
            inside = "</div>" not in found["rest"]
            rest = found["rest"].removesuffix("</div>").strip()
            kept += on_line((rest, *(() if inside else FOLD_ENDS)), line.line)
        elif inside and line.strip() == "</div>":
            inside = False
            kept += on_line(FOLD_ENDS, line.line)
        else:
            kept.append(line)
    return kept
