"""Numbers in packages: points, times and attempts, as far as they are any."""

from __future__ import annotations

from coursewright.text.names import plain_number


def amount(text: str) -> float:
    """Return the number that a text is, 0 where it is none, or none that anybody could reach."""
    try:
        found = float(text)
    except ValueError:
        return 0.0
    return found if 0 <= found < 1e9 else 0.0


def attempts_in(text: str) -> int:
    """Return a number of attempts, 0 for any number of them."""
    return int(text) if text.isdecimal() and len(text) < 6 else 0


def whole_points(points: float) -> tuple[int, str]:
    """Return points as a whole number, and in words what is lost by that."""
    found = max(round(points), 1) if points > 0 else 0
    return found, "" if found == points else f"{plain_number(points)} points became {found}"
