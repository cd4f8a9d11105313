"""Options mean the same wherever they are, exit codes are those that the README names, and shells complete words."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from conftest import ROOT, roadmap
from test_cli import Sources, run

from coursewright.building.neighbours import neighbourhood

PIXELS = ROOT / "examples" / "pixels"


def test_lint_knows_what_the_formats_cannot_carry_and_writes_nothing(tmp_path: Path) -> None:
    assert "L408" not in run("lint", PIXELS, cwd=tmp_path).stdout
    assert "L408" in run("lint", PIXELS, "-f", "cc13", cwd=tmp_path).stdout
    assert not (tmp_path / "dist").exists()


def test_lint_reads_the_neighbours_of_a_document_and_tells_of_it_alone(curriculum: Sources) -> None:
    folder = curriculum({"a.md": roadmap(101), "b.md": roadmap(102, "MOD-101"), "c.md": roadmap(103, "MOD-999")})
    alone = run("lint", "b.md", cwd=folder)
    assert alone.returncode == 0
    assert "MOD-101" not in alone.stdout
    assert "c.md" not in alone.stdout
    other = run("lint", "c.md", "--output", "json", cwd=folder)
    paths = {found["path"] for found in json.loads(other.stdout)["findings"]}
    assert "MOD-999" in other.stdout
    assert paths == {"c.md"}


def test_a_document_belongs_to_the_nearest_folder_above_that_says_its_order(
    curriculum: Sources, monkeypatch: pytest.MonkeyPatch
) -> None:
    unit = '[[unit]]\nid = "A"\ntitle = "A"\npages = ["in/deep/a.md"]\n'
    folder = curriculum({"far/course.toml": unit, "far/in/deep/a.md": "# A\n\nA.\n", "far/in/deep/quiz.gift": "{T}"})
    monkeypatch.chdir(folder)
    assert neighbourhood(Path("far/in/deep/a.md")) == Path("far")
    assert neighbourhood(folder / "far" / "in" / "deep" / "a.md") == folder / "far" / "in" / "deep"
    monkeypatch.chdir(folder / "far" / "in")
    assert neighbourhood(Path("deep/a.md")) == Path("deep")  # nothing above this folder is looked into
    (folder / "far" / "in" / "_toc.yml").write_text("format: jb-book\nroot: deep/a\n", encoding="utf-8")
    assert neighbourhood(Path("deep/a.md")) == Path()
    assert (
        neighbourhood(Path("deep"))
        is neighbourhood(Path("deep/none.md"))
        is neighbourhood(Path("deep/quiz.gift"))
        is None
    )


@pytest.mark.parametrize("command", ["build", "lint"])
def test_codes_and_severities_are_chosen_in_one_way(command: str, curriculum: Sources, tmp_path: Path) -> None:
    folder = curriculum({"a.md": roadmap(101, "MOD-999"), "b.md": roadmap(102, "MOD-101")})
    form = ["-o", tmp_path / "dist", "--report", "json"] if command == "build" else ["--output", "json"]
    arguments = ["-f", "cc13", *form]

    def codes(*options: str) -> set[str]:
        found = json.loads(run(command, folder, *arguments, *options).stdout)["findings"]
        return {one["code"] for one in found}

    every = codes()
    assert len(every) > 1
    assert codes("--select", "C1") == {code for code in every if code.startswith("C1")}
    assert codes("--ignore", "C1") == {code for code in every if not code.startswith("C1")}
    assert codes("--severity", "error") == set()
    assert run(command, folder, *arguments, "--strict").returncode == 1
    assert run(command, folder, *arguments, "--strict", "--severity", "error").returncode == 0
    assert run(command, folder, *arguments, "--select", "C999").returncode == 2


def test_a_quiet_build_says_errors_alone_and_a_report_is_all_of_standard_output(
    curriculum: Sources, tmp_path: Path
) -> None:
    folder = curriculum({"a.md": roadmap(101, "MOD-999")})
    quiet = run("build", folder, "-o", tmp_path / "dist", "--quiet")
    assert (quiet.returncode, quiet.stdout, quiet.stderr) == (0, "", "")
    told = run("build", folder, "-o", tmp_path / "dist", "--report", "codequality")
    rows = json.loads(told.stdout)
    assert rows and all(row["location"]["lines"]["begin"] >= 1 for row in rows)
    assert len({row["fingerprint"] for row in rows}) == len(rows)
    assert {row["severity"] for row in rows} <= {"info", "minor", "major", "critical", "blocker"}
    assert "built" in told.stderr


@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        (["lint", "ok"], 0),
        (["lint", "warned"], 0),
        (["lint", "warned", "--strict"], 1),
        (["build", "ok", "-o", "dist"], 0),
        (["build", "twice", "-o", "dist"], 1),
        (["lint", "nowhere"], 2),
        (["lint"], 2),
        (["release", "ok", "--since", "nowhere", "-o", "dist"], 2),
        (["validate", "ok/a.md"], 1),
        (["diff", "ok", "nowhere"], 2),
    ],
)
def test_exit_codes_are_those_that_are_documented(arguments: list[str], status: int, tmp_path: Path) -> None:
    documents = {
        "ok/a.md": roadmap(101),
        "warned/a.md": roadmap(101, "MOD-999"),
        "twice/a.md": roadmap(101),
        "twice/b.md": roadmap(101),
    }
    for name, text in documents.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text)
    assert run(*arguments, cwd=tmp_path).returncode == status


@pytest.mark.parametrize(
    ("words", "completed"),
    [
        ("build -f scorm2004-", {"scorm2004-3rd", "scorm2004-4th"}),
        ("build -f canvas,scorm1", {"canvas,scorm12"}),
        ("validate --for mood", {"moodle"}),
        ("lint --ignore D63", {f"D63{number}" for number in range(10)}),
        ("explain D630", {"D630"}),
        ("build source --only MOD-10", {"MOD-101", "MOD-102"}),
    ],
)
def test_shells_complete_names_codes_and_ids(
    words: str, completed: set[str], curriculum: Sources, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = curriculum({"a.md": roadmap(101), "b.md": roadmap(102)}).parent
    monkeypatch.setenv("_COURSEWRIGHT_COMPLETE", "complete_bash")
    monkeypatch.setenv("COMP_WORDS", f"coursewright {words}")
    monkeypatch.setenv("COMP_CWORD", str(len(words.split())))
    done = run(cwd=folder)
    assert set(done.stdout.split()) == completed, done.stderr
