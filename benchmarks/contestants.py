"""What is measured: coursewright, MkDocs over the same documents, and the least any compiler has to do."""

from __future__ import annotations

import importlib.util
import shutil
import subprocess
import sys
import venv
import zipfile
from importlib.metadata import version
from pathlib import Path

from processes import ProcessError, Usage, measure

MKDOCS = "1.6.1"
_HERE = Path(__file__).resolve().parent
_MKDOCS_VENV = _HERE / ".venv-mkdocs"
_PYTHON = _MKDOCS_VENV / "bin" / "python"


def coursewright_version() -> str:
    """Return the version of coursewright that this Python runs; raises ProcessError when there is none."""
    if importlib.util.find_spec("coursewright") is None:
        raise ProcessError("run this with the Python in which coursewright is installed")
    return version("coursewright")


def mkdocs_version() -> str:
    """Return the version of MkDocs that is compared with, installing it first when it is not there."""
    wanted = f"mkdocs=={MKDOCS}"
    if not (_MKDOCS_VENV / wanted).exists():
        venv.create(_MKDOCS_VENV, clear=True, with_pip=True)
        subprocess.run([_PYTHON, "-m", "pip", "install", "--quiet", wanted], check=True)
        (_MKDOCS_VENV / wanted).touch()
    return MKDOCS


def build_with_coursewright(source: Path, output: Path, documents: int, *options: str) -> Usage:
    """Build a curriculum from nothing, and check that every document is in a package."""
    shutil.rmtree(output, ignore_errors=True)
    command = [sys.executable, "-m", "coursewright", "build", str(source), "-o", str(output), "--no-cache", *options]
    used = measure(command, source)
    _expect(documents, sum(_pages_in(package) for package in output.glob("*.zip")), "coursewright")
    return used


def _pages_in(package: Path) -> int:
    with zipfile.ZipFile(package) as archive:
        return sum(name.endswith("/index.html") for name in archive.namelist())


def build_with_mkdocs(source: Path, output: Path, documents: int) -> Usage:
    """Build a site of the same documents from nothing, and check that every document is a page of it."""
    shutil.rmtree(output, ignore_errors=True)
    settings = output.with_suffix(".yml")
    settings.write_text(f"site_name: Curriculum\ndocs_dir: {source}\nsite_dir: {output}\n", encoding="utf-8")
    used = measure([str(_PYTHON), "-m", "mkdocs", "build", "--quiet", "--config-file", str(settings)], source)
    _expect(documents, sum(1 for _ in output.rglob("index.html")), "MkDocs")
    return used


def _expect(documents: int, found: int, name: str) -> None:
    if found != documents:
        raise ProcessError(f"{name} made {found} of {documents} documents")


def run_floor(source: Path, packages: Path, output: Path) -> Usage:
    """Read the same documents and deflate what the packages of an earlier build hold, and nothing else."""
    stored = output.with_name(f"{output.name}-stored")
    if not stored.exists():
        _store(packages, stored)
    shutil.rmtree(output, ignore_errors=True)
    output.mkdir()
    return measure([sys.executable, str(_HERE / "floor.py"), str(source), str(stored), str(output)], source)


def _store(packages: Path, folder: Path) -> None:
    """Copy packages without their compression, so that reading them costs nothing but reading."""
    folder.mkdir()
    for package in packages.glob("*.zip"):
        with zipfile.ZipFile(package) as source, zipfile.ZipFile(folder / package.name, "w") as target:
            for entry in source.infolist():
                target.writestr(entry.filename, source.read(entry))


def show_help(folder: Path) -> Usage:
    """Ask coursewright for its help."""
    return measure([sys.executable, "-m", "coursewright", "--help"], folder)


def run_bare_python(folder: Path) -> Usage:
    """Start Python and do nothing."""
    return measure([sys.executable, "-c", "pass"], folder)
