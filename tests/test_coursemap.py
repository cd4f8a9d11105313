"""The map of a course: units stand to the right of what they require, nothing overlaps, and every gate can be followed."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from conftest import ROOT, linted, required, roadmap

from coursewright.course.model import Course
from coursewright.course.plan import Grouping, Selection, plan
from coursewright.pages.chart import MOST_COLUMNS, MOST_LANES, MOST_ROWS, WIDTH, Chart, Extent, chart_of, emblem_of
from coursewright.pages.groups import groups_of
from coursewright.pages.layers import direct
from coursewright.pages.links import required_among, shut
from coursewright.pages.map import upright_map
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


def boxes(spread: Extent) -> list[tuple[int, int]]:
    return list(spread.places.values())


def edges(spread: Extent, place: tuple[int, int]) -> tuple[int, int, int]:
    """Return where a link of the grid begins and ends, and its middle, in units of the picture."""
    wide = (WIDTH - 36 * (spread.columns - 1)) / spread.columns
    left = round((place[0] - 1) * (wide + 36))
    return left, round(left + wide), place[1] * 10


def chart(course: Course) -> Chart:
    found = chart_of(course)
    assert found
    return found


@pytest.mark.parametrize("seed", range(6))
def test_links_never_overlap_and_each_gate_is_a_line_between_two_of_them(curriculum: Sources, seed: int) -> None:
    course = random_course(curriculum, 12, seed)
    found = chart_of(course)
    if found is None:  # too deep
        return
    spread = found.spread
    taken = [(column, row + half) for column, row in boxes(spread) for half in (0, 1)]
    assert len(taken) == len(set(taken))
    assert all(1 <= column <= spread.columns and 1 <= row <= spread.rows for column, row in taken)
    ways = {(need, name) for name, needs in direct(course.units, course).items() for need in needs}
    drawn = set()
    for curve in spread.curves:
        numbers = [int(number) for number in re.findall(r"-?\d+", curve)]
        (start,) = [name for name, at in spread.places.items() if edges(spread, at)[1:] == (numbers[0], numbers[1])]
        (end,) = [
            name
            for name, at in spread.places.items()
            if (edges(spread, at)[0], edges(spread, at)[2]) == (numbers[-2], numbers[-1])
        ]
        drawn.add((start, end))
    assert drawn == ways


@pytest.mark.parametrize("seed", range(3))
def test_every_gate_can_be_followed_to_the_right(curriculum: Sources, seed: int) -> None:
    course = random_course(curriculum, 10, seed)
    found = chart_of(course)
    for step in course.steps if found else ():
        places = chart(course).spread.places
        assert all(places[need.identity][0] < places[step.unit.identity][0] for need in step.needs)


def test_a_line_passes_a_column_beside_its_links(curriculum: Sources) -> None:
    texts = {
        "a.md": roadmap(1),
        "b.md": roadmap(2, "MOD-001"),
        "c.md": roadmap(3, "MOD-002"),
        "d.md": roadmap(4),
        "e.md": roadmap(5, "MOD-003, MOD-004"),
        "f.md": roadmap(6, "MOD-004"),
    }
    spread = chart(course_of(curriculum(texts))).spread
    assert spread and spread.columns == 4
    (passing,) = [curve for curve in spread.curves if "H" in curve]
    left, right = (int(number) for number in re.findall(r" \d+ (\d+) \d+H(\d+)", passing)[0])
    height = int(re.findall(r"(\d+)H", passing)[0])
    column = next(at for at in range(1, 5) if edges(spread, (at, 1))[:2] == (left, right))
    rows = [row for at, row in boxes(spread) if at == column]
    assert all(not (row - 1) * 10 < height < (row + 1) * 10 for row in rows)


def test_what_follows_from_other_gates_is_not_drawn(curriculum: Sources) -> None:
    texts = {"a.md": roadmap(1), "b.md": roadmap(2, "MOD-001"), "c.md": roadmap(3, "MOD-001, MOD-002")}
    found = chart(course_of(curriculum(texts)))
    assert found.upright
    assert len(found.spread.curves) == len(found.upright.curves) == 2


def test_what_stands_alone_stands_below_what_is_tied(curriculum: Sources) -> None:
    texts = {f"{n}.md": roadmap(n, "MOD-001" if n == 3 else "None") for n in range(1, 7)}
    spread = chart(course_of(curriculum(texts))).spread
    assert spread and [*spread.places.values()] == [(1, 4), (2, 4), (3, 4), (1, 6), (1, 1), (2, 1)]
    assert (spread.columns, spread.rows) == (3, 7)


def test_what_stands_alone_before_and_after_a_chain_is_in_its_row(curriculum: Sources) -> None:
    texts = {f"{n}.md": roadmap(n, f"MOD-{n - 1:03}" if n in (3, 4) else "None") for n in range(1, 7)}
    spread = chart(course_of(curriculum(texts))).spread
    assert [*spread.places.values()] == [(1, 1), (2, 1), (3, 1), (4, 1), (1, 4), (2, 4)]
    assert len(spread.curves) == 2


def test_a_long_chain_winds_in_rows_and_a_large_course_or_one_without_gates_has_no_map(curriculum: Sources) -> None:
    def chain(count: int, need: str = "MOD-{:03}") -> Course:
        texts = {f"{n}.md": roadmap(n, need.format(n - 1) if n > 1 else "None") for n in range(1, count + 1)}
        return course_of(curriculum(texts))

    long = chart(chain(9))
    assert [*long.spread.places.values()] == [(at % 4 + 1, at // 4 * 3 + 1) for at in range(9)]
    assert [curve for curve in long.spread.curves if "V" in curve] == [
        "M1000 10h14V25H-14V40H0",
        "M1000 40h14V55H-14V70H0",
    ]
    assert long.upright and (long.upright.lanes, len(long.upright.curves)) == (1, 8)
    assert chart_of(chain(25)) is None
    assert chart_of(chain(5, "None")) is None


def test_the_lines_of_an_upright_map_end_beside_its_links(curriculum: Sources) -> None:
    texts = {
        f"{n}.md": roadmap(n, ", ".join(f"MOD-{m:03}" for m in (n - 1, n - 3) if m > 0) or "None") for n in range(1, 9)
    }
    upright = chart(course_of(curriculum(texts))).upright
    assert upright
    for curve in upright.curves:
        start, lane, end = map(int, re.findall(r"^M(\d+) \d+H(\d+)V\d+H(\d+)$", curve)[0])
        assert start == end == upright.width and 0 < lane < upright.width


def test_the_stylesheet_has_a_place_for_each_that_a_map_can_use() -> None:
    css = (ROOT / "packaging_templates" / "style" / "home" / "20-map.css").read_text(encoding="utf-8")
    for name, most in (("c", MOST_COLUMNS), ("cols-", MOST_COLUMNS), ("r", MOST_ROWS - 1), ("lanes-", MOST_LANES)):
        assert [f".{name}{number} {{" in css for number in (1, most, most + 1)] == [True, True, False], name


def test_the_emblem_has_a_dot_for_each_unit_within_its_frame(curriculum: Sources) -> None:
    for gates in (False, True):
        texts = {f"{n}.md": roadmap(n, "MOD-001" if gates and n > 1 else "None") for n in range(1, 15)}
        course = course_of(curriculum(texts))
        emblem = emblem_of(course, chart_of(course))
        assert emblem and len({(x, y) for _, x, y in emblem.dots}) == 14
        assert all(10 <= x <= emblem.width - 10 and 10 <= y <= emblem.height - 10 for _, x, y in emblem.dots)


def test_a_course_knows_what_a_unit_opens(curriculum: Sources) -> None:
    texts = {f"{n}.md": roadmap(n, f"MOD-{n - 1:03}" if n > 1 else "None") for n in range(1, 6)}
    course = course_of(curriculum({**texts, "6.md": roadmap(6)}))
    assert [unit.id for unit in course.opened_by(course.units[2])] == ["MOD-004"]
    assert not course.opened_by(course.units[5])


@pytest.mark.parametrize(
    ("document", "names"),
    [
        (lambda n: (f"{n}.md", roadmap(n, role="Baker" if n < 15 else "Brewer")), ["Baker", "Brewer"]),
        (lambda n: (f"0{n % 2 + 1}-part_{'ab'[n % 2]}/{n}.md", roadmap(n)), ["Part b", "Part a"]),
        (lambda n: (f"{n}.md", roadmap(n, "MOD-001" if n > 1 else "None")), [1, 2]),
        (lambda n: (f"{n}.md", roadmap(n)), [1, 26]),
    ],
)
def test_a_long_course_is_in_groups(
    curriculum: Sources, document: Callable[[int], tuple[str, str]], names: list[str | int]
) -> None:
    course = course_of(curriculum(dict(document(n) for n in range(1, 31))))
    groups = groups_of(course)
    assert [group.name or group.stage or group.first for group in groups] == names
    assert sorted(unit.id for group in groups for unit in group.units) == sorted(unit.id for unit in course.units)
    assert [len(found.units) for found in groups_of(replace(course, steps=course.steps[:24]))] == [24]


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


def test_a_course_of_thousands_in_a_row_has_no_picture_and_is_told_so_at_once(curriculum: Sources) -> None:
    course = random_course(curriculum, 2, 1)
    first = course.steps[0]
    steps = [first]
    for number in range(20_000):
        unit = replace(first.unit, id=f"U{number}")
        steps.append(replace(first, unit=unit, needs=(steps[-1].unit,)))
    assert upright_map(replace(course, steps=tuple(steps)), str) is None


@pytest.mark.parametrize("seed", range(4))
def test_what_is_open_to_whoever_begins_a_unit_is_what_all_it_requires_opens(curriculum: Sources, seed: int) -> None:
    course, dice = random_course(curriculum, 20, seed), random.Random(seed)
    for unit in course.units:
        begun, some = required(course, unit), dice.sample(course.units, 5)
        assert required_among(course, unit, {one.identity for one in some}) == {one.identity for one in some} & begun
        closed = {one.identity for one in some if not begun.issuperset(n.identity for n in course.step(one).needs)}
        assert {one.identity for one in shut(course, unit, some)} == closed - {unit.identity}
