"""From the paths a user names to a curriculum.

What reads roadmaps is loaded when the first is read: its patterns take 50 ms, and most courses are none.
"""

from __future__ import annotations

import os
import posixpath
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from hashlib import sha256
from itertools import chain, islice
from pathlib import Path
from sys import intern
from typing import TYPE_CHECKING, TypeVar

from coursewright.course.model import Curriculum, Unit
from coursewright.course.values import Audience
from coursewright.findings import messages
from coursewright.findings.finding import Finding, Place, Severity
from coursewright.frozen import frozen
from coursewright.readers.decoding import lines_of, read_data
from coursewright.readers.recall import NOTHING, Recall, as_it_is
from coursewright.text.names import digest

if TYPE_CHECKING:
    from coursewright.readers.roadmap.requirements import Known
    from coursewright.readers.roadmap.settling import Settled

EXTENSIONS = frozenset({".md", ".txt", ".markdown"})
T = TypeVar("T")
_Read = tuple[tuple[Unit, ...], tuple[Finding, ...]]
_AT_ONCE = 250  # documents that are in memory before they are read, and the most of which units stay there


@frozen
class _Document:
    """What a document holds, how findings name it, whether the user named it, and a name for all it is read of."""

    data: bytes
    shown: str
    named: bool
    name: str


def read_curriculum(
    sources: Iterable[Path],
    audiences: Mapping[str, Audience] | None = None,
    on_file: Callable[[int], None] = lambda count: None,
    recall: Recall = NOTHING,
) -> Curriculum:
    """Read every document under the sources: files, or folders with all they hold.

    `audiences` gives the audience of sections by normal title; `on_file` is told how many files were read so far.
    `recall` knows what was read before.
    """
    from coursewright.readers.roadmap.tracks import taken_apart

    units: list[Unit] = []
    findings: list[Finding] = []
    origins: list[str] = []
    documents = _documents(sources, findings)
    first = [*islice(documents, _AT_ONCE + 1)]
    many = len(first) > _AT_ONCE
    for some in _batches(_opened(chain(first, documents), audiences or {}, findings, on_file)):
        for document, (found, problems) in zip(some, _read(some, audiences or {}, recall, many=many), strict=True):
            units += found
            findings += problems
            origins += [_name(document.name, number) for number, _ in enumerate(found)]
    if not units and not any(found.severity is Severity.ERROR for found in findings):
        findings += [messages.SOURCE_EMPTY.at(Place(shown_as(source))) for source in sources]
    units, shared = taken_apart(units)
    return Curriculum(tuple(_settled(units, origins, recall)), (*findings, *shared))


def _batches(values: Iterable[T]) -> Iterator[list[T]]:
    """Yield values, as many at a time as are in memory at once."""
    left = iter(values)
    while some := [*islice(left, _AT_ONCE)]:
        yield some


def _settled(units: list[Unit], origins: Sequence[str], recall: Recall) -> Iterator[Unit]:
    """Yield the units with their prerequisites read: of what they say, and of what all others are called."""
    known = _name(*((unit.path, unit.track, unit.id, str(unit.title), *unit.roles) for unit in units))
    whole = cache(lambda: _known(units))
    for some in _batches(zip(units, origins, strict=True)):
        names = [_name(origin, unit.track, known) for unit, origin in some]
        yield from _settled_some([unit for unit, _ in some], names, whole, recall)


def _settled_some(
    units: Sequence[Unit], names: Sequence[str], known: Callable[[], Known], recall: Recall
) -> Iterator[Unit]:
    from coursewright.readers.roadmap.settling import with_settled

    def of(number: int) -> Settled:
        from coursewright.readers.roadmap.units import settled_among

        return settled_among(units[number], known())

    named = [(intern(posixpath.dirname(unit.path)), name) for unit, name in zip(units, names, strict=True)]
    for unit, settled, name in zip(units, recall.made_all(named, of), named, strict=True):
        found = with_settled(unit, settled)
        recall.mark(found, *name)
        yield found


def _known(units: Sequence[Unit]) -> Known:
    from coursewright.readers.roadmap.requirements import Known

    return Known(units)


def _documents(sources: Iterable[Path], findings: list[Finding]) -> Iterator[tuple[Path, bool]]:
    """Yield each document once, in a stable order, and whether the user named it rather than its folder."""
    seen: set[str] = set()
    folders: dict[str, str] = {}
    for source in sources:
        if os.path.isdir(source):  # noqa: PTH112 - Path's raises where it may not look
            found = _inside(source, findings)
        elif os.path.exists(source):  # noqa: PTH110
            found = iter([source])
        else:
            findings.append(messages.SOURCE_MISSING.at(Place(shown_as(source))))
            continue
        for path in found:
            if (real := _real(path, folders)) not in seen:
                seen.add(real)
                yield path, path == source


def _real(path: Path, folders: dict[str, str]) -> str:
    """Return where a document really is; where its folder is, is found out once."""
    if path.is_symlink():
        return os.path.realpath(path)
    folder, name = os.path.split(path)
    if folder not in folders:
        folders[folder] = os.path.realpath(folder)
    return os.path.join(folders[folder], name)  # noqa: PTH118 - of many files, for speed


def _inside(folder: Path, findings: list[Finding]) -> Iterator[Path]:
    """Yield the documents in a folder in the order of their names, hidden ones left aside.

    Links to folders come last, and lead to each folder once, so that no document changes its path for a link to it.
    """
    seen: set[str] = set()
    waiting = [os.fspath(folder)]
    while waiting:
        start = waiting.pop(0)
        if (real := os.path.realpath(start)) in seen:
            continue
        if seen and os.path.commonpath([real, os.path.realpath(folder)]) == real:
            findings.append(_unreadable_folder(start, "it links back to a folder that contains it"))
            continue
        for root, folders, names in os.walk(start, onerror=lambda error: findings.append(_not_opened(error))):
            seen.add(os.path.realpath(root))
            shown = sorted(name for name in folders if not name.startswith("."))
            waiting += [f"{root}/{name}" for name in shown if Path(root, name).is_symlink()]
            folders[:] = [name for name in shown if os.path.realpath(f"{root}/{name}") not in seen]
            yield from _documents_among(root, names, findings)


def _documents_among(root: str, names: Iterable[str], findings: list[Finding]) -> Iterator[Path]:
    for name in sorted(names):
        path = Path(root, name)
        if name.startswith("."):
            continue
        if path.suffix.lower() in EXTENSIONS:
            yield path
        elif not path.suffix and path.is_symlink() and not os.path.exists(path):  # noqa: PTH110
            findings.append(_unreadable_folder(path, "it is a broken link"))


def _not_opened(error: OSError) -> Finding:
    return _unreadable_folder(error.filename or "", error.strerror or str(error))


def _unreadable_folder(path: str | Path, reason: str) -> Finding:
    return messages.FOLDER_UNREADABLE.at(Place(shown_as(Path(path))), reason=reason)


def _opened(
    documents: Iterable[tuple[Path, bool]],
    audiences: Mapping[str, Audience],
    findings: list[Finding],
    on_file: Callable[[int], None],
) -> Iterator[_Document]:
    """Yield what documents hold, but for those that cannot be read."""
    for count, (path, named) in enumerate(documents, 1):
        shown = shown_as(path)
        on_file(count)
        if named and path.suffix.lower() not in EXTENSIONS:
            findings.append(messages.WRONG_EXTENSION.at(Place(shown)))
            continue
        data, problems = read_data(path, shown)
        if data is None:
            findings += problems
        else:
            name = _name(shown, named, sorted(audiences.items()), sha256(data).digest())
            yield _Document(data, shown, named, name)


def _read(
    documents: Sequence[_Document], audiences: Mapping[str, Audience], recall: Recall, *, many: bool
) -> Sequence[_Read]:
    """Return the units of documents, and what is to be said of each."""

    def of(number: int) -> _Read:
        one = documents[number]
        return _units(one.data, one.shown, audiences, named=one.named)

    def stowed(read: _Read) -> _Read:
        units, findings = read
        return tuple(map(recall.stowed, units)), tuple(found.told() for found in findings)

    return recall.made_all(
        [(posixpath.dirname(one.shown), one.name) for one in documents], of, stowed if many else as_it_is
    )


def _units(data: bytes, shown: str, audiences: Mapping[str, Audience], *, named: bool) -> _Read:
    """Return the units in a document's bytes, and what is to be said of it."""
    from coursewright.readers.roadmap.units import has_family_heading, read_units

    lines, problems = lines_of(data, shown)
    if lines is None:
        return (), tuple(problems)
    units = tuple(read_units(lines, shown, audiences, problems))
    if units:
        identities = tuple(unit.identity for unit in units)
        return units, tuple(replace(found, units=identities) for found in problems)
    left_out = messages.NOT_A_UNIT.at(Place(shown, 1))
    meant = named or any(map(has_family_heading, lines))
    return (), (left_out if meant else replace(left_out, severity=Severity.INFO),)


def _name(*parts: object) -> str:
    """Return a name for texts, numbers and sequences of them."""
    return digest(repr(parts), 64)


def shown_as(path: Path) -> str:
    """Return a path as findings name it; bytes that are no UTF-8 are escaped."""
    return path.as_posix().encode("utf-8", "backslashreplace").decode()
