"""The source that packages carry along, so that they can be read back as they were written."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import takewhile

from coursewright.course.assets import Asset
from coursewright.course.model import Course
from coursewright.packages.documents.carried import CARRIED, FOLDER, write_carried
from coursewright.packages.files.writing import Content, Package, asset_of
from coursewright.writers import FORMATS
from coursewright.writers.writer import Materials

_QUIZ = "kind: quiz"

Made = Sequence[tuple[str, Content]]


def carry(package: Package, course: Course, materials: Materials, place: Callable[[Asset], str]) -> list[str]:
    """Add what learners see of a course as Markdown to its package; return the paths of what was added.

    `place` says where in the package a file stands, "" for one that it does not hold otherwise.
    """
    if not materials.options.carries:
        return []
    made: Made = materials.once.made("carried source", lambda: _made(course, materials))
    texts: dict[str, Content] = {}
    guarded: dict[str, str] = {}
    files: dict[str, str] = {}
    added: list[tuple[str, Content]] = []
    for path, content in made:
        if asset := asset_of(content):
            held = place(asset)
            files[path] = held or f"{FOLDER}/{path}"
            if not held:
                added.append((files[path], content))
        elif isinstance(content, bytes) and _has_keys(text := content.decode()):
            guarded[path] = text
        else:
            texts[path] = content
    told = ((path, (text if isinstance(text, bytes) else text()).decode()) for path, text in texts.items())
    package.add(CARRIED, write_carried(told, guarded, files))
    for path, content in added:
        package.add(path, content)
    return [CARRIED, *(path for path, _ in added)]


def _made(course: Course, materials: Materials) -> Made:
    """Return the folder of Markdown that the learners' edition of a course is, file by file.

    Where it is kept for other formats, its documents are made now, and else as they are written. Those that are not
    made yet are roadmaps, which hold no keys.
    """
    steps = tuple(replace(step, staff=(), staff_parts=()) for step in course.steps)
    folder = Package("")
    FORMATS["markdown"].write(folder, replace(course, steps=steps), materials)
    return [*map(_written, folder.files)] if materials.once.keep else folder.files


def _written(file: tuple[str, Content]) -> tuple[str, Content]:
    """Return a file with its content made, if that is not an author's file."""
    path, content = file
    return file if isinstance(content, bytes) or asset_of(content) else (path, content())


def _has_keys(text: str) -> bool:
    """Say whether a document is a quiz, by its front matter."""
    lines = iter(text.splitlines())
    return next(lines, "") == "---" and any(
        line.strip() == _QUIZ for line in takewhile(lambda line: line != "---", lines)
    )
