"""The XSDs of `schemas/scorm2004-*` against the official ones: they accept the same documents, but for what `stricter`
says. `judging` says where the official ones are.

The manifests serve both editions: `document` gives each its own version. A manifest has `-3rd-` or `-4th-` in its name
when it is valid, or invalid, in that edition alone.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pytest
from judging import (
    Difference,
    Schemas,
    declared,
    declared_globally,
    judge,
    listed,
    load,
    load_worded,
    locations,
    reasons,
)
from lxml import etree
from mutations import (
    OPERATIONS,
    Mutant,
    Vocabulary,
    alter_value,
    delete_attribute,
    delete_element,
    mutants,
    parse,
    single_steps,
    swap_siblings,
    values_of,
)

MANIFESTS = Path(__file__).resolve().parent / "manifests" / "scorm2004"
IN_THE_FILES = "2004 4th Edition"

XML = "http://www.w3.org/XML/1998/namespace"
IMSCP = "http://www.imsglobal.org/xsd/imscp_v1p1"
ADLCP = "http://www.adlnet.org/xsd/adlcp_v1p3"
LOM = "http://ltsc.ieee.org/xsd/LOM"
COUNTER = "uniqueElementName"

SEED = 2004
MUTANTS = 1500
WORDED = 60
LENGTHS = (100, 1000)
MILD = (alter_value, delete_attribute, delete_element, swap_siblings)
"""Operations after which a manifest may well be valid. They get a second turn, for the others seldom leave one so."""


def stricter(version: str) -> tuple[Difference, ...]:
    """Returns the reasons for which ours refuse what the official ones, read by libxml2, accept."""
    return (
        Difference(
            "an LMS knows SCORM 2004 by the schema's name (the binding: any text)",
            _text_is_not(f"{{{IMSCP}}}schema", "ADL SCORM"),
        ),
        Difference(
            "an LMS knows the edition by the schema's version (the binding: any text)",
            _text_is_not(f"{{{IMSCP}}}schemaversion", version),
        ),
        Difference(
            "a resource says whether it talks to the LMS (the binding: optional)",
            lambda element: element.tag == f"{{{IMSCP}}}resource" and f"{{{ADLCP}}}scormType" not in element.attrib,
        ),
        Difference(
            "extensions come after the parts that are named (the binding says so too; libxml2 reads its `part*, any*` "
            "as `(part | any)*`, and ours is written so that libxml2 reads it rightly)",
            _part_follows_extension,
        ),
        Difference(
            "nobody writes the attribute by which the metadata's schema counts the parts that occur once (the binding "
            "has a value of it for each part, ours one for all)",
            lambda element: etree.QName(element).namespace == LOM and COUNTER in element.attrib,
        ),
    )


def _text_is_not(name: str, text: str) -> Callable[[etree._Element], bool]:
    return lambda element: element.tag == name and element.text != text


def _part_follows_extension(element: etree._Element) -> bool:
    before, parent = element.getprevious(), element.getparent()
    if before is None or parent is None:
        return False
    namespaces = [etree.QName(other).namespace for other in (parent, before, element)]
    return namespaces[0] == namespaces[2] == IMSCP != namespaces[1]


ENGINES = (
    Difference(
        "xmlschema takes any text for a URI",
        lambda element: any(re.search("%(?![0-9A-Fa-f]{2})", value.text) for value in values_of(element)),
    ),
    Difference(
        "xmlschema has declarations of its own for xml:space and xml:id",
        lambda element: any(name in element.attrib for name in (f"{{{XML}}}space", f"{{{XML}}}id")),
    ),
    Difference(
        "libxml2 does not look for what an xs:IDREF names",
        lambda element: any(name in element.attrib for name in ("default", "IDRef")),
    ),
)


@dataclass(frozen=True)
class Edition:
    """An edition of SCORM 2004, and the manifests to judge by it."""

    name: str
    other: str

    @property
    def version(self) -> str:
        return f"2004 {self.name} Edition"

    @cached_property
    def schemas(self) -> Schemas:
        return Schemas(f"scorm2004-{self.name}", "imscp_v1p1.xsd", stricter(self.version), ENGINES)

    @cached_property
    def valid(self) -> list[Path]:
        """The manifests that are valid in this edition; first those that are invalid in the other alone."""
        return [*sorted(MANIFESTS.glob(f"invalid-{self.other}-*.xml")), *self._without_the_other("valid")]

    @cached_property
    def invalid(self) -> list[Path]:
        return self._without_the_other("invalid")

    def _without_the_other(self, kind: str) -> list[Path]:
        others = set(MANIFESTS.glob(f"{kind}-{self.other}-*.xml"))
        return sorted(set(MANIFESTS.glob(f"{kind}-*.xml")) - others)

    def document(self, path: Path) -> bytes:
        return path.read_bytes().replace(IN_THE_FILES.encode(), self.version.encode())

    @cached_property
    def documents(self) -> list[bytes]:
        """The valid documents, the smallest first."""
        return sorted((self.document(path) for path in self.valid), key=lambda document: (len(document), document))

    @cached_property
    def vocabulary(self) -> Vocabulary:
        roots = map(parse, self.documents)
        return Vocabulary.of(roots, identifiers=["identifier", "ID"], lengths=LENGTHS)

    @cached_property
    def mutants(self) -> tuple[Mutant, ...]:
        operations = (*OPERATIONS, *MILD)
        found = mutants(self.documents, self.vocabulary, seed=SEED, count=MUTANTS, operations=operations)
        return tuple(found)


EDITIONS = (Edition("3rd", "4th"), Edition("4th", "3rd"))
VALID = [(edition, path) for edition in EDITIONS for path in edition.valid]
INVALID = [(edition, path) for edition in EDITIONS for path in edition.invalid]
FILES = [(edition, path) for edition in EDITIONS for path in edition.schemas.files]


def _id(part: Edition | Path) -> str:
    return part.name if isinstance(part, Edition) else part.stem


each_edition = pytest.mark.parametrize("edition", EDITIONS, ids=_id)


@pytest.mark.parametrize(("edition", "path"), FILES, ids=_id)
def test_each_schema_loads_alone_in_both_validators(edition: Edition, path: Path) -> None:
    load(path)
    load_worded(path)


@each_edition
def test_schemas_import_only_files_beside_them(edition: Edition) -> None:
    assert locations(edition.schemas.files) <= {path.name for path in edition.schemas.files}


def test_the_editions_differ_only_in_the_manifest_and_in_the_additions_of_adl() -> None:
    ours, others = ({path.name: path.read_bytes() for path in edition.schemas.files} for edition in EDITIONS)
    assert set(ours) == set(others)
    differing = {name for name in ours if ours[name] != others[name]}
    assert differing == {"imscp_v1p1.xsd", "adlcp_v1p3.xsd", "adlseq_v1p3.xsd"}


@each_edition
def test_the_valid_manifests_use_every_element_and_attribute(edition: Edition) -> None:
    names = declared(edition.schemas.files, "element", "attribute") - {COUNTER}
    used = {*edition.vocabulary.elements, *edition.vocabulary.attributes}
    assert names <= used, sorted(names - used)


@each_edition
def test_the_valid_manifests_use_every_value_of_every_list(edition: Edition) -> None:
    used = {value for values in edition.vocabulary.values.values() for value in values}
    assert listed(edition.schemas.files) <= used, listed(edition.schemas.files) - used


@pytest.mark.parametrize(("edition", "path"), VALID, ids=_id)
def test_a_valid_manifest_is_accepted_by_both_validators(edition: Edition, path: Path) -> None:
    edition.schemas.ours.assertValid(parse(edition.document(path)))
    assert not edition.schemas.unexplained_by_engines(edition.document(path))


@pytest.mark.parametrize(("edition", "path"), INVALID, ids=_id)
def test_an_invalid_manifest_is_refused_by_both_validators_at_the_line_below_its_comment(
    edition: Edition, path: Path
) -> None:
    document = edition.document(path)
    (comment,) = (number for number, line in enumerate(document.splitlines(), start=1) if b"<!-- Invalid: " in line)
    assert edition.schemas.lines_refused(document) == {comment + 1}
    assert not edition.schemas.unexplained_by_engines(document)


@each_edition
def test_both_validators_judge_mutants_alike(edition: Edition) -> None:
    disagreements = [
        f"{mutant.operations}: {difference}\n{mutant.document.decode()}"
        for mutant in edition.mutants[:WORDED]
        if (difference := edition.schemas.unexplained_by_engines(mutant.document))
    ]
    assert not disagreements, "\n\n".join(disagreements[:3])


@each_edition
def test_every_manifest_gets_the_same_verdict_from_ours_and_the_official_set(edition: Edition) -> None:
    paths = (*edition.valid, *edition.invalid)
    unexplained = {path.name: edition.schemas.unexplained(edition.document(path)) for path in paths}
    assert {name: difference for name, difference in unexplained.items() if difference} == {}


@each_edition
def test_every_reason_to_be_stricter_is_the_only_one_against_some_manifest(edition: Edition) -> None:
    table, documents = edition.schemas.stricter, map(edition.document, edition.invalid)
    given = [reasons(document, table) for document in documents if judge(edition.schemas.official, document)]
    assert {only for (only,) in given} == {difference.reason for difference in table}


@each_edition
def test_ours_and_the_official_set_declare_the_same_names(edition: Edition) -> None:
    files = list(edition.schemas.official_folder.rglob("*.xsd"))
    for kind in ("element", "attribute"):
        assert declared_globally(edition.schemas.files, kind) == declared_globally(files, kind)


@each_edition
def test_every_single_step_gets_the_same_verdict_from_ours_and_the_official_set(edition: Edition) -> None:
    disagreements = [
        f"{step}: {difference}"
        for step, document in single_steps(edition.documents, edition.vocabulary)
        if (difference := edition.schemas.unexplained(document))
    ]
    assert not disagreements, "\n".join(disagreements[:10])


@each_edition
def test_every_mutation_gets_the_same_verdict_from_ours_and_the_official_set(edition: Edition) -> None:
    disagreements = [
        f"{mutant.operations}: {difference}\n{mutant.document.decode()}"
        for mutant in edition.mutants
        if (difference := edition.schemas.unexplained(mutant.document))
    ]
    assert not disagreements, "\n\n".join(disagreements[:3])


@each_edition
def test_mutations_use_every_operation_and_make_valid_and_invalid_documents(edition: Edition) -> None:
    used = Counter(operation for mutant in edition.mutants for operation in mutant.operations)
    assert set(used) == {operation.__name__ for operation in OPERATIONS}
    accepted = sum(judge(edition.schemas.ours, mutant.document) for mutant in edition.mutants)
    assert MUTANTS / 4 <= accepted <= MUTANTS * 3 / 4, accepted
