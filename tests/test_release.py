"""Releases: what they hold, what their notes tell learners, and that nobody loses records in silence."""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT
from test_cli import run

from coursewright.audit.built import look_into
from coursewright.audit.inspect import inspect_package
from coursewright.building.release.release import versioned_name

PIXELS = ROOT / "examples" / "pixels"
NAME = "pixels-how-a-computer-keeps-a-picture"
MOVING = (
    '\n[[unit]]\nid = "PIX-7"\ntitle = "Moving pictures | 25 a second"\nfolder = "7-moving"\nrequires = ["PIX-6"]\n'
)


def _released(source: Path, target: Path, *options: str, formats: str = "scorm12,canvas") -> Any:
    return run("release", source, "-f", formats, "-o", target, *options)


def _edited(folder: Path, file: str, *changes: tuple[str, str]) -> None:
    path = folder / file
    text = path.read_text(encoding="utf-8")
    for before, now in changes:
        assert before in text
        text = text.replace(before, now, 1)
    path.write_text(text, encoding="utf-8")


@pytest.fixture
def course(tmp_path: Path) -> Path:
    """Return a copy of the example course, released as 1.3.0 in `old`."""
    shutil.copytree(PIXELS, tmp_path / "course")
    assert _released(tmp_path / "course", tmp_path / "old", "--version", "1.3.0").returncode == 0
    return tmp_path / "course"


def test_a_release_holds_stable_and_versioned_names_sums_that_hold_and_the_same_bytes_again(
    course: Path, tmp_path: Path
) -> None:
    old = tmp_path / "old"
    names = {path.name for path in old.iterdir()}
    for stable in (f"{NAME}-scorm12.zip", f"{NAME}-canvas.imscc"):
        copy = versioned_name(stable, "1.3.0")
        assert (old / stable).read_bytes() == (old / copy).read_bytes()
    sums = (old / "SHA256SUMS").read_text().splitlines()
    listed = [line.split("  ")[1] for line in sums]
    assert listed == sorted(listed)
    assert set(listed) == names - {"SHA256SUMS", "report.json"}
    assert subprocess.run(["sha256sum", "-c", "SHA256SUMS"], cwd=old, capture_output=True, check=False).returncode == 0
    _released(course, tmp_path / "again", "--version", "1.3.0")
    for name in listed:
        assert (old / name).read_bytes() == (tmp_path / "again" / name).read_bytes(), name


def test_identities_are_sorted_and_those_of_the_packages(course: Path, tmp_path: Path) -> None:
    (found,) = json.loads((tmp_path / "old" / "identities.json").read_text())["courses"]
    assert [unit["id"] for unit in found["units"]] == sorted(unit["id"] for unit in found["units"])
    for name, package in found["packages"].items():
        outline = inspect_package(tmp_path / "old" / package).outline
        assert outline
        known = {entry.identifier for entry, _ in outline.walk()}
        units = found["units"]
        told = {one["identifiers"][name] for one in units}
        told |= {part["identifiers"][name] for unit in units for part in unit["parts"] if name in part["identifiers"]}
        assert told <= known


def test_the_notes_of_a_release_tell_learners_what_changes(course: Path, tmp_path: Path) -> None:
    _edited(
        course,
        "course.toml",
        ("Three numbers make a colour", "Colour in three numbers"),
        ('requires = ["PIX-2"]', 'requires = ["PIX-4"]'),
        ('requires = ["PIX-2", "PIX-3"]', 'requires = ["PIX-2"]'),
    )
    with (course / "course.toml").open("a") as stream:
        stream.write(MOVING)
    (course / "7-moving").mkdir()
    (course / "7-moving" / "README.md").write_text("# Moving pictures\n\nTwenty-five a second look like motion.\n")
    _edited(course, "1-numbers-for-light/README.md", ("the", "our"))
    done = _released(course, tmp_path / "new", "--since", str(tmp_path / "old"), "--version", "1.4.0")
    assert done.returncode == 0, done.stderr
    notes = (tmp_path / "new" / "RELEASE-NOTES.md").read_text()
    lines = notes.splitlines()
    assert lines[0] == "# Pixels: how a computer keeps a picture 1.4.0"
    assert "This is what has changed since 1.3.0." in lines
    assert r"- A unit is new: PIX-7 “Moving pictures \| 25 a second”." in lines
    assert "- “Three numbers make a colour” is now called “Colour in three numbers”." in lines
    assert "- PIX-1 “Numbers for light” has been revised." in lines
    waits = "- PIX-5 “Shapes instead of pixels” now waits for PIX-4 “Squeeze it”"
    assert f"{waits}, and no longer for PIX-2 “Colour in three numbers”." in lines
    assert "- PIX-4 “Squeeze it” no longer waits for PIX-3 “How big is a picture?”." in lines
    assert "Nobody loses records: what you have completed stays completed." in lines
    assert "different order" not in notes


def test_notes_of_several_courses_have_a_heading_for_each(tmp_path: Path) -> None:
    assert _released(ROOT / "seeds", tmp_path / "new", formats="scorm12").returncode == 0
    lines = (tmp_path / "new" / "RELEASE-NOTES.md").read_text(encoding="utf-8").splitlines()
    titles = [course["title"] for course in json.loads((tmp_path / "new" / "identities.json").read_text())["courses"]]
    assert len(titles) > 1
    headings = [line.removeprefix("## ") for line in lines if line.startswith("## ")]
    assert headings[: len(titles)] == titles  # what is for teachers stands below


@pytest.mark.parametrize(
    ("before", "now"),
    [("| observation |", "| attention |"), ("**The Year** –", "**A Year** –")],
    ids=["competency", "topic"],
)
def test_names_within_a_unit_are_words_of_it(before: str, now: str, tmp_path: Path) -> None:
    name = "module-901-bees-and-their-year.md"
    shutil.copy(ROOT / "tests" / "browser" / "curriculum" / name, tmp_path / name)
    assert _released(tmp_path / name, tmp_path / "old", "--version", "1", formats="scorm12").returncode == 0
    _edited(tmp_path, name, (before, now))
    since = ("--since", str(tmp_path / "old"), "--version", "2")
    done = _released(tmp_path / name, tmp_path / "new", *since, formats="scorm12")
    assert done.returncode == 0, done.stderr
    assert "MOD-901 “Bees & Their Year”" in (tmp_path / "new" / "RELEASE-NOTES.md").read_text(encoding="utf-8")


def test_nothing_changes_where_only_the_version_does(course: Path, tmp_path: Path) -> None:
    _released(course, tmp_path / "new", "--since", str(tmp_path / "old" / "identities.json"), "--version", "1.3.1")
    assert "Nothing changes for learners." in (tmp_path / "new" / "RELEASE-NOTES.md").read_text()


def test_a_release_that_would_lose_records_is_not_written_unless_that_is_allowed(course: Path, tmp_path: Path) -> None:
    _edited(
        course, "course.toml", ('id = "PIX-1"', 'id = "LIGHT"'), ('["PIX-1"]', '["LIGHT"]'), ('["PIX-1"]', '["LIGHT"]')
    )
    since = ("--since", str(tmp_path / "old"))
    done = _released(course, tmp_path / "new", *since)
    assert done.returncode == 1
    assert "D630" in done.stderr
    assert not (tmp_path / "new").exists()
    assert _released(course, tmp_path / "new", *since, "--allow", "D631").returncode == 1
    assert _released(course, tmp_path / "new", *since, "--allow", "D630").returncode == 0
    notes = (tmp_path / "new" / "RELEASE-NOTES.md").read_text()
    assert "What you did in “Numbers for light” is not carried over: the unit starts anew." in notes
    assert "Nobody loses records" not in notes


@pytest.mark.parametrize(
    "content",
    ["", "[]", "{", '{"form": 9}', '{"form": 1, "version": "", "courses": [{"units": [{}]}]}', "[" * 100_000],
)
def test_what_is_no_record_of_a_release_is_refused_in_words(content: str, tmp_path: Path) -> None:
    (tmp_path / "identities.json").write_text(content)
    done = run("release", PIXELS, "--since", tmp_path, "-o", tmp_path / "new")
    assert done.returncode == 2
    assert "S086" in done.stderr
    assert not (tmp_path / "new").exists()


@pytest.mark.parametrize("version", ["../1", "1 0", "-1", "a/b", "x" * 100, "1\n2"])
def test_a_version_that_no_file_can_bear_is_refused(version: str, tmp_path: Path) -> None:
    done = run("release", PIXELS, f"--version={version}", "-o", tmp_path / "new")
    assert done.returncode == 2
    assert not (tmp_path / "new").exists()


def test_a_release_that_was_changed_does_not_pass(course: Path, tmp_path: Path) -> None:
    old = tmp_path / "old"
    assert run("validate", old).returncode == 0
    (old / "RELEASE-NOTES.md").write_text("nothing to see here")
    (old / f"{NAME}-canvas.imscc").unlink()
    with (old / "SHA256SUMS").open("a") as stream:
        stream.write("0" * 64 + "  ../../etc/passwd\n")
    done = run("validate", old, "--output", "json")
    assert done.returncode == 1
    codes = [found["code"] for found in json.loads(done.stdout)["findings"]]
    assert sorted(code for code in codes if code.startswith("S")) == ["S087", "S088", "S089"]


def test_a_site_in_a_release_is_no_package_whatever_its_copy_is_called(tmp_path: Path) -> None:
    sums = []
    for name in ("bees-scorm12.zip", "bees-site.zip"):
        for called in (name, versioned_name(name, "1.0-rc.1")):
            (tmp_path / called).write_text(name)
            sums.append(f"{hashlib.sha256(name.encode()).hexdigest()}  {called}\n")
    (tmp_path / "SHA256SUMS").write_text("".join(sums))
    found = look_into(tmp_path)
    assert ([path.name for path in found.packages], found.findings) == (["bees-scorm12.zip"], ())


def test_diff_says_which_words_changed_and_not_what_stands_on_every_page(course: Path, tmp_path: Path) -> None:
    _edited(course, "course.toml", ("Shapes instead of pixels", "Shapes, not pixels"))
    _edited(course, "4-squeeze-it/README.md", ("lossless from lossy", "careful from careless"))
    _released(course, tmp_path / "new", "--version", "1.4.0")
    packages = (tmp_path / "old" / f"{NAME}-scorm12.zip", tmp_path / "new" / f"{NAME}-scorm12.zip")
    done = run("diff", *packages)
    assert done.returncode == 0
    assert done.stdout.count("D614") == 1
    assert "      - Tell lossless from lossy compression, and choose between them.\n" in done.stdout
    assert "      + Tell careful from careless compression, and choose between them.\n" in done.stdout
    assert "D638" in done.stdout
    markdown = run("diff", *packages, "--output", "markdown").stdout
    assert "## Contents" in markdown
    assert "  > + Tell careful from careless compression, and choose between them." in markdown
    (words,) = (
        change["words"]
        for change in json.loads(run("diff", *packages, "--output", "json").stdout)["changes"]
        if change["code"] == "D614"
    )
    assert len(words) == 1
