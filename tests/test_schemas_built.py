"""What coursewright writes is valid by our schemas and by the official ones, and both agree on damaged copies of it."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from conftest import SEEDS, built
from mutations import mutants
from test_golden import TINY
from test_schemas_scorm12 import unexplained, verdicts, vocabulary

from coursewright.config import Config
from coursewright.plan import Grouping, Selection

EVERYTHING = Config(title="A & B", language="de-AT", version="3", publisher="Größe; Co", rights="all <rights>")


def manifests(source: Path, target: Path, selection: Selection | None = None) -> list[bytes]:
    built(source, target, selection, EVERYTHING)
    found = []
    for package in sorted(target.glob("*.zip")):
        with zipfile.ZipFile(package) as archive:
            found.append(archive.read("imsmanifest.xml"))
    assert found
    return found


@pytest.mark.parametrize("grouping", Grouping)
def test_both_accept_the_manifests_of_the_seeds(grouping: Grouping, tmp_path: Path) -> None:
    for document in manifests(SEEDS, tmp_path, Selection(grouping)):
        assert verdicts(document) == (True, True)


def test_both_accept_the_manifests_of_the_corpus(corpus: Path, tmp_path: Path) -> None:
    for document in manifests(corpus, tmp_path):
        assert verdicts(document) == (True, True)


def test_both_judge_damaged_manifests_alike(tmp_path: Path) -> None:
    documents = manifests(TINY / "source", tmp_path)
    damaged = [mutant.document for mutant in mutants(documents, vocabulary(), seed=12, count=400)]
    assert 0.1 < sum(verdicts(document)[0] for document in damaged) / len(damaged) < 0.9
    for document in damaged:
        assert unexplained(document) == ""
