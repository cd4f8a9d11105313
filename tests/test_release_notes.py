"""What a release tells and records of two small catalogues, one after the other: `pytest --golden` writes it anew."""

from __future__ import annotations

from pathlib import Path

import pytest
from spelt import spelt

from coursewright.building.pipeline import planned, read
from coursewright.building.release.changes import changes_between
from coursewright.building.release.identities import identities_text, read_identities
from coursewright.building.release.losses import allowed, losses
from coursewright.building.release.notes import notes
from coursewright.building.release.record import ReleaseRecord
from coursewright.building.release.release import record_of
from coursewright.building.settings import load_config
from coursewright.course.plan import Selection
from coursewright.findings.finding import Finding
from coursewright.writers import FORMATS

RELEASES = Path(__file__).parent / "releases"


def _record(name: str, version: str) -> ReleaseRecord:
    plans = []
    for course in sorted(path for path in (RELEASES / name).iterdir()):
        config = load_config(course / "coursewright.toml", tuple(FORMATS))
        plans.append((planned(read([course], config), Selection(), config), config))
    return record_of(plans, version)


@pytest.mark.parametrize("pair", ["-earlier", "earlier-now", "now-earlier", "now-now"])
def test_a_release_tells_learners_and_teachers_what_changes(
    pair: str, tmp_path: Path, pytestconfig: pytest.Config
) -> None:
    before, now = pair.split("-")
    new = _record(now, "2.0")
    old: ReleaseRecord | None = None
    unread: list[Finding] = []
    if before:
        (tmp_path / "identities.json").write_text(identities_text(_record(before, "1.0")), encoding="utf-8")
        old, unread = read_identities(tmp_path)
    changes = changes_between(old, new)
    found = allowed(losses(changes, "old"), ["D631", "D634"])
    files = [f"{course.name}-{name}" for course in new.courses for name in course.packages.values()]
    told = notes(changes, found, ["bread-canvas.imscc", "bread-moodle.mbz", "SHA256SUMS", *files])
    said = f"{told}\n--- losses\n{spelt(*found, *unread)}--- identities\n{identities_text(new)}"
    golden = RELEASES / f"{pair.strip('-')}.txt"
    if pytestconfig.getoption("--golden"):
        golden.write_text(said, encoding="utf-8")
    assert said.split("\n") == golden.read_text(encoding="utf-8").split("\n")
