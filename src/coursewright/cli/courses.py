"""What the commands over a curriculum share: which courses their sources are, with which settings, read and planned."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from coursewright.cli.console import names_of, print_findings, progress, refuse
from coursewright.cli.options import By
from coursewright.cli.start import nearest_to

if TYPE_CHECKING:
    from coursewright.building.pipeline import Linted, Planned
    from coursewright.building.readings import Readings
    from coursewright.building.settings import Config


def known(sources: list[Path]) -> list[Path]:
    """Return sources; what does not exist, but has a name like something that does, is a slip."""
    for source in sources:
        if not os.path.lexists(source) and (question := nearest_to(source)):
            refuse(f"{source}: there is no such file or folder{question}")
    return sources


def refuse_clashes(names: Sequence[str]) -> None:
    """End the command where several courses would be written to one name."""
    if names:
        refuse(f"several courses would be written to {names[0]}; give each a title, or an id in its course.toml")


def courses_of(
    sources: list[Path], file: Path | None, formats: list[str] | None = None
) -> list[tuple[list[Path], Config]]:
    """Return the sources as courses: those with settings of their own, each by itself, and the others together."""
    from coursewright.building.settings import settings_of

    own = {source: settings_of(source) for source in sources} if file is None else {}
    together = [source for source in sources if not own.get(source)]
    found = [([source], _config(None, formats, beside)) for source, beside in own.items() if beside]
    return [*([(together, _config(file, formats))] if together else []), *found]


def _config(file: Path | None, formats: list[str] | None = None, beside: Path | None = None) -> Config:
    from dataclasses import replace

    from coursewright.building.settings import ConfigError, load_config
    from coursewright.text.names import nearest
    from coursewright.writers import FORMATS, USUAL

    every = tuple(FORMATS)
    try:
        config = load_config(file, every, beside=beside, usual=USUAL)
    except ConfigError as error:
        refuse(str(error))
    if formats is None:
        return config
    chosen = names_of(formats)
    if unknown := [name for name in chosen if name not in every] or ([""] if not chosen else []):
        refuse(f"there is no format '{unknown[0]}'{nearest(unknown[0], every)}; formats: {', '.join(every)}")
    return replace(config, formats=tuple(chosen))


def read_course(sources: list[Path], config: Config, readings: Readings | None = None) -> Linted:
    """Return the course that sources are, read and linted, while the console shows how far that is."""
    from coursewright.building.pipeline import read

    linted = read(sources, config, progress, readings)
    progress("")
    return linted


def selected(
    linted: Linted,
    config: Config,
    by: By | None,
    only: Sequence[str] = (),
    with_prerequisites: bool = False,
    staff: bool = False,
) -> Planned:
    """Return the plan of a course with the units that options choose."""
    from coursewright.building.pipeline import planned
    from coursewright.course.plan import Grouping, Selection, chosen_units

    units, unclear = chosen_units(linted.graph, only)
    for name, meant in unclear.items():
        print_findings([found for found in linted.findings if found.severity == "error"], verbose=False)
        units_meant = ", ".join(str(unit.identity) for unit in meant)
        refuse(f"--only {name} could mean {units_meant}" if meant else f"--only {name}: no unit has this id")
    grouping = Grouping(by) if by else (None if only else config.grouping)
    selection = Selection(grouping, tuple(units), with_prerequisites, config.title, staff or config.staff)
    return planned(linted, selection, config)
