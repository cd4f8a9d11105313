"""The course in examples/: it builds without a warning, locks as it says, and its programs do what its pages claim."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from coursewright.building.pipeline import read
from coursewright.building.settings import Config
from coursewright.cli.program import app
from coursewright.course.quiz import Quiz

PIXELS = Path(__file__).parent.parent / "examples" / "pixels"
_LISTING = re.compile(r'^```\w+ title="([^"]+)"\n(.*?)^```', re.MULTILINE | re.DOTALL)


def test_the_example_builds_without_a_warning(tmp_path: Path) -> None:
    done = CliRunner().invoke(
        app, ["build", str(PIXELS), "-f", "scorm12,canvas,moodle", "-o", str(tmp_path), "--strict"]
    )
    assert done.exit_code == 0, done.output


def test_a_unit_of_the_example_waits_for_what_its_settings_name() -> None:
    units = read([PIXELS], Config()).curriculum.units
    waits = {unit.id: [mention.id for mention in unit.prerequisites.mentions] for unit in units if unit.given_id}
    assert waits["PIX-4"] == ["PIX-2", "PIX-3"] and waits["PIX-6"] == ["PIX-4", "PIX-5"]
    quizzes = {unit.id: [part for part in unit.parts if isinstance(part, Quiz)] for unit in units}
    assert [len(quizzes[f"PIX-{number}"]) for number in range(1, 6)] == [1, 1, 1, 1, 1]
    assert quizzes["PIX-4"][0].passing == 60


@pytest.fixture
def listings(tmp_path: Path) -> Path:
    """A folder with the titled listings of the example."""
    for page in sorted(PIXELS.rglob("README.md")):
        for name, text in _LISTING.findall(page.read_text(encoding="utf-8")):
            (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize(
    ("program", "said"),
    [
        ("mix.py", "(47, 127, 176)"),
        ("size.py", "6.2208\n24.8832"),
        ("runs.py", "[(5, 'A'), (10, 'B'), (2, 'C'), (7, 'A')]"),
        ("show.py", '<rect x="6" y="1" width="1" height="1" fill="#f4b400"/>'),
    ],
)
def test_a_program_on_a_page_of_the_example_prints_what_the_page_says(listings: Path, program: str, said: str) -> None:
    done = subprocess.run([sys.executable, program], cwd=listings, capture_output=True, text=True, check=True)
    assert said in done.stdout
