"""The XSD of `schemas/canvas`: what Canvas writes is valid, and what it would lose or misread is refused.

There is no official schema to ask: the one that Canvas published is older than its exporter. So single changes of the
valid documents of `manifests/canvas` are made here that nobody may take for right.
"""

from __future__ import annotations

import copy
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from random import Random

import pytest
from judging import Schemas, declared, judge, listed, load, load_worded
from lxml import etree
from mutations import UNKNOWN, Vocabulary, mutants, parse

MANIFESTS = Path(__file__).resolve().parent / "manifests" / "canvas"
VALID = sorted(MANIFESTS.glob("valid-*.xml"))
INVALID = sorted(MANIFESTS.glob("invalid-*.xml"))

NAMESPACE = "http://canvas.instructure.com/xsd/cccv1p0"
CANVAS = Schemas("canvas", "cccv1p0.xsd", (), ())

SEED = 7
WORDED = 120

REPEATED = {
    *("module", "prerequisite", "item", "completionRequirement", "comment", "override", "line_item", "property"),
    *("assignmentGroup", "rule", "rubric", "criterion", "rating", "learningOutcome", "learningOutcomeGroup"),
    *("alignment", "gradingStandard", "course_pace", "day_of_week", "module_item", "folder", "file", "media", "track"),
    *("event", "externalFeed", "externalTool", "lti_context_control", "navMenuLink"),
}
"""The elements of which there may be several; of the others one at most, but in the course's settings."""

REQUIRED = {
    "assignment": {"@identifier", "title"},
    "quiz": {"@identifier", "title"},
    "topicMeta": {"@identifier", "topic_id", "title"},
    "module": {"@identifier", "title"},
    "prerequisite": {"@type", "identifierref"},
    "completionRequirement": {"@type", "identifierref"},
    "assignmentGroup": {"@identifier", "title"},
    "rule": {"drop_type"},
    "rubric": {"@identifier", "criteria"},
    "rating": {"description", "points"},
    "alignment": {"content_type", "content_id"},
    "gradingStandard": {"@identifier", "data"},
    "externalFeed": {"@identifier", "url", "verbosity"},
    "folder": {"@path"},
    "file": {"@identifier"},
    "usage_rights": {"@use_justification"},
    "override": {"@set_type", "@set_id", "@title"},
    "track": {"@identifierref", "@kind", "@locale"},
    "post_policy": {"post_manually"},
}
"""Parts without which nobody would know what an element is or does, by its name."""

WRONG = {
    **dict.fromkeys(("content_type", "drop_type", "quiz_type", "scoring_policy", "grading_type"), "whatever"),
    **dict.fromkeys(("default_view", "group_weighting_scheme", "discussion_type", "verbosity"), "whatever"),
    **dict.fromkeys(("due_at", "lock_at", "unlock_at", "start_at", "end_at", "todo_date"), "tomorrow"),
    **dict.fromkeys(("position", "indent", "time_limit", "allowed_attempts", "requirement_count"), "1.5"),
    **dict.fromkeys(("points_possible", "min_score", "group_weight", "points", "mastery_points"), "ten"),
    **dict.fromkeys(("is_public", "locked", "hidden", "available", "shuffle_answers", "new_tab", "all_day"), "yes"),
    **dict.fromkeys(("identifierref", "assignment_group_identifierref", "rubric_identifierref"), "1 or 2"),
    **dict.fromkeys(("@identifier", "@identifierref"), "two words"),
    **dict.fromkeys(("@kind", "@use_justification"), "whatever"),
}
"""A text that each of these elements and attributes may not have."""


@cache
def vocabulary() -> Vocabulary:
    return Vocabulary.of((parse(path.read_bytes()) for path in VALID), identifiers=["identifier"], lengths=(100,))


def _name(element: etree._Element) -> str:
    return etree.QName(element).localname


def _accepted(root: etree._Element) -> bool:
    return judge(CANVAS.ours, etree.tostring(root))


def changed(path: Path) -> Iterator[tuple[etree._Element, etree._Element]]:
    """Yields, for each element of a document, a copy of the document and that element in the copy."""
    root = parse(path.read_bytes())
    for place in range(len(list(root.iter("*")))):
        twin = copy.deepcopy(root)
        yield twin, list(twin.iter("*"))[place]


each_valid = pytest.mark.parametrize("path", VALID, ids=lambda path: path.stem)
each_invalid = pytest.mark.parametrize("path", INVALID, ids=lambda path: path.stem)


def test_the_schema_loads_alone_in_both_validators() -> None:
    (path,) = CANVAS.files
    load(path)
    load_worded(path)


def test_the_valid_documents_use_every_element_and_attribute() -> None:
    names = declared(CANVAS.files, "element", "attribute")
    used = {*vocabulary().elements, *vocabulary().attributes}
    assert names <= used, sorted(names - used)


def test_the_valid_documents_use_every_value_of_every_list() -> None:
    used = {value for values in vocabulary().values.values() for value in values}
    assert listed(CANVAS.files) <= used, listed(CANVAS.files) - used


@each_valid
def test_a_valid_document_is_accepted_by_both_validators(path: Path) -> None:
    CANVAS.ours.assertValid(parse(path.read_bytes()))
    assert not CANVAS.unexplained_by_engines(path.read_bytes())


@each_invalid
def test_an_invalid_document_is_refused_by_both_validators_at_the_line_below_its_comment(path: Path) -> None:
    document = path.read_bytes()
    (comment,) = (number for number, line in enumerate(document.splitlines(), start=1) if b"<!-- Invalid: " in line)
    assert CANVAS.lines_refused(document) == {comment + 1}
    assert not CANVAS.unexplained_by_engines(document)


@each_valid
def test_an_unknown_element_is_refused_everywhere(path: Path) -> None:
    random = Random(SEED)
    for name in (UNKNOWN, f"{{{NAMESPACE}}}thing"):
        for root, element in changed(path):
            element.insert(random.randint(0, len(element)), etree.Element(name))
            assert not _accepted(root), f"{name} in {element.tag}"


@each_valid
def test_an_unknown_attribute_is_refused_everywhere(path: Path) -> None:
    for name in (UNKNOWN, "thing"):
        for root, element in changed(path):
            element.set(name, "x")
            assert not _accepted(root), f"{name} of {element.tag}"


@each_valid
def test_an_element_of_another_name_or_of_no_namespace_is_refused(path: Path) -> None:
    for name in ("thing", f"{{{NAMESPACE}}}thing"):
        for root, element in changed(path):
            was, element.tag = element.tag, name
            assert not _accepted(root), f"{name} for {was}"


@each_valid
def test_words_between_elements_are_refused(path: Path) -> None:
    for root, element in changed(path):
        if len(element):
            element[0].tail = "stray"
            assert not _accepted(root), element.tag


@each_valid
def test_an_element_that_occurs_once_is_refused_twice(path: Path) -> None:
    for root, element in changed(path):
        parent = element.getparent()
        if parent is not None and _name(element) not in REPEATED and _name(parent) != "course":
            element.addnext(vocabulary().marked(copy.deepcopy(element), "again"))
            assert not _accepted(root), element.tag


@each_valid
def test_an_identifier_that_occurs_twice_is_refused(path: Path) -> None:
    for root, element in changed(path):
        if element.get("identifier") and _name(element) not in ("file", "learningOutcome") and element is not root:
            element.addnext(copy.deepcopy(element))
            assert not _accepted(root), element.tag


@each_valid
def test_an_element_without_what_it_needs_is_refused(path: Path) -> None:
    for part in sorted({part for parts in REQUIRED.values() for part in parts}):
        for root, element in changed(path):
            if part not in REQUIRED.get(_name(element), ()):
                continue
            if part.startswith("@"):
                del element.attrib[part[1:]]
            else:
                for child in element.findall(f"{{{NAMESPACE}}}{part}"):
                    element.remove(child)
            assert not _accepted(root), f"{element.tag} without {part}"


@each_valid
def test_a_wrong_value_is_refused(path: Path) -> None:
    for name, wrong in WRONG.items():
        for root, element in changed(path):
            if name.startswith("@") and name[1:] in element.attrib:
                element.set(name[1:], wrong)
            elif name == _name(element) and not element.xpath("parent::*[local-name() = 'alignment']"):
                element.text = wrong
            else:
                continue
            assert not _accepted(root), f"{name} {wrong!r} in {element.tag}"


def test_every_table_of_changes_names_elements_of_the_documents() -> None:
    names = {etree.QName(name).localname for name in (*vocabulary().elements, *vocabulary().attributes)}
    assert {*REPEATED, *REQUIRED, *(name.lstrip("@") for name in WRONG)} <= names


def test_a_requirement_names_an_item_of_its_own_module() -> None:
    root = parse((MANIFESTS / "valid-module-meta.xml").read_bytes())
    requirements = root.findall(f".//{{{NAMESPACE}}}completionRequirement/{{{NAMESPACE}}}identifierref")
    items = root.findall(f".//{{{NAMESPACE}}}item")
    assert requirements
    for item in items:
        requirements[0].text = item.get("identifier")
        assert _accepted(root)
    for stranger in ("gmodule2", "gcontent1", "gitem99", ""):
        requirements[0].text = stranger
        assert not _accepted(root), stranger


def test_both_validators_judge_mutants_alike() -> None:
    documents = [path.read_bytes() for path in VALID]
    disagreements = [
        f"{mutant.operations}: {difference}\n{mutant.document.decode()}"
        for mutant in mutants(documents, vocabulary(), seed=SEED, count=WORDED)
        if (difference := CANVAS.unexplained_by_engines(mutant.document))
    ]
    assert not disagreements, "\n\n".join(disagreements[:3])
