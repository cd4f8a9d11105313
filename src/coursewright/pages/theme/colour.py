"""Colours of a theme: what they contrast with by WCAG 2.2, and how one is made from others. sRGB, as `#rrggbb`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from coursewright.frozen import frozen

_HEX = re.compile(r"#([0-9a-f]{6}|[0-9a-f]{3})", re.IGNORECASE)


@frozen
class Colour:
    """A colour; its channels run from 0 to 255."""

    red: int
    green: int
    blue: int

    @classmethod
    def of(cls, text: str) -> Colour | None:
        """Return the colour that `#rgb` or `#rrggbb` names, or None for any other text."""
        if not (found := _HEX.fullmatch(text)):
            return None
        digits = found[1] if len(found[1]) == 6 else "".join(digit * 2 for digit in found[1])
        return cls(*bytes.fromhex(digits))

    def __str__(self) -> str:
        return f"#{self.red:02x}{self.green:02x}{self.blue:02x}"

    def mixed(self, other: Colour, share: float) -> Colour:
        """Return this colour with a share of another in it, from 0 to 1."""
        return Colour(
            *(round(mine + (its - mine) * share) for mine, its in zip(self._channels(), other._channels(), strict=True))
        )

    def contrast(self, other: Colour) -> float:
        """Return the contrast of two colours, from 1 to 21 (WCAG 2.2, contrast ratio)."""
        darker, lighter = sorted((self._luminance(), other._luminance()))
        return (lighter + 0.05) / (darker + 0.05)

    def readable_on(self, grounds: list[Colour], wanted: float) -> Colour | None:
        """Return this colour, as little darker or lighter as it takes to contrast with all grounds, or None."""
        suits = (tone for tone in self.tones() if all(tone.contrast(ground) >= wanted for ground in grounds))
        return next(suits, None)

    def tones(self) -> Iterator[Colour]:
        """Yield this colour and its tones, darker and lighter, from near to far."""
        yield self
        for step in range(1, 51):
            yield from (self.mixed(end, step / 50) for end in (BLACK, WHITE))

    def _channels(self) -> tuple[int, int, int]:
        return self.red, self.green, self.blue

    def _luminance(self) -> float:
        red, green, blue = (_linear(channel / 255) for channel in self._channels())
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4


BLACK, WHITE = Colour(0, 0, 0), Colour(255, 255, 255)
