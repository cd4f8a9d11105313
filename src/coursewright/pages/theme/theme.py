"""A theme: a folder of the user's that changes how pages look. Whatever it lacks is ours.

theme.toml         [light] and [dark] colours by the names in style/10-page.css, logo, dark_logo, logo_text
theme.css          rules after ours, those of print excepted
files/             pictures and fonts, which stand beside the stylesheet as `theme/NAME`
labels/fr.toml     words in place of ours, or a language that we lack
*.html.j2          templates in place of ours, under the same names
"""

from __future__ import annotations

import os
import re
import traceback
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import field
from functools import cache
from itertools import takewhile
from pathlib import Path

from coursewright.findings import messages
from coursewright.findings.finding import Finding, Place, has_errors
from coursewright.frozen import frozen
from coursewright.pages.theme.palette import Palette, contrasts, declared, palettes
from coursewright.pages.theme.rules import FILES, packed, problems, templates, unusable
from coursewright.pages.theme.rules import SHARED as SHARED
from coursewright.pages.theme.static import paper, screen
from coursewright.resources import resource
from coursewright.text.patterns import later
from coursewright.text.plurals import counted_by
from coursewright.text.toml import Toml, TomlError, read_toml

_MACRO = later(r"macro '(\w+)'|requested name '(\w+)'|has no attribute '(\w+)'")


@frozen
class Theme:
    """What a theme changes: `files` by their paths beside the stylesheet, `css` that goes after ours.

    `folder` holds its templates and labels; it is None for our own looks. `templates` are the names of the templates,
    `light` the colours of light pages.
    """

    folder: Path | None = None
    css: str = ""
    files: Mapping[str, bytes] = field(default_factory=dict)
    logo: str = ""
    dark_logo: str = ""
    logo_text: str = ""
    templates: tuple[str, ...] = ()
    light: Palette = field(default_factory=dict)


OURS = Theme()


class ThemeError(Exception):
    """A template of a theme failed at a page; `finding` says which and where."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(str(finding))
        self.finding = finding


def fault_in(theme: Theme, error: BaseException) -> Finding | None:
    """Return what a theme did wrong when a template failed, or None where the fault is not the theme's.

    Ours do not fail alone: where one of them does, it met something in a template of the theme that it did not expect.
    """
    if not theme.folder or not theme.templates:
        return None
    folder = Path(os.path.normpath(theme.folder))
    frames = traceback.extract_tb(error.__traceback__)
    own = [frame for frame in frames if Path(frame.filename).is_relative_to(folder)]
    reason = str(error) or type(error).__name__
    if own:
        return unusable(Path(own[-1].filename), reason, own[-1].lineno or 0)
    return unusable(*_suspect(folder, theme.templates, reason))


def broken(theme: Theme, template: str, reason: str) -> Finding | None:
    """Return the finding that a template of a theme makes pages which do not work, if it is the theme's."""
    return unusable(theme.folder / template, reason) if theme.folder and template in theme.templates else None


def _suspect(folder: Path, names: Iterable[str], reason: str) -> tuple[Path, str, int]:
    """Return the template of a theme that a failure speaks of, by its name or by that of one of its macros."""
    found = _MACRO.search(reason)
    macro = re.compile(rf"\bmacro\s+{found[found.lastindex or 1]}\b") if found else None
    for path in (folder / name for name in names):
        text = path.read_text(encoding="utf-8", errors="replace")
        if macro and (defined := macro.search(text)):
            return path, reason, text.count("\n", 0, defined.start()) + 1
    named = [name for name in names if f"'{name}'" in reason] or list(names)
    return (folder / named[0] if len(named) == 1 else folder), f"with it our templates fail: {reason}", 0


def load_theme(folder: Path) -> tuple[Theme, list[Finding]]:
    """Return a theme and everything that is wrong with it; with an error among that it cannot be used."""
    try:
        if not folder.is_dir():
            return OURS, [unusable(folder, "there is no such folder")]
        return _loaded(folder)
    except OSError as error:
        return OURS, [unusable(Path(error.filename or folder), error.strerror or str(error))]
    except TomlError as error:
        return OURS, [unusable(error.path, error.reason, error.line)]


def _loaded(folder: Path) -> tuple[Theme, list[Finding]]:
    settings = _settings(folder / "theme.toml")
    found = [*problems(folder, settings)]
    if has_errors(found):
        return OURS, found
    light, dark = palettes(settings.table)
    css, table = folder / "theme.css", settings.table
    texts = {name: f"{FILES}/{table[name]}" for name in ("logo", "dark_logo") if name in table}
    theme = Theme(
        folder=folder,
        css=declared(light, dark) + (css.read_text(encoding="utf-8-sig") if css.is_file() else ""),
        files={name: path.read_bytes() for name, path in sorted(packed(folder).items())},
        logo_text=table.get("logo_text", ""),
        templates=tuple(templates(folder)),
        light=light,
        **texts,
    )
    return theme, [*found, *contrasts(settings)]


def _settings(path: Path) -> Toml:
    return read_toml(path) if path.is_file() else Toml(path, "", {})


def style_files(theme: Theme, before: bytes = b"") -> list[tuple[str, bytes]]:
    """Return the stylesheet of a package, a theme's being part of ours, and the files of the theme.

    It begins with the rules that come `before` ours, where pages do not link them themselves.
    """
    style = before + screen() + theme.css.encode() + b"\n" * bool(theme.css) + paper()
    return [(f"{SHARED}/{name}", content) for name, content in [("course.css", style), *theme.files.items()]]


# Of BCP 47, by the registry's usual script of each.
_RTL_LANGUAGES = frozenset(
    (
        *("ar", "arc", "arz", "aeb", "acm", "acq", "afb", "ajp", "apc", "ars", "ary", "bal"),
        *("bcc", "bgn", "bqi", "ckb", "dv", "fa", "glk", "he", "heb", "iw", "ji", "ks"),
        *("lki", "lrc", "luz", "mzn", "nqo", "pnb", "prs", "ps", "rhg", "sd", "sdh", "skr"),
        *("syr", "ug", "ur", "yi", "ydd", "yid"),
    )
)
_RTL_SCRIPTS = frozenset(
    (
        *("adlm", "arab", "aran", "hebr", "mand", "mend", "nkoo", "rohg", "samr", "syrc", "syre", "syrj"),
        *("syrn", "thaa", "yezi"),
    )
)


def labels_of(language: str, theme: Theme) -> tuple[dict[str, str], list[Finding]]:
    """Return the labels of a language, and a finding where there are none or too few; what it lacks is English.

    A language of a place (`pt-BR`) has labels of its own over those of the language (`pt`), a theme's over ours.
    """
    tags = dict.fromkeys([language.split("-")[0].lower(), language.lower()])
    english = _labels("en", theme) | {"text_direction": direction(language)}
    own = {name: text for tag in tags for name, text in _labels(tag, theme).items()}
    written = own | {"text_direction": direction(language)} if _script(language) else own
    lacking = {name: text for name, text in english.items() if (counted_by(name) or name) not in own}
    there, wanted = (sum(not counted_by(name) for name in labels) for labels in (own, english))
    return lacking | written, list(_missing(language, there, wanted))


def direction(language: str) -> str:
    """Return `rtl` for a language written from right to left, by its script where the tag names one, else `ltr`."""
    script, first = _script(language), language.split("-")[0].lower()
    return "rtl" if (script in _RTL_SCRIPTS if script else first in _RTL_LANGUAGES) else "ltr"


def _script(language: str) -> str:
    """Return the script that a language tag names, in lower case: its one subtag of four letters."""
    subtags = takewhile(lambda tag: len(tag) > 1, language.lower().replace("_", "-").split("-")[1:])
    return next((tag for tag in subtags if len(tag) == 4 and tag.isalpha()), "")


def _labels(tag: str, theme: Theme) -> dict[str, str]:
    return {**_our_labels(tag), **(_labels_in(theme.folder, tag) if theme.folder else {})}


@cache
def _our_labels(tag: str) -> Mapping[str, str]:
    return dict(_labels_in(resource("packaging_templates"), tag))


def _labels_in(folder: Path, tag: str) -> Mapping[str, str]:
    path = folder / "labels" / f"{tag}.toml"
    return read_toml(path).table if path.is_file() else {}


def _missing(language: str, there: int, wanted: int) -> Iterator[Finding]:
    if there < wanted:
        count, rest = (f"{wanted - there} of {wanted}", "those") if there else ("all", "its")
        yield messages.LABELS_MISSING.at(
            Place("settings"), count=count, language=language, file=language.lower(),
            rest=f"{rest} headings and buttons",
        )  # fmt: skip
