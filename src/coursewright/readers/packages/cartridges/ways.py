"""Where the addresses on a package's pages lead: to parts of the course, to its files, to the web, or nowhere."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping
from dataclasses import field
from urllib.parse import unquote

from coursewright.course.assets import Target, ToFile, ToUnit
from coursewright.frozen import slotted
from coursewright.readers.packages.addresses import NO_PLACES, written_as
from coursewright.readers.packages.ledger import Ledger
from coursewright.readers.packages.materials import PackageFiles
from coursewright.text.addresses import is_absolute, is_address, pieces_of

_TOKEN = re.compile(
    r"\$(?P<token>(?:IMS|1EdTech)[-_]CC[-_]FILE_?BASE|WIKI_REFERENCE|CANVAS_OBJECT_REFERENCE"
    r"|CANVAS_COURSE_REFERENCE)\$/?(?P<rest>.*)",
    re.DOTALL,
)
_COURSE = re.compile(r"(?:/api/v1)?/courses/\d+(?:/(?P<rest>.*))?$")
_ENCODED = re.compile(r"%24(?=[A-Za-z0-9])|(?<=[A-Z])%24", re.IGNORECASE)
SYLLABUS = "course-syllabus"
"""What the syllabus of a Canvas course is known by."""


@slotted
class PackageWays:
    """What addresses may mean: `parts` by identifiers, `pages` by their slugs, `files` by their names, `items` the
    identifiers of what the lines of modules show, `references` the files of resources by their identifiers."""

    materials: PackageFiles
    ledger: Ledger
    parts: dict[str, ToUnit] = field(default_factory=dict)
    pages: dict[str, ToUnit] = field(default_factory=dict)
    files: dict[str, ToUnit] = field(default_factory=dict)
    items: Mapping[str, str] = field(default_factory=dict)
    references: Mapping[str, str] = field(default_factory=dict)

    def lead(self, address: str, origin: str, where: str, own: ToUnit | None = None) -> tuple[str, Target | None]:
        """Return how an address in a file is written in Markdown, and where it leads.

        `where` is the title there, and `own` the part that it becomes.
        """
        address = address.strip()
        if address.startswith("#") and own and len(address) > 1:
            return address, _at(own, unquote(address[1:]))
        if not address or address.startswith("#"):
            return address, None
        if not is_address(address) or address.lower().startswith(NO_PLACES):
            return self._broken(address, where), None
        target, is_known = self.target(address, origin)
        if target is not None:
            return written_as(target), target
        if not is_known:
            return self._broken(address, where), None
        if _of_course(address) is not None or _TOKEN.match(_ENCODED.sub("$", address)):
            self.ledger.outside(address, where)
        return address if is_absolute(address) else "", None

    def _broken(self, address: str, where: str) -> str:
        self.ledger.nowhere(address, where)
        return ""

    def target(self, address: str, origin: str) -> tuple[Target | None, bool]:
        """Return where an address leads within the course, and whether it is known to lead anywhere."""
        found = _TOKEN.match(_ENCODED.sub("$", address))
        if found:
            return self._of_token(found["token"], found["rest"], origin)
        if (rest := _of_course(address)) is not None:
            return self._of_area(rest), True
        if picture := self.materials.embedded(address):
            return ToFile(picture), True
        if is_absolute(address):
            return None, True
        parts = pieces_of(address)
        path = unquote(parts.path).replace("\\", "/")
        near = posixpath.normpath(posixpath.join(posixpath.dirname(origin), path))
        target = self._file(near, parts.fragment) or self._from_the_top(path, parts.fragment)
        return target, target is not None

    def _from_the_top(self, path: str, anchor: str) -> Target | None:
        """Return where a path leads from the top of the package; else the only file whose own path ends in it."""
        path = posixpath.normpath(path.lstrip("/"))
        target = self._file(path, anchor)
        only = "" if target else self.materials.ending(path)
        return ToFile(found, anchor) if only and (found := self.materials.asset(only)) else target

    def _of_token(self, token: str, rest: str, origin: str) -> tuple[Target | None, bool]:
        parts = pieces_of(rest)
        path = unquote(parts.path)
        if "BASE" in token:
            beside = posixpath.normpath(posixpath.join(posixpath.dirname(origin), path.lstrip("/")))
            target = self._file(posixpath.normpath(path.lstrip("/")), parts.fragment)
            target = target or self._file(beside, parts.fragment) or self._from_the_top(path, parts.fragment)
            return target, target is not None
        target = self._of_area(rest)
        is_area = "/" not in path.strip("/") and "COURSE" in token
        return target, target is not None or is_area

    def _of_area(self, rest: str) -> Target | None:
        """Return where an address within a course of Canvas leads: `pages/slug`, `assignments/id`."""
        parts = pieces_of(rest)
        area, _, name = unquote(parts.path).strip("/").partition("/")
        if area == "modules" and name.startswith("items/"):
            name = self.items.get(name.removeprefix("items/"), "")
        elif name == "syllabus":
            name = SYLLABUS
        elif area in ("pages", "wiki"):
            found = self.pages.get(name) or self.pages.get(name.lower()) or self.parts.get(name)
            return _at(found, parts.fragment)
        elif area == "file_contents":
            return self._file(name.partition("/")[2], parts.fragment)
        elif area in ("file_ref", "files", "attachments"):
            name = name.partition("/")[0]
            return self._file(self.references.get(name, ""), parts.fragment)
        name = name.partition("/")[0]
        if name in self.parts:
            return _at(self.parts[name], parts.fragment)
        return self._file(self.references.get(name, ""), parts.fragment)

    def _file(self, name: str, anchor: str) -> Target | None:
        """Return where the name of a file leads: to the page that it is, or to the file."""
        for found in filter(None, (name, f"web_resources/{name}", name.removeprefix("course files/"))):
            if found in self.files:
                return _at(self.files[found], anchor)
            if asset := self.materials.asset(found):
                return ToFile(asset, anchor)
        return None


def _at(found: ToUnit | None, anchor: str) -> ToUnit | None:
    return ToUnit(found.unit, found.part, anchor) if found else None


def _of_course(address: str) -> str | None:
    """Return what an address of Canvas names within a course; None for any other address."""
    parts = pieces_of(address)
    found = _COURSE.match(parts.path)
    if not found:
        return None
    anchor = f"#{parts.fragment}" if parts.fragment else ""
    return f"{found['rest'] or ''}{anchor}"
