"""The map of a course: units stand to the right of what they require, nothing overlaps, and every gate can be followed."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from conftest import SEEDS, linted, roadmap
from markupsafe import Markup

from coursewright.course.model import Course
from coursewright.course.plan import Grouping, Selection, plan
from coursewright.pages.map import Drawn, Map, Maps, course_map, upright_map
from coursewright.text.phrases import level

Sources = Callable[[Mapping[str, str | bytes]], Path]


def course_of(source: Path) -> Course:
    found = linted(source)
    ((course,), _) = plan(found.graph, found.editions, Selection(Grouping.ALL))
    return course


def random_course(curriculum: Sources, count: int, seed: int) -> Course:
    dice = random.Random(seed)
    documents = {}
    for number in range(1, count + 1):
        needs = dice.sample(range(1, number), min(number - 1, dice.randrange(4)))
        required = ", ".join(f"MOD-{need:03}" for need in needs) or "None"
        documents[f"{number:03}.md"] = roadmap(number, required, title=f"{'Long words ' * 5}{number}")
    return course_of(curriculum(documents))


def drawn(map: Map) -> Drawn:
    return Drawn(map, Markup(""), Markup(""))


def check(found: Map) -> None:
    corners = [(box.x, box.y) for box in found.boxes]
    for number, (x, y) in enumerate(corners):
        assert 0 <= x <= found.width - found.box_width
        assert 0 <= y <= found.height - found.box_height
        for other_x, other_y in corners[number + 1 :]:
            assert abs(x - other_x) >= found.box_width or abs(y - other_y) >= found.box_height
    starts = {(box.x + found.box_width, box.y + found.box_height // 2) for box in found.boxes}
    ends = {(box.x, box.y + found.box_height // 2) for box in found.boxes}
    for curve in found.curves:
        numbers = [int(number) for number in re.findall(r"-?\d+", curve)]
        assert (numbers[0], numbers[1]) in starts
        assert (numbers[-2], numbers[-1]) in ends
        assert numbers[0] < numbers[-2]


@pytest.mark.parametrize("seed", range(5))
def test_boxes_never_overlap_and_curves_lead_from_box_to_box(curriculum: Sources, seed: int) -> None:
    course = random_course(curriculum, 20, seed)
    found = course_map(course, course.units, str)
    assert [box.id for box in found.boxes] == [unit.id for unit in course.units]
    check(found)


def test_every_gate_can_be_followed_to_the_right(curriculum: Sources) -> None:
    course = random_course(curriculum, 20, 7)
    found = course_map(course, course.units, str)
    places = {box.unit: box.x for box in found.boxes}
    ids = {box.id: box.unit for box in found.boxes}
    for box, needs in found.words:
        assert all(places[ids[need]] < box.x for need in needs)


def test_what_follows_from_other_gates_is_not_drawn_but_said(curriculum: Sources) -> None:
    texts = {"a.md": roadmap(1), "b.md": roadmap(2, "MOD-001"), "c.md": roadmap(3, "MOD-001, MOD-002")}
    course = course_of(curriculum(texts))
    found = course_map(course, course.units, str)
    assert len(found.curves) == 2
    assert found.words[2][1] == ["MOD-001", "MOD-002"]


def test_a_large_course_shows_each_unit_its_neighbours(curriculum: Sources) -> None:
    texts = {f"{n}.md": roadmap(n, f"MOD-{n - 1:03}" if n > 1 else "None") for n in range(1, 40)}
    course = course_of(curriculum(texts))
    maps = Maps(course, str, drawn)
    around = maps.around(course.units[19])
    assert around is not None
    assert [box.id for box in around.map.boxes] == ["MOD-019", "MOD-020", "MOD-021"]
    check(around.map)


def test_a_unit_without_gates_has_no_map() -> None:
    course = course_of(SEEDS)
    maps = Maps(course, str, drawn)
    found = {unit.id: maps.around(unit) is not None for unit in course.units}
    assert found == {"MOD-407": True, "MOD-551": False, "MOD-602": False, "MOD-607": True, "PROJ-604": True}


@pytest.mark.parametrize(
    ("target", "reached"),
    [("Expert", 5), ("Awareness/Working", 2), ("Working", 2), ("proficient", 3), ("Level 3", 0), ("", 0)],
)
def test_a_target_has_its_place_on_the_scale(target: str, reached: int) -> None:
    assert level(target) == reached


def test_the_upright_map_is_narrow_and_its_lines_pass_beside_the_boxes(curriculum: Sources) -> None:
    texts = {
        f"{n}.md": roadmap(n, ", ".join(f"MOD-{m:03}" for m in (n - 1, n - 3) if m > 0) or "None") for n in range(1, 9)
    }
    course = course_of(curriculum(texts))
    found = upright_map(course, str)
    assert found is not None and found.width <= 390 and len({box.x for box in found.boxes}) == 1
    left = found.boxes[0].x
    for curve in found.curves:
        assert all(0 < int(lane) < left for lane in re.findall(r"H(\d+)V", curve))


def test_a_large_course_has_no_upright_map(curriculum: Sources) -> None:
    texts = {f"{n}.md": roadmap(n, f"MOD-{n - 1:03}" if n > 1 else "None") for n in range(1, 31)}
    assert upright_map(course_of(curriculum(texts)), str) is None
