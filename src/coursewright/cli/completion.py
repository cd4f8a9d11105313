"""What a shell completes: names of formats and LMSs, codes, and ids of units."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import typer


def format_names(incomplete: str) -> list[str]:
    """Return the names of formats that a word may become."""
    from coursewright.writers import FORMATS

    return list(_completed(incomplete, FORMATS))


def lms_names(incomplete: str) -> list[str]:
    """Return the names of LMSs that a word may become."""
    from coursewright.audit.lms import LMSS

    return list(_completed(incomplete, LMSS))


def code_names(incomplete: str) -> list[str]:
    """Return the codes of findings that a word may become."""
    from coursewright.findings.messages import catalogue

    return list(_completed(incomplete.upper(), catalogue()))


def unit_ids(context: typer.Context, incomplete: str) -> list[str]:
    """Return the ids of units that a word may become: those of the sources that the command line names already."""
    from coursewright.building.pipeline import read
    from coursewright.building.settings import Config

    sources = context.params.get("source") or [Path("seeds") if Path("seeds").exists() else Path()]
    units = read([Path(source) for source in sources], Config()).curriculum.units
    return list(_completed(incomplete, dict.fromkeys(unit.id for unit in units)))


def _completed(incomplete: str, names: Iterable[str]) -> Iterator[str]:
    """Yield names that begin as the last of several between commas does, with those before it."""
    before, comma, last = incomplete.rpartition(",")
    given = before.split(",")
    yield from (f"{before}{comma}{name}" for name in names if name.startswith(last) and name not in given)
