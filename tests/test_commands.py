"""What commands say, word for word: `pytest --golden tests/test_commands.py` writes it anew, for the diff to be read.

They run on copies of the example, of small courses and of packages whose files stand in this repository.
"""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT, SEEDS
from packages import zipped, zipped_folder
from test_cli import run

TESTS = ROOT / "tests"
SAID = TESTS / "commands"
# Sizes, sums and versions, which change with whatever is in a package.
_CHANGING = ((re.compile(r" *\b\d+(\.\d+)? (bytes|KB|MB)\b *"), " SIZE "), (re.compile(r"\b[0-9a-f]{40,}\b"), "SUM"))
_COUNTED = re.compile(r'"(packed|bytes|size|seconds|unpacked)": \d+(\.\d+)?')
COMMANDS = {
    "curriculum": ("curriculum pixels", "curriculum bread --json", "curriculum folder", "curriculum quiz.md"),
    "graph": tuple(f"graph bread seeds -f {form}" for form in ("text", "dot", "mermaid", "json")),
    "lint": (
        "lint broken", "lint broken --severity warning", "lint broken --select C1 --ignore C101", "lint broken --strict",
        "lint broken/a.md --verbose", "lint pixels --output json", "lint nowhere", "lint bread wine --verbose",
        *(f"lint broken --output {form}" for form in ("json", "github", "junit", "codequality")),
    ),
    "inspect": (
        "inspect scorm.zip", "inspect canvas.imscc", "inspect canvas.imscc --output json", "inspect moodle.zip",
        "inspect scorm.zip --output json", "inspect no.zip", "inspect quiz.md scorm/imsmanifest.xml",
    ),
    "validate": (
        "validate scorm.zip", "validate bad.zip scorm.zip", "validate bad.zip --verbose --strict", "validate no.zip",
        "validate canvas.imscc --for canvas,moodle", "validate bad.zip --output json", "validate scorm.zip --for lms",
        "validate scorm --severity warning", "validate bad.zip --ignore P", "validate bad.zip no.zip --output junit --strict",
        *(f"validate bad.zip --output {form}" for form in ("github", "codequality")),
    ),
    "diff": (
        "diff scorm.zip changed.zip", "diff scorm.zip changed.zip --output markdown", "diff scorm.zip scorm.zip",
        "diff scorm.zip changed.zip --output json", "diff no.zip scorm.zip", "diff scorm.zip canvas.imscc --verbose",
        "diff scorm.zip changed.zip --select D60 --strict", "diff scorm.zip changed.zip --output codequality",
        "diff scorm.zip changed.zip --output junit --select D601",
    ),
    "explain": ("explain P239", "explain c101", "explain P999", "formats", "build --formats nothing", "build --no-such", "buld"),
    "build": (
        "build bread wine -o out -f scorm12,canvas", "build bread wine -o out -f scorm12,canvas", "build broken -o bad",
        "build bread -o out -f scorm12 --clean", "build bread -o out -f canvas --only B-3 --with-prerequisites",
        "build bread -o by -f scorm12 --by unit --quiet", "build bread -o out -f scorm12 --unzipped", "validate out",
        "build bread -o out --with-prerequisites", "build bread -o out -f moodle --staff --report json --only B-1",
        "build nowhere -o out", "build bread -o out -f scrom12", "build pixels -o pix -f site --unzipped",
    ),
    "release": (
        "release bread wine -o old --version 1.0 -f scorm12", "release now wine -o new --version 1.1 --since old",
        "release now wine -o new --version 1.1 --since old --allow D63 -f scorm12", "release bread --since nowhere",
        "release now --version ../x", "release now --allow D999", "validate new", "release bread -o r -f scorm12 --quiet",
        "inspect old/bread-scorm12.zip", "release wine -o set -f scorm12 --config set.toml", "inspect set/wine-scorm12.zip",
    ),
    "convert": (
        "convert canvas.imscc -o md", "convert scorm.zip canvas.imscc -o two --language de --title Bees",
        "convert bad.zip no.zip -o three", "convert canvas.imscc -o four -f scorm12 --report json",
        "convert moodle.zip -o five --quiet", "convert canvas.imscc -o six --language zz-zzzzzzzzzz", "curriculum md",
    ),
    "preview": (
        "preview bread --compare", "preview quiz.md", "preview quiz.md -f moodle,canvas --compare", "preview quiz.md -f scorm2004 --watch",
        "preview scorm.zip changed.zip --compare", "preview scorm.zip --compare", "preview moodle.zip bad.zip no.zip",
        "preview canvas.imscc bread", "preview scorm -f canvas", "preview broken -f canvas", "preview quiz.md -f canvas --compare",
    ),
    "new": (
        "new course", "new course", "new roadmap -o a/b.md", "new --from folder", "new --help",
    ),
}  # fmt: skip


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """Return a folder with courses and packages."""
    for name, source in {
        "pixels": ROOT / "examples" / "pixels", "seeds": SEEDS, "scorm": TESTS / "golden" / "tiny" / "scorm12",
        "bread": TESTS / "releases" / "earlier" / "bread", "now": TESTS / "releases" / "now" / "bread",
        "wine": TESTS / "releases" / "earlier" / "wine", "broken": TESTS / "findings" / "C105" / "source",
        "folder": TESTS / "readings" / "folders" / "docusaurus-says-by-positions-and-labels" / "source",
    }.items():  # fmt: skip
        shutil.copytree(source, tmp_path / name)
    zipped_folder(tmp_path / "scorm", tmp_path / "scorm.zip")
    for name in ("canvas", "moodle"):
        zipped_folder(TESTS / "golden" / "tiny" / name, tmp_path / f"{name}.{'imscc' if name == 'canvas' else 'zip'}")
    manifest = (tmp_path / "scorm" / "imsmanifest.xml").read_bytes()
    zipped_folder(TESTS / "findings" / "P239" / "zipped", tmp_path / "bad.zip")
    shutil.copytree(tmp_path / "scorm", tmp_path / "changed")
    (tmp_path / "changed" / "imsmanifest.xml").write_bytes(manifest.replace(b"<title>", b"<title>New ", 2))
    zipped_folder(tmp_path / "changed", tmp_path / "changed.zip")
    (tmp_path / "set.toml").write_text('version = "7.5"\nlanguage = "de"\n', "utf-8")
    (tmp_path / "no.zip").write_bytes(b"no zip at all")
    zipped(tmp_path / "empty.zip", {})
    (tmp_path / "quiz.md").write_text("# Bees\n\n1. What stings?\n   - [x] A worker\n   - [ ] A drone\n", "utf-8")
    return tmp_path


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_says_what_it_does(
    command: str, place: Path, pytestconfig: pytest.Config, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "100")
    if command == "preview":
        monkeypatch.setattr("coursewright.cli.preview.command._serve", _not_served)
    golden = SAID / f"{command}.txt"
    said = "\n".join(_said(one, place) for one in COMMANDS[command])
    if pytestconfig.getoption("--golden"):
        golden.parent.mkdir(exist_ok=True)
        golden.write_text(said, encoding="utf-8")
    assert said.split("\n") == golden.read_text(encoding="utf-8").split("\n")


def _not_served(server: Any, start: str) -> None:
    """Say where a preview would begin, and end it at once."""
    print(f"http://HOST/{start}")
    server.server_close()
    server.site.close()


def _said(command: str, place: Path) -> str:
    """Return a command, its exit status, and all that it says, but for what changes with every page."""
    before = _files(place)
    done = run(*command.split(), cwd=place)
    written = sorted(_files(place) - before)
    shown = "".join(f"wrote {path}\n" for path in written if len(written) < 40)
    text = f"$ coursewright {command}\n{done.stdout}--- {done.returncode}\n{done.stderr}{shown}"
    for pattern, name in _CHANGING:
        text = pattern.sub(name, text)
    return _COUNTED.sub(r'"\1": 0', text.replace(place.as_posix(), "."))


def _files(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
