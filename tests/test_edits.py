"""One step beside packages that are known: what is found then, what is not, and how it reads.

`edits/` has a text a family; an edit is a line that says what is done where, as `Edit` of `edits.py` reads it. Write one
below its package, and `pytest --golden tests/test_edits.py` writes what changes with it, to be read and judged.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
from edits import TEXTS, Section, sections, sources

CASES = sorted({(path.stem, one.source.partition("/")[0]) for path in TEXTS.glob("*.txt") for one in sections(path)})


@cache
def _told(text: str) -> list[Section]:
    return sections(TEXTS / f"{text}.txt")


def _now(told: list[Section], folder: Path) -> list[Section]:
    return [one.anew(sources(one.source.partition("/")[0])[one.source], folder) for one in told]


@cache
def _write_anew(text: str, folder: Path) -> None:
    told = "".join(map(str, _now(_told(text), folder)))
    (TEXTS / f"{text}.txt").write_text(told, encoding="utf-8")


@pytest.mark.parametrize(("text", "name"), CASES)
def test_what_is_seen_of_a_package_changes_with_each_edit_as_it_is_told(
    text: str, name: str, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory, pytestconfig: pytest.Config
) -> None:
    if pytestconfig.getoption("--golden"):
        _write_anew(text, tmp_path_factory.getbasetemp())
        _told.cache_clear()
    told = [one for one in _told(text) if one.source.partition("/")[0] == name]
    assert "".join(map(str, _now(told, tmp_path))) == "".join(map(str, told))
