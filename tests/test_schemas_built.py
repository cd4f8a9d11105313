"""What coursewright writes is valid by our schemas and by the official ones, and both agree on damaged copies of it."""

from __future__ import annotations

import zipfile
from collections import Counter
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest
from conftest import SEEDS, built
from judging import Schemas
from mutations import Vocabulary, mutants
from test_golden import TINY
from test_schemas_cc import PROFILES
from test_schemas_scorm12 import SCORM12, vocabulary
from test_schemas_scorm2004 import EDITIONS

from coursewright.building.settings import Config
from coursewright.course.plan import Grouping, Selection

Manifests = Callable[..., list[bytes]]
SMALL = "project-604-ecosystem-leadership.txt"
KINDS = {
    "talk": "topic",
    "link": "weblink",
    **dict.fromkeys(("lab", "act", "out", "test"), "assignment"),
}  # by the role in a file's name
CARTRIDGES = {f"cc1{found.version}": found for found in PROFILES if found.kind == "manifest" and found.version}
CARTRIDGES["canvas"] = CARTRIDGES["cc11"]
SCHEMAS = (
    {"scorm12": SCORM12}
    | {edition.schemas.name: edition.schemas for edition in EDITIONS}
    | {name: found.schemas for name, found in CARTRIDGES.items()}
)


def vocabulary_of(format: str) -> Vocabulary:
    editions = {edition.schemas.name: edition.vocabulary for edition in EDITIONS}
    if format in CARTRIDGES:
        return CARTRIDGES[format].vocabulary
    return editions[format] if format in editions else vocabulary()


@pytest.fixture(scope="module")
def manifests(tmp_path_factory: pytest.TempPathFactory) -> Manifests:
    """Return what gives the manifests of a source in a format: it is built once, in all formats."""

    @cache
    def made(source: Path, grouping: Grouping | None) -> Path:
        everything = Config(
            title="A & B",
            language="de-AT",
            version="3",
            publisher="Größe; Co",
            rights="all <rights>",
            formats=tuple(SCHEMAS),
        )
        target = tmp_path_factory.mktemp("built")
        built(source, target, Selection(grouping), everything)
        return target

    def manifests_of(format: str, source: Path, grouping: Grouping | None = None) -> list[bytes]:
        found = []
        for package in sorted(made(source, grouping).glob(f"*-{format}.*")):
            with zipfile.ZipFile(package) as archive:
                found.append(archive.read("imsmanifest.xml"))
        assert found
        return found

    return manifests_of


each_format = pytest.mark.parametrize(("format", "schemas"), SCHEMAS.items(), ids=list(SCHEMAS))


@each_format
@pytest.mark.parametrize("grouping", Grouping)
def test_both_accept_the_manifests_of_the_seeds(
    grouping: Grouping, format: str, schemas: Schemas, manifests: Manifests
) -> None:
    for document in manifests(format, SEEDS, grouping):
        assert schemas.verdicts(document) == (True, True)


@pytest.mark.parametrize("version", [1, 2, 3])
def test_both_accept_the_small_files_of_a_cartridge(version: int, tmp_path: Path) -> None:
    link = "\n## References\n\n- [Guide](https://example.org/?a=1&b=2)\n"
    (tmp_path / "a.md").write_text((SEEDS / SMALL).read_text(encoding="utf-8") + link, encoding="utf-8")
    built(tmp_path / "a.md", tmp_path, config=Config(formats=(f"cc1{version}",)))
    judged: Counter[str] = Counter()
    with zipfile.ZipFile(next(tmp_path.glob("*.imscc"))) as package:
        for name in package.namelist():
            kind = KINDS.get(name.rpartition("-")[0].rpartition("-")[2])
            if name.endswith(".xml") and kind:
                (found,) = [one for one in PROFILES if one.version == version and one.kind == kind]
                assert found.schemas.verdicts(package.read(name)) == (True, True), name
                judged[kind] += 1
    assert judged == {"topic": 1, "weblink": 1} | ({"assignment": 10} if version == 3 else {})


@each_format
def test_both_accept_the_manifests_of_the_corpus(
    format: str, schemas: Schemas, corpus: Path, manifests: Manifests
) -> None:
    for document in manifests(format, corpus):
        assert schemas.verdicts(document) == (True, True)


@each_format
def test_both_judge_damaged_manifests_alike(format: str, schemas: Schemas, manifests: Manifests) -> None:
    documents = manifests(format, TINY / "source")
    damaged = [mutant.document for mutant in mutants(documents, vocabulary_of(format), seed=12, count=200)]
    assert 0.1 < sum(schemas.verdicts(document)[0] for document in damaged) / len(damaged) < 0.9
    for document in damaged:
        assert schemas.unexplained(document) == ""
