"""Addresses as they are written, in pieces, and which of them nobody can read."""

from __future__ import annotations

from urllib.parse import SplitResult, urlsplit

_NOTHING = SplitResult("", "", "", "", "")


def pieces_of(address: str) -> SplitResult:
    """Return an address in its pieces, all of them empty where nobody could read it, such as `//[x`."""
    return _pieces(address) or _NOTHING


def is_address(address: str) -> bool:
    """Say whether an address can be read as one."""
    return _pieces(address) is not None


def _pieces(address: str) -> SplitResult | None:
    try:
        return urlsplit(address)
    except ValueError:
        return None
