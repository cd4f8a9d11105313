"""Units of large curricula are packed: they are what they are unpacked, and packages of them have the same bytes."""

from __future__ import annotations

import pickle
import tempfile
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
from conftest import ROOT
from packages import files_in

from coursewright.building.attic import Attic
from coursewright.building.cache import Cache
from coursewright.building.pipeline import build, planned, read
from coursewright.building.readings import Readings
from coursewright.building.settings import Config
from coursewright.course.model import Unit
from coursewright.course.packed import Held, is_packed, packed, packed_beside, with_head
from coursewright.course.plan import Selection
from coursewright.readers import sources
from coursewright.text.markdown.values import Text

SEEDS = ROOT / "seeds"
CONFIG = Config(formats=("scorm12", "canvas", "markdown"))


@pytest.fixture(params=["file", "memory"])
def pack(request: pytest.FixtureRequest) -> Callable[[Unit], Unit]:
    return partial(packed, pack=Attic().keep if request.param == "file" else Held)


def test_a_packed_unit_is_what_it_was(pack: Callable[[Unit], Unit]) -> None:
    units = read([SEEDS], CONFIG).curriculum.units
    kept = [*map(pack, units)]
    assert all(map(is_packed, kept)) and not any(map(is_packed, units))
    assert kept == [*units] and [*units] == kept and [*map(pack, kept)] == kept
    for unit, one, other in zip(units, kept, [*kept[1:], kept[0]], strict=True):
        assert one != other
        again = pickle.loads(pickle.dumps(one))
        assert is_packed(again) and again == unit
        edited, changed = packed_beside(replace(unit, summary=Text("Short")), one), with_head(one, track="other")
        assert is_packed(edited) and edited.summary == "Short" and edited.sections == unit.sections
        assert is_packed(changed) and changed == with_head(unit, track="other") != one
        assert packed_beside(edited, unit) is edited and packed_beside(unit, unit) is unit
        short = replace(one, sections=())
        assert not is_packed(short) and short == replace(unit, sections=())


def test_very_many_documents_are_read_and_built_as_few_are(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    few = read([SEEDS], CONFIG)
    monkeypatch.setattr(sources, "_AT_ONCE", 2)
    many = read([SEEDS], CONFIG)
    assert all(map(is_packed, many.graph.units.values()))
    assert many.curriculum.units == few.curriculum.units and many.graph == few.graph
    assert many.findings == few.findings and many.languages == few.languages
    selection = Selection(CONFIG.grouping, staff=True)
    for name, linted in (("few", few), ("many", many)):
        assert build(planned(linted, selection, CONFIG), CONFIG, tmp_path / name).written
    assert files_in(tmp_path / "few") == files_in(tmp_path / "many")
    for _ in range(2):  # made, then known
        readings = Readings(Cache(tmp_path / "cache"), "program", "sources")
        assert read([SEEDS], CONFIG, readings=readings) == many
        readings.keep()


def test_without_room_for_a_file_what_is_packed_stays_in_memory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "missing"))
    assert Attic().keep(b"packed") == Held(b"packed")
