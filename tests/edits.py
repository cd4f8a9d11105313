"""Small edits of packages, and how each changes what is found and shown.

A package is looked at in ways: judged, inspected, compared with what it was. `edits/` has texts of sections, each a
package and a way, what is seen of it as it is, and below each edit what is seen besides (+) and no more (-).
"""

from __future__ import annotations

import importlib.util
import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from tempfile import TemporaryDirectory

import damages
from backups import backup, waiting
from cartridges import COURSE
from lxml import etree
from packages import SMALL, files_in, unzipped, zipped

from coursewright.audit.changed import comparison_as_json, comparison_as_markdown, comparison_as_text
from coursewright.audit.inspect import Inspection, inspect_package
from coursewright.audit.lms import LMSS
from coursewright.audit.shown import as_json, as_text
from coursewright.audit.validate import validate_package
from coursewright.building.comparing import compared
from coursewright.findings.finding import Finding
from coursewright.findings.messages import catalogue

HERE = Path(__file__).parent
TEXTS = HERE / "edits"
Files = dict[str, bytes]
_LONGEST = 180  # letters of a line
_TOGETHER = re.compile(r' && (?=[^"|]+ \| )')
_PARSER = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)


@dataclass(frozen=True, slots=True)
class Edit:
    """One step away from a package: a file, an element in it by its path, its text or an attribute, and what is done.

    What is done is `gone`, `twice`, `last`, `first`, `bare` (with nothing in it), `named` (with a name), `has` (with an element), `is`
    (with a text) or `says` (with a text, and the one whose place it takes).
    """

    file: str
    path: str
    place: str
    done: str
    value: str = ""
    before: str = ""

    def __str__(self) -> str:
        value = f" {json.dumps(self.value, ensure_ascii=False)}" if self.done in ("is", "says", "has", "named") else ""
        before = f" for {json.dumps(self.before, ensure_ascii=False)}" if self.done == "says" else ""
        return f"{self.file} | {self.path} | {self.place} | {self.done}{value}{before}"

    @classmethod
    def of(cls, line: str) -> Edit:
        """Return the edit that a line tells."""
        file, path, place, what = line.split(" | ", 3)
        done, _, values = what.partition(" ")
        value, end = json.JSONDecoder().raw_decode(values) if values else ("", 0)
        before = json.loads(values[end:].removeprefix(" for ")) if done == "says" else ""
        return cls(file, path, place, done, value, before)


Edits = tuple[Edit, ...]


def edits_of(line: str) -> Edits:
    """Return the edits that a line tells, which are made together."""
    return tuple(map(Edit.of, _TOGETHER.split(line)))


def edited(files: Mapping[str, bytes], edits: Edits) -> Files | None:
    """Return the files of a package after edits, or None where one of them cannot be made."""
    found: Files | None = dict(files)
    for edit in edits:
        found = _edited(found, edit) if found is not None else None
    return found


def _edited(files: Files, edit: Edit) -> Files | None:
    if edit.file not in files:
        return None
    if not edit.path:
        return _in_file(dict(files), edit)
    try:
        root = etree.fromstring(files[edit.file], _PARSER)
    except etree.XMLSyntaxError:
        return None
    element = _at(root, edit.path)
    if element is None or not _in_element(element, edit):
        return None
    return {
        **files,
        edit.file: _before_root(files[edit.file], root) + etree.tostring(root, encoding="unicode").encode(),
    }


def _before_root(content: bytes, root: etree._Element) -> bytes:
    """Return what stands in a document before its root."""
    begins = re.search(
        rb"<(?![?!])", re.sub(rb"<!--.*?-->", lambda found: b" " * len(found[0]), content, flags=re.DOTALL)
    )
    return content[: begins.start()] if begins else b""


def _in_file(files: Files, edit: Edit) -> Files | None:
    content = files[edit.file]
    if edit.done == "gone":
        del files[edit.file]
    elif edit.done == "named":
        files[edit.value] = files.pop(edit.file)
    elif edit.done == "is":
        files[edit.file] = edit.value.encode()
    elif edit.before.encode() in content:
        files[edit.file] = content.replace(edit.before.encode(), edit.value.encode(), 1)
    else:
        return None
    return files


def _in_element(element: etree._Element, edit: Edit) -> bool:
    """Edit an element, and say whether that could be done."""
    if edit.place:
        return _in_value(element, edit)
    parent = element.getparent()
    if edit.done == "bare":
        del element[:]
        element.text = None
    elif edit.done == "named":
        element.tag = f"{{{etree.QName(element).namespace}}}{edit.value}".removeprefix("{None}")
    elif edit.done == "has":
        element.append(_guest(edit.value, element))
    elif parent is None:
        return False
    elif edit.done == "gone":
        parent.remove(element)
    elif edit.done == "twice":
        element.addnext(deepcopy(element))
    else:
        parent.insert(0 if edit.done == "first" else len(parent), element)
    return True


def _guest(text: str, element: etree._Element) -> etree._Element:
    """Return an element that a text tells, in the namespaces of another."""
    spaces = " ".join(f'xmlns{":" if key else ""}{key or ""}="{name}"' for key, name in element.nsmap.items())
    (found,) = etree.fromstring(f"<guest {spaces}>{text}</guest>", _PARSER)
    return found


def _in_value(element: etree._Element, edit: Edit) -> bool:
    names = {shown_name(name): name for name in element.attrib}
    shown = edit.place.removeprefix("@")
    name = "" if edit.place == "text" else names.get(shown, shown)
    value = element.get(name) if name else element.text or ""
    if edit.done == "gone":
        return bool(name) and element.attrib.pop(name, "") != ""
    if edit.done == "says" and edit.before not in (value or ""):
        return False
    now = (value or "").replace(edit.before, edit.value, 1) if edit.done == "says" else edit.value
    if name:
        element.set(name, now)
    else:
        element.text = now
    return True


def shown_name(name: str | bytes) -> str:
    """Return the name of an element or an attribute without its namespace."""
    return str(name).rpartition("}")[2]


def path_of(element: etree._Element) -> str:
    """Return where an element stands, as names and numbers from 2 on."""
    steps = []
    for one in (element, *element.iterancestors()):
        name = shown_name(one.tag)
        number = 1 + sum(shown_name(other.tag) == name for other in one.itersiblings(etree.Element, preceding=True))
        steps.append(name if number == 1 else f"{name}[{number}]")
    return "/".join(reversed(steps))


def _at(root: etree._Element, path: str) -> etree._Element | None:
    found = root
    for step in path.split("/")[1:]:
        name, _, number = step.rstrip("]").partition("[")
        alike = [one for one in found.iterchildren(etree.Element) if shown_name(one.tag) == name]
        if int(number or 1) > len(alike):
            return None
        found = alike[int(number or 1) - 1]
    return found


# --- packages ---


@dataclass(frozen=True, slots=True)
class Source:
    """The files of a package, and those of the one that it took the place of."""

    files: Files
    before: Files
    ending: str = "zip"


def case_names() -> list[str]:
    """Return the names of the cases of findings that have packages."""
    return sorted(
        path.name
        for path in (HERE / "findings").iterdir()
        if any((path / name).exists() for name in ("zipped", "package.py", "old"))
    )


@cache
def sources(name: str) -> Mapping[str, Source]:
    """Return the packages of a case of findings, or those that are made elsewhere, by their names."""
    folder = HERE / "findings" / name
    found: dict[str, Source] = {}
    if not folder.exists():
        files = _OTHERS[name]() if name in _OTHERS else files_in(TEXTS / "packages" / name)
        return {name: Source(files, files, "mbz" if "moodle_backup.xml" in files else "zip")}
    if (folder / "zipped").exists():
        files = files_in(folder / "zipped")
        found[name] = Source(files, files, "mbz" if "moodle_backup.xml" in files else "zip")
    if (folder / "old").exists():
        found[name] = Source(files_in(folder / "new"), files_in(folder / "old"))
    if (folder / "package.py").exists():
        with TemporaryDirectory() as made:
            _make(folder / "package.py", Path(made))
            for path in sorted(Path(made).iterdir()):
                if _is_zip(path):
                    files = unzipped(path)
                    found[f"{name}/{path.name}"] = Source(files, files, path.suffix.removeprefix("."))
    return found


def _is_zip(path: Path) -> bool:
    return path.is_file() and path.read_bytes()[:4] == b"PK\3\4" and path.stat().st_size < 60_000


def _make(script: Path, folder: Path) -> None:
    spec = importlib.util.spec_from_file_location("make", script)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    module.make(folder)


_OTHERS: Mapping[str, Callable[[], Files]] = {
    "small": lambda: dict(SMALL),
    "canvas": lambda: dict(COURSE),
    "backup": lambda: backup(restrictions={"2": waiting("10", "11"), "21": waiting("20")}),
    "moodle": lambda: dict(damages.BACKUP),
}


# --- what is seen ---

Look = Callable[[Path, Path], Iterable[str]]


def _judged(lmss: tuple[str, ...], now: Path, before: Path) -> Iterator[str]:
    verdict = validate_package(now, [LMSS[name] for name in lmss])
    yield verdict.summary.replace(str(now), "")
    yield from (finding_line(finding, now) for finding in verdict.findings)


_messages = cache(catalogue)


def finding_line(finding: Finding, path: Path) -> str:
    """Return what is found of a package, and where, in one line."""
    place = str(finding.place).replace(str(path), "").lstrip("/")
    hint = "" if finding.hint == _messages()[finding.code].hint else f" → {finding.hint}"
    return f"{finding.code} {place}: {finding.severity} {finding.text[:_LONGEST]}{hint[:_LONGEST]}".replace(
        str(path), ""
    )


def _inspected(now: Path, before: Path) -> Iterator[str]:
    found = inspect_package(now)
    yield from as_text(found)
    yield from (finding_line(finding, now) for finding in found.findings)


def _as_json(now: Path, before: Path) -> Iterator[str]:
    shown = as_json(inspect_package(now))
    shown.pop("packed")
    for key, value in shown.items():
        told = value if isinstance(value, list) else [value]
        yield from (f"{key}: {json.dumps(one, ensure_ascii=False)[: _LONGEST * 4]}" for one in told)


def _changed(now: Path, before: Path) -> Iterator[str]:
    yield from comparison_as_text(compared(_was(before), inspect_package(now, marked=True)))


def _as_markdown(now: Path, before: Path) -> Iterator[str]:
    yield from comparison_as_markdown(compared(_was(before), inspect_package(now, marked=True)))


@cache
def _was(path: Path) -> Inspection:
    """Return what is seen of what a package was, which is the same for all edits of it."""
    return inspect_package(path, marked=True)


def _changed_as_json(now: Path, before: Path) -> Iterator[str]:
    shown = comparison_as_json(compared(_was(before), inspect_package(now, marked=True)))
    yield from (json.dumps(one, ensure_ascii=False) for one in (*shown.pop("changes"), shown))


LOOKS: Mapping[str, Look] = {
    "judged": partial(_judged, ()),
    **{f"judged for {name}": partial(_judged, (name,)) for name in LMSS},
    "judged for moodle canvas": partial(_judged, ("moodle", "canvas")),
    "inspected": _inspected,
    "json": _as_json,
    "compared": _changed,
    "markdown": _as_markdown,
    "compared as json": _changed_as_json,
}


def seen(source: Source, files: Files, look: str, folder: Path) -> list[str]:
    """Return what is seen of the files of a package; `folder` is for what has to be written for that."""
    now, before = folder / f"now.{source.ending}", folder / f"before.{source.ending}"
    zipped(now, files, 0)
    if look in ("compared", "markdown", "compared as json"):
        zipped(before, source.before, 0)
    lines = (line.replace(f"{folder}/", "") for line in LOOKS[look](now, before))
    return [re.sub(r"(?<=\S)\s+", " ", line)[: 3 * _LONGEST].rstrip() for line in lines]


def differing(before: Iterable[str], now: Iterable[str]) -> Iterator[str]:
    """Yield the lines that are seen besides, and those that are seen no more."""
    one, other = Counter(before), Counter(now)
    yield from (f"- {line}" for line in one for _ in range(one[line] - other[line]))
    yield from (f"+ {line}" for line in other for _ in range(other[line] - one[line]))


# --- texts ---


@dataclass(slots=True)
class Section:
    """What a text says of a package that is looked at in a way: what is seen of it, and what changes with edits."""

    source: str
    look: str
    lines: list[str]
    edits: dict[Edits, list[str]]

    def __str__(self) -> str:
        told = [f"=== {self.source}: {self.look}", *(f"  {line}".rstrip() for line in self.lines)]
        for edits, changes in self.edits.items():
            told += [f"--- {' && '.join(map(str, edits))}", *changes]
        return "".join(f"{line}\n" for line in told)

    def anew(self, source: Source, folder: Path) -> Section:
        """Return the section as it is now, without edits that cannot be made."""
        _was.cache_clear()  # of the package before
        lines = seen(source, source.files, self.look, folder)
        made = ((edits, edited(source.files, edits)) for edits in self.edits)
        edits = {
            edits: list(differing(lines, seen(source, files, self.look, folder)))
            for edits, files in made
            if files is not None
        }
        return Section(self.source, self.look, [line.rstrip() for line in lines], edits)


def sections(path: Path) -> list[Section]:
    """Return the sections of a text."""
    found: list[Section] = []
    changes: list[str] = []
    for line in path.read_text("utf-8").split("\n")[:-1]:
        if line.startswith("=== "):
            source, _, look = line[4:].partition(": ")
            changes = []
            found.append(Section(source, look, changes, {}))
        elif line.startswith("--- "):
            found[-1].edits[edits_of(line[4:])] = changes = []
        else:
            changes.append(line[2:] if changes is found[-1].lines else line)
    return found
