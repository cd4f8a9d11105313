"""Plays Moodle restoring a course backup: reads what the restore reads, and says what it would lose, spoil or trip over.

What keeps Moodle from taking a file for a backup at all raises ImportAborted; everything else is among the `issues`.
Lengths and fields are those of Moodle 4.1, the oldest that still matters.
"""

from __future__ import annotations

import json
import posixpath
import re
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha1
from io import BytesIO

from lxml import etree

from importers.mbz_course import Activity, Course, Criterion, File, Section
from importers.mbz_fields import AREAS, COMPLETION, LENGTHS, LINKS, MODULE, NUMBERS, REQUIRED, ROOT_SETTINGS, SERIALISED
from importers.package import (
    MANIFEST,
    Archive,
    ImportAborted,
    Package,
    anchors,
    body,
    children,
    document,
    elements,
    find,
    find_all,
    is_symlink,
    links,
    local,
    page,
    raw,
)

NULL = "$@NULL@$"
DECLARATION = b'<?xml version="1.0" encoding="UTF-8"?>'
_HEAD = 200
_ROOTS = {
    "files.xml": "files",
    "questions.xml": "question_categories",
    "roles.xml": "roles_definition",
    "groups.xml": "groups",
    "scales.xml": "scales_definition",
    "outcomes.xml": "outcomes_definition",
    "course/course.xml": "course",
    "course/roles.xml": "roles",
}
_TOKEN = re.compile(r"\$@([A-Z_]+)\*([^@]*)@\$")
_TOKEN_HEAD = re.compile(r"\$@[A-Z_]+\*")
_STORED = re.compile(r"@@PLUGINFILE@@/([^\"'\s<>?#]*)")
_BY_ACTIVITY = 4
_TAG = re.compile(r"<[a-zA-Z/!?]")
_ACTIVE = {"script", "iframe", "object", "embed", "form"}


def imported(package: Package) -> Course:
    """Return the course that Moodle restores from a backup. Raises ImportAborted."""
    archive = Archive(package)
    head = archive.read("moodle_backup.xml")[:_HEAD] if "moodle_backup.xml" in archive.names else b""
    if not all(mark in head for mark in (DECLARATION, b"<moodle_backup>", b"<information>")):
        raise ImportAborted("unknown format: moodle_backup.xml does not begin as that of a backup does")
    try:
        root = document(archive.read("moodle_backup.xml"))
    except etree.XMLSyntaxError as error:
        raise ImportAborted(f"moodle_backup.xml is not well-formed: {error.msg}") from error
    return _Restore(archive, root).course()


def serialised(text: str) -> dict[str, str] | None:
    """Return a flat array as PHP serialises it, or None where PHP would read nothing."""
    found = re.fullmatch(r"a:(\d+):\{(.*)\}", text, re.DOTALL)
    values, rest = [], found[2].encode() if found else b""
    while rest:
        number = re.match(rb"i:(-?\d+);", rest)
        string = re.match(rb's:(\d+):"', rest)
        if number:
            values.append(number[1].decode())
            rest = rest[number.end() :]
        elif string and rest[string.end() + int(string[1]) :].startswith(b'";'):
            end = string.end() + int(string[1])
            values.append(rest[string.end() : end].decode())
            rest = rest[end + 2 :]
        else:
            return None
    if found is None or len(values) != 2 * int(found[1]):
        return None
    return dict(zip(values[::2], values[1::2], strict=True))


@dataclass(frozen=True)
class _Listed:
    """An activity or a section as moodle_backup.xml lists it."""

    number: str
    section: str
    kind: str
    title: str
    folder: str

    @property
    def name(self) -> str:
        return posixpath.basename(self.folder)


@dataclass(frozen=True)
class _Stored:
    """An entry of files.xml."""

    number: str
    context: str
    component: str
    file: File


class _Restore:
    """One backup while it is restored."""

    def __init__(self, archive: Archive, root: etree._Element) -> None:
        self.archive, self.issues = archive, list[str]()
        self.information = find(root, "information")
        self.activities = list(self._listed("activities", "activity"))
        self.sections = list(self._listed("sections", "section"))
        self.kinds = {found.number: found.kind for found in self.activities}
        self.read: set[str] = {"moodle_backup.xml"}
        self.files: dict[str, _Stored] = {}
        self.seen: dict[str, set[str]] = {}
        self.known: list[str] = []

    def say(self, path: str, issue: str) -> None:
        self.issues.append(f"{path}: {issue}")

    def course(self) -> Course:
        self._container()
        self._information()
        self._settings()
        for path, name in _ROOTS.items():
            self._xml(path, name)
        self.files = {stored.number: stored for stored in self._stored()}
        course = self._xml("course/course.xml", "course")
        framework, self.known = self._competencies("course/competencies.xml", "course_competencies")
        found = [self._activity(listed) for listed in self.activities]
        sections = tuple(self._section(listed, found) for listed in self.sections)
        made = Course(
            fullname=self._text("course/course.xml", course, "fullname"),
            shortname=self._text("course/course.xml", course, "shortname"),
            idnumber=self._text("course/course.xml", course, "idnumber"),
            sections=sections,
            competencies=tuple(self.known),
            framework=framework,
            completed_by=tuple(self._completion()),
            issues=self.issues,
        )
        self._course(course, made)
        self._together(made)
        self._left_over()
        return made

    # --- reading ---

    def _xml(self, path: str, name: str) -> etree._Element | None:
        """Return the root of a file that the restore needs."""
        self.read.add(path)
        if path not in self.archive.names:
            self.say(path, "it is missing, and the restore fails")
            return None
        try:
            root = document(self.archive.read(path))
        except etree.XMLSyntaxError as error:
            self.say(path, f"it is not well-formed: {error.msg}")
            return None
        if local(root) != name:
            self.say(path, f"its root is <{local(root)}> instead of <{name}>")
        return root

    def _value(self, path: str, parent: etree._Element | None, name: str) -> str | None:
        """Return a field, or None for nothing at all; a field that is not there makes Moodle warn."""
        found = find(parent, name)
        if found is None:
            if parent is not None:
                self.say(path, f"there is no <{name}>, and the restore warns")
            return None
        if children(found):
            self.say(path, f"<{name}> is to be a text, and has elements")
        text = raw(found)
        return None if text == NULL else text

    def _text(self, path: str, parent: etree._Element | None, name: str, table: str = "") -> str:
        """Return a field that must not be null and must fit into its column."""
        value = self._value(path, parent, name)
        if value is None and find(parent, name) is not None:
            self.say(path, f"<{name}> must not be null")
        longest = LENGTHS.get(f"{table}.{name}" if table else name)
        if name in ("name", "fullname", "itemname") and _TAG.search(value or ""):
            self.say(path, f"<{name}> has what Moodle takes for a tag and drops: {value}")
        if longest and len(value or "") > longest:
            self.say(path, f"<{name}> has {len(value or '')} characters, and its column takes {longest}")
        return value or ""

    def _number(self, path: str, parent: etree._Element | None, name: str) -> int:
        value = self._text(path, parent, name)
        if re.fullmatch(r"-?\d{1,10}", value) is None:
            if find(parent, name) is not None:
                self.say(path, f"<{name}> is to be a whole number, and is '{value}'")
            return 0
        return int(value)

    def _decimal(self, path: str, parent: etree._Element | None, name: str) -> float:
        value = self._text(path, parent, name)
        if re.fullmatch(r"-?\d{1,5}(\.\d{1,5})?", value) is None:
            self.say(path, f"<{name}> is to be a number with up to five decimals, and is '{value}'")
            return 0
        return float(value)

    def _once(self, path: str, what: str, value: str) -> None:
        """Note that a value may stand in a backup once only."""
        known = self.seen.setdefault(what, set())
        if value in known:
            self.say(path, f"the {what} {value} is there twice")
        known.add(value)

    # --- the whole ---

    def _container(self) -> None:
        for name in self.archive.twice():
            self.say(name, "it stands in the zip twice")
        for entry in self.archive.entries:
            path = entry.filename
            if path.startswith("/") or ".." in path.split("/") or "\\" in path or is_symlink(entry):
                self.say(path, "its path is not one within the backup")

    def _listed(self, group: str, name: str) -> Iterator[_Listed]:
        for found in find_all(self.information, "contents", group, name):
            value = {local(child): raw(child) for child in children(found)}
            number = value.get("moduleid" if name == "activity" else "sectionid", "")
            kind, section = value.get("modulename", ""), value.get("sectionid", "")
            yield _Listed(number, section, kind, value.get("title", ""), value.get("directory", ""))

    def _information(self) -> None:
        path, info = "moodle_backup.xml", self.information
        for name in REQUIRED["information"]:
            self._text(path, info, name)
        for name in NUMBERS["information"]:
            self._number(path, info, name)
        if re.fullmatch(r"[0-9a-f]{40}", self._text(path, info, "original_site_identifier_hash")) is None:
            self.say(path, "the identifier of the site is no hash")
        detail = find(info, "details", "detail")
        if detail is None or re.fullmatch(r"[0-9a-f]{32}", detail.get("backup_id", "")) is None:
            self.say(path, "the backup has no id of 32 hexadecimal digits")
        if (self._text(path, detail, "type"), self._text(path, detail, "format")) != ("course", "moodle2"):
            self.say(path, "it is not the backup of a course in Moodle's own format")
        for name in ("interactive", "mode", "execution", "executiontime"):
            self._number(path, detail, name)
        self._directories()

    def _directories(self) -> None:
        path = "moodle_backup.xml"
        if self._text(path, find(self.information, "contents", "course"), "directory") != "course":
            self.say(path, "the course has no directory")
        for listed in (*self.activities, *self.sections):
            self._once(path, "directory", listed.name)
            what = (listed.kind, listed.number) if listed.kind else ("section", listed.section)
            above = "activities" if listed.kind else "sections"
            if listed.folder != f"{above}/{what[0]}_{what[1]}":
                self.say(path, f"the directory {listed.folder} is not named after {what[0]} {what[1]}")
            if not listed.title:
                self.say(path, f"{listed.folder} has no title")

    def _settings(self) -> None:
        path, levels = "moodle_backup.xml", {listed.name: listed for listed in (*self.activities, *self.sections)}
        found: dict[str, str] = {}
        for setting in find_all(self.information, "settings", "setting"):
            name, level = self._text(path, setting, "name"), self._text(path, setting, "level")
            self._once(path, "setting", name)
            found[name] = self._text(path, setting, "value")
            if level in ("activity", "section"):
                owner = self._text(path, setting, level)
                if owner not in levels:
                    self.say(path, f"the setting {name} is of {owner}, which is not listed")
                elif bool(levels[owner].kind) != (level == "activity"):
                    self.say(path, f"the setting {name} is of another level than {owner}")
            elif level not in ("root", "course"):
                self.say(path, f"the setting {name} is of an unknown level, {level}")
        self._set(found, levels)

    def _set(self, found: Mapping[str, str], levels: Iterable[str]) -> None:
        """Check the values of settings."""
        path = "moodle_backup.xml"
        for name, wanted in ROOT_SETTINGS.items():
            if found.get(name) != wanted:
                self.say(path, f"the setting {name} is to be {wanted}, and is {found.get(name)}")
        if "filename" not in found:
            self.say(path, "the setting filename is missing")
        for name in levels:
            if found.get(f"{name}_included") != "1":
                self.say(path, f"{name} is not included, and is left out")
            if found.get(f"{name}_userinfo") != "0":
                self.say(path, f"{name} is not said to be without data of users")

    def _course(self, root: etree._Element | None, made: Course) -> None:
        path, info = "course/course.xml", self.information
        for name in ("fullname", "shortname", "idnumber", "format"):
            self._text(path, root, name, "course")
        for name in REQUIRED["course"]:
            self._text(path, root, name)
        for name in NUMBERS["course"]:
            self._number(path, root, name)
        if root is None:
            return
        for own, other in (("id", "original_course_id"), ("contextid", "original_course_contextid")):
            if root.get(own) != raw(find(info, other)):
                self.say(path, f"its {own} is not the {other} of the backup")
        if find(root, "category", "name") is None:
            self.say(path, "there is no category")
        if not made.fullname or not made.shortname:
            self.say(path, "a course needs a name and a short name")
        if any(found.tracked for found in made.activities) and raw(find(root, "enablecompletion")) != "1":
            self.say(path, "completion is off, and every restriction would lock for good")

    def _together(self, made: Course) -> None:
        """Check what activities and sections wait for."""
        by_number = {found.number: found for found in made.activities}
        home = {found.number: section for section in made.sections for found in section.activities}
        for found in made.activities:
            for number in found.needs:
                self._awaited(f"activity {found.number}", by_number.get(number))
        for section in made.sections:
            for number in section.needs:
                self._awaited(f"section {section.number}", by_number.get(number))
        for number in made.completed_by:
            self._awaited("the completion of the course", by_number.get(number))
        waits = {
            number: {*found.needs, *(home[number].needs if number in home else ())}
            for number, found in by_number.items()
        }
        while ready := [number for number, needs in waits.items() if not needs & waits.keys()]:
            for number in ready:
                del waits[number]
        if waits:
            self.say("moodle_backup.xml", f"these wait for each other for good: {sorted(waits)}")

    def _awaited(self, who: str, needed: Activity | None) -> None:
        if needed is None:
            self.issues.append(f"{who} waits for an activity that is not there")
        elif not needed.tracked:
            self.issues.append(f"{who} waits for {needed.name}, whose completion is not tracked")
        elif not needed.visible:
            self.issues.append(f"{who} waits for {needed.name}, which is hidden")

    def _left_over(self) -> None:
        for name in self.archive.names:
            if name not in self.read and not name.startswith("coursewright/"):  # the source, which Moodle leaves alone
                self.say(name, "nothing refers to it")

    # --- files ---

    def _stored(self) -> Iterator[_Stored]:
        path = "files.xml"
        for entry in find_all(self._xml(path, "files"), "file"):
            number = entry.get("id", "")
            self._once(path, "file", number)
            for name in REQUIRED["file"]:
                self._value(path, entry, name)
            digest, name = self._text(path, entry, "contenthash"), self._text(path, entry, "filename", "file")
            blob = f"files/{digest[:2]}/{digest}"
            self.read.add(blob)
            content = self.archive.read(blob) if blob in self.archive.names else None
            if content is None:
                self.say(path, f"the content of {name} is not in the backup")
            elif sha1(content, usedforsecurity=False).hexdigest() != digest:
                self.say(path, f"the content of {name} has another hash")
            if self._number(path, entry, "filesize") != len(content or b""):
                self.say(path, f"the content of {name} has another size")
            folder = self._text(path, entry, "filepath", "file")
            if "/" in name or not name or re.fullmatch(r"/(?:[^/]+/)*", folder) is None:
                self.say(path, f"the path of {name} is not one of a file")
            name = f"{folder[1:]}{name}"
            if re.fullmatch(r"[\w.+-]+/[\w.+-]+", self._text(path, entry, "mimetype")) is None:
                self.say(path, f"{name} has no type")
            context, component = self._text(path, entry, "contextid"), self._text(path, entry, "component")
            area, item = self._text(path, entry, "filearea"), self._number(path, entry, "itemid")
            self._once(path, "place of a file", f"{context} {component} {area} {item} {name}")
            yield _Stored(number, context, component, File(area, name, content or b"", raw(find(entry, "mimetype"))))

    def _owned(self, folder: str, kind: str, context: str) -> Iterator[File]:
        """Yield the files that an activity brings: those it refers to, in its context and in an area of its kind."""
        path = f"{folder}/inforef.xml"
        root = self._xml(path, "inforef")
        named = [raw(entry) for entry in find_all(root, "fileref", "file", "id")]
        for number in named:
            stored = self.files.get(number)
            if stored is None:
                self.say(path, f"it refers to the file {number}, which is not in files.xml")
            elif stored.context != context or stored.component != f"mod_{kind}" or stored.file.area not in AREAS[kind]:
                self.say(path, f"the file {stored.file.name} is of another activity, or of an unknown area")
            else:
                yield stored.file
        for stored in self.files.values():
            if stored.context == context and stored.number not in named:
                self.say(path, f"it does not refer to {stored.file.name}, which is lost")

    # --- sections and activities ---

    def _section(self, listed: _Listed, found: Iterable[Activity]) -> Section:
        path = f"{listed.folder}/section.xml"
        root = self._xml(path, "section")
        number = self._number(path, root, "number")
        self._once(path, "number of a section", str(number))
        self._once(path, "id of a section", listed.section)
        if root is not None and root.get("id") != listed.section:
            self.say(path, f"its id is not {listed.section}")
        for name in REQUIRED["section"]:
            self._value(path, root, name)
        inside = [activity for activity in self.activities if activity.section == listed.section]
        sequence = raw(find(root, "sequence"))
        if sequence != ",".join(activity.number for activity in inside):
            self.say(path, f"its sequence is {sequence}, and its activities are restored in another order")
        name = self._text(path, root, "name", "section") if number else self._value(path, root, "name") or ""
        if number and not name:
            self.say(path, "it has no name")
        if self._number(path, root, "visible") != 1:
            self.say(path, "it is hidden")
        needs, greyed = self._availability(path, self._value(path, root, "availabilityjson"))
        summary = self._text(path, root, "summary")
        self._html(path, summary, ())
        numbers = {activity.number for activity in inside}
        own = tuple(activity for activity in found if str(activity.number) in numbers)
        return Section(number, name, summary, needs, greyed, own)

    def _availability(self, path: str, text: str | None) -> tuple[tuple[int, ...], bool]:
        """Return what must be complete, and whether the locked thing shows."""
        if text is None:
            return (), False
        try:
            tree = json.loads(text)
            conditions, shown = tree["c"], tree["showc"]
            needs = tuple(condition["cm"] for condition in conditions)
            sound = tree["op"] == "&" and len(conditions) == len(shown) > 0 and len(set(needs)) == len(needs)
            sound &= all(isinstance(number, int) for number in needs)
            sound &= all(isinstance(one, bool) for one in shown)
            sound &= all(condition["type"] == "completion" and condition["e"] == 1 for condition in conditions)
        except (ValueError, KeyError, TypeError):
            sound, needs, shown = False, (), ()
        if not sound:
            self.say(path, f"this is no restriction to completed activities: {text}")
            return (), False
        return needs, all(shown)

    def _activity(self, listed: _Listed) -> Activity:
        folder, kind = listed.folder, listed.kind
        path = f"{folder}/{kind}.xml"
        if kind not in AREAS:
            self.say(path, f"there is no module {kind}")
        if listed.section not in {section.section for section in self.sections}:
            self.say("moodle_backup.xml", f"{listed.folder} is in section {listed.section}, which is not listed")
        root = self._xml(path, "activity")
        instance = find(root, kind)
        context = "" if root is None else root.get("contextid", "")
        self._identity(path, listed, root, instance)
        self._xml(f"{folder}/roles.xml", "roles")
        files = tuple(self._owned(folder, kind, context))
        details = self._details(path, kind, instance)
        content, intro = details.get("content") or "", details.get("intro") or ""
        self._html(path, intro, [file.name for file in files if file.area == "intro"])
        self._html(path, content, [file.name for file in files if file.area == "content"])
        if kind == "page" and not content.strip():
            self.say(path, "the page is empty")
        most, to_pass = self._grades(listed, instance)
        rubric = tuple(self._rubric(folder, most)) if kind == "assign" else ()
        _, competencies = self._competencies(f"{folder}/competencies.xml", "course_module_competencies")
        module = self._module(listed)
        conditions = frozenset(self._conditions(f"{folder}/module.xml", module, kind, details, to_pass))
        self._kind(path, kind, details, instance, files, conditions)
        needs, _ = self._availability(
            f"{folder}/module.xml", self._value(f"{folder}/module.xml", module, "availability")
        )
        return Activity(
            number=int(listed.number) if listed.number.isdigit() else 0,
            kind=kind,
            name=details.get("name") or "",
            idnumber=raw(find(module, "idnumber")),
            intro=intro,
            content=content,
            url=details.get("externalurl") or "",
            visible=raw(find(module, "visible")) == "1",
            tracked=bool(conditions),
            conditions=conditions,
            needs=needs,
            most=most,
            to_pass=to_pass,
            rubric=rubric,
            competencies=tuple(competencies),
            files=files,
            details=details,
        )

    def _identity(
        self, path: str, listed: _Listed, root: etree._Element | None, instance: etree._Element | None
    ) -> None:
        if root is None:
            return
        self._once(path, "module", listed.number)
        self._once(path, "context", root.get("contextid", ""))
        above = [raw(find(self.information, f"original_{of}_contextid")) for of in ("course", "system")]
        if root.get("contextid") in above:
            self.say(path, "its context is that of the course or of the site")
        if (root.get("moduleid"), root.get("modulename")) != (listed.number, listed.kind):
            self.say(path, f"it is not of {listed.kind} {listed.number}")
        if instance is None or instance.get("id") != root.get("id"):
            self.say(path, f"it has no <{listed.kind}> with its id")
        else:
            self._once(path, f"{listed.kind} with the id", instance.get("id", ""))

    def _details(self, path: str, kind: str, instance: etree._Element | None) -> dict[str, str | None]:
        for name in REQUIRED.get(kind, ()):
            self._text(path, instance, name, kind if name == "reference" else "activity")
        for name in NUMBERS.get(kind, ()):
            self._number(path, instance, name)
        for name in SERIALISED.get(kind, ()):
            text = self._text(path, instance, name)
            if serialised(text) is None:
                self.say(path, f"PHP cannot read <{name}>: {text}")
        found = {local(child): raw(child) for child in children(instance) if not children(child)}
        if not (found.get("name") or "").strip():
            self.say(path, "it has no name")
        return {name: None if value == NULL else value for name, value in found.items()}

    def _module(self, listed: _Listed) -> etree._Element | None:
        path = f"{listed.folder}/module.xml"
        root = self._xml(path, "module")
        for name in MODULE:
            self._value(path, root, name)
        if root is None:
            return None
        if root.get("id") != listed.number or not root.get("version", "").isdigit():
            self.say(path, f"it is not module {listed.number} with a version")
        if raw(find(root, "modulename")) != listed.kind:
            self.say(path, f"it is not of {listed.kind}")
        if raw(find(root, "sectionid")) != listed.section:
            self.say(path, f"it is in another section than {listed.section}")
        number = find(self._peek(f"sections/section_{listed.section}/section.xml"), "number")
        if raw(find(root, "sectionnumber")) != raw(number):
            self.say(path, "its section has another number")
        idnumber = self._text(path, root, "idnumber", "module")
        if not idnumber:
            self.say(path, "it has no idnumber, by which a teacher would know it")
        self._once(path, "idnumber", idnumber)
        if raw(find(root, "visible")) not in ("0", "1") or raw(find(root, "visibleoncoursepage")) != "1":
            self.say(path, "it is neither visible nor hidden")
        return root

    def _peek(self, path: str) -> etree._Element | None:
        try:
            return document(self.archive.read(path))
        except (KeyError, etree.XMLSyntaxError):
            return None

    def _conditions(
        self,
        path: str,
        module: etree._Element | None,
        kind: str,
        details: Mapping[str, str | None],
        to_pass: float,
    ) -> Iterator[str]:
        """Yield what completes an activity."""
        completion = self._number(path, module, "completion")
        viewed, passed = self._number(path, module, "completionview"), self._number(path, module, "completionpassgrade")
        graded = self._value(path, module, "completiongradeitemnumber") is not None
        rules = {
            "view": bool(viewed),
            "submit": kind == "assign" and details.get("completionsubmit") == "1",
            "post": kind == "forum" and (details.get("completionposts") or "0") != "0",
            "scorm": kind == "scorm" and details.get("completionstatusrequired") in ("2", "4", "6"),
            "attempt": kind == "quiz" and (details.get("completionminattempts") or "0") != "0",
            "grade": graded,
            "pass": bool(passed),
        }
        if completion not in (0, 1, 2):
            self.say(path, "its completion is neither off, manual nor automatic")
        if completion == 2 and not any(rules.values()):
            self.say(path, "it is to complete by itself, and nothing completes it")
        if completion == 0 and (viewed or passed or graded):
            self.say(path, "it has conditions, and its completion is off")
        if passed and not (graded and to_pass > 0):
            self.say(path, "it is to be passed, and has no grade to pass")
        if to_pass > 0 and completion and not passed:
            self.say(path, "it has a grade to pass, and need not be passed")
        if completion == 1:
            yield "manual"
        if completion == 2:
            yield from (name for name, holds in rules.items() if holds)

    def _kind(
        self,
        path: str,
        kind: str,
        details: Mapping[str, str | None],
        instance: etree._Element | None,
        files: tuple[File, ...],
        conditions: frozenset[str],
    ) -> None:
        """Check what is asked of one module only."""
        if kind == "assign":
            if details.get("attemptreopenmethod") not in ("manual", "untilpass"):
                self.say(path, "attempts reopen in a way that not every Moodle knows")
            enabled = set()
            for config in find_all(instance, "plugin_configs", "plugin_config"):
                plugin, name = self._text(path, config, "plugin"), self._text(path, config, "name")
                subtype, value = self._text(path, config, "subtype"), self._text(path, config, "value")
                if (subtype, name, value) == ("assignsubmission", "enabled", "1"):
                    enabled.add(plugin)
            if "submit" in conditions and not enabled & {"onlinetext", "file"}:
                self.say(path, "it is complete once handed in, and takes nothing")
        if kind == "url" and re.match(r"https?://[^\s/]+", details.get("externalurl") or "") is None:
            self.say(path, f"this is no address: {details.get('externalurl')}")
        if kind == "scorm":
            self._packed(path, details, instance, files)

    def _packed(
        self,
        path: str,
        details: Mapping[str, str | None],
        instance: etree._Element | None,
        files: Iterable[File],
    ) -> None:
        """Check that a package comes unpacked, or will be when it is first used."""
        reference = details.get("reference")
        packages = [file.content for file in files if (file.area, file.name) == ("package", reference)]
        if len(packages) != 1 or not _is_scorm(packages[0]):
            self.say(path, f"{reference} is no package in it")
        elif details.get("updatefreq") == "0":
            self._unpacked(path, packages[0], instance, files)
        elif (details.get("updatefreq"), details.get("sha1hash")) != ("3", ""):
            self.say(path, "it is never unpacked")

    def _unpacked(self, path: str, package: bytes, instance: etree._Element | None, files: Iterable[File]) -> None:
        """Check that a package comes with all that Moodle would make of it."""
        contents = {file.name: file.content for file in files if file.area == "content"}
        with zipfile.ZipFile(BytesIO(package)) as archive:
            packed = {name: archive.read(name) for name in archive.namelist() if not name.endswith("/")}
        if contents != packed:
            self.say(path, "it is never unpacked, and its files are not those of its package")
        if self._text(path, instance, "sha1hash") != sha1(package, usedforsecurity=False).hexdigest():
            self.say(path, "its hash is not that of its package")
        launched = []
        for sco in find_all(instance, "scoes", "sco"):
            self._once(path, "SCO", sco.get("id", ""))
            for name in ("manifest", "organization", "parent", "identifier", "launch", "scormtype", "title"):
                self._text(path, sco, name, "sco")
            self._number(path, sco, "sortorder")
            launched += [sco.get("id")] if raw(find(sco, "launch")) else []
            if raw(find(sco, "launch")).partition("?")[0] not in {"", *contents}:
                self.say(path, f"{raw(find(sco, 'launch'))} is no file of it")
        if not launched or raw(find(instance, "launch")) not in launched:
            self.say(path, "it launches nothing")

    def _grades(self, listed: _Listed, instance: etree._Element | None) -> tuple[float, float]:
        """Return the highest grade of an activity, and the one that passes."""
        path = f"{listed.folder}/grades.xml"
        items = find_all(self._xml(path, "activity_gradebook"), "grade_items", "grade_item")
        most = to_pass = 0.0
        for item in items:
            for name in REQUIRED["grade_item"]:
                self._value(path, item, name)
            self._text(path, item, "itemname", "activity")
            self._once(path, "grade item", item.get("id", ""))
            most, to_pass = self._decimal(path, item, "grademax"), self._decimal(path, item, "gradepass")
            least = self._decimal(path, item, "grademin")
            if not 0 <= least <= to_pass <= most:
                self.say(path, f"a grade from {least} to {most} is not passed with {to_pass}")
            kind = (raw(find(item, "itemtype")), raw(find(item, "itemmodule")), raw(find(item, "iteminstance")))
            if instance is None or kind != ("mod", listed.kind, instance.get("id")):
                self.say(path, "the grade is of another activity")
            if raw(find(item, "idnumber")) != raw(find(self._peek(f"{listed.folder}/module.xml"), "idnumber")):
                self.say(path, "the grade has another idnumber than the activity")
        if listed.kind == "assign" and most != self._number(path.replace("grades", "assign"), instance, "grade"):
            self.say(path, "the assignment gives another grade")
        if len(items) > 1:
            self.say(path, "there is more than one grade")
        root = self._peek(f"{listed.folder}/inforef.xml")
        named = [raw(found) for found in find_all(root, "grade_itemref", "grade_item", "id")]
        if named != [item.get("id") for item in items]:
            self.say(f"{listed.folder}/inforef.xml", "it does not refer to the grade")
        return most, to_pass

    def _rubric(self, folder: str, most: float) -> Iterator[Criterion]:
        path = f"{folder}/grading.xml"
        root = self._xml(path, "areas")
        area = find(root, "area")
        definitions = find_all(area, "definitions", "definition")
        if self._text(path, area, "areaname") != "submissions" or area is None or not area.get("id"):
            self.say(path, "the area is not that of what is handed in")
        method = self._value(path, area, "activemethod")
        if (method is None) != (not definitions) or len(definitions) > 1:
            self.say(path, "a rubric is chosen and not there, or there and not chosen")
        for definition in definitions:
            self._once(path, "grading definition", definition.get("id", ""))
            self._text(path, definition, "name", "activity")
            if (method, raw(find(definition, "method")), raw(find(definition, "status"))) != ("rubric", "rubric", "20"):
                self.say(path, "the definition is no rubric that is ready")
            try:
                json.loads(self._text(path, definition, "options"))
            except ValueError:
                self.say(path, "the options of the rubric cannot be read")
            if not most:
                self.say(path, "there is a rubric and no grade")
            criteria = find_all(definition, "plugin_gradingform_rubric_definition", "criteria", "criterion")
            if not criteria:
                self.say(path, "the rubric has no rows")
            yield from (self._criterion(path, criterion) for criterion in criteria)

    def _criterion(self, path: str, criterion: etree._Element) -> Criterion:
        self._once(path, "criterion", criterion.get("id", ""))
        self._number(path, criterion, "sortorder")
        levels = []
        for level in find_all(criterion, "levels", "level"):
            self._once(path, "level", level.get("id", ""))
            levels.append((self._decimal(path, level, "score"), self._text(path, level, "definition")))
        description = self._text(path, criterion, "description")
        scores = [score for score, _ in levels]
        if len(levels) < 2 or scores[0] != 0 or scores != sorted(set(scores)):
            self.say(path, f"the levels of '{description}' do not rise from nothing")
        if not description.strip() or not all(text.strip() for _, text in levels):
            self.say(path, "a row or a level of the rubric has no text")
        return Criterion(description, tuple(levels))

    # --- competencies ---

    def _competencies(self, path: str, name: str) -> tuple[str, list[str]]:
        """Return the framework and the idnumbers of competencies that are linked to."""
        whole = name == "course_competencies"
        if path not in self.archive.names:
            return "", []
        frameworks, found = set(), []
        for entry in find_all(self._xml(path, name), "competencies", "competency"):
            if whole:
                self._once(path, "competency", self._text(path, entry, "id"))
            else:
                self._number(path, entry, "overridegrade")
            self._number(path, entry, "ruleoutcome")
            self._number(path, entry, "sortorder")
            frameworks.add(self._text(path, entry, "frameworkidnumber", "competency"))
            found.append(self._text(path, entry, "idnumber", "competency"))
            if not whole and found[-1] not in self.known:
                self.say(path, f"the competency {found[-1]} is not one of the course")
        if len(frameworks) > 1 or len(set(found)) != len(found) or "" in found:
            self.say(path, "its competencies are not different ones of one framework")
        return next(iter(frameworks), ""), found

    # --- completion of the course ---

    def _completion(self) -> Iterator[int]:
        """Yield the activities that complete the course."""
        path = "completion.xml"
        if path not in self.archive.names:
            return
        root = self._xml(path, "course_completion")
        for entry in find_all(root, "course_completion_criteria"):
            for name in COMPLETION:
                self._value(path, entry, name)
            kind, number = self._text(path, entry, "module"), self._number(path, entry, "moduleinstance")
            if self._number(path, entry, "criteriatype") != _BY_ACTIVITY or self.kinds.get(str(number)) != kind:
                self.say(path, f"the course is to be completed by {kind} {number}, which is not there")
            yield number
        for entry in find_all(root, "course_completion_aggr_methd"):
            for name in ("criteriatype", "value"):
                self._value(path, entry, name)
            self._number(path, entry, "method")

    # --- texts ---

    def _html(self, path: str, text: str, names: Iterable[str]) -> None:
        """Check the links of a text, and that nothing in it acts."""
        self._tokens(path, text)
        for name in _STORED.findall(text):
            if name not in names:
                self.say(path, f"it shows {name}, which is no file of it")
        root = page(text)
        known = anchors(body(root))
        for element in elements(root):
            if local(element) in _ACTIVE or any(str(name).startswith("on") for name in element.attrib):
                self.say(path, f"<{local(element)}> would act in the page")
        for link in links(root):
            address = link.address
            if address.startswith("#"):
                if address[1:] not in known:
                    self.say(path, f"nothing in it is called {address}")
            elif re.match(r"https?://|mailto:|\$@|@@PLUGINFILE@@/", address) is None:
                self.say(path, f"{address} leads nowhere")

    def _tokens(self, path: str, text: str) -> None:
        found = list(_TOKEN.finditer(text))
        if len(_TOKEN_HEAD.findall(text)) != len(found):
            self.say(path, "it has what looks like a link of a backup, and is none")
        sections = {section.section for section in self.sections}
        for token in found:
            kind, number = LINKS.get(token[1]), token[2]
            known = number in sections if kind == "section" else bool(kind) and self.kinds.get(number) == kind
            if kind == "course":
                known = number == raw(find(self.information, "original_course_id"))
            if not known:
                self.say(path, f"{token[0]} leads nowhere")


def _is_scorm(content: bytes) -> bool:
    try:
        with zipfile.ZipFile(BytesIO(content)) as package:
            return MANIFEST in package.namelist() and package.testzip() is None
    except zipfile.BadZipFile:
        return False


def counted(course: Course) -> Counter[str]:
    """Return how many activities of each kind there are."""
    return Counter(found.kind for found in course.activities)
