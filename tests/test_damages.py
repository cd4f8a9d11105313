"""The validator's verdicts on damaged packages, held against what real importers made of each."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest
from damages import FINE, STOPS, packages
from packages import zipped

from coursewright.audit.lms import LMSS
from coursewright.audit.validate import validate_package
from coursewright.findings.finding import Severity

PACKAGES = {f"{kind}-{name}": (name, lms, outcome, files) for kind, name, lms, outcome, files in packages()}


@pytest.mark.parametrize("package", PACKAGES)
def test_the_verdict_is_that_of_the_importer(package: str, tmp_path: Path) -> None:
    name, lms, outcome, files = PACKAGES[package]
    weights = _weights(tmp_path / name, lms, files)
    if outcome == FINE:
        assert not weights
    else:
        assert Severity.ERROR in weights if outcome == STOPS else weights


def _weights(path: Path, lms: str, files: Mapping[str, bytes]) -> set[Severity]:
    """Return how much the findings weigh that are more than remarks."""
    findings = validate_package(zipped(path, files), [LMSS[lms]]).findings
    return {found.severity for found in findings} - {Severity.INFO}


def test_enough_packages_are_damaged_for_each_lms() -> None:
    counts = {lms: sum(one[1] == lms for one in PACKAGES.values()) for lms in ("moodle", "canvas")}
    assert min(counts.values()) >= 60
