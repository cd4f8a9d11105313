"""Addresses as they are written: their pieces, where they begin, and which of them nobody can read."""

from __future__ import annotations

from urllib.parse import SplitResult, urlsplit

from coursewright.text.patterns import later

_SCHEME = later(r"[A-Za-z][A-Za-z0-9+.-]*:")
_NOTHING = SplitResult("", "", "", "", "")


def pieces_of(address: str) -> SplitResult:
    """Return an address in its pieces, all of them empty where nobody could read it, such as `//[x`."""
    return _pieces(address) or _NOTHING


def is_address(address: str) -> bool:
    """Say whether an address can be read as one."""
    return _pieces(address) is not None


def has_scheme(address: str) -> bool:
    """Say whether an address says how it is reached, such as by https:."""
    return bool(_SCHEME.match(address))


def is_absolute(address: str) -> bool:
    """Say whether an address leads to the same place wherever it is written."""
    return has_scheme(address) or address.startswith("//")


def is_web(address: str) -> bool:
    """Say whether an address is one of the web."""
    return address.lower().startswith(("http://", "https://"))


def _pieces(address: str) -> SplitResult | None:
    try:
        return urlsplit(address)
    except ValueError:
        return None
