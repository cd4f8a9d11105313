"""Finds `schemas/` and `packaging_templates/`: beside `src` in a checkout, inside the package in an installed wheel."""

from __future__ import annotations

from functools import cache
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent
_CHECKOUT = _PACKAGE.parent.parent


@cache
def resource(name: str) -> Path:
    """Return the path of a resource such as `schemas/scorm12`; raises FileNotFoundError when the install is broken."""
    for root in (_PACKAGE / "data", _CHECKOUT):
        if (found := root / name).exists():
            return found
    raise FileNotFoundError(f"coursewright is not whole: {name} is missing from the installation")
