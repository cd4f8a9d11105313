"""The command `new`: a small course to start from, or the order of a folder written down."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from coursewright.cli.console import leave, print_findings, progress, refuse, say


def new(
    folder: Annotated[
        Path | None, typer.Argument(metavar="[FOLDER]", help="A folder that does not exist yet, or is empty.")
    ] = None,
    source: Annotated[
        Path | None,
        typer.Option("--from", metavar="FOLDER", help="Write down how this folder is read, in its course.toml."),
    ] = None,
) -> None:
    """Write a small course to start from, or with --from, how a folder is read: its units, pages and prerequisites."""
    if (folder is None) == (source is None):
        refuse("give either a new folder, or --from FOLDER")
    if folder is not None:
        _start(folder)
    elif source is not None:
        _write_down(source)


def _start(folder: Path) -> None:
    from coursewright.building.starter import starter
    from coursewright.packages.files.writing import replaced

    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        refuse(f"{folder} is not empty; name a new folder")
    for name, content in starter(folder.resolve().name).items():
        with replaced(folder / name) as stream:
            stream.write(content)
    say(f"wrote a course to {folder}; look at it with: coursewright preview {folder}")


def _write_down(source: Path) -> None:
    from coursewright.building.pipeline import read
    from coursewright.building.settings import Config
    from coursewright.packages.files.writing import replaced
    from coursewright.readers.folder.explicit import course_file
    from coursewright.readers.kinds import SourceKind, kind_of
    from coursewright.readers.sources import shown_as

    target = source / "course.toml"
    if not source.is_dir():
        refuse(f"{source} is not a folder")
    if target.exists():
        refuse(f"{target} exists already; remove it first, if it should be written anew")
    if kind_of(source) is not SourceKind.FOLDER:
        refuse(f"{source} is not a folder of lessons in Markdown; roadmaps say their order themselves")
    linted = read([source], Config(), progress)
    progress("")
    if not linted.curriculum.courses:
        print_findings(linted.findings, verbose=False)
        leave(linted.findings, sources=[source])
        refuse(f"{source} holds no course")
    with replaced(target) as stream:
        stream.write(course_file(linted.curriculum, shown_as(source)).encode())
    say(f"wrote {target}")
