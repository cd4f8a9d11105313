"""What is measured: coursewright, MkDocs over the same documents, and the least any compiler has to do."""

from __future__ import annotations

import importlib.util
import json
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


def build_with_coursewright(source: Path, output: Path, units: int, *options: str, warm: bool = False) -> Usage:
    """Build a curriculum, and check that every unit is in a package.

    It begins with nothing; a `warm` build, with what the one before has left: its packages and its cache.
    """
    cache = output.with_name(f"{output.name}-cache")
    if not warm:
        shutil.rmtree(output, ignore_errors=True)
        shutil.rmtree(cache, ignore_errors=True)
    command = [sys.executable, "-m", "coursewright", "build", str(source), "-o", str(output), *options]
    used = measure(command, source, cache)
    _expect(units, len(_units_in(output)), "coursewright")
    return used


def _units_in(output: Path) -> set[tuple[str, str]]:
    """Return the units of the packages in a folder, as their report lists them."""
    report = json.loads((output / "report.json").read_bytes())
    written = [package for package in report["packages"] if (output / package["file"]).exists()]
    return {(unit["track"], unit["id"]) for package in written for unit in package["units"]}


def edit_and_build(source: Path, output: Path, units: int, *options: str) -> Usage:
    """Add a sentence to a document where learners read it, and build on what the build before has left."""
    document = next(path for path in sorted(source.rglob("*.md")))
    before, heading, after = document.read_text(encoding="utf-8").partition("## Learning Objectives\n\n- ")
    if not heading:
        raise ProcessError(f"{document} has no objectives")
    document.write_text(f"{before}{heading}One more sentence. {after}", encoding="utf-8")
    return build_with_coursewright(source, output, units, *options, warm=True)


def validate_with_coursewright(packages: Path) -> Usage:
    """Validate every package in a folder."""
    names = sorted(str(path) for path in packages.glob("*.zip"))
    return measure([sys.executable, "-m", "coursewright", "validate", "--output", "json", *names], packages)


def convert_with_coursewright(packages: Path, output: Path) -> Usage:
    """Turn every package in a folder into a cartridge."""
    shutil.rmtree(output, ignore_errors=True)
    names = sorted(str(path) for path in packages.glob("*.zip"))
    used = measure([sys.executable, "-m", "coursewright", "convert", *names, "-f", "cc13", "-o", str(output)], packages)
    _expect(len(names), sum(1 for _ in output.glob("*.imscc")), "coursewright")
    return used


def parse_with_lxml(packages: Path) -> Usage:
    """Open every package in a folder, and let lxml parse its documents."""
    return measure([sys.executable, str(_HERE / "parsing.py"), str(packages)], packages)


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
