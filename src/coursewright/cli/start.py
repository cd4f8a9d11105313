"""What to do for somebody who has not said what: the first words, and the sources of a build that names none."""

from __future__ import annotations

import os
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from coursewright.cli.console import refuse, say

FIRST_WORDS = """coursewright makes course packages from Markdown, for Moodle, Canvas and any LMS that takes SCORM.

  coursewright new bees            write a small course to start from
  coursewright build FOLDER        build the course in a folder; packages go to dist/
  coursewright preview FOLDER      look at it as learners will
  coursewright lint FOLDER         check it without building anything
  coursewright validate PACKAGE    check anybody's package

coursewright --help lists all commands, coursewright COMMAND --help their options."""
_SEEDS = Path("seeds")
_HERE = Path()
_MOST_SEEN = 5_000  # files, before a folder counts as none of a course


def usual_sources(doing: str) -> list[Path]:
    """Return what is taken where nothing is named: seeds/, else the current folder if a course may be in it."""
    if _SEEDS.exists():
        return [_SEEDS]
    if any(map(_is_document, _paths())):
        say(f"{doing} the course in this folder, {_HERE.resolve().name}/", err=True)
        return [_HERE]
    return refuse(
        "there is no course in this folder: no Markdown, and no folder seeds/\n"
        "  coursewright build FOLDER   builds the course in another folder\n"
        "  coursewright new bees       writes a small one to start from, in bees/"
    )


def _paths() -> Iterator[Path]:
    """Yield the files in the current folder and below, but for hidden folders and what tools install."""
    count = 0
    for root, folders, files in os.walk(_HERE):
        folders[:] = [name for name in folders if not name.startswith((".", "_")) and name != "node_modules"]
        yield from (Path(root, name) for name in files)
        count += len(files)
        if count > _MOST_SEEN:
            return


def _is_document(path: Path) -> bool:
    """Say whether a file may be a page of a course; the README at the top is about whatever the folder is."""
    from coursewright.readers.folder.names import SUFFIXES

    is_about = path.parent == _HERE and path.name.upper().startswith("README")
    return path.suffix.lower() in SUFFIXES and not is_about


def nearest_to(source: Path) -> str:
    """Return a question after the file or folder that was probably meant by a name that does not exist, or nothing."""
    from coursewright.text.names import nearest

    beside = source.parent
    names = tuple(sorted(found.name for found in islice(beside.iterdir(), _MOST_SEEN))) if beside.is_dir() else ()
    return nearest(source.name, names)
