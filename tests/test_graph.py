"""References mean the right unit, courses are in learning order, and circles are named whole."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from conftest import linted, roadmap
from hypothesis import given
from hypothesis import strategies as st

from coursewright.course.graph import Graph, cycles, in_order, link, with_prerequisites
from coursewright.course.interchange import graph_dot, graph_json, graph_mermaid, graph_text
from coursewright.course.model import Curriculum, Unit
from coursewright.course.plan import chosen_units
from coursewright.course.values import Kind, Mention, References
from coursewright.text.markdown.values import Text

Sources = Callable[[Mapping[str, str | bytes]], Path]


def unit(number: int, *needs: str, track: str = "engineer", kind: Kind = Kind.MODULE, qualifier: str = "") -> Unit:
    prefix = "MOD" if kind is Kind.MODULE else "PROJ"
    mentions = tuple(Mention(id, qualifier=qualifier) for id in needs)
    return Unit(
        path=f"{number}.md",
        line=1,
        kind=kind,
        id=f"{prefix}-{number:03}",
        title=Text(f"Unit {number}"),
        track=track,
        roles=(Text(track),),
        prerequisites=References(Text(", ".join(needs)), mentions),
    )


def graph_of(*units: Unit) -> Graph:
    return link(Curriculum(units, ()))


def required(graph: Graph, found: Unit) -> list[str]:
    return [str(needed.identity) for needed in graph.required(found)]


def test_the_own_track_comes_first() -> None:
    here, there, asking = unit(1), unit(1, track="architect"), unit(2, "MOD-001")
    assert required(graph_of(there, here, asking), asking) == ["engineer/MOD-001"]


def test_the_only_unit_of_an_id_is_meant_wherever_it_is() -> None:
    there, asking = unit(1, track="architect"), unit(2, "MOD-001")
    assert required(graph_of(there, asking), asking) == ["architect/MOD-001"]


def test_two_candidates_elsewhere_are_no_guess() -> None:
    asking = unit(2, "MOD-001")
    graph = graph_of(unit(1, track="architect"), unit(1, track="team-lead"), asking)
    assert required(graph, asking) == []
    assert len(graph.prerequisites[asking.identity][0].candidates) == 2


def test_a_track_word_tells_candidates_apart() -> None:
    asking = unit(2, "MOD-001", qualifier="architect")
    graph = graph_of(unit(1), unit(1, track="cloud-architect"), unit(1, track="team-lead"), asking)
    assert required(graph, asking) == ["cloud-architect/MOD-001"]


def test_a_role_that_no_document_has_is_not_the_own_track() -> None:
    asking = unit(2, "MOD-001", qualifier="architect")
    assert required(graph_of(unit(1), asking), asking) == []


def test_the_order_minds_what_goes_by_way_of_another_track() -> None:
    first, second, between = unit(1, "MOD-900"), unit(2), unit(900, "MOD-002", track="architect")
    assert [found.id for found in in_order([first, second], graph_of(first, second, between))] == ["MOD-002", "MOD-001"]


def test_a_unit_outside_that_is_met_twice_is_looked_through_once() -> None:
    outside = [unit(number, f"MOD-{number + 1:03}") for number in range(2, 8)]
    first, last = unit(1, "MOD-002", "MOD-003"), unit(8)
    graph = graph_of(first, *outside, last)
    assert [found.id for found in in_order([first, last], graph)] == ["MOD-008", "MOD-001"]
    assert [found.id for found in in_order([first, outside[2]], graph)] == ["MOD-004", "MOD-001"]


def test_a_number_is_found_whatever_its_zeros() -> None:
    asking = unit(2, "MOD-1")
    assert required(graph_of(unit(1), asking), asking) == ["engineer/MOD-001"]


def test_ties_are_broken_by_number_and_modules_come_before_projects() -> None:
    units = [unit(3), unit(1, kind=Kind.PROJECT), unit(2, "MOD-003"), unit(1)]
    ordered = in_order(units, graph_of(*units))
    assert [found.id for found in ordered] == ["MOD-001", "PROJ-001", "MOD-003", "MOD-002"]


def test_everything_a_unit_needs_comes_with_it() -> None:
    units = [unit(1), unit(2, "MOD-001"), unit(3, "MOD-002"), unit(4)]
    found = with_prerequisites([units[2]], graph_of(*units))
    assert sorted(needed.id for needed in found) == ["MOD-001", "MOD-002", "MOD-003"]


edges = st.lists(st.tuples(st.integers(1, 12), st.integers(1, 12)), max_size=30)


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("MOD-001", ["engineer/MOD-001"]),
        ("mod-001", ["engineer/mod-001"]),
        ("Mod-001", ["engineer/MOD-001", "engineer/mod-001"]),
        ("mod-002", ["architect/MOD-002"]),
        ("MOD-003", ["architect/MOD-003", "engineer/MOD-003"]),
        ("Architect/mod-003", ["architect/MOD-003"]),
        ("engineer/MOD-002", []),
        ("MOD-009", []),
    ],
)
def test_a_name_means_the_unit_that_is_spelt_so_before_those_that_are_not(name: str, meant: list[str]) -> None:
    there = [unit(number, track="architect") for number in (2, 3)]
    graph = graph_of(unit(1), replace(unit(1), id="mod-001"), *there, unit(3))
    found, unclear = chosen_units(graph, [name])
    assert sorted(str(one.identity) for one in (found or unclear[name])) == meant
    assert bool(found) == (len(meant) == 1)


def graph_from(pairs: list[tuple[int, int]]) -> Graph:
    return graph_of(*(unit(n, *(f"MOD-{m:03}" for k, m in pairs if k == n)) for n in range(1, 13)))


@given(edges)
def test_in_an_acyclic_graph_every_unit_follows_what_it_needs(pairs: list[tuple[int, int]]) -> None:
    graph = graph_from([(max(pair), min(pair)) for pair in pairs if pair[0] != pair[1]])
    ordered = [found.identity for found in in_order(list(graph.units.values()), graph)]
    assert len(ordered) == 12
    assert not cycles(graph)
    for found in graph.units.values():
        for needed in graph.required(found):
            assert ordered.index(needed.identity) < ordered.index(found.identity)


@given(edges)
def test_every_unit_on_a_circle_is_named_in_a_real_one(pairs: list[tuple[int, int]]) -> None:
    graph = graph_from(pairs)
    named = set()
    for circle in cycles(graph):
        for here, following in zip(circle, [*circle[1:], circle[0]], strict=True):
            assert following in graph.required(here)
            named.add(here.identity)
    on_circle = {
        found.identity
        for found in graph.units.values()
        if any(found in with_prerequisites([needed], graph) for needed in graph.required(found))
    }
    assert named == on_circle


def test_a_long_chain_is_no_trouble() -> None:
    units = [unit(1), *(unit(n, f"MOD-{n - 1:03}") for n in range(2, 3001))]
    graph = graph_of(*units)
    assert [found.id for found in in_order(units, graph)] == [found.id for found in units]
    assert not cycles(graph)


@pytest.fixture
def small(curriculum: Sources) -> Graph:
    documents = {"a.md": roadmap(1, title='The "first" <one>'), "b.md": roadmap(2, "MOD-001, MOD-9, good will")}
    return linted(curriculum(documents)).graph


def test_the_graph_can_be_read_as_text(small: Graph) -> None:
    assert "  MOD-002  Module 2\n      after MOD-001, MOD-9 (not found)\n      with good will\n" in graph_text(small)


def test_the_graph_can_be_drawn(small: Graph) -> None:
    first, second = (found.replace("engineer/", "") for found in ("MOD-001", "MOD-002"))
    dot, mermaid = graph_dot(small), graph_mermaid(small)
    assert 'label="MOD-001\\nThe \\"first\\" <one>"' in dot
    assert mermaid.startswith("flowchart LR\n") and "#quot;first#quot; #lt;one#gt;" in mermaid
    assert f'"{first}' in dot and f"--> {second}" in mermaid


def test_the_graph_as_json_holds_edges_and_what_is_unresolved(small: Graph) -> None:
    found = graph_json(small)
    assert found["edges"] == [
        {"kind": "gate", "from": {"track": "engineer", "id": "MOD-001"}, "to": {"track": "engineer", "id": "MOD-002"}}
    ]
    assert [missing["id"] for missing in found["unresolved"]] == ["MOD-9"]
