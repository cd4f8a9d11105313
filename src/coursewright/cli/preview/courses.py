"""Where the courses of a preview come from: a curriculum, built anew whenever asked, or packages as they lie."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import field, replace
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Protocol

from coursewright.building.pipeline import build, planned, read
from coursewright.building.report import Built, Report
from coursewright.building.settings import Config, ConfigError
from coursewright.cli.preview.contents import ContainedFiles, PackageError, refusal, refuse_damaged
from coursewright.cli.preview.imitation import IMITATED, Imitation, imitate
from coursewright.cli.preview.pages import has_pages, open_pages
from coursewright.course.plan import Selection
from coursewright.findings.finding import Finding, Severity
from coursewright.frozen import frozen
from coursewright.packages.documents.menu import ManifestError, Menu, read_manifest
from coursewright.packages.files.container import DAMAGED
from coursewright.packages.files.opening import open_container
from coursewright.packages.files.paths import MANIFEST, mark_of, stamp
from coursewright.packages.kinds import Family, recognise
from coursewright.readers.sources import EXTENSIONS

_HOME, _OURS, _LARGEST_HOME = "index.html", b"<body data-course=", 5_000_000
_PLAYED = (Family.SCORM11, Family.SCORM12, Family.SCORM2004, Family.CONTENT)
_WATCHED = EXTENSIONS | {
    ".toml",
    ".yml",
    ".yaml",
    ".json",
    ".mdx",
    ".qmd",
    ".rmd",
    ".ipynb",
    ".png",
    ".jpg",
    ".svg",
    ".gift",
}
SETTINGS = (Path("coursewright.toml"), Path("pyproject.toml"))


@frozen
class PlayedPackage:
    """A course as one package. `manifest` is what the player is told of it, for JSON.

    `stamp` is another whenever the package is; `name` stays, and so does the learner.

    `home` is the page of ours that a course opens with. What no run-time plays is shown as its LMS would, by an
    `imitation`.
    """

    stamp: str
    name: str
    manifest: Mapping[str, Any]
    archive: ContainedFiles
    imitation: Imitation | None = None
    home: str = ""


@frozen
class PlayedCourse:
    """What a learner sees as one course, in the editions that there are of it; the first is played first."""

    name: str
    title: str
    editions: tuple[PlayedPackage, ...]


@frozen
class Loaded:
    """What there is to play, and what kept the rest from it: errors as lines of text, and all findings of a build."""

    courses: tuple[PlayedCourse, ...] = ()
    errors: tuple[str, ...] = ()
    findings: Sequence[Finding] = field(default_factory=list)


class Origin(Protocol):
    """Gives the courses as they are now, and a mark that changes when they might have."""

    def load(self) -> Loaded: ...

    def mark(self) -> str: ...


class Documents:
    """Courses built from documents. A course that cannot be built any more stays as it was when it last could."""

    def __init__(self, sources: Sequence[Path], configure: Callable[[], Config], settings: Sequence[Path]) -> None:
        self._sources, self._configure, self._settings = sources, configure, settings
        self._good: dict[str, PlayedCourse] = {}

    def load(self) -> Loaded:
        try:
            config = self._configure()
            with TemporaryDirectory(prefix="coursewright-preview-", ignore_cleanup_errors=True) as folder:
                plan = planned(read(self._sources, config), Selection(config.grouping, title=config.title), config)
                report = build(plan, config, Path(folder))
                self._good = dict(self._courses(report, Path(folder))) or self._good
        except (ConfigError, PackageError, ManifestError) as error:
            return Loaded(tuple(self._good.values()), (str(error),))
        except OSError as error:  # such as a document that goes away while it is read
            return Loaded(tuple(self._good.values()), (f"{error.filename or 'a file'}: {error.strerror or error}",))
        errors = tuple(map(_line, (found for found in report.findings if found.severity is Severity.ERROR)))
        return Loaded(tuple(self._good.values()), errors, report.findings)

    def _courses(self, report: Report, folder: Path) -> Iterator[tuple[str, PlayedCourse]]:
        """Yield the courses of a report by name: new ones, and for those held back the last good ones."""
        for name in dict.fromkeys(map(_course_name, report.packages)):
            packages = [package for package in report.packages if _course_name(package) == name]
            if all(package.size is not None for package in packages):
                editions = tuple(_built_edition(package, folder) for package in packages)
                yield name, PlayedCourse(name, packages[0].title, editions)
            elif name in self._good:
                yield name, self._good[name]

    def mark(self) -> str:
        found = [path for source in self._sources for path in _documents(source)]
        return repr([(str(path), stamp(path)) for path in sorted({*found, *self._settings, *self._theme()})])

    def _theme(self) -> list[Path]:
        try:
            theme = self._configure().theme
            return [path for path in theme.rglob("*") if path.is_file()] if theme else []
        except (ConfigError, OSError):
            return []


class Packages:
    """Courses in packages that were there before."""

    def __init__(self, paths: Sequence[Path]) -> None:
        self._paths = paths
        self._good: dict[Path, PlayedCourse] = {}

    def load(self) -> Loaded:
        errors: list[str] = []
        for path in self._paths:
            taken = {course.name for other, course in self._good.items() if other != path}
            try:
                self._good[path] = _packed(path, taken)
            except (PackageError, ManifestError) as error:
                text = str(error)
                errors.append(text if text.startswith(str(path)) else f"{path}: {text}")
        return Loaded(tuple(self._good.values()), tuple(errors))

    def mark(self) -> str:
        return repr([mark_of(path) for path in self._paths])


def _packed(path: Path, taken: Collection[str]) -> PlayedCourse:
    """Return a package as a course, by the name that its learner is kept under: one that no other has. Raises
    PackageError, ManifestError."""
    changed = hashlib.sha256(mark_of(path).encode("utf-8", "surrogateescape")).hexdigest()[:16]
    edition = _edition(path, changed)
    name = f"{path.resolve().name}/{edition.manifest['identifier']}".encode("utf-8", "replace").decode()
    if name in taken:  # such as an old package and a new one, side by side
        name = next(f"{name} ({n})" for n in count(2) if f"{name} ({n})" not in taken)
    return PlayedCourse(name, edition.manifest["title"], (replace(edition, name=name),))


def _edition(path: Path, changed: str) -> PlayedPackage:
    """Return a package by what it is. Raises PackageError, ManifestError."""
    with closing(open_container(path)) as container:
        found, of_pages = recognise(container), has_pages(container)
    if of_pages:
        manifest, files = open_pages(path)
        return PlayedPackage(changed, "", manifest, files)
    if found and found.kind.family in IMITATED:
        return _imitated(path, changed)
    if found and found.kind.family not in _PLAYED:
        raise PackageError(
            f"{path}: is {found.kind.title}, which the preview does not play; it plays SCORM. "
            "See what is in it with `coursewright inspect`, or import it into an LMS"
        )
    return _played(path, changed)


def _played(path: Path, changed: str) -> PlayedPackage:
    """Return a package of SCORM, or of content. Raises PackageError, ManifestError."""
    container = open_container(path)
    files = ContainedFiles(container)
    try:
        refuse_damaged(container)
        document = files.read(MANIFEST)
        if document is None or container.alone:
            recognise(container)  # which finds what it nearly is
            raise PackageError(refusal(path, container))
        menu = read_manifest(document)
    except (PackageError, ManifestError):
        files.close()
        raise
    return PlayedPackage(changed, "", menu.in_json(), files, home=_home_of(files, menu))


def _imitated(path: Path, changed: str) -> PlayedPackage:
    """Return a package as its LMS would show it. Raises PackageError."""
    imitation = imitate(path)
    return PlayedPackage(changed, "", imitation.manifest(), imitation.files, imitation)


def _home_of(files: ContainedFiles, menu: Menu) -> str:
    """Return the page of ours that a course opens with; "" where a package has none."""
    try:
        stream, size = files.open(_HOME)
        with stream:
            is_ours = size <= _LARGEST_HOME and _OURS in stream.read(_LARGEST_HOME)
    except (KeyError, *DAMAGED):
        return ""
    if not is_ours:
        return ""
    return "" if any(item.href == _HOME for item in menu.root.children) else _HOME


def _built_edition(package: Built, folder: Path) -> PlayedPackage:
    """Return a package that was just built, held open: its folder is about to vanish."""
    return replace(_edition(folder / package.name, package.sha256[:16]), name=package.name)


def _course_name(package: Built) -> str:
    return package.name.rpartition(f"-{package.format}")[0]


def _documents(source: Path) -> Iterator[Path]:
    if not source.is_dir():
        yield source
    for root, folders, names in os.walk(source):
        folders[:] = [name for name in folders if not name.startswith(".")]
        yield from (Path(root, name) for name in names if Path(name).suffix.lower() in _WATCHED)


def _line(found: Finding) -> str:
    return f"{found.place}: {found.code} {found.text}"


def both_versions(config: Config, first: str) -> Config:
    """Return settings that build every course in both versions of SCORM, the chosen format first."""
    other = "scorm2004" if first == "scorm12" else "scorm12"
    return replace(config, formats=(first, other))
