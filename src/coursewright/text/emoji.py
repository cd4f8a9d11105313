"""Signs that GitHub shows for names such as `:tada:`."""

from __future__ import annotations

import re

from coursewright.text.patterns import later

NAMED = r"(?<![\w:])(:[a-z0-9_+-]{1,40}:)(?![\w:])"
_NAMED = later(NAMED)


def sign_of(name: str) -> str:
    """Return the sign that a name with its colons stands for, or nothing."""
    from pymdownx import gemoji_db  # type: ignore[import-untyped]

    codes = gemoji_db.emoji.get(gemoji_db.aliases.get(name, name), {}).get("unicode", "")
    return "".join(chr(int(code, 16)) for code in codes.split("-")) if codes else ""


def with_signs(text: str) -> str:
    """Return a text with signs for their names."""
    return _NAMED.sub(_sign, text) if text.count(":") > 1 else text


def _sign(found: re.Match[str]) -> str:
    return sign_of(found[1]) or found[1]
