"""`identities.json`: the record of a release as a file, sorted, the same bytes for the same courses."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from coursewright.building.release.record import CourseRecord, PartRecord, ReleaseRecord, UnitRecord
from coursewright.course.values import Identity
from coursewright.findings import messages
from coursewright.findings.finding import Finding, Place
from coursewright.version import __version__

IDENTITIES = "identities.json"
_LARGEST = 128 * 1024 * 1024
_FORM = 1

Json = dict[str, Any]


class _WrongError(Exception):
    """What was read is not a record of a release."""


def identities_text(release: ReleaseRecord) -> str:
    """Return the record of a release as JSON: courses by name, units by identity, parts by key."""
    found = {
        "form": _FORM,
        "generator": f"coursewright {__version__}",
        "version": release.version,
        "courses": [_course(course) for course in sorted(release.courses, key=lambda course: course.name)],
    }
    return json.dumps(found, ensure_ascii=False, indent=1) + "\n"


def _course(course: CourseRecord) -> Json:
    return {
        "name": course.name,
        "title": course.title,
        "identifier": course.identifier,
        "packages": dict(sorted(course.packages.items())),
        "units": [_unit(unit) for unit in sorted(course.units, key=lambda unit: unit.identity)],
    }


def _unit(unit: UnitRecord) -> Json:
    return {
        "track": unit.identity.track,
        "id": unit.identity.id,
        "name": unit.name,
        "title": unit.title,
        "place": unit.place,
        "needs": [{"track": need.track, "id": need.id} for need in sorted(unit.needs)],
        "hash": unit.hash,
        "identifiers": dict(sorted(unit.identifiers.items())),
        "parts": [_part(part) for part in sorted(unit.parts, key=lambda part: part.key)],
    }


def _part(part: PartRecord) -> Json:
    return {
        "key": part.key,
        "kind": part.kind,
        "title": part.title,
        "hash": part.hash,
        "identifiers": dict(sorted(part.identifiers.items())),
    }


def read_identities(path: Path) -> tuple[ReleaseRecord | None, list[Finding]]:
    """Return the record of an earlier release, from its folder or the file itself; or why there is none."""
    file = path / IDENTITIES if path.is_dir() else path
    try:
        with file.open("rb") as stream:
            content = stream.read(_LARGEST + 1)
        if len(content) > _LARGEST:
            raise _WrongError("it is too large")
        return _release(json.loads(content)), []
    except FileNotFoundError:
        reason = "there is none"
    except OSError as error:
        reason = error.strerror or "it cannot be read"
    except _WrongError as error:
        reason = str(error)
    except (ValueError, RecursionError):
        reason = "it is not JSON"
    return None, [messages.RELEASE_UNREADABLE.at(Place(file.as_posix()), reason=reason)]


# --- from JSON, which anybody may have written ---


def _release(found: object) -> ReleaseRecord:
    if not isinstance(found, dict) or found.get("form") != _FORM:
        raise _WrongError("it is not a list of identities that this version can read")
    return ReleaseRecord(_text(found, "version"), tuple(map(_course_of, _rows(found, "courses"))))


def _course_of(row: Json) -> CourseRecord:
    units = sorted(map(_unit_of, _rows(row, "units")), key=lambda unit: unit.place)
    name, title, identifier = (_text(row, key) for key in ("name", "title", "identifier"))
    return CourseRecord(name, title, identifier, _texts(row, "packages"), tuple(units))


def _unit_of(row: Json) -> UnitRecord:
    place = row.get("place")
    needs = tuple(map(_identity, _rows(row, "needs")))
    return UnitRecord(
        _identity(row),
        _text(row, "name"),
        _text(row, "title"),
        place if isinstance(place, int) else 0,
        needs,
        _text(row, "hash"),
        _texts(row, "identifiers"),
        tuple(map(_part_of, _rows(row, "parts"))),
    )


def _part_of(row: Json) -> PartRecord:
    key, kind, title, known = (_text(row, name) for name in ("key", "kind", "title", "hash"))
    return PartRecord(key, kind, title, known, _texts(row, "identifiers"))


def _identity(row: Json) -> Identity:
    return Identity(_text(row, "track"), _text(row, "id"))


def _text(row: Mapping[str, object], name: str) -> str:
    found = row.get(name)
    if not isinstance(found, str):
        raise _WrongError(f"its '{name}' is not a text")
    return found.encode("utf-8", "replace").decode()


def _texts(row: Mapping[str, object], name: str) -> dict[str, str]:
    found = row.get(name)
    if not isinstance(found, dict):
        raise _WrongError(f"its '{name}' is not a table")
    return {key: _text(found, key) for key in found}


def _rows(row: Mapping[str, object], name: str) -> Iterator[Json]:
    found = row.get(name)
    if not isinstance(found, list) or not all(isinstance(one, dict) for one in found):
        raise _WrongError(f"its '{name}' is not a list")
    yield from found
