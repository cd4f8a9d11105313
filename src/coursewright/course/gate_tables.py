"""A gate as plain values, as TOML and JSON hold it: `"a"`, `{ any = ["a", "b"] }`, `{ not = "a" }`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from coursewright.course.gates import All, Any, AtLeast, Done, Gate, Not, Status, UnwritableError, conditions

GateValue = str | Mapping[str, object]
_DEEPEST, _MOST = 20, 500
_FORMS = '"a", { any = ["a", "b"] }, { all = ["a", "b"] }, { at_least = 2, of = ["a", "b", "c"] } or { not = "a" }'
_STATUSES = {str(status): status for status in Status}


class GateTableError(Exception):
    """Values are no gate: `reason` says why, in words that follow what they are."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def gate_of(value: object) -> Gate:
    """Return the gate that plain values mean; its conditions name units by ids. Raises GateTableError."""
    gate = _gate(value, 0)
    if sum(1 for _ in conditions(gate)) > _MOST:
        raise GateTableError(f"names more than {_MOST} units")
    return gate


def _gate(value: object, depth: int) -> Gate:
    if depth > _DEEPEST:
        raise GateTableError("nests too deep")
    match value:
        case str() if value.strip():
            return Done(value.strip())
        case list():
            return All(_gates(value, depth))
        case {"all": list(parts), **rest} if not rest:
            return All(_gates(parts, depth))
        case {"any": list(parts), **rest} if not rest and parts:
            return Any(_gates(parts, depth))
        case {"at_least": int(count), "of": list(parts), **rest} if not rest and 0 < count <= len(parts):
            return AtLeast(count, _gates(parts, depth))
        case {"not": inner, **rest} if not rest:
            return Not(_gate(inner, depth + 1))
        case {"unit": str(of), "status": str(status), **rest} if not rest and status in _STATUSES:
            return Done(of, _STATUSES[status])
    raise GateTableError(f"takes {_FORMS}, with the ids of units")


def _gates(parts: Sequence[object], depth: int) -> tuple[Gate, ...]:
    if len(parts) > _MOST:
        raise GateTableError(f"names more than {_MOST} units")
    return tuple(_gate(part, depth + 1) for part in parts)


def table_of(gate: Gate) -> GateValue:
    """Return a gate as plain values. Raises UnwritableError for a condition that is on no unit."""
    match gate:
        case Done(of, status) if of:
            return of if status is Status.DONE else {"unit": of, "status": str(status)}
        case All(parts):
            return {"all": list(map(table_of, parts))}
        case Any(parts) if parts:
            return {"any": list(map(table_of, parts))}
        case AtLeast(count, parts):
            return {"at_least": count, "of": list(map(table_of, parts))}
        case Not(inner):
            return {"not": table_of(inner)}
    raise UnwritableError(f"{type(gate).__name__} is on no unit")
