"""What a module of Canvas waits for: its prerequisites and its date, read as a gate, and a gate written as them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime

from lxml.etree import _Element

from coursewright.course.gates import All, Date, Done, Gate, Status, UnwritableError, each
from coursewright.packages.documents.cartridge import child
from coursewright.packages.documents.parsing import text_at

_MOMENT = re.compile(r"(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d(?::\d\d)?)(?:\.\d+)?Z?")


def read_module_gate(module: _Element) -> Gate:
    """Return what a module waits for: other modules, and a day."""
    return All(tuple(_conditions(module)))


def _conditions(module: _Element) -> Iterator[Gate]:
    for found in module.iterfind("{*}prerequisites/{*}prerequisite"):
        yield Done(text_at(found, "identifierref"))
    if moment := text_at(module, "unlock_at"):
        yield Date(_moment(moment))


def _moment(text: str) -> datetime | str:
    """Return a moment such as 2019-09-01T04:00:00, which is of UTC; as it is written where it is none."""
    found = _MOMENT.fullmatch(text)
    try:
        return datetime.fromisoformat(f"{found[1]}T{found[2]}").replace(tzinfo=UTC) if found else text
    except ValueError:
        return text


def write_prerequisites(module: _Element, gate: Gate, titles: Mapping[str, str]) -> None:
    """Append the prerequisites of a module, which are other modules with `titles`. Raises UnwritableError."""
    prerequisites = child(module, "prerequisites")
    for condition in each(gate):
        if not isinstance(condition, Done) or condition.status is not Status.DONE:
            raise UnwritableError("a module of Canvas waits for all of other modules, and for nothing else")
        prerequisite = child(prerequisites, "prerequisite")
        prerequisite.set("type", "context_module")
        child(prerequisite, "title").text = titles[condition.of]
        child(prerequisite, "identifierref").text = condition.of
