"""What coursewright writes is valid by our schemas and by the official ones, and both agree on damaged copies of it."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from conftest import SEEDS, built
from judging import Schemas
from mutations import Vocabulary, mutants
from test_golden import TINY
from test_schemas_scorm12 import SCORM12, vocabulary
from test_schemas_scorm2004 import EDITIONS

from coursewright.config import Config
from coursewright.plan import Grouping, Selection

SCHEMAS = {"scorm12": SCORM12} | {edition.schemas.name: edition.schemas for edition in EDITIONS}


def vocabulary_of(format: str) -> Vocabulary:
    found = {edition.schemas.name: edition for edition in EDITIONS}.get(format)
    return found.vocabulary if found else vocabulary()


def manifests(format: str, source: Path, target: Path, selection: Selection | None = None) -> list[bytes]:
    everything = Config(
        title="A & B",
        language="de-AT",
        version="3",
        publisher="Größe; Co",
        rights="all <rights>",
        formats=(format,),
    )
    built(source, target, selection, everything)
    found = []
    for package in sorted(target.glob("*.zip")):
        with zipfile.ZipFile(package) as archive:
            found.append(archive.read("imsmanifest.xml"))
    assert found
    return found


each_format = pytest.mark.parametrize(("format", "schemas"), SCHEMAS.items(), ids=list(SCHEMAS))


@each_format
@pytest.mark.parametrize("grouping", Grouping)
def test_both_accept_the_manifests_of_the_seeds(
    grouping: Grouping, format: str, schemas: Schemas, tmp_path: Path
) -> None:
    for document in manifests(format, SEEDS, tmp_path, Selection(grouping)):
        assert schemas.verdicts(document) == (True, True)


@each_format
def test_both_accept_the_manifests_of_the_corpus(format: str, schemas: Schemas, corpus: Path, tmp_path: Path) -> None:
    for document in manifests(format, corpus, tmp_path):
        assert schemas.verdicts(document) == (True, True)


@each_format
def test_both_judge_damaged_manifests_alike(format: str, schemas: Schemas, tmp_path: Path) -> None:
    documents = manifests(format, TINY / "source", tmp_path)
    damaged = [mutant.document for mutant in mutants(documents, vocabulary_of(format), seed=12, count=400)]
    assert 0.1 < sum(schemas.verdicts(document)[0] for document in damaged) / len(damaged) < 0.9
    for document in damaged:
        assert schemas.unexplained(document) == ""
