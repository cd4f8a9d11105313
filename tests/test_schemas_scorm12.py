"""The XSDs of `schemas/scorm12` against the official ones: they accept the same documents, but for `STRICTER`.

`judging` says where the official ones are. Other tests may ask `unexplained` about a manifest of their own.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from functools import cache
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
from mutations import OPERATIONS, Mutant, Vocabulary, mutants, parse, single_changes

TESTS = Path(__file__).resolve().parent
MANIFESTS = TESTS / "manifests" / "scorm12"

XML = "http://www.w3.org/XML/1998/namespace"
IMSCP = "http://www.imsproject.org/xsd/imscp_rootv1p1p2"
IMSMD = "http://www.imsglobal.org/xsd/imsmd_rootv1p2p1"
ADLCP = "http://www.adlnet.org/xsd/adlcp_rootv1p2"

VALID = sorted(MANIFESTS.glob("valid-*.xml"))
INVALID = sorted(MANIFESTS.glob("invalid-*.xml"))

SEED = 12
MUTANTS = 2200
WORDED = 60
LENGTHS = (13, 20, 100, 200, 255, 1000, 2000)


def _text_differs(name: str, pattern: str) -> Callable[[etree._Element], bool]:
    return lambda element: element.tag == name and not re.fullmatch(pattern, element.text or "")


def _part_follows_extension(element: etree._Element) -> bool:
    namespace, before = etree.QName(element).namespace, element.getprevious()
    parent = element.getparent()
    if namespace not in (IMSCP, IMSMD) or parent is None or etree.QName(parent).namespace != namespace:
        return False
    return before is not None and etree.QName(before).namespace != namespace


STRICTER = (
    Difference(
        "an LMS knows SCORM 1.2 by the schema's name (the binding: any text of up to 100 characters)",
        _text_differs(f"{{{IMSCP}}}schema", "ADL SCORM"),
    ),
    Difference(
        "an LMS knows SCORM 1.2 by the schema's version (the binding: any text of up to 20 characters)",
        _text_differs(f"{{{IMSCP}}}schemaversion", r"1\.2"),
    ),
    Difference(
        "a resource says whether it talks to the LMS (the binding: optional)",
        lambda element: element.tag == f"{{{IMSCP}}}resource" and f"{{{ADLCP}}}scormtype" not in element.attrib,
    ),
    Difference(
        "a SCO reads the time allowed back as HHHH:MM:SS.SS (the binding: any text of up to 13 characters)",
        _text_differs(f"{{{ADLCP}}}maxtimeallowed", r"[0-9]{2,4}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,2})?"),
    ),
    Difference(
        "an LMS compares the score with the mastery score, 0 to 100 (the binding: any text of up to 200 characters)",
        _text_differs(f"{{{ADLCP}}}masteryscore", r"([0-9]|[0-9][0-9])(\.[0-9]|\.[0-9][0-9])?|100|100\.0|100\.00"),
    ),
    Difference(
        "extensions come after the parts that are named (the binding says so too; libxml2 reads its `part*, any*` as "
        "`(part | any)*`, and ours is written so that libxml2 reads it rightly)",
        _part_follows_extension,
    ),
)
"""Where our schemas refuse what the official ones, read by libxml2, accept."""

ENGINES = (
    Difference(
        "xmlschema takes any text for a URI",
        lambda element: bool(re.search("%(?![0-9A-Fa-f]{2})", element.get("href", ""))),
    ),
    Difference(
        "xmlschema has declarations of its own for xml:space and xml:id",
        lambda element: any(name in element.attrib for name in (f"{{{XML}}}space", f"{{{XML}}}id")),
    ),
    Difference(
        "libxml2 does not look for what an xs:IDREF names",
        lambda element: (
            "default" in element.attrib
            and element.get("default") not in {other.get("identifier") for other in element.getroottree().iter("*")}
        ),
    ),
)
"""Where lxml, which judges, and xmlschema, a second opinion, read our schemas differently."""


SCORM12 = Schemas("scorm12", "imscp_rootv1p1p2.xsd", STRICTER, ENGINES)
verdicts = SCORM12.verdicts
unexplained = SCORM12.unexplained


@cache
def vocabulary() -> Vocabulary:
    return Vocabulary.of(
        (parse(path.read_bytes()) for path in VALID),
        identifiers=["identifier"],
        lengths=LENGTHS,
    )


@cache
def all_mutants() -> tuple[Mutant, ...]:
    documents = [path.read_bytes() for path in VALID]
    return tuple(mutants(documents, vocabulary(), seed=SEED, count=MUTANTS))


def hosts() -> Iterator[etree._Element]:
    """Yields each element that there is, where it has the most different parts."""
    richest: dict[str, etree._Element] = {}
    for element in (element for path in VALID for element in parse(path.read_bytes()).iter("*")):
        known = richest.get(element.tag)
        if known is None or _parts(element) > _parts(known):
            richest[element.tag] = element
    return (richest[name] for name in sorted(richest))


def _parts(element: etree._Element) -> int:
    return len({child.tag for child in element}) + len(element.attrib)


@pytest.mark.parametrize("path", SCORM12.files, ids=lambda path: path.name)
def test_each_schema_loads_alone_in_both_validators(path: Path) -> None:
    load(path)
    load_worded(path)


def test_schemas_import_only_files_beside_them() -> None:
    assert locations(SCORM12.files) <= {path.name for path in SCORM12.files}


def test_the_valid_manifests_use_every_element_and_attribute() -> None:
    names = declared(SCORM12.files, "element", "attribute")
    used = {*vocabulary().elements, *vocabulary().attributes}
    assert names <= used, sorted(names - used)


def test_the_valid_manifests_use_every_value_of_every_list() -> None:
    used = {value for values in vocabulary().values.values() for value in values}
    assert listed(SCORM12.files) <= used, listed(SCORM12.files) - used


@pytest.mark.parametrize("path", VALID, ids=lambda path: path.stem)
def test_a_valid_manifest_is_accepted_by_both_validators(path: Path) -> None:
    SCORM12.ours.assertValid(parse(path.read_bytes()))
    assert not SCORM12.unexplained_by_engines(path.read_bytes())


@pytest.mark.parametrize("path", INVALID, ids=lambda path: path.stem)
def test_an_invalid_manifest_is_refused_by_both_validators_at_the_line_below_its_comment(path: Path) -> None:
    document = path.read_bytes()
    (comment,) = (number for number, line in enumerate(document.splitlines(), start=1) if b"<!-- Invalid: " in line)
    assert SCORM12.lines_refused(document) == {comment + 1}
    assert not SCORM12.unexplained_by_engines(document)


def test_both_validators_judge_mutants_alike() -> None:
    disagreements = [
        f"{mutant.operations}: {difference}\n{mutant.document.decode()}"
        for mutant in all_mutants()[:WORDED]
        if (difference := SCORM12.unexplained_by_engines(mutant.document))
    ]
    assert not disagreements, "\n\n".join(disagreements[:3])


def test_every_manifest_gets_the_same_verdict_from_ours_and_the_official_set() -> None:
    disagreements = {path.name: unexplained(path.read_bytes()) for path in (*VALID, *INVALID)}
    assert {name: difference for name, difference in disagreements.items() if difference} == {}


def test_every_reason_to_be_stricter_is_the_only_one_against_some_manifest() -> None:
    given = [reasons(path.read_bytes(), STRICTER) for path in INVALID if judge(SCORM12.official, path.read_bytes())]
    assert {only for (only,) in given} == {difference.reason for difference in STRICTER}


def test_ours_and_the_official_set_declare_the_same_elements() -> None:
    files = SCORM12.official_folder.glob("*_rootv1p*.xsd")
    assert declared_globally(SCORM12.files, "element") == declared_globally(files, "element")


def test_every_single_change_of_every_element_gets_the_same_verdict() -> None:
    disagreements = [
        f"{step}: {difference}"
        for host in hosts()
        for step, document in single_changes(host, vocabulary())
        if (difference := unexplained(document))
    ]
    assert not disagreements, "\n".join(disagreements[:10])


def test_every_mutation_gets_the_same_verdict_from_ours_and_the_official_set() -> None:
    disagreements = [
        f"{mutant.operations}: {difference}\n{mutant.document.decode()}"
        for mutant in all_mutants()
        if (difference := unexplained(mutant.document))
    ]
    assert not disagreements, "\n\n".join(disagreements[:3])


def test_mutations_use_every_operation_and_make_valid_and_invalid_documents() -> None:
    used = Counter(operation for mutant in all_mutants() for operation in mutant.operations)
    assert set(used) == {operation.__name__ for operation in OPERATIONS}
    accepted = sum(judge(SCORM12.ours, mutant.document) for mutant in all_mutants())
    assert MUTANTS / 4 <= accepted <= MUTANTS * 3 / 4, accepted
