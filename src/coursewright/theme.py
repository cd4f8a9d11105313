"""A theme: a folder of the user's that changes how pages look. Whatever it lacks is ours.

theme.toml         [light] and [dark] colours by the names of course.css, logo, dark_logo, logo_text
theme.css          rules after ours
files/             pictures and fonts, which stand beside the stylesheet as `theme/NAME`
labels/fr.toml     words in place of ours, or a language that we lack
*.html.j2          templates in place of ours, under the same names
"""

from __future__ import annotations

import string
import tomllib
import traceback
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from jinja2 import Environment, TemplateSyntaxError

from coursewright import messages
from coursewright.colour import Colour
from coursewright.diagnostics import Finding, Place
from coursewright.package import is_safe
from coursewright.palette import Palette, contrasts, declared, ours, palettes
from coursewright.resources import resource

FILES = "theme"  # where a theme's files stand, beside the stylesheet
SHARED = "shared"  # the folder of what all pages of a package use

_TEXTS = {"logo", "dark_logo", "logo_text"}


@dataclass(frozen=True, slots=True)
class Theme:
    """What a theme changes: `files` by their paths beside the stylesheet, `css` that goes after ours.

    `folder` holds its templates and labels; it is None for our own looks.
    """

    folder: Path | None = None
    css: str = ""
    files: Mapping[str, bytes] = field(default_factory=dict)
    logo: str = ""
    dark_logo: str = ""
    logo_text: str = ""


OURS = Theme()


class ThemeError(Exception):
    """A template of a theme failed at a page; `finding` says which and where."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(str(finding))
        self.finding = finding


def fault_in(theme: Theme, error: Exception) -> Finding | None:
    """Return what a theme did wrong when a template failed, or None where the fault is not the theme's."""
    frames = traceback.extract_tb(error.__traceback__)
    own = [frame for frame in frames if theme.folder and Path(frame.filename).is_relative_to(theme.folder)]
    if not own:
        return None
    return _unusable(Path(own[-1].filename), str(error) or type(error).__name__, own[-1].lineno or 0)


def load_theme(folder: Path) -> tuple[Theme, list[Finding]]:
    """Return a theme and everything that is wrong with it; with an error among that it cannot be used."""
    if not folder.is_dir():
        return OURS, [_unusable(folder, "there is no such folder")]
    try:
        return _loaded(folder)
    except OSError as error:
        return OURS, [_unusable(Path(error.filename or folder), error.strerror or str(error))]
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        return OURS, [_unusable(folder / "theme.toml", str(error))]


def _loaded(folder: Path) -> tuple[Theme, list[Finding]]:
    file, css = folder / "theme.toml", folder / "theme.css"
    settings = tomllib.loads(file.read_text(encoding="utf-8")) if file.is_file() else {}
    files = {f"{FILES}/{path.relative_to(folder / 'files').as_posix()}": path for path in _files(folder / "files")}
    problems = [*_settings_hold(settings, file, files), *_names_hold(files), *_templates_hold(folder)]
    if problems:
        return OURS, problems
    light, dark = palettes(settings)
    texts = {name: f"{FILES}/{settings[name]}" for name in ("logo", "dark_logo") if name in settings}
    theme = Theme(
        folder=folder,
        css=declared(light, dark) + (css.read_text(encoding="utf-8") if css.is_file() else ""),
        files={name: path.read_bytes() for name, path in sorted(files.items())},
        logo_text=settings.get("logo_text", ""),
        **texts,
    )
    return theme, [*contrasts(light, "light", str(file)), *contrasts(dark, "dark", str(file))]


def _files(folder: Path) -> Iterator[Path]:
    return (path for path in folder.rglob("*") if path.is_file() and not path.name.startswith("."))


def _unusable(path: Path, reason: str, line: int = 0) -> Finding:
    return messages.THEME_UNUSABLE.at(Place(str(path), line), reason=reason)


def style_files(theme: Theme) -> list[tuple[str, bytes]]:
    """Return the stylesheet of a package, a theme's being part of ours, and the files of the theme."""
    style = (resource("packaging_templates") / "course.css").read_bytes() + theme.css.encode()
    return [(f"{SHARED}/{name}", content) for name, content in [("course.css", style), *theme.files.items()]]


# --- what must hold ---


def _settings_hold(settings: Mapping[str, Any], file: Path, files: Mapping[str, Path]) -> Iterator[Finding]:
    known = ours()[0]
    for name, value in settings.items():
        if name in ("light", "dark"):
            yield from _colours_hold(name, value, known, file)
        elif name not in _TEXTS:
            yield _unusable(file, f"there is no setting '{name}'; there are light, dark, {', '.join(sorted(_TEXTS))}")
        elif not isinstance(value, str):
            yield _unusable(file, f"'{name}' takes a text")
        elif name != "logo_text" and f"{FILES}/{value}" not in files:
            yield _unusable(file, f"'{name}' names files/{value}, which is not there")
    if "logo" in settings and not settings.get("logo_text"):
        yield _unusable(file, "a logo needs logo_text, for those who cannot see it")


def _colours_hold(name: str, table: Any, known: Palette, file: Path) -> Iterator[Finding]:
    if not isinstance(table, dict):
        yield _unusable(file, f"'{name}' takes a table of colours")
        return
    for token, value in table.items():
        if token not in known:
            yield _unusable(file, f"there is no colour '{token}'; there are {', '.join(known)}")
        elif not isinstance(value, str) or Colour.of(value) is None:
            yield _unusable(file, f"the colour '{token}' must look like \"#0f5e63\", not {value!r}")


def _names_hold(files: Mapping[str, Path]) -> Iterator[Finding]:
    for name, path in files.items():
        if not is_safe(name):
            yield _unusable(path, "its name needs plain letters, digits, dots, hyphens and underscores alone")


def _templates_hold(folder: Path) -> Iterator[Finding]:
    ours, environment = resource("packaging_templates"), Environment(autoescape=True)
    for path in sorted(folder.rglob("*.j2")):
        name = path.relative_to(folder)
        if not (ours / name).is_file():
            known = ", ".join(sorted(found.relative_to(ours).as_posix() for found in ours.rglob("*.j2")))
            yield _unusable(path, f"there is no template of this name to take the place of; there are {known}")
            continue
        try:
            environment.parse(path.read_text(encoding="utf-8"))
        except TemplateSyntaxError as error:
            yield _unusable(path, error.message or "it is no template", error.lineno)
    yield from _labels_hold(folder / "labels", ours / "labels" / "en.toml")


def _labels_hold(folder: Path, english: Path) -> Iterator[Finding]:
    """Labels are ours by name, and have the same words to fill in."""
    known = tomllib.loads(english.read_text(encoding="utf-8"))
    for path in sorted(folder.glob("*.toml")):
        try:
            labels = tomllib.loads(path.read_text(encoding="utf-8"))
        except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
            yield _unusable(path, str(error))
            continue
        for name, text in labels.items():
            if name not in known:
                yield _unusable(path, f"there is no label '{name}'")
            elif not isinstance(text, str) or _filled_in(text) != _filled_in(known[name]):
                wanted = ", ".join(f"{{{word}}}" for word in sorted(_filled_in(known[name]))) or "no words in braces"
                yield _unusable(path, f"the label '{name}' must be a text with {wanted}")


def _filled_in(label: str) -> set[str]:
    try:
        return {name for _, name, _, _ in string.Formatter().parse(label) if name is not None}
    except ValueError:
        return {"unbalanced braces"}
