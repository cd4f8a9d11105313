"""A gate is the same tree before it is written in a format and after it is read back."""

from __future__ import annotations

import pickle
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from coursewright.course.gates import (
    NEVER,
    OPEN,
    All,
    Any,
    AtLeast,
    Belongs,
    Condition,
    Date,
    Done,
    Foreign,
    Gate,
    Not,
    Profile,
    Score,
    Status,
    UnwritableError,
    conditions,
    mapped,
    mentioned,
    needed,
    opposite,
    refused,
    simplified,
    waits_for,
)
from coursewright.course.outline import SKIPPED
from coursewright.packages.documents.canvas.modules import CanvasModule, prerequisites_of
from coursewright.packages.documents.manifest import ADLCP_1_3, SS
from coursewright.packages.documents.menu import read_menu
from coursewright.packages.documents.moodle.availability import read_availability, written_availability
from coursewright.packages.documents.scorm import prerequisites
from coursewright.packages.documents.scorm.preconditions import Preconditions, write_locks
from coursewright.packages.documents.scorm.prerequisites import read_expression, written_expression
from coursewright.packages.gate_words import in_words


def trees(leaf: st.SearchStrategy[Condition], *, has_sets: bool = False) -> st.SearchStrategy[Gate]:
    """Draw gates as the formats have them: groups of two and more, and nothing negated twice."""

    def grown(inner: st.SearchStrategy[Gate]) -> st.SearchStrategy[Gate]:
        several = st.lists(inner, min_size=2, max_size=4).map(tuple)
        groups = [several.map(All), several.map(Any), inner.map(opposite)]
        sets = several.flatmap(lambda parts: st.integers(0, len(parts)).map(lambda count: AtLeast(count, parts)))
        return st.one_of(*groups, sets) if has_sets else st.one_of(*groups)

    return st.recursive(leaf, grown, max_leaves=12)


NAMES = st.text(st.characters(exclude_characters='"', exclude_categories=["Cs"]), max_size=8)
STATUSES = (
    Status.DONE, Status.COMPLETED, Status.PASSED, Status.FAILED, Status.INCOMPLETE, Status.BROWSED, Status.ATTEMPTED,
)  # fmt: skip
OF_SCORM = trees(st.builds(Done, NAMES, st.sampled_from(STATUSES)), has_sets=True)
NUMBERS = st.integers(0, 10**9).map(str)
WORDS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=8)
PERCENTAGES = st.none() | st.floats(0, 100)
MOMENTS = st.integers(0, 2**32).map(lambda seconds: datetime.fromtimestamp(seconds, UTC))
OF_MOODLE = trees(
    st.one_of(
        st.builds(Done, NUMBERS, st.sampled_from([Status.DONE, Status.PASSED, Status.FAILED])),
        st.builds(Score, NUMBERS, PERCENTAGES, PERCENTAGES, in_percent=st.just(True)),
        st.builds(Date, MOMENTS, st.booleans()),
        st.builds(Belongs, st.sampled_from(["group", "role"]), st.none() | NUMBERS),
        st.builds(Belongs, st.just("grouping"), NUMBERS),
        st.just(Belongs("own grouping")),
        st.builds(Profile, WORDS, st.sampled_from(["isequalto", "contains", "startswith"]), WORDS, st.booleans()),
        st.builds(Foreign, WORDS.map("x{}".format)),
    )
)


@given(OF_SCORM)
def test_a_prerequisite_that_is_written_is_read_as_it_was(gate: Gate) -> None:
    text = written_expression(gate)
    read = read_expression(text)
    assert simplified(read) == simplified(gate)
    assert written_expression(read) == text


@given(st.lists(st.sampled_from([*'AB&|~()={}*2,"pn', "<>"]), max_size=12).map("".join))
def test_a_prerequisite_that_can_be_read_is_written_with_the_same_meaning(text: str) -> None:
    try:
        gate = read_expression(text)
    except prerequisites.UnreadableError:
        return
    assert read_expression(written_expression(gate)) == gate


@given(OF_MOODLE, st.booleans())
def test_a_restriction_that_is_written_is_read_as_it_was(gate: Gate, shown: bool) -> None:
    text = written_availability(gate, shown=shown)
    assert text is not None
    read = read_availability(text)
    assert simplified(read) == simplified(gate)
    assert simplified(read_availability(written_availability(read, shown=shown) or "")) == simplified(gate)


@given(st.dictionaries(st.text("abc", min_size=1), st.text("xyz"), max_size=4))
def test_the_prerequisites_of_a_module_are_read_as_they_were(titles: dict[str, str]) -> None:
    assert CanvasModule(prerequisites=prerequisites_of(waits_for(titles), titles)).gate == waits_for(titles)


def sequenced(gate: Gate, others: str) -> etree._Element:
    """Return a manifest of SCORM 2004 with an item X that is locked by a gate, and others that say how they went."""
    root = etree.Element("{urn:x}manifest", nsmap={"adlcp": ADLCP_1_3})
    etree.SubElement(root, "{urn:x}item", {f"{{{ADLCP_1_3}}}x": ""})
    organization = etree.SubElement(etree.SubElement(root, "organizations"), "organization")
    for name in (*others, "X"):
        sequencing = etree.SubElement(etree.SubElement(organization, "item", identifier=name), f"{{{SS}}}sequencing")
        if name == "X":
            write_locks(sequencing, gate)
        objectives = etree.SubElement(sequencing, f"{{{SS}}}objectives")
        for one in others if name == "X" else name:
            objective = etree.SubElement(objectives, f"{{{SS}}}objective", objectiveID=f"need {one}")
            writes = "false" if name == "X" else "true"
            etree.SubElement(objective, f"{{{SS}}}mapInfo", targetObjectiveID=one, writeSatisfiedStatus=writes)
    return root


@given(st.lists(st.sampled_from("ABCD"), unique=True))
def test_the_locks_of_an_item_are_read_as_they_were(names: list[str]) -> None:
    written = All(tuple(Done(name, Status.SATISFIED, f"need {name}") for name in names))
    menu = read_menu(sequenced(written, "ABCD")).root
    preconditions = Preconditions(menu)
    read = simplified(All(tuple(Done(name, Status.SATISFIED) for name in names)))
    assert preconditions.gate(menu.children[-1]) == read
    assert [rule.effect for rule in preconditions.rules(menu.children[-1])] == [SKIPPED] * bool(names)
    assert preconditions.gate(menu.children[0]) == OPEN


@pytest.mark.parametrize(
    "gate", [Done("A"), Done("A", Status.SATISFIED), Any((Done("A"), Done("B"))), Date("soon"), NEVER]
)
def test_what_an_item_cannot_wait_for_is_not_written(gate: Gate) -> None:
    with pytest.raises(UnwritableError):
        write_locks(etree.Element("sequencing"), gate)
    if gate != Done("A"):
        with pytest.raises(UnwritableError):
            prerequisites_of(gate, {})


@pytest.mark.parametrize("gate", [NEVER, Score("A"), Done("A", Status.JUDGED), Done('a"b'), Done("A" * 5_001)])
def test_what_scorm_cannot_say_is_not_written(gate: Gate) -> None:
    with pytest.raises(UnwritableError):
        written_expression(gate)


@pytest.mark.parametrize(
    "gate",
    [NEVER, Not(NEVER), AtLeast(1, (Done("1"),)), Score("1"), Done("1", Status.BROWSED), Belongs("grouping")],
)
def test_what_moodle_cannot_say_is_not_written(gate: Gate) -> None:
    with pytest.raises(UnwritableError):
        written_availability(gate, shown=True)


def test_what_is_open_to_all_is_not_written() -> None:
    assert (written_expression(OPEN), written_availability(OPEN, shown=True)) == ("", None)


# --- what a gate says ---


def holds(gate: Gate, done: frozenset[str]) -> bool:
    """Say whether a gate is open for someone who has done these entries."""
    if isinstance(gate, Not):
        return not holds(gate.inner, done)
    if isinstance(gate, All | Any | AtLeast):
        open_ = sum(holds(part, done) for part in gate.parts)
        count = {All: len(gate.parts), Any: 1}.get(type(gate), getattr(gate, "count", 0))
        return open_ >= count
    return isinstance(gate, Done) and gate.of in done


DONE = st.sampled_from("ABCD").map(Done)
LOOSE = st.recursive(
    DONE | st.sampled_from([OPEN, NEVER]),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3).map(tuple).map(All),
        st.lists(inner, max_size=3).map(tuple).map(Any),
        st.builds(AtLeast, st.integers(0, 3), st.lists(inner, min_size=1, max_size=3).map(tuple)),
        inner.map(Not),
    ),
    max_leaves=10,
)


@given(LOOSE, st.frozensets(st.sampled_from("ABCD")))
def test_a_simpler_gate_opens_for_the_same_learners(gate: Gate, done: frozenset[str]) -> None:
    assert holds(simplified(gate), done) == holds(gate, done)
    assert holds(opposite(gate), done) != holds(gate, done)


@given(LOOSE, st.frozensets(st.sampled_from("ABCD")))
def test_what_is_surely_needed_and_refused_is_so(gate: Gate, done: frozenset[str]) -> None:
    if holds(gate, done):
        assert done.issuperset(needed(gate)) and done.isdisjoint(refused(gate))


@given(st.one_of(OF_SCORM, OF_MOODLE, LOOSE))
def test_a_gate_travels_is_mapped_and_can_be_said(gate: Gate) -> None:
    assert pickle.loads(pickle.dumps(gate)) == gate
    assert mapped(gate, lambda condition: condition) == gate
    assert set(mentioned(gate)) <= {getattr(one, "of", "") for one in conditions(gate)}
    assert "\n" not in in_words(simplified(gate), {})


def test_a_gate_that_says_everything_twice_says_it_once() -> None:
    gate = All((Done("A"), All((Done("B"), Done("A"))), Not(Not(Done("C"))), Any((Done("D"),)), OPEN))
    assert simplified(gate) == All((Done("A"), Done("B"), Done("C"), Done("D")))
    assert simplified(Not(Date("soon"))) == Date("soon", before=True)
