"""All that is read of what lies in `readings/`, value by value, and what becomes of it as courses.

A folder a case, in a folder a kind: `source` is what is read, `options.json` what is set, `read.txt` what must be read.
`pytest --golden tests/test_readings.py` writes it anew, for the diff to be read.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from itertools import zip_longest
from pathlib import Path
from typing import Any

import folders
import pytest
import quizzes
from conftest import ROOT
from moodle_course import COURSE
from packages import zipped, zipped_folder
from spelt import spelt

from coursewright.audit.inspect import inspect_package
from coursewright.audit.lms import LMSS
from coursewright.audit.validate import validate_package
from coursewright.building.conversion import read_back, report_of
from coursewright.building.pipeline import look_at
from coursewright.building.settings import Config
from coursewright.cli.preview.imitation import IMITATED
from coursewright.course.model import Course, Curriculum
from coursewright.course.plan import Grouping, Selection, plan
from coursewright.course.values import Audience
from coursewright.packages.files.opening import open_container
from coursewright.packages.kinds import recognise
from coursewright.packages.subject import Subject
from coursewright.readers.folder.explicit import course_file
from coursewright.readers.folder.options import FolderOptions
from coursewright.readers.kinds import read_sources
from coursewright.readers.packages.bodies.opening import bodies_of
from coursewright.readers.quizzes import divided, read_quizzes
from coursewright.readers.roadmap.units import read_units

# What links of packages lead to, in every form that LMSs know.
_ADDRESSES = (
    "$IMS-CC-FILEBASE$/x.pdf", "%24IMS-CC-FILEBASE%24/in/two.html", "in/two.html", "two.html#x", "../w.xml", "p.png",
    "//far.example/x", "https://far.example/a?b#c", "mailto:a@b.c", "#top", "", "gone.html", "http://[bad", "@@PLUGINFILE@@//[bad",
    "$WIKI_REFERENCE$/pages/one", "$WIKI_REFERENCE$/pages/gone", "$CANVAS_OBJECT_REFERENCE$/assignments/i2",
    "$CANVAS_COURSE_REFERENCE$/modules", "$CANVAS_COURSE_REFERENCE$/file_ref/f1", "@@PLUGINFILE@@/form.pdf",
    "@@PLUGINFILE@@/a%20b.png", "$@PAGEVIEWBYID*10@$", "$@RESOURCEVIEWBYID*16@$", "$@COURSEVIEWBYID*1@$#section-1",
    "https://old.example/mod/page/view.php?id=10", "https://old.example/course/view.php?id=1",
)  # fmt: skip
READINGS = Path(__file__).parent / "readings"
TINY = ROOT / "tests" / "golden" / "tiny"
OURS = ("canvas", "cc13", "moodle", "scorm12", "scorm2004-3rd", "scorm2004-4th")


def _same(golden: Path, read: str, config: pytest.Config) -> None:
    """Hold what is read against what must be; say where they begin to differ."""
    if config.getoption("--golden"):
        golden.write_text(read, encoding="utf-8")
    expected = golden.read_text(encoding="utf-8")
    differing = [pair for pair in zip_longest(read.split("\n"), expected.split("\n")) if pair[0] != pair[1]]
    assert differing[:3] == [], golden.parent.name


@pytest.mark.parametrize("case", sorted(READINGS.glob("*/*/source")), ids=lambda case: "/".join(case.parts[-3:-1]))
def test_everything_is_read_as_it_stands(
    case: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, pytestconfig: pytest.Config
) -> None:
    folder = case.parent
    given = folder / "options.json"
    options = json.loads(given.read_text(encoding="utf-8")) if given.exists() else {}
    monkeypatch.chdir(folder)
    if folder.parent.name == "packages":
        monkeypatch.chdir(tmp_path)
        zipped_folder(case, tmp_path / "course.zip")
    _same(folder / "read.txt", _READ[folder.parent.name](options), pytestconfig)


@pytest.mark.parametrize("case", sorted(READINGS.glob("packages/*/source")), ids=lambda case: case.parent.name)
def test_whatever_is_read_is_judged_by_every_lms(case: Path, tmp_path: Path) -> None:
    assert validate_package(zipped_folder(case, tmp_path / "course.zip"), [*LMSS.values()]).kind


@pytest.mark.parametrize("format", OURS)
def test_packages_of_ours_are_read_back_as_they_were_made(
    format: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, pytestconfig: pytest.Config
) -> None:
    monkeypatch.chdir(tmp_path)
    zipped_folder(TINY / format, tmp_path / "course.zip")
    golden = READINGS / "ours" / f"{format}.txt"
    golden.parent.mkdir(exist_ok=True)
    _same(golden, _package({}), pytestconfig)


def test_activities_of_every_kind_come_back_from_moodle(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, pytestconfig: pytest.Config
) -> None:
    monkeypatch.chdir(tmp_path)
    zipped(tmp_path / "course.zip", COURSE)
    _same(READINGS / "ours" / "every-kind.txt", _package({}), pytestconfig)


@pytest.mark.parametrize("format", ["canvas", "cc13", "moodle", "qti12"])
def test_questions_of_every_kind_come_back_from_packages_of_ours(
    format: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, pytestconfig: pytest.Config
) -> None:
    monkeypatch.chdir(tmp_path)
    units = (quizzes.unit("A", quizzes.CHECK, quizzes.QUIZ), quizzes.unit("B", quizzes.DRAWN, quizzes.TIMED))
    made, _ = quizzes.package(quizzes.course(*units), format, tmp_path)
    zipped_folder(made, tmp_path / "course.zip")
    _same(READINGS / "ours" / f"questions-{format}.txt", _package({}), pytestconfig)


def _contents(options: dict[str, Any]) -> str:
    """Return what each document of a folder says."""
    wiki, staff = options.get("wiki", False), options.get("solutions") == "staff"
    read = folders.read(Path("source"), wiki=wiki, solutions=Audience.STAFF if staff else Audience.LEARNER)
    return spelt(dict(read))


def _documents(options: dict[str, Any]) -> str:
    """Return the quizzes of a document, and the text around them."""
    [path] = Path("source").iterdir()
    text = path.read_text(encoding="utf-8")
    return spelt(*divided(text, path.name, title=options.get("title", "")))


def _folders(options: dict[str, Any]) -> str:
    """Return the curriculum of a folder, or of the only document in it, and its courses."""
    if "solutions" in options:
        options["solutions"] = Audience(options["solutions"])
    alone = options.pop("alone", None)
    source = Path("source", alone) if alone else Path("source")
    curriculum = read_sources([source], FolderOptions(**options))
    written = (
        "".join(f"{line}\n" for line in course_file(curriculum, "source").split("\n")) if curriculum.courses else ""
    )
    return f"{spelt(curriculum)}{''.join(_planned(curriculum))}--- written down\n{written}"


def _planned(curriculum: Curriculum) -> Iterator[str]:
    """Yield the courses of a curriculum: whole, by unit, and of its last unit with all that this requires."""
    looked = look_at(replace(curriculum, findings=()), Config())
    last = curriculum.units[-1:]
    for selection in (
        Selection(staff=True),
        Selection(Grouping.UNIT, title="Chosen"),
        Selection(Grouping.ALL),
        *([Selection(only=last, with_prerequisites=True)] if last else []),
    ):
        courses, findings = plan(looked.graph, looked.editions, selection)
        yield f"--- {selection.grouping or 'usual'}{' of the last' if selection.only else ''}\n"
        yield spelt(*map(_course, courses), *findings)


def _course(course: Course) -> dict[str, object]:
    """Return a course with the names of its units in place of themselves."""
    own = replace(course, steps=())
    steps = [
        {
            "unit": str(step.unit.identity), "gate": step.gate, "needs": [str(one.identity) for one in step.needs],
            "entry": step.entry, "next": [str(one.identity) for one in step.next], "beyond": step.beyond,
            "staff": [str(one.title) for one in step.staff], "staff parts": [one.title for one in step.staff_parts],
        }
        for step in course.steps
    ]  # fmt: skip
    return {"course": own, "steps": [{name: one for name, one in step.items() if one} for step in steps]}


def _package(options: dict[str, Any]) -> str:
    """Return the course of a package, what became of its elements, its outline, and what is behind its entries."""
    package = Path("course.zip")
    conversion = read_back(package, Config())
    report = json.loads(report_of(conversion)) if conversion.read.recovery else {}
    report.pop("elements", None)
    elements = conversion.read.recovery.elements if conversion.read.recovery else ()
    outline = inspect_package(package).outline
    return spelt(conversion.read.curriculum, elements, report, outline) + "".join(_bodies(package))


def _bodies(package: Path) -> Iterator[str]:
    with closing(open_container(package)) as container:
        found = recognise(container)
        outline = inspect_package(package).outline
        if found is None or outline is None or found.kind.family not in IMITATED:
            return
        bodies = bodies_of(Subject(found, container), outline)
        yield f"--- behind its entries, home {bodies.home!r}\n"
        for entry, _ in outline.walk():
            yield spelt({entry.identifier: bodies.body(entry)})
        for entry in [one for one, _ in outline.walk() if one.files][:2]:
            yield spelt({address: bodies.lead(address, entry) for address in _ADDRESSES})


def _quizzes(options: dict[str, Any]) -> str:
    """Return the quizzes of a file."""
    return "".join(spelt(*read_quizzes(path, path.name)) for path in sorted(Path("source").iterdir()))


def _roadmaps(options: dict[str, Any]) -> str:
    """Return the units of a document."""
    [path] = Path("source").iterdir()
    findings: list[Any] = []
    units = read_units(path.read_text(encoding="utf-8").split("\n"), path.name, {}, findings)
    return spelt(*units, *findings)


_READ = {
    "contents": _contents, "documents": _documents, "folders": _folders, "packages": _package, "quizzes": _quizzes,
    "roadmaps": _roadmaps,
}  # fmt: skip
