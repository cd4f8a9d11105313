"""The command line: what it prints, how it exits, and that bad input never ends in a traceback or a lost file."""

from __future__ import annotations

import gc
import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryFile
from typing import BinaryIO

import pytest
from conftest import ROOT, SEEDS, WIDE, roadmap
from lxml import etree

from coursewright.cli import main
from coursewright.findings.messages import catalogue
from coursewright.findings.reports import REPORTS

Sources = Callable[[Mapping[str, str | bytes]], Path]


@contextmanager
def _streams() -> Iterator[tuple[BinaryIO, BinaryIO]]:
    """Lead both standard streams into files, which whatever writes to them fills."""
    kept, objects = [os.dup(number) for number in (1, 2)], (sys.stdout, sys.stderr)
    with TemporaryFile() as out, TemporaryFile() as err:
        os.dup2(out.fileno(), 1)
        os.dup2(err.fileno(), 2)
        try:
            yield out, err
        finally:
            sys.stdout.flush()
            sys.stderr.flush()
            sys.stdout, sys.stderr = objects
            for number, descriptor in enumerate(kept, start=1):
                os.dup2(descriptor, number)
                os.close(descriptor)


@contextmanager
def _garbage_is_collected_as_before() -> Iterator[None]:
    kept = gc.get_threshold()
    try:
        yield
    finally:
        gc.set_threshold(*kept)


def run(*arguments: object, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    """Run a command in this process as a shell would: with its own words, folder, environment and streams."""
    command = ["coursewright", *map(str, arguments)]
    with _streams() as files, pytest.MonkeyPatch.context() as patch:
        patch.chdir(cwd or Path.cwd())
        patch.setattr(sys, "argv", command)
        patch.setattr(sys.modules["__main__"], "__package__", "")  # else the name is that of whoever runs the tests
        for name in [key for key in os.environ if key.startswith("COURSEWRIGHT_")]:
            patch.delenv(name)
        with pytest.raises(SystemExit) as ended, _garbage_is_collected_as_before():
            main()
        sys.stdout.flush()
        sys.stderr.flush()
        printed, told = (_content(stream) for stream in files)
    return subprocess.CompletedProcess(command, int(ended.value.code or 0), printed, told)


def _content(stream: BinaryIO) -> str:
    stream.seek(0)
    return stream.read().decode()


def test_build_alone_reads_seeds_and_writes_dist(tmp_path: Path) -> None:
    (tmp_path / "seeds").symlink_to(SEEDS)
    done = run("build", cwd=tmp_path)
    assert done.returncode == 0
    assert "principal-ai-infrastructure-architect-scorm12.zip" in done.stdout
    assert {path.suffix for path in (tmp_path / "dist").iterdir()} >= {".mbz", ".imscc", ".zip"}
    assert len(list((tmp_path / "dist").glob("*.zip"))) == 3
    report = json.loads((tmp_path / "dist" / "report.json").read_text())
    assert sum(len(package["units"]) for package in report["packages"]) == 3 * 5
    assert all(package["written"] for package in report["packages"])
    check = subprocess.run(
        ["sha256sum", "--check", "SHA256SUMS"], cwd=tmp_path / "dist", capture_output=True, check=False
    )
    assert check.returncode == 0


def test_a_first_build_fits_a_screen_and_says_where_each_package_goes(tmp_path: Path) -> None:
    (tmp_path / "seeds").symlink_to(SEEDS)
    done = run("build", cwd=tmp_path)
    lines = [*done.stderr.splitlines(), *done.stdout.splitlines()]
    assert len(lines) <= 24
    assert "built 5 units in 9 packages" in lines[lines.index(done.stdout.splitlines()[0])]
    for words in ("-moodle.mbz", "Moodle: Site administration › Courses › Restore course"):
        assert sum(words in line for line in lines) == 3
    assert sum("Canvas: Settings › Import Course Content" in line for line in lines) == 3
    (first,) = (line for line in lines if "competencies.csv" in line)
    assert "before a Moodle backup" in first and "2 more like it" in first
    assert "warning C104, 9 times: " in done.stderr and "and 2 more places" in done.stderr
    each = run("build", "--verbose", cwd=tmp_path).stderr
    assert each.count(" warning C104 ") == 9 and " info " in each


def test_only_what_is_shown_is_folded_and_errors_come_first(curriculum: Sources) -> None:
    folder = curriculum({"a.md": roadmap(1, "MOD-7, MOD-8, MOD-9"), "b.md": roadmap(1)})
    shown = run("lint", folder).stdout.splitlines()
    assert "error C101" in shown[0] and any("warning C104, 3 times" in line for line in shown)
    assert run("lint", folder, "--verbose").stdout.count("warning C104 ") == 3
    found = json.loads(run("lint", folder, "--output", "json").stdout)["findings"]
    assert sum(one["code"] == "C104" for one in found) == 3
    assert run("lint", folder, "--output", "github").stdout.count("title=C104") == 3


@pytest.mark.parametrize("page", ["bees.md", "1-bees/README.md"])
def test_a_folder_that_is_a_course_is_built_where_one_stands_in_it(page: str, tmp_path: Path) -> None:
    (tmp_path / page).parent.mkdir(exist_ok=True)
    (tmp_path / page).write_text("# Bees\n\nThey fly.\n")
    done = run("build", "-f", "scorm12", cwd=tmp_path)
    assert done.returncode == 0 and f"building the course in this folder, {tmp_path.name}/" in done.stderr
    assert len(list((tmp_path / "dist").glob("*.zip"))) == 1


def test_who_says_nothing_or_stands_in_an_empty_folder_is_told_what_to_say(tmp_path: Path) -> None:
    alone = run(cwd=tmp_path)
    assert alone.returncode == 0 and "coursewright build FOLDER" in alone.stdout
    done = run("build", cwd=tmp_path)
    assert done.returncode == 2 and "coursewright new bees" in done.stderr
    (tmp_path / "lessons").mkdir()
    for command in ("build", "lint"):
        done = run(command, "lesson", cwd=tmp_path)
        assert (
            done.returncode == 2 and "lesson: there is no such file or folder; did you mean 'lessons'?" in done.stderr
        )


def test_the_curriculum_is_a_stable_interface() -> None:
    found = json.loads(run("curriculum", SEEDS, "--json").stdout)
    assert list(found) == ["units", "findings"]
    unit = next(unit for unit in found["units"] if unit["id"] == "PROJ-604")
    assert set(unit) >= {
        "path", "line", "kind", "id", "title", "track", "roles", "summary", "hours", "prerequisites", "next", "placement",
        "objectives", "competencies", "outline", "activities", "assessments", "components", "deliverables", "milestones",
        "risks", "checklist", "sections",
    }  # fmt: skip
    assert unit["prerequisites"]["refs"][1] == {
        "id": "MOD-607", "track": "principal-ai-infrastructure-architect", "label": "",
        "path": str(SEEDS / "module-607-partnership-strategy.txt"),
    }  # fmt: skip
    assert unit["prerequisites"]["refs"][0]["track"] is None
    assert unit["placement"]["after"] == ["MOD-604", "MOD-607", "MOD-609"]
    assert unit["milestones"][0] == {
        "from": 1, "to": 2, "unit": "week", "text": "Ecosystem assessment and segmentation.",
    }  # fmt: skip
    assert unit["hours"] == {"total": 100, "breakdown": {}}
    assert {section["audience"] for section in unit["sections"]} == {"learner", "staff"}


@pytest.mark.parametrize("format", ["text", "dot", "mermaid", "json"])
def test_the_graph_can_be_shown(format: str) -> None:
    done = run("graph", SEEDS, "--format", format)
    assert done.returncode == 0 and "MOD-607" in done.stdout


def test_lint_prints_its_results_and_fails_on_errors_or_strictly(curriculum: Sources) -> None:
    folder = curriculum({"a.md": roadmap(1, "MOD-9")})
    assert run("lint", folder).returncode == 0
    strict = run("lint", folder, "--strict")
    assert strict.returncode == 1 and f"{folder}/a.md:11: warning C104" in strict.stdout
    (finding,) = json.loads(run("lint", folder, "--json").stdout)["findings"]
    assert (finding["code"], finding["line"]) == ("C104", 11)


def test_lint_shows_its_findings_in_every_form(curriculum: Sources) -> None:
    folder = curriculum({"a.md": roadmap(1, "MOD-9"), "b.md": roadmap(2)})
    shown = {output: run("lint", folder, "--output", output).stdout for output in REPORTS}
    assert f"[{'|'.join(REPORTS)}]" in run("lint", "--help").stdout
    assert shown["full"] == run("lint", folder).stdout and shown["full"].endswith("\n1 warning\n")
    assert shown["json"] == run("lint", folder, "--json").stdout
    assert json.loads(shown["json"])["counts"] == {"error": 0, "warning": 1, "info": 0}
    assert shown["github"].startswith(f"::warning file={folder}/a.md,line=11,title=C104::")
    suites = etree.fromstring(shown["junit"].encode())
    assert [(suite.get("name"), suite.get("failures")) for suite in suites] == [
        (f"{folder}/a.md", "0"), (f"{folder}/b.md", "0"),
    ]  # fmt: skip
    strict = etree.fromstring(run("lint", folder, "--strict", "--output", "junit").stdout.encode())
    assert strict.get("failures") == "1"
    (result,) = json.loads(shown["sarif"])["runs"][0]["results"]
    assert result["ruleId"] == "C104"


@pytest.mark.parametrize(
    ("arguments", "codes", "status"),
    [
        ([], ["C104", "C106"], 1),
        (["--select", "C104"], ["C104"], 1),
        (["--select", "c106,l", "--select", "S"], ["C106"], 1),
        (["--ignore", "C104"], ["C106"], 1),
        (["--ignore", "C10"], [], 0),
        (["--select", "C", "--ignore", "C104,C106"], [], 0),
        (["--select", "S"], [], 0),
    ],
)
def test_lint_shows_and_judges_by_what_was_chosen(
    arguments: list[str], codes: list[str], status: int, curriculum: Sources
) -> None:
    folder = curriculum({"a.md": roadmap(1, "MOD-9, all previous modules")})
    done = run("lint", folder, "--strict", "--output", "json", *arguments)
    assert [found["code"] for found in json.loads(done.stdout)["findings"]] == codes
    assert done.returncode == status


def test_rules_lists_every_code() -> None:
    lines = run("rules").stdout.splitlines()
    assert [line.split()[0] for line in lines if line[:4].isalnum()] == list(catalogue())
    assert run("rules", "--select", "d").stdout == run("explain", "D").stdout
    assert run("explain").stdout.splitlines() == lines
    (rule,) = [rule for rule in json.loads(run("rules", "--output", "json").stdout)["rules"] if rule["code"] == "C103"]
    assert rule["severity"] == "warning" and rule["reason"] and rule["mend"]


def test_rules_shows_what_an_lms_limits_and_on_which_versions_that_was_checked() -> None:
    text = run("rules", "--for", "moodle", "--for", "canvas").stdout
    assert (
        "Moodle: checked on 5.0.6" in text
        and "page/name: at most 255 characters; else the import stops [tables]" in text
    )
    assert "assignment/grading_type: one of points, percent" in text
    moodle, _ = json.loads(run("rules", "--for", "moodle", "--for", "canvas", "--output", "json").stdout)["limits"]
    assert all(limit["source"] in moodle["sources"] for limit in moodle["limits"])
    done = run("rules", "--for", "brightspace")
    assert done.returncode == 2 and "moodle, canvas" in done.stderr


def test_a_code_is_explained_and_a_wrong_one_refused() -> None:
    assert "entry requirement" in run("explain", "c103").stdout
    done = run("explain", "C1O3")
    assert done.returncode == 2 and "did you mean" in done.stderr


def test_several_formats_are_built_at_once_and_older_packages_are_named(tmp_path: Path) -> None:
    (tmp_path / "seeds").symlink_to(SEEDS)
    first = run("build", "-f", "scorm12, scorm2004", "-f", "scorm2004-3rd", "--by", "all", cwd=tmp_path)
    names = {path.name for path in (tmp_path / "dist").glob("*.zip")}
    assert names == {f"curriculum-{format}.zip" for format in ("scorm12", "scorm2004-4th", "scorm2004-3rd")}
    assert "earlier builds" not in first.stdout
    again = run("build", "-f", "scorm12", "--by", "all", cwd=tmp_path)
    assert "from earlier builds: curriculum-scorm2004-3rd.zip, curriculum-scorm2004-4th.zip" in again.stdout


def test_formats_are_listed() -> None:
    assert run("formats").stdout.startswith("scorm12 ")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["build", "seeds", "--format", "scorm13"], "there is no format 'scorm13'; did you mean 'scorm12'?"),
        (["build", "seeds", "--format", "scorm12,SCORM2005"], "did you mean 'scorm2004'?"),
        (["build", "seeds", "--format", ","], "there is no format ''"),
        (["build", "seeds", "--only", "MOD-999"], "no unit has this id"),
        (["build", "seeds", "--with-prerequisites"], "requires --only"),
        (["build", "seeds", "--config", "none.toml"], "cannot be read"),
        (["lint", "seeds", "--select", "C1044"], "there is no finding code C1044; did you mean 'C104'?"),
        (["lint", "seeds", "--ignore", "C104,Q"], "there is no finding code Q"),
        (["lint", "seeds", "--select", ","], "--select requires codes"),
        (["lint", "seeds", "--output", "xml"], "'xml' is not one of"),
    ],
)
def test_a_call_that_cannot_be_is_refused(arguments: list[str], said: str, tmp_path: Path) -> None:
    (tmp_path / "seeds").symlink_to(SEEDS)
    done = run(*arguments, cwd=tmp_path)
    assert done.returncode == 2 and said in done.stderr
    assert not (tmp_path / "dist").exists()


BAD: dict[str, tuple[dict[str, str | bytes], str]] = {
    "an empty folder": ({"notes.rst": "x"}, "S002"),
    "a binary file": ({"a.md": b"PK\x03\x04\0\0\0\0"}, "S004"),
    "ten megabytes of brackets": ({"a.md": b"[" * 10_000_000}, "S005"),
    "a table cut in two": (
        {"a.md": roadmap(1, extra="\n## Competency Alignment\n\n| Competency | Target |\n|---|---|\n| a | b |\n\n| c | d |\n")},
        "S013",
    ),
    "a circle": ({"a.md": roadmap(1, "MOD-002"), "b.md": roadmap(2, "MOD-001")}, "C102"),
    "two units with one identity": ({"a.md": roadmap(1), "b.md": roadmap(1)}, "C101"),
    "many brackets": ({"a.md": roadmap(1, extra="- " + "[" * (19_000 if WIDE else 6_000) + "\n")}, "S015"),
    "deep quotes": ({"a.md": roadmap(1, extra="\n## Notes\n\n" + ">" * 5000 + " x\n")}, "S015"),
    "lists in quotes": ({"a.md": roadmap(1, extra="\n## Notes\n\n> " + "- " * 500 + "x\n")}, "S015"),
    "nothing to build": ({"README.md": "# Notes\n"}, "S002"),
    "deep lists": ({"a.md": roadmap(1, extra="\n".join("  " * n + "- x" for n in range(60)))}, "S015"),
}  # fmt: skip


@pytest.mark.parametrize("case", BAD)
def test_bad_input_is_a_finding_and_leaves_dist_alone(case: str, curriculum: Sources, tmp_path: Path) -> None:
    documents, code = BAD[case]
    folder = curriculum(documents)
    dist = tmp_path / "dist"
    dist.mkdir()
    (dist / "engineer-scorm12.zip").write_bytes(b"the good old package")
    (dist / "SHA256SUMS").write_text("old")
    done = run("build", folder, "--output", dist)
    assert f" {code} " in done.stderr
    assert str(folder) in done.stderr
    if done.returncode:
        assert (dist / "engineer-scorm12.zip").read_bytes() == b"the good old package"
        assert (dist / "SHA256SUMS").read_text() == "old"


def test_a_missing_folder_is_a_finding(tmp_path: Path) -> None:
    done = run("build", "nowhere", cwd=tmp_path)
    assert done.returncode == 2
    assert "nowhere: error S001" in done.stderr and not (tmp_path / "dist").exists()
    for arguments in ((), ("--select", "C103"), ("--output", "json")):
        done = run("lint", "nowhere", *arguments, cwd=tmp_path)
        assert done.returncode == 2 and "S001" in done.stdout and "no findings" not in done.stdout


def test_documents_that_cannot_be_read_are_told_of_whatever_is_selected(curriculum: Sources) -> None:
    folder = curriculum({"a.md": roadmap(1, title="Хлеб").encode("cp1251"), "b.md": roadmap(2)})
    done = run("lint", folder, "--select", "C1")
    assert done.returncode == 1 and "error S022" in done.stdout and done.stdout.endswith("\n1 error\n")
    assert run("lint", folder, "--select", "C1", "--ignore", "S").stdout == "no findings\n"


def test_an_output_that_cannot_be_written_is_said(curriculum: Sources, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder")
    done = run("build", curriculum({"a.md": roadmap(1)}), "--output", tmp_path / "file" / "dist")
    assert done.returncode == 2 and "coursewright: " in done.stderr


def test_help_imports_nothing_heavy() -> None:
    heavy = "lxml", "jinja2", "markdown", "xmlschema", "ftfy", "rich", "coursewright.building.pipeline"
    script = f"import sys, coursewright.cli; print([name for name in {heavy} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_a_clean_build_never_imports_what_only_explains(tmp_path: Path) -> None:
    script = (
        "import sys; from coursewright.cli.program import app\n"
        f"app(['build', {str(SEEDS)!r}, '-o', {str(tmp_path)!r}], standalone_mode=False)\n"
        "assert 'xmlschema' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", script], capture_output=True, check=True)


def test_validate_says_what_a_package_is_and_what_is_wrong_with_it(tmp_path: Path) -> None:
    run("build", SEEDS, "--by", "all", "-f", "scorm12,cc13,canvas,moodle", "-o", tmp_path)
    packages = sorted(path for path in tmp_path.iterdir() if path.suffix in (".zip", ".imscc", ".mbz"))
    done = run("validate", *packages, "--strict")
    assert done.returncode == 0
    for kind in ("SCORM 1.2", "Common Cartridge 1.3", "Canvas cartridge", "Moodle backup", "no findings"):
        assert kind in done.stdout
    (tmp_path / "broken.zip").write_bytes(packages[0].read_bytes()[:2000])
    broken = run("validate", tmp_path / "broken.zip", "--output", "json")
    assert broken.returncode == 1
    assert [found["code"] for found in json.loads(broken.stdout)["findings"]] == ["P210"]
    assert run("validate", tmp_path / "broken.zip", "--ignore", "P210").returncode == 0
    assert "not recognised" in run("validate", tmp_path / "broken.zip").stdout
    for command in ("validate", "inspect"):
        for nowhere in (tmp_path / "nowhere.zip", "", "https://example.org/a.zip"):
            assert run(command, nowhere).returncode == 2


def test_validate_says_of_each_package_what_it_took_it_for(tmp_path: Path) -> None:
    run("build", SEEDS, "--by", "all", "-f", "scorm12", "-o", tmp_path)
    (tmp_path / "broken.zip").write_bytes(b"PK")
    good, bad = tmp_path / "curriculum-scorm12.zip", tmp_path / "broken.zip"
    packages = json.loads(run("validate", good, bad, "--output", "json").stdout)["packages"]
    assert [(one["path"], one["kind"]) for one in packages] == [(str(good), "SCORM 1.2"), (str(bad), "")]
    assert packages[0]["why"] == "it uses SCORM 1.2's namespace"
    assert [one["passes"] for one in packages] == [True, False]
    assert run("validate", good, bad).stdout.endswith("2 packages, 1 with errors\n")
    asked = run("validate", good, bad, "--select", "P239").stdout
    assert asked.endswith("2 packages, none with errors among the findings asked for\n")


def test_validate_for_an_lms_says_what_it_does(tmp_path: Path) -> None:
    run("build", SEEDS, "--by", "all", "-f", "scorm2004", "-o", tmp_path)
    package = tmp_path / "curriculum-scorm2004-4th.zip"
    done = run("validate", package, "--for", "moodle,canvas", "--select", "L")
    assert done.returncode == 1
    assert "error L501 Canvas does not accept this package" in done.stdout
    assert "accepts: Canvas cartridges, Common Cartridges" in done.stdout
    assert "warning L506 Moodle does not enforce" in done.stdout
    for wrong in ("modle", ","):
        refused = run("validate", package, "--for", wrong)
        assert refused.returncode == 2 and "choose from moodle, canvas" in refused.stderr


def test_the_companions_of_a_package_are_named(tmp_path: Path) -> None:
    done = run("build", SEEDS, "--by", "all", "-f", "moodle", "-o", tmp_path)
    (line,) = (line for line in done.stdout.splitlines() if line.endswith("curriculum-moodle-competencies.csv"))
    assert "before a Moodle backup" in line
    assert (tmp_path / "curriculum-moodle-competencies.csv").read_text(encoding="utf-8").startswith("Parent ID number")
    refused = run("build", SEEDS, "-f", "scorm12", "--with-scorm", "-o", tmp_path)
    assert refused.returncode == 2 and "--with-scorm requires" in refused.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="there is no shell with such redirections")
@pytest.mark.parametrize("closed", ["2>&-", ">&-", ">&- 2>&-", "| true", "2>&1 | true", "2>/dev/full"])
def test_a_closed_stream_changes_neither_the_work_nor_the_status(tmp_path: Path, closed: str) -> None:
    source = ROOT / "tests" / "browser" / "curriculum"
    command = f"'{sys.executable}' -m coursewright build '{source}' -f scorm12 -o '{tmp_path / 'out'}' {closed}; exit ${{PIPESTATUS[0]}}"
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=False)
    assert (done.returncode, "Traceback" in done.stderr) == (0, False), done.stderr
    assert list((tmp_path / "out").glob("*.zip"))


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no full device")
def test_a_full_disk_is_said_in_words() -> None:
    source = ROOT / "tests" / "browser" / "curriculum"
    with Path("/dev/full").open("wb") as full:
        command = [sys.executable, "-m", "coursewright", "lint", str(source)]
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    assert (done.returncode, done.stderr) == (2, "coursewright: the output: No space left on device\n")


STEERING = "\x1b[31m\x9b\u202e\x7f\u2067\x85"


@pytest.mark.parametrize(
    "command",
    [
        ("curriculum",),
        ("curriculum", "--json"),
        ("lint",),
        ("lint", "--output", "json"),
        ("lint", "--output", "github"),
        ("graph",),
        ("graph", "-f", "dot"),
        ("graph", "-f", "mermaid"),
        ("graph", "-f", "json"),
        ("build", "--by", "all", "-v", "-o", "OUT"),
    ],
)
def test_words_of_authors_do_not_steer_the_terminal(
    command: tuple[str, ...], curriculum: Sources, tmp_path: Path
) -> None:
    text = roadmap(101, f"MOD-1{STEERING}02 and a B{STEERING}C", title=f"Ti{STEERING}tle", role=f"R{STEERING}ole")
    name, *options = (str(tmp_path / "out") if one == "OUT" else one for one in command)
    done = run(name, curriculum({"a-roadmap.md": text}), *options)
    shown = done.stdout + done.stderr
    assert shown
    assert not [sign for sign in shown if sign != "\n" and sign in "\x1b\x9b\u202e\x7f\u2067\x85"]
    if "json" in options or "--json" in options:
        json.loads(done.stdout)


@pytest.mark.skipif(sys.platform == "win32", reason="there is no limit on the size of files")
def test_a_disk_that_fills_up_keeps_the_older_packages_and_names_the_file(tmp_path: Path) -> None:
    source, out = ROOT / "tests" / "browser" / "curriculum", tmp_path / "out"
    run("build", source, "-f", "scorm12", "-o", out)
    before = {path.name: path.read_bytes() for path in out.iterdir()}
    limited = (
        "import resource, signal; signal.signal(signal.SIGXFSZ, signal.SIG_IGN); "
        "resource.setrlimit(resource.RLIMIT_FSIZE, (4000, 4000)); from coursewright.cli import main; main()"
    )
    command = [sys.executable, "-c", limited, "build", str(source), "-f", "scorm12", "-o", str(out)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, "Traceback" in done.stderr) == (2, False), done.stderr
    assert ".zip: File too large" in done.stderr and str(out) in done.stderr
    assert {path.name: path.read_bytes() for path in out.iterdir()} == before


@pytest.mark.parametrize("name", ["", "  "])
def test_a_build_into_a_folder_without_a_name_is_refused(name: str, tmp_path: Path) -> None:
    done = run("build", SEEDS, "-o", name, cwd=tmp_path)
    assert done.returncode == 2
    assert "--output takes the name of a folder" in done.stderr
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("command", [["validate"], ["validate", "--select", "P2"], ["inspect"]])
@pytest.mark.parametrize("target", ["package", "nowhere"])
def test_a_package_that_nobody_can_read_is_told_of_in_plain_words(
    command: list[str], target: str, tmp_path: Path
) -> None:
    (tmp_path / "package").symlink_to(target)
    done = run(*command, "package", cwd=tmp_path)
    assert done.returncode == 2
    said = done.stdout + done.stderr
    assert "S003 the file cannot be read: it is a" in said and "Errno" not in said
