"""Tracks of roles that look the same in a file name, such as those of C, C++ and C# developers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from coursewright import messages
from coursewright.diagnostics import Finding
from coursewright.identity import slug
from coursewright.model import Unit

_SIGNS = {"+": " plus ", "#": " sharp "}


def taken_apart(units: Sequence[Unit]) -> tuple[list[Unit], list[Finding]]:
    """Return the units with a track for each role where several roles would share one, and a finding for each such."""
    roles: dict[str, dict[str, str]] = {}
    for unit in units:
        if unit.roles:
            roles.setdefault(unit.track, {}).setdefault(_spelt(unit.roles[0]), str(unit.roles[0]))
    shared = {track: spelt for track, spelt in roles.items() if len(spelt) > 1}
    findings = []
    for track, spelt in shared.items():
        first = next(unit for unit in units if unit.track == track)
        names = ", ".join(f"'{name}'" for name in spelt.values())
        findings.append(messages.ROLES_TAKEN_APART.at(first.place(), roles=names, track=track, tracks=", ".join(spelt)))
    apart = [
        replace(unit, track=_spelt(unit.roles[0])) if unit.roles and unit.track in shared else unit for unit in units
    ]
    return apart, findings


def _spelt(role: str) -> str:
    """Return the slug of a role with the signs in words that tell one role from another."""
    return slug(re.sub("[+#]", lambda found: _SIGNS[found[0]], role))
