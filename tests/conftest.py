"""What several tests share: where things are, and small courses made of real-looking documents."""

from __future__ import annotations

import gc
import os
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest
from hypothesis import settings

from coursewright.building.pipeline import Linted, build, planned, read
from coursewright.building.report import Report
from coursewright.building.settings import Config
from coursewright.building.unpacked import let_go
from coursewright.course.model import Course, Unit
from coursewright.course.plan import Selection
from coursewright.course.values import Identity

ROOT = Path(__file__).resolve().parent.parent
SEEDS = ROOT / "seeds"
CORPUS = "COURSEWRIGHT_CORPUS"
os.environ |= {"XDG_CACHE_HOME": os.devnull, "LOCALAPPDATA": os.devnull}  # tests build anew, unless they say otherwise
WIDE = bool(os.environ.get("COURSEWRIGHT_WIDE"))
# However slow this machine is; and a run tries what the last one tried, unless it is a wide one.
settings.register_profile("unhurried", deadline=None, derandomize=not WIDE, max_examples=100 if WIDE else 50)
settings.load_profile("unhurried")


@pytest.fixture(scope="session", autouse=True)
def _nothing_stays_unpacked() -> Iterator[None]:
    """Delete what packages were unpacked into: processes of a test run may end before they clean up."""
    yield
    let_go()


_TWICE = "test_play_quizzes.py"  # whose two cases are the two editions of SCORM


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Let what takes longest begin first, so that no process is left alone with it at the end.

    In a browser, a test with several cases runs with the first, or the first two; COURSEWRIGHT_WIDE=1 runs all.
    """
    items.sort(key=lambda item: "long" not in item.keywords)
    if not WIDE:
        seen: Counter[str] = Counter()
        further = [item for item in items if _is_further(item, seen)]
        config.hook.pytest_deselected(items=further)
        left_out = set(further)
        items[:] = [item for item in items if item not in left_out]


def pytest_collection_finish() -> None:
    """Let the collector of garbage pass over what stays to the end, and look for more of it less often: a tenth of the work."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)


def _is_further(item: pytest.Item, seen: Counter[str]) -> bool:
    """Say whether an item is one case too many of a test in a browser."""
    if item.path.parent.name != "browser":
        return False
    name = item.nodeid.partition("[")[0]
    seen[name] += 1
    return seen[name] > (2 if item.path.name == _TWICE else 1)


def roadmap(
    number: int, prerequisites: str = "None", *, title: str = "", role: str = "Engineer", extra: str = ""
) -> str:
    """Return a module roadmap with little in it."""
    return f"""# Module Roadmap

> {role} | Module {number} in short.

## Module Overview

- **Module ID**: MOD-{number:03}
- **Module Title**: {title or f"Module {number}"}
- **Target Role(s)**: {role}
- **Duration**: 10 hours (4 lecture, 6 lab)
- **Prerequisites**: {prerequisites}

## Learning Objectives

- Know what module {number} teaches.
{extra}"""


@pytest.fixture
def curriculum(tmp_path: Path) -> Callable[[Mapping[str, str | bytes]], Path]:
    """Return a function that writes documents into a source folder."""

    def write(documents: Mapping[str, str | bytes]) -> Path:
        folder = tmp_path / "source"
        for name, content in documents.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return folder

    return write


def read_one(folder: Path) -> Unit:
    """Return the only unit of a folder."""
    units = linted(folder).curriculum.units
    assert len(units) == 1
    return units[0]


def linted(*sources: Path) -> Linted:
    """Read sources with the usual settings."""
    return read(sources, Config())


def built(source: Path, target: Path, selection: Selection | None = None, config: Config | None = None) -> Report:
    """Build a source with the usual settings."""
    config = config or Config()
    return build(planned(read([source], config), selection or Selection(), config), config, target)


@pytest.fixture
def corpus() -> Path:
    """Return the folder with further tracks of the seeds' curriculum, which the project does without."""
    folder = os.environ.get(CORPUS)
    if not folder:
        pytest.skip(f"{CORPUS} names no folder of curriculum tracks")
    return Path(folder)


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the option that blesses what comes out."""
    parser.addoption("--golden", action="store_true", help="write the golden trees anew")


def required(course: Course, unit: Unit) -> set[Identity]:
    """Return all that must be complete before a unit opens: what it requires, what that requires, and so on."""
    found: set[Identity] = set()
    left = list(course.step(unit).needs)
    while left:
        gate = left.pop()
        if gate.identity not in found:
            found.add(gate.identity)
            left += course.step(gate).needs
    return found
