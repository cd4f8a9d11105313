"""Programs beside a course that ask its quizzes: banks in them, by language, and the lessons that link to each quiz.

Such a program has a folder for itself (`quiz-app`). What a lesson asks is a quiz with a number in one of its banks, to
which the lesson links where the program runs on the web (`…/quiz/7`).
"""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from itertools import islice
from pathlib import Path, PurePosixPath

from coursewright.course.quiz import Quiz
from coursewright.readers.folder.document import Document
from coursewright.readers.folder.languages import chosen, language_of
from coursewright.readers.folder.listed import Listed
from coursewright.readers.folder.names import is_in_quiz_app, is_markdown, is_quiz_app
from coursewright.readers.folder.placing import nearest
from coursewright.text.patterns import later

_DIGITS = later(r"\d+")
_HOMES = ("src/assets/translations", "assets/translations", "src/translations", "translations")
_LINK = later(r"/quiz/(\d{1,6})(?![\w-])")
_KEY = "quiz-"
_MOST_FILES = 500


def banks_of(root: Path, folder: str, wanted: str) -> list[str]:
    """Return the banks of the program in a folder, if it is one, in the language that is meant."""
    if not is_quiz_app(PurePosixPath(folder).name):
        return []
    for home in _HOMES:
        names = _names(root / folder / home) if (root / folder / home).resolve().is_relative_to(root.resolve()) else []
        tags = {name: tag for name in names if (tag := language_of(PurePosixPath(name).stem))}
        meant = chosen(tags.values(), wanted) or chosen(tags.values(), "")
        found = [name for name, tag in tags.items() if tag == meant]
        if found:
            return [path for name in found for path in _in_language(root, f"{folder}{home}/{name}")]
    return []


def _in_language(root: Path, path: str) -> list[str]:
    """Return the banks that a file or a folder of one language is."""
    inside = [f"{path}/{name}" for name in _names(root / path)] if (root / path).is_dir() else [path]
    return [one for one in inside if one.endswith(".json") and (root / one).is_file()]


def _names(folder: Path) -> list[str]:
    """Return what a folder holds itself, in the order of numbers in the names; nothing where there is none."""
    try:
        with os.scandir(folder) as found:
            listed = list(islice((entry.name for entry in found if not entry.is_symlink()), _MOST_FILES))
    except OSError:
        return []
    return sorted(listed, key=lambda name: (_DIGITS.sub(lambda one: one[0].zfill(9), name), name))


def bank_of(path: str) -> str:
    """Return the file that a quiz stands in, which may be one of several in the bank of a program (`en.json#7`)."""
    file, _, number = path.rpartition("#")
    return file if number and is_in_quiz_app(file) else path


def named_quiz(path: str, quiz: Quiz) -> str:
    """Return what a quiz of a file is known as: one of a program's bank has its number there."""
    number = quiz.key.removeprefix(_KEY)
    return f"{path}#{number}" if number.isdigit() and is_in_quiz_app(path) else path


def by_lesson(path: str, quizzes: Sequence[Quiz], *, whole: bool) -> dict[str, list[Quiz]]:
    """Return the quizzes that a path means by what they are known as; with `whole`, all of a bank are one."""
    file = bank_of(path)
    found: defaultdict[str, list[Quiz]] = defaultdict(list)
    for quiz in quizzes:
        found[named_quiz(file, quiz) if not whole or file != path else path].append(quiz)
    return dict(found) if file == path else {path: found[path]} if path in found else {}


def by_unit(paths: Collection[str], units: Sequence[Listed], documents: Mapping[str, Document]) -> dict[int, list[str]]:
    """Return quizzes by the unit that links to them, or whose folder is the nearest; -1 for those far from any.

    What a tool made of a document that a unit has (`quiz.md.yml` of `quiz.md`) is left out: it asks the same.
    """
    has = {PurePosixPath(place.path).name for unit in units for place in unit.documents()}
    paths = [path for path in paths if not (is_markdown(made_of := PurePosixPath(path).stem) and made_of in has)]
    numbered = {path.rpartition("#")[2]: path for path in paths if bank_of(path) != path}
    linked: defaultdict[int, list[str]] = defaultdict(list)
    for at, unit in enumerate(units) if numbered else ():
        lines = (line for place in unit.documents() for line in _lines(documents.get(place.path)) if "/quiz/" in line)
        for number in (found for line in lines for found in _LINK.findall(line)):
            if path := numbered.pop(number, ""):
                linked[at].append(path)
    placed = {path for some in linked.values() for path in some}
    for at, some in nearest([path for path in paths if path not in placed], units, -1).items():
        linked[at] += some
    return dict(linked)


def _lines(document: Document | None) -> Sequence[str]:
    return document.lines if document else ()
