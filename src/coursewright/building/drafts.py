"""Where a build writes first: a folder inside that of the packages, which is gone afterwards, however the build ended.

A lock on it says that its build is alive, so that the next build deletes what dead ones left, and nothing else.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from coursewright.text.patterns import later

if sys.platform != "win32":
    import fcntl

_PREFIX, _SUFFIX = ".coursewright-", ".part"
_OWN = later(r"\.coursewright-\w+\.part")
_LONE = later(r"\..+\.(\d{1,9})\.part")  # a draft of a single file, with the number of its process


@contextmanager
def drafts(folder: Path) -> Iterator[Path]:
    """Open a folder for what is to stand in another, which is made if it does not exist; drafts of dead builds go.

    An OSError names the file as it would have been called, and not its draft.
    """
    missing = [path for path in (folder, *folder.parents) if not path.exists()]
    folder.mkdir(parents=True, exist_ok=True)
    made: Path | None = None
    try:
        with alone(folder):
            _sweep(folder)
            made = Path(tempfile.mkdtemp(_SUFFIX, _PREFIX, folder)).absolute()
            number = _opened(made)
            _locked(number, wait=False)
        yield made
    except OSError as error:
        error.filename = _final(error.filename, made, folder)
        raise
    finally:
        if made:
            shutil.rmtree(made, ignore_errors=True)
            _close(number)
        for path in missing:
            with suppress(OSError):  # it holds packages now
                path.rmdir()


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Let no other build change a folder meanwhile, where the system and the disk have locks."""
    number = _opened(folder)
    try:
        _locked(number, wait=True)
        yield
    finally:
        _close(number)


def _final(name: object, made: Path | None, folder: Path) -> str:
    """Return the name that a draft would have got."""
    path = Path(str(name or folder))
    if made and path.is_relative_to(made):
        return str(folder / path.relative_to(made))
    return str(folder if _OWN.fullmatch(path.name) else path)


def _sweep(folder: Path) -> None:
    """Delete the drafts of builds that are dead."""
    with os.scandir(folder) as entries:
        found = [entry for entry in entries if entry.name.endswith(_SUFFIX)]
    for entry in found:
        if _OWN.fullmatch(entry.name) and entry.is_dir(follow_symlinks=False):
            if _is_abandoned(Path(entry.path)):
                shutil.rmtree(entry.path, ignore_errors=True)
        elif is_orphan(entry.name) and entry.is_file(follow_symlinks=False):
            Path(entry.path).unlink(missing_ok=True)


def is_orphan(name: str) -> bool:
    """Say whether a name is that of a draft whose process is dead."""
    lone = _LONE.fullmatch(name)
    return lone is not None and not _is_alive(int(lone[1]))


def _is_abandoned(path: Path) -> bool:
    number = _opened(path)
    try:
        return _locked(number, wait=False)
    finally:
        _close(number)


def _is_alive(process: int) -> bool:
    if sys.platform == "win32":
        return True
    try:
        with suppress(PermissionError):  # it is another user's
            os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True


def _opened(folder: Path) -> int | None:
    """Return a handle of a folder, or None where folders have none."""
    return None if sys.platform == "win32" else os.open(folder, os.O_RDONLY)


def _locked(number: int | None, *, wait: bool) -> bool:
    """Say whether a folder could be locked; the lock ends with its handle, or with the process."""
    if sys.platform == "win32" or number is None:
        return False
    try:
        fcntl.flock(number, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
    except OSError:  # another build has it, or the disk knows no locks
        return False
    return True


def _close(number: int | None) -> None:
    if number is not None:
        os.close(number)
