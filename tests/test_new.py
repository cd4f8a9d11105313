"""The command `new`, settings beside the sources, and what `curriculum` tells of a folder."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Callable, Mapping
from pathlib import Path

from test_cli import run

Folder = Callable[[Mapping[str, str | bytes]], Path]
BEES = {"1-bees/README.md": "# Bees\n\nThey fly.\n", "2-hive/README.md": "# Hive\n\nThey live there.\n"}


def test_new_writes_a_course_that_builds_without_a_warning(tmp_path: Path) -> None:
    folder = tmp_path / "garden-bees"
    assert run("new", folder).returncode == 0
    shown = run("curriculum", folder)
    assert shown.returncode == 0 and "waits for: Meet the bees" in shown.stdout
    built = run("build", folder, "-f", "scorm12,canvas,moodle", "-o", tmp_path / "dist", "--strict")
    assert built.returncode == 0, built.stderr
    assert {path.name for path in (tmp_path / "dist").iterdir()} >= {
        "garden-bees-canvas.imscc",
        "garden-bees-moodle.mbz",
    }


def test_new_leaves_a_folder_alone_that_is_not_empty(curriculum: Folder) -> None:
    folder = curriculum(BEES)
    done = run("new", folder)
    assert done.returncode == 2 and "is not empty" in done.stderr
    assert sorted(path.name for path in folder.iterdir()) == ["1-bees", "2-hive"]


def test_new_from_a_folder_writes_down_what_was_guessed(curriculum: Folder) -> None:
    folder = curriculum(BEES)
    before = json.loads(run("curriculum", folder, "--json").stdout)
    assert run("new", "--from", folder).returncode == 0
    written = tomllib.loads((folder / "course.toml").read_text(encoding="utf-8"))
    assert [unit["title"] for unit in written["unit"]] == ["Bees", "Hive"]
    after = json.loads(run("curriculum", folder, "--json").stdout)
    assert after["units"] == before["units"]
    assert run("new", "--from", folder).returncode == 2


def test_new_is_told_one_thing_to_do(tmp_path: Path) -> None:
    assert run("new").returncode == 2
    assert run("new", tmp_path / "a", "--from", tmp_path).returncode == 2


def test_each_course_has_the_settings_that_lie_beside_it(curriculum: Folder, tmp_path: Path) -> None:
    folder = curriculum(
        {f"bees/{name}": text for name, text in BEES.items()}
        | {f"ants/{name}": text.replace("Bees", "Ants") for name, text in BEES.items()}
        | {"bees/coursewright.toml": 'title = "All about bees"\nlanguage = "de"\nformats = ["moodle"]\n'}
        | {"ants/coursewright.toml": 'title = "All about ants"\n[course]\nsequential = true\n'}
        | {"coursewright.toml": 'formats = ["canvas"]\npublisher = "The garden"\n'}
    )
    done = run("build", "bees", "ants", "-o", tmp_path / "dist", cwd=folder)
    assert done.returncode == 0, done.stderr
    names = {path.name for path in (tmp_path / "dist").iterdir()}
    assert names >= {"all-about-bees-moodle.mbz", "all-about-ants-canvas.imscc", "report.json"}
    read = json.loads(run("curriculum", "bees", "ants", "--json", cwd=folder).stdout)
    assert [about["title"] for about in read["courses"]] == ["All about bees", "All about ants"]
    waiting = [unit["prerequisites"]["refs"] for unit in read["units"]]
    assert [bool(refs) for refs in waiting] == [False, False, False, True]


def test_two_courses_never_write_one_package(curriculum: Folder, tmp_path: Path) -> None:
    folder = curriculum(
        {f"{name}/{path}": text for name in ("a", "b") for path, text in BEES.items()}
        | {f"{name}/coursewright.toml": 'title = "Bees"\n' for name in ("a", "b")}
    )
    done = run("build", folder / "a", folder / "b", "-o", tmp_path / "dist")
    assert done.returncode == 2 and "several courses would be written to" in done.stderr


def test_a_table_of_the_settings_says_the_order(curriculum: Folder) -> None:
    table = '[[course.unit]]\ntitle = "First the hive"\npages = ["2-hive/README.md", "1-bees/README.md"]\n'
    folder = curriculum({**BEES, "coursewright.toml": table})
    shown = run("curriculum", folder).stdout
    assert "First the hive" in shown and "order: course.toml, of" in shown


def test_curriculum_says_what_was_taken_for_what_and_why(curriculum: Folder) -> None:
    folder = curriculum({**BEES, "CONTRIBUTING.md": "# x\n\ny\n", "2-hive/solution.md": "# How\n\nSo.\n"})
    shown = run("curriculum", folder).stdout
    assert "order: numbers in names, of" in shown
    assert "for staff How" in shown
    assert "not in the course:" in shown and "CONTRIBUTING.md" in shown
