"""The source that a package carries, laid out as the folder that it was."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from coursewright.packages.documents.carried import CARRIED, LARGEST, CarriedSource, read_carried_document
from coursewright.packages.files.budget import LARGEST_PACKAGE, MOST_ENTRIES


def lay_out(package: Path, folder: Path) -> bool:
    """Put the source that an unpacked package carries into an empty folder; say whether there was one, and all of it.

    Nothing is written elsewhere: every path in a source is looked at when it is read.
    """
    source = _read(package / CARRIED)
    if source is None or len(source.texts) + len(source.guarded) + len(source.files) > MOST_ENTRIES:
        return False
    try:
        _write(source, package.resolve(), folder)
    except (OSError, ValueError):  # a path that is a file and a folder, or too long: no writer of ours made it
        return False
    return True


def _read(document: Path) -> CarriedSource | None:
    if not document.is_file() or document.stat().st_size > LARGEST:
        return None
    return read_carried_document(document.read_bytes())


def _write(source: CarriedSource, package: Path, folder: Path) -> None:
    for path, text in {**source.texts, **source.guarded}.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8", errors="replace", newline="")
    left = LARGEST_PACKAGE
    for path, member in source.files.items():
        held = Path(os.path.realpath(package / member))
        if not held.is_relative_to(package) or not held.is_file():
            raise ValueError(member)
        left -= held.stat().st_size
        if left < 0:
            raise ValueError(member)
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(held, folder / path)
