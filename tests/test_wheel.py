"""The wheel holds everything it needs and works from anywhere."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import venv
from pathlib import Path

import pytest
from conftest import ROOT, SEEDS


@pytest.mark.long
def test_an_installed_wheel_builds_from_anywhere(tmp_path: Path) -> None:
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", tmp_path],
        cwd=ROOT, check=True, capture_output=True,
    )  # fmt: skip
    (wheel,) = tmp_path.glob("*.whl")
    venv.create(tmp_path / "venv")
    python = tmp_path / "venv" / "bin" / "python"
    # The dependencies are those of this environment, so that the test needs no network.
    installing: list[str | Path] = [
        sys.executable,
        "-m",
        "pip",
        "--python",
        python,
        "install",
        "--quiet",
        "--no-deps",
        "--no-compile",
        wheel,
    ]
    subprocess.run(installing, check=True, capture_output=True)
    site = next(path for path in map(Path, sys.path) if path.name == "site-packages")
    (found,) = (tmp_path / "venv" / "lib").glob("python*/site-packages")
    for dependency in site.iterdir():
        if "coursewright" not in dependency.name and not (found / dependency.name).exists():
            (found / dependency.name).symlink_to(dependency)
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONPATH"}
    done = subprocess.run(
        [tmp_path / "venv" / "bin" / "coursewright", "build", SEEDS, "-o", "made"],
        cwd=tmp_path, env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert len(list((tmp_path / "made").glob("*.zip"))) == 3
    script = "import coursewright.resources as r; print(r.resource('schemas'))"
    where = subprocess.run(
        [python, "-c", script], cwd=tmp_path, env=environment, capture_output=True, text=True, check=True
    )
    assert str(tmp_path / "venv") in where.stdout


@pytest.mark.long
def test_wheel_and_sdist_are_the_same_bytes_wherever_and_whenever_they_are_built(tmp_path: Path) -> None:
    left_out = shutil.ignore_patterns(
        *(".git", ".venv", "node_modules", ".*_cache", "__pycache__", "dist", "build", "tests"),
    )
    by_build, by_hatchling = (
        ["build", "--no-isolation", "--outdir", "made"],
        ["hatchling", "build", "--directory", "made"],
    )
    places = [
        (tmp_path / "one", "UTC", 0o022, by_build),  # the wheel from the sdist
        (tmp_path / "further" / "two", "Asia/Kathmandu", 0o077, by_hatchling),
    ]
    sums = []
    for folder, zone, mask, builder in places:
        before = os.umask(mask)
        try:
            shutil.copytree(ROOT, folder, ignore=left_out, copy_function=shutil.copyfile)
            subprocess.run(
                [sys.executable, "-m", *builder], cwd=folder,
                env={**os.environ, "TZ": zone, "SOURCE_DATE_EPOCH": "1700000000"}, check=True, capture_output=True,
            )  # fmt: skip
        finally:
            os.umask(before)
        sums.append({path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in (folder / "made").iterdir()})
    assert len(sums[0]) == 2
    assert sums[0] == sums[1]
