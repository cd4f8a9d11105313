"""The XSD of `schemas/cmi5` against the official one: they accept the same documents. `judging` says where that is."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from judging import Difference, Schemas, declared, judge, listed
from mutations import Mutant, Vocabulary, mutants, parse, single_changes, single_steps, values_of

VALID = sorted((Path(__file__).resolve().parent / "manifests" / "cmi5").glob("valid-*.xml"))
ENGINES = (
    Difference(
        "xmlschema takes any text for a URI",
        lambda element: any(re.search("%(?![0-9A-Fa-f]{2})", value.text) for value in values_of(element)),
    ),
)
CMI5 = Schemas("cmi5", "CourseStructure.xsd", (), ENGINES, official_root="CourseStructure.xsd")
SEED, COUNT, WORDED = 13, 600, 60


@cache
def documents() -> tuple[bytes, ...]:
    return tuple(path.read_bytes() for path in VALID)


@cache
def vocabulary() -> Vocabulary:
    return Vocabulary.of(map(parse, documents()), identifiers=["id"], lengths=(100,))


@cache
def made() -> tuple[Mutant, ...]:
    return tuple(mutants(documents(), vocabulary(), seed=SEED, count=COUNT))


def test_the_valid_documents_are_accepted_and_use_everything() -> None:
    for document in documents():
        CMI5.ours.assertValid(parse(document))
        assert not CMI5.unexplained_by_engines(document)
    names = declared(CMI5.files, "element", "attribute")
    assert names <= {*vocabulary().elements, *vocabulary().attributes}
    assert listed(CMI5.files) <= {value for values in vocabulary().values.values() for value in values}


def test_both_validators_judge_mutants_alike() -> None:
    wrong = [
        f"{one.operations}: {found}" for one in made()[:WORDED] if (found := CMI5.unexplained_by_engines(one.document))
    ]
    assert not wrong, "\n".join(wrong[:5])


def test_mutations_make_valid_and_invalid_documents() -> None:
    accepted = sum(judge(CMI5.ours, mutant.document) for mutant in made())
    assert COUNT / 10 <= accepted <= COUNT * 9 / 10, accepted


def test_every_mutation_gets_the_same_verdict_from_ours_and_the_official_one() -> None:
    wrong = [f"{mutant.operations}: {found}" for mutant in made() if (found := CMI5.unexplained(mutant.document))]
    assert not wrong, "\n".join(wrong[:5])


def test_every_single_change_gets_the_same_verdict_from_ours_and_the_official_one() -> None:
    changes = [*single_steps(documents(), vocabulary()), *single_changes(parse(documents()[1]), vocabulary())]
    wrong = [f"{step}: {found}" for step, document in changes if (found := CMI5.unexplained(document))]
    assert len(changes) > 300
    assert not wrong, "\n".join(wrong[:5])
