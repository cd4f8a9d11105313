"""Doors that open once those before them have: what never opens stays closed, however it waits."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field


@dataclass(slots=True, eq=False)
class Door:
    """Opens once so many of the doors before it have."""

    needs: int = 0
    behind: list[Door] = field(default_factory=list)
    """The doors that stand behind it."""

    def waits_for(self, before: Door) -> None:
        """Have it need one door more."""
        self.needs += 1
        before.behind.append(self)

    @property
    def is_closed(self) -> bool:
        return self.needs > 0


def door_of(before: Iterable[Door], *, any_will_do: bool) -> Door:
    """Return a door that needs all of some doors, or any of them; without one, it needs nothing, or never opens."""
    door, others = Door(), list(before)
    for one in others:
        door.waits_for(one)
    door.needs = 1 if any_will_do else len(others)
    return door


def open_all(doors: Iterable[Door]) -> None:
    """Open whatever can be opened: what needs nothing, then what needs no more than that, and so on."""
    opened = [door for door in doors if not door.needs]
    while opened:
        for door in opened.pop().behind:
            door.needs -= 1
            if not door.needs:
                opened.append(door)
