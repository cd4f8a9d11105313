"""The outline of a Moodle backup: sections and activities, with what restricts and completes them."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from lxml import etree

from coursewright.inspection.metadata import text_at
from coursewright.inspection.outline import Condition, Entry, Outline
from coursewright.validation.container import Container
from coursewright.validation.parsing import parsed
from coursewright.validation.subject import Subject

_MOST_PARTS = 10_000
_NULL = "$@NULL@$"
_KINDS: Mapping[str, str] = {
    "assign": "assignment",
    "forum": "discussion",
    "url": "web link",
    "resource": "file",
    "lti": "tool",
    "scorm": "SCORM package",
}
_COMPLETED = {"0": "is not complete", "1": "is complete", "2": "is passed", "3": "is failed"}
_SIGNS = {">=": "from", "<": "until"}
_METADATA = {
    "short name": "original_course_shortname",
    "Moodle": "moodle_release",
    "made at": "original_wwwroot",
    "course format": "original_course_format",
}


def read_moodle(subject: Subject) -> Outline:
    """Return the outline of a backup, as its contents list it; what is not there of it is left out.

    An activity is known by its own id number, if it has one: its other number is another one on each site.
    """
    information = subject.found.root.find("information")
    if information is None:
        return Outline("", ())
    backup = _Backup(information, _Documents(subject.container))
    metadata = {name: text_at(information, tag) for name, tag in _METADATA.items()}
    title = text_at(information, "original_course_fullname")
    return Outline(title, tuple(backup.entries()), {name: value for name, value in metadata.items() if value})


class _Backup:
    """The sections and activities of a backup, with the documents that say more of them."""

    def __init__(self, information: etree._Element, documents: _Documents) -> None:
        self._documents = documents
        self._sections = information.findall("contents/sections/section")
        self._activities = [
            (found, documents.read(text_at(found, "directory"), "module.xml"))
            for found in information.iterfind("contents/activities/activity")
        ]
        self._names = {
            text_at(found, "moduleid"): _said(document, "idnumber") or text_at(found, "moduleid")
            for found, document in self._activities
        }

    def entries(self) -> Iterator[Entry]:
        """Yield the sections, and then the activities of sections that are not there."""
        inside: defaultdict[str, dict[str, Entry]] = defaultdict(dict)
        for found, document in self._activities:
            inside[text_at(found, "sectionid")][text_at(found, "moduleid")] = self._activity(found, document)
        for found in self._sections:
            yield self._section(found, inside.pop(text_at(found, "sectionid"), {}))
        for left in inside.values():
            yield from left.values()

    def _section(self, found: etree._Element, activities: dict[str, Entry]) -> Entry:
        document = self._documents.read(text_at(found, "directory"), "section.xml")
        order = _said(document, "sequence").split(",")
        in_order = {number: activities[number] for number in order if number in activities}
        name = _said(document, "name") or f"section {_said(document, 'number') or text_at(found, 'title')}"
        return Entry(
            identifier=name,
            title=name,
            kind="section",
            children=tuple({**in_order, **activities}.values()),
            gate=self._gate(document, "availabilityjson"),
            hidden=_said(document, "visible") == "0",
        )

    def _activity(self, found: etree._Element, document: etree._Element | None) -> Entry:
        module = text_at(found, "modulename")
        return Entry(
            identifier=self._names[text_at(found, "moduleid")],
            title=text_at(found, "title"),
            kind=_KINDS.get(module, module),
            gate=self._gate(document, "availability"),
            completion=_completion(document),
            files=self._documents.files_of(text_at(found, "directory")),
            hidden=_said(document, "visible") == "0",
        )

    def _gate(self, document: etree._Element | None, name: str) -> tuple[Condition, ...]:
        conditions = _gate(_said(document, name))
        return tuple(replace(found, of=self._names.get(found.of, found.of)) for found in conditions)


class _Documents:
    """The parts of a backup: their documents, of which a bounded number is read, and their files."""

    def __init__(self, container: Container) -> None:
        self._container = container
        self._left = _MOST_PARTS
        self._by_folder: defaultdict[str, list[str]] = defaultdict(list)
        for name in container.sizes:
            self._by_folder["/".join(name.split("/")[:2])].append(name)

    def read(self, folder: str, name: str) -> etree._Element | None:
        """Return the root of a document of a part, or None."""
        path = f"{folder}/{name}"
        if path not in self._container.sizes or self._left <= 0:
            return None
        self._left -= 1
        found = parsed(self._container, path)
        return found[1] if found else None

    def files_of(self, folder: str) -> tuple[str, ...]:
        """Return the files in the folder of a part."""
        return tuple(self._by_folder.get(folder, ()))


def _said(document: etree._Element | None, name: str) -> str:
    text = "" if document is None else text_at(document, name)
    return "" if text == _NULL else text


def _completion(document: etree._Element | None) -> str:
    way = _said(document, "completion")
    if way == "1":
        return "when the learner ticks it"
    if way != "2":
        return ""
    parts = []
    if _said(document, "completionview") == "1":
        parts.append("viewed")
    if _said(document, "completionpassgrade") == "1":
        parts.append("passed")
    elif _said(document, "completiongradeitemnumber"):
        parts.append("graded")
    return f"when it is {' and '.join(parts)}" if parts else "when what it asks for is done"


def _gate(text: str) -> Iterator[Condition]:
    """Yield what must hold by a tree of restrictions: each alone where all must, else all of them in words."""
    try:
        tree = json.loads(text) if text else {}
    except (ValueError, RecursionError):
        yield Condition("what cannot be read")
        return
    if isinstance(tree, dict):
        yield from _conditions(tree)


def _conditions(tree: Mapping[str, Any]) -> Iterator[Condition]:
    listed = tree.get("c")
    inner = [found for found in listed if isinstance(found, dict)] if isinstance(listed, list) else []
    operator = tree.get("op", "&")
    if operator == "&":
        for found in inner:
            yield from _conditions(found) if "op" in found else (_restriction(found),)
    elif inner:
        words = {"|": "any of", "!&": "not all of", "!|": "none of"}.get(str(operator), str(operator))
        parts = [one for found in inner for one in (_conditions(found) if "op" in found else (_restriction(found),))]
        yield Condition(f"{words}: " + "; ".join(f"{one.of} {one.what}".strip() for one in parts))


def _restriction(found: Mapping[str, Any]) -> Condition:
    kind = found.get("type")
    if kind == "completion":
        return Condition(_COMPLETED.get(str(found.get("e")), "is complete"), str(found.get("cm")))
    if kind == "grade":
        bounds = [f"{word} {found[key]} %" for key, word in (("min", "at least"), ("max", "below")) if key in found]
        return Condition(f"grade {found.get('id')} is {' and '.join(bounds) or 'there'}")
    if kind == "date":
        return Condition(f"{_SIGNS.get(str(found.get('d')), str(found.get('d')))} {_date(found.get('t'))}")
    return Condition(f"{kind}: {json.dumps({k: v for k, v in found.items() if k != 'type'}, sort_keys=True)}")


def _date(moment: object) -> str:
    try:
        return datetime.fromtimestamp(int(str(moment)), UTC).strftime("%Y-%m-%d %H:%M UTC")
    except (ValueError, OverflowError, OSError):
        return str(moment)
