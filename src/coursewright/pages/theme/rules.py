"""What must hold in a theme's folder: names, settings, colours, labels, rules and templates."""

from __future__ import annotations

import os
import re
import string
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from jinja2 import TemplateSyntaxError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from coursewright.findings import messages
from coursewright.findings.finding import Finding, Place
from coursewright.pages.theme.colour import Colour
from coursewright.pages.theme.palette import Palette, ours
from coursewright.resources import resource
from coursewright.text.names import is_safe, nearest
from coursewright.text.patterns import later
from coursewright.text.plurals import counted_by
from coursewright.text.toml import Toml, TomlError, read_toml

FILES = "theme"  # where a theme's files stand, beside the stylesheet
SHARED = "shared"  # the folder of what all pages of a package use

_TEXTS = ("logo", "dark_logo", "logo_text")
_SETTINGS = ("light", "dark", *_TEXTS)
_PICTURES = (".svg", ".png", ".jpg", ".jpeg", ".webp", ".gif")
_SPACES = str.maketrans("\u00a0\u202f", "  ")  # that hold together what they part, as French has them before `:`
_KNOWN = ("theme.toml", "theme.css", "files", "labels")
_ABOUT = later(r"(?:README|LICEN[CS]E|CHANGELOG|NOTICE)\b|\.", re.IGNORECASE)  # none of a theme's, and no mistake
_LITTER = {"thumbs.db", "desktop.ini"}
_DEEPEST = f"web_resources/course/{SHARED}"  # the longest way to a theme's files in any format
_TAG = later(r"[a-z]{2,3}(?:-[a-z0-9]{2,8})*")
_COMMENT = later(r"/\*.*?\*/", re.DOTALL)
_LOADED = later(r"@import\s+(?:url\()?\s*[\"']?([^\"');\s]*)|url\(\s*[\"']?([^\"')]*)", re.IGNORECASE)
_FAILS = (SyntaxError, ValueError, RecursionError, MemoryError, OverflowError, TypeError)


def unusable(path: Path, reason: str, line: int = 0) -> Finding:
    """Return the finding that a theme cannot be used."""
    return messages.THEME_UNUSABLE.at(Place(str(path), line), reason=reason)


def problems(folder: Path, settings: Toml) -> Iterator[Finding]:
    """Yield everything that is wrong with a theme's folder, its colours' contrast excepted; raises TomlError."""
    yield from _names_hold(folder)
    yield from _files_hold(folder)
    files = packed(folder)
    yield from _settings_hold(settings, files)
    yield from _templates_hold(folder)
    yield from _labels_hold(folder / "labels")
    yield from _rules_hold(folder / "theme.css", files)


def packed(folder: Path) -> dict[str, Path]:
    """Return the files of a theme by their paths beside the stylesheet; hidden ones and litter stay out."""
    root = folder / "files"
    return {f"{FILES}/{path.relative_to(root).as_posix()}": path for path in _visible(root) if path.is_file()}


def templates(folder: Path) -> list[str]:
    """Return the names of a theme's templates."""
    found = (path.relative_to(folder) for path in _visible(folder) if path.suffix == ".j2")
    return [path.as_posix() for path in found if path.parts[0] != "files"]


def _visible(root: Path) -> list[Path]:
    found = (path for path in sorted(root.rglob("*")) if path.name.lower() not in _LITTER)
    return [path for path in found if not any(part.startswith(".") for part in path.relative_to(root).parts)]


def _names_hold(folder: Path) -> Iterator[Finding]:
    """What lies at the top is known: another name is not read, and a mistake in one changes nothing without a word."""
    ours = sorted(path.relative_to(_ours()).as_posix() for path in _ours().rglob("*.j2"))
    folders = {name.split("/")[0] for name in ours if "/" in name}
    names = [path.name for path in sorted(folder.iterdir()) if not _ABOUT.match(path.name)]
    known = (*_KNOWN, *sorted(folders))
    for name in names:
        if name not in known and not name.endswith(".j2"):
            yield unusable(folder / name, f"a theme has nothing of this name{nearest(name, known) or _listed(known)}")
    for path in (path for name in folders for path in _visible(folder / name)):
        if path.is_file() and path.suffix != ".j2":
            yield unusable(path, "only templates (.html.j2) can replace built-in ones here")
    if not names:
        yield unusable(folder, f"it contains nothing that belongs to a theme{_listed(known)}")


def _listed(known: Iterable[str]) -> str:
    return f"; there are {', '.join(known)}"


def _ours() -> Path:
    return resource("packaging_templates")


# --- files ---


def _files_hold(folder: Path) -> Iterator[Finding]:
    inside = folder.resolve()
    for path in _visible(folder):
        if path.is_symlink() and not (path.is_file() and path.resolve().is_relative_to(inside)):
            yield unusable(path, "it is a link that leads out of the theme or to no file")
    seen: dict[str, str] = {}
    for name, path in packed(folder).items():
        if not is_safe(f"{_DEEPEST}/{name}"):
            yield unusable(path, "its name must be short, of plain letters, digits, dots, hyphens and underscores")
        if other := seen.get(name.lower()):
            yield unusable(path, f"its name differs from {other} only in upper and lower case")
        seen[name.lower()] = path.name


# --- settings ---


def _settings_hold(settings: Toml, files: Mapping[str, Path]) -> Iterator[Finding]:
    for name, value in settings.table.items():
        place = settings.path, settings.line(name)
        if name in ("light", "dark"):
            yield from _colours_hold(name, value, settings)
        elif name not in _TEXTS:
            yield _unknown("setting", name, _SETTINGS, *place)
        elif not isinstance(value, str) or not value.isprintable():
            yield _at(place, f"'{name}' takes a text on one line")
        elif name != "logo_text":
            yield from (_at(place, reason) for reason in _picture_faults(name, value, files))
    yield from _logos_hold(settings)


def _logos_hold(settings: Toml) -> Iterator[Finding]:
    if "logo" in settings.table and not settings.table.get("logo_text"):
        reason = "a logo needs logo_text, for those who cannot see it"
        yield unusable(settings.path, reason, settings.line("logo"))
    if "dark_logo" in settings.table and "logo" not in settings.table:
        yield unusable(settings.path, "dark_logo goes with a logo, for light pages", settings.line("dark_logo"))


def _picture_faults(name: str, value: str, files: Mapping[str, Path]) -> Iterator[str]:
    if f"{FILES}/{value}" not in files:
        known = tuple(path.removeprefix(f"{FILES}/") for path in files)
        yield f"'{name}' names files/{value}, which is not there{nearest(value, known)}"
    elif not value.lower().endswith(_PICTURES):
        yield f"'{name}' names files/{value}, which is not a picture ({', '.join(_PICTURES)})"


def _colours_hold(scheme: str, table: Any, settings: Toml) -> Iterator[Finding]:
    known: Palette = ours()[0]
    if not isinstance(table, dict):
        yield unusable(settings.path, f"'{scheme}' takes a table of colours", settings.line(scheme))
        return
    for token, value in table.items():
        place = settings.path, settings.line(scheme, token)
        if token not in known:
            yield _unknown("colour", token, tuple(known), *place)
        elif not isinstance(value, str) or Colour.of(value) is None:
            yield _at(place, f"the colour '{token}' must look like \"#0f5e63\", not {value!r}")


def _unknown(what: str, name: str, known: tuple[str, ...], path: Path, line: int) -> Finding:
    return unusable(path, f"there is no {what} '{name}'{nearest(name, known) or _listed(known)}", line)


def _at(place: tuple[Path, int], reason: str) -> Finding:
    return unusable(place[0], reason, place[1])


# --- rules ---


def _rules_hold(path: Path, files: Mapping[str, Path]) -> Iterator[Finding]:
    """Whatever the rules load is in the package: pages work offline."""
    if not path.is_file():
        return
    try:
        css = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        yield unusable(path, "is not UTF-8")
        return
    css = _COMMENT.sub(lambda found: "\n" * found[0].count("\n"), css)
    for found in _LOADED.finditer(css):
        address = (found[1] or found[2] or "").strip()
        kept = found[1] is None and (address.startswith(("data:", "#")) or re.split("[?#]", address)[0] in files)
        if not kept:
            line = css.count("\n", 0, found.start()) + 1
            yield messages.RULE_LOADS.at(Place(str(path), line), address=address)


# --- templates ---


def _templates_hold(folder: Path) -> Iterator[Finding]:
    known = tuple(sorted(found.relative_to(_ours()).as_posix() for found in _ours().rglob("*.j2")))
    environment = ImmutableSandboxedEnvironment(autoescape=True)
    for name in templates(folder):
        path = folder / name
        if name not in known:
            hint = nearest(name, known) or _listed(known)
            yield unusable(path, f"there is no template of this name to take the place of{hint}")
            continue
        try:
            environment.compile(path.read_text(encoding="utf-8"), name, os.fspath(path))
        except TemplateSyntaxError as error:
            yield unusable(path, error.message or "it is not a template", error.lineno)
        except _FAILS as error:
            yield unusable(path, f"it is not a template: {error or type(error).__name__}")


# --- labels ---


def _labels_hold(folder: Path) -> Iterator[Finding]:
    """Labels are in files that are read, ours by name, and have the same words to fill in."""
    for path in _visible(folder):
        if path.suffix != ".toml" or path.parent != folder:
            yield unusable(path, "labels are in files such as labels/it.toml")
        elif not _TAG.fullmatch(path.stem):
            yield unusable(
                path, "it is not read: name it after a language, in small letters, such as it.toml or pt-br.toml"
            )
        else:
            yield from _catalogue_holds(path)


def _catalogue_holds(path: Path) -> Iterator[Finding]:
    known = read_toml(_ours() / "labels" / "en.toml").table
    try:
        labels = read_toml(path)
    except TomlError as error:
        yield unusable(path, error.reason, error.line)
        return
    for label, text in labels.table.items():
        line, name = labels.line(label), counted_by(label) or label
        if name not in known:
            yield unusable(path, f"there is no label '{name}'{nearest(name, tuple(known))}", line)
        elif name == "text_direction" and text not in ("ltr", "rtl"):
            yield unusable(path, f"'text_direction' is ltr or rtl, not {text!r}", line)
        elif not isinstance(text, str) or not _fills(text, known[name], may_lack=label != name):
            wanted = ", ".join(f"{{{word}}}" for word in sorted(_filled_in(known[name]))) or "no words in braces"
            yield unusable(path, f"the label '{name}' must be a text with {wanted}", line)
        elif not text.translate(_SPACES).isprintable() or (known[name] and not text.strip()):
            yield unusable(path, f"the label '{name}' must be a line that can be read", line)


def _fills(text: str, known: str, *, may_lack: bool) -> bool:
    """Say whether a label has the words in braces of ours; the form of a number may leave it out: `two hours`."""
    own, ours = _filled_in(text), _filled_in(known)
    return own < ours or own == ours if may_lack else own == ours


def _filled_in(label: str) -> set[str]:
    """Return the words in braces of a label; one with a format of its own is like no other."""
    try:
        parts = list(string.Formatter().parse(label))
    except ValueError:
        return {"unbalanced braces"}
    return {f"{name}{spec}{conversion or ''}" for _, name, spec, conversion in parts if name is not None}
