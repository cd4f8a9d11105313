"""What of a unit is read once it is known what all units are called."""

from __future__ import annotations

from coursewright.course.model import Unit
from coursewright.course.packed import with_head
from coursewright.course.values import References

Settled = tuple[References, References, References]
"""What a unit requires, what is next, and where it stands."""


def with_settled(unit: Unit, settled: Settled) -> Unit:
    """Return a unit with what was read of it by what is known of all units."""
    prerequisites, next, placement = settled
    return with_head(unit, prerequisites=prerequisites, next=next, placement=placement)
