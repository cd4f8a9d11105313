"""Courses to walk through in the sequencing tests: what gates what, by the curriculum's own word, and orders to walk."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from coursewright.building.pipeline import build, planned, read
from coursewright.building.settings import Config
from coursewright.course.identifiers import identifier
from coursewright.course.plan import Grouping, Selection

Gates = Mapping[str, frozenset[str]]


@dataclass(frozen=True)
class Built:
    """A package, and the gates of its course: the identifiers that each item waits for, in the order of the menu."""

    package: Path
    gates: Gates


def courses(source: Path, edition: str, target: Path, grouping: Grouping | None = None) -> list[Built]:
    """Build a source; what gates what is taken from the plan, not from a manifest."""
    config = Config(formats=(edition,))
    plan = planned(read([source], config), Selection(grouping), config)
    report = build(plan, config, target)
    names = [target / package.name for package in report.written]
    assert len(names) == len(plan.courses)
    gates = [
        {identifier(step.unit.identity): frozenset(identifier(n.identity) for n in step.needs) for step in course.steps}
        for course in plan.courses
    ]
    return [Built(name, found) for name, found in zip(names, gates, strict=True)]


def open_after(gates: Gates, done: set[str]) -> set[str]:
    """Return the items that are open when these are done."""
    return {name for name, needs in gates.items() if needs <= done}


def orders(gates: Gates) -> list[list[str]]:
    """Return orders to do everything in, such that each prerequisite is the last one missing to each of its followers.

    That cannot be had where another prerequisite of the same unit requires it in turn: then that one is the last.
    """
    wanted = {
        (need, name) for name, needs in gates.items() for need in needs if not _requires(needs - {need}, need, gates)
    }
    dice = random.Random(2004)
    found: list[list[str]] = []
    while wanted or not found:
        candidates = [_shuffled(gates, dice) for _ in range(200)]
        best = max(candidates, key=lambda order: len(wanted & _lasts(order, gates)))
        if wanted and not wanted & _lasts(best, gates):
            best = _with_last(*min(wanted), gates)
        wanted -= _lasts(best, gates)
        found.append(best)
    return found


def _requires(names: frozenset[str], wanted: str, gates: Gates) -> bool:
    """Say whether any of these needs a unit, directly or not."""
    return any(wanted in gates[name] or _requires(gates[name], wanted, gates) for name in names)


def _lasts(order: list[str], gates: Gates) -> set[tuple[str, str]]:
    return {(max(needs, key=order.index), name) for name, needs in gates.items() if needs}


def _shuffled(gates: Gates, dice: random.Random) -> list[str]:
    done: list[str] = []
    while rest := sorted(open_after(gates, set(done)) - set(done)):
        done.append(dice.choice(rest))
    assert len(done) == len(gates)
    return done


def _with_last(need: str, name: str, gates: Gates) -> list[str]:
    """Return an order in which everything that can comes before a need."""
    done: list[str] = []
    while rest := sorted(open_after(gates, set(done)) - set(done), key=lambda found: (found == need, found)):
        done.append(rest[0])
    assert (need, name) in _lasts(done, gates)
    return done


def synthetic(folder: Path) -> Path:
    """Write a curriculum of chains, diamonds and units that stand alone, and return where."""
    needs: dict[int, list[int]] = {
        1: [],
        2: [1],
        3: [1],
        4: [2, 3],  # a diamond
        5: [1, 4],  # one of which requires the other
        6: [],
        7: [4, 6],
        8: [6],
        9: [5, 7, 8],
    }
    folder.mkdir(parents=True)
    for number, text in _documents(needs):
        (folder / f"{number:02}.md").write_text(text, encoding="utf-8")
    return folder


def _documents(needs: Mapping[int, list[int]]) -> Iterator[tuple[int, str]]:
    for number, required in needs.items():
        prerequisites = ", ".join(f"MOD-{need:03}" for need in required) or "None"
        yield (
            number,
            f"""\
# Module Roadmap

## Module Overview

- **Module ID**: MOD-{number:03}
- **Module Title**: Step {number}
- **Target Role(s)**: Weaver
- **Duration**: 2 hours
- **Prerequisites**: {prerequisites}

## Learning Objectives

- Take step {number}.
""",
        )
