"""What the build command remembers: what it built before need not be built again."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from coursewright.building.cache import Cache, usual_cache
from coursewright.building.digests import digest, digest_of_program
from coursewright.building.unchanged import Order, Remembered, Saying, outcome_of, packages_in, remember, states

if TYPE_CHECKING:
    from coursewright.building.copies import Copies
    from coursewright.building.readings import Readings
    from coursewright.building.report import Report
    from coursewright.building.settings import Config
    from coursewright.cli.built import Manner

_SHRINKING = ("0", "8")  # what keys begin with of an eighth of all builds: looking at every entry takes a while
_UNCHANGED = "nothing changed: these packages are as they were built before"


@dataclass
class Memory:
    """A build that was asked for, and the cache that may know it; `cache` is None for a build without.

    `processes` is how many may read, 0 for as many as are worth it.
    """

    order: Order
    cache: Cache | None
    processes: int = 1

    @cached_property
    def key(self) -> str | None:
        """All that the build depends on, before anything of it is read."""
        return self.order.key(self.program) if self.cache else None

    @cached_property
    def program(self) -> str:
        """This program, as a digest."""
        return digest_of_program()

    def known(self, told: Manner) -> Saying | None:
        """Return what the build said when it was made, if nothing has changed since, and that this is so."""
        outcome = outcome_of(self.cache, self.key) if self.cache and self.key else None
        if outcome is None or not outcome.holds(self.order.output):
            return None
        unchanged = [] if told.quiet else [(_UNCHANGED, told.form != "full")]  # beside a report for programs
        return Saying([*outcome.told.lines, *unchanged], outcome.told.status)

    @cached_property
    def copies(self) -> Copies | None:
        """The packages in the cache."""
        from coursewright.building.copies import Copies

        return Copies(self.cache, self.program, self.readings) if self.cache and self.key else None

    @cached_property
    def readings(self) -> Readings | None:
        """What was read of the same sources before."""
        from coursewright.building.readings import Readings
        from coursewright.building.spreading import Spread

        if not self.cache or not self.key:
            return None
        sources = digest(os.getcwd(), *map(repr, self.order.sources))  # noqa: PTH109
        return Readings(self.cache, self.program, sources, Spread(self.processes))

    def keep(self, report: Report, told: Saying, beside: Mapping[str, str | None]) -> None:
        """Keep what was built; nothing where something was changed in the meantime.

        `beside` are the files and folders that settings name, as they were before.
        """
        if (
            not self.cache
            or not self.copies
            or self.order.key(self.program) != self.key
            or states(map(Path, beside)) != beside
        ):
            return
        self.copies.keep()
        if report.written and _is_settled(report):
            remember(self.cache, self.key or "", _outcome(report, self.order.output, told, beside))
        if (self.key or "").startswith(_SHRINKING):
            self.cache.shrink()


def memory_of(order: Order, processes: int, *, without: bool) -> Memory:
    """Return what is known of a build; one that is `without` knows nothing, and keeps nothing."""
    return Memory(order, None if without else usual_cache(), processes)


def named_by(configs: Iterable[Config]) -> dict[str, str | None]:
    """Return the files and folders beside the sources that settings name, with what is in them."""
    return states(path for config in configs for path in (config.theme, config.cover) if path)


def tell(told: Saying) -> None:
    """Show what a build says, and exit with its status unless that is 0."""
    for line, aside in told.lines:
        typer.echo(line, err=aside)
    if told.status:
        raise typer.Exit(told.status)


def _is_settled(report: Report) -> bool:
    """Say whether the same build again would find the same: of what went with this one, the next says less."""
    from coursewright.findings import messages

    passing = (messages.WITHDRAWN.code, messages.EARLIER_UNKNOWN.code)
    return not any(found.code in passing for found in report.findings)


def _outcome(report: Report, output: Path, told: Saying, beside: Mapping[str, str | None]) -> Remembered:
    companions: Sequence[str] = [name for package in report.written for name in package.companions]
    files = {package.name: package.sha256 for package in report.written if package.sha256}
    found = {name: str(states([output / name])[str(output / name)]) for name in companions}
    folders = {package.name: package for package in report.written if not package.sha256}
    written = {name: states([output / name])[str(output / name)] for name in folders}
    return Remembered(told, {**files, **found, **report.sums}, written, beside, packages_in(output))
