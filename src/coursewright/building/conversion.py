"""From packages to packages: courses read back, what was read of each, and the report of what became of everything."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from coursewright.building.pipeline import Linted, Progress, folder_options, look_at, silent
from coursewright.building.report import Report
from coursewright.building.settings import Config
from coursewright.building.unpacked import unpacked
from coursewright.course.assets import ToFile
from coursewright.course.division import parts_of_all
from coursewright.course.model import Course
from coursewright.course.parts import File, Link, Part
from coursewright.course.quiz import Quiz, asked
from coursewright.course.values import Audience
from coursewright.frozen import frozen
from coursewright.packages.files.writing import replaced
from coursewright.readers.packages.recovering import Recovered, recovered
from coursewright.readers.packages.recovery import PART_KINDS, Element, ElementKind, Fate
from coursewright.text.markdown.html import Converter
from coursewright.version import __version__
from coursewright.writers import FORMATS

IMPORT_REPORT = "import-report.json"


@frozen
class Conversion:
    """A package that was read back and looked at."""

    package: Path
    read: Recovered
    linted: Linted

    @property
    def exact(self) -> bool:
        """Whether the package brought its source along."""
        return self.read.recovery is not None and self.read.recovery.exact

    @property
    def how(self) -> str:
        """How its course was read back, in words."""
        return "round trip" if self.exact else "salvaged"

    @property
    def elements(self) -> Sequence[Element]:
        """What the package has, and what became of it."""
        return self.read.recovery.elements if self.read.recovery else ()


def read_back(package: Path, config: Config, progress: Progress = silent) -> Conversion:
    """Read the course of a package, and look at what it says."""
    progress(f"reading {package}")
    read = recovered(package, unpacked(package), folder_options(config))
    return Conversion(package, read, look_at(read.curriculum, config, progress))


def counted(conversion: Conversion) -> Mapping[ElementKind, int]:
    """Return how much of each kind the course has that was read."""
    count: Counter[ElementKind] = Counter()
    files = set()
    units, banks = conversion.linted.curriculum.units, _banks(conversion)
    count[ElementKind.UNIT] = len(units)
    words = Converter()
    for part in (part for unit in units for part in parts_of_all(unit, words)):
        count[_kind(part, banks)] += 1
        if isinstance(part, Quiz):
            count[ElementKind.QUESTION] += len(list(asked(part)))
        if isinstance(part, File):
            files.add(part.asset.digest)
        elif not isinstance(part, Link):
            files |= {one.asset.digest for one in part.targets.values() if isinstance(one, ToFile)}
    count[ElementKind.FILE] = len(files)
    count[ElementKind.PAGE] -= conversion.read.recovery.standins if conversion.read.recovery else 0
    return {kind: count[kind] for kind in _SHOWN if count[kind] > 0}


def for_staff(conversion: Conversion) -> Mapping[ElementKind, int]:
    """Return how much of each kind is for staff, who alone may see it."""
    banks = _banks(conversion)
    parts = (part for unit in conversion.linted.curriculum.units for part in unit.parts)
    count = Counter(_kind(part, banks) for part in parts if part.audience is Audience.STAFF)
    return {kind: count[kind] for kind in _SHOWN if count[kind]}


def _kind(part: Part, banks: set[str]) -> ElementKind:
    is_bank = isinstance(part, Quiz) and part.audience is Audience.STAFF and part.title in banks
    return ElementKind.BANK if is_bank else PART_KINDS[type(part)]


def _banks(conversion: Conversion) -> set[str]:
    """Return the titles of the banks of questions that were read: they are quizzes for staff here, and none there."""
    return {one.title for one in conversion.elements if one.kind is ElementKind.BANK and one.fate is not Fate.DROPPED}


_SHOWN = (
    ElementKind.UNIT,
    ElementKind.PAGE,
    ElementKind.ASSIGNMENT,
    ElementKind.DISCUSSION,
    ElementKind.QUIZ,
    ElementKind.BANK,
    ElementKind.QUESTION,
    ElementKind.LINK,
    ElementKind.FILE,
)


def lost(conversion: Conversion, fate: Fate) -> Mapping[ElementKind, int]:
    """Return how many elements of each kind met a fate."""
    return Counter(element.kind for element in conversion.elements if element.fate is fate)


def write_reports(
    conversions: Sequence[tuple[Conversion, Sequence[Course]]], built: Report, folder: Path
) -> list[Path]:
    """Write for each package what became of its elements; return where.

    That is in the folder of a course that is Markdown now, and beside packages for all other formats.
    """
    written = {package.name for package in built.written}
    paths: list[Path] = []
    for conversion, courses in conversions:
        content = report_of(conversion)
        for path in _places(courses, written, folder):
            with replaced(path) as stream:
                stream.write(content)
            paths.append(path)
    return paths


def _places(courses: Iterable[Course], written: set[str], folder: Path) -> list[Path]:
    found: dict[Path, None] = {}
    for course in courses:
        for format in FORMATS.values():
            name = format.file_name(course)
            as_folder = folder / Path(name).stem
            if Path(name).stem in written and as_folder.is_dir():
                found[as_folder / IMPORT_REPORT] = None
            elif name in written:
                found[folder / f"{course.file or course.name}-{IMPORT_REPORT}"] = None
    return list(found)


def report_of(conversion: Conversion) -> bytes:
    """Return as JSON what a package is, what was read of it, and what became of each of its elements."""
    recovery = conversion.read.recovery
    about = conversion.linted.curriculum.courses
    whole = {
        "generator": f"coursewright {__version__}",
        "package": conversion.package.name,
        "kind": conversion.read.kind,
        "title": about[0].title if about else "",
        "how": conversion.how,
        "read": {str(kind): number for kind, number in counted(conversion).items()},
        "metadata": recovery.metadata if recovery else {},
        "elements": [_element_json(element) for element in conversion.elements],
    }
    return (json.dumps(whole, ensure_ascii=False, indent=1) + "\n").encode("utf-8", "replace")


def _element_json(element: Element) -> dict[str, object]:
    found: dict[str, object] = {
        "kind": str(element.kind),
        "identifier": element.identifier,
        "title": element.title,
        "fate": str(element.fate),
        "why": element.why,
        "file": element.file,
        "words": element.words,
        "kept_words": element.kept_words,
    }
    return {name: value for name, value in found.items() if value}
