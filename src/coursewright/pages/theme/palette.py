"""The colours of pages, light and dark: ours, those that a theme puts in their place, and whether all can be read."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from coursewright.findings import messages
from coursewright.findings.finding import Finding, Place
from coursewright.pages.theme.colour import BLACK, WHITE, Colour
from coursewright.resources import resource
from coursewright.text.toml import Toml

Palette = Mapping[str, Colour]

_TOKENS = re.compile(r"--([a-z0-9-]+): (#[0-9a-f]{6});")
_ENOUGH, _ENOUGH_FOR_EDGES = 4.5, 3.0  # WCAG 2.2, 1.4.3 and 1.4.11
# What is written or drawn on what in our stylesheet, and how much it must stand out.
_ON: Mapping[str, tuple[tuple[str, ...], float]] = {
    "ink": (("paper", "ground", "tint", "done-tint"), _ENOUGH),
    "soft": (("paper", "ground", "tint", "done-tint"), _ENOUGH),
    "accent": (("paper", "ground", "tint"), _ENOUGH),
    "accent-strong": (("paper", "ground", "tint"), _ENOUGH),
    "on-accent": (("accent", "accent-strong"), _ENOUGH),
    "done": (("paper", "ground", "tint", "done-tint"), _ENOUGH),
    "warn": (("paper", "tint", "warn-tint"), _ENOUGH),
    "edge": (("paper", "ground"), _ENOUGH_FOR_EDGES),
}


def ours() -> tuple[dict[str, Colour], dict[str, Colour]]:
    """Return the colours of our stylesheet, light and dark, by name."""
    css = (resource("packaging_templates") / "style" / "10-page.css").read_text(encoding="utf-8")
    light, _, dark = css.partition("prefers-color-scheme: dark")
    return _named(light), _named(dark.partition("*::before")[0])


def _named(css: str) -> dict[str, Colour]:
    return {name: colour for name, text in _TOKENS.findall(css) if (colour := Colour.of(text))}


def palettes(settings: Mapping[str, Any]) -> tuple[Palette, Palette]:
    """Return the colours of a theme, light and dark: ours under its own, and what follows from its accent between."""
    light, dark = zip(ours(), _both_chosen(settings), strict=True)
    return _complete(*light), _complete(*dark)


def _both_chosen(settings: Mapping[str, Any]) -> tuple[dict[str, Colour], dict[str, Colour]]:
    """Return the colours that a theme chooses, light and dark; an accent for light pages brings one for dark ones."""
    light, dark = _chosen(settings, "light"), _chosen(settings, "dark")
    if (accent := light.get("accent")) and "accent" not in dark:
        whole = {**ours()[1], **dark}
        grounds = [whole[name] for name in ("paper", "ground", "tint")]
        dark["accent"] = accent.readable_on(grounds, 6.0) or accent.readable_on(grounds, _ENOUGH) or accent
    return light, dark


def _chosen(settings: Mapping[str, Any], name: str) -> dict[str, Colour]:
    return {token: colour for token, text in settings.get(name, {}).items() if (colour := Colour.of(text))}


def _complete(known: Palette, chosen: Palette) -> Palette:
    """Return a whole palette: with an accent of its own it gets a tint, a stronger accent and text that suit it."""
    whole = {**known, **chosen}
    if not (accent := chosen.get("accent")):
        return whole
    tint = chosen.get("tint", whole["paper"].mixed(accent, 0.1))
    mixed = accent.mixed(whole["ink"], 0.35)
    strong = chosen.get("accent-strong", mixed.readable_on([whole["paper"], whole["ground"], tint], _ENOUGH) or mixed)
    text = max((WHITE, BLACK), key=lambda end: min(accent.contrast(end), strong.contrast(end)))
    return {**whole, "tint": tint, "accent-strong": strong, "on-accent": text, "part-1": accent, **chosen}


def contrasts(settings: Toml) -> Iterator[Finding]:
    """Yield a finding for each colour of a theme that is hard to read on one of its grounds."""
    for scheme, known, chosen in zip(("light", "dark"), ours(), _both_chosen(settings.table), strict=True):
        palette, dim = _complete(known, chosen), _dim(known, chosen)
        for name, (ground, ratio) in dim.items():
            yield messages.CONTRAST_LOW.at(
                Place(str(settings.path), settings.line(scheme, name) if name in chosen else settings.line(scheme)),
                colour=name, value=palette[name], ground=ground, on=palette[ground], scheme=scheme,
                ratio=f"{int(ratio * 10) / 10:.1f}", wanted=_ON[name][1], better=_advice(name, known, chosen, set(dim)),
            )  # fmt: skip


def _dim(known: Palette, chosen: Palette) -> dict[str, tuple[str, float]]:
    """Return the colours of a palette that are hard to read, with the worst ground of each and the contrast there.

    Where the accent is among them, what follows from it is left out: it will follow a better one.
    """
    palette, found = _complete(known, chosen), {}
    for name, (grounds, wanted) in _ON.items():
        ratio, ground = min((palette[name].contrast(palette[ground]), ground) for ground in grounds)
        if ratio < wanted:
            found[name] = ground, ratio
    following = {"accent-strong", "on-accent"}.difference(chosen) if "accent" in found else set()
    return {name: worst for name, worst in found.items() if name not in following}


def _advice(name: str, known: Palette, chosen: Palette, dim: set[str]) -> str:
    """Return what to take for a colour: a tone of it that can be read even after what follows from it followed."""
    colour, (grounds, _) = _complete(known, chosen)[name], _ON[name]
    for tone in colour.tones():
        if _dim(known, {**chosen, name: tone}).keys() <= dim - {name}:
            return f"{tone} for it, or something farther from {', '.join(grounds)}"
    return f"other background colours: nothing can be read on all of {', '.join(grounds)}"


def declared(light: Palette, dark: Palette) -> str:
    """Return the rules that give pages these colours, if they are other than ours; on paper ours stay."""
    if (light, dark) == ours():
        return ""
    rules = (
        ("screen", _rule(":root", light)),
        ("screen and (prefers-color-scheme: dark)", _rule(':root:not([data-theme="light"])', dark)),
        ("screen", _rule(':root[data-theme="dark"]', dark)),
    )
    return "".join(f"\n@media {media} {{\n{rule}}}\n" for media, rule in rules)


def _rule(root: str, palette: Palette) -> str:
    """Return the rule that gives a page its colours; without weight, so that a theme's own rules of :root count."""
    return f":where({root}) {{\n{_declarations(palette)}}}\n"


def _declarations(palette: Palette) -> str:
    return "".join(f"  --{name}: {colour};\n" for name, colour in palette.items())
