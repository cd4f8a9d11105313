"""The tiny course as it must come out, file by file. `pytest --golden` writes it anew, for the diff to be read."""

from __future__ import annotations

import shutil
import zipfile
from pathlib import Path

import pytest
from conftest import built
from packages import files_in

from coursewright.building.settings import Config
from coursewright.writers import FORMATS, WHOLE
from coursewright.writers.formats import Format

TINY = Path(__file__).parent / "golden" / "tiny"


@pytest.mark.parametrize("format", [*WHOLE, FORMATS["epub"]], ids=lambda found: found.name)
def test_the_tiny_course_comes_out_as_it_must(format: Format, tmp_path: Path, pytestconfig: pytest.Config) -> None:
    built(TINY / "source", tmp_path, config=Config(formats=(format.name,)))
    made = _made(tmp_path / f"bread-baker-{format.name}{format.extension}")
    golden = TINY / format.name
    if pytestconfig.getoption("--golden"):
        shutil.rmtree(golden, ignore_errors=True)
        for name, content in made.items():
            (golden / name).parent.mkdir(parents=True, exist_ok=True)
            (golden / name).write_bytes(content)
    expected = files_in(golden)
    assert sorted(made) == sorted(expected)
    for name, content in made.items():
        assert content.decode() == expected[name].decode(), name


def _made(package: Path) -> dict[str, bytes]:
    if package.is_dir():
        return files_in(package)
    with zipfile.ZipFile(package) as archive:
        names = [name for name in archive.namelist() if not name.endswith(".xsd") and not name.startswith("shared/")]
        return {name: archive.read(name) for name in names}
