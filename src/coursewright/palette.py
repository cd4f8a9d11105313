"""The colours of pages, light and dark: ours, those that a theme puts in their place, and whether all can be read."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from coursewright import messages
from coursewright.colour import BLACK, WHITE, Colour
from coursewright.diagnostics import Finding, Place
from coursewright.resources import resource

Palette = Mapping[str, Colour]

_TOKENS = re.compile(r"--([a-z0-9-]+): (#[0-9a-f]{6});")
_ENOUGH, _ENOUGH_FOR_EDGES = 4.5, 3.0  # WCAG 2.2, 1.4.3 and 1.4.11
# What is written or drawn on what, and how much it must stand out.
_ON: Mapping[str, tuple[tuple[str, ...], float]] = {
    "ink": (("paper", "ground", "tint"), _ENOUGH),
    "soft": (("paper", "ground", "tint"), _ENOUGH),
    "accent": (("paper", "ground", "tint"), _ENOUGH),
    "accent-strong": (("paper", "tint"), _ENOUGH),
    "on-accent": (("accent",), _ENOUGH),
    "done": (("paper", "done-tint"), _ENOUGH),
    "warn": (("paper", "warn-tint"), _ENOUGH),
    "edge": (("paper", "ground"), _ENOUGH_FOR_EDGES),
}


def ours() -> tuple[dict[str, Colour], dict[str, Colour]]:
    """Return the colours of our stylesheet, light and dark, by name."""
    css = (resource("packaging_templates") / "course.css").read_text(encoding="utf-8")
    light, _, dark = css.partition("prefers-color-scheme: dark")
    return _named(light), _named(dark.partition("*::before")[0])


def _named(css: str) -> dict[str, Colour]:
    return {name: colour for name, text in _TOKENS.findall(css) if (colour := Colour.of(text))}


def palettes(settings: Mapping[str, Any]) -> tuple[Palette, Palette]:
    """Return the colours of a theme, light and dark: ours under its own, and what follows from its accent between."""
    light, dark = ours()
    chosen_light, chosen_dark = _chosen(settings, "light"), _chosen(settings, "dark")
    if (accent := chosen_light.get("accent")) and "accent" not in chosen_dark:
        grounds = {**dark, **chosen_dark}
        chosen_dark["accent"] = accent.readable_on([grounds[name] for name in ("paper", "ground", "tint")], 6.0)
    return _complete(light, chosen_light), _complete(dark, chosen_dark)


def _chosen(settings: Mapping[str, Any], name: str) -> dict[str, Colour]:
    return {token: colour for token, text in settings.get(name, {}).items() if (colour := Colour.of(text))}


def _complete(known: Palette, chosen: Palette) -> Palette:
    """Return a whole palette: with an accent of its own it gets a tint, a stronger accent and text that suit it."""
    whole = {**known, **chosen}
    if accent := chosen.get("accent"):
        tint = chosen.get("tint", whole["paper"].mixed(accent, 0.1))
        follow = {
            "tint": tint,
            "accent-strong": accent.mixed(whole["ink"], 0.35).readable_on([whole["paper"], tint], _ENOUGH),
            "on-accent": max((WHITE, BLACK), key=accent.contrast),
            "part-1": accent,
        }
        whole = {**whole, **follow, **chosen}
    return whole


def contrasts(palette: Palette, scheme: str, path: str) -> Iterator[Finding]:
    """Yield a finding for each colour of a theme that is hard to read on one of its grounds."""
    known = ours()[0 if scheme == "light" else 1]
    for name, (names, wanted) in _ON.items():
        colour, grounds = palette[name], {ground: palette[ground] for ground in names}
        worst = min(grounds, key=lambda ground: colour.contrast(grounds[ground]))
        ratio = colour.contrast(grounds[worst])
        ours_too = all(palette[part] == known[part] for part in (name, worst))
        if ratio < wanted and not ours_too:
            yield messages.CONTRAST_LOW.at(
                Place(path), colour=name, value=colour, ground=worst, on=grounds[worst], scheme=scheme,
                ratio=f"{int(ratio * 10) / 10:.1f}", wanted=wanted,
                better=colour.readable_on(list(grounds.values()), wanted),
            )  # fmt: skip


def declared(light: Palette, dark: Palette) -> str:
    """Return the rules that give pages these colours, if they are other than ours."""
    if (light, dark) == ours():
        return ""
    by_day, by_night = (f":root {{\n{_declarations(palette)}}}\n" for palette in (light, dark))
    return f"\n{by_day}\n@media (prefers-color-scheme: dark) {{\n{by_night}}}\n"


def _declarations(palette: Palette) -> str:
    return "".join(f"  --{name}: {colour};\n" for name, colour in palette.items())
