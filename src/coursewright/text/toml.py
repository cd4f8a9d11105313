"""Reads TOML, whatever may be wrong with it, and finds the line of a key; writes values of it."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from coursewright.frozen import frozen
from coursewright.text.patterns import later

_BARE = later(r"[A-Za-z0-9_-]+")  # what a key is that needs no quotes
_AT_LINE = later(r" \(at line (\d+), column \d+\)$")


def written_toml(value: object) -> str:
    """Return a plain value as TOML writes it on one line: texts, numbers, lists, and tables of them."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int | float):
        return repr(int(value) if value == int(value) else value)
    if isinstance(value, Mapping):
        pairs = ", ".join(f"{_key(name)} = {written_toml(one)}" for name, one in value.items())
        return f"{{ {pairs} }}" if pairs else "{}"
    if isinstance(value, list | tuple):
        return f"[{', '.join(map(written_toml, value))}]"
    return json.dumps(str(value), ensure_ascii=False).replace("\x7f", "\\u007f")


def _key(name: str) -> str:
    return name if _BARE.fullmatch(name) else written_toml(name)


class TomlError(Exception):
    """A file cannot be read as TOML: `path`, `line` (0 where none is known) and `reason` say where and why."""

    def __init__(self, path: Path, reason: str, line: int = 0) -> None:
        super().__init__(f"{path}:{line}: {reason}" if line else f"{path}: {reason}")
        self.path, self.reason, self.line = path, reason, line


@frozen
class Toml:
    """A file of TOML, as it is written and as it is read."""

    path: Path
    text: str
    table: dict[str, Any]

    def line(self, *names: str) -> int:
        """Return the line of a key, named with the tables that it is in, or 0 where it cannot be found."""
        place = 0
        for name in names:
            key = rf"(?<![\w-])[\"']?{re.escape(name)}[\"']?[ \t]*(?=[\]=.])"
            if not (found := re.compile(rf"^[^#\n]*?{key}", re.MULTILINE).search(self.text, place)):
                return 0
            place = found.end()
        return self.text.count("\n", 0, place) + 1


def read_toml(path: Path) -> Toml:
    """Return a file of TOML; raises TomlError."""
    try:
        data = path.read_bytes()
        text = data.decode("utf-8-sig")
        return Toml(path, text, tomllib.loads(text))
    except OSError as error:
        raise TomlError(path, f"cannot be read: {error.strerror or error}") from error
    except UnicodeDecodeError as error:
        raise TomlError(path, "is not UTF-8", data.count(b"\n", 0, error.start) + 1) from error
    except RecursionError as error:
        raise TomlError(path, "is not TOML that can be read: it nests too deep") from error
    except tomllib.TOMLDecodeError as error:
        at = _AT_LINE.search(str(error))
        line = int(at[1]) if at else text.rstrip().count("\n") + 1
        raise TomlError(path, f"is not TOML: {_AT_LINE.sub('', str(error))}", line) from error
    except ValueError as error:  # such as a number of thousands of digits
        raise TomlError(path, f"is not TOML that can be read: {error}") from error
