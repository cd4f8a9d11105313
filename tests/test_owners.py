"""What `diff` takes for one thing and what for two, over edits that authors make: the table that calibrates it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path

import pytest
from conftest import built
from folders import written

from coursewright.audit.diff.comparison import compare
from coursewright.audit.inspect import Inspection, inspect_package
from coursewright.building.settings import Config
from coursewright.course.outline import Entry, Outline
from coursewright.packages.kinds import Family

FORMATS = ("canvas", "moodle", "scorm12")
Sources = Callable[[Mapping[str, str | bytes]], Path]
Looked = Callable[[tuple["Unit", ...], tuple[str, ...]], Mapping[str, Inspection]]
Lab = tuple[str, str, str]


@dataclass(frozen=True)
class Unit:
    """A module of a course on bread, in the words that an author may change."""

    id: str
    title: str
    after: str
    goals: tuple[str, ...]
    labs: tuple[Lab, ...]
    notes: str
    frame: tuple[str, ...] = field(default=("Prerequisites", "Learning Objectives", "Practical Components", "Notes"))

    def document(self) -> str:
        rows = "\n".join(f"| Lab {n}: {name} | {text} | {done} |" for n, (name, text, done) in enumerate(self.labs, 1))
        goals = "\n".join(f"- {goal}" for goal in self.goals)
        return f"""# Module Roadmap

## Module Overview

- **Module ID**: {self.id}
- **Module Title**: {self.title}
- **Target Role(s)**: Baker
- **Duration**: 10 hours
- **{self.frame[0]}**: {self.after}

## {self.frame[1]}

{goals}

## {self.frame[2]}

| Asset | Description | Completion Criteria |
|---|---|---|
{rows}

## {self.frame[3]}

{self.notes}
"""


YEAST = Unit(
    "MOD-101",
    "Sourdough Foundations",
    "None",
    (
        "Describe how wild yeast and lactic bacteria share a starter",
        "Judge fermentation by volume and smell rather than by the clock",
        "Calculate hydration with baker's percentages",
    ),
    (
        (
            "Starter log",
            "Keep a starter for ten days and note smell, rise and temperature",
            "Ten entries with pictures",
        ),
        ("Hydration trials", "Bake the same dough with less water and with more", "Three loaves and a table of crumbs"),
        ("Autolyse comparison", "Rest one batch of flour and water for an hour, another not at all", "Notes on both"),
    ),
    "Patience is the first thing that a culture teaches, and warmth is the second.",
)
LOAVES = Unit(
    "MOD-102",
    "Shaping and Scoring",
    "MOD-101",
    (
        "Build surface tension without tearing gluten",
        "Choose a pattern of cuts for the spring that the oven gives",
        "Proof cold and read the poke test",
    ),
    (
        ("Batard shaping", "Shape twelve batards from one batch under a timer", "Even taper and a sealed seam on ten"),
        ("Scoring patterns", "Cut wheat ear, leaf and cross with a lame", "Photographs of ears on six loaves"),
        ("Banneton proofing", "Proof overnight in cane baskets at four degrees", "No sticking and a poke recorded"),
    ),
    "A dull blade drags the skin; flour the bench lightly or the dough slides away.",
)
OVENS = Unit(
    "MOD-103",
    "Ovens and Steam",
    "MOD-101",
    (
        "Explain radiation, conduction and convection in a deck",
        "Time steam for gloss and spring",
        "Diagnose pale bottoms and burnt tops",
    ),
    (
        ("Deck calibration", "Map hot spots of a deck with thermocouples", "A heat map of sixteen points"),
        ("Steam timing", "Inject vapour at zero, five and ten minutes and compare crust", "Thickness measured on each"),
        ("Heat report", "Relate curves of heat to the colour of crust in writing", "Four pages with graphs"),
    ),
    "Stone holds energy that thin steel gives away as soon as the door opens.",
)
SHIFT = Unit(
    "MOD-104",
    "Running a Bakery",
    "MOD-101",
    (
        "Schedule people, mixers and ovens through a night",
        "Price bread so that the shop survives",
        "Keep records that an inspector accepts",
    ),
    (
        (
            "Production schedule",
            "Plan a night for two hundred loaves and forty brioches",
            "A chart without idle machines",
        ),
        ("Costing sheet", "Cost every product including waste and energy", "Margins to one cent"),
        ("Allergen drill", "Trace a recall of sesame within thirty minutes", "Delivery to customer, complete"),
    ),
    "Bottlenecks move: what waits tonight is idle tomorrow.",
)
GERMAN = Unit(
    "MOD-101",
    "Grundlagen des Sauerteigs",
    "None",
    (
        "Beschreiben, wie sich wilde Hefen und Bakterien einen Ansatz teilen",
        "Die Gare nach Volumen und Geruch und nicht nach der Uhr beurteilen",
        "Die Ausbeute des Teigs mit den Prozenten der Bäcker berechnen",
    ),
    (
        ("Tagebuch", "Einen Ansatz zehn Tage lang führen und Geruch und Trieb notieren", "Zehn Einträge mit Bild"),
        ("Versuche mit Wasser", "Den Teig mit mehr und mit weniger Wasser backen", "Drei Laibe und eine Tabelle"),
        ("Ruhezeiten", "Einen Teig für eine Stunde ruhen lassen, den anderen nicht", "Notizen zu den beiden"),
    ),
    "Geduld ist das Erste, was man von dem Ansatz lernt, und Wärme ist das Zweite.",
    ("Voraussetzungen", "Lernziele", "Praktische Übungen", "Notizen"),
)
COURSE = (YEAST, LOAVES, OVENS, SHIFT)


def renamed(unit: Unit, title: str = "Wild Cultures", **changes: object) -> Unit:
    return replace(unit, title=title, **changes)  # type: ignore[arg-type]


def called(unit: Unit, id: str, after: str = "None") -> Unit:
    return replace(unit, id=id, after=after)


# What is edited, the old units, the new ones, and how many ids name something else then.
EDITS: Mapping[str, tuple[tuple[Unit, ...], tuple[Unit, ...], int]] = {
    "a unit is renamed": (COURSE, (renamed(YEAST), *COURSE[1:]), 0),
    "a unit is renamed and its goals and notes are new": (
        COURSE,
        (renamed(YEAST, goals=("Keep a culture alive through winter",), notes="Rye wakes sooner."), *COURSE[1:]),
        0,
    ),
    "a unit is renamed and its labs are new": (COURSE, (renamed(YEAST, labs=YEAST.labs[:1]), *COURSE[1:]), 0),
    "a unit is rewritten under its title": (
        COURSE,
        (renamed(SHIFT, YEAST.title, id="MOD-101", after="None"), *COURSE[1:]),
        0,
    ),
    "a unit is translated": (COURSE, (GERMAN, *COURSE[1:]), 0),
    "the only unit is renamed": ((YEAST,), (renamed(YEAST),), 0),
    "the only unit is translated": ((YEAST,), (GERMAN,), 0),
    "a unit goes": (COURSE, COURSE[:3], 0),
    "a unit comes": (COURSE[:3], COURSE, 0),
    "two units swap their ids": (COURSE, (YEAST, called(LOAVES, "MOD-103"), called(OVENS, "MOD-102"), SHIFT), 2),
    "two units swap their ids and have new titles": (
        COURSE,
        (YEAST, renamed(called(LOAVES, "MOD-103"), "Forming"), renamed(called(OVENS, "MOD-102"), "Baking"), SHIFT),
        2,
    ),
    "a unit comes between and the ids move on": (
        COURSE[:3],
        (YEAST, called(SHIFT, "MOD-102"), called(LOAVES, "MOD-103"), called(OVENS, "MOD-104")),
        2,
    ),
    "the first unit goes and the ids move up": (
        COURSE,
        (called(LOAVES, "MOD-101"), called(OVENS, "MOD-102"), called(SHIFT, "MOD-103")),
        3,
    ),
    "an id is used again for something else": (COURSE[:3], (*COURSE[:2], called(SHIFT, "MOD-103")), 1),
    "one of two ids is used again": (COURSE[:2], (YEAST, called(OVENS, "MOD-102")), 1),
    "the only id is used again": ((YEAST,), (called(SHIFT, "MOD-101"),), 1),
}


@pytest.fixture(scope="module")
def looked(tmp_path_factory: pytest.TempPathFactory) -> Looked:
    """Return a function that builds some units, once, and says what is seen of their packages, by formats."""

    @cache
    def look(units: tuple[Unit, ...], formats: tuple[str, ...]) -> Mapping[str, Inspection]:
        folder = tmp_path_factory.mktemp("bread")
        source = written(folder / "source", {f"{at}.md": unit.document() for at, unit in enumerate(units)})
        report = built(source, folder / "out", config=Config(formats=formats))
        return {
            package.format: inspect_package(folder / "out" / package.name, marked=True) for package in report.written
        }

    return look


@pytest.fixture
def diff(looked: Looked) -> Callable[..., Mapping[str, list[tuple[str, str, str]]]]:
    """Return a function that says, by formats, what changes from the packages of some units to those of others."""

    def changes(
        old: tuple[Unit, ...], new: tuple[Unit, ...], *formats: str
    ) -> Mapping[str, list[tuple[str, str, str]]]:
        before, now = looked(old, formats), looked(new, formats)
        return {
            name: [(one.code, str(one.severity), one.text) for one in compare(before[name], found).findings]
            for name, found in now.items()
        }

    return changes


@pytest.mark.parametrize("edit", EDITS)
def test_records_change_owner_where_an_id_names_another_unit_and_nowhere_else(
    edit: str, diff: Callable[..., Mapping[str, list[tuple[str, str, str]]]]
) -> None:
    old, new, expected = EDITS[edit]
    found = diff(old, new, *FORMATS)
    assert set(found) == set(FORMATS)
    for name, changes in found.items():
        owners = [(severity, text) for code, severity, text in changes if code == "D624"]
        assert len(owners) == expected, (name, owners)
        assert {severity for severity, _ in owners} <= {"warning" if name == "moodle" else "error"}


def with_labs(*labs: Lab) -> tuple[Unit, ...]:
    return (replace(YEAST, labs=labs), *COURSE[1:])


LOG, TRIALS, REST = YEAST.labs
PORRIDGE = ("Rye porridge", "Cook cracked grain and fold it in when cold", "A moist slice")


@pytest.mark.parametrize(
    ("labs", "expected"),
    [
        ((LOG, PORRIDGE, TRIALS, REST), {("D622", "warning")}),
        ((REST, TRIALS, LOG), set()),
        ((("Starter log", "Draw bubbles", "An album"), TRIALS, REST), set()),
        # renamed: for Canvas a new assignment, and what was handed in stays with the old one
        ((("Starter diary", *LOG[1:]), TRIALS, REST), {("D601", "error")}),
        # other words altogether: other work
        ((PORRIDGE, TRIALS, REST), {("D622", "warning"), ("D629", "warning")}),
        ((TRIALS, REST), {("D629", "warning")}),
    ],
)
def test_canvas_is_told_of_labs_by_what_becomes_of_the_work(
    labs: tuple[Lab, ...],
    expected: set[tuple[str, str]],
    diff: Callable[..., Mapping[str, list[tuple[str, str, str]]]],
) -> None:
    found = diff(COURSE, with_labs(*labs), "canvas")["canvas"]
    assert {(code, severity) for code, severity, _ in found if severity != "info"} == expected


def test_a_lab_that_moves_to_another_unit_is_another_assignment(
    diff: Callable[..., Mapping[str, list[tuple[str, str, str]]]],
) -> None:
    new = (replace(YEAST, labs=(LOG, TRIALS)), replace(LOAVES, labs=(*LOAVES.labs, REST)), *COURSE[2:])
    found = [(code, text) for code, severity, text in diff(COURSE, new, "canvas")["canvas"] if severity != "info"]
    assert [code for code, _ in found] == ["D601"]
    assert "in “MOD-101 Sourdough Foundations” and is " in found[0][1]
    assert found[0][1].endswith("the old one stays in Canvas, published, with its submissions and grades")


def test_it_is_said_how_much_goes_with_a_unit_and_nothing_of_headings_that_stay(
    diff: Callable[..., Mapping[str, list[tuple[str, str, str]]]],
) -> None:
    old, new, _ = EDITS["one of two ids is used again"]
    (owner,) = [text for code, _, text in diff(old, new, "canvas")["canvas"] if code == "D624"]
    assert "“MOD-102 Shaping and Scoring” with 1 of the 4 entries in it and is now “MOD-102 Ovens and Steam”" in owner
    assert {code for code, _, _ in diff(COURSE, COURSE[:3], "canvas")["canvas"]} == {
        "D625",
        "D629",
        "D618",
        "D614",
        "D615",
    }


def test_what_has_no_name_but_its_number_is_told_of_by_that_where_it_goes_elsewhere() -> None:
    page = Entry("11", "Overview", "page")
    sourdough, pastry = Entry("1", "Sourdough", "section"), Entry("2", "Pastry", "section")
    old = _manifest(replace(sourdough, children=(page,)), pastry)
    new = _manifest(Entry("3", "Sourdough", "section"), replace(pastry, children=(page,)))
    (told,) = (found.text for found in compare(old, new).findings if found.code == "D624")
    assert told.startswith("11 was “Overview”")


def _manifest(*entries: Entry) -> Inspection:
    return Inspection(
        Path("a.mbz"), "Moodle backup", "", Outline("", entries), "", {}, 0, [], alone=True, family=Family.MOODLE
    )
