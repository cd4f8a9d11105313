"""Values spelt out as text, line by line, so that all of a value can be compared and a difference can be read.

A dataclass is its name with what is not as usual; what is made of several values stands below it, further in.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import MISSING, fields, is_dataclass
from datetime import date
from enum import Enum
from pathlib import Path
from typing import Any

from coursewright.course.assets import Asset
from coursewright.findings.finding import Finding
from coursewright.text.markdown.values import Text


def spelt(*values: object) -> str:
    """Return values as text."""
    return "".join(f"{line}\n" for value in values for line in _lines("", value))


def _lines(label: str, value: object) -> Iterator[str]:
    """Yield the lines of a value, the first of them with a label."""
    if (short := _short(value)) is not None:
        yield f"{label}{short}"
    elif isinstance(value, str):
        yield label.rstrip() or "text"
        yield from (f"  |{json.dumps(line, ensure_ascii=False)[1:-1]}" for line in value.split("\n"))
    elif is_dataclass(value) or _is_named(value):
        yield from _dataclass(label, value)
    elif isinstance(value, Mapping):
        yield label.rstrip() or "by name"
        for key, one in value.items():
            yield from _further(_lines(f"{_short(key) or repr(key)}: ", one))
    else:
        assert isinstance(value, Sequence | Set), type(value)
        yield label.rstrip() or "list"
        for one in value:
            yield from _further(_lines("- ", one))


def _dataclass(label: str, value: Any) -> Iterator[str]:
    shown = dict(_fields(value))
    short = {name: _short(one) for name, one in shown.items()}
    yield " ".join([f"{label}{type(value).__name__}", *(f"{name}={one}" for name, one in short.items() if one)])
    for name, one in shown.items():
        if short[name] is None:
            yield from _further(_lines(f"{name}: ", one))


def _fields(value: Any) -> Iterator[tuple[str, object]]:
    """Yield the fields of a value that are not as usual, but for what depends on the machine or on our words."""
    if isinstance(value, Finding):
        yield from {"code": value.code, "severity": value.severity, "at": str(value.place)}.items()
        yield from (("values", value.values), ("units", value.units), ("related", [str(one) for one in value.related]))
        return
    if _is_named(value):
        yield from value._asdict().items()
        return
    for field in fields(value):
        usual = field.default_factory() if field.default_factory is not MISSING else field.default
        own = getattr(value, field.name)
        if isinstance(value, Asset) and field.name in ("source", "digest"):
            own = own[:8] if field.name == "digest" else usual
        if own is not usual and (usual is MISSING or own != usual or type(own) is not type(usual)):
            yield field.name, own


def _is_named(value: object) -> bool:
    return isinstance(value, tuple) and hasattr(value, "_asdict")


def _short(value: object) -> str | None:
    """Return a value as a word, None where it takes lines of its own."""
    if isinstance(value, Enum):
        return f"<{value.value}>"
    if isinstance(value, Text):
        return f"{_short(str(value)) or json.dumps(value, ensure_ascii=False)}@{value.line}"
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False) if "\n" not in value else None
    if value is None or isinstance(value, int | float):
        return str(value)
    if isinstance(value, bytes):
        return f"{len(value)} bytes {hashlib.sha256(value).hexdigest()[:8]}"
    if isinstance(value, type):
        return value.__name__
    if isinstance(value, Path):
        return f"path {value.as_posix()}"
    if isinstance(value, date):
        return value.isoformat()
    if not value and not is_dataclass(value):
        return "()"
    return None


def _further(lines: Iterator[str]) -> Iterator[str]:
    return (f"  {line}" for line in lines)
