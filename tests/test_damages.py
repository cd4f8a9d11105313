"""The validator's verdicts on damaged packages, held against what real importers made of each."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest
from cartridges import ITEM, PAGE, cartridge, resource
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


LINK = '<webLink xmlns="http://www.imsglobal.org/xsd/imsccv1p3/imswl_v1p3"><title>L</title><url href="https://example.org/"/></webLink>'


@pytest.mark.parametrize(("version", "inside"), [(1, True), (2, True), (3, False)])
def test_a_resource_may_hold_its_document_in_itself_from_common_cartridge_13_on(
    version: int, inside: bool, tmp_path: Path
) -> None:
    item = f'{ITEM}<item identifier="B" identifierref="L"><title>Link</title></item>'
    manifest = cartridge(item, resource("L", f"imswl_xmlv1p{version}", inside=LINK), version)
    findings = validate_package(zipped(tmp_path / "a.zip", {"imsmanifest.xml": manifest, "a.html": PAGE})).findings
    assert ("P239" in {found.code for found in findings}) is inside


@pytest.mark.parametrize("schema", ["IMS Common Cartridge", "1EdTech Common Cartridge", "IMS Thin Common Cartridge"])
@pytest.mark.parametrize("lms", ["moodle", "canvas"])
def test_common_cartridge_14_is_known_and_taken_by_neither(schema: str, lms: str, tmp_path: Path) -> None:
    manifest = cartridge(version=4).replace(b"IMS Common Cartridge", schema.encode())
    verdict = validate_package(zipped(tmp_path / "a.zip", {"imsmanifest.xml": manifest, "a.html": PAGE}), [LMSS[lms]])
    assert verdict.kind.endswith("Common Cartridge 1.4")
    assert [found.code for found in verdict.findings if found.severity is Severity.ERROR] == ["L501"]
