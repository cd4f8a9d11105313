"""What a source is, known by what is in it: roadmaps, a folder of Markdown, one document, a quiz, or a package."""

from __future__ import annotations

import os
import posixpath
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from enum import StrEnum
from functools import cache
from pathlib import Path

from coursewright.course.model import About, Curriculum, Unit
from coursewright.findings import messages
from coursewright.findings.finding import Finding
from coursewright.packages.files.paths import is_course_package
from coursewright.readers.decoding import read_lines
from coursewright.readers.folder.joining import with_content
from coursewright.readers.folder.names import SUFFIXES
from coursewright.readers.folder.options import FolderOptions
from coursewright.readers.recall import NOTHING, Recall
from coursewright.readers.sources import EXTENSIONS, read_curriculum, shown_as
from coursewright.text.patterns import later

OnFile = Callable[[int], None]
_MARK = later(rb"^\W*#\s*(?:module\W+roadmap|project\W+plan)|(?:module|project)\s+id\W", re.IGNORECASE | re.MULTILINE)
_PLAIN = later(rb"^dialect[ \t]*=[ \t]*[\"']plain[\"']", re.MULTILINE)
_HEAD = 8_192  # bytes of it in which a document in another language names itself
_UNSEEN = later(b"\xe2\x80[\x8b-\x8f]|\xe2\x81\xa0|\xef\xbb\xbf|\xc2\xad")  # zero width, in UTF-8
_LOOKED_AT = 65_536  # bytes of a document
_MOST = 20_000  # documents that are looked at


class SourceKind(StrEnum):
    """What is in a source."""

    ROADMAP = "roadmap"
    FOLDER = "folder"
    DOCUMENT = "document"
    QUIZ = "quiz"
    PACKAGE = "package"


def kind_of(source: Path) -> SourceKind:
    """Return what a source is. What is not there is left to the reader of roadmaps, which tells of it."""
    if is_course_package(source):
        return SourceKind.PACKAGE
    if source.is_dir() and _is_plain(source):
        return SourceKind.FOLDER
    if source.is_dir():
        return SourceKind.ROADMAP if _holds_roadmaps(source) or not _holds_markdown(source) else SourceKind.FOLDER
    if not source.is_file() or is_roadmap(source):
        return SourceKind.ROADMAP
    return SourceKind.DOCUMENT if source.suffix.lower() in SUFFIXES else SourceKind.QUIZ


def _is_plain(folder: Path) -> bool:
    """Say whether the order of a folder says that nothing in it is to be guessed."""
    try:
        with (folder / "course.toml").open("rb") as stream:
            return bool(_PLAIN.search(stream.read(_LOOKED_AT)))
    except OSError:
        return False


def is_roadmap(path: Path) -> bool:
    """Say whether a document is a roadmap or a plan: its first heading or the field of its id says so."""
    try:
        with path.open("rb") as stream:
            head = _UNSEEN.sub(b"", stream.read(_LOOKED_AT))
    except OSError:
        return False
    marked = bool(_MARK.search(head) or _mark_elsewhere().search(head[:_HEAD]))
    if not marked and b"\0" not in head:
        return False
    from coursewright.readers.roadmap.units import read_units  # with all its patterns: only for what may be one

    lines, _ = read_lines(path, "")
    return marked if lines is None else bool(read_units(lines, "", {}, []))


@cache
def _mark_elsewhere() -> re.Pattern[bytes]:
    """Return what marks a roadmap in a language other than English: a heading, or the label of its id."""
    from coursewright.text.vocabulary import FIELDS, HEADINGS, names, of_meaning

    def spelt(names: Iterable[str]) -> bytes:
        return "|".join(re.escape(name).replace(r"\ ", r"\W+") for name in names).encode()

    titles = spelt(name for name, _ in names(HEADINGS))
    ids = spelt((*of_meaning(FIELDS, "module id"), *of_meaning(FIELDS, "project id")))
    return re.compile(
        rb"^(?:\W*#\s*(?:%s)|[^A-Za-z0-9\n]{0,20}?(?:%s)\W)" % (titles, ids), re.IGNORECASE | re.MULTILINE
    )


def _holds_roadmaps(folder: Path) -> bool:
    return any(path.is_file() and is_roadmap(path) for path in _documents(folder, EXTENSIONS))


def _holds_markdown(folder: Path) -> bool:
    return any(True for _ in _documents(folder, SUFFIXES))


def _documents(folder: Path, suffixes: Iterable[str]) -> Iterator[Path]:
    count = 0
    for root, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith(".") and name not in _NEVER)
        for name in sorted(names):
            if not name.startswith(".") and os.path.splitext(name)[1].lower() in suffixes:  # noqa: PTH122
                count += 1
                if count > _MOST:
                    return
                yield Path(root, name)


_NEVER = frozenset({"node_modules", "translations", "translated_images"})


def read_sources(
    sources: Sequence[Path],
    options: FolderOptions | None = None,
    on_file: OnFile = lambda count: None,
    recall: Recall = NOTHING,
) -> Curriculum:
    """Read everything under the sources, whatever it is; roadmaps together, and each folder as a course of its own.

    `recall` knows what roadmaps were read as before.
    """
    asked = options or FolderOptions()
    by_kind: dict[SourceKind, list[Path]] = {kind: [] for kind in SourceKind}
    for source in sources:
        by_kind[kind_of(source)].append(source)
    if by_kind[SourceKind.ROADMAP]:  # what is named beside roadmaps is meant to be one
        by_kind[SourceKind.ROADMAP] += by_kind.pop(SourceKind.DOCUMENT)
    return joined([READERS[kind](named, asked, on_file, recall) for kind, named in by_kind.items() if named])


def _roadmaps(sources: Sequence[Path], options: FolderOptions, on_file: OnFile, recall: Recall) -> Curriculum:
    """Read roadmaps, and join to them the lessons that lie beside them."""
    curriculum = read_curriculum(sources, options.audiences, on_file, recall)
    folders = [(source, shown_as(source)) for source in sources if source.is_dir()]
    return with_content(curriculum, folders, options, messages.NOT_A_UNIT.code)


def _folders(sources: Sequence[Path], options: FolderOptions, on_file: OnFile, recall: Recall) -> Curriculum:
    from coursewright.readers.folder.course import read_course  # with all its patterns: not for roadmaps

    return joined([read_course(source, shown_as(source), options, on_file) for source in sources])


def _documents_alone(sources: Sequence[Path], options: FolderOptions, on_file: OnFile, recall: Recall) -> Curriculum:
    by_folder: dict[Path, list[Path]] = {}
    for source in dict.fromkeys(sources):
        by_folder.setdefault(source.parent, []).append(source)
    return joined([_in_one_folder(named, options) for named in by_folder.values()])


def _in_one_folder(named: Sequence[Path], options: FolderOptions) -> Curriculum:
    """Read documents of one folder: several are one course, and one is a quiz, if it holds nothing else."""
    from coursewright.readers.folder.single import read_document, read_documents, read_quiz_file

    first = named[0]
    if len(named) > 1:
        return read_documents(first.parent, posixpath.dirname(shown_as(first)), [path.name for path in named], options)
    return read_quiz_file(first, shown_as(first)) or read_document(first, shown_as(first), options)


def _quizzes(sources: Sequence[Path], options: FolderOptions, on_file: OnFile, recall: Recall) -> Curriculum:
    """Read files as quizzes; what is none is left to the reader of roadmaps to complain of."""
    from coursewright.readers.folder.single import read_quiz_file

    read = [read_quiz_file(source, shown_as(source)) or read_curriculum([source]) for source in sources]
    return joined(read)


def _packages(sources: Sequence[Path], options: FolderOptions, on_file: OnFile, recall: Recall) -> Curriculum:
    """Read packages that lie in folders as the options say, each as a course of its own."""
    from coursewright.packages.files.unpacking import Unpacked  # lxml: 40 ms
    from coursewright.readers.packages.recovering import recovered

    read = (recovered(source, options.packages.get(source) or Unpacked(source), options) for source in sources)
    return joined([one.curriculum for one in read])


READERS: Mapping[str, Callable[[Sequence[Path], FolderOptions, OnFile, Recall], Curriculum]] = {
    SourceKind.ROADMAP: _roadmaps,
    SourceKind.FOLDER: _folders,
    SourceKind.DOCUMENT: _documents_alone,
    SourceKind.QUIZ: _quizzes,
    SourceKind.PACKAGE: _packages,
}
"""What reads the sources of each kind."""


def joined(read: Sequence[Curriculum]) -> Curriculum:
    """Return several curricula as one; two courses of one name are told apart by numbers."""
    if len(read) == 1:
        return read[0]
    units: list[Unit] = []
    findings: list[Finding] = []
    courses: dict[str, About] = {}
    for one in read:
        renamed: dict[str, str] = {}
        for about in one.courses:
            track, count = about.track, 1
            while track in courses:
                count += 1
                track = f"{about.track}-{count}"
            renamed[about.track] = track
            courses[track] = replace(about, track=track)
        units += [replace(unit, track=renamed.get(unit.track, unit.track)) for unit in one.units]
        findings += one.findings
    return Curriculum(tuple(units), tuple(findings), tuple(courses.values()))
