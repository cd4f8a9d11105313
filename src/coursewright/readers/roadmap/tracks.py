"""Tracks of roles that look the same in a file name, such as those of C, C++ and C# developers."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import replace

from coursewright.course.identifiers import spelt_out
from coursewright.course.model import Unit
from coursewright.findings import messages
from coursewright.findings.finding import Finding
from coursewright.text.names import digest, slug

_UMLAUTS = {"ä": "ae", "ö": "oe", "ü": "ue", "å": "aa", "ø": "oe"}


def taken_apart(units: Sequence[Unit]) -> tuple[list[Unit], list[Finding]]:
    """Return the units with a track for each role where several roles would share one, and a finding for each such.

    The role that is spelt like the track keeps it, else the first, so that identifiers stay when a role is added.
    """
    roles: dict[str, dict[str, str]] = {}
    for unit in units:
        if unit.roles:
            roles.setdefault(unit.track, {}).setdefault(_told_by(unit.roles[0]), str(unit.roles[0]))
    shared = {track: spelt for track, spelt in roles.items() if len(spelt) > 1}
    taken = {unit.track for unit in units}
    apart = {track: _tracks(track, spelt, taken) for track, spelt in shared.items()}
    findings = [_finding(track, spelt, apart[track], units) for track, spelt in shared.items()]
    moved = [
        replace(unit, track=apart[unit.track][_told_by(unit.roles[0])]) if unit.roles and unit.track in apart else unit
        for unit in units
    ]
    return moved, findings


def _finding(track: str, spelt: Mapping[str, str], tracks: Mapping[str, str], units: Sequence[Unit]) -> Finding:
    first = next(unit for unit in units if unit.track == track)
    names = ", ".join(f"'{name}'" for name in spelt.values())
    return messages.ROLES_TAKEN_APART.at(first.place(), roles=names, track=track, tracks=", ".join(tracks.values()))


def _tracks(track: str, roles: Mapping[str, str], taken: set[str]) -> dict[str, str]:
    """Return the track of each role that would share one, by what tells it from the others."""
    keeps = next((told for told in roles if told.replace(" ", "-") == track), next(iter(roles)))
    tracks: dict[str, str] = {}
    for told, role in roles.items():
        name = track if told == keeps else _spelt(role)
        if told != keeps and name in taken:
            name = f"{name}-{digest(told)}"
        taken.add(name)
        tracks[told] = name
    return tracks


def _told_by(role: str) -> str:
    """Return what tells a role from others: letters with accents, numbers, and signs that mean something."""
    composed = unicodedata.normalize("NFC", role).casefold()
    return " ".join(re.findall(r"[^\W_]+", spelt_out(composed)))


def _spelt(role: str) -> str:
    """Return the slug of a role with its umlauts, and the signs that tell it from another, in words."""
    composed = unicodedata.normalize("NFC", role).lower()
    return slug(spelt_out("".join(_UMLAUTS.get(letter, letter) for letter in composed)))
